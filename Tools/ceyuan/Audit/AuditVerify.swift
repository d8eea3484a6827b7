import ArgumentParser
import AuditTrail
import DomainModel
import FoundationEssentials
import PlatformClient

/// `ceyuan audit verify`
struct AuditVerify: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "verify",
            abstract: "Prove that the trail is whole, or name the first broken link of each chain.",
            discussion: """
                Without --file the service sends the whole trail, and it is verified here. With --file an export, or \
                a plain dump of the database (pg_dump), is verified, without any service or server. Exit code 1 when \
                anything is wrong.
                """
        )
    }

    @Option(name: .shortAndLong, help: "Verify this export or dump instead of asking a service.", completion: .file())
    var file: String?

    @Option(
        help: ArgumentHelp(
            "Verify signatures with this public key, or with the one in this file. May be given several times.",
            discussion: "Without it the key that the trail itself names is used, which a forger could have put there.",
            valueName: "key"
        )
    )
    var publicKey: [String] = []

    @Flag(help: "Compare the records themselves with what the trail says of them.")
    var records = false

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func validate() throws {
        if file != nil, records { throw ValidationError("--records needs a service: leave --file out.") }
    }

    func run(in session: Session) async throws {
        let keys = try publicKey.map { try Self.key($0) }
        let trail: TrailFile.Outcome
        if let file {
            let first = try TextFile.firstByte(of: file)
            let isExport = first == nil || first == UInt8(ascii: "{")
            trail = try isExport ? TrailFile.verify(file, keys: keys) : DumpFile.verify(file, keys: keys)
        } else {
            let folder = FileManager.default.temporaryDirectory.appending(path: "ceyuan-audit-\(UUID().uuidString)")
            try FileManager.default.createDirectory(
                at: folder,
                withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o700]
            )
            defer { try? FileManager.default.removeItem(at: folder) }
            let path = folder.appending(path: "trail.ndjson").path
            try await session.client(of: .registry).download("/v1/audit/export", to: path)
            trail = try TrailFile.verify(path, keys: keys)
        }
        var comparisons: [RecordComparison] = []
        if records {
            let page = try await session.client(of: .registry)
                .get("/v1/audit/records", as: Page<RecordComparison>.self)
            comparisons = page.items
        }
        try session.console.show(trail, comparisons)
        if !trail.report.isIntact || !comparisons.allSatisfy(\.isIntact) { throw ExitCode(.refused) }
    }

    private static func key(_ given: String) throws -> AuditPublicKey {
        if let key = AuditPublicKey(given) { return key }
        let text = try TextFile.read(given, atMost: 4_096)
        for line in text.split(whereSeparator: \.isNewline) {
            if let key = AuditPublicKey(String(line)) { return key }
        }
        throw Failure(
            .usage,
            "AUDIT_KEY_INVALID",
            zh: "\(given) 中没有审计公钥",
            en: "There is no public audit key in \(given)",
            hint: LocalizedText(zh: "公钥以 ceyuan-audit-public-1: 开头", en: "It begins with ceyuan-audit-public-1:")
        )
    }
}
