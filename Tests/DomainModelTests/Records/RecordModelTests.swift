import DomainModel
import Testing

@Suite("the model of records")
struct RecordModelTests {
    private static let model = RecordModel.standard

    @Test("codes are well formed, and no field stands twice", arguments: RegistryKind.allCases)
    func codes(kind: RegistryKind) {
        let codes = Self.model.fields(of: kind).map(\.code)
        #expect(!codes.isEmpty)
        #expect(Set(codes).count == codes.count)
        #expect(codes.allSatisfy { FieldDefinition.isCode($0) && !$0.hasPrefix(RecordModel.customPrefix) })
        for name in RecordModel.names(of: kind) { #expect(Self.model.field(name, of: kind)?.type == .text) }
        #expect(Self.model.field("region", of: kind)?.type == .region)
    }

    @Test("kinds of statements are well formed", arguments: RecordModel.standard.statements)
    func statements(definition: StatementDefinition) {
        #expect(FieldDefinition.isCode(definition.code))
        #expect(!definition.subjects.isEmpty)
        #expect(definition.needsObject == false || !definition.objects.isEmpty)
        #expect(definition.vocabulary == nil || definition.choices.isEmpty)
        #expect(definition.slot != .object && definition.slot != .pair || !definition.objects.isEmpty)
        #expect(definition.slot != .term && definition.slot != .pair || definition.hasTerm)
        #expect(definition.shares != .term || definition.hasTerm)
        let codes = definition.fields.map(\.code)
        #expect(Set(codes).count == codes.count && codes.allSatisfy(FieldDefinition.isCode))
    }

    /// A20 and A21 are counts over what the others ask for.
    @Test("every requirement of talents and enterprises is asked for by a definition, but for those that only count")
    func requirements() {
        let fields = Self.model.fields.values.flatMap(\.self) + Self.model.statements.flatMap(\.fields)
        let sources = fields.map(\.source) + Self.model.statements.map(\.source)
        let met = Set(sources.flatMap { $0.split(separator: " ").map(String.init) })
        let wanted = [("A", 24), ("B", 40)].flatMap { group, last in
            (1...last).map { "\(group)\($0 < 10 ? "0" : "")\($0)" }
        }
        #expect(wanted.filter { !met.contains($0) } == ["A20", "A21"])
    }

    @Test("every definition says what it holds")
    func types() {
        let all = Self.model.fields.values.flatMap(\.self) + Self.model.statements.flatMap(\.fields)
        for field in all {
            #expect((field.type == .term) == (field.vocabulary != nil), "\(field.code)")
            #expect((field.type == .choice) == !field.choices.isEmpty, "\(field.code)")
            #expect((field.type == .identifier) == (field.identifier != nil), "\(field.code)")
            #expect(!field.label.zh.isEmpty && !field.label.en.isEmpty && !field.source.isEmpty, "\(field.code)")
        }
        let statements = Self.model.statements.map(\.code)
        #expect(Set(statements).count == statements.count)
    }

    @Test("documents, telephones, mail, addresses and accounts are sealed")
    func privacy() {
        let sealed = ["resident_id", "passport", "residence_card", "telephone", "mail", "address", "bank_account"]
        for code in sealed { #expect(Self.model.field(code, of: .talent)?.privacy == .sealed, "\(code)") }
        #expect(Self.model.field("birth_date", of: .talent)?.privacy == .personal)
        #expect(Self.model.field("contact_telephone", of: .enterprise)?.privacy == .sealed)
        let mistaken = Self.model.fields.values.flatMap(\.self).filter {
            [.mail, .telephone].contains($0.type) && $0.privacy != .sealed
        }
        #expect(mistaken.isEmpty)
    }

    @Test("added fields stand beside those that come with the platform")
    func custom() throws {
        let field = FieldDefinition("x_dormitory", "宿舍号", "Dormitory", .integer, source: "office")
        let model = Self.model.adding([.talent: [field]])
        #expect(model.field("x_dormitory", of: .talent) == field)
        #expect(model.field("x_dormitory", of: .team) == nil)
        #expect(model.field("birth_date", of: .talent) != nil)
    }
}
