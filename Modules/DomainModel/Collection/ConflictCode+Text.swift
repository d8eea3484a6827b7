extension ConflictCode {
    /// Whether a row with this conflict is refused.
    public var severity: Conflict.Severity {
        switch self {
        case .csvQuoteInField, .duplicateSame, .valueDiffersFromPrinted: .warning
        default: .error
        }
    }

    /// Whether the conflict is about the whole file: no row can be taken.
    public var concernsWholeFile: Bool {
        switch self {
        case .fileEmpty, .fileNoRows, .fileEncodingInvalid, .fileEncodingAmbiguous, .csvQuoteUnclosed,
            .columnMissing, .columnUnknown, .columnDuplicate, .columnBlank:
            true
        default: false
        }
    }

    /// What is wrong.
    public var message: LocalizedText {
        text.message
    }

    /// What was expected, where nothing more exact is known.
    public var expected: LocalizedText {
        text.expected
    }

    private var text: (message: LocalizedText, expected: LocalizedText) {
        func text(
            _ zh: String,
            _ en: String,
            _ expectedZh: String,
            _ expectedEn: String
        ) -> (LocalizedText, LocalizedText) {
            (LocalizedText(zh: zh, en: en), LocalizedText(zh: expectedZh, en: expectedEn))
        }
        return switch self {
        case .fileEmpty:
            text("文件为空", "The file is empty", "带表头和数据行的文件", "a file with a header and rows")
        case .fileNoRows:
            text("文件只有表头，没有数据行", "The file has a header and no rows", "至少一行数据", "at least one row of data")
        case .fileEncodingInvalid:
            text(
                "文件含有所用编码中不存在的字节",
                "The file has bytes that its encoding does not allow",
                "UTF-8、UTF-16（带 BOM）或 GB18030；请从表格软件另存为 UTF-8",
                "UTF-8, UTF-16 with BOM, or GB18030; save it as UTF-8"
            )
        case .fileEncodingAmbiguous:
            text(
                "无法判断文件编码",
                "The encoding of the file cannot be told",
                "声明编码，或另存为 UTF-8",
                "a stated encoding, or a file saved as UTF-8"
            )
        case .cellControlCharacter:
            text("单元格含控制字符", "The cell has a control character", "可见文字", "printable text")
        case .csvQuoteUnclosed:
            text(
                "引号没有闭合，直到文件结尾",
                "A quote is opened and never closed, up to the end of the file",
                "每个开始引号都有结束引号；字段内的引号写两次",
                "a closing quote for each opening one; quotes inside a field are doubled"
            )
        case .csvQuoteJunk:
            text(
                "结束引号之后还有文字",
                "Text follows the closing quote",
                "结束引号之后是逗号或行尾",
                "a comma or the end of the line after the closing quote"
            )
        case .csvQuoteInField:
            text(
                "没有引号开头的字段内出现引号",
                "A quote stands inside a field that does not begin with one",
                "整个字段加引号，内部的引号写两次；此处按原样保留",
                "the whole field in quotes with inner ones doubled; it is kept as it stands"
            )
        case .rowTooLong:
            text(
                "一行超过 1 MiB",
                "A row is longer than 1 MiB",
                "较短的行；多半是引号没有闭合",
                "a shorter row; most often a quote is not closed"
            )
        case .rowCellMissing:
            text(
                "该行单元格少于表头",
                "The row has fewer cells than the header",
                "与表头相同的单元格数",
                "as many cells as the header has"
            )
        case .rowCellExtra:
            text(
                "该行单元格多于表头",
                "The row has more cells than the header",
                "与表头相同的单元格数；含逗号的文字要加引号",
                "as many cells as the header has; text with a comma needs quotes"
            )
        case .rowNotJSON:
            text("该行不是一个 JSON 对象", "The line is not a JSON object", "每行一个 JSON 对象", "one JSON object a line")
        case .columnMissing:
            text("缺少数据集要求的列", "A column that the dataset needs is missing", "表头含有该列名", "a header with this column")
        case .columnUnknown:
            text("数据集不认识该列", "The dataset does not know this column", "数据集声明的列名", "a column that the dataset declares")
        case .columnDuplicate:
            text("列名重复", "The column name stands twice", "不重复的列名", "each column name once")
        case .columnBlank:
            text("列没有名称", "The column has no name", "列名", "a column name")
        case .indicatorUnknown:
            text("指标代码不存在", "The indicator is not known", "已登记的指标代码", "the code of a registered indicator")
        case .regionUnknown:
            text("地区代码不存在", "The region is not known", "已登记的地区代码", "the code of a registered region")
        case .regionNotPermitted:
            text(
                "无权为该地区报送",
                "You may not submit for this region",
                "授权范围内的地区；如需更多，请联系管理员",
                "a region of your grants; ask an administrator for more"
            )
        case .periodMissing:
            text(
                "没有时期",
                "No period is given",
                "时期，例如 2020、2020-Q3、2020-05；没有时期的数值不能成为观测值",
                "a period such as 2020, 2020-Q3 or 2020-05; a figure without one is no observation"
            )
        case .periodInvalid:
            text(
                "时期写法不正确",
                "The period cannot be read",
                "SDMX 时期：2020、2020-S1、2020-Q3、2020-05、2020-W07、2020-05-17",
                "an SDMX period: 2020, 2020-S1, 2020-Q3, 2020-05, 2020-W07, 2020-05-17"
            )
        case .valueNotNumber:
            text("数值不是数字", "The value is not a number", "十进制数，例如 3051.61", "a decimal number such as 3051.61")
        case .valueOutOfRange:
            text(
                "数值位数过多",
                "The value has too many digits",
                "至多 24 位有效数字、12 位小数",
                "at most 24 significant digits and 12 decimal places"
            )
        case .valueMissing:
            text(
                "没有数值",
                "No value is given",
                "数值；确无数据时在原文栏写“-”",
                "a value; where there is none, a dash in the printed column"
            )
        case .valueDiffersFromPrinted:
            text(
                "数值与原文不一致",
                "The value differs from the printed figure",
                "与原文相同的数值",
                "the number that the printed figure says"
            )
        case .unitDiffers:
            text("单位与指标不一致", "The unit is not the indicator's", "指标的计量单位", "the indicator's unit of measure")
        case .duplicateSame:
            text("文件中另一行的键和数值都相同", "Another row has the same key and the same value", "每个键一行", "one row a key")
        case .duplicateOther:
            text(
                "文件中另一行的键相同而数值不同",
                "Another row has the same key and another value",
                "每个键一行；修订值请在口径栏标明",
                "one row a key; a revision is marked in the basis column"
            )
        case .recordDuplicate:
            text("代码在文件中重复", "The code stands twice in the file", "每个代码一行", "one row a code")
        case .fieldMissing:
            text("必填字段为空", "A field that must be filled is empty", "非空值", "a value")
        case .fieldInvalid:
            text("字段取值不允许", "The field has a value that is not allowed", "允许的取值", "an allowed value")
        case .referenceUnknown:
            text("引用的记录不存在", "The record that is referred to is not known", "已登记的代码", "the code of a registered record")
        case .definitionContradicts:
            text("同一代码的定义前后矛盾", "Rows with the same code contradict each other", "每个代码只有一种定义", "one definition a code")
        case .planMissing:
            text("没有规划对应该范围和目标年", "No plan covers this scope and target year", "先登记规划", "a plan registered first")
        case .fieldUnknown, .fieldType, .fieldOutOfRange, .fieldSealed, .termUnknown, .identifierInvalid,
            .identifierCheckDigit, .birthDateImpossible, .birthDateContradicts, .identifierTaken, .divisionRetired,
            .validityInvalid, .statementOverlap,
            .shareOverOne, .statementUnknown, .relationKind, .relationEnded:
            recordText
        }
    }
}
