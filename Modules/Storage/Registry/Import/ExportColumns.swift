public import DomainModel

/// Which fields an export has.
public struct ExportColumns: Sendable {
    /// Those that it has, in their order.
    public let shown: [FieldDefinition]
    /// Those that are left out.
    public let hidden: [FieldDefinition]

    /// Parts the fields of a kind; what is shown for a purpose alone is never in an export.
    ///
    /// - Parameters:
    ///   - fields: All fields of the kind.
    ///   - naming: Whether those that say which person it is are in it.
    public init(_ fields: [FieldDefinition], naming: Bool) {
        func isShown(_ field: FieldDefinition) -> Bool {
            !field.privacy.isHidden && (naming || field.privacy != .identifying)
        }
        shown = fields.filter(isShown)
        hidden = fields.filter { !isShown($0) }
    }
}
