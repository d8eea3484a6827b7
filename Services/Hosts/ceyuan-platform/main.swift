import Administration
import Ingest
import Registry
import Reports
import ServiceKit

await PlatformHost.main(
    name: "ceyuan-platform",
    defaultPort: 8100,
    plugins: [AdministrationPlugin(), RegistryPlugin(), IngestPlugin(), ReportsPlugin()]
)
