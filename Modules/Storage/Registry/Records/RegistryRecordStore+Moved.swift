import DomainModel
import PostgresClient

extension RegistryRecordStore {
    /// How many writes are looked at in one go.
    private static let writesAtOnce = 128
    /// How many records of a large write are looked at in one go.
    private static let recordsAtOnce = 500

    /// A page of records by their last write up to an instant, of those that were written since.
    ///
    /// It goes from write to write in the order of the list, so that no more is read than the page needs. What small writes
    /// have touched is found by indexes; a large one has touched most of what there is, and is read in the order of keys.
    ///
    /// - Parameters:
    ///   - filter: Which ones.
    ///   - moment: As believed when, as holding on which day.
    ///   - question: Which page.
    ///   - place: Where it begins.
    ///   - past: The instant, and the writes since.
    /// - Returns: The page; its cursor says no more than that there is another one.
    /// - Throws: As ``list(_:at:_:)``.
    func moved(
        _ filter: Filter,
        at moment: RegistryMoment,
        _ question: ListQuestion,
        from place: RecordPlace?,
        _ past: PastWrites
    ) async throws -> Page<RegistryRecord> {
        let isDescending = question.sorting?.isDescending ?? false
        var items: [RegistryRecord] = []
        var (bound, start) = (place?.write, place)
        while items.count <= question.limit {
            let part = first(of: try await writes(upTo: past.asOf, from: bound, isDescending))
            guard let last = part.writes.last else { break }
            var rest = ListQuestion(limit: question.limit + 1 - items.count, sorting: question.sorting)
            if part.isLarge {
                let after = start?.write == last ? start?.key : nil
                items += try await wrote(last, filter, at: moment, rest, after: after, past)
            } else {
                rest.after = start == nil ? nil : question.after
                items += try await page(filter, at: moment, rest, from: start) { conditions in
                    past.records(of: part.writes, filter.kind, &conditions)
                }.items
            }
            (bound, start) = (last + (isDescending ? -1 : 1), nil)
        }
        var total: Int64?
        if question.counts {
            total = try await page(filter, at: moment, ListQuestion(limit: 1, counts: true)) { conditions in
                past.records(filter.kind, &conditions)
            }.total
        }
        let isMore = items.count > question.limit
        return Page(items: Array(items.prefix(question.limit)), next: isMore ? items.last?.key : nil, total: total)
    }

    /// Records whose last write was a large one, in the order of their keys.
    private func wrote(
        _ write: Int64,
        _ filter: Filter,
        at moment: RegistryMoment,
        _ question: ListQuestion,
        after: String?,
        _ past: PastWrites
    ) async throws -> [RegistryRecord] {
        let isDescending = question.sorting?.isDescending ?? false
        var (items, key) = ([RegistryRecord](), after)
        while items.count < question.limit {
            let query = past.numbers(of: write, filter.kind, after: key, isDescending, limit: Self.recordsAtOnce)
            let found = try await connection.query(query).map { try $0.decode((Int64, String).self) }
            let rest = ListQuestion(
                limit: question.limit - items.count,
                sorting: Sorting(by: "key", isDescending: isDescending)
            )
            items += try await page(filter, at: moment, rest) { conditions in
                let numbers = conditions.bind(found.map(\.0))
                return past.records(filter.kind, among: "AND late.id = ANY (\(numbers)::bigint[])", &conditions)
            }.items
            key = found.last?.1
            if found.count < Self.recordsAtOnce { break }
        }
        return items
    }

    /// The next writes in the order of the list, each with the number of rows that it has touched, as far as it is small.
    private func writes(
        upTo asOf: Instant,
        from bound: Int64?,
        _ isDescending: Bool
    ) async throws -> [(id: Int64, size: Int64)] {
        let (compare, order) = isDescending ? ("<=", " DESC") : (">=", "")
        var conditions = ListConditions()
        conditions.add("recorded_at <= #", PostgresTimestamp(asOf))
        if let bound { conditions.add("id \(compare) #", bound) }
        let sql = """
            /* registry.recording.writes */ SELECT past.id, (
                SELECT count(*) FROM (SELECT FROM (\(PastWrites.touched("= past.id"))) said LIMIT \(few + 1)) counted
            )
            FROM (
                SELECT id FROM registry.recording \(conditions.sql) ORDER BY id\(order) LIMIT \(Self.writesAtOnce)
            ) past ORDER BY past.id\(order)
            """
        return try await connection.query(PostgresQuery(sql: sql, binds: conditions.binds)).map { row in
            let (id, size) = try row.decode((Int64, Int64).self)
            return (id, size)
        }
    }

    /// As many of the first writes as have touched few records, or one that has touched many.
    private func first(of writes: [(id: Int64, size: Int64)]) -> (writes: [Int64], isLarge: Bool) {
        var (part, size) = ([Int64](), Int64(0))
        for write in writes {
            size += write.size
            if size > few, !part.isEmpty { break }
            part.append(write.id)
            if size > few { return (part, true) }
        }
        return (part, false)
    }
}
