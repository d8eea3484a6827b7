public import DomainModel

/// A record as the bytes that `CanonicalJSON` writes of it, made of a row without a value in between.
public struct Document<Record: Codable & Sendable>: Sendable {
    /// The JSON.
    public let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// The document of a value.
    ///
    /// - Throws: `EncodingError` when it has no JSON form.
    public init(_ record: Record) throws { bytes = Array(try CanonicalJSON.encode(record)) }

    /// The record.
    ///
    /// - Throws: `DecodingError` when the row holds what the record cannot.
    public func record() throws -> Record {
        try CanonicalJSON.decode(Record.self, from: String(decoding: bytes, as: UTF8.self))
    }
}

/// A page of a list whose items are bytes already.
public struct DocumentPage<Record: Codable & Sendable>: Sendable {
    /// The items: a JSON array.
    public let items: [UInt8]
    /// Where the next page starts; absent on the last page.
    public let next: String?
    /// How many items the whole list has, if that was asked.
    public let total: Int64?

    init(items: [UInt8], next: String?, total: Int64?) {
        (self.items, self.next, self.total) = (items, next, total)
    }

    /// The documents of a page of values.
    ///
    /// - Throws: `EncodingError` when one has no JSON form.
    public init(_ page: Page<Record>) throws {
        items = Array(try CanonicalJSON.encode(page.items))
        (next, total) = (page.next, page.total)
    }

    /// The page as values.
    ///
    /// - Throws: `DecodingError` when a row holds what the record cannot.
    public func records() throws -> Page<Record> {
        let text = String(decoding: items, as: UTF8.self)
        return Page(items: try CanonicalJSON.decode([Record].self, from: text), next: next, total: total)
    }
}
