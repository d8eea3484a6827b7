import ArgumentParser
import DomainModel
import PlatformClient

/// A saved list as a command line names it: by its number, or by its name.
///
/// Your own list of the name goes before those that others share with you.
struct SavedListArgument: ExpressibleByArgument, Hashable {
    let text: String

    init?(argument: String) {
        guard !argument.isEmpty else { return nil }
        text = argument
    }

    /// Its number.
    ///
    /// - Throws: ``Failure`` where no list that you see has the name, or several of others have it.
    func number(_ registrar: Registrar) async throws -> Int64 {
        if let number = Int64(text) { return number }
        let named = try await registrar.savedLists().filter { $0.order.name == text }
        if named.count > 1, let own = try await registrar.own(named) { return own.id }
        guard let list = named.first else {
            throw Failure(
                .notFound,
                "NOT_FOUND",
                zh: "没有名为“\(text)”的清单",
                en: "There is no list “\(text)”",
                hint: LocalizedText(
                    zh: "ceyuan saved-list list 列出可用的清单",
                    en: "ceyuan saved-list list has those that you see"
                )
            )
        }
        guard named.count == 1 else {
            let numbers = named.map { "\($0.id) (\($0.owner))" }.joined(separator: ", ")
            throw Failure(
                .usage,
                "LIST_AMBIGUOUS",
                zh: "多人的清单名为“\(text)”：\(numbers)",
                en: "Lists of several people are called “\(text)”: \(numbers)",
                hint: LocalizedText(zh: "请使用编号", en: "Give its number")
            )
        }
        return list.id
    }
}

extension Registrar {
    /// The lists that the caller sees.
    func savedLists() async throws -> [SavedList] {
        try await client.pages("/v1/saved-lists", query: ["limit": "500"], of: SavedList.self).items()
    }

    /// The one that is the caller's own.
    func own(_ lists: [SavedList]) async throws -> SavedList? {
        if lists.isEmpty { return nil }
        let who: SignedInSession = try await client.get("/v1/session")
        return lists.first { $0.owner == who.principal }
    }
}
