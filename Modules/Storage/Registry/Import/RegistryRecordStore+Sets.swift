public import DomainModel
import PostgresClient

extension RegistryRecordStore {
    /// Takes several records for a change: nobody else changes them until the transaction ends.
    ///
    /// - Returns: By key, those that are there and to be seen.
    public func hold(_ keys: [String]) async throws -> [String: Held] {
        if keys.isEmpty { return [:] }
        let rows = try await connection.query(
            """
            /* registry.record.holdAll */ SELECT id, key, kind, state, region_id, recording_id FROM registry.record
            WHERE key = ANY (\(keys)::text[]) ORDER BY id FOR NO KEY UPDATE
            """
        )
        return Dictionary(uniqueKeysWithValues: try await helds(rows).map { ($0.key, $0) })
    }

    /// Records that a write has brought or changed, in the order of their numbers.
    ///
    /// - Parameters:
    ///   - recording: The write.
    ///   - after: Only those with a greater number.
    ///   - limit: At most so many.
    /// - Returns: Their numbers.
    /// - Throws: `PostgresError`.
    public func touched(by recording: Int64, after: Int64, limit: Int) async throws -> [Int64] {
        try await connection.query(
            """
            /* registry.record.touched */ SELECT DISTINCT v.record_id FROM registry.record_version v
            WHERE v.recorded_by = \(recording) AND v.record_id > \(after) ORDER BY v.record_id LIMIT \(limit)
            """
        ).map { try $0.decode(Int64.self) }
    }

    /// Records as they are now: nobody changes them until the transaction ends.
    ///
    /// - Parameters:
    ///   - records: Their numbers.
    ///   - fields: The fields whose values are wanted.
    /// - Returns: Those that are to be seen, with these values alone, in the order of their numbers.
    /// - Throws: `PostgresError`.
    public func keep(_ records: [Int64], fields: [String]) async throws -> [Held] {
        let rows = try await connection.query(
            """
            /* registry.record.keepAll */ SELECT id, key, kind, state, region_id, recording_id FROM registry.record
            WHERE id = ANY (\(records)::bigint[]) AND id BETWEEN \(records.min()) AND \(records.max())
            ORDER BY id FOR SHARE
            """
        )
        return try await helds(rows, only: fields)
    }

    /// Makes the register believe other timelines of several records.
    ///
    /// - Parameters:
    ///   - changes: Each record once, with what is believed from now on and the line of the file that says it.
    ///   - recording: The write that it is part of.
    /// - Throws: `PostgresError`.
    public func believe(
        _ changes: [(held: Held, timeline: RecordTimeline, line: Int)],
        recording: Int64
    ) async throws {
        let ended = changes.flatMap { change in
            change.held.timeline.additions(to: change.timeline).map { (change.held.id, $0.firstDay) }
        }
        try await connection.execute(
            """
            /* registry.version.endAll */ UPDATE registry.record_version v SET superseded_by = \(recording)
            FROM unnest(\(ended.map(\.0))::bigint[], \(ended.map(\.1))::text[]) AS given (record_id, day)
            WHERE v.record_id = given.record_id AND v.valid_from = given.day::date AND v.superseded_by IS NULL
            """
        )
        try await connection.execute(
            """
            /* registry.record.touchAll */ UPDATE registry.record r SET recording_id = \(recording),
                state = given.state, region_id = region.id
            FROM unnest(
                    \(changes.map(\.held.id))::bigint[],
                    \(changes.map { ($0.timeline.last?.state ?? .withdrawn).rawValue })::text[],
                    \(changes.map { $0.timeline.last?.region })::text[]
                ) AS given (record_id, state, region)
                LEFT JOIN registry.region ON region.code = given.region
            WHERE r.id = given.record_id
            """
        )
        let added = changes.flatMap { change in
            change.timeline.additions(to: change.held.timeline).map { (change.held.id, $0, Int32(change.line)) }
        }
        try await connection.execute(
            """
            /* registry.version.insertAll */ INSERT INTO registry.record_version (
                record_id, valid_from, state, attributes, recorded_by, line
            )
            SELECT record_id, valid_from::date, state, attributes::jsonb, \(recording), line
            FROM unnest(
                \(added.map(\.0))::bigint[], \(added.map(\.1.firstDay))::text[],
                \(added.map(\.1.state.rawValue))::text[],
                \(try added.map { try CanonicalJSON.text($0.1.attributes) })::text[], \(added.map(\.2))::integer[]
            ) AS given (record_id, valid_from, state, attributes, line)
            """
        )
    }

    private func helds(_ rows: [PostgresRow], only fields: [String]? = nil) async throws -> [Held] {
        let records = try rows.map { try $0.decode((Int64, String, String, String, Int32?, Int64).self) }
        var versions: [Int64: [RecordTimeline.Version]] = [:]
        let believed = try await connection.query(
            """
            /* registry.version.believedAll */ SELECT v.record_id, v.valid_from::text, v.state,
                CASE WHEN \(fields)::text[] IS NULL THEN v.attributes::text ELSE coalesce((
                    SELECT jsonb_object_agg(given.key, given.value) FROM jsonb_each(v.attributes) AS given
                    WHERE given.key = ANY (\(fields)::text[])
                ), '{}')::text END
            FROM registry.record_version v
            WHERE v.record_id = ANY (\(records.map(\.0))::bigint[])
                AND v.record_id BETWEEN \(records.first?.0) AND \(records.last?.0) AND v.superseded_by IS NULL
            """
        )
        for row in believed {
            let (id, from, state, attributes) = try row.decode((Int64, String, String, String).self)
            versions[id, default: []].append(
                RecordTimeline.Version(
                    from: try CivilDate.stored(first: from),
                    state: try stored(RecordState.self, state),
                    attributes: try CanonicalJSON.decode(Attributes.self, from: attributes)
                )
            )
        }
        return try records.map { id, key, kind, state, region, version in
            Held(
                id: id,
                key: key,
                kind: try stored(RegistryKind.self, kind),
                state: try stored(RecordState.self, state),
                region: region,
                version: version,
                timeline: RecordTimeline(versions[id] ?? [])
            )
        }
    }
}
