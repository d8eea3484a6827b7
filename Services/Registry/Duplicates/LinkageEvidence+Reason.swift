import DomainModel
import RecordLinkage

extension LinkageEvidence {
    /// The evidence in words.
    var reason: DuplicateReason {
        let (name, how) = (feature.title, level.title)
        return DuplicateReason(
            feature: feature.rawValue,
            level: level.rawValue,
            // A hundredth of a bit is more than anybody can read from it.
            weight: (weight * 100).rounded() / 100,
            text: LocalizedText(zh: "\(name.zh)\(how.zh)", en: "\(name.en): \(how.en)")
        )
    }
}

extension LinkageFeature {
    fileprivate var title: LocalizedText {
        switch self {
        case .name: LocalizedText(zh: "名称", en: "name")
        case .birth: LocalizedText(zh: "出生日期", en: "date of birth")
        case .gender: LocalizedText(zh: "性别", en: "sex")
        case .residentNumber: LocalizedText(zh: "公民身份号码", en: "resident identity number")
        case .travelDocument: LocalizedText(zh: "护照等证件", en: "passport or permit")
        case .scholarIdentifier: LocalizedText(zh: "学者标识", en: "scholar's identifier")
        case .creditCode: LocalizedText(zh: "统一社会信用代码", en: "unified social credit code")
        case .telephone: LocalizedText(zh: "电话", en: "telephone")
        case .mail: LocalizedText(zh: "邮箱", en: "mail")
        case .employer: LocalizedText(zh: "任职单位", en: "employer")
        case .school: LocalizedText(zh: "毕业院校", en: "place of education")
        case .representative: LocalizedText(zh: "法定代表人", en: "legal representative")
        case .address: LocalizedText(zh: "地址", en: "address")
        case .region: LocalizedText(zh: "地区", en: "region")
        }
    }
}

extension LinkageLevel {
    fileprivate var title: LocalizedText {
        switch self {
        case .same: LocalizedText(zh: "相同", en: "the same")
        case .readsAlike: LocalizedText(zh: "同音", en: "reads alike")
        case .near: LocalizedText(zh: "相近", en: "nearly the same")
        case .different: LocalizedText(zh: "不同", en: "different")
        }
    }
}
