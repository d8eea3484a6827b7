public import ArgumentParser
public import DomainModel

extension ProcessingBasis: ExpressibleByArgument {}
extension ConsentForm: ExpressibleByArgument {}
extension ConsentChannel: ExpressibleByArgument {}
extension SubjectRequest.Kind: ExpressibleByArgument {}
extension SubjectRequest.Lodger: ExpressibleByArgument {}
extension SubjectRequest.State: ExpressibleByArgument {}
extension Approval.Action: ExpressibleByArgument {}
extension Approval.State: ExpressibleByArgument {}
extension ExportTerms.Format: ExpressibleByArgument {}
