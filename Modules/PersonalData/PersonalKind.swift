/// What a sealed field holds: decides how it is compared and how much of it is shown.
public enum PersonalKind: String, Sendable, CaseIterable, Codable {
    /// Resident identity number 居民身份证号码 (GB 11643).
    case residentNumber
    /// Passport or permanent residence permit 护照、永久居留身份证.
    case travelDocument
    /// Telephone 电话.
    case telephone
    /// Mail address 电子邮箱.
    case mail
    /// Postal address 住址.
    case address
    /// Account at a bank 银行账号.
    case bankAccount
    /// Anything else: nothing of it is shown.
    case other
}
