import CLibPQ

/// `PG_DIAG_…` of `postgres_ext.h`; Swift does not import character macros.
private enum DiagnosticField {
    static let sqlState = CInt(UInt8(ascii: "C"))
    /// Not localised.
    static let severity = CInt(UInt8(ascii: "V"))
    static let message = CInt(UInt8(ascii: "M"))
    static let detail = CInt(UInt8(ascii: "D"))
    static let hint = CInt(UInt8(ascii: "H"))
    static let context = CInt(UInt8(ascii: "W"))
    static let position = CInt(UInt8(ascii: "P"))
    static let schema = CInt(UInt8(ascii: "s"))
    static let table = CInt(UInt8(ascii: "t"))
    static let column = CInt(UInt8(ascii: "c"))
    static let dataType = CInt(UInt8(ascii: "d"))
    static let constraint = CInt(UInt8(ascii: "n"))
    static let routine = CInt(UInt8(ascii: "R"))
}

extension PostgresError {
    /// Copies the fields of an error result, which the caller still owns.
    init(result: OpaquePointer, query: String?) {
        func field(_ code: CInt) -> String? { PQresultErrorField(result, code).map { String(cString: $0) } }
        let state = field(DiagnosticField.sqlState).map(SQLState.init(rawValue:))
        var server = Server()
        server.message = field(DiagnosticField.message) ?? String(cString: PQresultErrorMessage(result)).firstLine
        server.detail = field(DiagnosticField.detail)
        server.hint = field(DiagnosticField.hint)
        server.context = field(DiagnosticField.context)
        server.schema = field(DiagnosticField.schema)
        server.table = field(DiagnosticField.table)
        server.column = field(DiagnosticField.column)
        server.dataType = field(DiagnosticField.dataType)
        server.constraint = field(DiagnosticField.constraint)
        server.routine = field(DiagnosticField.routine)
        server.position = field(DiagnosticField.position).flatMap { Int($0) }
        // Without a SQLSTATE libpq itself made the error: the connection is gone, as it is after FATAL and PANIC.
        let isLost = state == nil || ["FATAL", "PANIC"].contains(field(DiagnosticField.severity))
        self.init(isLost ? .connectionLost : .server, sqlState: state, server: server, query: query)
    }

    /// Copies libpq's words about a connection.
    init(
        _ code: Code,
        connection: OpaquePointer?,
        query: String? = nil,
        reason: String? = nil,
        effectUnknown: Bool = false
    ) {
        var server = Server()
        if let connection {
            server.message = String(cString: PQerrorMessage(connection)).firstLine
        }
        self.init(code, server: server, query: query, reason: reason, effectUnknown: effectUnknown)
    }
}

extension String {
    /// libpq ends its messages with a line feed, and some go on for lines that begin with a tab.
    fileprivate var firstLine: String {
        split(whereSeparator: { $0.isNewline || $0 == "\t" }).joined(separator: " ")
    }
}
