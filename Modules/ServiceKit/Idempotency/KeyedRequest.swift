import AuditTrail
import Crypto
import HTTPTypes
import NIOCore
import PostgresClient
import Storage
import Synchronization

/// A request that carries an idempotency key, and what has become of it so far.
///
/// The key is claimed in the transaction of the write, and the answer kept in
/// it (``UnitOfWork/answer(_:)``), so that effect, key and answer are there
/// together or not at all, whenever the process dies. A write that does not
/// give its answer is known to have happened; what was answered is then kept
/// in a transaction of its own afterwards.
final class KeyedRequest: Sendable {
    /// The answer that was given before: thrown out of the write to the place that sends it.
    struct Replay: Error {
        let answer: AnswerStore.Answer
    }

    private struct State {
        var hash: SHA256
        var fingerprint: RequestFingerprint?
        /// Whether the present attempt of a write has kept the answer.
        var isKept = false
        /// Whether a write has committed, with the key.
        var isClaimed = false
        /// Whether a write has committed, with the answer.
        var isAnswered = false
    }

    let key: IdempotencyKey
    let principal: String
    private let keptFor: Int
    private let secret: AuditKey?
    private let state: Mutex<State>

    /// Begins the fingerprint of a request.
    ///
    /// - Parameters:
    ///   - key: Its key.
    ///   - principal: Who sends it.
    ///   - method: Its method.
    ///   - target: Its path and query.
    ///   - keptFor: How long its answer is kept, in seconds.
    ///   - secret: What its fingerprint is made with, where the host has a key.
    init(
        _ key: IdempotencyKey,
        of principal: Principal,
        _ method: HTTPRequest.Method,
        _ target: String,
        keptFor: Int,
        secret: AuditKey?
    ) {
        self.key = key
        self.principal = principal.id
        self.keptFor = keptFor
        self.secret = secret
        var hash = SHA256()
        hash.update(data: Array("\(method.rawValue) \(target)\n".utf8))
        state = Mutex(State(hash: hash))
    }

    /// Whether the answer stands in the database.
    var isAnswered: Bool { state.withLock { $0.isAnswered } }

    /// Takes a piece of the body into the fingerprint.
    func take(_ chunk: ByteBuffer) {
        state.withLock { $0.hash.update(data: chunk.readableBytesView) }
    }

    /// Of method, target and the body as far as it was read when this was first asked for.
    private var fingerprint: RequestFingerprint {
        state.withLock { state in
            if let known = state.fingerprint { return known }
            let made = RequestFingerprint(state.hash.finalize(), by: secret)
            state.fingerprint = made
            return made
        }
    }

    /// Claims the key as the first step of a write.
    ///
    /// - Throws: ``Replay``; ``Problem``: `IDEMPOTENCY_KEY_REUSED`, `REQUEST_IN_FLIGHT`, `OUTCOME_UNKNOWN`.
    func claim(on connection: PostgresConnection) async throws {
        let isClaimed = state.withLock { state in
            state.isKept = state.isAnswered
            return state.isClaimed
        }
        if isClaimed { return }
        let fingerprint = fingerprint
        let claim = try await AnswerStore(connection)
            .claim(key.text, of: principal, fingerprint: fingerprint.kept, keptFor: keptFor)
        switch claim {
        case .claimed: return
        case .inFlight: throw Problem.inFlight(key)
        case .used(let known, _) where !fingerprint.matches(known): throw Problem.keyReused(key)
        case .used(_, let answer?): throw Replay(answer: answer)
        case .used(_, nil): throw Problem.outcomeUnknown(key)
        }
    }

    /// Keeps the answer, in the transaction that claimed the key.
    func keep(_ response: APIResponse, on connection: PostgresConnection) async throws {
        guard let answer = response.kept else { return }
        try await AnswerStore(connection).keep(answer, under: key.text, of: principal)
        state.withLock { $0.isKept = true }
    }

    /// Notes that the write has committed.
    func hasCommitted() {
        state.withLock { state in
            state.isClaimed = true
            state.isAnswered = state.isKept
        }
    }
}

extension APIResponse {
    /// The answer as it is kept: only those that succeeded and whose body is in memory.
    fileprivate var kept: AnswerStore.Answer? {
        // What must not be stored, such as the secret of a new token, is not stored here either.
        guard status.kind == .successful, headers[.cacheControl] != "no-store" else { return nil }
        let bytes: [UInt8]
        switch body {
        case .empty: bytes = []
        case .bytes(let buffer): bytes = Array(buffer.readableBytesView)
        case .file, .stream: return nil
        }
        return AnswerStore.Answer(
            status: status.code,
            headers: headers.flatMap { [$0.name.rawName, $0.value] },
            body: bytes
        )
    }

    /// An answer that was given before.
    init(_ replay: KeyedRequest.Replay) {
        let answer = replay.answer
        var headers = HTTPFields()
        for index in stride(from: 0, to: answer.headers.count - 1, by: 2) {
            guard let name = HTTPField.Name(answer.headers[index]) else { continue }
            headers.append(HTTPField(name: name, value: answer.headers[index + 1]))
        }
        headers[.idempotencyReplayed] = "true"
        self.init(
            status: .init(code: answer.status),
            headers: headers,
            body: answer.body.isEmpty ? .empty : .bytes(ByteBuffer(bytes: answer.body))
        )
    }
}
