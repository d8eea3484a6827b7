import DomainModel
import ReportDocument

/// The documents that the targets were printed in, with the places.
struct SourcesSection {
    private let matter: ReportMatter

    init(_ matter: ReportMatter) {
        self.matter = matter
    }

    var blocks: [Block] {
        let say = matter.say
        var files: [String] = []
        var places: [String: [String: Int]] = [:]
        var order: [String: [String]] = [:]
        for line in matter.lines {
            let source = line.target.source
            let place = Self.place(source.locator, matter.language)
            if places[source.file] == nil { files.append(source.file) }
            if places[source.file]?[place] == nil { order[source.file, default: []].append(place) }
            places[source.file, default: [:]][place, default: 0] += 1
        }
        let items = files.map { file -> [Inline] in
            let title = matter.documents[file]?[matter.language]
            let list = (order[file] ?? []).map { place in
                let count = places[file]?[place] ?? 0
                return count > 1 ? say("\(place)（\(count)项）", "\(place) (\(count))") : place
            }
            let head: [Inline] = title.map { [.strong($0), .text(" "), .code(file)] } ?? [.code(file)]
            return head + [.lineBreak, .note(list.joined(separator: say("；", "; ")))]
        }
        return [
            .heading(Heading(say("资料来源", "Sources"), anchor: "sources")),
            .paragraph([
                .text(
                    say(
                        "目标取自下列文件的所列位置；数值取自各部门报送的数据文件，每个数字的来源行可按溯源码查到。",
                        "The targets are taken from these documents, at the places named; the values from the files "
                            + "that departments submitted, each with its row, which its lineage code leads to."
                    )
                )
            ]), .list(List(items)),
        ]
    }

    /// A place without the row: `表1 row 15` is table 1.
    static func place(_ locator: String, _ language: Language) -> String {
        var place = locator.replacing(/\srow \w+$/, with: "")
        if language == .en {
            place = place.replacing(/^表(\d+)/) { "Table \($0.output.1)" }
            place = place.replacing(/^专栏([\d.]+)/) { "Box \($0.output.1)" }
        }
        return place
    }
}
