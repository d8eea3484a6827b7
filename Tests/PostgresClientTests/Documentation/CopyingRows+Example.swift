import PostgresClient

func load(
    _ readings: [(sensor: Int, at: PostgresTimestamp, value: Double?)],
    into pool: PostgresPool
) async throws -> Int {
    try await pool.withConnection { connection in
        try await connection.copyRows(into: "reading", columns: ["sensor", "at", "value"]) { writer in
            for reading in readings {
                try await writer.write(reading.sensor, reading.at, reading.value)
            }
        }
    }
}

func largestValue(in pool: PostgresPool) async throws -> Double? {
    try await pool.withConnection { connection in
        var largest: Double?
        for try await row in try await connection.copyRows(of: "SELECT sensor, value FROM reading") {
            let (_, value) = try row.decode((Int, Double?).self)
            if let value {
                largest = max(largest ?? value, value)
            }
        }
        return largest
    }
}
