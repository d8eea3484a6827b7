import DomainModel
import PlatformClient

/// One record in an editor: opened again and again until what it says is in the register, or its writer gives up.
struct RecordEditing {
    private var base: RegistryRecord
    private let form: EditText
    private let console: Console
    private let draft: DraftFile
    /// What the editor is given next.
    private var text = ""
    /// What the editor was opened again for; a text that is left as it is then gives up.
    private var pending: Failure?

    init(_ record: RegistryRecord, _ form: EditText, _ console: Console, draft: DraftFile) {
        (base, self.form, self.console, self.draft) = (record, form, console, draft)
    }

    /// Edits and saves.
    ///
    /// - Parameters:
    ///   - save: Sends changed values.
    ///   - again: Reads the record as it is now, after somebody else changed it.
    /// - Returns: What the service answered; `nil` when nothing was changed.
    /// - Throws: ``Failure``, which tells where the text is kept.
    mutating func run<Saved>(
        save: ([String: AttributeValue?]) async throws -> Saved,
        again: () async throws -> RegistryRecord
    ) async throws -> Saved? {
        text = form.text(of: EditedFields(base.attributes), head: head, hidden: base.masked)
        do {
            while true {
                guard var wanted = try edited() else { continue }
                let before = EditedFields(base.attributes)
                if wanted == before {
                    draft.remove()
                    console.remark(console("没有更改。", "Nothing is changed."))
                    return nil
                }
                do {
                    while true {
                        do {
                            let saved = try await save(wanted.patch(from: EditedFields(base.attributes)))
                            draft.remove()
                            return saved
                        } catch PlatformClientError.problem(let problem) where problem.code == "PRECONDITION_FAILED" {
                            guard let merged = merge(wanted, with: try await again()) else { break }
                            wanted = merged
                        }
                    }
                } catch PlatformClientError.problem(let problem) where problem.code == "RECORD_INVALID" {
                    refuse(wanted, Failure(PlatformClientError.problem(problem)))
                }
            }
        } catch {
            throw kept(Failure(error))
        }
    }

    /// Lets the writer edit the text.
    ///
    /// - Returns: The values; `nil` when the text cannot be read and has to be edited again.
    /// - Throws: ``Failure`` of the editor; what the text was opened again for, when it was left as it is.
    private mutating func edited() throws -> EditedFields? {
        try draft.write(text)
        try Editor.open(draft.path)
        let given = try draft.read()
        if given == text, let pending { throw pending }
        do throws(EditText.Fault) {
            return try EditText.read(given, before: EditedFields(base.attributes))
        } catch {
            let failure = Failure(
                .refused,
                "EDIT_UNREADABLE",
                zh: "第 \(error.line) 行：\(error.what.zh)",
                en: "Line \(error.line): \(error.what.en)"
            )
            failure.report(to: console)
            pending = failure
            // The number of the line is that of the text without what this program said before.
            let lines = given.split(separator: "\n", omittingEmptySubsequences: false)
            text = lines.filter { !$0.hasPrefix(EditText.warningMark) }.joined(separator: "\n")
            text = EditText.warning(error.what[console.language]) + "\n" + text
            return nil
        }
    }

    /// Brings what the writer wants together with what somebody else did.
    ///
    /// - Returns: The values together; `nil` when the writer has to choose.
    private mutating func merge(_ wanted: EditedFields, with theirs: RegistryRecord) -> EditedFields? {
        let (before, now) = (EditedFields(base.attributes), EditedFields(theirs.attributes))
        let merge = ThreeWayMerge(base: before, theirs: now, ours: wanted)
        let (who, when) = (theirs.recorded.principal, theirs.recorded.at.shortDescription)
        console.remark(
            console(
                "\(who) 已于 \(when) 更改了该记录。",
                "The record was changed meanwhile by \(who), \(when)."
            )
        )
        base = theirs
        if merge.clashes.isEmpty { return merge.merged }
        let table = Self.table(of: merge.clashes, for: console)
        console.complain(table)
        pending = Failure(
            .refused,
            "EDIT_CONFLICT",
            zh: "双方都改了：\(merge.clashes.map(\.code).joined(separator: "、"))",
            en: "Both changed: \(merge.clashes.map(\.code).joined(separator: ", "))"
        )
        text = form.text(of: merge.merged, head: head, hidden: base.masked, clashes: merge.clashes)
        return nil
    }

    private mutating func refuse(_ wanted: EditedFields, _ failure: Failure) {
        failure.report(to: console)
        pending = failure
        let conflicts = Dictionary(grouping: failure.conflicts) { $0.field ?? "" }
        let known = Set(form.fields.map(\.code))
        let notes = conflicts.mapValues { $0.map { $0.sentence(in: console.language) } }
        let others = notes.filter { !known.contains($0.key) && wanted[$0.key].isEmpty }
        text = form.text(
            of: wanted,
            head: head + others.sorted { $0.key < $1.key }.flatMap { code, notes in notes.map { "\(code): \($0)" } },
            hidden: base.masked,
            notes: notes.filter { others[$0.key] == nil }
        )
    }

    private var head: [String] {
        [
            "\(base.kind.title[console.language]) \(base.key)  \(base.name ?? "")",
            console(
                "“字段: 值”；留空则删去该值，删去整行则不改动。# 开头的行为说明。",
                "field: value. An empty value takes it away; a line that is deleted changes nothing. # begins a remark."
            ),
            console(
                "多个值各占一行，写作“  - 值”；多行文字写在“字段: |”之下，每行前空两格。",
                "Many values: one a line, as “  - value”. Text of many lines: below “field: |”, two blanks in front."
            ),
        ]
    }

    private func kept(_ failure: Failure) -> Failure {
        var failure = failure
        let path = LocalizedText(zh: draft.path, en: draft.path)
        failure.details.append((LocalizedText(zh: "所写内容保存于", en: "text kept in"), path))
        return failure
    }
}
