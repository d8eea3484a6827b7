import DomainModel
import PlatformClient

/// One run of a command: where it prints, and how it reaches the services.
struct Session: Sendable {
    /// A part of the platform with an address of its own; the administration lives with the registry.
    enum Service: String {
        case registry = "CEYUAN_REGISTRY_URL"
        case ingest = "CEYUAN_INGEST_URL"
        case reports = "CEYUAN_REPORTS_URL"
    }

    /// Where the command prints.
    let console: Console
    private let url: String?

    /// Makes a session of the options; nothing is connected yet.
    init(_ options: GlobalOptions) {
        console = options.console
        url = options.url
    }

    /// Where a service is.
    ///
    /// The most particular address holds: the option, the variable of the service, the variable of the platform.
    ///
    func address(of service: Service) -> String {
        url ?? Environment[service.rawValue] ?? Environment["CEYUAN_URL"] ?? "http://127.0.0.1:8100"
    }

    /// A client of a service, signed in by `CEYUAN_TOKEN`, else by the token that `ceyuan login` kept.
    ///
    /// - Parameters:
    ///   - service: The service.
    ///   - isLater: Whether long requests are to be answered at once with an operation (RFC 7240).
    /// - Returns: The client.
    /// - Throws: `PlatformClientError.invalidAddress`; ``Failure`` when the kept tokens cannot be used.
    func client(of service: Service, isLater: Bool = false) throws -> PlatformClient {
        let token = try Environment["CEYUAN_TOKEN"] ?? Credentials.read().token(for: address(of: service))
        return try client(of: service, token: token, headers: isLater ? [("Prefer", "respond-async")] : [])
    }

    /// A client of a service for whoever has a token, or for nobody.
    ///
    /// - Throws: `PlatformClientError.invalidAddress`.
    func client(
        of service: Service,
        token: String?,
        headers: [(name: String, value: String)] = []
    ) throws -> PlatformClient {
        var options = PlatformClient.Options()
        options.userAgent = "ceyuan/\(Ceyuan.version)"
        options.language = console.language
        options.headers = headers
        if let token { options.headers.append(("Authorization", "Bearer \(token)")) }
        return try PlatformClient(address(of: service), options: options)
    }
}

extension Session {
    /// A client that gives up soon and asks once, for a person who waits at the keyboard.
    ///
    /// - Throws: As ``client(of:isLater:)``.
    func impatientClient(of service: Service) throws -> PlatformClient {
        let client = try client(of: service)
        var options = client.options
        options.connectTimeout = .milliseconds(500)
        options.timeout = .seconds(1)
        options.retry = .never
        return PlatformClient(client.address, options: options)
    }
}

extension Session {
    /// Prints a list, page by page.
    ///
    /// CSV and JSON are printed as the pages come, so that memory does not grow with the list. A table waits for all
    /// of its rows: columns fit the widest cell; `labelled` may say more of them to people. Without a limit all are
    /// printed.
    func list<Record: Listed>(
        _ type: Record.Type,
        of service: Service,
        _ path: String,
        _ query: Query,
        limit: Int?,
        labelled: ([Record]) async throws -> [Record] = { $0 }
    ) async throws {
        var query = query
        query.set("limit", String(min(limit ?? Self.pageSize, Self.pageSize)))
        var left = limit ?? .max
        var table: [Record] = []
        var isFirst = true
        var hasMore = false
        if console.format == .csv { try console.csvHeader(Record.self) }
        for try await page in try client(of: service).pages(path, query: query, of: Answer<Record>.self) {
            let answers = page.items.prefix(left)
            switch console.format {
            case .table: table += answers.map(\.value)
            case .csv: try console.csv(answers.map(\.value))
            case .json:
                for answer in answers {
                    let item = try JSONText.text(answer.json).split(separator: "\n").joined(separator: "\n    ")
                    try console.write((isFirst ? "{\n  \"items\" : [\n    " : ",\n    ") + item)
                    isFirst = false
                }
            }
            left -= answers.count
            hasMore = page.items.count > answers.count || page.next != nil
            if left == 0 { break }
        }
        switch console.format {
        case .table:
            try console.tableOrRemark(try await labelled(table))
        case .csv: break
        case .json: try console.write(isFirst ? "{\n  \"items\" : []\n}\n" : "\n  ]\n}\n")
        }
        if hasMore {
            console.remark(console("还有更多；--limit 0 列出全部。", "There are more; --limit 0 lists all."))
        }
    }

    /// The most records that are asked for at once.
    private static let pageSize = 500
}
