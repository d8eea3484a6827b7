public import DomainModel
import HTTPTypes
public import PostgresClient
public import ServiceKit
public import Storage
import Tabular

/// The routes of one kind of reference record: list, get and import.
///
/// ```swift
/// RecordRoutes(
///     "/v1/regions", noun: LocalizedText(zh: "地区", en: "region"), schema: .regions,
///     filters: [Parameter("level", .text, "Only regions of this kind", zh: "仅此类地区")],
///     list: { request, source in … },
///     find: { request, source in … }
/// ).mount(on: api, in: platform, spool: spool, reading: .readRegistry, writing: .writeRegistry)
/// ```
public struct RecordRoutes<Record: Codable & Sendable, Imported: Sendable>: Sendable {
    /// Reads a page for a request.
    public typealias List = @Sendable (APIRequest, any PostgresQuerying) async throws -> DocumentPage<Record>
    /// Reads the record that a request names.
    public typealias Find = @Sendable (APIRequest, any PostgresQuerying) async throws -> Document<Record>?

    private let path: String
    private let keyNames: [String]
    private let noun: LocalizedText
    private let schema: RecordSchema<Imported>
    private let filters: [Parameter]
    private let moment: [Parameter]
    private let sortable: [String]
    private let problems: [ProblemCode]
    private let list: List
    private let find: Find

    /// The largest file of reference records, in bytes: they are held in memory while they are checked.
    private static var limit: Int { 64 << 20 }

    /// Declares a kind of record.
    ///
    /// - Parameters:
    ///   - path: The path of the list: `/v1/regions`.
    ///   - keyNames: The parameters of the path behind it that name one record.
    ///   - noun: What one record is called.
    ///   - schema: How files of them are read.
    ///   - filters: Parameters of the list beside those of every list.
    ///   - moment: Parameters of both reads that say as of when.
    ///   - sortable: The names that the list may be sorted by.
    ///   - problems: What `list` and `find` throw beside `NOT_FOUND`.
    ///   - list: Reads a page.
    ///   - find: Reads one record.
    public init(
        _ path: String,
        keyNames: [String] = ["code"],
        noun: LocalizedText,
        schema: RecordSchema<Imported>,
        filters: [Parameter] = [],
        moment: [Parameter] = [],
        sortable: [String] = [],
        problems: [ProblemCode] = [],
        list: @escaping List,
        find: @escaping Find
    ) {
        self.path = path
        self.keyNames = keyNames
        self.noun = noun
        self.schema = schema
        self.filters = filters
        self.moment = moment
        self.sortable = sortable
        self.problems = problems
        self.list = list
        self.find = find
    }

    /// Declares the three routes.
    ///
    /// - Parameters:
    ///   - api: Where.
    ///   - platform: What they work on.
    ///   - spool: Where files are kept.
    ///   - reading: What the list and the single record ask of their caller.
    ///   - writing: What the import asks; it must be held everywhere, since a file may hold records of any region.
    public func mount(
        on api: APIRouter,
        in platform: Platform,
        spool: Spool,
        reading: Permission,
        writing: Permission
    ) {
        let routes = self
        api.get(
            path,
            summary: "Lists each \(noun.en)",
            zh: "列出\(noun.zh)",
            permission: reading,
            query: filters + moment + Parameter.paging(sort: sortable),
            answers: [.json(Page<Record>.self)],
            problems: problems
        ) { request in
            .page(try await routes.page(request, platform), for: request)
        }
        let one = keyNames.reduce(path) { "\($0)/{\($1)}" }
        api.get(
            one,
            summary: "One \(noun.en)",
            zh: "单个\(noun.zh)",
            permission: reading,
            query: moment,
            answers: [.json(Record.self)],
            problems: [.notFound] + problems
        ) { request in
            guard let found = try await routes.find(request, platform.reader(for: request.principal)) else {
                let key = try routes.keyNames.map { try request.path($0) }.joined(separator: "/")
                throw Problem.notFound(routes.noun.en, zh: routes.noun.zh, key)
            }
            return .json(found)
        }
        api.post(
            "\(path)/import",
            summary: "Imports a file, whole or not at all; answers with its batch and receipt",
            zh: "整份导入文件，否则不导入；返回批次与回执",
            permission: writing,
            query: [
                Parameter("rehearse", .boolean, "Tries the import and undoes it", zh: "试导入后撤销"),
                Parameter("filename", .text, "The name of the file", zh: "文件名"),
            ],
            body: .file(["text/csv"]),
            bodyLimit: Self.limit,
            answers: [.json(Batch.self)],
            problems: []
        ) { request in
            guard request.principal.isEverywhere else {
                throw Problem.deniedOutsideRegions(writing, to: request.principal)
            }
            return try .json(await routes.take(request, platform, spool))
        }
    }

    /// A list in its own order is read along its key, a page at a time, so it may go with what others read. To sort
    /// or to count, the database may have to look at every record; and a page must agree with its count.
    private func page(_ request: APIRequest, _ platform: Platform) async throws -> DocumentPage<Record> {
        let question = try request.listQuestion
        guard question.sorting == nil, !question.counts else {
            return try await platform.read(request.principal) { try await list(request, $0) }
        }
        return try await list(request, platform.reader(for: request.principal))
    }

    private func take(_ request: APIRequest, _ platform: Platform, _ spool: Spool) async throws -> Batch {
        // A request with an empty body may do without a type; the import then says that the file is empty.
        let mediaType = request.headers[.contentType] ?? "text/csv"
        let format: TabularFormat
        do throws(TabularFormat.Unsupported) {
            format = try TabularFormat(contentType: mediaType)
        } catch {
            throw Problem(
                .mediaTypeUnsupported,
                "The file is \(mediaType); expected text/csv with charset utf-8, utf-16 or gb18030.",
                zh: "文件类型为 \(mediaType)，应为 text/csv，charset 为 utf-8、utf-16 或 gb18030。"
            )
        }
        let fileName = try request.query("filename")
        let rehearses = try request.query("rehearse", as: Bool.self) ?? false
        let submission = RecordImport<Imported>.Submission(
            file: try await spool.receive(request.bodyStream, limit: Int64(Self.limit)),
            fileName: fileName ?? "\(schema.dataset.split(separator: ".").last ?? "records").csv",
            mediaType: mediaType,
            format: format,
            submitter: request.principal.id
        )
        return try await RecordImport(schema, platform: platform, spool: spool)
            .run(submission, as: request.activity, rehearses: rehearses)
    }
}
