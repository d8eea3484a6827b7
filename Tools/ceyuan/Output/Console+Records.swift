import DomainModel

extension Console {
    /// Prints a table of records, without the columns that are empty in all of them.
    func table<Record: Listed>(_ records: [Record]) throws { try write(text(of: records)) }

    /// Prints a table of records, or remarks that there are none.
    func tableOrRemark<Record: Listed>(_ records: [Record]) throws {
        if records.isEmpty { remark(self("没有记录。", "Nothing is there.")) } else { try table(records) }
    }

    /// A table of records, without the columns that are empty in all of them.
    func text<Record: Listed>(of records: [Record]) -> String {
        let columns = Record.listing.filter { column in
            column.places.contains(.list) && records.contains { !column.text($0, language).isEmpty }
        }
        let table = Table(
            headings: columns.map {
                Table.Heading(title: $0.title[language], isNumeric: $0.isNumeric, isFlexible: $0.isFlexible)
            },
            rows: records.map { record in
                columns.map { Table.Cell($0.text(record, language), style: $0.style?(record)) }
            }
        )
        return table.text(for: self)
    }

    /// Prints one record as names and values.
    func sheet<Record: Listed>(_ record: Record) throws {
        var sheet = Sheet()
        for column in Record.listing where column.places.contains(.sheet) {
            sheet.add(column.title[language], column.text(record, language), style: column.style?(record))
        }
        try write(sheet.text(for: self))
    }

    /// Prints the header of a CSV file.
    func csvHeader<Record: Listed>(_ type: Record.Type) throws {
        try write(CSVText.record(Record.listing.filter { $0.places.contains(.csv) }.map(\.name)))
    }

    /// Prints records as CSV, without a header.
    func csv<Record: Listed>(_ records: [Record]) throws {
        let columns = Record.listing.filter { $0.places.contains(.csv) }
        var text = ""
        for record in records { text += CSVText.record(columns.map { $0.text(record, language) }) }
        try write(text)
    }

    /// Prints one record in the console's format.
    func show<Record: Listed>(_ answer: Answer<Record>) throws {
        switch format {
        case .table: try sheet(answer.value)
        case .json: try write(try JSONText.document(answer.json))
        case .csv:
            try csvHeader(Record.self)
            try csv([answer.value])
        }
    }

    /// Prints one record of this program's own in the console's format.
    func show<Record: Listed>(_ record: Record) throws {
        switch format {
        case .table: try sheet(record)
        case .json: try write(try JSONText.document(record))
        case .csv:
            try csvHeader(Record.self)
            try csv([record])
        }
    }

    /// Prints answers that are all there already, as a list in the console's format.
    func list<Record: Listed>(answers: [Answer<Record>]) throws {
        switch format {
        case .table: try tableOrRemark(answers.map(\.value))
        case .json: try write(try JSONText.document(Page(items: answers)))
        case .csv:
            try csvHeader(Record.self)
            try csv(answers.map(\.value))
        }
    }

    /// Prints values that are all there already, as a list in the console's format.
    func list<Record: Listed>(_ records: [Record]) throws {
        switch format {
        case .table: try tableOrRemark(records)
        case .json: try write(try JSONText.document(Page(items: records)))
        case .csv:
            try csvHeader(Record.self)
            try csv(records)
        }
    }
}
