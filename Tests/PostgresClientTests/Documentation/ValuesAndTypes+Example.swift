import PostgresClient

enum Mood: String, PostgresEncodable, PostgresDecodable {
    case calm
    case glad
}

func people(who mood: Mood, in pool: PostgresPool) async throws -> [String] {
    try await pool.query("SELECT name FROM person WHERE mood = \(mood) ORDER BY name").map { try $0.decode() }
}

struct Address: Equatable {
    let city: String
    let street: String?
}

extension Address: PostgresEncodable, PostgresDecodable {
    static var postgresType: PostgresType { .composite }

    func encode(into buffer: inout PostgresBinaryBuffer) {
        buffer.write(fields: city, street)
    }

    init(from cell: PostgresCell) throws {
        (city, street) = try cell.decodeFields((String, String?).self)
    }
}

func setHome(of person: String, to home: Address?, in pool: PostgresPool) async throws -> Address? {
    try await pool.queryOne(
        "UPDATE person SET home = \(home) WHERE name = \(person) RETURNING home"
    )?.decode(Address?.self)
}

struct Money: Equatable, PostgresEncodable, PostgresDecodable {
    let cents: Int64

    init(cents: Int64) {
        self.cents = cents
    }

    static var postgresType: PostgresType { .numeric }

    func encode(into buffer: inout PostgresBinaryBuffer) {
        PostgresNumeric(mantissa: Int128(cents), scale: 2).encode(into: &buffer)
    }

    init(from cell: PostgresCell) throws {
        guard let (mantissa, scale) = try PostgresNumeric(from: cell).decimal, scale == 2,
            let cents = Int64(exactly: mantissa)
        else {
            throw cell.decodingError("expected an amount with two decimals")
        }
        self.cents = cents
    }
}
