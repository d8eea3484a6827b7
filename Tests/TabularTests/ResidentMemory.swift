import Foundation

/// Memory of this process that is in RAM.
enum ResidentMemory {
    /// Bytes, from `/proc/self/statm` (proc(5)).
    static func bytes() throws -> Int {
        let fields = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
        return (Int(fields[1]) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
