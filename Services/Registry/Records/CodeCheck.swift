import DomainModel
import PostgresClient
import ServiceKit
import Storage

/// Says of a list without answers whether it was asked for by a code that there is not.
///
/// Such a list has no answers whatever there is, so looking after the question costs nothing where codes are right.
struct CodeCheck {
    let connection: PostgresConnection

    /// Refuses a code that is no region's.
    ///
    /// - Throws: ``Problem`` `PARAMETER_INVALID` with the nearest codes.
    func region(_ code: String?, as name: String = "region") async throws {
        guard let code else { return }
        let codes = try await RegionStore(connection).codes()
        try require(
            code,
            among: codes,
            name,
            LocalizedText(zh: "已登记地区的代码", en: "the code of a registered region")
        )
    }

    /// Refuses a code that a vocabulary does not have.
    ///
    /// - Throws: ``Problem`` `PARAMETER_INVALID` with the nearest codes.
    func term(_ code: String?, of vocabulary: String, as name: String) async throws {
        guard let code else { return }
        let codes = try await ClassificationStore(connection).keys(vocabulary: vocabulary).map(\.key.code)
        try require(
            code,
            among: codes,
            name,
            LocalizedText(zh: "词表 \(vocabulary) 的代码", en: "a code of \(vocabulary)")
        )
    }

    private func require(_ code: String, among codes: [String], _ name: String, _ expected: LocalizedText) throws {
        if codes.contains(code) { return }
        let near = nearestNames(to: code, among: codes).joined(separator: ", ")
        let hint = LocalizedText(zh: "\(expected.zh)；相近的有 \(near)", en: "\(expected.en); near: \(near)")
        throw Problem.parameter(name, given: code, expected: near.isEmpty ? expected : hint)
    }
}
