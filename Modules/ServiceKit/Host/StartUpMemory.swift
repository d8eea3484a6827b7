import Glibc
import ServiceLifecycle

/// Gives back what only the start needed, once, a moment after it.
///
/// Starting runs through much of the program's text (metadata of types, the API's description, checks of the schema),
/// all of which stays resident though an idle service hardly touches any of it again. The text is a clean mapping of a
/// file: what is needed again is mapped again at the price of a page fault that reads nothing from the disk as long as
/// the kernel still has it.
struct StartUpMemory: Service {
    /// Lets the first rounds of the job worker and the scheduler go by.
    private static let delay = Duration.seconds(1)

    func run() async {
        await cancelWhenGracefulShutdown {
            if (try? await Task.sleep(for: Self.delay)) != nil { Self.release() }
        }
        try? await gracefulShutdown()
    }

    private static func release() {
        guard let bytes = try? readFile("/proc/self/maps", limit: 1 << 20) else { return }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        for mapping in lines.compactMap(Mapping.init) where mapping.isText {
            madvise(UnsafeMutableRawPointer(bitPattern: mapping.start), Int(mapping.end - mapping.start), MADV_DONTNEED)
        }
    }

    /// A line of `/proc/self/maps`. Source: proc(5).
    struct Mapping {
        let start: UInt
        let end: UInt
        /// Whether it is code of a file, which nobody can have changed in memory: to forget anything else would lose it.
        let isText: Bool

        init?(_ line: Substring) {
            let fields = line.split(separator: " ", omittingEmptySubsequences: true)
            let bounds = fields.first?.split(separator: "-") ?? []
            guard fields.count >= 5, bounds.count == 2, let start = UInt(bounds[0], radix: 16),
                let end = UInt(bounds[1], radix: 16), start < end
            else { return nil }
            (self.start, self.end) = (start, end)
            isText = fields[1] == "r-xp" && fields[4] != "0"
        }
    }
}
