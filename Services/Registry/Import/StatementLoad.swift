import Collection
import DomainModel
import PersonalData
import PostgresClient
import ServiceKit
import Storage
import SystemPackage
import Tabular

/// Loads one file of statements of a kind: read, check, stage, merge, count; see `FileLoad`.
///
/// A row that differs from a believed statement of the same subject, object, term and first day says it otherwise, under
/// its number; any other row makes a statement. Memory is bounded whatever the file's size.
struct StatementLoad: FileLoad {
    /// The kind of statement.
    let definition: StatementDefinition
    /// The file.
    let order: LoadOrder
    /// The day in China.
    let today: CivilDate
    /// The keys of personal data, where there are any.
    let vault: KeyVault?
    /// Where temporary files may be made.
    let temporaryDirectory: FilePath

    func run(in work: UnitOfWork, batch: Int64?) async throws -> LoadResult {
        let connection = work.connection
        let store = RecordModelStore(connection)
        let model = try await store.load()
        var facts = try await store.facts(today: today)
        facts.canSeal = vault != nil
        let sealing = RecordSealing(vault, model, connection)
        let passing = vault.map { PassingSeal(sealer: Sealer($0.masters, model), place: .statement(definition.code)) }
        let rows = StatementRowReader(
            definition,
            model,
            facts,
            passing,
            isJSON: order.format.syntax == .ndjson,
            conflicts: ConflictLog(directory: temporaryDirectory)
        )
        let staging = StatementStaging(connection, definition)
        try await staging.prepare()
        try await order.stage(
            StatementRowReader.columns(of: definition),
            by: StatementStaging.copy,
            through: rows,
            on: connection
        )

        var receipt = ReceiptBuilder()
        receipt.rows = rows.rows
        var late = LateConflicts(after: rows.conflicts, in: temporaryDirectory)
        if !rows.conflicts.refusesWholeFile {
            try await staging.findReferences(identifiers: rows.references.codes)
            try await findFaults(staging, model, facts, &late)
            try await staging.resolve()
            if let passing { try await adopt(staging, passing, sealing) }
            try await check(staging, model, &late, &receipt)
        }
        receipt.rejected = rows.rejected + late.rejected
        var reader = try late.all.reader()
        while let entry = try reader.next() { receipt.add(entry.code, json: entry.json) }
        let dataset = order.dataset
        let isRefused =
            late.all.refusesWholeFile || (order.mode == .atomic && late.all.hasErrors)
            || receipt.rejected + receipt.duplicates == receipt.rows
        guard !isRefused else {
            let refused = receipt.refused(dataset: dataset, sha256: order.sha256, mode: order.mode)
            return try LoadResult(refused, regions: [], conflicts: late.all)
        }
        let recording = try await merge(staging, work, batch, &receipt)
        if recording != nil, definition.fields.contains(where: { $0.privacy == .sealed }) {
            try await reindex(staging, sealing)
        }
        return try LoadResult(
            receipt.accepted(dataset: dataset, sha256: order.sha256, mode: order.mode),
            regions: [],
            conflicts: late.all,
            recording: recording
        )
    }

    /// Takes out rows whose records are not there, or not what they would have to be.
    private func findFaults(
        _ staging: StatementStaging,
        _ model: RecordModel,
        _ facts: RecordFacts,
        _ late: inout LateConflicts
    ) async throws {
        try await late.add { pass in
            try await staging.removeFaults { fault in
                let found = conflicts(fault, model, facts)
                try pass.add(found.map { $0.at(line: fault.line, row: fault.row, column: nil) })
            }
        }
    }

    /// Checks the staged rows as a set.
    private func check(
        _ staging: StatementStaging,
        _ model: RecordModel,
        _ late: inout LateConflicts,
        _ receipt: inout ReceiptBuilder
    ) async throws {
        var duplicates: Int64 = 0
        try await late.add { pass in
            for repetition in try await staging.removeRepetitions() {
                duplicates += 1
                let first = repetition.firstLine
                let conflict = Conflict(
                    code: .duplicateSame,
                    line: repetition.line,
                    row: repetition.row,
                    field: "subject",
                    given: repetition.subject,
                    expected: LocalizedText(zh: "第 \(first) 行已有", en: "line \(first) says it already")
                )
                try pass.add([conflict])
            }
        }
        receipt.duplicates = duplicates
        receipt.unchanged = try await staging.match()
        try await findClashes(staging, model)
        try await late.add { pass in
            try await staging.refusals { refusal in
                try pass.add(ConflictLog.Entry(line: refusal.line, code: refusal.code, canonical: refusal.json))
            }
        }
    }

    /// Takes out rows that say what others say of the same days, or bring a sum of shares above one. Of two that cannot
    /// both be, the one that the register or an earlier line has stays.
    private func findClashes(_ staging: StatementStaging, _ model: RecordModel) async throws {
        for page in 0..<(try await staging.findSuspects()) {
            var refusals: [StatementStaging.Refusal] = []
            var (subject, others): (Int64, [StatementDraft]) = (0, [])
            for entry in try await staging.suspects(page: page) {
                if entry.subject != subject { (subject, others) = (entry.subject, []) }
                guard let line = entry.line else {
                    others.append(entry.draft)
                    continue
                }
                let clashes = model.clashes(entry.draft, with: others)
                if clashes.isEmpty { others.append(entry.draft) }
                for (ordinal, clash) in clashes.enumerated() {
                    let placed = try ConflictLog.Entry(clash.at(line: line, row: entry.row, column: nil))
                    refusals.append(
                        StatementStaging.Refusal(line: line, ordinal: ordinal, code: placed.code, json: placed.json)
                    )
                }
            }
            try await staging.refuse(refusals)
        }
    }

    /// What a row is told whose records are not what they would have to be.
    private func conflicts(_ fault: StatementStaging.Fault, _ model: RecordModel, _ facts: RecordFacts) -> [Conflict] {
        var conflicts: [Conflict] = []
        if let subject = fault.subjectRecord {
            if !fault.isVisible {
                conflicts.append(Conflict(code: .regionNotPermitted, field: "subject", given: fault.subject))
            } else if !subject.state.isRelatable {
                let nearest = [subject.mergedInto].compactMap(\.self)
                conflicts.append(
                    Conflict(code: .relationEnded, field: "subject", given: fault.subject, nearest: nearest)
                )
            }
        } else {
            conflicts.append(Conflict(code: .referenceUnknown, field: "subject", given: fault.subject))
        }
        // The model's own words; of what it looks at, only the ends of the relation are in question here.
        let kind = fault.subjectRecord?.kind ?? definition.subjects.first ?? .talent
        let draft = StatementDraft(definition.code, object: fault.object)
        return conflicts
            + model.check(draft, about: kind, to: fault.objectRecord, facts).conflicts
            .filter { $0.field == "subject" || $0.field == "object" }
    }

    /// Moves the staged rows into the register.
    ///
    /// - Returns: The recording that they were written by; `nil` when nothing was to be written.
    private func merge(
        _ staging: StatementStaging,
        _ work: UnitOfWork,
        _ batch: Int64?,
        _ receipt: inout ReceiptBuilder
    ) async throws -> Int64? {
        let counts = try await staging.count()
        receipt.revised = counts.known
        receipt.created = counts.all - counts.known
        guard counts.all > 0 else { return nil }
        let recording = try await RecordingStore(work.connection)
            .begin(principal: order.submitter.id, activity: work.activity.id, reason: "", batch: batch)
        // A record that people have written to has events of its own; others are covered with the batch.
        let keys = try await staging.subjectsWithEvents()
        var before: [(keys: [String], states: RecordStates)] = []
        for start in stride(from: 0, to: keys.count, by: 500) {
            let page = Array(keys[start..<min(start + 500, keys.count)])
            before.append((page, try await work.states(of: .record, keys: page)))
        }
        try await staging.merge(recording: recording)
        let details: [String: AuditField] = batch.map { ["batch": .count($0)] } ?? [:]
        for page in before {
            try await work.record("add-statement", after: page.states, keys: page.keys, details: details)
        }
        return recording
    }
}
