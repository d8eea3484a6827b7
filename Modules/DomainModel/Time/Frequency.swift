/// How often a series is observed.
///
/// Raw values are the codes of the SDMX code list `CL_FREQ` (SDMX Content-Oriented Guidelines, Annex 2).
public enum Frequency: String, Sendable, Codable, CaseIterable {
    /// 年.
    case annual = "A"
    /// 半年.
    case semester = "S"
    /// 季.
    case quarterly = "Q"
    /// 月.
    case monthly = "M"
    /// 周, ISO 8601 weeks, which begin on Monday.
    case weekly = "W"
    /// 日.
    case daily = "D"
}
