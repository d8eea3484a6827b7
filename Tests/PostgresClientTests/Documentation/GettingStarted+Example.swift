import Logging
import PostgresClient

func makePool(_ connectionString: String) throws -> PostgresPool {
    var configuration = try PostgresConfiguration(connectionString: connectionString)
    configuration.applicationName = "inventory"
    configuration.maximumConnections = 8
    configuration.statementTimeout = .seconds(30)
    return PostgresPool(configuration: configuration, logger: Logger(label: "inventory"))
}

func makeTables(in pool: PostgresPool) async throws {
    let migrations = [
        Migration(
            schema: "inventory",
            version: 1,
            name: "items and their stock",
            sql: """
                CREATE SCHEMA IF NOT EXISTS inventory;
                CREATE TABLE inventory.item (
                    id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    name text NOT NULL CONSTRAINT item_name UNIQUE,
                    price numeric NOT NULL,
                    tags text[] NOT NULL DEFAULT '{}'
                );
                CREATE TABLE inventory.stock (
                    item int8 NOT NULL REFERENCES inventory.item,
                    place text NOT NULL,
                    count int8 NOT NULL CONSTRAINT stock_count CHECK (count >= 0),
                    PRIMARY KEY (item, place)
                );
                """
        )
    ]
    _ = try await Migrator(pool: pool, migrations: migrations).up()
}

func add(_ name: String, price: PostgresNumeric, tags: [String], to pool: PostgresPool) async throws -> Int? {
    try await pool.queryOne(
        """
        INSERT INTO inventory.item (name, price, tags) VALUES (\(name), \(price), \(tags)) RETURNING id
        """
    )?.decode(Int.self)
}

func items(
    tagged tag: String,
    in pool: PostgresPool
) async throws -> [(name: String, price: PostgresNumeric, stock: Int?)] {
    let rows = try await pool.query(
        """
        SELECT item.name, item.price, sum(stock.count)::int8
        FROM inventory.item LEFT JOIN inventory.stock ON stock.item = item.id
        WHERE \(tag) = ANY (item.tags) GROUP BY item.id ORDER BY item.name
        """
    )
    return try rows.map { row in
        let (name, price, stock) = try row.decode((String, PostgresNumeric, Int?).self)
        return (name, price, stock)
    }
}

func move(_ count: Int, of item: Int, from: String, to: String, in pool: PostgresPool) async throws {
    try await pool.withTransaction(isolation: .serializable) { connection in
        try await connection.execute(
            "UPDATE inventory.stock SET count = count - \(count) WHERE item = \(item) AND place = \(from)"
        )
        try await connection.execute(
            """
            INSERT INTO inventory.stock AS stock (item, place, count) VALUES (\(item), \(to), \(count))
            ON CONFLICT (item, place) DO UPDATE SET count = stock.count + excluded.count
            """
        )
    }
}

func moveIfPossible(_ count: Int, of item: Int, from: String, to: String, in pool: PostgresPool) async throws -> Bool {
    do {
        try await move(count, of: item, from: from, to: to, in: pool)
        return true
    } catch let error as PostgresError where error.constraint == "stock_count" {
        return false
    }
}

func totalValue(in pool: PostgresPool) async throws -> Double {
    try await pool.withConnection { connection in
        var total = 0.0
        let rows = try await connection.stream(
            "SELECT (price * count)::float8 FROM inventory.item JOIN inventory.stock ON stock.item = item.id"
        )
        for try await row in rows {
            total += try row.decode(Double.self)
        }
        return total
    }
}
