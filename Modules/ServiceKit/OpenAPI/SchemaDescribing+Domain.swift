public import DomainModel

extension Instant: SchemaDescribing {
    /// RFC 3339, or a date.
    public static var schema: ValueSchema {
        .texts(
            "A point in time to the microsecond; where it is read, a date means the end of that day in UTC",
            example: "2026-07-01T08:30:00.000000Z",
            [.format("date-time"), .format("date")]
        )
    }
    /// The beginning of 1970.
    public static var sample: Instant { Instant(microsecondsSince1970: 0) }
}

extension Period: SchemaDescribing {
    /// An SDMX time period.
    public static var schema: ValueSchema {
        .texts(
            "SDMX time period: year, half-year, quarter, month, week or day",
            example: "2020-Q3",
            [
                .pattern(
                    "^(000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})"
                        + "(-(A1|S[12]|Q[1-4]|M?(0[1-9]|1[0-2])|W(0[1-9]|[1-4][0-9]|5[0-2])))?$"
                ),
                .format("date"),
            ]
        )
    }
    /// A year.
    public static var sample: Period { .year(2_020) }
}

extension ExactDecimal: SchemaDescribing {
    /// Decimal text.
    public static var schema: ValueSchema {
        .texts(
            "A decimal number as text, exact and with the decimal places that it was printed with",
            example: "3051.61",
            [.pattern(#"^[+-]?[0-9]{1,24}(\.[0-9]{1,12})?$"#)]
        )
    }
    /// Zero.
    public static var sample: ExactDecimal { .zero }
}

extension CivilDate: SchemaDescribing {
    /// A day.
    public static var schema: ValueSchema { .texts("A day", example: "2021-06-30", [.format("date")]) }
    /// The first day of 1970.
    public static var sample: CivilDate { CivilDate(daysSince1970: 0) }
}

extension AttributeValue: SchemaDescribing {
    /// A text, number, boolean or list.
    public static var schema: ValueSchema {
        .anything("The value of a field: a text, a whole number, true, false, or an array of them")
    }
    /// No.
    public static var sample: AttributeValue { .boolean(false) }
}
