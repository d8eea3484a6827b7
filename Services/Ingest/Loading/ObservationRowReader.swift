import Collection
import DomainModel
import PostgresClient
import Storage
import Tabular

/// Checks the rows of a file one by one and writes the good ones for the staging table.
///
/// This is the inside of the loop over millions of rows: nothing is allocated for a good row of plain numbers.
final class ObservationRowReader {
    /// Staged rows in PostgreSQL's binary format, to be taken and emptied by the caller.
    var staged = PostgresBinaryBuffer(minimumCapacity: 1 << 19)
    /// The conflicts found so far.
    let conflicts: ConflictLog
    /// The series of the rows.
    var series: SeriesTable

    /// Rows read, the header not counted.
    private(set) var rows: Int64 = 0
    /// Rows refused.
    private(set) var rejected: Int64 = 0
    /// Staged rows of series that were not known before.
    private(set) var freshRows: Int64 = 0
    /// Staged rows of series that were.
    private(set) var knownRows: Int64 = 0
    /// Staged rows that revise other rows of the file.
    private(set) var revisions: Int64 = 0
    /// Staged rows whose key stood in the file before.
    private(set) var repeated: Int64 = 0
    /// Whether the staged rows came in the order of series and period.
    private(set) var isOrdered = true

    /// The regions of staged rows, by row number, in order.
    var regionsNamed: [Int32] {
        zip(vocabulary.regions, isNamed).compactMap { $1 ? $0.id : nil }.sorted()
    }

    // Known once the header has been read; absent when the header lacks a column.
    private var layout = RowLayout.none
    private let columns: Dataset.Columns
    private let revisionMark: [UInt8]
    private let vocabulary: LoadVocabulary
    private var indicators: CodeTable
    private var regions: CodeTable
    // One flag for each region of the vocabulary.
    private var isNamed: [Bool]
    private var lastSeries: Int64 = 0
    private var lastDay = Int.min
    private var nearest: [String: [String]] = [:]

    init(dataset: Dataset, vocabulary: LoadVocabulary, series: SeriesTable, conflicts: ConflictLog) {
        self.columns = dataset.columns
        self.revisionMark = Array((dataset.revisionMark ?? "").utf8)
        self.vocabulary = vocabulary
        self.indicators = CodeTable(vocabulary.indicators.map(\.code))
        self.regions = CodeTable(vocabulary.regions.map(\.code))
        self.isNamed = Array(repeating: false, count: vocabulary.regions.count)
        self.series = series
        self.conflicts = conflicts
    }

    /// Checks a row; a good one is staged, a bad one leaves its conflicts.
    func read(_ record: borrowing TabularRecord, header: TableHeader?) throws {
        if rows == 0, let header { layout = RowLayout(columns, in: header) }
        rows += 1
        // Behind a header that lacks a column, rows are only counted.
        if record.isDamaged || conflicts.refusesWholeFile {
            rejected += 1
            return
        }
        let isRevision = !revisionMark.isEmpty && layout.basis >= 0 && ends(record[layout.basis], with: revisionMark)
        guard let indicator = indicators.find(record[layout.indicator]),
            let region = regions.find(record[layout.region]),
            let period = Period(utf8: record[layout.period]),
            let figure = plainFigure(record),
            layout.unit < 0 || isUnit(record[layout.unit], of: indicator)
        else {
            try readSlowly(record, isRevision: isRevision)
            return
        }
        stage(record, indicator: indicator, region: region, period: period, figure: figure, isRevision: isRevision)
    }

    /// What a row says of its value.
    struct Figure {
        var value: ExactDecimal?
        var comparator = Comparator.equal
        var isCumulative = false
        /// The figure as printed, where that is not just the value.
        var printed: String?
    }

    // A plain number, printed as such if at all.
    private func plainFigure(_ record: borrowing TabularRecord) -> Figure? {
        guard let value = ExactDecimal(utf8: record[layout.value]) else { return nil }
        if layout.printed >= 0, !record[layout.printed].isEmpty {
            guard record[layout.printed].elementsEqual(record[layout.value]) else { return nil }
        }
        return Figure(value: value)
    }

    // A row with a fault, or with a notation that takes more than a glance.
    private func readSlowly(_ record: borrowing TabularRecord, isRevision: Bool) throws {
        let key = Conflict.Key(
            indicator: record.text(layout.indicator),
            region: record.text(layout.region),
            period: record.text(layout.period)
        )
        var found: [Conflict] = []
        func add(
            _ code: ConflictCode,
            _ column: Int,
            _ field: String?,
            _ given: String,
            expected: LocalizedText? = nil,
            nearest: [String] = []
        ) {
            found.append(
                Conflict(
                    code: code,
                    line: record.line,
                    row: record.row,
                    column: column,
                    field: field,
                    given: given,
                    expected: expected,
                    nearest: nearest,
                    key: key
                )
            )
        }

        let indicator = indicators.find(record[layout.indicator])
        if indicator == nil {
            add(
                key.indicator.isEmpty ? .fieldMissing : .indicatorUnknown,
                layout.indicator,
                columns.indicator,
                key.indicator,
                nearest: near(key.indicator, indicators.codes)
            )
        }
        let region = regions.find(record[layout.region])
        if region == nil {
            let isForeign = vocabulary.foreignRegions.contains(key.region)
            add(
                key.region.isEmpty ? .fieldMissing : isForeign ? .regionNotPermitted : .regionUnknown,
                layout.region,
                columns.region,
                key.region,
                nearest: isForeign ? [] : near(key.region, regions.codes)
            )
        }
        let period = Period(key.period)
        if period == nil {
            let suggestion = PeriodSuggestion.nearest(to: key.period)
            add(
                key.period.isEmpty ? .periodMissing : .periodInvalid,
                layout.period,
                columns.period,
                key.period,
                nearest: suggestion
            )
        }
        var figure = Figure()
        let printed = layout.printed >= 0 ? record.text(layout.printed) : ""
        let notation = PrintedNotation(printed)
        let text = record.text(layout.value)
        if text.isEmpty {
            if notation.reading == .notPublished, !printed.isEmpty {
                figure.printed = printed
            } else {
                let suggestion = notation.number.map { [$0.value.description] } ?? []
                add(.valueMissing, layout.value, columns.value, text, nearest: suggestion)
            }
        } else if let value = ExactDecimal(text) {
            figure.value = value
            if !printed.isEmpty, printed != text {
                figure.printed = printed
                if let number = notation.number {
                    figure.comparator = number.comparator
                    figure.isCumulative = number.isCumulative
                    if number.value != value, number.unit.isEmpty || indicator.map({ unit(of: $0) }) == number.unit {
                        add(
                            .valueDiffersFromPrinted,
                            layout.value,
                            columns.value,
                            text,
                            expected: LocalizedText(zh: "原文 \(printed)", en: "as printed: \(printed)"),
                            nearest: [number.value.description]
                        )
                    }
                }
            }
        } else {
            let digits = text.utf8.filter { $0 &- UInt8(ascii: "0") <= 9 }.count
            let isNumber = text.utf8.allSatisfy { $0 &- UInt8(ascii: "0") <= 9 || [0x2B, 0x2D, 0x2E].contains($0) }
            let isLong = isNumber && digits > ExactDecimal.maximumScale
            let suggestion = PrintedNotation(text).number.map { [$0.value.description] } ?? []
            add(isLong ? .valueOutOfRange : .valueNotNumber, layout.value, columns.value, text, nearest: suggestion)
        }
        if layout.unit >= 0, let indicator, !isUnit(record[layout.unit], of: indicator) {
            let unit = unit(of: indicator)
            add(
                .unitDiffers,
                layout.unit,
                columns.unit,
                record.text(layout.unit),
                expected: LocalizedText(zh: unit, en: unit),
                nearest: [unit]
            )
        }
        for conflict in found { try conflicts.append(conflict) }
        guard let indicator, let region, let period, !found.contains(where: { $0.severity == .error }) else {
            rejected += 1
            return
        }
        stage(record, indicator: indicator, region: region, period: period, figure: figure, isRevision: isRevision)
    }

    private func stage(
        _ record: borrowing TabularRecord,
        indicator: Int,
        region: Int,
        period: Period,
        figure: Figure,
        isRevision: Bool
    ) {
        let match = series.match(
            indicator: vocabulary.indicators[indicator].id,
            region: vocabulary.regions[region].id,
            period: period,
            rank: isRevision ? 1 : 0
        )
        let day = period.start.daysSince1970
        if match.id < lastSeries || (match.id == lastSeries && day <= lastDay) { isOrdered = false }
        (lastSeries, lastDay) = (match.id, day)
        isNamed[region] = true
        if match.isRepeated { repeated += 1 }
        if isRevision {
            revisions += 1
        } else if match.isFresh {
            freshRows += 1
        } else {
            knownRows += 1
        }

        staged.startRow(columns: ObservationStaging.columnCount)
        staged.append(match.id)
        staged.appendDate(daysSince1970: day)
        staged.append(Int32(truncatingIfNeeded: record.line))
        staged.append(Int32(truncatingIfNeeded: record.row))
        staged.append(Int16(isRevision ? 1 : 0))
        staged.append(text: figure.comparator.storageCode)
        let status: ObservationStatus = figure.value == nil ? .missing : .normal
        staged.append(text: status.rawValue)
        staged.append(figure.isCumulative)
        staged.append(match.isFresh)
        staged.append(match.isRepeated)
        if let value = figure.value {
            staged.appendNumeric(mantissa: value.mantissa, scale: value.scale)
        } else {
            staged.appendNull()
        }
        if let printed = figure.printed { staged.append(text: printed) } else { staged.appendNull() }
        let note = layout.note >= 0 ? record[layout.note] : UnsafeBufferPointer(start: nil, count: 0)
        if note.isEmpty { staged.appendNull() } else { staged.append(utf8: note) }
    }

    private func unit(of indicator: Int) -> String {
        vocabulary.indicators[indicator].unit
    }

    private func isUnit(_ given: UnsafeBufferPointer<UInt8>, of indicator: Int) -> Bool {
        given.isEmpty || given.elementsEqual(vocabulary.indicators[indicator].unit.utf8)
    }

    private func ends(_ cell: UnsafeBufferPointer<UInt8>, with mark: [UInt8]) -> Bool {
        cell.count >= mark.count && cell.suffix(mark.count).elementsEqual(mark)
    }

    // The same wrong code comes thousands of times when it comes at all.
    private func near(_ given: String, _ codes: [String]) -> [String] {
        if let known = nearest[given] { return known }
        let found = NearestMatches.find(given, in: codes)
        if nearest.count < 1_000 { nearest[given] = found }
        return found
    }
}
