import CLibPQ
import Dispatch
public import Logging
import Synchronization

extension PostgresConnection {
    /// Makes a connection.
    ///
    /// - Parameters:
    ///   - configuration: Where to; the pool's settings are not used.
    ///   - logger: Gets messages of levels `debug` and `trace`.
    /// - Returns: An open connection; it closes when its last reference goes, or by ``close()``.
    /// - Throws: ``PostgresError``: `connection-failed` (its ``PostgresError/message`` is libpq's), `timeout` after
    ///   the connect timeout, `cancelled`.
    public static func connect(
        _ configuration: PostgresConfiguration,
        logger: Logger
    ) async throws -> PostgresConnection {
        let connection = PostgresConnection(configuration: configuration, logger: logger)
        try await connection.open()
        return connection
    }

    private func open() async throws {
        let parameters = configuration.connectionParameters
        let handle = Self.withCStrings(parameters.map(\.keyword)) { keywords in
            Self.withCStrings(parameters.map(\.value)) { values in PQconnectStartParams(keywords, values, 0) }
        }
        guard let handle else {
            throw PostgresError(.connectionFailed, reason: "out of memory")
        }
        wire.adopt(handle)
        notices.attach(to: handle)
        do {
            try await poll(handle)
            PQsetnonblocking(handle, 1)
            let isArmed = wire.arm(
                onReadable: { [weak self] in self?.assumeIsolated { $0.socketReadable() } },
                onWritable: { [weak self] in self?.assumeIsolated { $0.socketWritable() } }
            )
            guard isArmed else {
                throw PostgresError(.connectionFailed, reason: "no file descriptor is left")
            }
        } catch {
            wire.close()
            isBroken.store(true, ordering: .releasing)
            throw error
        }
        isPristine.store(true, ordering: .releasing)
        logger.debug("connection opened", metadata: ["server.process": "\(PQbackendPID(handle))"])
    }

    /// Steps libpq's connecting until it is through. The socket may be another one after every step.
    private func poll(_ handle: OpaquePointer) async throws {
        let deadline = DispatchTime.now() + configuration.connectTimeout.seconds
        var status = PQstatus(handle) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING
        while true {
            switch status {
            case PGRES_POLLING_OK:
                return
            case PGRES_POLLING_FAILED:
                throw PostgresError(.connectionFailed, connection: handle)
            default:
                let readiness = await SocketReadiness.wait(
                    for: PQsocket(handle),
                    writing: status == PGRES_POLLING_WRITING,
                    until: deadline,
                    on: wire.queue
                )
                switch readiness {
                case .ready: status = PQconnectPoll(handle)
                case .timedOut: throw PostgresError(.timeout, reason: "no connection within the connect timeout")
                case .cancelled: throw PostgresError(.cancelled, reason: "while connecting")
                }
            }
        }
    }

    /// Calls the body with a NULL-terminated array of C strings.
    private static func withCStrings<R>(_ strings: [String], _ body: ([UnsafePointer<CChar>?]) -> R) -> R {
        let bytes = strings.map { Array($0.utf8CString) }
        let flat = bytes.flatMap { $0 }
        return flat.withUnsafeBufferPointer { buffer in
            var pointers: [UnsafePointer<CChar>?] = []
            var offset = 0
            for string in bytes {
                pointers.append(buffer.baseAddress.map { $0 + offset })
                offset += string.count
            }
            return body(pointers + [nil])
        }
    }
}
