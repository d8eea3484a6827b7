public import DomainModel

/// Compares the share of a target that was reached with the share of the plan's time that has passed (时序进度).
///
/// Progress is `(value − baseline) ÷ (target − baseline)`, which is defined for zero, negative and sign-changing
/// baselines alike. While the plan runs, progress beyond the elapsed share by more than the tolerance is ahead,
/// short of it by more than the tolerance is behind, else on schedule; once the target year is over, only the level
/// counts. Each finding carries its whole calculation.
///
/// Source: mid-term evaluations of China's five-year plans compare the two shares (时序进度); binding indicators are
/// judged one by one. How a printed number is read with the direction of its indicator: see ``TargetRule``.
public struct TimeElapsedMethod: Sendable {
    /// The method's name.
    public static let name = "time-elapsed"
    /// Counts the changes of the method's rules.
    public static let version = 1
    /// Name and version as an assessment states them.
    public static let identifier = "\(name)/\(version)"

    /// How far progress may be from the elapsed share and still be on schedule; a share of the way, 0.05 is 5 points.
    public let tolerance: ExactDecimal
    /// Half the width of "about" (左右, 约), as a share of the printed number.
    public let approximateTolerance: ExactDecimal
    /// Whether a value from before the target year that reaches the target already settles it once the plan is over.
    public let acceptsEarlierEvidence: Bool

    /// Makes the method with its parameters.
    public init(
        tolerance: ExactDecimal = ExactDecimal(mantissa: 5, scale: 2),
        approximateTolerance: ExactDecimal = ExactDecimal(mantissa: 5, scale: 2),
        acceptsEarlierEvidence: Bool = true
    ) {
        self.tolerance = tolerance
        self.approximateTolerance = approximateTolerance
        self.acceptsEarlierEvidence = acceptsEarlierEvidence
    }

    /// The parameters by name, as an assessment states them.
    public var parameters: [String: String] {
        [
            "tolerance": tolerance.description,
            "approximateTolerance": approximateTolerance.description,
            "acceptsEarlierEvidence": acceptsEarlierEvidence ? "true" : "false",
            "baseline": "planned",
        ]
    }

    /// Judges one target.
    ///
    /// - Parameters:
    ///   - indicator: The indicator of the target.
    ///   - target: The target.
    ///   - plan: The plan that sets it.
    ///   - period: The period that the plan is assessed at; values that end later are not looked at.
    ///   - observations: The current values of the indicator in the plan's region, in any order. Forecasts are passed
    ///     over.
    /// - Returns: A finding without a lineage code, which it gets when it is stored.
    public func judge(
        _ indicator: Indicator,
        against target: Target,
        of plan: Plan,
        at period: Period,
        observations: [ObservedValue]
    ) -> Finding {
        var judgement = Judgement(
            method: self,
            indicator: indicator,
            target: target,
            plan: plan,
            period: period,
            observations: observations
        )
        do throws(ArithmeticFailure) {
            try judgement.run()
        } catch {
            judgement.status = .cannotBeJudged
            judgement.reason = .numberOutOfRange
        }
        return judgement.finding
    }
}
