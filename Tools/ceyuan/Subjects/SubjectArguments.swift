public import ArgumentParser
public import DomainModel

extension ProcessingBasis: ExpressibleByArgument {}
extension ConsentForm: ExpressibleByArgument {}
extension ConsentChannel: ExpressibleByArgument {}
