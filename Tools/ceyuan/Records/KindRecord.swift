import DomainModel

/// A record with the columns of its kind.
struct KindRecord<Tag: RecordKindTag>: Codable, Sendable {
    let record: RegistryRecord
    /// What its codes are called, as far as people are shown it.
    var words = RecordWords()

    init(_ record: RegistryRecord) { self.record = record }

    init(from decoder: any Decoder) throws { record = try RegistryRecord(from: decoder) }

    func encode(to encoder: any Encoder) throws { try record.encode(to: encoder) }
}

extension KindRecord: WordedRow {
    /// The fields that it has values of.
    private var fields: [FieldDefinition] {
        RecordModel.standard.fields(of: Tag.kind).filter { record.attributes[$0.code] != nil }
    }

    var vocabularies: Set<String> { Set(fields.compactMap(\.vocabulary)) }
    var namesRegion: Bool { fields.contains { $0.type == .region } }

    static var listing: [Column<KindRecord>] {
        var columns: [Column<KindRecord>] = [
            .code("key", "键", "key") { $0.record.key },
            .text("name", "名称", "name", in: .list) { $0.record.name },
        ]
        for field in RecordModel.standard.fields(of: Tag.kind) {
            columns += Self.columns(field, isListed: Tag.kind.highlights.contains(field.code))
        }
        columns += [
            .text("custom", "增设字段", "added fields", in: [.sheet, .csv]) { $0.record.custom },
            .text("masked", "未显示", "kept back", in: [.sheet, .csv]) { $0.record.masked.joined(separator: ";") },
        ]
        columns += Column<KindRecord>.word(
            "state",
            "状态",
            "state",
            style: \.record.state.style,
            code: { $0.record.state.rawValue },
            called: { $0.record.state.title }
        )
        columns += [
            .code("merged_into", "并入", "merged into") { $0.record.mergedInto },
            .code("from", "自", "from") { $0.record.from?.isoText },
            .code("until", "至", "until") { $0.record.until?.isoText },
            .number("version", "版本", "version", in: [.sheet, .csv]) { $0.record.version },
            .text("reason", "原因", "why", in: [.sheet, .csv]) { $0.record.recorded.reason },
            .text("recorded_by", "记录人", "recorded by", in: [.sheet, .csv]) { $0.record.recorded.principal },
        ]
        columns += Column.instant("recorded_at", "记录时间", "recorded at", in: [.sheet, .csv]) { $0.record.recorded.at }
        return columns
    }

    /// Labels for people, codes for programs.
    private static func columns(_ field: FieldDefinition, isListed: Bool) -> [Column<KindRecord>] {
        let people: Column<KindRecord>.Places = isListed ? [.list, .sheet] : .sheet
        return [
            Column(
                name: field.code,
                title: field.label,
                isNumeric: [.decimal, .integer].contains(field.type),
                isFlexible: field.type == .text,
                places: people,
                style: nil,
                text: { item, language in
                    item.record.attributes[field.code].map { item.words.spelling(of: $0, field, language) } ?? ""
                }
            ),
            .text(field.code, field.label.zh, field.label.en, in: .csv) { $0.record.attributes[field.code]?.spelling },
        ]
    }
}

extension RegistryKind {
    /// The fields that a list shows beside the name.
    var highlights: [String] {
        switch self {
        case .talent: ["degree", "major", "region"]
        case .team: ["field", "arrived_on", "region"]
        case .enterprise: ["uscc", "industry", "size", "region"]
        case .organisation: ["type", "uscc", "region"]
        case .platform: ["type", "status", "region"]
        case .project: ["number", "type", "level", "starts_on"]
        case .achievement: ["type", "patent", "granted_on"]
        case .programme: ["subject", "owner", "period"]
        case .award: ["level", "body"]
        case .support: ["instrument", "amount", "document"]
        }
    }
}

extension RegistryRecord {
    /// What it is called: the Chinese name, else the foreign one.
    var name: String? { names.first }

    /// All present names, the Chinese one first.
    var names: [String] {
        ["name_zh", "name_foreign", "name_en", "name_pinyin"].compactMap { attributes[$0]?.text }
    }

    /// The values of fields that the office has added: `x_room=1; x_desk=2`.
    fileprivate var custom: String {
        attributes.filter { $0.key.hasPrefix(RecordModel.customPrefix) }.sorted { $0.key < $1.key }
            .map { "\($0.key)=\($0.value.spelling)" }.joined(separator: "; ")
    }
}

extension RecordState {
    var style: Style? {
        switch self {
        case .active: nil
        case .closed: .dim
        case .merged: .cyan
        case .erased, .withdrawn: .red
        }
    }

    /// What it means.
    var title: LocalizedText {
        switch self {
        case .active: LocalizedText(zh: "有效", en: "active")
        case .closed: LocalizedText(zh: "已关闭", en: "closed")
        case .merged: LocalizedText(zh: "已合并", en: "merged")
        case .erased: LocalizedText(zh: "已删除", en: "erased")
        case .withdrawn: LocalizedText(zh: "已撤回", en: "withdrawn")
        }
    }
}
