import ServiceKit

extension Permission {
    /// Those about the rights of persons.
    static let ofPersons: [Permission] = [
        .readConsents, .writeConsents, .readApprovals, .decideApprovals, .eraseRecords, .exportPersonal,
        .readSubjects, .writeSubjects,
    ]

    /// Read the ledger of consents.
    static let readConsents = Permission(
        "consent.read",
        en: "Read on what ground data about persons may be used",
        zh: "查阅个人信息处理的依据与同意台账"
    )
    /// Add to it.
    static let writeConsents = Permission(
        "consent.write",
        en: "Write down consents, other grounds, and their withdrawal",
        zh: "登记同意、其他处理依据及其撤回"
    )
    /// See what persons ask about their data.
    static let readSubjects = Permission(
        "subject.read",
        en: "See what persons ask about their data, and what was answered",
        zh: "查看个人信息主体的请求与办理情况"
    )
    /// Write it down, and answer.
    static let writeSubjects = Permission(
        "subject.write",
        en: "Write down what persons ask about their data, and answer",
        zh: "登记与办理个人信息主体的请求"
    )
    /// See what others ask for.
    static let readApprovals = Permission(
        "approval.read",
        en: "See what is asked for and what was decided",
        zh: "查看申请与审批"
    )
    /// Decide on what others ask for.
    static let decideApprovals = Permission(
        "approval.decide",
        en: "Approve or refuse what others ask for: erasures, and exports of personal data",
        zh: "审批他人的申请：删除与导出个人信息"
    )
    /// Erase persons, once somebody else has approved.
    static let eraseRecords = Permission(
        "record.erase",
        en: "Ask for persons to be erased, and erase them when somebody else has approved",
        zh: "申请删除个人信息，并在获批后执行"
    )
    /// Take personal data out, once somebody else has approved.
    static let exportPersonal = Permission(
        "record.export_personal",
        en: "Ask for personal data to be given out, and fetch them when somebody else has approved",
        zh: "申请导出个人信息，并在获批后取回"
    )
}
