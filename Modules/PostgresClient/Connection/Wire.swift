import CLibPQ
import Dispatch
import Glibc

/// A libpq connection and the event sources on its socket.
///
/// Unchecked: every member is touched on `queue` only, the serial queue of the owning actor; `deinit` of the actor
/// closes by sending a block there.
///
/// The sources watch duplicates of the socket. libpq closes its own descriptor by itself when a connection breaks,
/// and a source on a closed, soon reused, descriptor would watch somebody else's file. Reading and writing have a
/// duplicate each, and every wait to write has a source of its own: on Linux, libdispatch watches all sources of a
/// descriptor as one, and a write source that was suspended misses events while a read source is re-armed.
final class Wire: @unchecked Sendable {
    let queue: DispatchQueue
    private(set) var connection: OpaquePointer?
    private var reader: (any DispatchSourceRead)?
    private var writer: (any DispatchSourceWrite)?
    private var onWritable: (@Sendable () -> Void)?
    private var isReading = false

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
        guard let descriptor = duplicate() else {
            return false
        }
        let reader = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        reader.setEventHandler(handler: onReadable)
        reader.setCancelHandler { Glibc.close(descriptor) }
        self.reader = reader
        self.onWritable = onWritable
        reader.activate()
        isReading = true
        return true
    }

    private func duplicate() -> CInt? {
        let descriptor = fcntl(PQsocket(connection), F_DUPFD_CLOEXEC, 0)
        return descriptor >= 0 ? descriptor : nil
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
    ///
    /// - Returns: False when no descriptor is left to wait on.
    func setWriting(_ on: Bool) -> Bool {
        guard on else {
            writer?.cancel()
            writer = nil
            return true
        }
        guard writer == nil, let onWritable else {
            return true
        }
        guard let descriptor = duplicate() else {
            return false
        }
        let writer = DispatchSource.makeWriteSource(fileDescriptor: descriptor, queue: queue)
        writer.setEventHandler(handler: onWritable)
        writer.setCancelHandler { Glibc.close(descriptor) }
        self.writer = writer
        writer.activate()
        return true
    }

    /// Ends the sources, then the connection. Idempotent.
    func close() {
        _ = setWriting(false)
        onWritable = nil
        if let reader {
            // A source that is suspended when its last reference goes traps: resume, then cancel.
            if !isReading {
                reader.resume()
            }
            reader.cancel()
        }
        reader = nil
        if let connection {
            PQfinish(connection)
        }
        connection = nil
    }
}
