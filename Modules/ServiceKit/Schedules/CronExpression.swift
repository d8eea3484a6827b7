/// Times that come again and again: minute, hour, day of the month, month, day of the week.
///
/// Each field is `*`, a number, a range `a-b`, a list `a,b`, or either of the first two with a step `/n`; months and
/// days of the week may be named (`JAN`, `MON`), and Sunday is 0 or 7. If both the day of the month and the day of the
/// week are restricted, either is enough. Source: POSIX.1-2017, crontab; names and steps as in Vixie's cron.
struct CronExpression: Sendable, Hashable {
    /// What is wrong with an expression.
    struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        let description: String
    }

    private let minutes: Set<Int>
    private let hours: Set<Int>
    private let days: Set<Int>
    private let months: Set<Int>
    private let weekdays: Set<Int>
    private let dayIsFree: Bool
    private let weekdayIsFree: Bool

    /// Whether the work is done every hour, so that it follows elapsed time and not the clock on the wall.
    var isHourly: Bool { hours.count == 24 }

    /// Reads an expression.
    ///
    /// - Throws: ``Failure``, which names the field.
    init(_ text: String) throws {
        let fields = text.split(separator: " ", omittingEmptySubsequences: true).map { $0.uppercased() }
        guard fields.count == 5 else {
            throw Failure(description: "\(text) has \(fields.count) fields, expected 5: minute hour day month weekday")
        }
        minutes = try Self.values(fields[0], "minute", 0...59)
        hours = try Self.values(fields[1], "hour", 0...23)
        days = try Self.values(fields[2], "day", 1...31)
        months = try Self.values(fields[3], "month", 1...12, names: Self.monthNames, from: 1)
        weekdays = Set(
            try Self.values(fields[4], "weekday", 0...7, names: Self.weekdayNames, from: 0).map { $0 % 7 }
        )
        dayIsFree = fields[2].hasPrefix("*")
        weekdayIsFree = fields[4].hasPrefix("*")
    }

    private static let monthNames = [
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
    ]
    private static let weekdayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]

    private static func values(
        _ field: String,
        _ name: String,
        _ range: ClosedRange<Int>,
        names: [String] = [],
        from first: Int = 0
    ) throws -> Set<Int> {
        let failure = Failure(
            description: "the \(name) \(field) is none: numbers from \(range.lowerBound) to \(range.upperBound), "
                + "ranges a-b, lists a,b, steps */n"
        )
        func number(_ text: Substring) throws -> Int {
            if let index = names.firstIndex(of: String(text)) { return index + first }
            guard text.count <= 4, text.allSatisfy(\.isASCII), text.first?.isNumber == true, let value = Int(text),
                range.contains(value)
            else { throw failure }
            return value
        }
        var values: Set<Int> = []
        for part in field.split(separator: ",", omittingEmptySubsequences: false) {
            let halves = part.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            let ends = halves[0].split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
            var (low, high) = (range.lowerBound, range.upperBound)
            if halves[0] != "*" {
                low = try number(ends[0])
                // A single number with a step begins there and goes on to the end, as in Vixie's cron.
                high = ends.count == 2 ? try number(ends[1]) : halves.count == 2 ? range.upperBound : low
            }
            var step = 1
            if halves.count == 2 {
                guard let given = Int(halves[1]), given > 0, given <= range.upperBound else { throw failure }
                step = given
            }
            guard low <= high else { throw failure }
            values.formUnion(stride(from: low, through: high, by: step))
        }
        return values
    }
}

extension CronExpression {
    /// Whether a day is one of the expression's.
    func matches(day: Int, month: Int, weekday: Int) -> Bool {
        guard months.contains(month) else { return false }
        let (isDay, isWeekday) = (days.contains(day), weekdays.contains(weekday % 7))
        return dayIsFree || weekdayIsFree ? isDay && isWeekday : isDay || isWeekday
    }

    /// The minutes of a day that match, from one on.
    func minuteOfDay(from start: Int) -> Int? {
        for hour in (start / 60)..<24 where hours.contains(hour) {
            let first = hour == start / 60 ? start % 60 : 0
            for minute in first..<60 where minutes.contains(minute) { return hour * 60 + minute }
        }
        return nil
    }
}
