extension Route {
    /// What body a route takes.
    public struct Body: Sendable {
        /// The media types that it may have; empty for none.
        public let mediaTypes: [String]
        /// What a JSON document is decoded to; `nil` for files.
        let type: (any (Decodable & Sendable).Type)?

        /// Whether it fits into memory, and so may be kept with the request.
        var isHeld: Bool { mediaTypes.isEmpty || type != nil }

        /// No body.
        public static let none = Body(mediaTypes: [], type: nil)

        /// A JSON document; the handler reads it with ``APIRequest/body(as:)``.
        public static func json<Value: Decodable & Sendable>(_ type: Value.Type) -> Body {
            Body(mediaTypes: ["application/json"], type: type)
        }

        /// Bytes of one of these media types; the handler reads them with ``APIRequest/bodyStream``.
        public static func file(_ mediaTypes: [String]) -> Body { Body(mediaTypes: mediaTypes, type: nil) }
    }
}
