import ArgumentParser
import DomainModel

/// `ceyuan consent`: on what ground data about a person may be used.
struct ConsentCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "consent",
            abstract: "The ledger of consents: on what ground data about a person may be used, and for what.",
            discussion: "Nothing in it is changed: a consent that is taken back gets an end of its own.",
            subcommands: [ConsentAdd.self, ConsentList.self, ConsentWithdraw.self, ConsentCheck.self]
        )
    }
}

/// What proves a consent or its end.
struct EvidenceOptions: ParsableArguments {
    @Option(help: "The document that proves it: its number, or where it is kept.")
    var document: String?

    @Option(help: ArgumentHelp("SHA-256 of the document.", valueName: "digits"))
    var sha256: String?

    @Option(help: "What else was said.")
    var note: String?

    /// The document, if there is one.
    var evidence: Consent.Evidence? { document.map { Consent.Evidence(document: $0, sha256: sha256) } }

    func validate() throws {
        if sha256 != nil, document == nil { throw ValidationError("--sha256 needs --document.") }
    }
}
