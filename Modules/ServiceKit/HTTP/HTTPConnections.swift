import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypes
import Synchronization

/// HTTP/1.1 connections that survive being accepted while the host stops.
///
/// NIO hands accepted connections to the server through a sequence, and drops
/// those that nobody has taken when the server ends. Dropping one whose writer
/// was not finished traps (swift-nio issues #2637 and #2813), which would take
/// the running requests and jobs with it. So each connection is held until it
/// closes, and finished then if nobody has handled it.
struct HTTPConnections: ServerChildChannel {
    let base: HTTP1Channel

    /// A connection, and whether somebody has taken it.
    struct Value: ServerChildChannelValue {
        let base: HTTP1Channel.Value
        let taken = Flag()

        var channel: any Channel { base.channel }
    }

    final class Flag: Sendable {
        let isSet = Atomic(false)
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        base.setup(channel: channel, logger: logger).map { connection in
            let value = Value(base: connection)
            channel.closeFuture.whenComplete { _ in
                guard !value.taken.isSet.load(ordering: .acquiring) else { return }
                // Finishes the writer; the channel is closed already, so this ends at once.
                Task { try? await value.base.executeThenClose { _, _ in } }
            }
            return value
        }
    }

    func handle(value: Value, logger: Logger) async {
        value.taken.isSet.store(true, ordering: .releasing)
        await base.handle(value: value.base, logger: logger)
    }
}
