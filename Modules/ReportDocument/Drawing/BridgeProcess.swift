import Glibc

/// What went wrong between this process and the bridge's.
enum BridgeFailure: Error, Sendable {
    /// The process could not be started, ended, or does not keep to the protocol.
    case broken
    /// No answer came in time.
    case timedOut
}

/// A running document bridge: ends with the value.
///
/// A socket pair stands in for pipes, because writing to a pipe whose reader has died raises SIGPIPE in the whole
/// process, and sending to a socket can do without. All calls block, at most until their deadline.
struct BridgeProcess: ~Copyable {
    private static let maximumReply = 64 * 1024 * 1024
    private let pid: pid_t
    private let socket: Int32

    init(_ location: BridgeLocation) throws(BridgeFailure) {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw .broken }
        defer { Glibc.close(ends[1]) }
        guard let pid = Self.spawn(location, on: ends[1]) else {
            Glibc.close(ends[0])
            throw .broken
        }
        self.pid = pid
        socket = ends[0]
    }

    deinit {
        Glibc.close(socket)
        kill(pid, SIGKILL)
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    }

    /// Sends one message and waits for the answer to it.
    func exchange(_ message: [UInt8], before deadline: ContinuousClock.Instant) throws(BridgeFailure) -> [UInt8] {
        let length = UInt32(message.count)
        let header = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> $0) }
        try send(header + message, before: deadline)
        let size = try receive(4, before: deadline).reduce(0) { $0 << 8 | Int($1) }
        guard size <= Self.maximumReply else { throw .broken }
        return try receive(size, before: deadline)
    }

    private func send(_ bytes: [UInt8], before deadline: ContinuousClock.Instant) throws(BridgeFailure) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                let rest = UnsafeRawBufferPointer(rebasing: buffer[sent...])
                return Glibc.send(
                    socket,
                    rest.baseAddress,
                    rest.count,
                    Int32(MSG_NOSIGNAL | MSG_DONTWAIT)
                )
            }
            if count > 0 {
                sent += count
            } else {
                try wait(for: POLLOUT, after: count, before: deadline)
            }
        }
    }

    private func receive(_ count: Int, before deadline: ContinuousClock.Instant) throws(BridgeFailure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var received = 0
        while received < count {
            let part = bytes.withUnsafeMutableBytes { buffer in
                let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[received...])
                return recv(socket, rest.baseAddress, rest.count, Int32(MSG_DONTWAIT))
            }
            if part > 0 {
                received += part
            } else {
                try wait(for: POLLIN, after: part, before: deadline)
            }
        }
        return bytes
    }

    /// Waits until the socket is ready again; an end of file or an error other than "not now" ends the exchange.
    private func wait(
        for events: Int32,
        after result: Int,
        before deadline: ContinuousClock.Instant
    ) throws(BridgeFailure) {
        guard result < 0, errno == EAGAIN || errno == EINTR else { throw .broken }
        let left = ContinuousClock.now.duration(to: deadline)
        let milliseconds = left.components.seconds * 1_000 + left.components.attoseconds / 1_000_000_000_000_000
        guard milliseconds > 0 else { throw .timedOut }
        var entry = pollfd(fd: socket, events: Int16(events), revents: 0)
        let ready = poll(&entry, 1, Int32(clamping: milliseconds))
        if ready == 0 { throw .timedOut }
        if ready < 0, errno != EINTR { throw .broken }
    }

    private static func spawn(_ location: BridgeLocation, on socket: Int32) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        guard posix_spawn_file_actions_init(&actions) == 0 else { return nil }
        defer { posix_spawn_file_actions_destroy(&actions) }
        guard posix_spawnattr_init(&attributes) == 0 else { return nil }
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawn_file_actions_adddup2(&actions, socket, 0)
        posix_spawn_file_actions_adddup2(&actions, socket, 1)
        // Signals that a service blocks or ignores would be inherited, and the bridge relies on their usual effect.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        // -I: no packages and no settings but those of the interpreter's own environment; -B: writes nothing.
        let names = ["PATH", "CEYUAN_BRIDGE_MEMORY_MB", "CEYUAN_BRIDGE_SECONDS"]
        let passed: [String] = names.compactMap { name in getenv(name).map { "\(name)=\(String(cString: $0))" } }
        let words: [String] = [location.python, "-I", "-B", location.program]
        let settings: [String] = passed + ["LC_ALL=C.UTF-8", "TZ=UTC"]
        let arguments = words.map { strdup($0) } + [nil]
        let environment = settings.map { strdup($0) } + [nil]
        defer { for pointer in arguments + environment { free(pointer) } }
        var pid: pid_t = 0
        return posix_spawn(&pid, location.python, &actions, &attributes, arguments, environment) == 0 ? pid : nil
    }
}
