import DomainModel

/// A step in the history of a field, with what its codes are called.
struct FieldStep<Tag: RecordKindTag>: Codable, Sendable {
    let change: FieldChange
    var words = RecordWords()

    init(change: FieldChange, words: RecordWords) {
        self.change = change
        self.words = words
    }

    init(from decoder: any Decoder) throws { change = try FieldChange(from: decoder) }

    func encode(to encoder: any Encoder) throws { try change.encode(to: encoder) }

    /// Its values, as a record would have them.
    var values: [Attributes] { [change.old, change.new].compactMap { value in value.map { [change.field: $0] } } }

    fileprivate func spelling(_ value: AttributeValue?) -> LocalizedText? {
        if change.isMasked { return LocalizedText(zh: RecordSheet.mask, en: RecordSheet.mask) }
        guard let value else { return nil }
        func text(_ language: Language) -> String {
            words.spelling(of: value, field: change.field, of: Tag.kind, language)
        }
        return LocalizedText(zh: text(.zh), en: text(.en))
    }

    fileprivate func code(_ value: AttributeValue?) -> String? { change.isMasked ? RecordSheet.mask : value?.spelling }
}

extension FieldStep: Listed {
    static var listing: [Column<FieldStep>] {
        var columns = Column<FieldStep>.instant("recorded_at", "记录时间", "recorded at") { $0.change.recorded.at }
        columns += [.text("recorded_by", "记录人", "by") { $0.change.recorded.principal }]
        columns += Column.word(
            "field",
            "字段",
            "field",
            code: { $0.change.field },
            called: { $0.words.label(of: $0.change.field, Tag.kind) }
        )
        columns += Column.word(
            "old",
            "旧值",
            "old",
            isFlexible: true,
            code: { $0.code($0.change.old) },
            called: { $0.spelling($0.change.old) }
        )
        columns += Column.word(
            "new",
            "新值",
            "new",
            isFlexible: true,
            code: { $0.code($0.change.new) },
            called: { $0.spelling($0.change.new) }
        )
        columns += [.code("from", "自", "from") { $0.change.from?.isoText }]
        columns += Column.word(
            "step",
            "方式",
            "step",
            code: { $0.change.isCorrection ? "correction" : "change" },
            called: {
                $0.change.isCorrection
                    ? LocalizedText(zh: "更正", en: "correction") : LocalizedText(zh: "变更", en: "change")
            }
        )
        columns += [
            .text("reason", "原因", "why") { $0.change.recorded.reason },
            .text("source", "出处", "source") { $0.change.recorded.source.map { "\($0.file) \($0.locator)" } },
            .number("batch", "批次", "batch") { $0.change.recorded.batch },
        ]
        return columns
    }
}
