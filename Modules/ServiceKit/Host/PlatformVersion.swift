/// The version of the platform: one for all hosts and tools of a release.
public enum PlatformVersion {
    /// Semantic version.
    public static let current = "0.1.0"
}
