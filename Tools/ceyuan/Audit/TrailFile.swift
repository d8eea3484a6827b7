import AuditTrail
import DomainModel

/// An exported trail as a file.
enum TrailFile {
    /// What came of a verification.
    struct Outcome: Sendable {
        let report: TrailReport
        /// True when the only key at hand was the trail's own.
        let isKeyFromTrail: Bool
    }

    /// Verifies an export line by line.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - keys: What signatures are verified with; the key that the file names, when there are none.
    /// - Returns: What was found.
    /// - Throws: ``Failure`` when the file cannot be read, or is none.
    static func verify(_ path: String, keys: [AuditPublicKey]) throws -> Outcome {
        var verifier: TrailVerifier?
        var isKeyFromTrail = false
        var number: Int64 = 0
        var (checkpoints, events) = (Int64(0), Int64(0))
        var end: TrailLine.End?
        try TextFile.forEachLine(of: path) { bytes in
            number += 1
            guard let line = TrailLine(bytes: bytes) else {
                if number == 1 { throw noTrail(path) }
                verifier?.note(TrailFault(.unreadable, line: number))
                return
            }
            if end != nil { verifier?.note(TrailFault(.unreadable, line: number)) }
            switch line {
            case .header(let header):
                guard verifier == nil else { return verifier?.note(TrailFault(.unreadable, line: number)) ?? () }
                isKeyFromTrail = keys.isEmpty && header.publicKey != nil
                verifier = TrailVerifier(keys: keys.isEmpty ? [header.publicKey].compactMap(\.self) : keys)
            case .checkpoint(let checkpoint):
                checkpoints += 1
                verifier?.take(checkpoint)
            case .event(let event):
                events += 1
                verifier?.take(event)
            case .end(let found): end = found
            }
            if verifier == nil { throw noTrail(path) }
        }
        guard var verifier else { throw noTrail(path) }
        if end?.checkpoints != checkpoints || end?.events != events {
            verifier.note(
                TrailFault(
                    .unreadable,
                    line: number,
                    expected: end.map { "\($0.checkpoints) + \($0.events)" },
                    found: "\(checkpoints) + \(events)"
                )
            )
        }
        return Outcome(report: verifier.finish(heads: end?.heads), isKeyFromTrail: isKeyFromTrail)
    }

    private static func noTrail(_ path: String) -> Failure {
        Failure(
            .refused,
            "AUDIT_TRAIL_INVALID",
            zh: "\(path) 不是导出的审计链",
            en: "\(path) is no exported audit trail",
            hint: LocalizedText(zh: "用 ceyuan audit export 导出", en: "Export one with ceyuan audit export")
        )
    }
}
