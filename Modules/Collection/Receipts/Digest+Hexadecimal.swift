import Crypto
import DomainModel

extension Digest {
    /// The digest in lower-case hexadecimal digits.
    var hexadecimal: String {
        Hexadecimal.text(of: self, count: Self.byteCount)
    }
}
