public import DomainModel
public import PostgresClient

/// Reads the facts that rules have derived.
public struct DerivedFactStore {
    let connection: PostgresConnection

    /// Uses a connection; the caller decides on the transaction, whose regions bound what is found.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Which facts are asked for; absent members do not restrict.
    public struct Filter: Sendable {
        /// What sort of conclusion.
        public var sort: DerivedFact.Sort?
        /// What it says.
        public var term: String?
        /// The code of the rule, without its version.
        public var rule: String?
        /// The code of a region, with those below it.
        public var region: String?
        /// What the records are.
        public var kind: RegistryKind?
        /// The run whose facts they are; those that stand if absent.
        public var run: RuleRun?
        /// Those that stood by what had been recorded at this instant.
        public var asOf: Instant?
        /// Those that stood by what was judged of this day, or of the last day before it that was judged.
        public var validAt: CivilDate?

        /// Makes a filter of its parts.
        public init(
            sort: DerivedFact.Sort? = nil,
            term: String? = nil,
            rule: String? = nil,
            region: String? = nil,
            kind: RegistryKind? = nil,
            run: RuleRun? = nil,
            asOf: Instant? = nil,
            validAt: CivilDate? = nil
        ) {
            self.sort = sort
            self.term = term
            self.rule = rule
            self.region = region
            self.kind = kind
            self.run = run
            self.asOf = asOf
            self.validAt = validAt
        }
    }

    /// A fact with its place in the list.
    private struct Placed: Codable {
        let fact: DerivedFact
        let record: Int64
    }

    /// Facts in the order of sort, term and record.
    public func list(_ filter: Filter, _ question: ListQuestion) async throws -> Page<DerivedFact> {
        var conditions = ListConditions()
        if let run = filter.run {
            conditions.belongs("fact", to: run)
        } else {
            conditions.stood("fact", asOf: filter.asOf, validAt: filter.validAt)
        }
        conditions.equal("fact.sort", filter.sort?.rawValue)
        conditions.equal("fact.term", filter.term)
        if let rule = filter.rule { conditions.add("split_part(fact.rule, '@', 1) = #", rule) }
        conditions.equal("record.kind", filter.kind?.rawValue)
        if let region = filter.region { conditions.lies(in: region, asOf: filter.asOf, validAt: filter.validAt) }
        let page = try await Listing(
            marker: "registry.derivedFact.list",
            columns: "fact.record_id, record.key, fact.sort, fact.term, fact.rule, fact.grounds::text",
            tables: "registry.derived_fact fact JOIN registry.record ON record.id = fact.record_id",
            key: [
                Listing.Key(column: "fact.sort", type: "text"), Listing.Key(column: "fact.term", type: "text"),
                Listing.Key(column: "fact.record_id", type: "bigint"),
            ]
        ).page(
            question,
            where: conditions,
            on: connection,
            keys: { $0.split(separator: "/").map(String.init) },
            cursor: { (placed: Placed) in "\(placed.fact.sort.rawValue)/\(placed.fact.term)/\(placed.record)" },
            read: Self.placed
        )
        return Page(items: page.items.map(\.fact), next: page.next, total: page.total)
    }

    private static func placed(_ row: PostgresRow) throws -> Placed {
        let (record, key, sort, term, rule, grounds) = try row.decode(
            (Int64, String, String, String, String, String).self
        )
        return Placed(fact: try DerivedFact(key, sort, term, rule, grounds), record: record)
    }
}

extension ListConditions {
    /// The numbers of a region and those below it; `#` stands for its code.
    private static let subtree = """
        ARRAY(
            WITH RECURSIVE subtree (id, code) AS (
                SELECT id, code FROM registry.region WHERE code = #
                UNION
                SELECT child.id, child.code FROM subtree JOIN registry.region child ON child.parent_code = subtree.code
            ) SELECT id FROM subtree
        )
        """

    /// The record of a fact lies in a region or below it: by its last version, unless an instant or a day is named.
    fileprivate mutating func lies(in region: String, asOf: Instant?, validAt: CivilDate?) {
        guard asOf != nil || validAt != nil else {
            return add("record.region_id = ANY (\(Self.subtree))", region)
        }
        let believed = self.believed("v", asOf: asOf)
        let begun = validAt.map { " AND v.valid_from <= \(bind($0.isoText))::text::date" } ?? ""
        add(
            """
            (SELECT v.attributes->>'region' FROM registry.record_version v
            WHERE v.record_id = fact.record_id AND \(believed)\(begun)
            ORDER BY v.valid_from DESC LIMIT 1) = ANY (\(within(region)))
            """
        )
    }

    /// A row of facts is one of a run's.
    mutating func belongs(_ table: String, to run: RuleRun) {
        switch run.purpose {
        case .trial: equal("\(table).first_run", run.id)
        case .standing:
            add("\(table).first_run <= # AND (\(table).until_run IS NULL OR \(table).until_run > #)", run.id)
        }
    }
}

extension DerivedFact {
    /// Makes a fact of its columns.
    init(_ record: String, _ sort: String, _ term: String, _ rule: String, _ grounds: String) throws {
        self.init(
            record: record,
            sort: try stored(Sort.self, sort),
            term: term,
            rule: rule,
            grounds: try CanonicalJSON.decode([Ground].self, from: grounds)
        )
    }
}
