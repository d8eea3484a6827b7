import DomainModel

extension CivilDate {
    /// The same day some years later; 29 February becomes 1 March where there is none.
    func adding(years: Int) -> CivilDate {
        let (year, month, day) = components
        let same = CivilDate(year: year + years, month: month, day: day)
        return same ?? CivilDate(year: year + years, month: 3, day: 1) ?? self
    }
}
