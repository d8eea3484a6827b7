import Dispatch
import Glibc

/// Finds the addresses of a host; a test brings its own.
struct AddressResolver: Sendable {
    /// A host whose name leads to no address.
    struct Unresolved: Error, CustomStringConvertible {
        let host: String
        let reason: String
        var description: String { "the host \(host) cannot be resolved: \(reason)" }
    }

    /// The addresses of a host, at least one.
    let resolve: @Sendable (_ host: String) async throws -> [IPAddress]

    /// The system's resolver, on a thread of its own: it waits for the network.
    static let system = AddressResolver { host in
        let result: Result<[IPAddress], Unresolved> = await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: lookUp(host)) }
        }
        return try result.get()
    }

    private static func lookUp(_ host: String) -> Result<[IPAddress], Unresolved> {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, nil, &hints, &list)
        defer { if let list { freeaddrinfo(list) } }
        guard code == 0 else {
            return .failure(Unresolved(host: host, reason: String(cString: gai_strerror(code))))
        }
        var addresses: [IPAddress] = []
        var next = list
        while let entry = next {
            if let address = entry.pointee.ai_addr.flatMap({ IPAddress(UnsafePointer($0)) }) {
                addresses.append(address)
            }
            next = entry.pointee.ai_next
        }
        return addresses.isEmpty
            ? .failure(Unresolved(host: host, reason: "it has no address")) : .success(addresses)
    }
}
