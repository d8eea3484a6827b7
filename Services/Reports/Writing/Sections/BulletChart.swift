import DomainModel
import ReportDocument

/// One indicator as a bar, its starting point as a thin and its target as a thick line.
///
/// The bar begins at the baseline, since the plan asks for a change from there; a total begins at zero, and so does a
/// value from before the plan, which is no change yet.
struct BulletChart {
    private static let width = 300.0
    private static let height = 64.0

    private let line: ReportLine
    private let start: ExactDecimal
    private let value: ExactDecimal
    private let target: ExactDecimal
    private let period: Period
    private let isFromZero: Bool

    /// Makes the chart, or nothing where a number is missing or there is no room to draw in.
    init?(_ line: ReportLine) {
        guard let actual = line.finding.actual, let value = actual.value, let target = line.target.value else {
            return nil
        }
        isFromZero = line.target.isCumulative || line.finding.reason == .valueBeforePlan
        guard let start = isFromZero ? .zero : line.finding.baseline?.value else { return nil }
        guard start != value || start != target else { return nil }
        self.line = line
        self.start = start
        self.value = value
        self.target = target
        period = actual.period
    }

    private var say: Phrase { Phrase(language: line.language) }

    var chart: Chart {
        Chart(
            caption: [
                .text(line.unit.isEmpty ? line.name : say("\(line.name)（\(line.unit)）", "\(line.name) (\(line.unit))")),
                line.status,
            ],
            alternative: alternative,
            spec: spec
        )
    }

    private var alternative: String {
        func amount(_ value: ExactDecimal) -> String { line.withUnitText(NumberText.text(value, line.language)) }
        let when = PeriodText.text(period, line.language)
        var parts: [String] = []
        if !isFromZero, let baseline = line.finding.baseline {
            let year = PeriodText.text(baseline.period, line.language)
            parts.append(say("\(year)基数\(amount(start))", "baseline of \(year) \(amount(start))"))
        }
        parts.append(say("目标\(amount(target))", "target \(amount(target))"))
        parts.append(say("\(when)\(amount(value))", "\(when) \(amount(value))"))
        parts.append(StatusText.text(line.finding.status, line.language).lowercased())
        return say(
            "\(line.name)：\(parts.joined(separator: "，"))。",
            "\(line.name): \(parts.joined(separator: ", "))."
        )
    }

    /// The numbers between which the chart is drawn, with room at both ends.
    private var domain: (Double, Double) {
        let numbers = [start, value, target].map(\.doubleValue)
        let (low, high) = (numbers.min() ?? 0, numbers.max() ?? 1)
        let room = (high - low) * 0.04
        return (low - room, high + room)
    }

    private func share(_ number: ExactDecimal) -> Double {
        let (low, high) = domain
        return (number.doubleValue - low) / (high - low)
    }

    private func alignment(_ number: ExactDecimal) -> JSONValue {
        share(number) < 0.25 ? "left" : share(number) > 0.75 ? "right" : "center"
    }

    private var spec: JSONValue {
        let scale: JSONValue = ["domain": [.number(domain.0), .number(domain.1)], "nice": false, "zero": false]
        func x(_ field: JSONValue) -> JSONValue {
            ["field": field, "type": "quantitative", "axis": nil, "scale": scale]
        }
        let startText =
            isFromZero
            ? "0"
            : say(
                "\(line.finding.baseline.map { PeriodText.text($0.period, .zh) } ?? "") \(NumberText.text(start, .zh))",
                "\(line.finding.baseline.map { PeriodText.text($0.period, .en) } ?? ""): \(NumberText.text(start, .en))"
            )
        let targetText = say(
            "目标 \(NumberText.text(target, .zh))",
            "Target \(NumberText.text(target, .en))"
        )
        let when = PeriodText.text(period, line.language)
        let valueText = say(
            "\(when) \(NumberText.text(value, .zh))",
            "\(when): \(NumberText.text(value, .en))"
        )
        let label = place(valueText)
        return [
            "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
            "width": .number(Self.width), "height": .number(Self.height), "padding": 0,
            "autosize": ["type": "none"], "background": nil,
            "config": [
                "view": ["stroke": nil], "font": "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, Arial, sans-serif",
            ],
            "data": [
                "values": [
                    [
                        "start": .number(start.doubleValue), "value": .number(value.doubleValue),
                        "target": .number(target.doubleValue),
                    ]
                ]
            ],
            "layer": [
                [
                    "mark": ["type": "rect", "color": "#eef1f4"],
                    "encoding": [
                        "x": ["value": 0], "x2": ["value": .number(Self.width)], "y": ["value": 21],
                        "y2": ["value": 43],
                    ],
                ],
                [
                    "mark": ["type": "rect", "color": color],
                    "encoding": [
                        "x": x("start"), "x2": ["field": "value"], "y": ["value": 25], "y2": ["value": 39],
                    ],
                ],
                [
                    "mark": ["type": "rule", "color": "#7b8590", "strokeWidth": 1],
                    "encoding": ["x": x("start"), "y": ["value": 17], "y2": ["value": 47]],
                ],
                [
                    "mark": ["type": "rule", "color": "#1c2127", "strokeWidth": 3],
                    "encoding": ["x": x("target"), "y": ["value": 16], "y2": ["value": 47]],
                ],
                text(targetText, x("target"), y: 8, align: alignment(target), color: "#1c2127", weight: "bold"),
                text(
                    valueText,
                    x(label.field),
                    y: 32,
                    align: label.isRight ? "left" : "right",
                    color: label.isInside ? "#ffffff" : "#1c2127",
                    offset: label.isRight ? 5 : -5
                ),
                text(startText, x("start"), y: 56, align: alignment(start), color: "#5c6670"),
            ],
        ]
    }

    /// Where the words of the value stand: at the field's end of the bar, to the right or left of it.
    private struct Place {
        let field: JSONValue
        let isRight: Bool
        let isInside: Bool
    }

    /// In the bar where the words fit, at its tip unless the target crosses them there; else behind the tip, on the
    /// side that has more room.
    private func place(_ words: String) -> Place {
        let room = 10 + words.unicodeScalars.reduce(0.0) { $0 + ($1.value > 0x2E80 ? 12 : 7) }
        let length = abs(share(value) - share(start)) * Self.width
        let toTarget = abs(share(value) - share(target)) * Self.width
        let grows = value >= start
        guard length > room else {
            return Place(field: "value", isRight: share(value) < 0.5, isInside: false)
        }
        let isPast = grows ? target < value : target > value
        return isPast && toTarget < room && length > room + toTarget
            ? Place(field: "start", isRight: grows, isInside: true)
            : Place(field: "value", isRight: !grows, isInside: true)
    }

    private var color: JSONValue {
        switch StatusText.tone(line.finding.status) {
        case .good: "#1b6e4f"
        case .watch: "#8a5a00"
        case .bad: "#b3261e"
        case .open: "#6b7682"
        }
    }

    private func text(
        _ text: String,
        _ x: JSONValue,
        y: Double,
        align: JSONValue,
        color: JSONValue,
        weight: JSONValue = "normal",
        offset: Double = 0
    ) -> JSONValue {
        [
            "mark": [
                "type": "text", "align": align, "baseline": "middle", "color": color, "fontSize": 12,
                "fontWeight": weight, "dx": .number(offset),
            ],
            "encoding": ["x": x, "y": ["value": .number(y)], "text": ["value": .string(text)]],
        ]
    }
}
