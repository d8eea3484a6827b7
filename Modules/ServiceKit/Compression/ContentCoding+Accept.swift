extension ContentCoding {
    /// The coding that `Accept-Encoding` prefers; among equals zstd, then gzip. Bytes as they are when it names neither.
    ///
    /// Source: RFC 9110 §12.5.3.
    init(acceptEncoding header: String?) {
        guard let header else {
            self = .identity
            return
        }
        var weights: [Substring: Double] = [:]
        for range in header.split(separator: ",") {
            let parts = range.split(separator: ";").map { $0.filter { !$0.isWhitespace }.lowercased() }
            guard let name = parts.first else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            weights[name == "x-gzip" ? "gzip" : name[...]] = weight
        }
        func weight(_ coding: ContentCoding) -> Double { weights[coding.rawValue[...]] ?? weights["*"] ?? 0 }
        let (zstd, gzip) = (weight(.zstd), weight(.gzip))
        // Bytes as they are go without saying, at no stated weight: they win only against what is refused.
        let plain = weights["identity"] ?? 0
        if max(zstd, gzip) <= 0 || plain > max(zstd, gzip) {
            self = .identity
        } else {
            self = zstd >= gzip ? .zstd : .gzip
        }
    }
}
