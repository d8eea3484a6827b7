import DomainModel
import Foundation
import PlatformClient
import PostgresClient
import ServiceKit
import Testing

/// Fields that an office adds, through the live service.
@Suite("Fields of an office's own", .timeLimit(.minutes(5)))
struct CustomFieldTests {
    @Test("a field is added, typed, filled and filtered by")
    func custom() async throws {
        struct FieldOrder: Encodable {
            let kind: String
            let field: FieldDefinition
        }
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            let field = FieldDefinition(
                "x_room",
                "房间",
                "Room",
                .integer,
                range: (ExactDecimal(1), nil),
                source: "office"
            )
            let order = FieldOrder(kind: "talent", field: field)
            let added: FieldDefinition = try await client.post("/v1/record-model/fields", body: order)
            #expect(added == field)
            let again = await Sent.refusal {
                try await client.post("/v1/record-model/fields", body: order, as: FieldDefinition.self)
            }
            #expect(again?.code == "FIELD_TAKEN")
            let bad = FieldDefinition("room", "", "Room", .mail, isRequired: true, source: "office")
            let refused = await Sent.refusal {
                try await client.post(
                    "/v1/record-model/fields",
                    body: FieldOrder(kind: "talent", field: bad),
                    as: FieldDefinition.self
                )
            }
            #expect(
                refused?.member("conflicts", as: [Conflict].self)?.compactMap(\.field)
                    == ["code", "label", "isRequired", "privacy"]
            )
            for room in [Int64(1), 2] {
                let order = Sent.Record(key: "p\(room)", attributes: ["name_zh": .text("甲"), "x_room": .integer(room)])
                _ = try await client.post("/v1/talents", body: order, as: RegistryRecord.self)
            }
            let zero = Sent.Record(attributes: ["name_zh": .text("甲"), "x_room": .integer(0)])
            let low = await Sent.refusal { try await client.post("/v1/talents", body: zero, as: RegistryRecord.self) }
            #expect(Sent.codes(low) == [.fieldOutOfRange])
            let found: Page<RegistryRecord> = try await client.get("/v1/talents", query: ["field": "x_room:2"])
            #expect(found.items.map(\.key) == ["p2"])
            let unknown = await Sent.refusal { try await client.bytes("/v1/talents", query: ["field": "x_rom:2"]) }
            #expect(unknown?.code == "PARAMETER_INVALID" && unknown?.detail.en.contains("x_room") == true)
        }
    }
}
