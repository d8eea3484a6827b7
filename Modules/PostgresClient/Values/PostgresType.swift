/// A PostgreSQL type as the protocol names it: by object identifier (OID).
///
/// The identifiers of built-in types are the same in every database (`pg_type.dat` of the server's source); those of
/// enums, domains and extension types are not, which is why texts are sent without one (see ``inferredText``).
public struct PostgresType: Hashable, Sendable {
    /// The type's OID; 0 lets the server infer it.
    public let oid: UInt32
    /// The OID of the array type over this type; 0 when there is none.
    public let arrayOID: UInt32
    /// The OID written into the header of a binary array of this type.
    let elementOID: UInt32
    let kind: Kind

    /// How the server learns the type, and so the format that values travel in.
    enum Kind: Sendable {
        /// By its OID; binary.
        case named
        /// From the place of the parameter; text.
        case inferredText
        /// From the place of the parameter; binary.
        case composite
        case arrayOfComposite
    }

    /// A type whose values travel in binary format.
    public init(oid: UInt32, arrayOID: UInt32) {
        self.init(oid: oid, arrayOID: arrayOID, elementOID: oid, kind: .named)
    }

    private init(oid: UInt32, arrayOID: UInt32, elementOID: UInt32, kind: Kind) {
        self.oid = oid
        self.arrayOID = arrayOID
        self.elementOID = elementOID
        self.kind = kind
    }

    /// The type of an array of such values; one without an OID where there is none.
    var array: PostgresType {
        switch kind {
        case .composite: .arrayOfComposite
        case .named, .inferredText, .arrayOfComposite: PostgresType(oid: arrayOID, arrayOID: 0)
        }
    }

    /// The OID that stands before a field of this type in a composite value.
    ///
    /// The server compares it with the OID of its own field only where both are of built-in types (server source
    /// `rowtypes.c`, `record_recv`): texts go into `text`, `varchar`, enums and `citext` alike.
    var fieldOID: UInt32 {
        switch kind {
        case .named: oid
        case .inferredText, .composite, .arrayOfComposite: TypeOID.firstUserDefined
        }
    }

    /// Text whose type the server infers from the place of the parameter, so that one Swift `String` serves `text`,
    /// `varchar`, enums, domains, `uuid`, `jsonb` and the like. Arrays of it are `text[]`.
    public static let inferredText = PostgresType(oid: 0, arrayOID: 1009, elementOID: 25, kind: .inferredText)

    /// A composite value, whose type the server infers from the place of the parameter; see
    /// ``PostgresBinaryBuffer/write(fields:)``. Needs a server of version 14 or later.
    public static let composite = PostgresType(
        oid: 0,
        arrayOID: 0,
        elementOID: TypeOID.firstUserDefined,
        kind: .composite
    )

    private static let arrayOfComposite = PostgresType(oid: 0, arrayOID: 0, elementOID: 0, kind: .arrayOfComposite)

    /// `boolean`.
    public static let boolean = PostgresType(oid: 16, arrayOID: 1000)
    /// `bytea`.
    public static let bytea = PostgresType(oid: 17, arrayOID: 1001)
    /// `bigint`, `int8`.
    public static let int8 = PostgresType(oid: 20, arrayOID: 1016)
    /// `smallint`, `int2`.
    public static let int2 = PostgresType(oid: 21, arrayOID: 1005)
    /// `integer`, `int4`.
    public static let int4 = PostgresType(oid: 23, arrayOID: 1007)
    /// `text`.
    public static let text = PostgresType(oid: 25, arrayOID: 1009)
    /// `json`.
    public static let json = PostgresType(oid: 114, arrayOID: 199)
    /// `real`, `float4`.
    public static let float4 = PostgresType(oid: 700, arrayOID: 1021)
    /// `double precision`, `float8`.
    public static let float8 = PostgresType(oid: 701, arrayOID: 1022)
    /// `date`.
    public static let date = PostgresType(oid: 1082, arrayOID: 1182)
    /// `timestamp without time zone`.
    public static let timestamp = PostgresType(oid: 1114, arrayOID: 1115)
    /// `timestamp with time zone`.
    public static let timestamptz = PostgresType(oid: 1184, arrayOID: 1185)
    /// `interval`.
    public static let interval = PostgresType(oid: 1186, arrayOID: 1187)
    /// `numeric`.
    public static let numeric = PostgresType(oid: 1700, arrayOID: 1231)
    /// `uuid`.
    public static let uuid = PostgresType(oid: 2950, arrayOID: 2951)
    /// `pg_lsn`.
    public static let lsn = PostgresType(oid: 3220, arrayOID: 3221)
    /// `jsonb`.
    public static let jsonb = PostgresType(oid: 3802, arrayOID: 3807)

    /// `int4range`.
    public static let int4Range = PostgresType(oid: 3904, arrayOID: 3905)
    /// `numrange`.
    public static let numericRange = PostgresType(oid: 3906, arrayOID: 3907)
    /// `tsrange`.
    public static let timestampRange = PostgresType(oid: 3908, arrayOID: 3909)
    /// `tstzrange`.
    public static let timestamptzRange = PostgresType(oid: 3910, arrayOID: 3911)
    /// `daterange`.
    public static let dateRange = PostgresType(oid: 3912, arrayOID: 3913)
    /// `int8range`.
    public static let int8Range = PostgresType(oid: 3926, arrayOID: 3927)
    /// `int4multirange`.
    public static let int4Multirange = PostgresType(oid: 4451, arrayOID: 6150)
    /// `nummultirange`.
    public static let numericMultirange = PostgresType(oid: 4532, arrayOID: 6151)
    /// `tsmultirange`.
    public static let timestampMultirange = PostgresType(oid: 4533, arrayOID: 6152)
    /// `tstzmultirange`.
    public static let timestamptzMultirange = PostgresType(oid: 4534, arrayOID: 6153)
    /// `datemultirange`.
    public static let dateMultirange = PostgresType(oid: 4535, arrayOID: 6155)
    /// `int8multirange`.
    public static let int8Multirange = PostgresType(oid: 4536, arrayOID: 6157)
}
