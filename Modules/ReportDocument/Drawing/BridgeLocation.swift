/// Where the document bridge is: its interpreter and its program.
public struct BridgeLocation: Sendable, Hashable {
    /// Path of the Python interpreter that has the bridge's packages.
    public let python: String
    /// Path of the program.
    public let program: String

    /// Makes a location of its parts.
    public init(python: String, program: String) {
        self.python = python
        self.program = program
    }

    /// Where the bridge is unless the configuration says otherwise.
    ///
    /// - Parameters:
    ///   - environment: The variables of the process; `CEYUAN_BRIDGE` may hold `<interpreter>:<program>`.
    ///   - home: The folder that the platform is installed in; the working directory by default.
    /// - Returns: The place; nothing says that there is anything at it.
    public static func standard(environment: [String: String], home: String = ".") -> BridgeLocation {
        let parts = environment["CEYUAN_BRIDGE"]?.split(separator: ":", maxSplits: 1).map(String.init) ?? []
        if parts.count == 2 { return BridgeLocation(python: parts[0], program: parts[1]) }
        return BridgeLocation(
            python: "\(home)/.ceyuan/document-bridge/bin/python3",
            program: "\(home)/Tools/document-bridge/bridge.py"
        )
    }
}
