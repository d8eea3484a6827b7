import Glibc
public import ServiceKit

extension SpoolError: ProblemConvertible {
    /// What the sender of a file is told.
    public var problem: Problem? {
        switch self {
        case .tooLarge(let limit):
            Problem(.bodyTooLong, "The file is larger than \(limit) bytes.", zh: "文件超过 \(limit) 字节。")
        case .refused(_, _, ENOSPC), .refused(_, _, EDQUOT):
            Problem(.storageFull, "There is no space left to keep the file.", zh: "没有空间保存该文件。")
        case .refused:
            nil
        case .sealed(let sha256, _):
            Problem(
                .keptFileSealed,
                "The file with SHA-256 \(sha256) is sealed and cannot be opened here.",
                zh: "SHA-256 为 \(sha256) 的文件已加密，此处无法打开。"
            )
        case .unknown(let sha256):
            Problem(
                .keptFileMissing,
                "The file with SHA-256 \(sha256) is not kept here any more.",
                zh: "此处已没有 SHA-256 为 \(sha256) 的文件。"
            )
        }
    }
}
