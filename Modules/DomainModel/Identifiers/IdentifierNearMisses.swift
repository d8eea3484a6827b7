extension Identifier {
    /// Valid texts that may have been meant, the likeliest first, at most three.
    ///
    /// First come look-alikes such as O for 0, then swaps of two neighbours. A single wrong character is tried only when
    /// so few of them come out right that they say something.
    static func nearMisses(of bytes: [UInt8], _ fault: IdentifierFault, _ day: CivilDate) -> [String] {
        switch fault {
        case .divisionRetired(let code, _):
            return (DivisionTable.lines[code]?.successors ?? []).prefix(3).map(String.init)
        case .divisionNotYet(let code, _):
            return (DivisionTable.lines[code]?.predecessors ?? []).prefix(3).map(String.init)
        case .length(given: 15, _) where kind == .residentIdentity:
            return [ResidentIdentityNumber.lengthened(bytes, on: day)?.description].compactMap(\.self)
        case .form(.doi): return [embeddedName(in: bytes, day)].compactMap(\.self)
        case .form(.patentPoint):
            return [read(Array(bytes.dropLast()) + [UInt8(ascii: ".")] + bytes.suffix(1), day)].compactMap(\.self)
        case .industrySection: return [read(Array(bytes.dropFirst()), day)].compactMap(\.self)
        case .empty, .length, .birthDateInFuture: return []
        default: break
        }
        guard !notation.alphabet.isEmpty, bytes.count <= 32 else { return [] }
        var found: [String] = []
        func offer(_ candidate: [UInt8]) {
            guard found.count < 3, let text = read(candidate, day), !found.contains(text) else { return }
            found.append(text)
        }
        let bytes = repaired(bytes, day)
        offer(bytes)
        for place in bytes.indices {
            for other in LookAlikes.of(bytes[place]) { offer(bytes.replacing(place, with: other)) }
        }
        for place in bytes.indices.dropLast() where bytes[place] != bytes[place + 1] {
            var swapped = bytes
            swapped.swapAt(place, place + 1)
            offer(swapped)
        }
        let others = substitutes(of: bytes, atMost: 3, day).filter { !found.contains($0) }
        return found.count + others.count <= 3 ? found + others : found
    }

    /// Replaces each character that is not allowed at its place by the one that it looks like.
    private static func repaired(_ bytes: [UInt8], _ day: CivilDate) -> [UInt8] {
        var bytes = bytes
        for _ in bytes.indices {
            guard case .character(let place)? = fault(of: bytes, day), place <= bytes.count,
                let other = LookAlikes.of(bytes[place - 1]).first
            else { return bytes }
            bytes[place - 1] = other
        }
        return bytes
    }

    /// The valid texts that differ in one character; none when there are more than a number of them.
    ///
    /// The last place is left out: the right check character is told by itself.
    private static func substitutes(of bytes: [UInt8], atMost limit: Int, _ day: CivilDate) -> [String] {
        var found: [String] = []
        var candidate = bytes
        for place in bytes.indices.dropLast() {
            for other in notation.alphabet where other != bytes[place] {
                candidate[place] = other
                guard let text = read(candidate, day) else { continue }
                if found.count == limit { return [] }
                found.append(text)
            }
            candidate[place] = bytes[place]
        }
        return found
    }

    /// A name behind other words, such as a label or the address of a publisher.
    private static func embeddedName(in bytes: [UInt8], _ day: CivilDate) -> String? {
        let start = bytes.indices.first { bytes[$0...].starts(with: "10.".utf8) }
        return start.flatMap { $0 > 0 ? read(Array(bytes[$0...]), day) : nil }
    }

    private static func read(_ bytes: [UInt8], _ day: CivilDate) -> String? {
        (try? Self(reading: bytes, on: day))?.description
    }
}

/// Characters that are mistaken for each other in print and in writing.
private enum LookAlikes {
    private static let pairs: [UInt8: [UInt8]] = {
        var pairs: [UInt8: [UInt8]] = [:]
        for (left, right) in [
            ("O", "0"), ("I", "1"), ("L", "1"), ("S", "5"), ("Z", "2"), ("B", "8"), ("Q", "0"), ("D", "0"), ("G", "6"),
        ] {
            guard let letter = left.utf8.first, let digit = right.utf8.first else { continue }
            pairs[letter, default: []].append(digit)
            pairs[digit, default: []].append(letter)
        }
        return pairs
    }()

    /// The characters that a capital or a digit is mistaken for, the likeliest first.
    static func of(_ byte: UInt8) -> [UInt8] { pairs[byte] ?? [] }
}

extension [UInt8] {
    fileprivate func replacing(_ place: Int, with byte: UInt8) -> [UInt8] {
        var bytes = self
        bytes[place] = byte
        return bytes
    }
}
