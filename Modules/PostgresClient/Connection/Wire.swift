import CLibPQ
import Dispatch
import Glibc

/// A libpq connection and the event sources on its socket.
///
/// Unchecked: every member is touched on `queue` only, the serial queue of the owning actor; `deinit` of the actor
/// closes by sending a block there.
///
/// The sources watch a duplicate of the socket. libpq closes its own descriptor by itself when a connection breaks,
/// and a source on a closed, soon reused, descriptor would watch somebody else's file.
final class Wire: @unchecked Sendable {
    let queue: DispatchQueue
    private(set) var connection: OpaquePointer?
    private var reader: (any DispatchSourceRead)?
    private var writer: (any DispatchSourceWrite)?
    private var isReading = false
    private var isWriting = false

    init(queue: DispatchQueue) {
        self.queue = queue
    }

    func adopt(_ connection: OpaquePointer) {
        self.connection = connection
    }

    /// Begins to watch the socket; reading is on, writing is off.
    ///
    /// - Returns: False when the descriptor could not be duplicated.
    func arm(onReadable: @escaping @Sendable () -> Void, onWritable: @escaping @Sendable () -> Void) -> Bool {
        let descriptor = fcntl(PQsocket(connection), F_DUPFD_CLOEXEC, 0)
        guard descriptor >= 0 else {
            return false
        }
        let reader = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        let writer = DispatchSource.makeWriteSource(fileDescriptor: descriptor, queue: queue)
        reader.setEventHandler(handler: onReadable)
        writer.setEventHandler(handler: onWritable)
        // Both sources must be gone before the descriptor is; the reader is cancelled last, on the same queue.
        reader.setCancelHandler { Glibc.close(descriptor) }
        self.reader = reader
        self.writer = writer
        reader.activate()
        isReading = true
        return true
    }

    /// Lets data arrive, or leaves them in the kernel so that the server waits for us.
    func setReading(_ on: Bool) {
        guard let reader, isReading != on else {
            return
        }
        isReading = on
        if on {
            reader.resume()
        } else {
            reader.suspend()
        }
    }

    /// Asks for a call when the socket can take more, or stops asking.
    func setWriting(_ on: Bool) {
        guard let writer, isWriting != on else {
            return
        }
        isWriting = on
        if on {
            writer.resume()
        } else {
            writer.suspend()
        }
    }

    /// Ends the sources, then the connection. Idempotent.
    func close() {
        // A source that is suspended when its last reference goes traps: resume, then cancel.
        if let writer {
            let closesAfter = reader
            if !isWriting {
                writer.resume()
            }
            if closesAfter != nil, !isReading {
                closesAfter?.resume()
            }
            writer.setCancelHandler { closesAfter?.cancel() }
            writer.cancel()
        }
        reader = nil
        writer = nil
        if let connection {
            PQfinish(connection)
        }
        connection = nil
    }
}
