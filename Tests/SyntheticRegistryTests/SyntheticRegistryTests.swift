import DomainModel
import FoundationEssentials
import NameForms
import SyntheticRegistry
import Testing

@Suite("the made-up population")
struct SyntheticRegistryTests {
    /// All entries of a population.
    private static func entries(
        talents: Int,
        enterprises: Int,
        seed: UInt64,
        duplicates: Int = 0
    ) -> [SyntheticEntry] {
        var registry = SyntheticRegistry(
            talents: talents,
            enterprises: enterprises,
            seed: seed,
            duplicates: duplicates
        )
        var entries: [SyntheticEntry] = []
        while let entry = registry.next() { entries.append(entry) }
        return entries
    }

    /// The bytes of all files of a population.
    private static func files(
        _ format: SyntheticFormat,
        talents: Int,
        enterprises: Int,
        seed: UInt64
    ) throws -> [String: [UInt8]] {
        var registry = SyntheticRegistry(talents: talents, enterprises: enterprises, seed: seed)
        var files = SyntheticFiles(format)
        var bytes: [String: [UInt8]] = [:]
        while let entry = registry.next() { try files.add(entry) { bytes[$0, default: []] += $1 } }
        try files.finish { bytes[$0, default: []] += $1 }
        for file in files.files { #expect(file.bytes == bytes[file.name]?.count) }
        return bytes
    }

    /// The codes of vocabularies and regions that the platform comes with.
    private static func facts() throws -> RecordFacts {
        func rows(_ name: String) throws -> [[Substring]] {
            let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
            let text = try String(contentsOfFile: "/\(root)/deploy/reference/\(name)", encoding: .utf8)
            // The first two columns are codes, which have no quotes.
            return text.split(separator: "\n").dropFirst().map { $0.split(separator: ",", maxSplits: 2) }
        }
        var terms: [String: Set<String>] = [:]
        for row in try rows("classifications.csv") where row.count > 2 {
            terms[String(row[0]), default: []].insert(String(row[1]))
        }
        let regions = Set(try rows("regions.csv").compactMap(\.first).map(String.init))
        return RecordFacts(terms: terms, regions: regions, today: SyntheticRegistry.lastDay)
    }

    @Test("the same seed gives the same bytes, another seed others", arguments: SyntheticFormat.allCases)
    func repetition(format: SyntheticFormat) throws {
        let first = try Self.files(format, talents: 400, enterprises: 40, seed: 7)
        #expect(try Self.files(format, talents: 400, enterprises: 40, seed: 7) == first)
        #expect(
            try Self.files(format, talents: 400, enterprises: 40, seed: 8)["talent.\(format)"]
                != first["talent.\(format)"]
        )
    }

    @Test("a larger population begins with the smaller one's persons, but for their relations")
    func growth() {
        let few = Self.entries(talents: 50, enterprises: 30, seed: 3).suffix(50)
        let many = Self.entries(talents: 90, enterprises: 30, seed: 3).suffix(90).prefix(50)
        for (one, other) in zip(few, many) {
            #expect(one.key == other.key)
            #expect(one.values.elementsEqual(other.values, by: ==))
        }
    }

    @Test("every record and statement passes the checks of the registry")
    func checks() throws {
        let model = RecordModel.standard
        let facts = try Self.facts()
        let entries = Self.entries(talents: 2_000, enterprises: 300, seed: 1, duplicates: 20)
        let kinds = Dictionary(uniqueKeysWithValues: entries.map { ($0.key, $0.kind) })
        var said: [String: [StatementDraft]] = [:]
        for entry in entries {
            let attributes = Dictionary(uniqueKeysWithValues: entry.values.map { ($0.code, $0.value) })
            // Sealed fields are refused here, since nothing seals them; their values have tests of their own.
            let conflicts = model.check(attributes, of: entry.kind, facts).conflicts
            #expect(conflicts.filter { $0.code != .fieldSealed } == [], "\(entry.key)")
            #expect(model.missing(in: attributes, of: entry.kind) == [], "\(entry.key)")
            for statement in entry.statements {
                let subject = try #require(kinds[statement.subject])
                let object = try statement.object.map { key in
                    RelatedRecord(key: key, kind: try #require(kinds[key]), state: .active, mergedInto: nil)
                }
                let draft = StatementDraft(
                    statement.type,
                    object: statement.object,
                    term: statement.term,
                    share: statement.share.flatMap { ExactDecimal($0) },
                    from: statement.from,
                    until: statement.until,
                    attributes: Dictionary(uniqueKeysWithValues: statement.values.map { ($0.code, $0.value) })
                )
                let conflicts =
                    model.check(draft, about: subject, to: object, facts).conflicts
                    + model.clashes(draft, with: said[statement.subject] ?? [])
                #expect(conflicts == [], "\(statement.type) of \(statement.subject)")
                said[statement.subject, default: []].append(draft)
            }
        }
    }

    @Test("who is in the corridor is employed as one whole person")
    func shares() {
        for entry in Self.entries(talents: 1_500, enterprises: 200, seed: 2) where entry.kind == .talent {
            let stays = entry.statements.filter { $0.type == "presence" }
            let posts = entry.statements.filter { $0.type == "employment" }
            for day in posts.compactMap(\.from) + stays.compactMap(\.from) {
                func holds(_ statement: SyntheticStatement) -> Bool {
                    statement.from.map { $0 <= day } ?? true && statement.until.map { day < $0 } ?? true
                }
                let sum = posts.filter(holds).compactMap { ExactDecimal($0.share ?? "") }
                    .reduce(ExactDecimal.zero) { (try? $0.adding($1)) ?? $0 }
                #expect(stays.contains(where: holds), "\(entry.key) on \(day.isoText)")
                #expect(sum == ExactDecimal(1), "\(entry.key) on \(day.isoText)")
            }
        }
    }

    @Test("no identifier is given twice, and each says by its beginning that it is made up")
    func identifiers() {
        let beginnings = [
            "resident_id": "33222", "passport": "XXS", "orcid": "0000-0099-",
        ]
        var seen: Set<String> = []
        var people = 0
        for entry in Self.entries(talents: 20_000, enterprises: 500, seed: 5) {
            for (code, value) in entry.values {
                guard let text = value.text, code == "uscc" || beginnings[code] != nil else { continue }
                #expect(seen.insert(text).inserted, "\(code) of \(entry.key)")
                if code == "uscc" { #expect(text.dropFirst(8).hasPrefix("XX")) }
                if let beginning = beginnings[code] { #expect(text.hasPrefix(beginning)) }
                if code == "resident_id" { people += 1 }
            }
            #expect(entry.values.contains { $0.code == "note" })
        }
        #expect(people > 19_000)
    }

    @Test("passports pass their check")
    func passports() {
        let numbers = Self.entries(talents: 2_000, enterprises: 0, seed: 6).compactMap { entry in
            entry.values.first { $0.code == "passport" }?.value.text
        }
        #expect(numbers.count > 10)
        for number in numbers { #expect(PassportNumber(number, on: SyntheticRegistry.lastDay) != nil, "\(number)") }
    }

    @Test("the resident number says the day of birth and the sex")
    func residents() throws {
        for entry in Self.entries(talents: 500, enterprises: 10, seed: 9) where entry.kind == .talent {
            let values = Dictionary(uniqueKeysWithValues: entry.values.map { ($0.code, $0.value.text) })
            guard let number = values["resident_id"] ?? nil else { continue }
            let resident = try #require(ResidentIdentityNumber(number, on: SyntheticRegistry.lastDay))
            #expect(resident.birthDate.isoText == values["birth_date"])
            let isOdd = (Array(number.utf8)[16] & 1) == 1
            #expect(values["sex"] == (isOdd ? "male" : "female"))
        }
    }

    @Test("a second record has the key of the first one, no number of a document, and a name that sounds the same")
    func seconds() throws {
        let first = Self.entries(talents: 1_000, enterprises: 200, seed: 11)
        let all = Self.entries(talents: 1_000, enterprises: 200, seed: 11, duplicates: 50)
        #expect(all.prefix(first.count).map(\.key) == first.map(\.key))
        let originals = Dictionary(uniqueKeysWithValues: first.map { ($0.key, $0) })
        let seconds = all.dropFirst(first.count)
        #expect(seconds.count { $0.kind == .enterprise } == 10 && seconds.count { $0.kind == .talent } == 50)
        var miswritten = 0
        for second in seconds {
            #expect(second.key.hasSuffix("-2"))
            let original = try #require(originals[String(second.key.dropLast(2))])
            let values = Dictionary(uniqueKeysWithValues: second.values.map { ($0.code, $0.value) })
            #expect(Set(values.keys).isDisjoint(with: ["resident_id", "passport", "orcid", "uscc"]))
            for (code, value) in original.values where code != "name_zh" && values[code] != nil {
                #expect(values[code] == value, "\(code) of \(second.key)")
            }
            guard let name = values["name_zh"]?.text else { continue }
            let was = try #require(original.values.first { $0.code == "name_zh" }?.value.text)
            if name != was { miswritten += 1 }
            guard second.kind == .talent else { continue }
            #expect(ChineseName(name)?.spelling == ChineseName(was)?.spelling)
        }
        #expect((10...40).contains(miswritten), "\(miswritten)")
    }

    // The census of 2010: 王, 李, 张, 刘 and 陈 have 29.9 of 100.
    @Test("surnames are as common as published")
    func surnames() {
        let names = Self.entries(talents: 20_000, enterprises: 0, seed: 4).compactMap { entry in
            entry.values.first { $0.code == "name_zh" && entry.kind == .talent }?.value.text
        }
        let five = names.count { "王李张刘陈".contains($0.prefix(1)) }
        #expect((28...32).contains(five * 100 / names.count))
    }

    @Test("an empty population has bodies and platforms only")
    func empty() {
        let kinds = Set(Self.entries(talents: 0, enterprises: 0, seed: 1).map(\.kind))
        #expect(kinds == [.organisation, .platform])
    }
}
