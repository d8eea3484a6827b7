import DomainModel

extension CivilDate {
    /// The first instant of the day in China, where the register is kept: eight hours before that of UTC.
    var registerStart: Instant {
        Instant(microsecondsSince1970: Int64(daysSince1970) * 86_400_000_000 - 8 * 3_600_000_000)
    }

    /// The first instant after the day.
    var registerEnd: Instant {
        Instant(microsecondsSince1970: registerStart.microsecondsSince1970 + 86_400_000_000)
    }
}
