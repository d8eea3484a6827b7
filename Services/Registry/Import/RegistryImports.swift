import Collection
import DomainModel
import ServiceKit
import Storage
import SystemPackage

/// Bulk import: its routes and its work in the background.
struct RegistryImports: Sendable {
    private static let loadKind = "registry.load"

    private let platform: Platform
    private let spool: Spool
    private let settings: ImportSettings
    private let vault: KeyVault?

    /// - Throws: `ConfigurationError` for a setting out of range.
    init(platform: Platform, spool: Spool, vault: KeyVault?) throws {
        self.platform = platform
        self.spool = spool
        self.vault = vault
        settings = try ImportSettings(platform.configuration)
    }

    /// Declares the routes.
    func mount(on api: APIRouter) {
        let desk = BatchDesk(
            Self.loadKind,
            in: platform,
            spool: spool,
            maximumBytes: settings.maximumBytes,
            rehearsals: settings.rehearsals,
            make: Self.loads(in: platform, vault)
        )
        ImportRoutes(desk: desk).mount(on: api)
    }

    /// The handlers of its jobs.
    var jobs: [JobHandler] {
        [
            BatchWorker(
                Self.loadKind,
                then: SettleWorker.kind,
                requiring: .writeRecords,
                in: platform,
                spool: spool,
                make: Self.loads(in: platform, vault)
            )
            .handler(concurrency: settings.loaders),
            SettleWorker(platform: platform).handler,
        ]
    }

    private static func loads(in platform: Platform, _ vault: KeyVault?) -> LoadOrder.Maker {
        { order in
            guard let subject = ImportSubject(dataset: order.dataset) else {
                throw JobFailure("nothing of the register is called \(order.dataset)")
            }
            let directory = FilePath(platform.directories.spool)
            switch subject {
            case .records(let kind):
                return RecordLoad(
                    kind: kind,
                    order: order,
                    today: platform.registerDay,
                    vault: vault,
                    temporaryDirectory: directory
                )
            case .statements(let definition):
                return StatementLoad(
                    definition: definition,
                    order: order,
                    today: platform.registerDay,
                    vault: vault,
                    temporaryDirectory: directory
                )
            }
        }
    }
}

/// What a file of the register is about.
enum ImportSubject: Sendable, Hashable {
    /// Records of a kind.
    case records(RegistryKind)
    /// Statements of a kind.
    case statements(StatementDefinition)

    /// The name that batches keep.
    var dataset: String {
        switch self {
        case .records(let kind): "registry.\(kind.rawValue)"
        case .statements(let definition): "registry.statement.\(definition.code)"
        }
    }

    init?(dataset: String) {
        let all = RegistryKind.allCases.map(Self.records) + RecordModel.standard.statements.map(Self.statements)
        guard let subject = all.first(where: { $0.dataset == dataset }) else { return nil }
        self = subject
    }
}
