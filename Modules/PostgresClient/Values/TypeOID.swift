/// OIDs that only decoding meets, and what is known of types by their OIDs.
enum TypeOID {
    static let char: UInt32 = 18
    static let name: UInt32 = 19
    static let oid: UInt32 = 26
    static let xml: UInt32 = 142
    static let unknown: UInt32 = 705
    static let bpchar: UInt32 = 1042
    static let varchar: UInt32 = 1043
    static let record: UInt32 = 2249
    /// The first OID of objects made after `initdb`: enums, domains, extension types (`transam.h`).
    static let firstUserDefined: UInt32 = 16_384

    /// True for types whose binary format is their text. Of types made after `initdb` (enums, `citext`, …) that is only
    /// likely, and the bytes are to be looked at.
    static func isText(_ oid: UInt32) -> Bool {
        switch oid {
        case PostgresType.text.oid, char, name, PostgresType.json.oid, xml, unknown, bpchar, varchar: true
        default: oid >= firstUserDefined
        }
    }

    /// True when arrays of the element type are of the array type; of types made after `initdb`, when they may be.
    static func isArray(_ array: UInt32, of element: UInt32) -> Bool {
        if let known = builtIn[element] {
            return known.arrays.contains(array)
        }
        return builtIn[array] == nil
    }

    /// True when a value of the type may be composite: any type but those known not to be.
    static func mayBeComposite(_ oid: UInt32) -> Bool { builtIn[oid] == nil && arrayNames[oid] == nil }

    /// The type for a message: `numeric`, `text[]`, else nothing but its OID.
    static func description(of oid: UInt32) -> String {
        (builtIn[oid]?.name ?? arrayNames[oid]).map { "type \($0), OID \(oid)" } ?? "type OID \(oid)"
    }

    private struct BuiltIn {
        let name: String
        let arrays: [UInt32]
    }

    /// Scalar types by OID (`pg_type.dat` of the server's source); `int2vector` and `oidvector` are arrays too.
    private static let builtIn: [UInt32: BuiltIn] = {
        var types: [UInt32: BuiltIn] = [
            char: BuiltIn(name: "\"char\"", arrays: [1002]),
            name: BuiltIn(name: "name", arrays: [1003]),
            oid: BuiltIn(name: "oid", arrays: [1028, 30]),
            xml: BuiltIn(name: "xml", arrays: [143]),
            bpchar: BuiltIn(name: "char", arrays: [1014]),
            varchar: BuiltIn(name: "varchar", arrays: [1015]),
        ]
        let named: [(PostgresType, String)] = [
            (.boolean, "boolean"), (.bytea, "bytea"), (.int8, "bigint"), (.int4, "integer"), (.text, "text"),
            (.json, "json"), (.float4, "real"), (.float8, "double precision"), (.date, "date"),
            (.timestamp, "timestamp"), (.timestamptz, "timestamptz"), (.interval, "interval"), (.numeric, "numeric"),
            (.uuid, "uuid"), (.lsn, "pg_lsn"), (.jsonb, "jsonb"),
            (.int4Range, "int4range"), (.int8Range, "int8range"), (.numericRange, "numrange"),
            (.timestampRange, "tsrange"), (.timestamptzRange, "tstzrange"), (.dateRange, "daterange"),
            (.int4Multirange, "int4multirange"), (.int8Multirange, "int8multirange"),
            (.numericMultirange, "nummultirange"), (.timestampMultirange, "tsmultirange"),
            (.timestamptzMultirange, "tstzmultirange"), (.dateMultirange, "datemultirange"),
        ]
        for (type, name) in named {
            types[type.oid] = BuiltIn(name: name, arrays: [type.arrayOID])
        }
        types[PostgresType.int2.oid] = BuiltIn(name: "smallint", arrays: [PostgresType.int2.arrayOID, 22])
        return types
    }()

    private static let arrayNames: [UInt32: String] = {
        var names: [UInt32: String] = [:]
        for type in builtIn.values {
            for array in type.arrays {
                names[array] = type.name + "[]"
            }
        }
        return names
    }()
}
