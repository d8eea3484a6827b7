import HTTPTypes
import NIOCore

extension APIResponse {
    /// The answer under the coding that the caller prefers, with a tag of its own; as it is when it is short, not to be
    /// stored (it may hold a secret, whose length compression would betray), or packed already.
    ///
    /// - Parameters:
    ///   - headers: Of the request.
    ///   - minimum: The shortest body that is packed, in bytes.
    /// - Returns: The answer to send.
    func packed(for headers: HTTPFields, minimum: Int) -> APIResponse {
        let isText = self.headers[.contentType].map(Self.isText) ?? false
        guard isText || status == .notModified, self.headers[.contentEncoding] == nil,
            self.headers[.cacheControl] != "no-store"
        else { return self }
        var copy = self
        copy.headers.vary(by: "Accept-Encoding")
        guard case .bytes(let bytes) = body, bytes.readableBytes >= minimum else { return copy }
        let coding = ContentCoding(acceptEncoding: headers[.acceptEncoding])
        guard coding != .identity, let packed = Packing.pack(bytes, coding) else { return copy }
        copy.body = .bytes(packed)
        copy.headers[.contentEncoding] = coding.rawValue
        if let tag = entityTag { copy.headers[.eTag] = tag.coded(coding).description }
        return copy
    }

    private static func isText(_ contentType: String) -> Bool {
        // Most answers, at the price of one comparison.
        if contentType == jsonType { return true }
        let type = contentType.prefix { $0 != ";" }
        return type.hasPrefix("text/") || type.hasSuffix("json") || type.hasSuffix("xml") || type.hasSuffix("jsonl")
            || type.hasSuffix("yaml") || type == "application/javascript"
    }
}

extension HTTPFields {
    /// Adds a field name to `Vary`, once.
    mutating func vary(by name: String) {
        guard let present = self[.vary] else {
            self[.vary] = name
            return
        }
        let names = present.split(separator: ",").map { $0.filter { !$0.isWhitespace }.lowercased() }
        if !names.contains(name.lowercased()), !names.contains("*") { self[.vary] = "\(present), \(name)" }
    }
}
