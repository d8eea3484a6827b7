import HTTPTypes
import NIOCore
import Synchronization

/// The routes of this process that may be answered later, with the plugins whose workers do that.
///
/// Filled once, when the routes of all plugins are known; the workers begin after that.
final class DeferredRoutes: Sendable {
    private struct State {
        var table: RouteTable?
        var plugins: [String: String] = [:]
    }

    private let state = Mutex(State())

    /// The kind of job that does the requests of a plugin.
    static func kind(_ plugin: String) -> String { "\(plugin).operation" }

    /// Takes note of the routes.
    ///
    /// - Parameters:
    ///   - table: All routes.
    ///   - plugins: The plugin of each path that may be answered later.
    func fill(_ table: RouteTable, plugins: [String: String]) {
        state.withLock { state in
            state.table = table
            state.plugins = plugins
        }
    }

    /// The plugin of a route, if it may be answered later.
    func plugin(of route: Route) -> String? {
        guard route.isLong else { return nil }
        return state.withLock { $0.plugins[route.path] }
    }

    /// The plugins that have such routes.
    var plugins: [String] { state.withLock { Set($0.plugins.values).sorted() } }

    /// The route of a request that was taken, by its path.
    func find(_ path: String) -> (route: Route, values: [Substring])? {
        state.withLock { $0.table }?.find(.post, path)
    }
}
