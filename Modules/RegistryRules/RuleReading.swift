/// What rules look at of a record: whoever makes ``RecordSituation``s needs to read no more.
public struct RuleReading: Sendable, Hashable {
    /// Fields of the record.
    public let fields: Set<String>
    /// Kinds of statements about it.
    public let statements: Set<String>
    /// Kinds of statements of others that lead to it.
    public let incoming: Set<String>
    /// Fields of the records to which its statements lead, by the kind of statement.
    public let objects: [String: Set<String>]

    /// Names what is looked at.
    public init(
        fields: Set<String> = [],
        statements: Set<String> = [],
        incoming: Set<String> = [],
        objects: [String: Set<String>] = [:]
    ) {
        self.fields = fields
        self.statements = statements
        self.incoming = incoming
        self.objects = objects
    }

    /// What several rules look at together.
    public init(_ rules: [DerivationRule]) {
        self = rules.map(\.reading).reduce(RuleReading()) { all, next in
            RuleReading(
                fields: all.fields.union(next.fields),
                statements: all.statements.union(next.statements),
                incoming: all.incoming.union(next.incoming),
                objects: all.objects.merging(next.objects) { $0.union($1) }
            )
        }
    }
}
