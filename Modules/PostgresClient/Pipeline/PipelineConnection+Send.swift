import CLibPQ
import DequeModule
import Glibc

extension PipelineConnection {
    /// Takes as many requests as there is room for, and sends them.
    func takeWork() {
        if flights.isEmpty {
            lookAtSocket()
        }
        guard isReady, let group else {
            return
        }
        let reads = group.take(for: self, room: configuration.readerDepth - flights.count, isStuck: isStuck)
        guard !reads.isEmpty else {
            return
        }
        if flights.isEmpty {
            headSince = .now
        }
        for (index, read) in reads.enumerated() where !read.request.isSettled {
            guard send(read) else {
                let error = PostgresError(.connectionLost, connection: wire.connection)
                breakConnection(error)
                if read.attempts < WaitingRead.largestAttempts {
                    group.requeue([WaitingRead(request: read.request, attempts: read.attempts + 1)])
                } else {
                    read.request.settle(.failure(error))
                }
                return group.requeue(reads[(index + 1)...])
            }
        }
        flush()
        watchForSilence()
    }

    /// Looks at an idle connection before it is used: see whether the server has gone.
    private func lookAtSocket() {
        while let connection = wire.connection, Self.isReadable(PQsocket(connection)) {
            socketReady(.readable)
        }
    }

    private static func isReadable(_ descriptor: CInt) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, 0) == 1
    }

    /// - Returns: False when libpq cannot take it: the connection is of no use then.
    private func send(_ read: WaitingRead) -> Bool {
        let request = read.request
        // One that is sent again may have met a prepared statement that is not there, or not right: not once more.
        let isFirst = read.attempts == 0
        let prelude = request.prelude.map { isFirst ? statements.use($0.key) : .unprepared }
        let statement = isFirst ? statements.use(request.statement.key) : .unprepared
        // With a sync of its own: a failure of this must not be the request's.
        guard deallocate(prelude?.evicted), deallocate(statement.evicted) else {
            return false
        }
        var flight = makeFlight(WaitingRead(request: request, attempts: read.attempts + 1))
        if let command = request.prelude, let prelude, !send(command, prelude, in: &flight) {
            return false
        }
        guard send(request.statement, statement, in: &flight) else {
            return false
        }
        return end(flight)
    }

    private func send(
        _ command: ReadRequest.Command,
        _ decision: StatementCache.Decision,
        in flight: inout ReadFlight
    ) -> Bool {
        guard let connection = wire.connection else {
            return false
        }
        let name: String
        switch decision {
        case .unprepared:
            flight.commandCount += 1
            return command.binds.withPointers {
                PQsendQueryParams(connection, command.sql, $0, $1, $2, $3, $4, 1)
            } == 1
        case .prepare(let new, _):
            let types = command.binds.types
            guard PQsendPrepare(connection, new, command.sql, CInt(types.count), types) == 1 else {
                return false
            }
            flight.commandCount += 1
            flight.unprepared.append(command.key)
            statements.didPrepare(command.key, name: new)
            name = new
        case .prepared(let known):
            name = known
        }
        flight.commandCount += 1
        return command.binds.withPointers { count, _, values, lengths, formats in
            PQsendQueryPrepared(connection, name, count, values, lengths, formats, 1)
        } == 1
    }

    /// Sends a command of the pipeline's own, in a transaction of its own.
    @discardableResult
    func sendHousekeeping(_ sql: String) -> Bool {
        guard let connection = wire.connection else {
            return false
        }
        var flight = makeFlight(nil)
        flight.commandCount = 1
        return PQsendQueryParams(connection, sql, 0, nil, nil, nil, nil, 1) == 1 && end(flight)
    }

    private func deallocate(_ name: String?) -> Bool {
        name.map { sendHousekeeping("DEALLOCATE \($0)") } ?? true
    }

    private func makeFlight(_ read: WaitingRead?) -> ReadFlight {
        lastSerial += 1
        return ReadFlight(read: read, serial: lastSerial, generation: generation)
    }

    private func end(_ flight: ReadFlight) -> Bool {
        guard PQpipelineSync(wire.connection) == 1 else {
            return false
        }
        flights.append(flight)
        return true
    }

    /// Sends what libpq holds back; the rest goes when the socket can take more.
    func flush() {
        guard let connection = wire.connection else {
            return
        }
        if !wire.setWriting(PQflush(connection) == 1) {
            breakConnection(PostgresError(.connectionLost, reason: "the system cannot watch another socket"))
        }
    }
}

extension StatementCache.Decision {
    /// The statement that has to go for this one.
    fileprivate var evicted: String? {
        if case .prepare(_, let evicted) = self {
            return evicted
        }
        return nil
    }
}
