import PlatformClient
import ReportDocument
import ServiceKit

/// The settings of the report service, under `reports` in the host's configuration.
struct ReportsSettings: Sendable {
    /// `ingestUrl`: address of the ingest service, which leads from values to files. By default the service of the same
    /// process, or `http://127.0.0.1:8102` where there is none.
    let ingest: ServiceAddress?
    /// `bridgePython` and `bridgeProgram`: interpreter and program of the document bridge. By default those that the
    /// set-up makes, below the working directory.
    let bridge: BridgeLocation

    /// The keys, for people.
    static let keys = [
        Setting("ingestUrl", default: "this process", "the ingest service, else http://127.0.0.1:8102"),
        Setting("bridgePython", default: "as set up", "interpreter of the document bridge"),
        Setting("bridgeProgram", default: "as set up", "program of the document bridge"),
    ]

    /// Reads the settings.
    ///
    /// - Throws: `ConfigurationError` for a value that is no text.
    init(_ configuration: PlatformConfiguration) throws {
        let address = try configuration.text("ingestUrl")
        do {
            ingest = try address.map { try ServiceAddress($0) }
        } catch {
            throw ConfigurationError(
                key: "reports.ingestUrl",
                given: address ?? "",
                expected: "an address such as http://127.0.0.1:8102"
            )
        }
        let standard = BridgeLocation.standard()
        bridge = BridgeLocation(
            python: try configuration.text("bridgePython") ?? standard.python,
            program: try configuration.text("bridgeProgram") ?? standard.program
        )
    }
}
