import NIOCore

/// `/openapi.json`: what the routes before it declare, and itself.
enum OpenAPIRoute {
    private static let mediaType = "application/json"

    /// Declares the route, last of all.
    ///
    /// - Returns: Which members the answers of all routes have.
    /// - Throws: ``SchemaBook/Indescribable`` when a type of a route cannot be described: the host does not start.
    static func mount(on api: APIRouter, title: String, manifests: [PluginManifest]) throws -> FieldRules {
        let itself = APIRouter()
        declare(on: itself, ByteBuffer())
        let document = try OpenAPIDocument(
            title: title,
            version: PlatformVersion.current,
            manifests: manifests,
            routes: api.routes + itself.routes
        )
        declare(on: api, document.bytes)
        return document.fieldRules
    }

    private static func declare(on api: APIRouter, _ document: ByteBuffer) {
        api.get(
            "/openapi.json",
            summary: "This API as OpenAPI 3.1",
            zh: "本接口的 OpenAPI 3.1 描述",
            permission: .public,
            answers: [.media([mediaType])],
            problems: []
        ) { _ in .bytes(document, contentType: mediaType) }
    }
}
