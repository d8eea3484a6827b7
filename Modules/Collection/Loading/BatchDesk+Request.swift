public import DomainModel
import HTTPTypes
public import ServiceKit

extension BatchDesk {
    /// The types of files that are taken.
    public static let mediaTypes = [
        "text/csv", "text/tab-separated-values", "application/x-ndjson", "application/ndjson", "application/jsonl",
    ]

    /// The parameters of a route that takes a file, beside those that say where it goes.
    public static let parameters = [
        Parameter("filename", .text(maximum: 255), "The name that the sender gives the file", zh: "提交人所用的文件名"),
        Parameter("rehearse", .boolean, "Try only: write nothing, give the receipt", zh: "仅演练：不写入，只返回回执"),
        Parameter(
            "expect",
            .digest,
            "Digest of the receipt without which nothing is to be loaded",
            zh: "回执摘要；不一致则不入库"
        ),
        Parameter("reevaluate", .boolean, "Judge bytes anew that were loaded before", zh: "重新处理曾经导入过的文件"),
    ]
}

extension BatchDesk.Order {
    /// What a request says of its file.
    ///
    /// - Throws: `Problem` for parameters that are not as declared.
    public init(_ request: APIRequest, dataset: String, mode: Batch.Mode) throws {
        self.init(
            dataset: dataset,
            fileName: try request.query("filename") ?? "data",
            mediaType: request.headers[.contentType] ?? "text/csv",
            mode: mode,
            isRehearsal: try request.query("rehearse", as: Bool.self) ?? false,
            expectedReceipt: try request.query("expect"),
            reevaluates: try request.query("reevaluate", as: Bool.self) ?? false
        )
    }
}
