extension CountingRule {
    /// The rules that come with the platform, by measure.
    ///
    /// Indicators that the registry cannot count yet have none: granted inventions (patents do not say their kind), frontier
    /// projects (projects do not say whether they are basic research).
    public static let standard: [CountingRule] = talent + enterprise + platform + achievement
}
