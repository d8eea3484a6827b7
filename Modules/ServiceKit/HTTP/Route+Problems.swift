import HTTPTypes

extension Route {
    /// Every problem that a request of this route may be answered with: the handler's own, and those of the host.
    var allProblems: [ProblemCode] {
        var codes = problems + Self.ofEveryRoute
        if permission != .public { codes += Self.ofEveryCaller }
        if method != .get { codes += Self.ofEveryChange }
        if !body.mediaTypes.isEmpty { codes += Self.ofEveryBody }
        if body.type != nil { codes += [.bodyMissing, .bodyInvalid] }
        var seen: Set<ProblemCode> = []
        return codes.filter { seen.insert($0).inserted }
    }

    /// What the host answers whatever the route.
    private static let ofEveryRoute: [ProblemCode] = [
        .requestMalformed, .headTooLong, .parameterInvalid, .preconditionFailed, .overloaded, .databaseUnavailable,
        .internalFault, .tooManyRequests, .deadlineExceeded, .contentEncodingUnsupported,
    ]

    /// What the host answers to callers whom it does not let in.
    private static let ofEveryCaller: [ProblemCode] = [
        .authenticationRequired, .tokenInvalid, .tokenExpired, .permissionDenied, .userUnknown, .upstreamUnavailable,
    ]

    /// What the host answers to a request with a body.
    private static let ofEveryBody: [ProblemCode] = [
        .mediaTypeUnsupported, .bodyTooLong, .contentEncodingInvalid, .bodyInflatesTooMuch, .senderTooSlow,
    ]

    /// What the host answers to a request that is to change something.
    private static let ofEveryChange: [ProblemCode] = [
        .idempotencyKeyInvalid, .idempotencyKeyReused, .requestInFlight, .outcomeUnknown, .storageFull,
    ]
}
