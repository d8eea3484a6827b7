import DomainModel
import Storage

extension RecordSchema {
    /// Conflicts for codes that refer to nothing.
    ///
    /// - Parameters:
    ///   - records: The records.
    ///   - field: The column that holds the codes.
    ///   - known: The codes that exist.
    ///   - codes: The codes that a record refers to.
    /// - Returns: One conflict for each unknown code, with the nearest known ones.
    static func unknownReferences(
        in records: [Settled],
        field: String,
        known: some Sequence<String>,
        codes: (Record) -> [String]
    ) -> [Conflict] {
        let known = Set(known)
        var nearest = NearestMatches(known)
        return records.flatMap { settled in
            codes(settled.record).filter { !known.contains($0) }.map { code in
                settled.place.conflict(.referenceUnknown, field, given: code, nearest: nearest.find(code))
            }
        }
    }

    /// Conflicts for records that are above themselves by way of their parents.
    ///
    /// - Parameters:
    ///   - records: The records.
    ///   - field: The column that names the parent.
    ///   - key: What a record is called among `parents`.
    ///   - parents: The parent of each record, stored ones and those of the file.
    /// - Returns: One conflict for each record in a circle.
    static func circles(
        in records: [Settled],
        field: String,
        key: (Record) -> String,
        parents: [String: String]
    ) -> [Conflict] {
        records.compactMap { settled in
            let start = key(settled.record)
            var path = [start]
            var seen: Set<String> = []
            while let parent = parents[path[path.count - 1]], seen.insert(parent).inserted {
                path.append(parent)
                guard parent == start else { continue }
                let chain = path.joined(separator: " → ")
                let expected = LocalizedText(
                    zh: "不会回到自身的上级；现为 \(chain)",
                    en: "a parent that does not lead back to the record itself; now \(chain)"
                )
                return settled.place.conflict(.fieldInvalid, field, given: path[1], expected: expected)
            }
            return nil
        }
    }
}
