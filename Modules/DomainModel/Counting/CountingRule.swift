/// How an indicator is counted from the registry: declared as data, run in the database.
///
/// The indicator `corridor.enterprise.nhte` is the measure `enterprise.nhte` of the scope `corridor`; one rule counts it
/// for every region.
public struct CountingRule: Sendable, Hashable {
    /// What is made of the records that are selected.
    public enum Result: Sendable, Hashable {
        /// Their number.
        case number
        /// Their share in percent of the records of another selection; those of this one are also in that one.
        case share(of: RecordSelection)
        /// The sum of a decimal field; a record without a value adds nothing.
        case sum(field: String)
    }

    /// The indicator's code without its scope: `enterprise.nhte`.
    public let measure: String
    /// Which records count.
    public let selection: RecordSelection
    /// What is made of them.
    public let result: Result
    /// The power of ten by which the unit is larger than one of what is counted: 4 for 万人.
    public let scale: Int
    /// Goes up when the rule would count otherwise.
    public let version: Int
    /// What the definition rests on: a requirement, or the document of the indicator.
    public let source: String

    /// Whether it counts what happened in a period, and not what there is at its end.
    public var isFlow: Bool { selection.isFlow }

    init(
        _ measure: String,
        _ selection: RecordSelection,
        _ result: Result = .number,
        scale: Int = 0,
        version: Int = 1,
        source: String
    ) {
        self.measure = measure
        self.selection = selection
        self.result = result
        self.scale = scale
        self.version = version
        self.source = source
    }

    /// The measure of an indicator's code; `nil` when it has no scope.
    public static func measure(of indicator: String) -> String? {
        guard let dot = indicator.firstIndex(of: ".") else { return nil }
        return String(indicator[indicator.index(after: dot)...])
    }
}
