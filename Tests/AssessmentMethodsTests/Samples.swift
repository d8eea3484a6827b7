import AssessmentMethods
import DomainModel

/// Builds the values that the tests judge.
enum Samples {
    static let plan = Plan(
        code: "yuhang_original.fyp13",
        name: LocalizedText(zh: "余杭区“十三五”规划", en: "13th five-year plan"),
        region: "yuhang_original",
        scope: "yuhang_original",
        baselineYear: 2015,
        startYear: 2016,
        endYear: 2020
    )

    static func indicator(
        _ code: String = "sample",
        kind: Indicator.Kind = .ratio,
        aggregation: Indicator.Aggregation = .latest,
        direction: Indicator.Direction = .higher,
        nature: Indicator.Nature? = .expected
    ) -> Indicator {
        Indicator(
            code: code,
            name: LocalizedText(zh: code, en: code),
            scope: "sample",
            domain: "economy",
            unit: "%",
            unitCode: "%",
            kind: kind,
            aggregation: aggregation,
            direction: direction,
            nature: nature
        )
    }

    static func target(
        baseline: String? = nil,
        value: String?,
        comparator: Comparator? = .equal,
        isCumulative: Bool = false,
        printed: String? = nil,
        year: Int = 2020
    ) -> Target {
        Target(
            lineage: "T-1",
            plan: plan.code,
            indicator: "sample",
            baselineYear: 2015,
            baseline: baseline.flatMap(ExactDecimal.init),
            baselinePrinted: baseline ?? "-",
            year: year,
            value: value.flatMap(ExactDecimal.init),
            comparator: value == nil ? nil : comparator,
            isCumulative: isCumulative,
            printed: printed ?? value ?? "-",
            growthPrinted: "",
            ordinal: 1,
            source: Source(file: "sample", locator: "row 1"),
            note: "",
            revision: 1,
            recordedAt: nil
        )
    }

    static func value(
        _ text: String?,
        _ period: String,
        _ comparator: Comparator = .equal,
        isCumulative: Bool = false,
        status: ObservationStatus = .normal
    ) -> ObservedValue {
        ObservedValue(
            lineage: "O-\(period)",
            period: Period(period) ?? .year(1),
            value: text.flatMap(ExactDecimal.init),
            comparator: comparator,
            isCumulative: isCumulative,
            status: text == nil ? .missing : status,
            printed: text ?? "-"
        )
    }

    static func judge(
        _ target: Target,
        _ observations: [ObservedValue],
        indicator: Indicator = indicator(),
        at period: Int = 2020,
        method: TimeElapsedMethod = TimeElapsedMethod()
    ) -> Finding {
        method.judge(indicator, against: target, of: plan, at: .year(period), observations: observations)
    }
}

extension Finding {
    /// The status, with the reason where there is no judgement.
    var verdict: String {
        status.rawValue + (reason.map { "/\($0.rawValue)" } ?? "")
    }

    /// The step with an English name, as `expression = result`.
    func step(_ name: String) -> String? {
        steps.first { $0.name.en == name }.map { "\($0.expression) = \($0.result)" }
    }
}
