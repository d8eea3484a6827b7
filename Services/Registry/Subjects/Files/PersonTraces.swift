import DomainModel
import PersonalData
import ServiceKit
import Storage

/// What tells whether a row of a file is about a person: keyed hashes of numbers that nobody else has, and of names.
///
/// They outlive the values by the time that the work takes, so that nothing stands in the clear meanwhile.
struct PersonTraces: Sendable {
    private let index: BlindIndex

    /// Hashes by the keys of personal data; where there are none, nothing is sealed, and a key of the erasure's own does.
    ///
    /// - Returns: `nil` when there is neither.
    init?(_ vault: KeyVault?, salt: [UInt8]?) {
        if let vault {
            index = BlindIndex(vault.masters)
        } else if let salt {
            index = BlindIndex(key: salt)
        } else {
            return nil
        }
    }

    /// A new key for an erasure on a host without keys of personal data; `nil` on others.
    static func salt(_ vault: KeyVault?) -> [UInt8]? {
        vault == nil ? (0..<32).map { _ in UInt8.random(in: .min ... .max) } : nil
    }

    /// Whether a value of a field belongs to one person alone.
    static func tells(_ field: FieldDefinition) -> Bool {
        field.identifiesPerson || (field.type == .identifier && field.privacy != .sealed)
    }

    /// A number of a person, in any spelling that a file may have.
    func number(_ text: String, _ field: FieldDefinition, _ place: SealedPlace) -> BlindEntry {
        let name = place.name(of: field.code)
        return BlindEntry(field: name, hash: index.hash(text, field: name, kind: field.personalKind))
    }

    /// A name of a person.
    func name(_ text: String) -> BlindEntry {
        let text = String(text.filter { !$0.isWhitespace })
        return BlindEntry(field: "name", hash: index.hash(text, field: "name", kind: .other))
    }
}

extension PersonTraces {
    /// What is and was known of a person that tells rows about them.
    struct Known {
        var traces: Set<BlindEntry> = []
        /// The names in the clear.
        var names: Set<String> = []
    }

    /// Collects what tells rows about a person, before it is erased.
    ///
    /// - Parameters:
    ///   - members: The records.
    ///   - kind: What they are.
    ///   - work: The write; values that its keys do not open tell nothing.
    /// - Returns: The traces.
    /// - Throws: `PostgresError`; `StorageError`.
    func collect(_ members: [ErasureStore.Member], _ kind: RegistryKind, _ work: RecordWork) async throws -> Known {
        let (model, vault, ids) = (work.model, work.sealing.vault, members.map(\.id))
        let wrapped = try await RecordKeyStore(work.unit.connection).keys(of: ids)
        let names = Dictionary(uniqueKeysWithValues: members.map { ($0.id, Sealer.name(of: kind, $0.key)) })
        let sealer = vault.map { Sealer($0.masters, model) }
        var known = Known()
        for part in try await ErasureStore(work.unit.connection).everything(of: ids) {
            let place = part.statement.map { SealedPlace.statement($0) } ?? .record(kind)
            var attributes = part.attributes
            if let sealer, let own = wrapped[part.record], let name = names[part.record],
                let key = try? KeyVault.open(own, of: name, with: vault)
            {
                attributes = sealer.open(attributes, place, by: key)
            }
            for field in place.fields(in: model) where Self.tells(field) {
                for text in attributes[field.code]?.texts ?? [] where !text.hasPrefix(FieldDefinition.sealedMark) {
                    known.traces.insert(number(text, field, place))
                }
            }
            guard part.statement == nil else { continue }
            for code in RecordModel.names(of: kind) {
                for text in attributes[code]?.texts ?? [] {
                    known.names.insert(text)
                    known.traces.insert(name(text))
                }
            }
        }
        return known
    }
}

extension AttributeValue {
    /// The texts of a value: of each in a list.
    var texts: [String] {
        if case .list(let values) = self { values.map(\.spelling) } else { [spelling] }
    }
}
