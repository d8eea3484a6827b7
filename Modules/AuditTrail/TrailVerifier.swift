/// Walks along a trail and finds what is wrong with it.
///
/// Give it all checkpoints first, then the events by chain and sequence. Its memory grows with the checkpoints, not with
/// the events.
public struct TrailVerifier {
    private let keys: [AuditDigest: AuditPublicKey]
    private var report = TrailReport()
    private var lastCheckpoint: AuditCheckpoint?
    /// What was signed: by chain and sequence, the hash and the first checkpoint that says it.
    private var signed: [Int: [Int64: (hash: AuditDigest, checkpoint: Int64)]] = [:]
    private var newestGood: [Int: Int64] = [:]
    private var chain: ChainWalk?
    /// Where each chain that has been walked ends.
    private var ends: [Int: ChainWalk] = [:]
    private var faultyChains: Set<Int> = []

    private struct ChainWalk {
        let number: Int
        var sequence: Int64 = 0
        var hash = AuditDigest.genesis
        /// False behind a gap: what the next event hangs on is not known.
        var isKnown = true
        var last: AuditEvent?
    }

    /// Begins a verification.
    ///
    /// - Parameter keys: What signatures are verified with; several when the key was changed. Without any, the chain of
    ///   checkpoints is verified, but nothing proves who made it.
    public init(keys: [AuditPublicKey]) {
        self.keys = Dictionary(keys.map { ($0.fingerprint, $0) }) { first, _ in first }
        report.keys = keys.map(\.fingerprint)
    }

    /// Notes a fault that was found elsewhere, as when a line cannot be read.
    public mutating func note(_ fault: TrailFault) {
        report.faultCount += 1
        if let chain = fault.chain, fault.checkpoint == nil, !faultyChains.insert(chain).inserted { return }
        report.faults.append(fault)
    }

    /// Takes the next checkpoint.
    public mutating func take(_ signedCheckpoint: SignedCheckpoint) {
        let checkpoint = signedCheckpoint.checkpoint
        report.checkpoints += 1
        let previous = lastCheckpoint?.digest ?? .genesis
        let number = (lastCheckpoint?.number ?? 0) + 1
        if checkpoint.number != number || checkpoint.previous != previous {
            note(
                TrailFault(
                    .brokenCheckpoint,
                    checkpoint: checkpoint.number,
                    expected: "\(number) after \(previous)",
                    found: "\(checkpoint.number) after \(checkpoint.previous)",
                    at: checkpoint.at
                )
            )
        }
        lastCheckpoint = checkpoint
        if !keys.isEmpty, keys[checkpoint.key]?.isSignature(of: signedCheckpoint) != true {
            note(
                TrailFault(
                    .forgedSignature,
                    checkpoint: checkpoint.number,
                    expected: report.keys.map(\.description).joined(separator: ", "),
                    found: checkpoint.key.description,
                    at: checkpoint.at
                )
            )
            // What it claims of the chains is worth nothing.
            return
        }
        report.signedAt = checkpoint.at
        for head in checkpoint.heads where head.sequence > 0 {
            newestGood[head.chain] = head.sequence
            if signed[head.chain]?[head.sequence]?.hash != head.hash {
                signed[head.chain, default: [:]][head.sequence] = (head.hash, checkpoint.number)
            }
        }
    }

    /// Takes the next event.
    public mutating func take(_ linked: LinkedEvent) {
        let event = linked.event
        report.events += 1
        if chain?.number != event.chain {
            finishChain()
            if ends[event.chain] != nil {
                note(TrailFault(.misplaced, event))
                return
            }
            chain = ChainWalk(number: event.chain)
            report.chains += 1
        }
        guard var walk = chain else { return }
        defer { chain = walk }
        guard event.sequence > walk.sequence else {
            note(TrailFault(.misplaced, event))
            return
        }
        if event.sequence > walk.sequence + 1 {
            note(
                TrailFault(
                    .missing,
                    chain: event.chain,
                    sequence: walk.sequence + 1,
                    expected: "\(walk.sequence + 1)",
                    found: "\(event.sequence)",
                    at: walk.last?.at ?? event.at
                )
            )
            walk.isKnown = false
        }
        if walk.isKnown {
            let link = event.link(after: walk.hash)
            if link != linked.hash {
                note(TrailFault(.brokenLink, event, expected: linked.hash.description, found: link.description))
            }
        }
        if let claim = signed[event.chain]?[event.sequence], claim.hash != linked.hash {
            note(TrailFault(.rewritten, event, expected: claim.hash.description, found: linked.hash.description))
        }
        walk.sequence = event.sequence
        walk.hash = linked.hash
        walk.isKnown = true
        walk.last = event
        report.unsigned += event.sequence > (newestGood[event.chain] ?? 0) ? 1 : 0
    }

    private mutating func finishChain() {
        guard let walk = chain else { return }
        ends[walk.number] = walk
        chain = nil
        compare(walk, with: newestGood[walk.number] ?? 0)
    }

    private mutating func compare(_ walk: ChainWalk, with signedSequence: Int64) {
        guard walk.sequence < signedSequence else { return }
        note(
            TrailFault(
                .truncated,
                chain: walk.number,
                sequence: walk.sequence + 1,
                expected: "\(signedSequence)",
                found: "\(walk.sequence)",
                at: walk.last?.at
            )
        )
    }

    /// Ends the verification.
    ///
    /// - Parameter heads: The heads as the database keeps them, if they are at hand.
    /// - Returns: What was found.
    public mutating func finish(heads: [ChainHead]?) -> TrailReport {
        finishChain()
        for number in newestGood.keys.sorted() where ends[number] == nil {
            compare(ChainWalk(number: number), with: newestGood[number] ?? 0)
        }
        for head in heads ?? [] {
            let end = ends[head.chain]
            let (sequence, hash) = (end?.sequence ?? 0, end?.hash ?? .genesis)
            guard sequence != head.sequence || hash != head.hash else { continue }
            note(
                TrailFault(
                    sequence < head.sequence ? .truncated : .headDiffers,
                    chain: head.chain,
                    sequence: min(sequence, head.sequence) + 1,
                    expected: "\(head.sequence) \(head.hash)",
                    found: "\(sequence) \(hash)",
                    at: end?.last?.at
                )
            )
        }
        return report
    }
}

extension TrailFault {
    fileprivate init(_ kind: Kind, _ event: AuditEvent, expected: String? = nil, found: String? = nil) {
        self.init(
            kind,
            chain: event.chain,
            sequence: event.sequence,
            expected: expected,
            found: found,
            at: event.at,
            principal: event.principal
        )
    }
}
