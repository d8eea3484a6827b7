public import DomainModel
public import PostgresClient

/// Reads and writes records: one store for all kinds.
public struct RegistryRecordStore {
    let connection: PostgresConnection
    /// How many records a write may have touched for its records to be looked up one by one.
    var few = 5_000

    /// Uses a connection; the caller decides on the transaction.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// A record as a writer needs it: locked, with all that is believed of it.
    public struct Held: Sendable {
        /// Its number.
        public let id: Int64
        /// Its public key.
        public let key: String
        /// What it is.
        public let kind: RegistryKind
        /// What became of it.
        public let state: RecordState
        /// The number of the region that it lies in.
        public let region: Int32?
        /// The last write that touched it.
        public let version: Int64
        /// What is believed of it.
        public let timeline: RecordTimeline
    }

    /// Makes a record.
    ///
    /// - Parameters:
    ///   - kind: What it is.
    ///   - key: Its public key; made of the kind's letter and its number if absent.
    ///   - version: What holds, and from when.
    ///   - recording: The write that it is part of.
    ///   - line: The line of the file that brings it.
    /// - Returns: Its number and key; `nil` when there is a record of this key.
    /// - Throws: `PostgresError`.
    public func create(
        _ kind: RegistryKind,
        key: String?,
        _ version: RecordTimeline.Version,
        recording: Int64,
        line: Int? = nil
    ) async throws -> (id: Int64, key: String)? {
        // The letter and a hyphen come from this program; the number from the sequence that gives the record its id.
        let row = try await connection.queryOne(
            """
            /* registry.record.create */ WITH number AS (
                SELECT nextval(pg_get_serial_sequence('registry.record', 'id')) AS id
            )
            INSERT INTO registry.record (id, kind, key, state, region_id, recording_id)
            OVERRIDING SYSTEM VALUE
            SELECT id, \(kind.rawValue)::text, coalesce(\(key)::text, \(kind.letter + "-")::text || id),
                \(version.state.rawValue)::text,
                (SELECT region.id FROM registry.region WHERE code = \(version.region)), \(recording)
            FROM number
            ON CONFLICT (key) DO NOTHING RETURNING id, key
            """
        )
        guard let row else { return nil }
        let (id, stored) = try row.decode((Int64, String).self)
        try await insert([version], of: id, recording: recording, line: line)
        return (id, stored)
    }

    /// A public key that no record has: of the kind's letter and a number.
    public func newKey(of kind: RegistryKind) async throws -> String {
        let row = try await connection.queryOne(
            """
            /* registry.record.newKey */
            SELECT \(kind.letter + "-")::text || nextval(pg_get_serial_sequence('registry.record', 'id'))
            """
        )
        guard let row else { throw StorageError.missing("a new key") }
        return try row.decode(String.self)
    }

    /// Takes a record for a change: nobody else changes it until the transaction ends.
    ///
    /// - Returns: `nil` when there is none of the key, or it is not to be seen.
    public func hold(_ key: String) async throws -> Held? {
        try await held(
            try await connection.queryOne(
                """
                /* registry.record.hold */ SELECT id, key, kind, state, region_id, recording_id FROM registry.record
                WHERE key = \(key) FOR NO KEY UPDATE
                """
            )
        )
    }

    /// The same without keeping others from changing it.
    public func look(_ key: String) async throws -> Held? {
        try await held(
            try await connection.queryOne(
                """
                /* registry.record.look */ SELECT id, key, kind, state, region_id, recording_id FROM registry.record
                WHERE key = \(key)
                """
            )
        )
    }

    private func held(_ row: PostgresRow?) async throws -> Held? {
        guard let row else { return nil }
        let (id, key, kind, state, region, version) = try row.decode(
            (Int64, String, String, String, Int32?, Int64).self
        )
        let versions = try await connection.query(
            """
            /* registry.version.believed */ SELECT valid_from::text, state, attributes::text FROM registry.record_version
            WHERE record_id = \(id) AND superseded_by IS NULL ORDER BY valid_from
            """
        ).map { row in
            let (from, state, attributes) = try row.decode((String, String, String).self)
            return RecordTimeline.Version(
                from: try CivilDate.stored(first: from),
                state: try stored(RecordState.self, state),
                attributes: try Attributes.stored(attributes)
            )
        }
        return Held(
            id: id,
            key: key,
            kind: try stored(RegistryKind.self, kind),
            state: try stored(RecordState.self, state),
            region: region,
            version: version,
            timeline: RecordTimeline(versions)
        )
    }

    /// Makes the register believe another timeline of a record.
    ///
    /// - Parameters:
    ///   - timeline: What is believed from now on.
    ///   - held: The record, with what was believed.
    ///   - recording: The write that it is part of.
    /// - Throws: `PostgresError`.
    public func believe(_ timeline: RecordTimeline, of held: Held, recording: Int64) async throws {
        let ended = held.timeline.additions(to: timeline).map(\.firstDay)
        _ = try await connection.execute(
            """
            /* registry.version.end */ UPDATE registry.record_version SET superseded_by = \(recording)
            WHERE record_id = \(held.id) AND superseded_by IS NULL AND valid_from = ANY (\(ended)::text[]::date[])
            """
        )
        _ = try await connection.execute(
            """
            /* registry.record.touch */ UPDATE registry.record SET recording_id = \(recording),
                state = \(timeline.last?.state.rawValue ?? RecordState.withdrawn.rawValue),
                region_id = CASE WHEN \(timeline.last != nil) THEN
                    (SELECT region.id FROM registry.region WHERE code = \(timeline.last?.region)) ELSE region_id END
            WHERE id = \(held.id)
            """
        )
        try await insert(timeline.additions(to: held.timeline), of: held.id, recording: recording)
    }

    /// Says that a write has touched a record, since it says something new about it.
    public func touch(_ id: Int64, recording: Int64) async throws {
        _ = try await connection.execute(
            "/* registry.record.mark */ UPDATE registry.record SET recording_id = \(recording) WHERE id = \(id)"
        )
    }

    /// What is known of records of any region by their keys: no more than relations need.
    public func related(_ keys: [String]) async throws -> [String: (id: Int64, record: RelatedRecord)] {
        if keys.isEmpty { return [:] }
        let rows = try await connection.query(
            """
            /* registry.record.related */ SELECT id, key, kind, state, merged_into
            FROM registry.related(\(keys)::text[])
            """
        )
        var found: [String: (id: Int64, record: RelatedRecord)] = [:]
        for row in rows {
            let (id, key, kind, state, merged) = try row.decode((Int64, String, String, String, String?).self)
            found[key] = (
                id,
                RelatedRecord(
                    key: key,
                    kind: try stored(RegistryKind.self, kind),
                    state: try stored(RecordState.self, state),
                    mergedInto: merged
                )
            )
        }
        return found
    }

    private func insert(
        _ versions: [RecordTimeline.Version],
        of id: Int64,
        recording: Int64,
        line: Int? = nil
    ) async throws {
        if versions.isEmpty { return }
        _ = try await connection.execute(
            """
            /* registry.version.insert */ INSERT INTO registry.record_version (
                record_id, valid_from, state, attributes, recorded_by, line
            )
            SELECT \(id), valid_from::date, state, attributes::jsonb, \(recording), \(line.map { Int32($0) })::integer
            FROM unnest(
                \(versions.map(\.firstDay))::text[], \(versions.map(\.state.rawValue))::text[],
                \(try versions.map { try CanonicalJSON.text($0.attributes) })::text[]
            ) AS given (valid_from, state, attributes)
            """
        )
    }
}

extension RecordTimeline.Version {
    /// The first day as PostgreSQL has it.
    var firstDay: String { from?.isoText ?? "-infinity" }
    /// The code of the region that it says.
    var region: String? { attributes["region"]?.text }
}
