import ArgumentParser
import AuditTrail
import DomainModel
import Glibc

/// `ceyuan audit key`
struct AuditKeyCommand: AsyncParsableCommand, PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "key",
            abstract: "Make the key of an audit trail, or print the public half of one.",
            discussion: """
                The file is secret: whoever has it can sign a changed trail. Name it in audit.keyFile of the services, \
                keep a copy apart, and give the public line to whoever verifies.
                """
        )
    }

    @Option(name: .shortAndLong, help: "Make a new key in this file, which must not exist.", completion: .file())
    var output: String?

    @Option(name: .shortAndLong, help: "Print the public half of the key in this file.", completion: .file())
    var file: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func validate() throws {
        if (output == nil) == (file == nil) { throw ValidationError("Give either --output or --file.") }
    }

    func run(in session: Session) async throws {
        let key: AuditKey
        if let output {
            key = AuditKey()
            try Self.write(key.text, to: output)
        } else {
            let path = file ?? ""
            let text = try TextFile.read(path, atMost: 1_024)
            guard let read = AuditKey(text: text) else {
                throw Failure(.local, "AUDIT_KEY_INVALID", zh: "\(path) 不是审计密钥", en: "\(path) is no audit key")
            }
            key = read
        }
        try session.console.show(PublicKeyRecord(key.publicKey))
    }

    /// Nobody but the owner may read the file, not even for a moment, and none is overwritten.
    private static func write(_ text: String, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        let bytes = Array(text.utf8)
        guard descriptor >= 0, Glibc.write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
            let message = Failure.systemMessage(errno)
            if descriptor >= 0 { close(descriptor) }
            throw Failure(
                .local,
                "AUDIT_KEY_UNWRITABLE",
                zh: "无法写入 \(path)：\(message.zh)",
                en: "\(path) cannot be written: \(message.en)",
                hint: LocalizedText(zh: "指明一个尚不存在的文件", en: "Name a file that does not exist yet")
            )
        }
        close(descriptor)
    }
}

/// The public half of a key.
struct PublicKeyRecord: Listed {
    let publicKey: String
    let fingerprint: String

    init(_ key: AuditPublicKey) {
        publicKey = key.description
        fingerprint = key.fingerprint.description
    }

    static var listing: [Column<PublicKeyRecord>] {
        [
            .text("public_key", "公钥", "public key") { $0.publicKey },
            .text("fingerprint", "指纹", "fingerprint") { $0.fingerprint },
        ]
    }
}
