import CLibPQ
import Logging

/// Passes the server's notices to the log; libpq's default prints them to standard error.
final class NoticeRelay: Sendable {
    private let logger: Logger

    init(logger: Logger) {
        self.logger = logger
    }

    /// Must outlive the connection, which keeps an unretained pointer.
    func attach(to connection: OpaquePointer) {
        PQsetNoticeProcessor(
            connection,
            { context, message in
                guard let context, let message else {
                    return
                }
                let relay = Unmanaged<NoticeRelay>.fromOpaque(context).takeUnretainedValue()
                relay.logger.debug("server notice", metadata: ["notice": "\(String(cString: message))"])
            },
            Unmanaged.passUnretained(self).toOpaque()
        )
    }
}
