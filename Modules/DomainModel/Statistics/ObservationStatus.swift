/// What kind of value an observation holds.
///
/// Raw values are codes of the SDMX code list `CL_OBS_STATUS` version 2.2.
public enum ObservationStatus: String, Sendable, Codable, CaseIterable {
    /// Normal value.
    case normal = "A"
    /// Break in the series: the value is not comparable with the one before.
    case timeSeriesBreak = "B"
    /// Estimated value.
    case estimated = "E"
    /// Forecast value.
    case forecast = "F"
    /// Missing value: the line was submitted, a figure was not given.
    case missing = "O"
    /// Provisional value (初步).
    case provisional = "P"
}
