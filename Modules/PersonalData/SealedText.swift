import DomainModel
import FoundationEssentials

/// A sealed value as it stands among the attributes of a record: one text, where the value itself would stand.
///
/// `sealed:1:` and the sealed bytes in Base64. Histories, lists of values and loads therefore treat it as any text.
public enum SealedText {
    /// What every such text begins with; no value that somebody gives may begin with the first word.
    private static let form = FieldDefinition.sealedMark + "1:"

    /// The text of sealed bytes.
    public static func text(of sealed: [UInt8]) -> String { form + Data(sealed).base64EncodedString() }

    /// The sealed bytes of a text; `nil` when it is none of this form.
    public static func bytes(of text: String) -> [UInt8]? {
        guard text.hasPrefix(form), let bytes = Data(base64Encoded: String(text.dropFirst(form.count))) else {
            return nil
        }
        return Array(bytes)
    }
}
