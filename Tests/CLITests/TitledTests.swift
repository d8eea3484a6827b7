import DomainModel
import Testing

@testable import ceyuan

@Suite("codes and their words")
struct TitledTests {
    private func check<Word: Titled & CaseIterable>(_ type: Word.Type) {
        for word in Word.allCases {
            #expect(
                word.title.zh.contains { $0.unicodeScalars.allSatisfy(\.properties.isIdeographic) },
                "\(type) \(word)"
            )
            #expect(!word.title.en.contains("_") && word.title.en.allSatisfy(\.isASCII), "\(type) \(word)")
        }
        #expect(Set(Word.allCases.map(\.title.zh)).count == Word.allCases.count, "\(type)")
    }

    @Test("every word of a fixed set is told in Chinese and in English, and no two are told alike")
    func words() {
        check(RegistryKind.self)
        check(RecordState.self)
        check(RecordChange.Verb.self)
        check(PrivacyClass.self)
        check(FieldType.self)
        check(StatementDefinition.Shares.self)
        check(DerivedFact.Sort.self)
        check(RuleChange.Change.self)
        check(RuleRun.Purpose.self)
        check(FoundRecord.Match.self)
        check(SearchFacet.Name.self)
        check(SavedListOrder.Sharing.self)
        check(DuplicateCandidate.State.self)
        check(MergeSide.self)
        check(MergedStatement.Fate.self)
        check(Batch.State.self)
        check(JobRecord.State.self)
        check(OperationRecord.State.self)
        check(Schedule.Missed.self)
        check(WebhookSubscription.State.self)
        check(WebhookAttempt.Outcome.self)
        check(Indicator.Kind.self)
        check(Indicator.Aggregation.self)
        check(Indicator.Direction.self)
        check(Indicator.Nature.self)
        check(AccessExplanation.Reason.self)
        check(AccessExplanation.Standing.self)
        check(AccessExplanation.TokenVerdict.self)
        check(Approval.Action.self)
        check(Approval.State.self)
        check(ProcessingBasis.self)
        check(ConsentForm.self)
        check(ConsentChannel.self)
        check(ConsentAnswer.Lack.self)
        check(SubjectRequest.Kind.self)
        check(SubjectRequest.Lodger.self)
        check(SubjectRequest.State.self)
    }

    @Test("fields are told by their labels: of a kind, of any kind, of a statement; unknown ones by their codes")
    func labels() {
        let words = RecordWords()
        #expect(words.label(of: "name_zh", .talent).zh == "中文姓名")
        #expect(words.label(of: "name_zh", .enterprise).zh == "中文名称")
        #expect(words.label(of: "uscc").zh == "统一社会信用代码")
        #expect(words.label(of: "education.major") == LocalizedText(zh: "教育经历·专业", en: "Education: Field"))
        #expect(words.label(of: "state").zh == "状态")
        #expect(words.labels(of: ["x_room", "major"]).zh == "x_room、所学专业")
        #expect(words.label(of: "education.nothing").zh == "education.nothing")
    }

    private static let recording = Recording(at: Instant("2026-07-01T08:30:00Z")!, principal: "user:li.wei", reason: "")

    private static let statement = RegistryStatement(
        number: 11,
        type: "employment",
        subject: "T-1",
        object: "O-3",
        term: "full_time",
        from: CivilDate(iso: "2024-01-01"),
        recorded: recording,
        attributes: ["position": .text("研究员"), "category": .text("research")]
    )

    private static var words: RecordWords {
        var words = RecordWords()
        words.terms["job_category"] = ["research": LocalizedText(zh: "科研", en: "Research")]
        words.terms["employment_mode"] = ["full_time": LocalizedText(zh: "全职", en: "Full-time")]
        words.terms["talent_tier"] = ["reserve": LocalizedText(zh: "后备人才", en: "Reserve")]
        return words
    }

    @Test("a table of statements has words, CSV the codes")
    func statements() throws {
        let row = ListedStatement(Self.statement, words: Self.words)
        #expect(row.vocabularies == ["job_category", "employment_mode"])
        let table = Console(language: .zh, width: nil).text(of: [row])
        #expect(table.contains("职务：研究员；岗位类别：科研") && table.contains("全职") && table.contains("任职"), "\(table)")
        #expect(!table.contains("full_time") && !table.contains("category"))
        let csv = ListedStatement.listing.filter { $0.places.contains(.csv) }
        #expect(
            csv.map(\.name).prefix(9) == [
                "number", "type", "subject", "object", "term", "share", "from", "until", "attributes",
            ]
        )
        let cells = csv.map { $0.text(row, .zh) }
        #expect(cells[1] == "employment" && cells[4] == "full_time")
        #expect(cells[8] == "category=research; position=研究员")
    }

    @Test("what ends soon is called as the tier, title or permit that ends")
    func expiry() {
        #expect(Self.words.name(of: "reserve", .expiry).zh == "后备人才")
        #expect(Self.words.name(of: "residence", .expiry).zh == "居留许可")
        #expect(Self.words.name(of: "unheard_of", .expiry).zh == "unheard_of")
    }
}
