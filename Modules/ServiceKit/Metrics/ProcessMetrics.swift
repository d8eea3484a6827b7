import Glibc
import Metrics

/// Memory, processor time, open files and start of this process, under the names that every Prometheus client uses.
///
/// Source: Prometheus documentation, "Writing client libraries", "Process metrics"; proc(5) for the files.
enum ProcessMetrics {
    static func register(in registry: PrometheusRegistry) {
        registry.describe("process_resident_memory_bytes", "Resident memory size in bytes.")
        registry.describe("process_cpu_seconds_total", "User and system processor time in seconds.")
        registry.describe("process_start_time_seconds", "Start of the process, in seconds since 1970.")
        registry.describe("process_open_fds", "Open files and sockets.")
        registry.describe("process_max_fds", "The most files and sockets that may be open.")
        let files = Meter(label: "process_open_fds", factory: registry)
        Meter(label: "process_max_fds", factory: registry).set(OpenFiles.raised().limit)
        let start = Meter(label: "process_start_time_seconds", factory: registry)
        start.set(Double(time(nil)))
        let memory = Meter(label: "process_resident_memory_bytes", factory: registry)
        let processor = FloatingPointCounter(label: "process_cpu_seconds_total", factory: registry)
        registry.beforeScrape {
            if let count = OpenFiles.count() { files.set(count) }
            if let pages = residentPages() { memory.set(pages * sysconf(Int32(_SC_PAGESIZE))) }
            var usage = rusage()
            guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return }
            func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
            processor.reset()
            processor.increment(by: seconds(usage.ru_utime) + seconds(usage.ru_stime))
        }
    }

    /// The second number of `/proc/self/statm`.
    private static func residentPages() -> Int? {
        let descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        let text = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 128) { buffer in
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
        }
        let numbers = text.split(separator: " ")
        return numbers.count > 1 ? Int(numbers[1]) : nil
    }
}
