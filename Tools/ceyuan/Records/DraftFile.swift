import DomainModel
import Glibc

/// The file that somebody writes in an editor, in a folder that nobody else may read.
///
/// It stays until ``remove()``: whatever fails, what was written is not lost.
struct DraftFile {
    private let folder: String
    let path: String

    /// Makes the folder.
    ///
    /// - Throws: ``Failure``.
    init(named name: String) throws {
        let parent = Environment["TMPDIR"] ?? "/tmp"
        // mkdtemp(3) asks for six X at the end, and puts a name that nobody can guess in their place.
        var template = Array("\(parent)/ceyuan-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Self.unwritable(parent) }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        path = "\(folder)/\(name.map { $0 == "/" ? "_" : String($0) }.joined()).txt"
    }

    /// Writes the text.
    func write(_ text: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.unwritable(path) }
        defer { close(descriptor) }
        guard Console.writeAll(descriptor, text) else { throw Self.unwritable(path) }
    }

    /// Reads what the editor left.
    func read() throws -> String { try TextFile.read(path, atMost: 16 << 20) }

    /// Removes the file and its folder, once what it says is in the register.
    func remove() {
        unlink(path)
        // An editor may leave files of its own, which then stay.
        rmdir(folder)
    }

    private static func unwritable(_ path: String) -> Failure {
        let reason = Failure.systemMessage(errno)
        return Failure(
            .local,
            "FILE_UNWRITABLE",
            zh: "无法写入 \(path)：\(reason.zh)",
            en: "\(path) cannot be written: \(reason.en)"
        )
    }
}

/// The editor that somebody likes.
enum Editor {
    /// Opens a file and waits until it is closed.
    ///
    /// Source: POSIX.1-2017 §8.3 for the variables; a value may have arguments, as with git and crontab.
    ///
    /// - Throws: ``Failure`` when the editor cannot be started or says that it failed.
    static func open(_ path: String) throws {
        let editor = Environment["VISUAL"] ?? Environment["EDITOR"] ?? "vi"
        let quoted = path.map { $0 == "'" ? #"'\''"# : String($0) }.joined()
        // system(3) leaves Ctrl-C to the editor while it runs.
        let status = system("\(editor) '\(quoted)'")
        guard status == 0 else {
            let code = status < 0 ? "errno \(errno)" : "\((status >> 8) & 0xFF)"
            throw Failure(
                .local,
                "EDITOR_FAILED",
                zh: "编辑器 \(editor) 以 \(code) 结束，未作更改",
                en: "The editor \(editor) ended with \(code); nothing is changed",
                hint: LocalizedText(zh: "用 VISUAL 或 EDITOR 指明编辑器", en: "Name an editor in VISUAL or EDITOR")
            )
        }
    }
}
