import DomainModel
import ServiceKit

extension ProblemCode {
    /// A list cannot be saved as it was sent.
    static let savedListInvalid = ProblemCode(
        "SAVED_LIST_INVALID",
        422,
        en: "The list cannot be saved so",
        zh: "清单不能如此保存",
        hint: "Name a question or 1 to 10000 keys, a name of 1 to 200 characters, and a role that exists.",
        hintZh: "请给出查询条件或 1 至 10000 个键、1 至 200 字的名称，以及存在的角色。",
        cause: LocalizedText(
            zh: "清单须有查询条件或键二者之一；按角色共享时须注明存在的角色。",
            en: "A list has either a question or keys; one that is shared with a role names a role that there is."
        ),
        example: LocalizedText(
            zh: "清单既无查询条件也无键。",
            en: "The list has neither a question nor keys."
        )
    )
    /// The owner has another list of the name.
    static let savedListNameTaken = ProblemCode(
        "SAVED_LIST_NAME_TAKEN",
        409,
        en: "You have a list of this name",
        zh: "您已有同名清单",
        hint: "Choose another name, or change the list by its number.",
        hintZh: "请另取名称，或按编号修改该清单。",
        cause: LocalizedText(
            zh: "同一所有者的清单不得重名。",
            en: "No two lists of an owner have the same name."
        ),
        example: LocalizedText(zh: "您已有名为“余杭高企”的清单。", en: "You have a list named “Yuhang high-tech”.")
    )
}
