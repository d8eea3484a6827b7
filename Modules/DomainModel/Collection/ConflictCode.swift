/// The kinds of things that can be wrong with a submitted file, or with a record.
///
/// Raw values are stable: they stand in receipts, in people's scripts and in the documentation. A code that is no
/// longer raised stays listed.
public enum ConflictCode: String, Sendable, Codable, CaseIterable {
    /// The file has no bytes.
    case fileEmpty = "FILE_EMPTY"
    /// There is a header and nothing under it.
    case fileNoRows = "FILE_NO_ROWS"
    /// The bytes are no text in the stated or detected encoding.
    case fileEncodingInvalid = "FILE_ENCODING_INVALID"
    /// The bytes are text in more than one encoding.
    case fileEncodingAmbiguous = "FILE_ENCODING_AMBIGUOUS"
    /// A control character such as NUL.
    case cellControlCharacter = "CELL_CONTROL_CHARACTER"
    /// A quoted field is never closed.
    case csvQuoteUnclosed = "CSV_QUOTE_UNCLOSED"
    /// Text follows the closing quote of a field.
    case csvQuoteJunk = "CSV_QUOTE_JUNK"
    /// A quote stands inside a field that does not begin with one.
    case csvQuoteInField = "CSV_QUOTE_IN_FIELD"
    /// A record is longer than the limit.
    case rowTooLong = "ROW_TOO_LONG"
    /// A row has fewer cells than the header.
    case rowCellMissing = "ROW_CELL_MISSING"
    /// A row has more cells than the header.
    case rowCellExtra = "ROW_CELL_EXTRA"
    /// A line of NDJSON is no JSON object.
    case rowNotJSON = "ROW_NOT_JSON"
    /// A column that the dataset needs is not in the header.
    case columnMissing = "COLUMN_MISSING"
    /// A column that the dataset does not know.
    case columnUnknown = "COLUMN_UNKNOWN"
    /// A column name stands twice in the header.
    case columnDuplicate = "COLUMN_DUPLICATE"
    /// A column without a name.
    case columnBlank = "COLUMN_BLANK"
    /// The indicator is not known.
    case indicatorUnknown = "INDICATOR_UNKNOWN"
    /// The region is not known.
    case regionUnknown = "REGION_UNKNOWN"
    /// The region is none of those that the submitter may submit for.
    case regionNotPermitted = "REGION_NOT_PERMITTED"
    /// No period is given.
    case periodMissing = "PERIOD_MISSING"
    /// The period is not an SDMX time period.
    case periodInvalid = "PERIOD_INVALID"
    /// The value is not a number.
    case valueNotNumber = "OBS_VALUE_NOT_NUMBER"
    /// The value has too many digits.
    case valueOutOfRange = "OBS_VALUE_OUT_OF_RANGE"
    /// No value is given, and nothing printed says that there is none.
    case valueMissing = "OBS_VALUE_MISSING"
    /// The value column and the printed figure say different numbers.
    case valueDiffersFromPrinted = "OBS_VALUE_DIFFERS_FROM_PRINTED"
    /// The unit is not the indicator's.
    case unitDiffers = "UNIT_DIFFERS"
    /// Another row of the file has the same key and the same value.
    case duplicateSame = "DUPLICATE_SAME_VALUE"
    /// Another row of the file has the same key and another value.
    case duplicateOther = "DUPLICATE_OTHER_VALUE"
    /// The key of a record stands twice in the file.
    case recordDuplicate = "RECORD_DUPLICATE"
    /// A field that must not be empty is.
    case fieldMissing = "FIELD_MISSING"
    /// A field has a value that is not allowed.
    case fieldInvalid = "FIELD_INVALID"
    /// A field names a record that is not known.
    case referenceUnknown = "REFERENCE_UNKNOWN"
    /// Rows of the file that share a code contradict each other.
    case definitionContradicts = "DEFINITION_CONTRADICTS"
    /// No plan sets a target for this scope and year.
    case planMissing = "PLAN_MISSING"
    /// The kind of record or statement has no field of this name.
    case fieldUnknown = "FIELD_UNKNOWN"
    /// A field holds another type of value than declared.
    case fieldType = "FIELD_TYPE"
    /// A number or a text is outside of the bounds of its field.
    case fieldOutOfRange = "FIELD_OUT_OF_RANGE"
    /// A field is stored encrypted only, and the registry has no keys for that.
    case fieldSealed = "FIELD_SEALED"
    /// The vocabulary has no such term.
    case termUnknown = "TERM_UNKNOWN"
    /// An identifier is not of its form.
    case identifierInvalid = "IDENTIFIER_INVALID"
    /// The check character of an identifier is wrong.
    case identifierCheckDigit = "IDENTIFIER_CHECK_DIGIT"
    /// A person cannot have been born on this day.
    case birthDateImpossible = "BIRTH_DATE_IMPOSSIBLE"
    /// The date of birth is not the one that the resident identity number has.
    case birthDateContradicts = "BIRTH_DATE_CONTRADICTS"
    /// Another record has the identifier, which only one person can have.
    case identifierTaken = "IDENTIFIER_TAKEN"
    /// A division code is no longer in force.
    case divisionRetired = "DIVISION_RETIRED"
    /// The time for which something holds ends before it begins.
    case validityInvalid = "VALIDITY_INVALID"
    /// Another statement says the same of some of the days.
    case statementOverlap = "STATEMENT_OVERLAP"
    /// The shares of a day are more than one.
    case shareOverOne = "SHARE_OVER_ONE"
    /// There is no such kind of statement.
    case statementUnknown = "STATEMENT_UNKNOWN"
    /// A statement is about, or leads to, a kind of record that it may not.
    case relationKind = "RELATION_KIND"
    /// A relation leads to a record that was merged, erased or withdrawn.
    case relationEnded = "RELATION_ENDED"
}
