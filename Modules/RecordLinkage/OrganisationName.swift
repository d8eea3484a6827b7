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
    ///   - places: Names of places that are left out at the beginning, the longest match first: `浙江省杭州市`, `杭州`. The
    ///     place belongs to the own name of what is no firm: 浙江大学 is not 西湖大学.
    /// - Returns: What is left; the whole name when less than two characters would be.
    public static func core(_ name: String, places: [String] = []) -> String {
        var rest = withoutBrackets(name)
        for form in forms where rest.hasSuffix(form) {
            rest.removeLast(form.count)
            break
        }
        if bodies.contains(where: rest.hasSuffix) { return rest }
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

    /// What names of bodies end with that are no firms.
    private static let bodies = [
        "大学", "学院", "学校", "中学", "小学", "医院", "研究院", "研究所", "科学院", "实验室", "银行", "委员会", "协会", "学会", "商会",
        "博物馆", "图书馆", "局",
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
