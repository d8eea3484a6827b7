import Glibc

/// An IP address, and whether it belongs to a host of the public Internet.
struct IPAddress: Sendable, Hashable, CustomStringConvertible {
    /// Sixteen bytes; an IPv4 address is mapped into `::ffff:0:0/96`.
    private let bytes: [UInt8]
    private let isV4: Bool

    /// Reads an address in its usual form: four decimal numbers, or IPv6 without brackets and zone.
    init?(_ text: String) {
        var v4 = [UInt8](repeating: 0, count: 4)
        var v6 = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &v4) == 1 {
            bytes = Self.mapped(v4)
            isV4 = true
        } else if inet_pton(AF_INET6, text, &v6) == 1 {
            bytes = v6
            isV4 = false
        } else {
            return nil
        }
    }

    /// The address of a socket address as `getaddrinfo` gives it.
    ///
    /// Read by its place in memory: an optimized build takes the members of `sockaddr_in` for NIO's, which the rules of
    /// imports refuse here. Source of the places: <netinet/in.h>, family and port before the address, and the flow's
    /// label in IPv6.
    init?(_ address: UnsafePointer<sockaddr>) {
        let memory = UnsafeRawPointer(address)
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            bytes = Self.mapped(Array(UnsafeRawBufferPointer(start: memory + 4, count: 4)))
            isV4 = true
        case AF_INET6:
            bytes = Array(UnsafeRawBufferPointer(start: memory + 8, count: 16))
            isV4 = false
        default:
            return nil
        }
    }

    private static func mapped(_ v4: [UInt8]) -> [UInt8] { [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF] + v4 }

    /// The address in its usual form, without brackets.
    var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = isV4 ? AF_INET : AF_INET6
        _ = bytes.suffix(isV4 ? 4 : 16).withUnsafeBytes { part in
            inet_ntop(family, part.baseAddress, &text, socklen_t(text.count))
        }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Whether the address is one that anybody on the Internet can reach, and nothing else: not this machine, not the
    /// network around it, no tunnel into either, no group.
    ///
    /// Source: the IANA registries of special-purpose addresses (RFC 6890); for IPv6 only 2000::/3 is given out at all
    /// (RFC 3513 §4), so that mapped (`::ffff:0:0/96`), translated (`64:ff9b::/96`), unique local and link-local
    /// addresses are out by themselves.
    var isPublic: Bool {
        if isV4 { return !Self.special4.contains { Self.has(bytes.suffix(4), $0.prefix, $0.length) } }
        return Self.has(bytes[...], [0x20], 3) && !Self.special6.contains { Self.has(bytes[...], $0.prefix, $0.length) }
    }

    private static let special4: [(prefix: [UInt8], length: Int)] = [
        ([0], 8), ([10], 8), ([100, 64], 10), ([127], 8), ([169, 254], 16), ([172, 16], 12), ([192, 0, 0], 24),
        ([192, 0, 2], 24), ([192, 31, 196], 24), ([192, 52, 193], 24), ([192, 88, 99], 24), ([192, 168], 16),
        ([192, 175, 48], 24), ([198, 18], 15), ([198, 51, 100], 24), ([203, 0, 113], 24), ([224], 3),
    ]
    private static let special6: [(prefix: [UInt8], length: Int)] = [
        ([0x20, 0x01, 0x00], 23), ([0x20, 0x01, 0x0D, 0xB8], 32), ([0x20, 0x02], 16),
        ([0x26, 0x20, 0x00, 0x4F, 0x80], 48),
        ([0x3F, 0xFF, 0x00], 20),
    ]

    /// Whether the first `length` bits are those of the prefix.
    private static func has(_ bytes: ArraySlice<UInt8>, _ prefix: [UInt8], _ length: Int) -> Bool {
        for bit in 0..<length {
            let byte = bytes[bytes.startIndex + bit / 8]
            let wanted = bit / 8 < prefix.count ? prefix[bit / 8] : 0
            let mask: UInt8 = 0x80 >> UInt8(bit % 8)
            if byte & mask != wanted & mask { return false }
        }
        return true
    }
}
