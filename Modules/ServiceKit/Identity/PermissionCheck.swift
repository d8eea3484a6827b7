import HTTPTypes

/// Compares the routes of a host with the permissions that its plugins list, so that none can be asked for that no role
/// can name.
struct PermissionCheck {
    private let listed: Set<Permission>

    init(_ manifests: [PluginManifest]) {
        listed = Set(Permission.ofPlatform + manifests.flatMap(\.permissions))
    }

    /// Passes when every route is for anybody, for whoever is known, or asks for a listed permission.
    ///
    /// - Throws: ``HostError/permissionUnknown(_:route:)``.
    func check(_ routes: [Route]) throws {
        for route in routes where route.permission.isGranted && !listed.contains(route.permission) {
            throw HostError.permissionUnknown(route.permission.id, route: "\(route.method.rawValue) \(route.path)")
        }
    }
}
