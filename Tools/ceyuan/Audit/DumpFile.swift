import AuditTrail
import DomainModel
import FoundationEssentials

/// The trail in a plain dump of the database, verified from the file alone.
enum DumpFile {
    // Where the row of an event stands in the file.
    private struct Row {
        let place: AuditPlace
        let table: Int
        let range: Range<Int>
    }

    /// Whether a file is a dump in PostgreSQL's own format, which `pg_restore -f` makes plain.
    static func isArchive(_ start: some Sequence<UInt8>) -> Bool { start.starts(with: Array("PGDMP".utf8)) }

    /// Verifies the trail of a dump.
    ///
    /// The file is mapped, not read into memory; 40 bytes an event are kept beside, since events lie in the tables in
    /// any order.
    ///
    /// - Parameters:
    ///   - path: What `pg_dump` wrote, plain.
    ///   - keys: What signatures are verified with; a dump names none itself.
    /// - Returns: What was found.
    /// - Throws: ``Failure`` when the file cannot be read, or has no trail.
    static func verify(_ path: String, keys: [AuditPublicKey]) throws -> TrailFile.Outcome {
        let data = try TextFile.mapped(path)
        return try data.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) in
            if isArchive(bytes) { throw archived(path) }
            var reader = DumpReader()
            var (checkpoints, heads): ([SignedCheckpoint], [ChainHead]) = ([], [])
            var (rows, tables): ([Row], [DumpTable]) = ([], [])
            var unreadable: [Int64] = []
            var (start, number) = (0, Int64(0))
            while start < bytes.count {
                let end = bytes[start...].firstIndex(of: 10) ?? bytes.count
                let range = start..<end
                (start, number) = (end + 1, number + 1)
                let isInTable = reader.table != nil
                switch reader.take(bytes[range]) {
                case .none: if !isInTable, let table = reader.table { tables.append(table) }
                case .checkpoint(let checkpoint): checkpoints.append(checkpoint)
                case .head(let head): heads.append(head)
                case .event(let place): rows.append(Row(place: place, table: tables.count - 1, range: range))
                case .unreadable: unreadable.append(number)
                }
            }
            guard reader.found.count == DumpTable.Kind.allCases.count else { throw noTrail(path) }
            var verifier = TrailVerifier(keys: keys)
            for line in unreadable { verifier.note(TrailFault(.unreadable, line: line)) }
            for checkpoint in checkpoints.sorted(by: { $0.checkpoint.number < $1.checkpoint.number }) {
                verifier.take(checkpoint)
            }
            rows.sort { ($0.place.chain, $0.place.sequence) < ($1.place.chain, $1.place.sequence) }
            for row in rows {
                if let event = tables[row.table].event(bytes[row.range]) {
                    verifier.take(event)
                } else {
                    verifier.note(
                        TrailFault(.unreadable, chain: row.place.chain, sequence: row.place.sequence)
                    )
                }
            }
            return TrailFile.Outcome(report: verifier.finish(heads: heads), isKeyFromTrail: false)
        }
    }

    private static func archived(_ path: String) -> Failure {
        Failure(
            .refused,
            "AUDIT_TRAIL_INVALID",
            zh: "\(path) 是 pg_dump 的自定义格式",
            en: "\(path) is a dump in PostgreSQL's own format",
            hint: LocalizedText(
                zh: "先转为纯文本，不需要服务器：pg_restore --schema=audit -f 文件.sql \(path)",
                en: "Make it plain first, which needs no server: pg_restore --schema=audit -f FILE.sql \(path)"
            )
        )
    }

    private static func noTrail(_ path: String) -> Failure {
        Failure(
            .refused,
            "AUDIT_TRAIL_INVALID",
            zh: "\(path) 既不是导出的审计链，也不是含 audit 全部表的 pg_dump 文本",
            en: "\(path) is neither an exported audit trail nor a plain dump with all tables of the schema audit",
            hint: LocalizedText(
                zh: "用 ceyuan audit export 导出，或用 pg_dump --schema=audit（不用 --inserts）",
                en: "Export one with ceyuan audit export, or with pg_dump --schema=audit, without --inserts"
            )
        )
    }
}
