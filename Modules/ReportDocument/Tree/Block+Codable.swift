extension Block: Codable {
    private enum Kind: String, CodingKey, CaseIterable {
        case heading, paragraph, list, callout, tiles, table, charts
    }

    /// Decodes an object with one member, named after the kind.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Kind.self)
        switch container.allKeys.first {
        case .heading: self = .heading(try container.decode(Heading.self, forKey: .heading))
        case .paragraph: self = .paragraph(try container.decode([Inline].self, forKey: .paragraph))
        case .list: self = .list(try container.decode(List.self, forKey: .list))
        case .callout: self = .callout(try container.decode(Callout.self, forKey: .callout))
        case .tiles: self = .tiles(try container.decode([Tile].self, forKey: .tiles))
        case .table: self = .table(try container.decode(Table.self, forKey: .table))
        case .charts: self = .charts(try container.decode([Chart].self, forKey: .charts))
        case nil:
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath,
                    debugDescription: "expected one of: \(Kind.allCases.map(\.rawValue).joined(separator: ", "))"
                )
            )
        }
    }

    /// Encodes an object with one member, named after the kind.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Kind.self)
        switch self {
        case .heading(let heading): try container.encode(heading, forKey: .heading)
        case .paragraph(let content): try container.encode(content, forKey: .paragraph)
        case .list(let list): try container.encode(list, forKey: .list)
        case .callout(let callout): try container.encode(callout, forKey: .callout)
        case .tiles(let tiles): try container.encode(tiles, forKey: .tiles)
        case .table(let table): try container.encode(table, forKey: .table)
        case .charts(let charts): try container.encode(charts, forKey: .charts)
        }
    }
}
