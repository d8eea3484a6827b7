import DomainModel
import ServiceKit

extension ConsentOrder {
    /// The ground as it goes into the ledger.
    ///
    /// - Parameters:
    ///   - kind: The kind of the record that it is about.
    ///   - model: What its fields are.
    ///   - terms: The purposes that the register knows; none lets any code pass.
    ///   - now: The instant.
    /// - Returns: The ground, not yet in the ledger.
    /// - Throws: ``Problem`` `BODY_INVALID`.
    func ground(of kind: RegistryKind, _ model: RecordModel, terms: Set<String>, now: Instant) throws -> ConsentGround {
        try Self.check(purpose, among: terms)
        if form != nil, basis != .consent {
            throw Problem.body("/form", en: "a form for the basis consent alone", zh: "仅在依据为 consent 时填写")
        }
        let fields = Set(fields ?? []).sorted()
        for field in fields where model.field(field, of: kind) == nil {
            let near = nearestNames(to: field, among: model.fields(of: kind).map(\.code)).joined(separator: ", ")
            throw Problem.body(
                "/fields",
                en: near.isEmpty ? "fields of a \(kind.title.en)" : "fields of a \(kind.title.en), such as \(near)",
                zh: near.isEmpty ? "\(kind.title.zh)的字段" : "\(kind.title.zh)的字段，如 \(near)"
            )
        }
        let given = givenAt ?? now
        guard given <= now else { throw Problem.body("/givenAt", en: "no instant to come", zh: "不晚于当前的时刻") }
        if let until, until <= given {
            throw Problem.body("/until", en: "an instant after givenAt", zh: "晚于 givenAt 的时刻")
        }
        try BodyTexts.check(evidence)
        try BodyTexts.check(note, "/note", maximum: 2_000)
        return ConsentGround(
            purpose: purpose,
            basis: basis,
            form: basis == .consent ? form ?? .general : nil,
            fields: fields,
            givenAt: given,
            until: until,
            channel: channel,
            evidence: evidence,
            note: note
        )
    }

    private static func check(_ purpose: String, among terms: Set<String>) throws {
        guard FieldDefinition.isCode(purpose) else {
            throw Problem.body(
                "/purpose",
                en: "a code of small letters, digits and underscores, a letter first",
                zh: "由小写字母、数字与下划线组成、以字母开头的代码"
            )
        }
        guard terms.isEmpty || terms.contains(purpose) else {
            let near = nearestNames(to: purpose, among: terms.sorted()).joined(separator: ", ")
            let name = ConsentGround.vocabulary
            throw Problem.body(
                "/purpose",
                en: near.isEmpty ? "a term of \(name)" : "a term of \(name), such as \(near)",
                zh: near.isEmpty ? "词表 \(name) 中的代码" : "词表 \(name) 中的代码，如 \(near)"
            )
        }
    }
}
