extension RecordModel {
    /// Whether a field takes part in ``contradictions(in:of:)``.
    public func mayContradict(_ code: String, of kind: RegistryKind) -> Bool {
        code == "birth_date" || field(code, of: kind)?.identifier == .residentIdentity
    }

    /// What the values of one record say against each other.
    ///
    /// - Parameters:
    ///   - attributes: Checked values, personal ones in the clear.
    ///   - kind: The kind of record.
    /// - Returns: What is wrong; no value stands in it.
    public func contradictions(in attributes: Attributes, of kind: RegistryKind) -> [Conflict] {
        guard let birth = attributes["birth_date"]?.text.flatMap({ CivilDate(iso: $0) }) else { return [] }
        let numbers = fields(of: kind).filter { $0.identifier == .residentIdentity }
            .compactMap { attributes[$0.code]?.text }
        let isOther = numbers.contains { number in
            // The day on which a number is read matters to births to come alone.
            let read = try? ResidentIdentityNumber(reading: Array(number.utf8), on: .latestKnown)
            return read.map { $0.birthDate != birth } ?? false
        }
        return isOther ? [Conflict(code: .birthDateContradicts, field: "birth_date")] : []
    }
}

extension CivilDate {
    /// A day that no date of birth lies after.
    fileprivate static let latestKnown = CivilDate(year: 9_999, month: 12, day: 31) ?? CivilDate(daysSince1970: 0)
}
