import DomainModel

/// The names of the domains of plans.
enum DomainText {
    /// The name of a domain; its code where it has none.
    static func text(_ domain: String, _ language: Language) -> String {
        names[domain]?[language] ?? domain
    }

    private static let names: [String: LocalizedText] = [
        "economy": LocalizedText(zh: "经济发展", en: "Economy"),
        "innovation": LocalizedText(zh: "科技创新", en: "Innovation"),
        "industry": LocalizedText(zh: "产业与数字经济", en: "Industry and digital economy"),
        "talent": LocalizedText(zh: "人才", en: "Talent"),
        "livelihood": LocalizedText(zh: "民生福祉", en: "Livelihood"),
        "ecology": LocalizedText(zh: "生态环境", en: "Ecology"),
        "city": LocalizedText(zh: "城市建设", en: "City"),
        "governance": LocalizedText(zh: "治理", en: "Governance"),
        "culture": LocalizedText(zh: "文化体育", en: "Culture and sport"),
    ]
}
