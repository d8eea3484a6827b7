import DomainModel
import Tabular

/// Where in a file's rows the parts of an observation stand; −1 for parts that the dataset's files do not have.
struct RowLayout {
    let indicator: Int
    let region: Int
    let period: Int
    let value: Int
    let printed: Int
    let unit: Int
    let note: Int
    let basis: Int

    /// The layout before the header has been read.
    static let none = RowLayout(
        indicator: -1,
        region: -1,
        period: -1,
        value: -1,
        printed: -1,
        unit: -1,
        note: -1,
        basis: -1
    )

    private init(
        indicator: Int,
        region: Int,
        period: Int,
        value: Int,
        printed: Int,
        unit: Int,
        note: Int,
        basis: Int
    ) {
        self.indicator = indicator
        self.region = region
        self.period = period
        self.value = value
        self.printed = printed
        self.unit = unit
        self.note = note
        self.basis = basis
    }

    /// Finds a dataset's columns in a header.
    init(_ columns: Dataset.Columns, in header: TableHeader) {
        func place(_ name: String?) -> Int { name.flatMap(header.index(of:)) ?? -1 }
        indicator = place(columns.indicator)
        region = place(columns.region)
        period = place(columns.period)
        value = place(columns.value)
        printed = place(columns.printed)
        unit = place(columns.unit)
        note = place(columns.note)
        basis = place(columns.basis)
    }
}

extension Dataset.Columns {
    /// The names of all columns that a file must have, as the dataset lists them.
    var required: [String] {
        [indicator, region, period, value] + [printed, unit, note, basis].compactMap { $0 }
    }
}
