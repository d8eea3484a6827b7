public import ArgumentParser
public import DomainModel

extension Language: ExpressibleByArgument {}
extension Batch.Mode: ExpressibleByArgument {}
extension Batch.State: ExpressibleByArgument {}
extension ReportTemplate: ExpressibleByArgument {}
extension ReportFormat: ExpressibleByArgument {}
extension JobRecord.State: ExpressibleByArgument {}
extension OperationRecord.State: ExpressibleByArgument {}
extension Schedule.Missed: ExpressibleByArgument {}
extension WebhookAttempt.Outcome: ExpressibleByArgument {}
extension RecordState: ExpressibleByArgument {}
extension RegistryKind: ExpressibleByArgument {}
extension DuplicateCandidate.State: ExpressibleByArgument {}
extension DuplicateDecision.Verdict: ExpressibleByArgument {}
extension FieldType: ExpressibleByArgument {}
extension PrivacyClass: ExpressibleByArgument {}
extension IdentifierKind: ExpressibleByArgument {}
extension RuleRun.Purpose: ExpressibleByArgument {}
extension RuleChange.Change: ExpressibleByArgument {}
extension DerivedFact.Sort: ExpressibleByArgument {}
extension SearchFacet.Name: ExpressibleByArgument {}

extension Period: ExpressibleByArgument {
    /// Reads an SDMX time period.
    public init?(argument: String) { self.init(argument) }
}

extension Instant: ExpressibleByArgument {
    /// Reads an RFC 3339 timestamp or a date, which means the end of that day in UTC.
    public init?(argument: String) { self.init(argument) }
}

extension CivilDate: ExpressibleByArgument {
    /// Reads a day as people write it: `2021-06-30`, `2021/6/30`, `2021年6月30日`.
    public init?(argument: String) { self.init(written: argument) }
}

extension ExactDecimal: ExpressibleByArgument {
    /// Reads a decimal: `0.5`.
    public init?(argument: String) { self.init(argument) }
}
