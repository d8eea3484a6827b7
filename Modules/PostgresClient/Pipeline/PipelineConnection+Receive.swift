import CLibPQ
import DequeModule

extension PipelineConnection {
    func socketReady(_ readiness: Readiness) {
        lastSign = .now
        guard let connection = wire.connection else {
            return
        }
        let isAlive = !readiness.contains(.readable) || PQconsumeInput(connection) == 1
        flush()
        receive()
        // What was received may have been the last thing before it was to close.
        guard let connection = wire.connection else {
            return
        }
        if !isAlive || PQstatus(connection) == CONNECTION_BAD {
            breakConnection(PostgresError(.connectionLost, connection: connection))
        } else if flights.count < configuration.readerDepth {
            takeWork()
        }
    }

    /// Takes the results that have arrived.
    private func receive() {
        while !flights.isEmpty, let connection = wire.connection, PQisBusy(connection) == 0 {
            guard let result = PQgetResult(connection) else {
                // The end of a command. One that ends without an answer means that libpq has nothing more to say: the
                // connection is dead.
                guard flights[0].doneCount < flights[0].answeredCount else {
                    return
                }
                flights[0].doneCount += 1
                if flights[0].doneCount == flights[0].commandCount, !flights[0].endsTransaction {
                    finishFirst()
                }
                continue
            }
            flights[0].answeredCount += 1
            switch PQresultStatus(result) {
            case PGRES_PIPELINE_SYNC:
                PQclear(result)
                finishFirst()
            case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE, PGRES_NONFATAL_ERROR:
                let error = PostgresError(result: result, query: flights[0].read?.request.statement.sql)
                PQclear(result)
                // Said by libpq, which lays the loss of the connection on whichever is the first: not its own failure.
                if error.sqlState == nil, PQstatus(connection) == CONNECTION_BAD {
                    return
                }
                flights[0].failure = flights[0].failure ?? error
            case PGRES_PIPELINE_ABORTED:
                flights[0].isPassedOver = flights[0].failure == nil
                PQclear(result)
            default:
                take(result)
            }
        }
        if flights.isEmpty, let connection = wire.connection {
            // Unasked messages (notices, parameter changes) are parsed here.
            _ = PQisBusy(connection)
            while let notification = PQnotifies(connection) {
                PQfreemem(notification)
            }
        }
    }

    private func finishFirst() {
        let flight = flights.removeFirst()
        headSince = lastSign
        finish(flight)
    }

    private func take(_ result: OpaquePointer) {
        if !flights[0].unprepared.isEmpty, PQresultStatus(result) == PGRES_COMMAND_OK {
            flights[0].unprepared.removeFirst()
            PQclear(result)
        } else if flights[0].doneCount == flights[0].commandCount - 1, let read = flights[0].read {
            flights[0].result = ResultStorage(result, query: read.request.statement.sql)
        } else {
            PQclear(result)
        }
    }

    /// Passes the outcome on, or sends the request again when it failed for reasons that are not its own.
    private func finish(_ flight: ReadFlight) {
        if flight.failure != nil || flight.isPassedOver, !flight.unprepared.isEmpty {
            generation += 1
            for key in flight.unprepared {
                statements.forget(key)
            }
        }
        if let read = flight.read {
            if let failure = flight.failure {
                fail(read, failure, of: flight)
            } else if flight.isPassedOver {
                group?.requeue([read])
            } else {
                read.request.settle(.success(flight.result))
            }
        }
        endCancelIfThrough()
        considerCancel()
        retireIfAsked()
    }

    private func fail(_ read: WaitingRead, _ failure: PostgresError, of flight: ReadFlight) {
        let isHitByMistake = failure.sqlState == .queryCanceled && flight.serial <= lastInDanger
        if failure.isStalePlan, flight.generation == generation {
            // A table changed under a prepared statement, or the statements are gone. Others may be stale too.
            generation += 1
            statements.removeAll()
            sendHousekeeping("DEALLOCATE ALL")
        }
        if isHitByMistake || failure.isStalePlan, read.attempts < WaitingRead.largestAttempts, !read.request.isSettled {
            group?.requeue([read])
            return
        }
        let hasTimeout = read.request.timeout != nil || configuration.statementTimeout != nil
        let isTimeout = failure.sqlState == .queryCanceled && hasTimeout
        read.request.settle(.failure(isTimeout ? failure.replacing(code: .timeout) : failure))
    }
}
