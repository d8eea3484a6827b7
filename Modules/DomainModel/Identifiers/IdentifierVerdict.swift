/// What the check of a text came to.
///
/// It keeps the text's canonical form or what is wrong with it; personal numbers are in ``identifier`` and
/// ``candidates`` and must not be logged.
public struct IdentifierVerdict: Sendable {
    /// The kind that was asked for.
    public let kind: IdentifierKind
    /// The value; `nil` for an invalid text.
    public let identifier: (any Identifier)?
    /// The first thing that is wrong; `nil` for a valid text.
    public let fault: IdentifierFault?
    /// What makes the text look right and be wrong, in the order of its characters.
    public let disguises: [IdentifierDisguise]
    /// Valid texts that may have been meant, the likeliest first, at most three. None of them is a claim.
    public let candidates: [String]

    /// Whether the text is one of the kind.
    public var isValid: Bool { fault == nil }

    /// A valid text.
    init(_ identifier: some Identifier, of kind: IdentifierKind) {
        self.kind = kind
        self.identifier = identifier
        fault = nil
        disguises = []
        candidates = []
    }

    /// An invalid text.
    init(
        _ fault: IdentifierFault,
        of kind: IdentifierKind,
        disguises: [IdentifierDisguise] = [],
        candidates: [String] = []
    ) {
        self.kind = kind
        identifier = nil
        self.fault = fault
        self.disguises = disguises
        self.candidates = candidates
    }
}

extension IdentifierKind {
    /// Checks a text.
    ///
    /// Any text is taken; the time is linear in its length.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - day: The day for codes that change in time, and the last day that a birth date may have.
    /// - Returns: The value, or what is wrong and how it may be mended.
    public func check(_ text: String, on day: CivilDate) -> IdentifierVerdict {
        check(utf8: Array(text.utf8), on: day)
    }

    /// Checks a text of bytes that should be UTF-8; see ``check(_:on:)``.
    public func check(utf8 bytes: [UInt8], on day: CivilDate) -> IdentifierVerdict {
        type.verdict(on: bytes, day)
    }

    /// Whether a text is one of the kind; looks for no hints.
    public func accepts(_ text: String, on day: CivilDate) -> Bool {
        type.fault(of: Array(text.utf8), day) == nil
    }
}

extension Identifier {
    fileprivate static func verdict(on bytes: [UInt8], _ day: CivilDate) -> IdentifierVerdict {
        do {
            return IdentifierVerdict(try Self(reading: bytes, on: day), of: kind)
        } catch {
            return refusal(of: bytes, for: error, day)
        }
    }

    /// Looks for what was meant.
    private static func refusal(of bytes: [UInt8], for fault: IdentifierFault, _ day: CivilDate) -> IdentifierVerdict {
        guard bytes.count <= notation.limit else { return IdentifierVerdict(fault, of: kind) }
        var plain = PlainText(of: bytes, notation)
        var inner = plain.disguises.isEmpty ? fault : Self.fault(of: plain.bytes, day)
        if let current = inner, current.concernsForm {
            var closed = plain
            closed.close(notation)
            let remaining = Self.fault(of: closed.bytes, day)
            // Groups that the kind allows stay as they are: closing them must lead further.
            if remaining.map({ !$0.concernsForm }) ?? true {
                plain = closed
                inner = remaining
            }
        }
        guard let inner else {
            let meant = (try? Self(reading: plain.bytes, on: day))?.description
            let candidates = [meant].compactMap(\.self)
            return IdentifierVerdict(.disguised, of: kind, disguises: plain.disguises, candidates: candidates)
        }
        let candidates = nearMisses(of: plain.bytes, inner, day)
        // Places are those of the text as it was given.
        let isPlace = if case .character = inner { true } else { false }
        let told = isPlace && !fault.isLength ? fault : inner
        return IdentifierVerdict(told, of: kind, disguises: plain.disguises, candidates: candidates)
    }

    /// What is wrong with a text; `nil` when nothing is.
    static func fault(of bytes: [UInt8], _ day: CivilDate) -> IdentifierFault? {
        do {
            _ = try Self(reading: bytes, on: day)
            return nil
        } catch {
            return error
        }
    }
}
