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
    /// Those that were left alone since have it in their rows, in the order of an index. The others are found by going from
    /// write to write.
    private func changed(
        _ filter: Filter,
        at moment: RegistryMoment,
        _ question: ListQuestion,
        from place: RecordPlace?,
        _ asOf: Instant
    ) async throws -> Page<RegistryRecord> {
        let row = try await connection.queryOne(
            """
            /* registry.recording.bounds */ SELECT
                (SELECT max(id) FROM registry.recording WHERE recorded_at <= \(PostgresTimestamp(asOf))),
                (SELECT min(id) FROM registry.recording WHERE recorded_at > \(PostgresTimestamp(asOf)))
            """
        )
        guard let (highest, lowest) = try row?.decode((Int64?, Int64?).self), let highest else {
            return Page(items: [])
        }
        let still = try await page(filter, at: moment, question, from: place) { conditions in
            let (last, instant) = (conditions.bind(highest), conditions.bind(PostgresTimestamp(asOf)))
            // Bounds that the planner knows: an index has the order.
            conditions.add("record.recording_id <= \(last)")
            conditions.add(
                """
                (SELECT write.recorded_at <= \(instant) FROM registry.recording write
                WHERE write.id = record.recording_id)
                """
            )
            return "registry.record"
        }
        guard let lowest else { return still }
        let past = PastWrites(asOf: asOf, lowest: lowest)
        let moved = try await moved(filter, at: moment, question, from: place, past)
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
}
