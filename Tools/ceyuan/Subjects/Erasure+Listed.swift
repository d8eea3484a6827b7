import DomainModel

/// How far an erasure reaches, before it is done and afterwards.
private protocol ErasureReach: SendableMetatype {
    var versions: Int { get }
    var statements: Int { get }
    var incoming: [Int64] { get }
    var batches: [Int64] { get }
}

extension ErasureRehearsal: ErasureReach {}
extension Tombstone: ErasureReach {}

extension Column where Record: ErasureReach {
    fileprivate static var reach: [Column] {
        [
            .number("versions", "版本数", "versions") { $0.versions },
            .number("statements", "陈述数", "statements") { $0.statements },
            .text("incoming", "他人记录中的相关陈述", "statements about others that lead here") {
                $0.incoming.map(String.init).joined(separator: ";")
            },
            .text("batches", "相关批次", "submitted files that had it") {
                $0.batches.map(String.init).joined(separator: ";")
            },
        ]
    }
}

extension ErasureRehearsal: Listed {
    static var listing: [Column<ErasureRehearsal>] {
        var columns: [Column<ErasureRehearsal>] = [
            .text("records", "记录", "records") { $0.records.joined(separator: ";") }
        ]
        columns += Column.word(
            "goes",
            "将删去",
            "goes",
            isFlexible: true,
            code: { $0.goes.joined(separator: ";") },
            called: { RecordWords().labels(of: $0.goes) }
        )
        columns += Column.word(
            "stays",
            "将保留",
            "stays",
            isFlexible: true,
            code: { $0.stays.joined(separator: ";") },
            called: { RecordWords().labels(of: $0.stays) }
        )
        return columns + Column.reach
    }
}

extension Tombstone: Listed {
    static var listing: [Column<Tombstone>] {
        var columns: [Column<Tombstone>] = [.code("key", "键", "key") { $0.key }]
        columns += Column.word("kind", "类型", "kind") { $0.kind }
        columns += [
            .text("erased_by", "删除人", "erased by") { $0.erasedBy },
            .number("approval", "审批", "approval") { $0.approval },
        ]
        columns += Column.word(
            "fields",
            "已删字段",
            "fields that are gone",
            isFlexible: true,
            code: { $0.fields.joined(separator: ";") },
            called: { tombstone in RecordWords().labels(of: tombstone.fields, tombstone.kind) }
        )
        columns += Column.reach
        let files: [Column<Tombstone>] = [
            .text("blanked", "文件中已置空的行", "rows of files that were blanked") { tombstone in
                tombstone.files.blanked.map { file in
                    let batches = file.batches.map(String.init).joined(separator: ",")
                    return "\(batches): " + file.lines.map(String.init).joined(separator: ",")
                }
                .joined(separator: ";")
            }
        ]
        return columns + Column.instant("erased_at", "删除时间", "erased at") { $0.erasedAt } + files
            + Column.instant("files_done_at", "文件处理完成", "files done at") { $0.files.doneAt }
    }
}
