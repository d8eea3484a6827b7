import DomainModel
import NameForms
import SyntheticRegistry

// Prints made-up names with their keys as lines for COPY: place, name as shown, name as folded, and three arrays.

let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 1_000
var registry = SyntheticRegistry(talents: count, enterprises: 0, seed: 1)
var place = 0
while let entry = registry.next() {
    guard entry.kind == .talent, let shown = entry.values.first(where: { $0.code.hasPrefix("name_") })?.value.text
    else {
        continue
    }
    let keys = SearchKeys(shown, as: .person)
    let arrays = [keys.inner, keys.pinyin, keys.initials].map { "{" + $0.joined(separator: ",") + "}" }
    print(([String(place), shown, keys.name] + arrays).joined(separator: "\t"))
    place += 1
}
