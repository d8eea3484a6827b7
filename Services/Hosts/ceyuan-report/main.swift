import Reports
import ServiceKit

await PlatformHost.main(
    name: "ceyuan-report",
    defaultPort: 8103,
    plugins: [ReportsPlugin()],
    elsewhere: ["administration", "registry", "ingest"]
)
