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

extension Period: ExpressibleByArgument {
    /// Reads an SDMX time period.
    public init?(argument: String) { self.init(argument) }
}

extension Instant: ExpressibleByArgument {
    /// Reads an RFC 3339 timestamp or a date, which means the end of that day in UTC.
    public init?(argument: String) { self.init(argument) }
}
