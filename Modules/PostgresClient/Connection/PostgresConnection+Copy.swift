import CLibPQ

extension PostgresConnection {
    /// Loads rows with COPY.
    ///
    /// ```swift
    /// let rows = try await connection.copyIn("COPY region (code, name) FROM STDIN (FORMAT csv)") { writer in
    ///     try await writer.write(chunk)
    /// }
    /// ```
    ///
    /// When the body throws, the COPY is aborted, no row of it stays, and the connection is usable again (a
    /// surrounding transaction has failed, though). The server reports bad rows at the end, or when it chooses to.
    ///
    /// - Parameters:
    ///   - sql: `COPY … FROM STDIN`, in any format.
    ///   - body: Writes the data.
    /// - Returns: The number of rows loaded.
    /// - Throws: What the body throws, or ``PostgresError``.
    @discardableResult
    public nonisolated func copyIn(_ sql: String, _ body: (PostgresCopyWriter) async throws -> Void) async throws -> Int
    {
        let id = try await beginCopy(sql, .into)
        do {
            try await body(PostgresCopyWriter(connection: self, id: id))
        } catch {
            await abortCopyIn(id)
            throw error
        }
        return try await endCopyIn(id)
    }

    /// Reads rows with COPY, as chunks of bytes of 64 KB or more (but the last).
    ///
    /// The rules of ``stream(_:)`` about order, memory and leaving early hold here too.
    ///
    /// - Parameter sql: `COPY … TO STDOUT`, in any format.
    /// - Returns: The chunks, to be read once.
    /// - Throws: ``PostgresError``.
    public func copyOut(_ sql: String) async throws -> PostgresCopySequence {
        PostgresCopySequence(lease: StreamLease(connection: self, id: try await beginCopy(sql, .outOf)))
    }

    private func beginCopy(_ sql: String, _ direction: Exchange.Copy) async throws -> UInt64 {
        try await takeTurn()
        do {
            // Until its end is sent, no row of a COPY can stay.
            let exchange = try begin(sql, effect: .none) { PQsendQueryParams($0, sql, 0, nil, nil, nil, nil, 1) }
            await finish(exchange)
            if let failure = exchange.failure {
                throw failure
            }
            guard exchange.copy == direction else {
                if exchange.copy != nil {
                    await abortCopy(exchange)
                }
                throw PostgresError(
                    .protocolState,
                    query: sql,
                    reason: direction == .into ? "expected COPY … FROM STDIN" : "expected COPY … TO STDOUT"
                )
            }
            if direction == .outOf {
                wire.setReading(false)
            }
            return exchange.id
        } catch {
            endTurn()
            throw error
        }
    }

    // MARK: In

    /// libpq and the server are happiest with pieces of this size.
    private static let pieceSize = 64 << 10

    func write(copy id: UInt64, _ data: PostgresBinaryBuffer) async throws {
        let exchange = try openCopy(id)
        var offset = 0
        while offset < data.count {
            guard let connection = wire.connection else {
                throw exchange.failure ?? breakage ?? PostgresError(.connectionLost)
            }
            guard PQstatus(connection) == CONNECTION_OK else {
                // libpq would swallow the data and complain at the end.
                throw PostgresError(.connectionLost, connection: connection, query: exchange.query)
            }
            let size = min(Self.pieceSize, data.count - offset)
            let outcome = data.withUnsafeBytes { bytes in
                PQputCopyData(
                    connection,
                    (bytes.baseAddress! + offset).assumingMemoryBound(to: CChar.self),
                    CInt(size)
                )
            }
            guard outcome >= 0 else {
                throw PostgresError(.connectionLost, connection: connection, query: exchange.query)
            }
            offset += outcome == 1 ? size : 0
            flush()
            if hasUnsentData {
                await wait(for: exchange, .flushed, cancellable: true) { !self.hasUnsentData || exchange.isOver }
            }
        }
        if Task.isCancelled || exchange.cancelRequested {
            throw PostgresError(.cancelled, query: exchange.query)
        }
    }

    private func endCopyIn(_ id: UInt64) async throws -> Int {
        let exchange = try openCopy(id)
        defer { endTurn() }
        await putCopyEnd(exchange, nil)
        await finish(exchange)
        if let failure = exchange.failure {
            throw failure
        }
        return exchange.results.last?.affectedRows ?? 0
    }

    private func abortCopyIn(_ id: UInt64) async {
        guard let exchange, exchange.id == id, exchange.copy == .into else {
            return
        }
        await abortCopy(exchange)
        endTurn()
    }

    private func openCopy(_ id: UInt64) throws -> Exchange {
        if let exchange, exchange.id == id, exchange.copy == .into {
            return exchange
        }
        throw breakage ?? PostgresError(.protocolState, reason: "this COPY is over")
    }

    private func putCopyEnd(_ exchange: Exchange, _ reason: String?) async {
        readWhatCame()
        if reason == nil, let connection = wire.connection, PQstatus(connection) == CONNECTION_OK {
            exchange.effect = .ofStatement
        }
        while let connection = wire.connection {
            let outcome = PQputCopyEnd(connection, reason)
            flush()
            guard outcome == 0 else {
                break
            }
            await wait(for: exchange, .flushed, cancellable: false) { !self.hasUnsentData || exchange.isOver }
        }
        exchange.copy = nil
    }

    /// Brings the connection out of a COPY of either direction and drains it; the caller keeps the turn.
    func abortCopy(_ exchange: Exchange) async {
        switch exchange.copy {
        case .into:
            await putCopyEnd(exchange, "the client has given up")
        case .outOf:
            if !exchange.isInTransaction {
                cancel(exchange: exchange.id)
            }
            while exchange.copy == .outOf, let connection = wire.connection {
                let arrivals = exchange.arrivals
                if !discardCopyData(exchange, connection) {
                    await wait(for: exchange, .copyData, cancellable: false) {
                        exchange.arrivals != arrivals || self.wire.connection == nil
                    }
                }
            }
        case nil:
            break
        }
        await finish(exchange, cancellable: false)
    }

    // MARK: Out

    /// The next chunk; nil after the last.
    func nextCopyData(_ id: UInt64) async throws -> [UInt8]? {
        guard let exchange, exchange.id == id else {
            return nil
        }
        guard exchange.waiter == nil else {
            throw PostgresError(.protocolState, query: exchange.query, reason: "a COPY has one reader")
        }
        var chunk: [UInt8] = []
        while exchange.copy == .outOf, let connection = wire.connection {
            var message: UnsafeMutablePointer<CChar>?
            let count = PQgetCopyData(connection, &message, 1)
            if count > 0, let message {
                chunk.append(contentsOf: UnsafeRawBufferPointer(start: message, count: Int(count)))
                PQfreemem(message)
                if chunk.count >= Self.pieceSize {
                    return chunk
                }
            } else if count == 0 {
                let arrivals = exchange.arrivals
                await wait(for: exchange, .copyData, cancellable: true) {
                    exchange.arrivals != arrivals || self.wire.connection == nil
                }
                wire.setReading(exchange.copy == nil)
            } else {
                exchange.copy = nil
            }
        }
        if !chunk.isEmpty {
            return chunk
        }
        await finish(exchange)
        endTurn()
        if let failure = exchange.failure {
            throw failure
        }
        return nil
    }

    /// Throws away the COPY data at hand.
    ///
    /// - Returns: True when the COPY is over and results follow.
    func discardCopyData(_ exchange: Exchange, _ connection: OpaquePointer) -> Bool {
        while true {
            var message: UnsafeMutablePointer<CChar>?
            let count = PQgetCopyData(connection, &message, 1)
            if count > 0 {
                PQfreemem(message)
            } else {
                if count < 0 {
                    exchange.copy = nil
                }
                return count < 0
            }
        }
    }
}
