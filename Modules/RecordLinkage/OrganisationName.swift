/// The part of an organisation's name that is its own.
///
/// A registered name has four parts: place, own name 字号, trade, form of organisation; people leave out the first and
/// the last, and put the place into brackets in the middle.
///
/// Source: 企业名称登记管理规定 (State Council, revised 2020), article 6.
public enum OrganisationName {
    /// Own name and trade, without place in brackets and form of organisation.
    ///
    /// - Parameters:
    ///   - name: A name, folded (half-width brackets).
    ///   - places: Names of places that are left out at the beginning, the longest match first: `浙江省杭州市`, `杭州`.
    /// - Returns: What is left; the whole name when less than two characters would be.
    public static func core(_ name: String, places: [String] = []) -> String {
        var rest = withoutBrackets(name)
        for form in forms where rest.hasSuffix(form) {
            rest.removeLast(form.count)
            break
        }
        while let place = places.filter({ rest.hasPrefix($0) }).max(by: { $0.count < $1.count }), !place.isEmpty {
            rest.removeFirst(place.count)
        }
        return rest.count >= 2 ? rest : name
    }

    /// The longest first, since one ends in the other.
    private static let forms = [
        "股份有限责任公司", "集团股份有限公司", "有限责任公司", "股份有限公司", "集团有限公司", "有限合伙企业", "普通合伙企业",
        "个人独资企业", "股份公司", "有限公司", "分公司", "合伙企业", "集团", "公司",
    ]

    private static func withoutBrackets(_ name: String) -> String {
        var depth = 0
        var rest = ""
        for character in name {
            switch character {
            case "(", "（": depth += 1
            case ")", "）": depth = max(0, depth - 1)
            default: if depth == 0 { rest.append(character) }
            }
        }
        return rest
    }
}
