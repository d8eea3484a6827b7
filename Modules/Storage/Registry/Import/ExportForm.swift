import DomainModel

/// How the values of fields leave the database in an export: ready to be written, so that no object is made of them.
public enum ExportForm: Sendable, Hashable {
    /// One JSON object.
    case json
    /// A cell for each field; several values with `; ` between them, a backslash before what would part them.
    case cells

    /// SQL of an array of texts: the values of these fields, of the column `attributes` of a table.
    func columns(_ columns: ExportColumns, of table: String) -> String {
        switch self {
        case .json:
            let codes = columns.hidden.map { "'\($0.code)'" }.joined(separator: ", ")
            return "ARRAY[(\(table).attributes - ARRAY[\(codes)]::text[])::text]"
        case .cells:
            let cells = columns.shown.map { field in
                field.isMany
                    ? Self.list("\(table).attributes->'\(field.code)'") : "\(table).attributes->>'\(field.code)'"
            }
            return "ARRAY[\(cells.joined(separator: ", "))]::text[]"
        }
    }

    private static func list(_ value: String) -> String {
        """
        (
            SELECT string_agg(regexp_replace(element, '([\\\\;；])', '\\\\\\1', 'g'), '; ' ORDER BY place)
            FROM jsonb_array_elements_text(CASE jsonb_typeof(\(value)) WHEN 'array' THEN \(value) ELSE '[]' END)
                WITH ORDINALITY AS each_value (element, place)
        )
        """
    }
}
