import Glibc
import SystemPackage

/// Takes a file's name away; its content lives as long as somebody has it open.
func unlinkName(_ path: FilePath) {
    _ = path.withPlatformString { unlink($0) }
}
