import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import Synchronization

/// HTTP/1.1 connections that survive being accepted while the host stops.
///
/// NIO hands accepted connections to the server through a sequence, and drops
/// those that nobody has taken when the server ends. Dropping one whose writer
/// was not finished traps (swift-nio issues #2637 and #2813), which would take
/// the running requests and jobs with it. So each connection is held until
/// somebody handles it, and finished when it closes before that.
struct HTTPConnections: ServerChildChannel {
    let base: HTTP1Channel
    let limits: SenderPace.Limits
    let refusals: Refusals

    /// A connection, and what holds it.
    struct Value: ServerChildChannelValue {
        let base: HTTP1Channel.Value
        let hold: Hold

        var channel: any Channel { base.channel }
    }

    /// Holds a connection until it is let go; no longer, because NIO closes it when the last reference goes.
    final class Hold: Sendable {
        private let connection: Mutex<HTTP1Channel.Value?>

        init(_ connection: HTTP1Channel.Value) { self.connection = Mutex(connection) }

        @discardableResult
        func letGo() -> HTTP1Channel.Value? {
            connection.withLock { connection in
                defer { connection = nil }
                return connection
            }
        }
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        do {
            try channel.pipeline.syncOperations.addHandler(SenderPace(limits, refusals))
        } catch {
            return channel.eventLoop.makeFailedFuture(error)
        }
        return base.setup(channel: channel, logger: logger).flatMapThrowing { connection in
            let pipeline = channel.pipeline.syncOperations
            let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            try pipeline.addHandler(OldVersions(), position: .after(decoder))
            let hold = Hold(connection)
            channel.closeFuture.whenComplete { _ in
                guard let untaken = hold.letGo() else { return }
                // Finishes the writer; the channel is closed already, so this ends at once.
                Task { try? await untaken.executeThenClose { _, _ in } }
            }
            return Value(base: connection, hold: hold)
        }
    }

    func handle(value: Value, logger: Logger) async {
        value.hold.letGo()
        await withTaskExecutorPreference(ConnectionExecutor(value.channel.eventLoop)) {
            await base.handle(value: value.base, logger: logger)
        }
    }
}
