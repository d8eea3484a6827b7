import DomainModel
import HTTPTypes
import NIOCore

/// Which members each route's answers have, for ``Parameter/fields``.
struct FieldRules: Sendable {
    /// What `fields` chooses from, by method and path of the route; the items of pages.
    let schemas: [String: JSONNode]
    let types: [String: JSONNode]

    /// What a request leaves of an answer.
    ///
    /// - Throws: ``Problem`` `PARAMETER_INVALID` for members that there are not.
    func selection(for request: APIRequest) throws -> FieldSelection? {
        guard let text = request.fields, let type = types[request.route.path] else { return nil }
        return try FieldSelection(text, of: type, in: schemas)
    }

    /// The answer with nothing but the chosen members; `next` and `total` of a page stay.
    func apply(_ selection: FieldSelection, to response: APIResponse, of route: Route) throws -> APIResponse {
        guard response.status == .ok, case .bytes(let buffer) = response.body else { return response }
        let whole = try JSONReader.read(buffer.readableBytesView)
        let node: JSONNode
        if route.isPaged, case .object(let members) = whole {
            node = .object(
                members.map { member in
                    member.name == "items"
                        ? JSONNode.Member(name: "items", value: selection.applied(to: member.value)) : member
                }
            )
        } else {
            node = selection.applied(to: whole)
        }
        return .bytes(
            node.bytes,
            contentType: "application/json; charset=utf-8",
            status: response.status,
            headers: response.headers
        )
    }
}

extension Route {
    /// Whether the answer is a page of a list.
    var isPaged: Bool { answers.contains { $0.itemType != nil } }

    /// Whether callers may choose the members of the answer.
    var takesFields: Bool { query.contains { $0.name == Parameter.fields.name } }
}

/// A page, whatever its items.
protocol AnyPage {
    static var itemType: any (Decodable & Sendable).Type { get }
}

extension Page: AnyPage {
    static var itemType: any (Decodable & Sendable).Type { Item.self }
}

extension Route.Answer {
    /// The type of the items, when the answer is a page.
    var itemType: (any (Decodable & Sendable).Type)? {
        guard case .json(let type) = content else { return nil }
        return (type as? any AnyPage.Type)?.itemType
    }

    /// What `fields` chooses from: the items of a page, or the value itself.
    var chosenType: (any (Decodable & Sendable).Type)? {
        guard case .json(let type) = content else { return nil }
        return itemType ?? type
    }
}
