import HTTPTypes
import NIOCore

/// The description of an API as OpenAPI 3.1 has it, made from the declarations of its routes.
///
/// Source: OpenAPI Specification 3.1.1; schemas are of JSON Schema 2020-12.
struct OpenAPIDocument {
    private let title: String
    private let version: String
    private let manifests: [PluginManifest]
    private let book = SchemaBook()
    private var paths: [(String, [(String, JSONNode)])] = []
    private var chosen: [String: JSONNode] = [:]

    /// Describes routes.
    ///
    /// - Throws: ``SchemaBook/Indescribable`` when a type of a route cannot be described.
    init(title: String, version: String, manifests: [PluginManifest], routes: [Route]) throws {
        self.title = title
        self.version = version
        self.manifests = manifests
        ProblemSchema.add(to: book)
        for route in routes {
            if route.takesFields, let type = route.answers.lazy.compactMap(\.chosenType).first {
                chosen[route.path] = try book.schema(of: type)
            }
            let operation = (route.method.rawValue.lowercased(), try OperationNode(route, book).node)
            // Templates of one shape are one path to OpenAPI, whatever their parameters are called.
            if let index = paths.firstIndex(where: { $0.0 == route.path }) {
                paths[index].1.append(operation)
            } else {
                paths.append((route.path, [operation]))
            }
        }
    }

    /// Which members the answers of the routes have.
    var fieldRules: FieldRules { FieldRules(schemas: book.schemas, types: chosen) }

    /// The document, in UTF-8.
    var bytes: ByteBuffer { node.bytes }

    private var node: JSONNode {
        [
            "openapi": "3.1.1",
            "info": [
                "title": .string(title),
                "version": .string(version),
                "description": .string(Self.introduction + manifests.map { "\n- \($0.name): \($0.summary)" }.joined()),
                "x-description-zh": .string(Self.introductionZh),
            ],
            "servers": [["url": "/"]],
            "security": [["bearer": []]],
            "paths": .object(of: paths.map { ($0.0, .object(of: $0.1)) }),
            "components": [
                "schemas": .object(of: book.schemas.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }),
                "headers": HeaderNodes.components,
                "securitySchemes": [
                    "bearer": [
                        "type": "http", "scheme": "bearer",
                        "description": "An API token, or a JWT of the configured issuer.",
                    ]
                ],
            ],
        ]
    }

    private static let introduction = """
        Errors are problem details (RFC 9457) with a stable `code`; docs/errors.md explains each. Unknown parameters and \
        unknown members of bodies are refused. Texts follow `Accept-Language` (en, zh).

        """

    private static let introductionZh = """
        错误以 RFC 9457 问题详情返回，带固定的 code，详见 docs/errors.md。未知参数与请求体中的未知成员一律拒绝。文字随 Accept-Language（en、zh）。
        """
}
