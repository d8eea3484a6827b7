/// How to reach a running private cluster.
public struct Endpoint: Sendable, Hashable {
    /// The directory of the Unix socket (mode 0700: only its owner and root pass).
    public let socketDirectory: String
    /// The port: of TCP, and in the socket's file name.
    public let port: UInt16
    /// True when the server also listens on 127.0.0.1.
    public let listensOnTCP: Bool
    /// The superuser.
    public let user: String
    /// The database made by ``LocalCluster/up()``.
    public let database: String
    /// A libpq password file (mode 0600) with the password for TCP.
    public let passwordFile: String

    /// A libpq URI through the Unix socket, which needs no password.
    ///
    /// - Parameters:
    ///   - database: Another database than ``database``.
    ///   - user: Another role than the superuser.
    /// - Returns: The URI, percent-encoded.
    public func connectionString(database: String? = nil, user: String? = nil) -> String {
        "postgresql:///\(Self.percentEncoded(database ?? self.database))"
            + "?host=\(Self.percentEncoded(socketDirectory))&port=\(port)&user=\(Self.percentEncoded(user ?? self.user))"
    }

    /// The libpq URI through the Unix socket.
    public var connectionString: String { connectionString() }

    /// A libpq URI over 127.0.0.1, with the password taken from ``passwordFile``; nil without TCP.
    public var tcpConnectionString: String? {
        guard listensOnTCP else {
            return nil
        }
        return "postgresql://\(Self.percentEncoded(user))@127.0.0.1:\(port)/\(Self.percentEncoded(database))"
            + "?passfile=\(Self.percentEncoded(passwordFile))"
    }

    /// RFC 3986 §2.1 percent-encoding of everything but unreserved characters.
    private static func percentEncoded(_ text: String) -> String {
        let hexadecimal = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                bytes.append(byte)
            default:
                bytes += [UInt8(ascii: "%"), hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Endpoint {
    /// Reads what ``record`` wrote.
    init?(record: String, user: String, database: String, passwordFile: String) {
        var fields: [Substring: Substring] = [:]
        for line in record.split(separator: "\n") {
            if let equals = line.firstIndex(of: "=") {
                fields[line[..<equals]] = line[line.index(after: equals)...]
            }
        }
        guard let port = fields["port"].flatMap({ UInt16($0) }), let directory = fields["socket"] else {
            return nil
        }
        self.init(
            socketDirectory: String(directory),
            port: port,
            listensOnTCP: fields["tcp"] == "yes",
            user: user,
            database: database,
            passwordFile: passwordFile
        )
    }

    /// The lines kept beside the data, so that another process finds the running server.
    var record: String { "port=\(port)\nsocket=\(socketDirectory)\ntcp=\(listensOnTCP ? "yes" : "no")\n" }
}
