extension ConflictCode {
    /// The texts of the codes that records and statements have.
    var recordText: (message: LocalizedText, expected: LocalizedText) {
        func text(
            _ zh: String,
            _ en: String,
            _ expectedZh: String,
            _ expectedEn: String
        ) -> (LocalizedText, LocalizedText) {
            (LocalizedText(zh: zh, en: en), LocalizedText(zh: expectedZh, en: expectedEn))
        }
        return switch self {
        case .fieldUnknown: text("没有该字段", "There is no such field", "已声明的字段", "a declared field")
        case .fieldType: text("字段类型不符", "The field has a value of another type", "声明的类型", "the declared type")
        case .fieldOutOfRange:
            text("字段取值超出范围", "The value is out of the bounds of its field", "范围内的取值", "a value within the bounds")
        case .fieldSealed:
            text(
                "该字段只能加密保存，而登记服务未配置密钥",
                "The field is stored encrypted only, and the registry has no keys",
                "不填该字段；或由运维人员以 ceyuan keys new 生成密钥并写入 registry.keysFile",
                "no value; or keys, which the operator makes with “ceyuan keys new” and names in registry.keysFile"
            )
        case .termUnknown: text("词表中没有该代码", "The vocabulary has no such code", "词表中的代码", "a code of the vocabulary")
        case .identifierInvalid:
            text("标识符不正确", "The identifier is not right", "符合标准的标识符", "an identifier as its standard says")
        case .identifierCheckDigit:
            text("标识符的校验码不正确", "The check character of the identifier is wrong", "正确的校验码", "the right check character")
        case .birthDateImpossible:
            text(
                "出生日期不可能",
                "Nobody can have been born on this day",
                "1800 年以来、不晚于今天的日期",
                "a day since 1800 and not after today"
            )
        case .birthDateContradicts:
            text(
                "出生日期与公民身份号码不符",
                "The date of birth is not that of the resident identity number",
                "两者一致；请核对哪一项有误",
                "both alike; find out which of them is wrong"
            )
        case .identifierTaken:
            text(
                "另一条记录已有此号码",
                "Another record has this number",
                "一人一号；若为同一人，请修改已有记录",
                "a number of one person alone; if it is the same person, change the record that is there"
            )
        case .divisionRetired: text("行政区划代码已停用", "The division code is no longer in force", "现行代码", "a code in force")
        case .validityInvalid:
            text(
                "有效期的结束不晚于开始",
                "The validity does not end after it begins",
                "结束日期晚于开始日期；结束日当天不再有效",
                "an end after the beginning; on the day of the end it holds no longer"
            )
        case .statementOverlap:
            text(
                "与另一条陈述的有效期重叠",
                "The validity overlaps that of another statement",
                "互不重叠的有效期；请先结束或更正原有陈述",
                "validities that do not overlap; end or correct the other statement first"
            )
        case .shareOverOne:
            text(
                "同一天的份额合计超过 1",
                "The shares of one day add up to more than one",
                "每一天的合计不超过 1",
                "at most one on each day"
            )
        case .statementUnknown:
            text("没有该类陈述", "There is no such kind of statement", "已声明的陈述类型", "a declared kind of statement")
        case .relationKind:
            text(
                "陈述不能用于该类记录",
                "The statement cannot have a record of this kind there",
                "允许的记录类型",
                "a kind of record that is allowed"
            )
        case .relationEnded:
            text(
                "所指记录已合并、删除或撤回",
                "The record was merged, erased or withdrawn",
                "现存的记录",
                "a record that is still there"
            )
        default: preconditionFailure("\(rawValue) has no text among the codes of records")
        }
    }
}
