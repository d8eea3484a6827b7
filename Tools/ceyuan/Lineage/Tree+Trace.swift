import DomainModel

extension Tree {
    /// The way home of a figure.
    ///
    /// - Parameters:
    ///   - trace: The way.
    ///   - role: What the figure is in the finding above it.
    ///   - counted: Who was counted for it, and for what it rests on.
    ///   - editions: The reports that print the figure.
    ///   - console: Gives the language.
    init(
        _ trace: LineageTrace,
        as role: LocalizedText? = nil,
        counted: [CountedTrace],
        printedIn editions: [String],
        _ console: Console
    ) {
        let heading = [trace.heading(console), role?[console.language]].compactMap(\.self)
        self.init("\(trace.code)  \(heading.joined(separator: console("，", ", ")))", style: .bold)
        if let finding = trace.finding { add(finding, console) }
        if let target = trace.target { add(target, console) }
        if let observation = trace.observation { add(observation, console) }
        for revision in trace.revisions where revision.lineage != trace.observation?.lineage {
            let value = revision.value?.description ?? console("无数值", "no value")
            children.append(
                Tree(
                    "\(console("另一版", "another revision")) \(revision.lineage)  \(value)  "
                        + console(
                            "批次 \(revision.batch) 第 \(revision.line) 行，",
                            "batch \(revision.batch), line \(revision.line), "
                        )
                        + revision.recordedAt.shortDescription
                )
            )
        }
        if let origin = trace.origin { children.append(Tree(origin, console)) }
        children += counted.filter { $0.code == trace.code }.map { Tree($0, console) }
        children += trace.sources.map {
            Tree($0, as: trace.finding?.role(of: $0.code), counted: counted, printedIn: [], console)
        }
        if !editions.isEmpty {
            children.append(Tree(console("印在以下报告中", "printed in"), children: editions.map { Tree($0) }))
        }
    }

    private mutating func add(_ finding: Finding, _ console: Console) {
        add("\(console("结论", "finding"))  \(finding.verdict[console.language])", style: finding.status.style)
        for step in finding.steps {
            let result = step.result.isEmpty ? "" : " = \(step.result)"
            add("\(step.name[console.language])  \(step.expression)\(result)")
        }
    }

    private mutating func add(_ target: Target, _ console: Console) {
        let value = target.value.map { "\(target.comparator?.rawValue ?? "=") \($0)" } ?? console("非数值", "no number")
        add("\(target.indicator)  \(target.year): \(value)  \(console("原文", "printed"))“\(target.printed)”")
        if let baseline = target.baseline, let year = target.baselineYear {
            add("\(console("基期", "baseline"))  \(year): \(baseline)")
        }
        if !target.source.file.isEmpty {
            add("\(console("出处", "source"))  \(target.source.file) \(target.source.locator)")
        }
        if !target.note.isEmpty { add("\(console("备注", "note"))  \(target.note)") }
    }

    private mutating func add(_ observation: Observation, _ console: Console) {
        let value = observation.value?.description ?? console("无数值", "no value")
        let comparator = observation.comparator == .equal ? "" : "\(observation.comparator.rawValue) "
        add(
            "\(observation.indicator)  \(observation.region)  \(observation.period): \(comparator)\(value)  "
                + "\(console("原文", "printed"))“\(observation.printed)”"
        )
        if !observation.note.isEmpty { add("\(console("注", "note"))  \(observation.note)") }
    }

    private init(_ origin: LineageTrace.Origin, _ console: Console) {
        let file = console(
            "\(origin.fileName)，第 \(origin.line) 行，单元格 \(origin.cell)",
            "\(origin.fileName), line \(origin.line), cell \(origin.cell)"
        )
        let batch = origin.batch.map { console("批次 \($0)：", "batch \($0): ") } ?? ""
        self.init(batch + file, style: .cyan)
        add(
            "\(origin.dataset), \(origin.submitter), \(origin.recordedAt.shortDescription), "
                + "SHA-256 \(origin.sha256.prefix(12))…"
        )
        let width = origin.cells.map(\.field.displayWidth).max() ?? 0
        children = origin.cells.map { cell in
            let isFigure = cell.cell == origin.cell
            let fill = String(repeating: " ", count: width - cell.field.displayWidth)
            let text = cell.text.isEmpty ? "" : "\(fill)  \(cell.text)"
            return Tree("\(cell.cell)  \(cell.field)\(text)", style: isFigure ? .green : nil)
        }
    }
}

extension Finding {
    /// What a figure is in the calculation.
    fileprivate func role(of code: String) -> LocalizedText? {
        switch code {
        case actual?.lineage: LocalizedText(zh: "所评估的值", en: "the value judged")
        case baseline?.lineage: LocalizedText(zh: "基期值", en: "the baseline")
        case revisedBaseline?.lineage: LocalizedText(zh: "修订后的基期值", en: "the baseline as revised")
        default: nil
        }
    }
}

extension LineageTrace {
    /// What the figure is, in a few words.
    fileprivate func heading(_ console: Console) -> String {
        if let finding {
            return console("评估结论", "finding") + "  " + finding.indicator.name[console.language]
        }
        if target != nil { return console("目标", "target") }
        if let observation {
            return console("观测值，第 \(observation.revision) 版", "observation, revision \(observation.revision)")
        }
        return ""
    }
}
