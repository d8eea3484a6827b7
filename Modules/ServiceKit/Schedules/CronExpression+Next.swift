import DomainModel

/// How far a time zone is ahead of UTC, from a beginning to an end.
struct ZoneOffsets: Sendable {
    /// A stretch of time with one offset, in seconds since 1970 and seconds ahead of UTC.
    struct Stretch: Sendable, Hashable {
        let from: Int64
        let to: Int64
        let offset: Int64
    }

    let stretches: [Stretch]

    /// Makes the stretches of changes in their order; the last one ends at `end`.
    init(_ changes: [(from: Int64, seconds: Int)], end: Int64) {
        stretches = changes.indices.map { index in
            let next = index + 1 < changes.count ? changes[index + 1].from : max(end, changes[index].from)
            return Stretch(from: changes[index].from, to: next, offset: Int64(changes[index].seconds))
        }
    }
}

extension CronExpression {
    /// The first time after an instant; `nil` when there is none in the time that the offsets cover.
    ///
    /// Where clocks change:
    ///
    /// * A time of day that is left out (clocks go forward) is moved to the first instant after the gap.
    /// * A time of day that comes twice (clocks go back) counts the first time only.
    /// * Expressions for every hour follow elapsed time: nothing is moved, and both passes of an hour count.
    func next(after instant: Instant, in zone: ZoneOffsets) -> Instant? {
        let second: Int64 = 1_000_000
        let after = Int64((Double(instant.microsecondsSince1970) / Double(second)).rounded(.down))
        // The first whole minute after the instant.
        let start = (Self.floor(after, 60) + 1) * 60
        var previous: ZoneOffsets.Stretch?
        for stretch in zone.stretches {
            defer { previous = stretch }
            guard stretch.to > start else { continue }
            var low = max(start, stretch.from) + stretch.offset
            if let previous, !isHourly {
                let wallBefore = stretch.from + previous.offset
                let wallAfter = stretch.from + stretch.offset
                // A gap: what falls into it happens at its end.
                if wallAfter > wallBefore, stretch.from >= start, wall(from: wallBefore, before: wallAfter) != nil {
                    return Instant(microsecondsSince1970: stretch.from * second)
                }
                // A repetition: it has counted already.
                low = max(low, wallBefore)
            }
            if let wall = wall(from: low, before: stretch.to + stretch.offset) {
                return Instant(microsecondsSince1970: (wall - stretch.offset) * second)
            }
        }
        return nil
    }

    /// The first matching time on the wall of `low..<high`, both in seconds as if the wall showed UTC.
    private func wall(from low: Int64, before high: Int64) -> Int64? {
        guard low < high else { return nil }
        // Up to a whole minute.
        var minute = Self.floor(low + 59, 60)
        let end = high
        while minute * 60 < end {
            let day = Self.floor(minute, 1_440)
            let date = CivilDate(daysSince1970: Int(day))
            let (_, month, dayOfMonth) = date.components
            if matches(day: dayOfMonth, month: month, weekday: date.weekday),
                let found = minuteOfDay(from: Int(minute - day * 1_440))
            {
                let wall = (day * 1_440 + Int64(found)) * 60
                return wall < end ? wall : nil
            }
            minute = (day + 1) * 1_440
        }
        return nil
    }

    /// Division that rounds down, also before 1970.
    private static func floor(_ value: Int64, _ divisor: Int64) -> Int64 {
        let quotient = value / divisor
        return value % divisor < 0 ? quotient - 1 : quotient
    }
}
