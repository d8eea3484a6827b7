import DomainModel

extension Edition: Listed {
    static var listing: [Column<Edition>] {
        [
            .number("id", "版本", "edition") { $0.id },
            .text("name", "文件名", "name") { $0.name },
            .text("title", "标题", "title") { $0.title },
            .text("language", "语言", "language", in: [.sheet, .csv]) { $0.request.language.rawValue },
            .text("template", "模板", "template", in: [.sheet, .csv]) { $0.request.template.rawValue },
            .text("plan", "规划", "plan", in: [.sheet, .csv]) { $0.request.plan },
            .number("assessment", "评估", "assessment") { $0.assessment },
        ]
            + Column.instant("as_of", "数据截至", "data as of") { $0.asOf }
            + Column.instant("created_at", "生成时间", "made at", in: [.sheet, .csv]) { $0.createdAt }
            + [
                .text("formats", "格式", "formats", in: [.sheet, .csv]) {
                    $0.renderings.map { "\($0.format.rawValue) \($0.bytes) \($0.sha256)" }.joined(separator: "; ")
                },
                .text("notices", "提示", "notices", in: [.sheet, .csv]) { $0.notices.joined(separator: "; ") },
            ]
    }
}
