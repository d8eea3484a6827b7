public import DomainModel
import NameForms

extension SearchHit {
    /// The answer as the world sees it: without row numbers.
    public var found: FoundRecord {
        let match: FoundRecord.Match =
            switch rank {
            case .exact: .exact
            case .prefix: .prefix
            case .pinyin: .pinyin
            case .initials: .initials
            case .overlap: .overlap
            }
        return FoundRecord(key: key, kind: kind, match: match, field: field, shown: shown, name: name, region: region)
    }
}
