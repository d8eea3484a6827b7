/// Two changes of one record that were made at the same time, brought together field by field.
///
/// A field that one side alone changed is as that side has it; so is one that both changed alike. Where both changed
/// a field and differ, nobody but a person can decide.
struct ThreeWayMerge {
    /// A field that both changed, and differ.
    struct Clash: Hashable {
        let code: String
        let base: [String]
        let theirs: [String]
        let ours: [String]
    }

    /// The values together; of a clash those of theirs.
    let merged: EditedFields
    /// In the order of the codes.
    let clashes: [Clash]

    /// Brings both together.
    ///
    /// - Parameters:
    ///   - base: What both began with.
    ///   - theirs: What stands in the register now.
    ///   - ours: What we want.
    init(base: EditedFields, theirs: EditedFields, ours: EditedFields) {
        var (merged, clashes) = (theirs, [Clash]())
        for code in ours.differences(from: base) {
            if theirs[code] == base[code] {
                merged[code] = ours[code]
            } else if theirs[code] != ours[code] {
                clashes.append(Clash(code: code, base: base[code], theirs: theirs[code], ours: ours[code]))
            }
        }
        (self.merged, self.clashes) = (merged, clashes)
    }
}
