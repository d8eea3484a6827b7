/// An innovation platform (创新平台): laboratory, incubator, accelerator, park, public-service platform.
public struct InnovationPlatform: Sendable, Hashable, Codable {
    /// Code, unique among platforms.
    public let code: String
    /// Name, in both languages.
    public let name: LocalizedText
    /// Term of the vocabulary `platform_type`.
    public let type: String
    /// The organisation that runs it.
    public let host: String
    /// The region that it lies in; absent when it lies in none of the register, for example abroad.
    public let region: String?
    /// What it works on.
    public let researchFocus: String
    /// Its state as printed: operating, building, planned, ….
    public let status: String
    /// Where it was printed.
    public let source: Source

    /// Makes a platform of its parts.
    public init(
        code: String,
        name: LocalizedText,
        type: String,
        host: String,
        region: String?,
        researchFocus: String,
        status: String,
        source: Source
    ) {
        self.code = code
        self.name = name
        self.type = type
        self.host = host
        self.region = region
        self.researchFocus = researchFocus
        self.status = status
        self.source = source
    }
}
