import Administration
import Registry
import ServiceKit

await PlatformHost.main(
    name: "ceyuan-registry",
    defaultPort: 8101,
    plugins: [AdministrationPlugin(), RegistryPlugin()],
    elsewhere: ["ingest", "reports"]
)
