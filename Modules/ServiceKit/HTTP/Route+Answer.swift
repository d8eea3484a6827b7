public import HTTPTypes

extension Route {
    /// One way in which a route answers when all is well: a status, and what the body is.
    public struct Answer: Sendable {
        /// What the body is.
        enum Content: Sendable {
            case none
            case json(any (Decodable & Sendable).Type)
            case media([String])
        }

        /// The status.
        public let status: HTTPResponse.Status
        let content: Content

        /// A value as JSON.
        ///
        /// - Parameters:
        ///   - type: What the handler hands to ``APIResponse/json(_:status:headers:)``; its schema is found by decoding,
        ///     see ``SchemaDescribing``.
        ///   - status: 200 unless given.
        /// - Returns: The answer.
        public static func json<Value: Codable & Sendable>(
            _ type: Value.Type,
            status: HTTPResponse.Status = .ok
        ) -> Answer {
            Answer(status: status, content: .json(type))
        }

        /// Bytes of one of these media types, without parameters; `*/*` for any.
        public static func media(_ types: [String], status: HTTPResponse.Status = .ok) -> Answer {
            Answer(status: status, content: .media(types))
        }

        /// No body.
        public static func empty(_ status: HTTPResponse.Status = .noContent) -> Answer {
            Answer(status: status, content: .none)
        }

        /// The media types of the body, without parameters.
        var mediaTypes: [String] {
            switch content {
            case .none: []
            case .json: ["application/json"]
            case .media(let types): types
            }
        }
    }
}
