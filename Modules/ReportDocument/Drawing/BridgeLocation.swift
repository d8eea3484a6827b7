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
    /// - Parameter home: The folder that the platform is installed in; the working directory by default.
    /// - Returns: The place; nothing says that there is anything at it.
    public static func standard(home: String = ".") -> BridgeLocation {
        BridgeLocation(
            python: "\(home)/.ceyuan/document-bridge/bin/python3",
            program: "\(home)/Tools/document-bridge/bridge.py"
        )
    }
}
