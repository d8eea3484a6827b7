public import DomainModel
public import PostgresClient

/// Keeps lists that people have named. Row-level security leaves out those that are not the caller's to see.
public struct SavedListStore {
    private let connection: PostgresConnection

    /// Uses a connection; the caller decides on the transaction, in whose name it reads and writes.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Makes a list of the owner's, or changes the one of the number.
    ///
    /// - Returns: Its number; `nil` when there is none of the number that is the owner's.
    /// - Throws: `PostgresError`: a unique violation when the owner has another list of the name, a violated foreign key
    ///   for a role that there is not.
    public func put(_ order: SavedListOrder, _ id: Int64? = nil, owner: String, at now: Instant) async throws -> Int64?
    {
        let question = try order.question.map { try CanonicalJSON.text($0) }
        let role = order.sharing == .role ? order.role : nil
        let row =
            if let id {
                try await connection.queryOne(
                    """
                    /* registry.savedList.change */ UPDATE registry.saved_list SET name = \(order.name),
                        sharing = \(order.sharing.rawValue), role = \(role), question = \(question)::text::jsonb,
                        keys = \(order.keys)::text[], changed_at = \(PostgresTimestamp(now))
                    WHERE id = \(id) AND owner = \(owner) RETURNING id
                    """
                )
            } else {
                try await connection.queryOne(
                    """
                    /* registry.savedList.make */ INSERT INTO registry.saved_list (
                        owner, name, sharing, role, question, keys, changed_at
                    ) VALUES (
                        \(owner), \(order.name), \(order.sharing.rawValue), \(role), \(question)::text::jsonb,
                        \(order.keys)::text[], \(PostgresTimestamp(now))
                    ) RETURNING id
                    """
                )
            }
        return try row?.decode(Int64.self)
    }

    /// Removes a list.
    ///
    /// - Returns: Whether there was one of the number that is the owner's.
    public func remove(_ id: Int64, owner: String) async throws -> Bool {
        try await connection.execute(
            "/* registry.savedList.remove */ DELETE FROM registry.saved_list WHERE id = \(id) AND owner = \(owner)"
        ) > 0
    }

    /// A list by its number.
    public func find(_ id: Int64) async throws -> SavedList? {
        try await connection.queryOne(
            """
            /* registry.savedList.byNumber */ SELECT \(unescaped: Self.columns) FROM registry.saved_list list
            WHERE list.id = \(id)
            """
        ).map(Self.list)
    }

    /// Lists in the order of their numbers.
    public func list(_ question: ListQuestion) async throws -> Page<SavedList> {
        try await Listing(
            marker: "registry.savedList.list",
            columns: Self.columns,
            tables: "registry.saved_list list",
            key: [Listing.Key(column: "list.id", type: "bigint")]
        ).page(question, where: ListConditions(), on: connection, cursor: { String($0.id) }, read: Self.list)
    }

    private static let columns = """
        list.id, list.owner, list.name, list.sharing, list.role, list.question::text, list.keys, list.changed_at
        """

    private static func list(_ row: PostgresRow) throws -> SavedList {
        let (id, owner, name, sharing, role, question, keys, changed) = try row.decode(
            (Int64, String, String, String, String?, String?, [String]?, PostgresTimestamp).self
        )
        let order = SavedListOrder(
            name: name,
            sharing: try stored(SavedListOrder.Sharing.self, sharing),
            role: role,
            question: try question.map { try CanonicalJSON.decode(SavedListOrder.Question.self, from: $0) },
            keys: keys
        )
        return SavedList(id: id, owner: owner, order: order, changedAt: Instant(changed))
    }
}
