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
        guard endTransaction() else {
            return breakConnection(PostgresError(.connectionLost, connection: wire.connection))
        }
        flush()
        watchForSilence()
    }

    /// Requests that share a transaction: enough to spare most system calls, few enough to wait for one another.
    private static let largestCompany = 16

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
        let joins = mayJoin(read)
        guard joins || endTransaction() else {
            return false
        }
        // One that is sent again may have met a prepared statement that is not there, or not right: not once more.
        let isFirst = read.attempts == 0
        let prelude = request.prelude.map { isFirst ? statements.use($0.key) : .unprepared }
        let statement = isFirst ? statements.use(request.statement.key) : .unprepared
        // In a transaction of its own: a failure of this must not be the request's.
        guard deallocate(prelude?.evicted), deallocate(statement.evicted) else {
            return false
        }
        var flight = makeFlight(WaitingRead(request: request, attempts: read.attempts + 1))
        // What it is to join may have been ended by a housekeeping statement.
        if joins, hasOpenTransaction {
            flight.isInCompany = true
            flights[flights.count - 1].isInCompany = true
        } else if let command = request.prelude, let prelude, !send(command, prelude, in: &flight) {
            return false
        }
        guard send(request.statement, statement, in: &flight) else {
            return false
        }
        flights.append(flight)
        return true
    }

    /// True when the last request that was sent has no sync behind it yet.
    private var hasOpenTransaction: Bool { flights.last.map { !$0.endsTransaction } ?? false }

    /// Whether a request may go into the open transaction: its settings are those that hold there, so that it neither
    /// sees another's scope nor needs to set its own. One that was sent before goes alone, since it may be what failed.
    private func mayJoin(_ read: WaitingRead) -> Bool {
        guard read.attempts == 0, hasOpenTransaction, let last = flights.last?.read, last.attempts == 1 else {
            return false
        }
        let company = flights.suffix(Self.largestCompany)
        let isFull = company.count == Self.largestCompany && company.dropLast().allSatisfy { !$0.endsTransaction }
        return !isFull && read.request.mayShareTransaction(with: last.request)
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
        guard endTransaction() else {
            return false
        }
        var flight = makeFlight(nil)
        flight.commandCount = 1
        guard PQsendQueryParams(connection, sql, 0, nil, nil, nil, nil, 1) == 1 else {
            return false
        }
        flights.append(flight)
        return endTransaction()
    }

    private func deallocate(_ name: String?) -> Bool {
        name.map { sendHousekeeping("DEALLOCATE \($0)") } ?? true
    }

    private func makeFlight(_ read: WaitingRead?) -> ReadFlight {
        lastSerial += 1
        return ReadFlight(read: read, serial: lastSerial, generation: generation)
    }

    /// Sends the sync behind what was sent last, unless it has one.
    private func endTransaction() -> Bool {
        guard hasOpenTransaction else {
            return true
        }
        flights[flights.count - 1].endsTransaction = true
        return PQpipelineSync(wire.connection) == 1
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
