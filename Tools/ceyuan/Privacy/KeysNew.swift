import ArgumentParser
import DomainModel
import Glibc
import PersonalData

/// `ceyuan keys new --output FILE`
struct KeysNew: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "new",
            abstract: "Make the first keys of personal data in a file.",
            discussion: """
                Whoever has the file and the database can read all personal data; without it they are lost. Name it in \
                registry.keysFile of all hosts of the registry, and keep a copy apart from the backups of the database.
                """
        )
    }

    @Option(name: .shortAndLong, help: "The file, which must not exist.", completion: .file())
    var output: String

    @Option(help: "What the key is called: letters, digits, dots, hyphens.")
    var name: String = "1"

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func validate() throws {
        if !MasterKeys.isName(name) { throw ValidationError("A name has 1 to 32 letters, digits, dots, hyphens.") }
    }

    func run(in session: Session) async throws {
        try KeyFile.write(MasterKeys.newText(naming: name), to: output)
        session.console.remark(session.console("密钥写入 \(output)", "The keys are in \(output)."))
    }
}

/// `ceyuan keys add --file FILE NAME`
struct KeysAdd: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "add",
            abstract: "Put a new key above the others of a file, so that it wraps what is new.",
            discussion: """
                Copy the file to every host of the registry, then run ceyuan keys rotate. The old key may be deleted \
                from the file when ceyuan keys list says that it wraps no record.
                """
        )
    }

    @Option(name: .shortAndLong, help: "The file.", completion: .file())
    var file: String

    @Argument(help: "What the new key is called: 2026b.")
    var name: String

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func validate() throws {
        if !MasterKeys.isName(name) { throw ValidationError("A name has 1 to 32 letters, digits, dots, hyphens.") }
    }

    func run(in session: Session) async throws {
        let text = MasterKeys.newLine(naming: name) + "\n" + (try TextFile.read(file, atMost: KeyFile.limit))
        let names: [String]
        do throws(MasterKeys.Failure) {
            names = try MasterKeys(text: text).names
        } catch {
            throw Failure(
                .refused,
                "KEYS_INVALID",
                zh: "加入密钥后 \(file) 不再正确：\(error)",
                en: "With the new key \(file) would not be right: \(error)",
                hint: LocalizedText(zh: "密钥名称不得重复", en: "Each name may stand once")
            )
        }
        try KeyFile.replace(file, with: text)
        let list = names.joined(separator: ", ")
        session.console.remark(session.console("\(file) 现有密钥：\(list)", "\(file) has the keys \(list)."))
    }
}

/// Files of keys, which nobody but their owner may read, not even for a moment.
enum KeyFile {
    /// What a host reads of one.
    static let limit = 1_024

    /// Writes a file that must not exist.
    static func write(_ text: String, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        let bytes = Array(text.utf8)
        guard descriptor >= 0, Glibc.write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
            let message = Failure.systemMessage(errno)
            if descriptor >= 0 { close(descriptor) }
            throw Failure(
                .local,
                "KEYS_UNWRITABLE",
                zh: "无法写入 \(path)：\(message.zh)",
                en: "\(path) cannot be written: \(message.en)",
                hint: LocalizedText(zh: "指明一个尚不存在的文件", en: "Name a file that does not exist yet")
            )
        }
        close(descriptor)
    }

    /// Puts another text in the place of a file's, at once.
    static func replace(_ path: String, with text: String) throws {
        guard text.utf8.count <= limit else {
            throw Failure(
                .refused,
                "KEYS_TOO_MANY",
                zh: "\(path) 中的密钥过多",
                en: "\(path) would have too many keys",
                hint: LocalizedText(zh: "请先删除不再使用的密钥", en: "Delete keys that wrap no record first")
            )
        }
        let draft = path + ".new"
        try write(text, to: draft)
        guard rename(draft, path) == 0 else {
            let message = Failure.systemMessage(errno)
            unlink(draft)
            throw Failure(
                .local,
                "KEYS_UNWRITABLE",
                zh: "无法写入 \(path)：\(message.zh)",
                en: "\(path) cannot be written: \(message.en)"
            )
        }
    }
}
