import DomainModel
import Testing

@testable import ceyuan

@Suite("Filters of a command line")
struct FilterArgumentTests {
    @Test(
        "signs are the operators of the service",
        arguments: [
            ("sex=male", "sex:eq:male"), ("sex!=male", "sex:ne:male"), ("sex=male|female", "sex:in:male,female"),
            ("founded_on<2020-01-01", "founded_on:lt:2020-01-01"), ("founded_on<=2020", "founded_on:lte:2020"),
            ("area>1.5", "area:gt:1.5"), ("area>=1.5", "area:gte:1.5"), ("name_en~Ltd=", "name_en:contains:Ltd="),
            ("sex=", "sex:empty"), ("sex!=", "sex:given"), ("name_zh=甲,乙", "name_zh:eq:甲,乙"),
        ]
    )
    func signs(argument: String, text: String) {
        #expect(FilterArgument(argument: argument)?.comparison.text == text)
    }

    @Test("what has no sign, field or value is refused", arguments: ["sex", "=male", "Sex=male", "area>", "a=b|c,d"])
    func refused(argument: String) {
        #expect(FilterArgument(argument: argument) == nil)
    }
}
