import HTTPTypes

/// The routes that every host has: `/livez`, `/readyz`, `/metrics` and `/v1/about`.
struct HealthRoutes {
    /// Answered whatever the load.
    static let paths: Set<String> = ["/livez", "/readyz", "/metrics"]

    let name: String
    let version: String
    let manifests: [PluginManifest]
    let checks: [HealthCheck]
    let metrics: PrometheusRegistry
    /// Public unless the configuration says otherwise.
    let metricsPermission: Permission

    /// Declares the routes.
    ///
    /// - Throws: `EncodingError` when what the service is has no JSON form.
    func mount(on api: APIRouter) throws {
        let text = [Route.Answer.media(["text/plain"])]
        api.get(
            "/livez",
            summary: "Whether the process turns",
            zh: "进程是否运转",
            permission: .public,
            answers: text,
            problems: []
        ) { _ in
            .text("ok\n", headers: [.cacheControl: "no-store"])
        }
        api.get(
            "/readyz",
            summary: "Whether requests can be answered, with each check",
            zh: "能否处理请求，附各项检查",
            permission: .public,
            answers: [.json(Readiness.self), .json(Readiness.self, status: .serviceUnavailable)],
            problems: []
        ) { [checks] _ in
            let results = await withTaskGroup(of: (String, HealthReport).self) { group in
                for check in checks {
                    group.addTask { (check.name, await check.result()) }
                }
                var results: [String: Readiness.Check] = [:]
                for await (name, report) in group {
                    results[name] = Readiness.Check(
                        ok: report.trouble == nil,
                        detail: report.trouble,
                        figures: report.figures.isEmpty ? nil : report.figures
                    )
                }
                return results
            }
            let isReady = results.values.allSatisfy(\.ok)
            return try .json(
                Readiness(ready: isReady, checks: results),
                status: isReady ? .ok : .serviceUnavailable,
                headers: [.cacheControl: "no-store"]
            )
        }
        api.get(
            "/metrics",
            summary: "Metrics in Prometheus' text format",
            zh: "Prometheus 文本格式的指标",
            permission: metricsPermission,
            answers: text,
            problems: []
        ) { [metrics] _ in
            .text(
                await metrics.scrape(),
                contentType: PrometheusText.contentType,
                headers: [.cacheControl: "no-store"]
            )
        }
        let about = try APIResponse.json(About(name: name, version: version, plugins: manifests))
        api.get(
            "/v1/about",
            summary: "Name, version and plugins of this service",
            zh: "本服务的名称、版本与插件",
            permission: .public,
            answers: [.json(About.self)],
            problems: []
        ) { _ in about }
    }
}

/// The body of `/readyz`.
struct Readiness: Codable, Sendable {
    struct Check: Codable, Sendable {
        let ok: Bool
        let detail: String?
        let figures: [String: HealthReport.Figure]?
    }

    let ready: Bool
    let checks: [String: Check]
}

/// The body of `/v1/about`.
struct About: Codable, Sendable {
    let name: String
    let version: String
    let plugins: [PluginManifest]
}
