import DomainModel
import Glibc
import Synchronization

/// Random hexadecimal digits for ids of requests and traces.
///
/// The kernel is asked for many at once: each request needs five numbers, and each question is a system call.
enum RandomDigits {
    private static let pool = Mutex(Pool())

    private struct Pool: Sendable {
        /// 256 bytes, the most that getentropy(3) gives at once.
        private var numbers = [UInt64](repeating: 0, count: 32)
        private var next = 32

        mutating func take() -> UInt64 {
            if next == numbers.count { fill() }
            defer { next += 1 }
            return numbers[next]
        }

        private mutating func fill() {
            let isFilled = numbers.withUnsafeMutableBytes { getentropy($0.baseAddress!, $0.count) == 0 }
            precondition(isFilled, "the kernel gives no random numbers")
            next = 0
        }
    }

    /// Lower-case hexadecimal digits.
    ///
    /// - Parameter count: A multiple of 16.
    /// - Returns: Digits that are not all zeros, which means “none” in a trace.
    static func make(_ count: Int) -> String {
        String(unsafeUninitializedCapacity: count) { buffer in
            pool.withLock { pool in
                for start in stride(from: 0, to: count, by: 16) {
                    var bits = pool.take()
                    while bits == 0 { bits = pool.take() }
                    for index in start..<start + 16 {
                        buffer[index] = Hexadecimal.digit(UInt8(truncatingIfNeeded: bits & 15))
                        bits >>= 4
                    }
                }
            }
            return count
        }
    }
}
