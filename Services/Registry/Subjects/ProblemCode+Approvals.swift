import DomainModel
import ServiceKit

/// Problems of what two people must want.
extension ProblemCode {
    /// The approval does not wait, or does not hold.
    static let approvalState = ProblemCode(
        "APPROVAL_STATE",
        409,
        en: "Not possible in this state of the approval",
        zh: "审批的当前状态不允许此操作",
        hint: "Read the approval; what was refused or has expired is asked for anew.",
        hintZh: "请查看该审批；已驳回或过期的须重新申请。",
        cause: LocalizedText(
            zh: "审批已有结果、已撤回、已过期或已使用；成员 state 为其状态。",
            en: "It was decided, withdrawn or used before, or its time is over; the member `state` says which."
        ),
        example: LocalizedText(zh: "审批 12 的状态为 refused。", en: "Approval 12 is refused.")
    )
    /// Somebody decides on what they have asked for themselves.
    static let approvalOwn = ProblemCode(
        "APPROVAL_OWN",
        403,
        en: "A second person decides",
        zh: "须由另一人审批",
        hint: "Ask somebody else who has the permission approval.decide.",
        hintZh: "请由另一位具有 approval.decide 权限的人审批。",
        cause: LocalizedText(
            zh: "申请人不能审批自己的申请。",
            en: "Who asks for something does not decide on it."
        ),
        example: LocalizedText(zh: "审批 12 由您本人申请。", en: "You have asked for approval 12 yourself.")
    )
    /// Somebody uses or withdraws what others have asked for.
    static let approvalOfOthers = ProblemCode(
        "APPROVAL_OF_OTHERS",
        403,
        en: "Only who asked may do it",
        zh: "仅限申请人操作",
        hint: "Ask for an approval of your own.",
        hintZh: "请自行申请。",
        cause: LocalizedText(
            zh: "申请由他人提出，只有申请人可以撤回或使用。",
            en: "Somebody else has asked for it; only who asked may withdraw or use it."
        ),
        example: LocalizedText(zh: "审批 12 由 user:li.wei 申请。", en: "user:li.wei has asked for approval 12.")
    )
}

extension Problem {
    /// The approval does not wait, or does not hold.
    static func approvalState(_ approval: Approval) -> Problem {
        let state = approval.state.rawValue
        return Problem(
            .approvalState,
            "Approval \(approval.number) is \(state).",
            zh: "审批 \(approval.number) 的状态为 \(state)。"
        )
        .with("state", state)
    }

    /// The approval is about something else, or about other records.
    static func otherApproval(_ approval: Approval) -> Problem {
        let action = approval.action.rawValue
        return Problem(
            .approvalState,
            "Approval \(approval.number) is for another \(action).",
            zh: "审批 \(approval.number) 针对的是其他 \(action)。"
        )
        .with("state", approval.state.rawValue)
    }

    /// Who asks does not decide.
    static func ownApproval(_ approval: Approval) -> Problem {
        let number = approval.number
        return Problem(.approvalOwn, "You have asked for approval \(number) yourself.", zh: "审批 \(number) 由您本人申请。")
    }

    /// Only who asked may do it.
    static func approvalOfOthers(_ approval: Approval) -> Problem {
        let (number, name) = (approval.number, approval.requestedBy)
        return Problem(
            .approvalOfOthers,
            "\(name) has asked for approval \(number).",
            zh: "审批 \(number) 由 \(name) 申请。"
        )
    }
}
