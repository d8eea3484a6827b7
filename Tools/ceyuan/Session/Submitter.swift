import Glibc

/// Who sends files, as they call themselves.
enum Submitter {
    /// `CEYUAN_SUBMITTER`, the user behind `sudo`, or the user.
    static var name: String {
        if let name = Environment["CEYUAN_SUBMITTER"] ?? Environment["SUDO_USER"] { return name }
        guard let entry = getpwuid(geteuid()) else { return "uid \(geteuid())" }
        return String(cString: entry.pointee.pw_name)
    }
}
