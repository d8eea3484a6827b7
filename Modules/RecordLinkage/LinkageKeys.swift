/// The keys under which possible duplicates meet: only records that share one are compared.
///
/// Two records that are one share a key unless every identifying value was written wrong in both.
public enum LinkageKeys {
    /// The keys of a person: each identifier, telephone and mail; name with year of birth; reading with date of birth;
    /// name with employer.
    public static func person(_ profile: LinkageProfile) -> [String] {
        let values = profile.values
        let names = values[.name] ?? []
        let births = values[.birth] ?? []
        var keys = identifying(values, [.residentNumber, .travelDocument, .scholarIdentifier, .telephone, .mail])
        for name in names {
            keys += births.map { "ny:\(name)|\($0.prefix(4))" }
            keys += (values[.employer] ?? []).map { "ne:\(name)|\($0)" }
            // Without either, the name alone: else it would meet nobody.
            if births.isEmpty, values[.employer] == nil { keys.append("n:\(name)") }
        }
        for reading in profile.readings { keys += births.filter { $0.count == 10 }.map { "rb:\(reading)|\($0)" } }
        return Array(Set(keys)).sorted()
    }

    /// The keys of an organisation: credit code, its middle nine characters (organisation code), core of the name,
    /// its reading, telephone, mail, address with representative.
    public static func organisation(_ profile: LinkageProfile, cores: [String]) -> [String] {
        let values = profile.values
        var keys = identifying(values, [.creditCode, .telephone, .mail])
        keys += (values[.creditCode] ?? []).filter { $0.count == 18 }.map { "oc:\($0.dropFirst(8).prefix(9))" }
        keys += cores.map { "c:\($0)" }
        keys += profile.readings.map { "r:\($0)" }
        for address in values[.address] ?? [] {
            keys += (values[.representative] ?? []).map { "ar:\(address)|\($0)" }
        }
        return Array(Set(keys)).sorted()
    }

    private static func identifying(_ values: [LinkageFeature: [String]], _ features: [LinkageFeature]) -> [String] {
        features.flatMap { feature in (values[feature] ?? []).map { "\(feature.rawValue):\($0)" } }
    }
}
