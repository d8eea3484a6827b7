/// What is believed of a record over valid time: each version holds from its day until the next one begins.
///
/// Since a version has no end of its own, two of them can neither overlap nor leave a gap.
public struct RecordTimeline: Sendable, Hashable {
    /// What holds from a day on.
    public struct Version: Sendable, Hashable {
        /// The first day; absent when it is not known.
        public var from: CivilDate?
        /// Whether it is kept up or has ended.
        public var state: RecordState
        /// The values of its fields.
        public var attributes: Attributes

        /// Makes a version of its parts.
        public init(from: CivilDate?, state: RecordState = .active, attributes: Attributes) {
            self.from = from
            self.state = state
            self.attributes = attributes
        }
    }

    /// A change that says nothing about any version.
    public enum Fault: Error, Sendable, Hashable {
        /// The record does not begin before this day.
        case beforeFirst(CivilDate)
    }

    /// The versions in the order of their days.
    public private(set) var versions: [Version]

    /// Makes a timeline of versions in any order, each day once.
    public init(_ versions: [Version]) {
        self.versions = versions.sorted { Self.precedes($0.from, $1.from) }
    }

    /// The version that holds on a day.
    public func version(on day: CivilDate) -> Version? { index(on: day).map { versions[$0] } }

    /// The last version: what holds once everything known has come to pass.
    public var last: Version? { versions.last }

    /// Something is otherwise from a day on.
    ///
    /// A value that later versions have merely carried on is carried on anew; where a later version says another value of
    /// its own, that one stands.
    ///
    /// - Parameters:
    ///   - patch: New values by field; `nil` takes a value away.
    ///   - state: The new state, if it changes.
    ///   - day: The first day.
    /// - Throws: ``Fault``.
    public mutating func change(
        _ patch: [String: AttributeValue?],
        state: RecordState? = nil,
        from day: CivilDate
    ) throws(Fault) {
        guard let place = index(on: day) else { throw .beforeFirst(day) }
        if versions[place].from == day {
            apply(patch, state, at: place)
            return
        }
        var version = versions[place]
        version.from = day
        versions.insert(version, at: place + 1)
        apply(patch, state, at: place + 1)
    }

    /// Something was believed wrongly: the version that holds on a day gets other values, from its own first day on.
    ///
    /// Later versions follow as in ``change(_:state:from:)``.
    public mutating func correct(
        _ patch: [String: AttributeValue?],
        state: RecordState? = nil,
        on day: CivilDate
    ) throws(Fault) {
        guard let place = index(on: day) else { throw .beforeFirst(day) }
        apply(patch, state, at: place)
    }

    /// The beginning was believed wrongly: the record holds from another day on, earlier or later.
    ///
    /// What held of the first day that is left holds from that day on; what was said of days before it is gone.
    public mutating func begin(on day: CivilDate) {
        if versions.isEmpty { return }
        if let place = index(on: day) { versions.removeFirst(place) }
        versions[0].from = day
    }

    /// The versions that another timeline has and this one has not, or has otherwise.
    public func additions(to old: RecordTimeline) -> [Version] { versions.filter { !old.versions.contains($0) } }

    private mutating func apply(_ patch: [String: AttributeValue?], _ state: RecordState?, at place: Int) {
        let before = versions[place]
        var carried = patch
        var carriesState = state != nil
        for index in place..<versions.count {
            if index > place {
                for code in carried.keys where versions[index].attributes[code] != before.attributes[code] {
                    carried.removeValue(forKey: code)
                }
                if versions[index].state != before.state { carriesState = false }
            }
            for (code, value) in carried { versions[index].attributes[code] = value }
            if carriesState, let state { versions[index].state = state }
        }
    }

    private func index(on day: CivilDate) -> Int? {
        versions.lastIndex { version in version.from.map { $0 <= day } ?? true }
    }

    /// Whether one first day is before another; an unknown one is before all days.
    static func precedes(_ left: CivilDate?, _ right: CivilDate?) -> Bool {
        guard let right else { return false }
        return left.map { $0 < right } ?? true
    }
}
