import DomainModel
import ServiceKit

extension Platform {
    /// The day in China, where the register is kept.
    var registerDay: CivilDate {
        let local = clock.now.microsecondsSince1970 + 8 * 3_600_000_000
        let perDay: Int64 = 86_400_000_000
        return CivilDate(daysSince1970: Int(local >= 0 ? local / perDay : (local - perDay + 1) / perDay))
    }
}
