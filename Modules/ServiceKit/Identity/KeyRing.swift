import DomainModel
import Logging

/// The key set of an OpenID provider, fetched when it is needed.
///
/// A name that is not in the set means that the provider may have changed its keys: the set is fetched again, once, and
/// not more often than the clock allows, so that nobody can make us ask the provider for every invented name. A key
/// that the provider has taken away is forgotten when the set is fetched anew, every few minutes.
actor KeyRing {
    /// Gets the document of the set.
    typealias Fetch = @Sendable () async throws -> [UInt8]

    private let fetch: Fetch
    private let clock: PlatformClock
    private let logger: Logger
    /// In microseconds: the shortest time between two fetches, and the longest time that a set is used.
    private let (pause, age): (Int64, Int64)
    private var keys: [String: SigningKey] = [:]
    private var triedAt: Instant?
    private var isFetching = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(
        clock: PlatformClock,
        logger: Logger,
        pauseSeconds: Int64 = 30,
        ageSeconds: Int64 = 300,
        fetch: @escaping Fetch
    ) {
        self.clock = clock
        self.logger = logger
        self.fetch = fetch
        (pause, age) = (pauseSeconds * 1_000_000, ageSeconds * 1_000_000)
    }

    /// The key of a name, or `nil`.
    ///
    /// - Throws: ``Problem`` `UPSTREAM_UNAVAILABLE` when no set could be fetched yet.
    func key(_ name: String) async throws -> SigningKey? {
        let since = triedAt.map { clock.now.microsecondsSince1970 - $0.microsecondsSince1970 }
        if let known = keys[name], let since, since < age { return known }
        if since.map({ $0 >= pause }) ?? true || isFetching { await refresh() }
        if keys.isEmpty {
            throw Problem(
                .upstreamUnavailable,
                "The keys of the identity provider cannot be fetched.",
                zh: "无法获取身份提供方的密钥。"
            )
            .retry(afterSeconds: 5)
        }
        return keys[name]
    }

    private func refresh() async {
        if isFetching {
            await withCheckedContinuation { waiting.append($0) }
            return
        }
        isFetching = true
        triedAt = clock.now
        do {
            let found = try await SigningKey.read(try await fetch())
            // Of two keys with one name neither can be trusted to be meant.
            let byName = Dictionary(grouping: found, by: \.identifier).filter { $0.value.count == 1 }
            keys = byName.compactMapValues(\.first)
        } catch {
            // The keys of before go on being used: a provider that is away for a while locks nobody out.
            logger.warning("the keys of the identity provider cannot be fetched", metadata: ["error": "\(error)"])
        }
        isFetching = false
        for continuation in waiting { continuation.resume() }
        waiting = []
    }
}
