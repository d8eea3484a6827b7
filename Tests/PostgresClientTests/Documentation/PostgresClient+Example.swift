import PostgresClient

func names(ofItemsBelow limit: PostgresNumeric, in pool: PostgresPool) async throws -> [String] {
    try await pool.query("SELECT name FROM item WHERE price < \(limit) ORDER BY name").map { row in
        try row.decode(String.self)
    }
}
