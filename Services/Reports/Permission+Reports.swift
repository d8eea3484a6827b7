import ServiceKit

extension Permission {
    /// Read assessments and their findings.
    static let readAssessments = Permission("assessment.read", en: "Read assessments", zh: "查阅评估")
    /// Assess plans.
    static let runAssessments = Permission("assessment.run", en: "Assess plans", zh: "开展评估")
    /// Read editions of reports.
    static let readReports = Permission("report.read", en: "Read reports", zh: "查阅报告")
    /// Make editions of reports.
    static let writeReports = Permission("report.write", en: "Make reports", zh: "编制报告")
}
