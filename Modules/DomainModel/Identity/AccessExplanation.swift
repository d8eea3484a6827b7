/// Why somebody may do something, or why not.
public struct AccessExplanation: Sendable, Hashable, Codable {
    /// Who is asked about.
    public let principal: String
    /// What they would do.
    public let permission: String
    /// Where: the region asked about, or that of the record; absent when the question names neither, or when the record
    /// lies in no region.
    public let region: String?
    /// The region and those that it is part of, from the inside out.
    public let regionPath: [String]
    /// The record asked about, as `KIND/ID`.
    public let record: String?
    /// The verdict.
    public let isAllowed: Bool
    /// Whether the principal is known, and not disabled.
    public let standing: Standing
    /// What the token says, when the question names one.
    public let token: TokenVerdict?
    /// Every grant of the principal, and whether it allows it.
    public let grants: [GrantVerdict]

    /// How a principal stands.
    public enum Standing: String, Sendable, Codable, CaseIterable {
        /// Known.
        case known
        /// Known, and shut out.
        case disabled
        /// Nobody has the name.
        case unknown
    }

    /// What a token has to do with it.
    public enum TokenVerdict: String, Sendable, Codable, CaseIterable {
        /// It allows what its owner may do here.
        case allows
        /// It is not made for the permission.
        case outOfScope
        /// Its time is over.
        case expired
        /// It was ended.
        case revoked
        /// There is none of that number, or another's.
        case unknown
    }

    /// What a grant has to do with it.
    public enum Reason: String, Sendable, Codable, CaseIterable {
        /// It allows it.
        case allows
        /// Its role does not have the permission.
        case roleLacksPermission
        /// It begins later.
        case notYetValid
        /// It has ended.
        case expired
        /// It was taken back.
        case revoked
        /// It holds for another region.
        case otherRegion
    }

    /// A grant and what it has to do with it.
    public struct GrantVerdict: Sendable, Hashable, Codable {
        /// The grant.
        public let grant: AccessGrant
        /// What it has to do with it.
        public let reason: Reason

        /// Makes a verdict of its parts.
        public init(grant: AccessGrant, reason: Reason) {
            self.grant = grant
            self.reason = reason
        }
    }

    /// Makes an explanation of its parts.
    public init(
        principal: String,
        permission: String,
        region: String?,
        regionPath: [String],
        record: String?,
        isAllowed: Bool,
        standing: Standing,
        token: TokenVerdict?,
        grants: [GrantVerdict]
    ) {
        self.principal = principal
        self.permission = permission
        self.region = region
        self.regionPath = regionPath
        self.record = record
        self.isAllowed = isAllowed
        self.standing = standing
        self.token = token
        self.grants = grants
    }
}
