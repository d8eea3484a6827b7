import DomainModel
import NIOCore
import ServiceKit
import Storage
import Tabular

/// Writes records or statements as files that can be imported as they are; its memory does not grow with the list.
///
/// All of it is what was believed at one instant, and no transaction stays open while a slow receiver takes the lines.
struct RegistryExport: Sendable {
    /// The syntax of a file.
    enum Syntax: String, CaseIterable {
        case csv
        case ndjson

        var mediaType: String { self == .csv ? "text/csv; charset=utf-8" : "application/x-ndjson" }
        var form: ExportForm { self == .csv ? .cells : .json }
    }

    let platform: Platform
    let principal: Principal
    let syntax: Syntax

    private static let rowsAtOnce = 2_000

    /// The instant that an export is of: that which is asked for, or the newest.
    static func instant(_ asked: Instant?, in platform: Platform, for principal: Principal) async throws -> Instant {
        if let asked { return asked }
        return try await platform.read(principal) { try await RecordingStore($0).newestInstant() }
    }

    /// Writes records in the order of their keys.
    @concurrent
    func write(
        _ filter: RegistryRecordStore.Filter,
        at moment: RegistryMoment,
        _ columns: ExportColumns,
        to writer: inout BodyWriter
    ) async throws {
        let head = ["key", "state", "from"]
        try await writer.write(begin(head, columns, besides: RecordRowReader.fixed))
        var after = ""
        while true {
            let last = after
            let page = try await platform.read(principal) { connection in
                try await RegistryRecordStore(connection)
                    .export(filter, at: moment, columns, as: syntax.form, after: last, limit: Self.rowsAtOnce)
            }
            guard let end = page.last else { return }
            after = end.key
            let kind = ("kind", filter.kind.rawValue)
            let rows = page.map { (head, [$0.key, $0.state, $0.from], $0.values) }
            try await writer.write(bytes(rows, [kind]))
        }
    }

    /// Writes statements of a kind in the order of their numbers.
    @concurrent
    func write(
        _ filter: RegistryStatementStore.Filter,
        of type: String,
        _ columns: ExportColumns,
        to writer: inout BodyWriter
    ) async throws {
        let head = ["subject", "object", "term", "share", "from", "until"]
        try await writer.write(begin(head, columns, besides: StatementRowReader.fixed))
        var after: Int64 = 0
        while true {
            let last = after
            let page = try await platform.read(principal) { connection in
                try await RegistryStatementStore(connection)
                    .export(filter, columns, as: syntax.form, after: last, limit: Self.rowsAtOnce)
            }
            guard let end = page.last else { return }
            after = end.number
            let rows = page.map { (head, $0.parts, $0.values) }
            try await writer.write(bytes(rows, [("type", type)]))
        }
    }

    private func begin(_ head: [String], _ columns: ExportColumns, besides fixed: [String]) -> ByteBuffer {
        var table = CSVWriter()
        if syntax == .csv {
            table.append(head + columns.shown.map { FieldColumns.column(of: $0, besides: fixed) })
        }
        return ByteBuffer(string: table.take())
    }

    private func bytes(
        _ rows: [(head: [String], parts: [String?], values: [String?])],
        _ constants: [(String, String)]
    ) -> ByteBuffer {
        switch syntax {
        case .csv:
            var table = CSVWriter(formulaSafe: true)
            for row in rows { table.append((row.parts + row.values).map { $0 ?? "" }) }
            return ByteBuffer(string: table.take())
        case .ndjson:
            var json = JSONBytes()
            for row in rows { Self.line(row, constants, &json) }
            return ByteBuffer(bytes: json.bytes)
        }
    }

    private static func line(
        _ row: (head: [String], parts: [String?], values: [String?]),
        _ constants: [(String, String)],
        _ json: inout JSONBytes
    ) {
        json.append(UInt8(ascii: "{"))
        let members = constants + zip(row.head, row.parts).compactMap { name, part in part.map { (name, $0) } }
        for (name, value) in members {
            json.append(Array("\"\(name)\":".utf8))
            json.append(.text(value))
            json.append(UInt8(ascii: ","))
        }
        json.append(Array("\"\(FieldColumns.nested)\":".utf8))
        json.append(Array((row.values.first.flatMap(\.self) ?? "{}").utf8))
        json.append([UInt8(ascii: "}"), UInt8(ascii: "\n")])
    }
}
