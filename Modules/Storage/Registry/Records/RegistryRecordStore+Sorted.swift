import DomainModel
import PostgresClient

extension RegistryRecordStore {
    /// Records in an order that writes may change: all pages are of the state that the first one found.
    ///
    /// The first page is of now, whose instant its cursor keeps; the others are read as of then.
    func sorted(
        _ filter: Filter,
        at given: RegistryMoment,
        _ question: ListQuestion,
        by order: String
    ) async throws -> Page<RegistryRecord> {
        let place = question.after.flatMap { RecordPlace($0, by: order) }
        var moment = given
        if let place { moment.asOf = place.asOf }
        let page =
            if order == "changed", let asOf = moment.asOf {
                try await changed(filter, at: moment, question, from: place, asOf)
            } else {
                try await self.page(filter, at: moment, question, from: place)
            }
        guard page.next != nil, let last = page.items.last, let asOf = try await newest(moment.asOf) else {
            return page
        }
        return Page(items: page.items, next: RecordPlace(last, by: order, asOf: asOf).text, total: page.total)
    }

    /// The instant up to which this transaction sees what was recorded, unless one is given.
    private func newest(_ given: Instant?) async throws -> Instant? {
        if let given { return given }
        let row = try await connection.queryOne(
            "/* registry.recording.newest */ SELECT max(recorded_at) FROM registry.recording"
        )
        return try row?.decode(PostgresTimestamp?.self).map { Instant($0) }
    }

    /// Records by their last write up to an instant.
    ///
    /// Those that were left alone since have it in their rows, in the order of an index. Of the others, which are few, it
    /// is looked for in all that was ever said about them.
    private func changed(
        _ filter: Filter,
        at moment: RegistryMoment,
        _ question: ListQuestion,
        from place: RecordPlace?,
        _ asOf: Instant
    ) async throws -> Page<RegistryRecord> {
        let still = try await page(filter, at: moment, question, from: place) { conditions in
            conditions.add(
                """
                EXISTS (SELECT FROM registry.recording write WHERE write.id = record.recording_id
                    AND write.recorded_at <= #)
                """,
                PostgresTimestamp(asOf)
            )
            return "registry.record"
        }
        // A bound that the planner knows: written since are no others than those by recordings from the lowest on.
        let row = try await connection.queryOne(
            """
            /* registry.recording.lowest */ SELECT min(id) FROM registry.recording
            WHERE recorded_at > \(PostgresTimestamp(asOf))
            """
        )
        guard let lowest = try row?.decode(Int64?.self) else { return still }
        let moved = try await page(filter, at: moment, question, from: place) { conditions in
            let (kind, least) = (conditions.bind(filter.kind.rawValue), conditions.bind(lowest))
            return Self.moved(since: conditions.bind(PostgresTimestamp(asOf)), kind, from: least)
        }
        let total = still.total.map { $0 + (moved.total ?? 0) }
        let all = try await inOrder(still.items + moved.items, question.sorting?.isDescending ?? false)
        let isMore = all.count > question.limit || still.next != nil || moved.next != nil
        return Page(items: Array(all.prefix(question.limit)), next: isMore ? all.last?.key : nil, total: total)
    }

    /// Records by their versions and keys; how keys are ordered is for the database to say.
    private func inOrder(_ records: [RegistryRecord], _ isDescending: Bool) async throws -> [RegistryRecord] {
        let rows = try await connection.query(
            """
            /* registry.record.inOrder */ SELECT place
            FROM unnest(\(records.map(\.version))::bigint[], \(records.map(\.key))::text[])
                WITH ORDINALITY AS item (version, key, place)
            ORDER BY version, key
            """
        )
        let sorted = try rows.map { records[Int(try $0.decode(Int64.self)) - 1] }
        return isDescending ? sorted.reversed() : sorted
    }

    /// Records that were written since an instant, with the last write before it.
    private static func moved(since instant: String, _ kind: String, from lowest: String) -> String {
        """
        (
            SELECT late.id, late.kind, late.key, late.state, (
                SELECT max(write.id) FROM (
                    SELECT v.recorded_by AS id FROM registry.record_version v WHERE v.record_id = late.id
                    UNION ALL SELECT v.superseded_by FROM registry.record_version v WHERE v.record_id = late.id
                    UNION ALL SELECT s.recorded_by FROM registry.statement s WHERE s.subject_id = late.id
                    UNION ALL SELECT s.superseded_by FROM registry.statement s WHERE s.subject_id = late.id
                    UNION ALL SELECT m.recorded_by FROM registry.merge m WHERE late.id IN (m.absorbed_id, m.survivor_id)
                    UNION ALL SELECT m.undone_by FROM registry.merge m WHERE late.id IN (m.absorbed_id, m.survivor_id)
                ) AS said JOIN registry.recording write ON write.id = said.id
                WHERE write.recorded_at <= \(instant)
            ) AS recording_id
            FROM registry.record late
            WHERE late.kind = \(kind)::text AND late.recording_id >= \(lowest) AND EXISTS (
                SELECT FROM registry.recording write
                WHERE write.id = late.recording_id AND write.recorded_at > \(instant)
            )
            -- What is asked of the past write is asked of these alone.
            OFFSET 0
        ) AS record
        """
    }
}
