/// A range of values: `daterange`, `tstzrange`, `int4range`, `int8range`, `numrange`.
///
/// ```swift
/// let term = PostgresRange(from: startedOn, upTo: nil)        // [2024-09-01,)
/// let open = try await pool.query("SELECT id FROM post WHERE term && \(term)")
/// ```
///
/// The server brings ranges of days and integers to one form, `[lower, upper)`; what comes back may therefore differ
/// from what was sent while it means the same. Lower bounds above upper ones are refused by the server (22000).
public enum PostgresRange<Bound: PostgresRangeBound>: Hashable, Sendable {
    /// One end of a range.
    public enum Edge: Hashable, Sendable {
        /// The range has no end on this side.
        case unbounded
        /// The value belongs to the range.
        case including(Bound)
        /// The value is the first one outside.
        case excluding(Bound)
    }

    /// The range that contains nothing.
    case empty
    /// A range with its two ends.
    case bounds(lower: Edge, upper: Edge)

    /// The values from `lower` on and below `upper`; nil leaves a side unbounded.
    public init(from lower: Bound?, upTo upper: Bound?) {
        self = .bounds(
            lower: lower.map { .including($0) } ?? .unbounded,
            upper: upper.map { .excluding($0) } ?? .unbounded
        )
    }

    /// The values from `lower` to `upper`, both included; nil leaves a side unbounded.
    public init(from lower: Bound?, through upper: Bound?) {
        self = .bounds(
            lower: lower.map { .including($0) } ?? .unbounded,
            upper: upper.map { .including($0) } ?? .unbounded
        )
    }

    /// The lower end; nil for the empty range.
    public var lower: Edge? {
        if case .bounds(let lower, _) = self { lower } else { nil }
    }

    /// The upper end; nil for the empty range.
    public var upper: Edge? {
        if case .bounds(_, let upper) = self { upper } else { nil }
    }
}

extension PostgresRange where Bound: Comparable {
    /// True when the value lies in the range, as the server's `@>` finds.
    public func contains(_ value: Bound) -> Bool {
        guard case .bounds(let lower, let upper) = self else {
            return false
        }
        let isAboveLower =
            switch lower {
            case .unbounded: true
            case .including(let bound): bound <= value
            case .excluding(let bound): bound < value
            }
        let isBelowUpper =
            switch upper {
            case .unbounded: true
            case .including(let bound): value <= bound
            case .excluding(let bound): value < bound
            }
        return isAboveLower && isBelowUpper
    }
}

/// Ranges in order, without overlap: `datemultirange`, `tstzmultirange` and their like.
///
/// The server sorts and joins what it is sent, and leaves empty ranges out.
public struct PostgresMultirange<Bound: PostgresRangeBound>: Hashable, Sendable, ExpressibleByArrayLiteral {
    /// The ranges.
    public var ranges: [PostgresRange<Bound>]

    /// A multirange of these ranges.
    public init(_ ranges: [PostgresRange<Bound>]) {
        self.ranges = ranges
    }

    /// A multirange of these ranges.
    public init(arrayLiteral ranges: PostgresRange<Bound>...) {
        self.init(ranges)
    }
}
