import PostgresClient
import TestSupport
import Testing

@Suite("Errors of the server")
struct ErrorTests {
    @Test("constraint violations carry SQLSTATE and names, and their description no data")
    func constraints() async throws {
        try await withTestDatabase(migrated: false) { pool in
            try await pool.execute("CREATE TABLE parent (id int CONSTRAINT parent_key PRIMARY KEY, name text NOT NULL)")
            try await pool.execute(
                "CREATE TABLE child (id int CONSTRAINT child_parent REFERENCES parent, n int CONSTRAINT child_n CHECK (n > 0))"
            )
            try await pool.execute("INSERT INTO parent VALUES (4711, 'secret')")
            let cases: [(PostgresQuery, SQLState, String?)] = [
                ("/* test.insert */ INSERT INTO parent VALUES (4711, 'other')", .uniqueViolation, "parent_key"),
                ("INSERT INTO child VALUES (4712, 1)", .foreignKeyViolation, "child_parent"),
                ("INSERT INTO child VALUES (4711, -5)", .checkViolation, "child_n"),
                ("INSERT INTO parent VALUES (4713, NULL)", .notNullViolation, nil),
            ]
            for (query, state, constraint) in cases {
                let error = try await #require(throws: PostgresError.self) { try await pool.execute(query) }
                #expect(error.code == .server)
                #expect(error.sqlState == state)
                #expect(error.constraint == constraint)
                #expect(error.schema == "public")
                #expect(!error.description.contains("471"))
                #expect(error.debugDescription.contains("471") || state == .notNullViolation)
            }
            let first = try await #require(throws: PostgresError.self) { try await pool.execute(cases[0].0) }
            #expect(first.marker == "test.insert")
            #expect(first.table == "parent")
        }
    }

    @Test("other errors are told apart by SQLSTATE, with the position in the statement")
    func states() async throws {
        try await withTestDatabase(migrated: false) { pool in
            let cases: [(PostgresQuery, SQLState)] = [
                ("SELEC 1", .syntaxError), ("SELECT * FROM nowhere", .undefinedTable),
                ("SELECT nothing FROM pg_class", .undefinedColumn), ("SELECT 1 / 0", .divisionByZero),
                ("SELECT \("x")::int", .invalidTextRepresentation), ("SELECT no_such_function()", .undefinedFunction),
                ("SELECT (\(Int32.max) + 1)::int2", .numericValueOutOfRange),
            ]
            for (query, state) in cases {
                let error = try await #require(throws: PostgresError.self) { try await pool.query(query) }
                #expect(error.sqlState == state)
            }
            let error = try await #require(throws: PostgresError.self) { try await pool.query("SELECT * FROM nowhere") }
            #expect(error.position == 15)
            let several = try await #require(throws: PostgresError.self) {
                try await pool.queryOne("SELECT generate_series(1, 2)")
            }
            #expect(several.sqlState == .cardinalityViolation)
        }
    }

    @Test("too many binds and arrays of arrays are refused before anything is sent")
    func unsendable() async throws {
        try await withTestDatabase(migrated: false) { pool in
            let many = PostgresQuery(sql: "SELECT 1", binds: Array(repeating: 1, count: 65_536))
            let nested = PostgresQuery(sql: "SELECT $1", binds: [[[1, 2], [3]]])
            for query in [many, nested] {
                let error = try await #require(throws: PostgresError.self) { try await pool.query(query) }
                #expect(error.code == .encoding)
            }
        }
    }

    @Test("the marker is the leading comment, else the first word")
    func markers() {
        let marked: PostgresQuery = "  /* registry.region.byCode */ SELECT \(1)"
        let plain: PostgresQuery = "SELECT 'secret'"
        #expect(marked.marker == "registry.region.byCode")
        #expect(marked.sql == "  /* registry.region.byCode */ SELECT $1")
        #expect(plain.marker == "SELECT")
    }
}
