// swift-tools-version: 6.3

import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// A library under `Modules/`: shared by services and tools.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "Modules/\(name)", swiftSettings: settings)
}

/// A plugin under `Services/`: mounted by a host, imported by no other service.
func service(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, path: "Services/\(name)", swiftSettings: settings)
}

/// An executable under `Services/Hosts/`: a list of plugins and nothing else.
func host(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name,
        dependencies: dependencies + ["ServiceKit"],
        path: "Services/Hosts/\(name)",
        swiftSettings: settings
    )
}

/// An executable under `Tools/`.
func tool(_ name: String, at folder: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, path: "Tools/\(folder)", swiftSettings: settings)
}

/// Tests of one target, under `Tests/<Target>Tests`.
func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: dependencies,
        path: "Tests/\(name)Tests",
        exclude: [],
        swiftSettings: settings
    )
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let jwtKit = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let metricsTestKit = Target.Dependency.product(name: "MetricsTestKit", package: "swift-metrics")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

let package = Package(
    name: "ceyuan",
    products: [
        // Of use without the rest of the project; executables have products of their own accord.
        .library(name: "PostgresClient", targets: ["PostgresClient"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.3.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: ["JSON", "YAML"]),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
    ],
    targets: [
        // System libraries.
        .systemLibrary(
            name: "CLibPQ",
            path: "Modules/CLibPQ",
            pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"])]
        ),
        .systemLibrary(name: "CLinuxEvents", path: "Modules/CLinuxEvents"),
        .systemLibrary(
            name: "CLibCurl",
            path: "Modules/CLibCurl",
            pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"])]
        ),

        .systemLibrary(name: "CLibZ", path: "Modules/CLibZ", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(
            name: "CLibZstd",
            path: "Modules/CLibZstd",
            pkgConfig: "libzstd",
            providers: [.apt(["libzstd-dev"])]
        ),

        // Modules: imports point downward only.
        module("DomainModel"),
        module("AssessmentMethods", ["DomainModel"]),
        module("NameForms"),
        module("SyntheticRegistry", ["DomainModel", "NameForms"]),
        module("Tabular", ["DomainModel"]),
        module("ReportDocument", ["DomainModel", mustache]),
        module("PostgresClient", ["CLibPQ", "CLinuxEvents", deque, heap, logging, metrics]),
        module("LocalPostgres", [subprocess, systemPackage]),
        module("AuditTrail", ["DomainModel", crypto]),
        module(
            "Storage",
            ["AuditTrail", "DomainModel", "NameForms", "PersonalData", "PostgresClient", "RegistryRules"]
        ),
        module(
            "ServiceKit",
            [
                "AuditTrail", "CLibZ", "CLibZstd", "DomainModel", "PlatformClient", "PostgresClient", "Storage",
                configuration, crypto, httpTypes, hummingbird, hummingbirdCore, jwtKit, logging, metrics, nioCore,
                nioHTTP1, nioHTTPTypes, nioPosix, serviceLifecycle, systemPackage, unixSignals,
            ]
        ),
        module(
            "Collection",
            [
                "DomainModel", "PersonalData", "PostgresClient", "ServiceKit", "Storage", "Tabular", crypto, httpTypes,
                nioCore, systemPackage,
            ]
        ),
        module("PlatformClient", ["CLibCurl", "DomainModel"]),
        module("PersonalData", ["DomainModel", crypto]),
        module("RecordLinkage"),
        module("RegistryRules", ["DomainModel"]),

        // Services: plugins, and the hosts that mount them.
        service(
            "Registry",
            [
                "AuditTrail", "Collection", "DomainModel", "NameForms", "PersonalData", "PostgresClient",
                "RecordLinkage", "RegistryRules", "ServiceKit", "Storage", "Tabular", crypto, httpTypes, logging,
                nioCore, systemPackage,
            ]
        ),
        service(
            "Ingest",
            [
                "Collection", "DomainModel", "PostgresClient", "ServiceKit", "Storage", "Tabular", httpTypes,
                systemPackage,
            ]
        ),
        service(
            "Reports",
            [
                "AssessmentMethods", "DomainModel", "PlatformClient", "PostgresClient", "ReportDocument", "ServiceKit",
                "Storage", crypto, httpTypes, nioCore,
            ]
        ),
        service(
            "Administration",
            [
                "AuditTrail", "DomainModel", "PostgresClient", "ServiceKit", "Storage", httpTypes, logging, nioCore,
                serviceLifecycle,
            ]
        ),
        host("ceyuan-registry", ["Administration", "Registry"]),
        host("ceyuan-ingest", ["Ingest"]),
        host("ceyuan-report", ["Reports"]),
        host("ceyuan-platform", ["Administration", "Registry", "Ingest", "Reports"]),

        // Tools.
        tool("postgres-bench", at: "postgres-bench", ["PostgresClient", logging]),
        tool(
            "ceyuan",
            at: "ceyuan",
            [
                "AuditTrail", "DomainModel", "LocalPostgres", "PersonalData", "PlatformClient", "PostgresClient",
                "Storage", "SyntheticRegistry", "Tabular", argumentParser, logging,
            ]
        ),

        tool("job-worker", at: "bench/job-worker", ["PostgresClient", "ServiceKit", logging]),
        tool("search-names", at: "bench/search-names", ["DomainModel", "NameForms", "SyntheticRegistry"]),

        // Tests mirror the targets.
        .target(
            name: "TestSupport",
            dependencies: ["LocalPostgres", "PostgresClient", "Storage", logging],
            path: "Tests/Support",
            swiftSettings: settings
        ),
        .target(name: "TestSeeds", path: "Tests/Seeds", swiftSettings: settings),
        tests("DomainModel", ["DomainModel", "TestSeeds"]),
        tests("AuditTrail", ["AuditTrail", "DomainModel"]),
        tests("SyntheticRegistry", ["DomainModel", "NameForms", "SyntheticRegistry"]),
        tests("NameForms", ["NameForms", "TestSeeds"]),
        tests("Tabular", ["Tabular", "DomainModel", "TestSeeds"]),
        tests("AssessmentMethods", ["AssessmentMethods", "DomainModel", "TestSeeds"]),
        tests("ReportDocument", ["DomainModel", "ReportDocument"]),
        tests(
            "PostgresClient",
            [
                "LocalPostgres", "PostgresClient", "TestSeeds", "TestSupport", logging, metrics, metricsTestKit,
                subprocess, systemPackage,
            ]
        ),
        tests(
            "Storage",
            [
                "Storage", "PersonalData", "PostgresClient", "DomainModel", "NameForms", "RegistryRules", "TestSeeds",
                "TestSupport",
            ]
        ),
        tests("PersonalData", ["DomainModel", "PersonalData"]),
        tests("PlatformClient", ["PlatformClient", "DomainModel", "TestSeeds", hummingbird, logging, nioCore]),
        tests("RecordLinkage", ["RecordLinkage", "TestSeeds"]),
        tests("RegistryRules", ["DomainModel", "RegistryRules"]),
        tests(
            "Collection",
            [
                "Collection", "DomainModel", "PersonalData", "PostgresClient", "ServiceKit", "Storage", "Tabular",
                "TestSupport",
            ]
        ),
        tests(
            "ServiceKit",
            [
                "AuditTrail", "DomainModel", "PostgresClient", "ServiceKit", "job-worker", "Storage", "TestSeeds",
                "TestSupport",
                crypto, jwtKit,
                httpTypes, hummingbird, hummingbirdTesting, logging, metrics, nioCore, nioPosix, serviceLifecycle,
            ]
        ),
        tests("CLI", ["ceyuan", "DomainModel", "TestSeeds", argumentParser, subprocess, systemPackage]),
        tests(
            "Services",
            [
                "Administration", "AuditTrail", "Registry", "Ingest", "Reports", "AssessmentMethods", "PersonalData",
                "ReportDocument", "ServiceKit", "Storage", "DomainModel", "LocalPostgres", "PostgresClient",
                "PlatformClient",
                "TestSupport",
                "ceyuan-platform", "ceyuan-registry", "ceyuan-ingest", "ceyuan-report", "ceyuan",
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)
