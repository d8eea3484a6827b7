import ArgumentParser

/// `ceyuan keys`: the keys of personal data.
struct KeysCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "keys",
            abstract: "Make, list and rotate the keys of personal data.",
            discussion: """
                Telephones, numbers of documents and the like are sealed with a key for each record; these keys wrap \
                those. They stand in a file outside of the database, which registry.keysFile names.
                """,
            subcommands: [KeysNew.self, KeysAdd.self, KeysList.self, KeysRotate.self]
        )
    }
}
