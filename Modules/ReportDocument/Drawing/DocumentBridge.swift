import Dispatch
import DomainModel
import FoundationEssentials
import Glibc
import Synchronization

/// Draws charts through the document bridge, a program of its own that it starts when the first chart is needed.
///
/// One process is kept and asked one thing at a time. An answer that takes too long ends the process; one that ended
/// by itself is started once more, and then given up. Calls wait on a queue of their own and never on a thread of
/// Swift's pool.
public final class DocumentBridge: ChartDrawer {
    /// The versions that the bridge draws with.
    public struct Versions: Sendable, Hashable, Codable {
        /// Version of the protocol.
        public let `protocol`: Int
        /// Version of Python.
        public let python: String
        /// Version of vl-convert-python.
        public let vlConvert: String
        /// Version of Vega.
        public let vega: String
        /// Version of Vega-Lite.
        public let vegaLite: String
    }

    private let location: BridgeLocation
    private let timeout: Duration
    private let queue = DispatchQueue(label: "ceyuan.document-bridge")
    private let process = Mutex<BridgeProcess?>(nil)

    /// Makes a client of the bridge; starts nothing yet.
    ///
    /// - Parameters:
    ///   - location: Where the bridge is.
    ///   - timeout: How long one answer may take. The first one includes the start, about half a second.
    public init(_ location: BridgeLocation, timeout: Duration = .seconds(30)) {
        self.location = location
        self.timeout = timeout
    }

    /// The drawing of a Vega-Lite specification as SVG; the same specification gives the same bytes.
    public func draw(_ spec: JSONValue) async throws(ChartDrawingFailure) -> String {
        struct Drawing: Decodable { let svg: String }
        return try await ask(Request(operation: "draw", spec: spec), Drawing.self).svg
    }

    /// The versions that the bridge draws with.
    public func versions() async throws(ChartDrawingFailure) -> Versions {
        try await ask(Request(operation: "hello", spec: nil), Versions.self)
    }

    /// Ends the process, if there is one; the next call starts another.
    public func close() async {
        await withCheckedContinuation { continuation in
            queue.async {
                self.process.withLock { $0 = nil }
                continuation.resume()
            }
        }
    }

    private struct Request: Encodable, Sendable {
        let operation: String
        let spec: JSONValue?
    }

    private struct Reply<Value: Decodable>: Decodable {
        struct Refusal: Decodable {
            let code: String
            let message: String
        }

        let result: Value?
        let error: Refusal?
    }

    private func ask<Value: Decodable & Sendable>(
        _ request: Request,
        _ type: Value.Type
    ) async throws(ChartDrawingFailure) -> Value {
        guard access(location.python, X_OK) == 0, access(location.program, R_OK) == 0 else {
            throw .missing(location)
        }
        let result: Result<[UInt8], BridgeFailure> = await withCheckedContinuation { continuation in
            queue.async {
                continuation.resume(returning: self.exchange(request))
            }
        }
        switch result {
        case .failure(.timedOut): throw .timedOut(timeout)
        case .failure(.broken): throw .crashed(location)
        case .success(let bytes):
            guard let reply = try? JSONDecoder().decode(Reply<Value>.self, from: Data(bytes)) else {
                throw .crashed(location)
            }
            if let value = reply.result { return value }
            guard let refusal = reply.error else { throw .crashed(location) }
            throw refusal.code == "PACKAGE_MISSING" ? .missing(location) : .refused(refusal.message)
        }
    }

    /// Blocks until the answer is there; on the queue only.
    private func exchange(_ request: Request) -> Result<[UInt8], BridgeFailure> {
        guard let message = try? CanonicalJSON.encode(request) else { return .failure(.broken) }
        let deadline = ContinuousClock.now.advanced(by: timeout)
        return process.withLock { process in
            for attempt in 1...2 {
                do throws(BridgeFailure) {
                    if process == nil { process = try BridgeProcess(location) }
                    guard let reply = try process?.exchange([UInt8](message), before: deadline) else { break }
                    return .success(reply)
                } catch {
                    process = nil
                    if error == .timedOut || attempt == 2 { return .failure(error) }
                }
            }
            return .failure(.broken)
        }
    }
}

extension ChartDrawingFailure {
    static func missing(_ location: BridgeLocation) -> ChartDrawingFailure {
        ChartDrawingFailure(
            .missing,
            LocalizedText(
                zh:
                    "图未绘制：未安装制图程序（\(location.python)，\(location.program)）。按 Tools/document-bridge/README.md 安装后重新生成报告；图中数据均见表格。",
                en: "Charts are not drawn: the drawing program is not installed (\(location.python), "
                    + "\(location.program)). Install it as Tools/document-bridge/README.md says and make the report "
                    + "again; all data of the charts stand in the table."
            )
        )
    }

    static func crashed(_ location: BridgeLocation) -> ChartDrawingFailure {
        ChartDrawingFailure(
            .crashed,
            LocalizedText(
                zh: "图未绘制：制图程序意外退出（\(location.program)）。请查看服务日志；图中数据均见表格。",
                en:
                    "Charts are not drawn: the drawing program ended unexpectedly (\(location.program)). See the log of "
                    + "the service; all data of the charts stand in the table."
            )
        )
    }

    static func timedOut(_ timeout: Duration) -> ChartDrawingFailure {
        ChartDrawingFailure(
            .timedOut,
            LocalizedText(
                zh: "图未绘制：制图超过 \(timeout.components.seconds) 秒未完成。图中数据均见表格。",
                en: "Charts are not drawn: drawing took longer than \(timeout.components.seconds) seconds. All data of "
                    + "the charts stand in the table."
            )
        )
    }

    static func refused(_ message: String) -> ChartDrawingFailure {
        ChartDrawingFailure(
            .refused,
            LocalizedText(zh: "一幅图未绘制：\(message)", en: "A chart is not drawn: \(message)")
        )
    }
}
