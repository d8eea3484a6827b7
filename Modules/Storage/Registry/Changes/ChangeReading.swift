import DomainModel
import PostgresClient

/// Finds out what writes have changed of records: which fields, on whatever day, and which statements.
struct ChangeReading {
    private let connection: PostgresConnection

    init(_ connection: PostgresConnection) { self.connection = connection }

    /// What is believed of a record, before and after a write.
    private struct Beliefs {
        var before: [RecordTimeline.Version] = []
        var after: [RecordTimeline.Version] = []

        /// The fields that are otherwise on some day, `state` among them.
        var fields: [String] {
            let versions = before + after
            let codes = versions.reduce(into: Set<String>()) { $0.formUnion($1.attributes.keys) }
            var found = codes.filter { code in
                Self.course(before) { $0.attributes[code] } != Self.course(after) { $0.attributes[code] }
            }
            if Self.course(before, { $0.state }) != Self.course(after, { $0.state }) { found.insert("state") }
            return found.sorted()
        }

        private struct Step<Value: Equatable>: Equatable {
            let from: CivilDate?
            let value: Value?
        }

        /// From which days a field has which values.
        private static func course<Value: Equatable>(
            _ versions: [RecordTimeline.Version],
            _ value: (RecordTimeline.Version) -> Value?
        ) -> [Step<Value>] {
            var steps: [Step<Value>] = []
            for version in versions {
                let value = value(version)
                if steps.last?.value != value { steps.append(Step(from: version.from, value: value)) }
            }
            return steps
        }
    }

    /// The changes of records that writes have touched, in the same order.
    func read(_ touched: [RecordChangeStore.Touched]) async throws -> [RecordChange] {
        if touched.isEmpty { return [] }
        let beliefs = try await beliefs(of: touched)
        let statements = try await statements(of: touched)
        return zip(touched, zip(beliefs, statements)).map { touched, found in
            let (beliefs, statements) = found
            let fields = beliefs.fields
            let verb: RecordChange.Verb =
                switch touched.ending {
                case .merged: .merged
                case .erased: .erased
                default:
                    if beliefs.before.isEmpty, !beliefs.after.isEmpty {
                        .created
                    } else if !beliefs.before.isEmpty, beliefs.after.isEmpty {
                        .withdrawn
                    } else {
                        fields.isEmpty && !statements.isEmpty ? .said : .changed
                    }
                }
            return RecordChange(
                key: touched.key,
                kind: touched.kind,
                verb: verb,
                version: touched.recording,
                recorded: touched.recorded,
                fields: fields,
                statements: statements
            )
        }
    }

    private func beliefs(of touched: [RecordChangeStore.Touched]) async throws -> [Beliefs] {
        var found = [Beliefs](repeating: Beliefs(), count: touched.count)
        let rows = try await connection.query(
            """
            /* registry.change.versions */
            SELECT write.place, v.valid_from::text, v.state, v.attributes::text, v.recorded_by < write.recording,
                v.superseded_by IS NULL OR v.superseded_by > write.recording
            FROM unnest(\(touched.map(\.record))::bigint[], \(touched.map(\.recording))::bigint[])
                WITH ORDINALITY AS write (record, recording, place)
            JOIN registry.record_version v ON v.record_id = write.record AND v.recorded_by <= write.recording
                AND (v.superseded_by IS NULL OR v.superseded_by >= write.recording)
            ORDER BY write.place, v.valid_from
            """
        )
        for row in rows {
            let (place, from, state, attributes, isBefore, isAfter) = try row.decode(
                (Int64, String, String, String, Bool, Bool).self
            )
            let version = RecordTimeline.Version(
                from: try CivilDate.stored(first: from),
                state: try stored(RecordState.self, state),
                attributes: try Attributes.stored(attributes)
            )
            if isBefore { found[Int(place) - 1].before.append(version) }
            if isAfter { found[Int(place) - 1].after.append(version) }
        }
        return found
    }

    private func statements(of touched: [RecordChangeStore.Touched]) async throws -> [[Int64]] {
        var found = [[Int64]](repeating: [], count: touched.count)
        let rows = try await connection.query(
            """
            /* registry.change.statements */
            SELECT write.place, array_agg(DISTINCT s.number ORDER BY s.number)
            FROM unnest(\(touched.map(\.record))::bigint[], \(touched.map(\.recording))::bigint[])
                WITH ORDINALITY AS write (record, recording, place)
            JOIN registry.statement s ON s.subject_id = write.record
                AND (s.recorded_by = write.recording OR s.superseded_by = write.recording)
            GROUP BY write.place
            """
        )
        for row in rows {
            let (place, numbers) = try row.decode((Int64, [Int64]).self)
            found[Int(place) - 1] = numbers
        }
        return found
    }
}
