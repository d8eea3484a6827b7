import FoundationEssentials
import Glibc
import LocalPostgres
import Logging
import PostgresClient
import Subprocess
import SystemPackage

/// A server that demands TLS and passwords or certificates, with an authority of its own; ends with the test process.
///
/// `certificates` holds `root.crt` (the authority), `other.crt` (another one), `keeper.crt` and `keeper.key` (a client),
/// `stranger.crt` and `stranger.key` (a client of the other authority). The server's certificate is for `localhost`.
actor SecureServer {
    static let shared = SecureServer()

    struct Server: Sendable {
        let port: UInt16
        let certificates: String
        /// The password of role `reader`, who comes by SCRAM-SHA-256; role `keeper` comes by certificate.
        let password: String

        /// A connection string over TCP to `localhost`, which the certificate names.
        func string(user: String, _ options: String) -> String {
            "host=localhost hostaddr=127.0.0.1 port=\(port) dbname=ceyuan user=\(user) passfile=/nowhere \(options)"
        }
    }

    private var starting: Task<Server, any Error>?

    /// The running server; started at the first call.
    func server() async throws -> Server {
        if let starting {
            return try await starting.value
        }
        let task = Task { try await Self.start() }
        starting = task
        return try await task.value
    }

    private static func start() async throws -> Server {
        let directory = "/tmp/ceyuan-tls-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
        func cluster(_ settings: [String: String]) -> LocalCluster {
            LocalCluster(
                .init(
                    directory: directory,
                    port: .free,
                    durable: false,
                    lifetime: .tied(removingFiles: true),
                    settings: settings.merging(["shared_buffers": "16MB"]) { given, _ in given }
                )
            )
        }
        let plain = cluster([:])
        let first = try await plain.up()
        let password = "correct horse \(UInt64.random(in: 0...UInt64.max))"
        let connection = try await PostgresConnection.connect(
            try PostgresConfiguration(connectionString: first.connectionString),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        try await connection.execute(
            script: "CREATE ROLE reader LOGIN PASSWORD '\(password)'; CREATE ROLE keeper LOGIN"
        )
        await connection.close()
        guard let home = try await plain.status().home else {
            throw CocoaError(.fileNoSuchFile)
        }
        try await plain.down()
        // Inside the cluster's directory, so that they go with it.
        let certificates = home + "/certificates"
        try await run(certificateScript, [certificates, home + "/data"])
        let endpoint = try await cluster(["ssl": "on", "ssl_ca_file": "root.crt"]).up()
        return Server(port: endpoint.port, certificates: certificates, password: password)
    }

    private static func run(_ script: String, _ arguments: [String]) async throws {
        let result = try await Subprocess.run(
            .path("/bin/sh"),
            arguments: Arguments(["-c", script, "sh"] + arguments),
            output: .discarded,
            error: .string(limit: 1 << 16)
        )
        guard result.terminationStatus.isSuccess else {
            throw Failure(output: result.standardError)
        }
    }

    private struct Failure: Error {
        let output: String
    }

    /// `$1`: where the certificates go; `$2`: the data directory, whose owner runs the server.
    private static let certificateScript = """
        set -e
        umask 077
        mkdir "$1"
        cd "$1"
        new="-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
        for authority in root other; do
            openssl req -x509 $new -days 2 -subj "/CN=test authority $authority" -keyout $authority.key \\
                -out $authority.crt -addext basicConstraints=critical,CA:TRUE
        done
        certificate() {
            openssl req $new -subj "/CN=$3" -keyout $1.key -out $1.csr
            printf 'subjectAltName=DNS:%s\\n' "$3" > $1.ext
            openssl x509 -req -in $1.csr -CA $2.crt -CAkey $2.key -CAcreateserial -days 2 -extfile $1.ext -out $1.crt
        }
        certificate server root localhost
        certificate keeper root keeper
        certificate stranger other keeper
        cp server.crt server.key root.crt "$2/"
        cat > "$2/pg_hba.conf" <<'RULES'
        local all all trust
        hostssl all keeper 127.0.0.1/32 cert
        hostssl all all 127.0.0.1/32 scram-sha-256
        RULES
        for file in server.crt server.key root.crt pg_hba.conf; do
            chown --reference="$2" "$2/$file"
        done
        """
}
