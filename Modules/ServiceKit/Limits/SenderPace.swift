import NIOCore
import NIOHTTPTypes

/// A sender that keeps the server waiting: the body stops with this error.
struct SlowSender: Error {}

/// Ends connections whose sender takes too long over a header, or sends a body slower than the minimum.
///
/// Only time in which the server wants bytes counts: it is the sender's. A
/// body that the server is slow to take costs the sender nothing.
///
/// Stands in front of the decoder and sees bytes; ``RequestBoundary`` behind
/// it tells where requests begin and end. Both live on the channel's event
/// loop. A request that arrives in one piece sets no timer.
final class SenderPace: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// What is asked of senders.
    struct Limits: Sendable {
        /// The longest time from a header's first byte to its last.
        var header: TimeAmount
        /// The lowest rate of a body, in bytes a second; 0 asks for none.
        var bodyRate: Int
        /// How much waiting a body is granted before its rate counts.
        var bodyGrace: TimeAmount
    }

    private enum Phase {
        case idle
        case header(since: NIODeadline)
        case body
    }

    private let limits: Limits
    private let refusals: Refusals
    private var phase = Phase.idle
    private var answersDue = 0
    /// Since when the server has wanted bytes and got none.
    private var waiting: NIODeadline?
    private var waited = TimeAmount.zero
    private var bodyBytes = 0
    private var timer: Scheduled<Void>?

    init(_ limits: Limits, _ refusals: Refusals) {
        self.limits = limits
        self.refusals = refusals
    }

    func read(context: ChannelHandlerContext) {
        if waiting == nil { waiting = .now() }
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let now = NIODeadline.now()
        switch phase {
        case .idle: phase = .header(since: now)
        case .header: break
        case .body:
            if let waiting { waited = waited + (now - waiting) }
            bodyBytes += unwrapInboundIn(data).readableBytes
        }
        waiting = nil
        context.fireChannelRead(data)
        if case .idle = phase { return }
        schedule(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }

    // MARK: Told by the boundary

    func began() {
        phase = .body
        answersDue += 1
        (waited, bodyBytes) = (.zero, 0)
    }

    func ended() { phase = .idle }
    func answered() { answersDue -= 1 }

    // MARK: The timer

    private func schedule(_ context: ChannelHandlerContext) {
        guard timer == nil else { return }
        let pause: TimeAmount
        switch phase {
        case .idle: return
        case .header(let since): pause = max(.milliseconds(1), since + limits.header - .now())
        case .body: pause = min(.seconds(1), max(.milliseconds(10), limits.bodyGrace))
        }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(in: pause) {
            let (pace, context) = bound.value
            pace.timer = nil
            pace.look(context)
        }
    }

    private func look(_ context: ChannelHandlerContext) {
        let now = NIODeadline.now()
        switch phase {
        case .idle: return
        case .header(let since):
            if now - since >= limits.header { return refuseHeader(context) }
        case .body:
            let total = waited + (waiting.map { now - $0 } ?? .zero)
            let seconds = Double(total.nanoseconds) / 1e9
            if limits.bodyRate > 0, total > limits.bodyGrace, Double(bodyBytes) < seconds * Double(limits.bodyRate) {
                phase = .idle
                context.fireErrorCaught(SlowSender())
                return
            }
        }
        schedule(context)
    }

    /// Nobody reads a request yet whom one could tell, so the answer is written here.
    private func refuseHeader(_ context: ChannelHandlerContext) {
        guard answersDue == 0, let answer = try? refusals.slowHead() else { return context.close(promise: nil) }
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(answer))
            .whenComplete { _ in bound.value.close(promise: nil) }
    }
}

/// Tells ``SenderPace`` where requests and answers begin and end.
final class RequestBoundary: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private var pace: SenderPace?

    func handlerAdded(context: ChannelHandlerContext) {
        pace = try? context.pipeline.syncOperations.handler(type: SenderPace.self)
    }

    func handlerRemoved(context: ChannelHandlerContext) { pace = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: pace?.began()
        case .body: break
        case .end: pace?.ended()
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { pace?.answered() }
        context.write(data, promise: promise)
    }
}
