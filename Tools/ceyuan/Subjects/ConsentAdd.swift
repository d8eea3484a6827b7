import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan consent add KEY --purpose CODE --channel paper`
struct ConsentAdd: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "add",
            abstract: "Write down on what ground data about a person may be used, and for what.",
            discussion: "A sensitive field, such as the number of a document, needs the form separate or written."
        )
    }

    @Argument(help: "The key of the person's record.", completion: .recordKeys(of: .talent))
    var key: String

    @Option(help: ArgumentHelp("What for.", valueName: "code"))
    var purpose: String

    @Option(help: "The ground.")
    var basis: ProcessingBasis = .consent

    @Option(help: "How the person has agreed; general unless given.")
    var form: ConsentForm?

    @Option(help: ArgumentHelp("Only this field of the record. May be repeated.", valueName: "code"))
    var field: [String] = []

    @Option(help: ArgumentHelp("Since when; now unless given.", valueName: "instant"))
    var given: Instant?

    @Option(help: ArgumentHelp("When it ends by itself.", valueName: "instant"))
    var until: Instant?

    @Option(help: "How it came.")
    var channel: ConsentChannel

    @OptionGroup
    var evidence: EvidenceOptions

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let order = ConsentOrder(
            purpose: purpose,
            basis: basis,
            form: form,
            fields: field,
            givenAt: given,
            until: until,
            channel: channel,
            evidence: evidence.evidence,
            note: evidence.note
        )
        try session.console.show(
            try await session.client(of: .registry).post(
                "\(Registrar.path(key))/consents",
                body: order,
                as: Answer<Consent>.self
            )
        )
    }
}

/// `ceyuan consent withdraw NUMBER --channel spoken`
struct ConsentWithdraw: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "withdraw",
            abstract: "Write down that a consent was taken back, or that another ground has ended."
        )
    }

    @Argument(help: "The number of the line in the ledger.")
    var number: Int64

    @Option(help: ArgumentHelp("From when on; now unless given.", valueName: "instant"))
    var at: Instant?

    @Option(help: "How it came.")
    var channel: ConsentChannel

    @OptionGroup
    var evidence: EvidenceOptions

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let end = ConsentEnd(at: at, channel: channel, evidence: evidence.evidence, note: evidence.note)
        try session.console.show(
            try await session.client(of: .registry).post(
                "/v1/consents/\(number)/withdraw",
                body: end,
                as: Answer<Consent>.self
            )
        )
    }
}
