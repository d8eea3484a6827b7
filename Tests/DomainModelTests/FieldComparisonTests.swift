import DomainModel
import Testing

@Suite("Comparisons of fields")
struct FieldComparisonTests {
    @Test(
        "a comparison is read as it is written, and written as it is read",
        arguments: [
            ("founded_on:gte:2020-01-01", FieldComparison("founded_on", .gte, ["2020-01-01"])),
            ("name_zh:contains:a:b", FieldComparison("name_zh", .contains, ["a:b"])),
            ("degree:in:doctor,master", FieldComparison("degree", .in, ["doctor", "master"])),
            ("sex:empty", FieldComparison("sex", .empty)),
        ]
    )
    func reading(text: String, expected: FieldComparison) {
        #expect(FieldComparison(text) == expected)
        #expect(expected.text == text)
    }

    @Test(
        "other forms are refused",
        arguments: ["", "sex", "sex:male", "sex:eq", "sex:eq:", "sex:empty:x", "Sex:eq:male", "sex:like:m", "sex:in:,"]
    )
    func refused(text: String) {
        #expect(FieldComparison(text) == nil)
    }

    @Test("a field about a person is compared with nothing, one of many values only as a whole")
    func operators() throws {
        let fields = RecordModel.standard.fields(of: .talent)
        for field in fields where field.privacy.isHidden { #expect(field.operators.isEmpty, "\(field.code)") }
        let many = try #require(fields.first { $0.isMany && !$0.privacy.isHidden })
        #expect(Set(many.operators) == [.eq, .ne, .in, .empty, .given])
        let date = try #require(RecordModel.standard.field("founded_on", of: .organisation))
        #expect(date.operators.contains(.lt) && !date.operators.contains(.contains))
    }
}
