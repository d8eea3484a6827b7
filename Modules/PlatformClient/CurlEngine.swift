import CLibCurl
import Glibc
import Synchronization

/// Runs transfers on one thread of its own with libcurl's multi interface.
///
/// libcurl blocks in `curl_multi_poll`, which must not happen on Swift's
/// cooperative threads; one thread serves any number of transfers and keeps
/// their connections open for the next ones. The thread starts with the first
/// transfer, so a program that sends nothing pays nothing, and ends when the
/// engine is released.
final class CurlEngine: Sendable {
    private let core = Core()

    deinit { core.stop() }

    /// Runs one transfer to its end.
    ///
    /// - Throws: ``PlatformClientError``, or `CancellationError` when the task was cancelled: the connection is
    ///   closed then and the file descriptors of the transfer may be closed as well.
    func run(_ request: CurlTransfer.Request) async throws -> HTTPReply<[UInt8]> {
        let transfer = CurlTransfer(request)
        try transfer.prepare()
        let ticket = Ticket(transfer)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                transfer.continuation = continuation
                core.submit(ticket)
            }
        } onCancel: {
            core.cancel(ticket)
        }
    }

    /// A transfer together with how far it has come; the fields are guarded by the core's mutex.
    // @unchecked Sendable: `isSubmitted` and `isCancelled` are read and written under `Core.state` only.
    fileprivate final class Ticket: @unchecked Sendable {
        let transfer: CurlTransfer
        var isSubmitted = false
        var isCancelled = false

        init(_ transfer: CurlTransfer) { self.transfer = transfer }
    }
}

extension CurlEngine {
    /// What the engine and its thread share.
    // @unchecked Sendable: `multi` is used by the thread alone, but for `curl_multi_wakeup`, which libcurl allows from
    // any thread; everything else is under the mutex `state`.
    fileprivate final class Core: @unchecked Sendable {
        private struct State {
            var submitted: [Ticket] = []
            var cancelled: [Ticket] = []
            var hasThread = false
            var isStopping = false
        }

        private let state = Mutex(State())
        private let multi: UnsafeMutableRawPointer?

        init() {
            _ = Self.globalInitialisation
            multi = curl_multi_init()
            _ = ceyuan_curl_multi_set_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, 64)
        }

        deinit { curl_multi_cleanup(multi) }

        /// `curl_global_init` must have run once before anything else.
        private static let globalInitialisation = ceyuan_curl_global_init()

        func submit(_ ticket: Ticket) {
            let isCancelled = state.withLock { state in
                if ticket.isCancelled { return true }
                ticket.isSubmitted = true
                state.submitted.append(ticket)
                if !state.hasThread {
                    state.hasThread = true
                    startThread()
                }
                return false
            }
            if isCancelled {
                ticket.transfer.finish(.failure(CancellationError()))
            } else {
                curl_multi_wakeup(multi)
            }
        }

        func cancel(_ ticket: Ticket) {
            state.withLock { state in
                ticket.isCancelled = true
                if ticket.isSubmitted { state.cancelled.append(ticket) }
            }
            curl_multi_wakeup(multi)
        }

        func stop() {
            state.withLock { $0.isStopping = true }
            curl_multi_wakeup(multi)
        }

        /// Starts the thread, which holds the core and not the engine: releasing the engine ends it.
        private func startThread() {
            var attributes = pthread_attr_t()
            pthread_attr_init(&attributes)
            pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
            var thread = pthread_t()
            let me = Unmanaged.passRetained(self).toOpaque()
            let result = pthread_create(
                &thread,
                &attributes,
                { argument in
                    if let argument { Unmanaged<Core>.fromOpaque(argument).takeRetainedValue().loop() }
                    return nil
                },
                me
            )
            precondition(result == 0, "the system has no thread left for libcurl")
            pthread_attr_destroy(&attributes)
        }

        private func loop() {
            var running: [UnsafeMutableRawPointer: CurlTransfer] = [:]
            while true {
                let (submitted, cancelled, isStopping) = state.withLock { state in
                    defer {
                        state.submitted = []
                        state.cancelled = []
                    }
                    return (state.submitted, state.cancelled, state.isStopping)
                }
                for ticket in submitted {
                    guard let easy = ticket.transfer.easy else { continue }
                    running[easy] = ticket.transfer
                    curl_multi_add_handle(multi, easy)
                }
                for ticket in cancelled {
                    guard let easy = ticket.transfer.easy, running.removeValue(forKey: easy) != nil else { continue }
                    curl_multi_remove_handle(multi, easy)
                    ticket.transfer.finish(.failure(CancellationError()))
                }
                var active: Int32 = 0
                curl_multi_perform(multi, &active)
                var left: Int32 = 0
                while let message = curl_multi_info_read(multi, &left) {
                    guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
                        let transfer = running.removeValue(forKey: easy)
                    else { continue }
                    let code = ceyuan_curl_message_result(message)
                    curl_multi_remove_handle(multi, easy)
                    transfer.finish(transfer.outcome(code))
                }
                if isStopping, running.isEmpty { return }
                // Woken by sockets, by libcurl's own timers, and by `curl_multi_wakeup`.
                curl_multi_poll(multi, nil, 0, 60_000, nil)
            }
        }
    }
}

extension CurlTransfer {
    /// Resumes whoever waits, once.
    fileprivate func finish(_ result: Result<HTTPReply<[UInt8]>, any Error>) {
        continuation?.resume(with: result)
        continuation = nil
    }
}
