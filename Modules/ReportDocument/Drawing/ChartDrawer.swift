public import DomainModel

/// Draws charts.
public protocol ChartDrawer: Sendable {
    /// The drawing of a specification as SVG.
    ///
    /// - Throws: ``ChartDrawingFailure`` when it cannot be drawn.
    func draw(_ spec: JSONValue) async throws(ChartDrawingFailure) -> String
}

/// Why a chart was not drawn, in words for the reader of a report.
public struct ChartDrawingFailure: Error, Sendable, Hashable {
    /// What stood in the way.
    public enum Cause: String, Sendable, Codable, CaseIterable {
        /// The drawing program or its interpreter is not installed.
        case missing
        /// The drawing program ended or did not start.
        case crashed
        /// The drawing took longer than it may.
        case timedOut
        /// The specification cannot be drawn.
        case refused
    }

    /// What stood in the way.
    public let cause: Cause
    /// What is wrong and how to mend it, in both languages.
    public let message: LocalizedText

    /// Makes a failure of its parts.
    public init(_ cause: Cause, _ message: LocalizedText) {
        self.cause = cause
        self.message = message
    }
}

extension Document {
    /// The document with its charts drawn; where that fails, the words of the chart stay and a notice says why.
    ///
    /// Drawing stops at the first failure that is not the fault of a single chart.
    public func drawingCharts(with drawer: any ChartDrawer) async -> Document {
        var result = self
        var isStopped = false
        for (index, block) in blocks.enumerated() {
            guard case .charts(var charts) = block else { continue }
            for position in charts.indices where !isStopped {
                do throws(ChartDrawingFailure) {
                    charts[position].svg = try await drawer.draw(charts[position].spec)
                } catch {
                    let notice = error.message[language]
                    if !result.notices.contains(notice) { result.notices.append(notice) }
                    isStopped = error.cause != .refused
                }
            }
            result.blocks[index] = .charts(charts)
        }
        return result
    }
}
