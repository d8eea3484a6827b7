import PostgresClient

func renameAndList(_ id: Int, to name: String, in servers: PostgresReplicaSet) async throws -> [String] {
    let (_, freshness) = try await servers.write { connection in
        try await connection.execute("UPDATE region SET name = \(name) WHERE id = \(id)")
    }
    return try await servers.read(freshness) { connection in
        try await connection.query("SELECT name FROM region ORDER BY id").map { try $0.decode(String.self) }
    }
}
