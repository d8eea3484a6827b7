import CLibPQ
import Glibc

extension PostgresConnection {
    /// Rows that a stream holds ready before it leaves the rest to the kernel and the server.
    static let streamWindow = 512

    /// Starts a request; the caller has the turn. The body calls one of libpq's `PQsend…`.
    func begin(
        _ query: String,
        purpose: Exchange.Purpose = .results,
        effect: Exchange.Effect = .ofStatement,
        _ send: (OpaquePointer) -> CInt
    ) throws -> Exchange {
        readWhatCameUnasked()
        guard let connection = wire.connection else {
            throw breakage ?? PostgresError(.connectionLost)
        }
        let isInTransaction = PQtransactionStatus(connection) != PQTRANS_IDLE
        guard send(connection) == 1 else {
            let isLost = PQstatus(connection) == CONNECTION_BAD
            let error = PostgresError(isLost ? .connectionLost : .protocolState, connection: connection, query: query)
            if isLost {
                breakConnection(error)
            }
            throw error
        }
        if purpose == .stream {
            PQsetSingleRowMode(connection)
        }
        lastExchange += 1
        let exchange = Exchange(
            id: lastExchange,
            query: query,
            purpose: purpose,
            effect: effect,
            isInTransaction: isInTransaction
        )
        self.exchange = exchange
        flush()
        return exchange
    }

    /// Waits until the exchange is over or a COPY begins.
    ///
    /// Not cancellable is what must be carried through even in a cancelled task: COMMIT, ROLLBACK, the draining after
    /// an abort.
    func finish(_ exchange: Exchange, cancellable: Bool = true) async {
        await wait(for: exchange, .over, cancellable: cancellable) { exchange.isOver || exchange.copy != nil }
        if exchange.isOver {
            end(exchange)
        }
    }

    /// Takes the ended exchange off, and the connection if it broke.
    func end(_ exchange: Exchange) {
        if self.exchange === exchange {
            self.exchange = nil
            wire.setReading(true)
        }
        if let connection = wire.connection, PQstatus(connection) == CONNECTION_BAD {
            // An exchange without a failure was acknowledged before the connection broke: its effect is certain.
            if let error = exchange.failure, error.code == .connectionLost {
                exchange.failure = error.replacing(code: error.code, effectUnknown: exchange.wouldLossLeaveDoubt)
            }
            let state = exchange.failure?.sqlState
            breakConnection(PostgresError(.connectionLost, sqlState: state, reason: "it broke earlier"))
        }
        if let failure = exchange.failure {
            exchange.failure = classify(failure, in: exchange)
            if transactionStatus == .inFailedTransaction, transactionFailure == nil {
                transactionFailure = exchange.failure
            }
        }
    }

    private func classify(_ failure: PostgresError, in exchange: Exchange) -> PostgresError {
        guard failure.code == .server, failure.sqlState == .queryCanceled else {
            return failure
        }
        if exchange.cancelRequested {
            return failure.replacing(code: .cancelled)
        }
        return hasStatementTimeout ? failure.replacing(code: .timeout) : failure
    }

    /// Suspends until the condition holds, which every event of the socket may change.
    func wait(
        for exchange: Exchange,
        _ wakes: Exchange.Wake,
        cancellable: Bool,
        until isDone: () -> Bool
    ) async {
        exchange.wakes = wakes
        if !wire.setReading(true) {
            breakConnection(PostgresError(.connectionLost, reason: "the system cannot watch another socket"))
        }
        pump()
        watchForSilence(in: exchange)
        while !isDone() {
            guard cancellable else {
                await suspend(exchange, unless: isDone)
                continue
            }
            let id = exchange.id
            // The closure must name `self`: one that does not is not isolated to the actor, and runs elsewhere.
            await withTaskCancellationHandler {
                await self.suspend(exchange, unless: isDone)
            } onCancel: {
                reactor.submit { self.assumeIsolated { $0.cancel(exchange: id) } }
            }
        }
    }

    /// Suspends until the next wake; the condition is asked again on the spot, where nothing can come between.
    private func suspend(_ exchange: Exchange, unless isDone: () -> Bool) async {
        await withCheckedContinuation { continuation in
            reactor.checkIsolated()
            exchange.suspend(continuation, unless: isDone())
        }
    }

    // MARK: Events of the socket

    func socketReady(_ readiness: Readiness) {
        exchange?.lastSign = .now
        if readiness.contains(.readable) {
            socketReadable()
        } else {
            flush()
            pump()
        }
    }

    private func socketReadable() {
        guard let connection = wire.connection else {
            return
        }
        let isAlive = PQconsumeInput(connection) == 1
        exchange?.arrivals += 1
        if exchange != nil {
            if isAlive {
                flush()
            } else {
                // The end of the file would be reported for ever; whoever waits next asks for it again.
                wire.setReading(false)
            }
            pump()
        } else if !isAlive || PQstatus(connection) == CONNECTION_BAD {
            breakConnection(PostgresError(.connectionLost, connection: connection))
        } else {
            // Unasked messages (notices, parameter changes) are parsed here.
            _ = PQisBusy(connection)
        }
        collectNotifications()
    }

    /// Looks at an idle connection before it is used: a server that has gone is to be noticed before anything is sent
    /// to it, since afterwards the effect would be unknown.
    private func readWhatCameUnasked() {
        if exchange == nil {
            readWhatCame()
        }
    }

    /// Reads what the kernel has, up to the end of the stream if that has come.
    func readWhatCame() {
        while let connection = wire.connection, PQstatus(connection) == CONNECTION_OK,
            Self.isReadable(PQsocket(connection))
        {
            socketReadable()
        }
    }

    private static func isReadable(_ descriptor: CInt) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, 0) == 1
    }

    /// Sends what libpq holds back; the rest goes when the socket can take more.
    func flush() {
        guard let connection = wire.connection else {
            return
        }
        let isPending = PQflush(connection) == 1
        guard wire.setWriting(isPending) else {
            return breakConnection(PostgresError(.connectionLost, reason: "the system cannot watch another socket"))
        }
        if !isPending, let exchange, exchange.wakes == .flushed {
            exchange.wake()
        }
    }

    var hasUnsentData: Bool { wire.connection.map { PQflush($0) == 1 } ?? false }

    /// Takes the results that have arrived, and wakes the waiter if there is what it waits for.
    func pump() {
        guard let exchange, let connection = wire.connection else {
            return
        }
        while !exchange.isDrained {
            if exchange.purpose == .discard {
                if exchange.copy == .into {
                    PQputCopyEnd(connection, "the client has given up")
                    exchange.copy = nil
                    flush()
                } else if exchange.copy == .outOf, !discardCopyData(exchange, connection) {
                    break
                }
            }
            // After a failed write libpq says "busy" for ever; on a dead connection it no longer waits for anything.
            let isDead = PQstatus(connection) == CONNECTION_BAD
            guard exchange.copy == nil, isDead || PQisBusy(connection) == 0 else {
                break
            }
            if exchange.purpose == .stream, exchange.rows.count >= Self.streamWindow {
                wire.setReading(false)
                break
            }
            guard let result = PQgetResult(connection) else {
                exchange.isDrained = true
                break
            }
            take(result, for: exchange)
        }
        let isOver = exchange.isOver
        switch exchange.wakes {
        case .over:
            if isOver || exchange.copy != nil {
                exchange.wake()
            }
        case .rows:
            if isOver || !exchange.rows.isEmpty {
                exchange.wake()
            }
        case .copyData:
            exchange.wake()
        case .flushed:
            if isOver || PQstatus(connection) == CONNECTION_BAD {
                exchange.wake()
            }
        }
        if isOver, exchange.purpose == .discard {
            end(exchange)
            endTurn()
        }
    }

    private func take(_ result: OpaquePointer, for exchange: Exchange) {
        switch PQresultStatus(result) {
        case PGRES_COPY_IN:
            exchange.copy = .into
            PQclear(result)
        case PGRES_COPY_OUT, PGRES_COPY_BOTH:
            exchange.copy = .outOf
            PQclear(result)
        case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE, PGRES_NONFATAL_ERROR:
            exchange.failure = exchange.failure ?? PostgresError(result: result, query: exchange.query)
            PQclear(result)
        case PGRES_SINGLE_TUPLE:
            let storage = ResultStorage(result, query: exchange.query)
            if exchange.purpose == .stream {
                exchange.rows.append(PostgresRow(storage: storage, index: 0))
            }
        default:
            let storage = ResultStorage(result, query: exchange.query)
            noteSessionChange(storage.commandTag)
            if exchange.purpose == .results {
                exchange.results.append(storage)
            }
        }
    }

    private func noteSessionChange(_ tag: String) {
        switch tag {
        case "SET", "LISTEN", "DECLARE CURSOR": needsReset = true
        case "DISCARD ALL", "DEALLOCATE ALL": statements.removeAll()
        default: break
        }
    }
}
