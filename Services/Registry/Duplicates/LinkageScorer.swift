import DomainModel
import RecordLinkage
import Storage

/// Compares the records of blocks, each pair once.
struct LinkageScorer: Sendable {
    let model: LinkageModel
    /// The least probability of a candidate.
    let minimum: Double
    /// The keys whose records are not compared with one another, since there are too many.
    let skipped: Set<Int64>

    /// Makes a scorer of records of a kind.
    init(_ kind: RegistryKind, population: Int64, minimum: Double, skipped: Set<Int64> = []) {
        // In a register of a few dozen records chance is judged as in one of a thousand.
        model = LinkageModel(kind == .talent ? .persons : .organisations, population: max(1_000, Int(population)))
        self.minimum = minimum
        self.skipped = skipped
    }

    /// What came of some blocks.
    struct Outcome: Sendable {
        var compared: Int64 = 0
        var pairs: [DuplicateStore.Pair] = []
    }

    /// Compares the records of whole blocks, which follow one another.
    @concurrent
    func compare(_ members: [LinkageMember]) async -> Outcome {
        var outcome = Outcome()
        var start = members.startIndex
        while start < members.endIndex {
            let key = members[start].key
            let end = members[start...].firstIndex { $0.key != key } ?? members.endIndex
            compare(members[start..<end], under: key, &outcome)
            start = end
        }
        return outcome
    }

    private func compare(_ block: ArraySlice<LinkageMember>, under key: Int64, _ outcome: inout Outcome) {
        let profiles = block.map(\.profile)
        for (place, one) in block.enumerated() {
            for (step, other) in block.dropFirst(place + 1).enumerated()
            where (one.isFresh || other.isFresh) && meets(one, other, first: key) {
                outcome.compared += 1
                let score = model.compare(profiles[place], profiles[place + 1 + step])
                if let pair = pair(one.row, other.row, score) { outcome.pairs.append(pair) }
            }
        }
    }

    /// A pair that is likely enough.
    func pair(_ one: LinkageRow, _ other: LinkageRow, _ score: LinkageScore) -> DuplicateStore.Pair? {
        let probability = score.probability
        guard probability >= minimum else { return nil }
        let contents = one.record < other.record ? [one.content, other.content] : [other.content, one.content]
        return DuplicateStore.Pair(
            (one.record, one.region),
            (other.record, other.region),
            probability: probability,
            reasons: score.evidence.map(\.reason),
            facts: LinkageContent.digest(contents.joined(separator: "\u{1D}"))
        )
    }

    /// Whether this is the first key that two records share: pairs of several are compared once.
    private func meets(_ one: LinkageMember, _ other: LinkageMember, first key: Int64) -> Bool {
        var (i, j) = (0, 0)
        let (mine, theirs) = (one.row.keys, other.row.keys)
        while i < mine.count, j < theirs.count {
            if mine[i] == theirs[j] {
                if !skipped.contains(mine[i]) { return mine[i] == key }
                i += 1
                j += 1
            } else if mine[i] < theirs[j] {
                i += 1
            } else {
                j += 1
            }
        }
        return false
    }
}

extension LinkageMember {
    /// What it is compared by.
    var profile: LinkageProfile { LinkageContent.profile(row.content, of: row.record, namesakes: namesakes) }
}
