import Ingest
import ServiceKit

await PlatformHost.main(
    name: "ceyuan-ingest",
    defaultPort: 8102,
    plugins: [IngestPlugin()],
    elsewhere: ["administration", "registry", "reports"]
)
