import Crypto
import FoundationEssentials
import PersonalData

/// A kept file that nobody can read who has not the keys of files: its head names the master key and has the file's own
/// key, wrapped; then follow pieces of AES-256-GCM, each bound to its place and to whether it is the last, so that none can
/// be left out, repeated or moved.
///
/// The key of a file whose rows were blanked is bound to the digest of the file as it was sent, and that of any other file
/// to none: there the digest itself tells whether it is the right one.
///
///     ceyuan sealed file 1 LF  NAME LF  WRAPPED KEY IN BASE64 LF  { length in 4 bytes, big-endian; piece }
enum SealedFile {
    private static let form = "ceyuan sealed file 1"
    private static let pieceSize = 1 << 18
    /// What sealing adds to a piece.
    private static let overhead = 29

    /// Seals a file.
    ///
    /// - Parameters:
    ///   - source: A file to read from, open at its start.
    ///   - target: A file to write to.
    ///   - masters: The keys; the first one wraps.
    ///   - blanked: The digest that it is kept under, when it is no longer its own.
    ///   - path: What is named in errors.
    /// - Throws: ``SpoolError/refused(act:path:errno:)``.
    static func seal(
        _ source: Int32,
        to target: Int32,
        by masters: MasterKeys,
        blanked: String? = nil,
        path: String
    ) throws(SpoolError) {
        let (source, target) = (Descriptor(source, path), Descriptor(target, path))
        let key = RecordKey(newFor: owner(blanked))
        let wrapped = key.wrapped(by: masters)
        let head = [form, wrapped.master, Data(wrapped.bytes).base64EncodedString(), ""].joined(separator: "\n")
        try target.write(Array(head.utf8))
        var piece = try source.read(pieceSize)
        for number in 0... {
            let next = try source.read(pieceSize)
            let sealed = key.seal(bytes: piece, field: place(number, isLast: next.isEmpty))
            try target.write(withUnsafeBytes(of: UInt32(sealed.count).bigEndian) { Array($0) } + sealed)
            if next.isEmpty { return }
            piece = next
        }
    }

    /// Opens a file, and compares it with the digest that it is kept under, unless its rows were blanked.
    ///
    /// - Throws: ``SpoolError``: ``SpoolError/sealed(sha256:reason:)`` when the key is not there, or the file was changed.
    static func open(
        _ source: Int32,
        to target: Int32,
        by masters: MasterKeys,
        sha256: String,
        isBlanked: Bool,
        path: String
    ) throws(SpoolError) {
        let (source, target) = (Descriptor(source, path), Descriptor(target, path))
        let damaged = SpoolError.sealed(sha256: sha256, reason: "the sealed file was changed")
        let key = try key(of: source, isBlanked, masters, sha256, damaged)
        var hash = SHA256()
        var length = try source.read(4)
        for number in 0... {
            let count = length.reduce(0) { $0 << 8 | Int($1) }
            guard length.count == 4, (overhead...pieceSize + overhead).contains(count) else { throw damaged }
            let sealed = try source.read(count)
            length = try source.read(4)
            guard let piece = try? key.open(bytes: sealed, field: place(number, isLast: length.isEmpty)) else {
                throw damaged
            }
            hash.update(data: piece)
            try target.write(piece)
            if length.isEmpty { break }
        }
        guard isBlanked || hash.finalize().hexadecimal == sha256 else { throw damaged }
    }

    private static func key(
        of source: Descriptor,
        _ isBlanked: Bool,
        _ masters: MasterKeys,
        _ sha256: String,
        _ damaged: SpoolError
    ) throws(SpoolError) -> RecordKey {
        var lines: [String] = []
        while lines.count < 3 {
            var line: [UInt8] = []
            while let byte = try source.read(1).first, byte != UInt8(ascii: "\n") {
                line.append(byte)
                if line.count > 256 { throw damaged }
            }
            lines.append(String(decoding: line, as: UTF8.self))
        }
        guard lines[0] == form, let bytes = Data(base64Encoded: lines[2]) else { throw damaged }
        do throws(RecordKey.Failure) {
            return try RecordKey(
                WrappedKey(master: lines[1], bytes: Array(bytes)),
                of: owner(isBlanked ? sha256 : nil),
                with: masters
            )
        } catch .masterMissing(let name) {
            throw .sealed(sha256: sha256, reason: "the key \(name) is not in the file that directories.keysFile names")
        } catch {
            throw damaged
        }
    }

    private static func owner(_ blanked: String?) -> String { blanked.map { "\(form) blanked \($0)" } ?? form }

    private static func place(_ number: Int, isLast: Bool) -> String { "\(number) \(isLast ? "last" : "more")" }
}
