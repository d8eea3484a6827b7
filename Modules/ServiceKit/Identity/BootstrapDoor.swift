import Glibc
import Logging
import NIOCore
import NIOPosix
public import ServiceLifecycle

/// Hands the one-time token to whoever may have it: a process of the service's own user, or of root, on this machine.
///
/// It listens on a Unix socket in the data folder for as long as the host runs. Whoever connects is asked nothing: the
/// kernel says whose process it is (`SO_PEERCRED`, unix(7)), and the answer is one line, a token or why there is none.
public struct BootstrapDoor: Service {
    /// Why there is no token, as the socket says it.
    enum Refusal: String {
        /// Somebody may do everything already.
        case administratorExists = "ADMINISTRATOR_EXISTS"
        /// The process is another user's.
        case notPermitted = "NOT_PERMITTED"
        /// The database cannot be asked.
        case unavailable = "UNAVAILABLE"
    }

    /// `struct ucred` of unix(7).
    private struct Peer: Sendable {
        var process: Int32
        var user: UInt32
        var group: UInt32
    }

    private typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    private let bootstrap: Bootstrap
    private let logger: Logger

    /// Opens the way of a platform.
    public init(_ platform: Platform) {
        bootstrap = Bootstrap(platform)
        logger = platform.logger
    }

    /// Listens until cancelled or shut down gracefully. A socket that cannot be made is logged; all else goes on.
    public func run() async {
        await cancelWhenGracefulShutdown {
            do {
                try await listen()
            } catch is CancellationError {
                return
            } catch {
                logger.error(
                    "no first administrator can be made: the socket cannot be used",
                    metadata: ["socket": .string(bootstrap.path), "error": "\(error)"]
                )
            }
            // The host ends when one of its services does.
            while (try? await Task.sleep(for: .seconds(3_600))) != nil {}
        }
    }

    private func listen() async throws {
        let path = bootstrap.path
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true) { channel in
                channel.eventLoop.makeCompletedFuture { try Connection(wrappingChannelSynchronously: channel) }
            }
        defer { removeFile(path) }
        // Until here others could connect: the kernel's word keeps them out all the same.
        chmod(path, 0o600)
        try await server.executeThenClose { connections in
            // One after the other: nothing is read, and a line always fits into the socket.
            for try await connection in connections {
                let line = await answer(to: connection)
                try? await connection.executeThenClose { _, outbound in
                    try await outbound.write(ByteBuffer(string: "\(line)\n"))
                }
            }
        }
    }

    private func answer(to connection: Connection) async -> String {
        guard let user = try? await Self.user(of: connection), user == 0 || user == geteuid() else {
            logger.warning("a process of another user asked for the one-time token")
            return Refusal.notPermitted.rawValue
        }
        do {
            return try await bootstrap.open()?.text ?? Refusal.administratorExists.rawValue
        } catch {
            logger.error("the one-time token cannot be made", metadata: ["error": "\(error)"])
            return Refusal.unavailable.rawValue
        }
    }

    private static func user(of connection: Connection) async throws -> UInt32? {
        guard let socket = connection.channel as? any SocketOptionProvider else { return nil }
        let peer: Peer = try await socket.unsafeGetSocketOption(
            level: .socket,
            name: NIOBSDSocket.Option(rawValue: SO_PEERCRED)
        ).get()
        return peer.user
    }
}
