/// What two records of one kind are compared by.
public enum LinkageFeature: String, Sendable, CaseIterable, Codable {
    /// Name 姓名、名称.
    case name
    /// Date of birth 出生日期.
    case birth
    /// Gender 性别.
    case gender
    /// Resident identity number 身份证号码, as a keyed hash.
    case residentNumber
    /// Passport or residence permit 护照等证件, as a keyed hash.
    case travelDocument
    /// ORCID, ISNI or another identifier of a person that he has only one of 学者标识.
    case scholarIdentifier
    /// Unified social credit code 统一社会信用代码.
    case creditCode
    /// Telephone 电话, as a keyed hash.
    case telephone
    /// Mail 邮箱, as a keyed hash.
    case mail
    /// Employers 任职单位.
    case employer
    /// Places of education 毕业院校.
    case school
    /// Legal representative 法定代表人.
    case representative
    /// Address 住所, as a keyed hash.
    case address
    /// Region 地区.
    case region
}
