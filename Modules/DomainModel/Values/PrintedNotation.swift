/// A figure as a Chinese plan or yearbook prints it, and what can be read from it.
///
/// `3100以上` is at least 3100; `[45]` is a cumulative figure over the plan; `<5` is less than 5; `力争420` is
/// at least 420 and an aspiration; `翻一番` is twice the baseline; `按上级要求` is no number at all and stays as it
/// was printed. What is not a number is never guessed.
public struct PrintedNotation: Sendable, Hashable {
    /// A number with all that the notation says about it.
    public struct Number: Sendable, Hashable {
        /// How the printed number bounds the true one.
        public let comparator: Comparator
        /// The number, in the unit printed beside it or in the table's own.
        public let value: ExactDecimal
        /// Whether it is a total or an increase over the whole plan period: printed in brackets.
        public let isCumulative: Bool
        /// Whether it is an aspiration rather than a commitment: 力争.
        public let isAspirational: Bool
        /// The unit printed with the number (`亿元`, `家`, `%`), or empty.
        public let unit: String

        /// Makes a number of its parts.
        public init(
            comparator: Comparator,
            value: ExactDecimal,
            isCumulative: Bool = false,
            isAspirational: Bool = false,
            unit: String = ""
        ) {
            self.comparator = comparator
            self.value = value
            self.isCumulative = isCumulative
            self.isAspirational = isAspirational
            self.unit = unit
        }
    }

    /// What a notation means.
    public enum Reading: Sendable, Hashable {
        /// A number.
        case number(Number)
        /// So many times the baseline: 翻一番 is 2, 翻两番 is 4.
        case multipleOfBaseline(ExactDecimal)
        /// A printed dash: the table has the line, its publisher gives no figure.
        case notPublished
        /// Words that are not a figure.
        case text
    }

    /// The notation exactly as printed.
    public let printed: String
    /// What it means.
    public let reading: Reading
    /// Footnote marks printed with the figure: `*`.
    public let marks: String

    /// The number, when the reading is one.
    public var number: Number? {
        if case .number(let number) = reading { number } else { nil }
    }

    init(printed: String, reading: Reading, marks: String) {
        self.printed = printed
        self.reading = reading
        self.marks = marks
    }
}
