import DomainModel
import Storage

extension RecordLoad {
    /// What a row is told that says of a record and day what another row says, or otherwise.
    static func conflict(_ repetition: RecordStaging.Repetition) -> Conflict {
        let first = repetition.firstLine
        return Conflict(
            code: repetition.isSame ? .duplicateSame : .recordDuplicate,
            line: repetition.line,
            row: repetition.row,
            field: "key",
            given: repetition.key,
            expected: repetition.line == first
                ? LocalizedText(zh: "每个键与起始日一行", en: "one row for each key and first day")
                : LocalizedText(
                    zh: "每个键与起始日一行；第 \(first) 行已有",
                    en: "one row for each key and first day; line \(first) has it"
                )
        )
    }

    /// What a row is told whose number another record has.
    static func conflict(_ taken: RecordStaging.Taken) -> Conflict {
        Conflict(
            code: .identifierTaken,
            line: taken.line,
            row: taken.row,
            field: taken.field,
            nearest: taken.others
        )
    }

    /// What a row is told that the register cannot take.
    func conflicts(_ fault: RecordStaging.Fault, _ model: RecordModel) -> [Conflict] {
        found(fault, model).map { $0.at(line: fault.line, row: fault.row, column: nil) }
    }

    private func found(_ fault: RecordStaging.Fault, _ model: RecordModel) -> [Conflict] {
        let key = fault.key
        if fault.isLater, fault.known == nil {
            let expected = LocalizedText(zh: "新建该记录的行已被拒绝", en: "the row that makes the record was refused")
            return [Conflict(code: .referenceUnknown, field: "key", given: key, expected: expected)]
        }
        guard let known = fault.known else {
            let missing = fault.attributes.map { model.missing(in: $0, of: kind) } ?? []
            guard missing.isEmpty else { return missing }
            return [Conflict(code: .regionNotPermitted, field: "region")]
        }
        if known.kind != kind {
            let expected = LocalizedText(
                zh: "\(kind.title.zh)的键，或新键",
                en: "the key of a \(kind.title.en), or a new one"
            )
            return [Conflict(code: .fieldInvalid, field: "key", given: key, expected: expected)]
        }
        if !fault.isVisible { return [Conflict(code: .regionNotPermitted, field: "key", given: key)] }
        guard known.state.isRelatable else {
            let nearest = [known.mergedInto].compactMap(\.self)
            return [Conflict(code: .relationEnded, field: "key", given: key, nearest: nearest)]
        }
        let first = fault.begins?.isoText ?? ""
        let expected = LocalizedText(zh: "不早于 \(first)", en: "\(first) or later")
        return [Conflict(code: .validityInvalid, field: "from", given: fault.firstDay?.isoText, expected: expected)]
    }
}
