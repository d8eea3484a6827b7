public import DomainModel
import PostgresClient

extension TargetStore {
    /// Adds a revision of each target that is new or says something else than its newest revision.
    ///
    /// A target is identified by plan, indicator, year and source. Its ordinal is not compared: a line put in
    /// above it moves it and does not correct it. Needs a transaction.
    ///
    /// - Parameters:
    ///   - records: Each target once; plans and indicators stored.
    ///   - batch: The batch that brings them.
    /// - Returns: How many records were new, and how many differed.
    /// - Throws: `PostgresError`.
    public func merge(_ records: [Located<Target>], batch: Int64) async throws -> MergeCounts {
        let targets = records.map(\.record)
        // Two batches that correct one target at the same time make two revisions, one after the other.
        try await source.query(
            "/* statistics.target.lock */ LOCK TABLE statistics.target IN SHARE ROW EXCLUSIVE MODE"
        )
        let row = try await source.queryOne(
            """
            /* statistics.target.merge */ WITH given AS (
                SELECT plan_code, indicator.id AS indicator_id, target_year, source_file, source_locator,
                    baseline_year, baseline, baseline_printed, value, comparator::"char" AS comparator, is_cumulative, printed, growth_printed, ordinal,
                    note, given.line
                FROM unnest(
                    \(targets.map(\.plan))::text[], \(targets.map(\.indicator))::text[],
                    \(targets.map { Int32($0.year) })::integer[], \(targets.map(\.source.file))::text[],
                    \(targets.map(\.source.locator))::text[],
                    \(targets.map { $0.baselineYear.map { Int32($0) } })::integer[],
                    \(targets.map { $0.baseline.map { PostgresNumeric($0) } })::numeric[],
                    \(targets.map(\.baselinePrinted))::text[], \(targets.map { $0.value.map { PostgresNumeric($0) } })::numeric[],
                    \(targets.map { $0.comparator?.storageCode })::text[],
                    \(targets.map(\.isCumulative))::boolean[], \(targets.map(\.printed))::text[],
                    \(targets.map(\.growthPrinted))::text[], \(targets.map { Int32($0.ordinal) })::integer[],
                    \(targets.map(\.note))::text[], \(records.map { Int32($0.line) })::integer[]
                ) AS given (
                    plan_code, indicator_code, target_year, source_file, source_locator, baseline_year, baseline,
                    baseline_printed, value, comparator, is_cumulative, printed, growth_printed, ordinal, note, line
                )
                    JOIN statistics.indicator ON indicator.code = given.indicator_code
            ), changed AS (
                SELECT plan_code, indicator_id, target_year, source_file, source_locator, given.baseline_year,
                    given.baseline, given.baseline_printed, given.value, given.comparator, given.is_cumulative,
                    given.printed, given.growth_printed, ordinal, given.note, line,
                    coalesce(known.revision, 0) + 1 AS revision
                FROM given LEFT JOIN LATERAL (
                    SELECT revision, baseline_year, baseline, baseline_printed, value, comparator, is_cumulative,
                        printed, growth_printed, note
                    FROM statistics.target
                    WHERE target.plan_code = given.plan_code AND target.indicator_id = given.indicator_id
                        AND target.target_year = given.target_year AND target.source_file = given.source_file
                        AND target.source_locator = given.source_locator
                    ORDER BY revision DESC LIMIT 1
                ) AS known ON true
                WHERE known.revision IS NULL OR (
                    known.baseline_year, known.baseline, known.baseline_printed, known.value, known.comparator,
                    known.is_cumulative, known.printed, known.growth_printed, known.note
                ) IS DISTINCT FROM (
                    given.baseline_year, given.baseline, given.baseline_printed, given.value, given.comparator,
                    given.is_cumulative, given.printed, given.growth_printed, given.note
                )
            ), added AS (
                INSERT INTO statistics.target (
                    plan_code, indicator_id, target_year, source_file, source_locator, revision, baseline_year,
                    baseline, baseline_printed, value, comparator, is_cumulative, printed, growth_printed, ordinal,
                    note, batch_id, line
                )
                SELECT plan_code, indicator_id, target_year, source_file, source_locator, revision, baseline_year,
                    baseline, baseline_printed, value, comparator, is_cumulative, printed, growth_printed, ordinal,
                    note, \(batch), line
                FROM changed ORDER BY ordinal
                RETURNING revision
            )
            SELECT count(*) FILTER (WHERE revision = 1), count(*) FILTER (WHERE revision > 1) FROM added
            """
        )
        return try MergeCounts(row)
    }
}
