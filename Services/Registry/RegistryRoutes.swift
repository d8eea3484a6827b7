import Collection
import DomainModel
import ServiceKit
import Storage

/// The kinds of reference records that the registry serves.
enum RegistryRoutes {
    static let regions = RecordRoutes<Region, Region>(
        "/v1/regions",
        noun: LocalizedText(zh: "地区", en: "region"),
        schema: .regions,
        filters: [
            Parameter(
                "level",
                .text,
                "Only regions of this kind: district, corridor, sci_city, …",
                zh: "仅此类地区：district、corridor、sci_city 等"
            ),
            Parameter("parent", .text, "Only regions that are part of this one", zh: "仅属于该地区的地区"),
        ],
        moment: [.asOf],
        sortable: RegionStore.sortable
    ) { request, source in
        let filter = RegionStore.Filter(
            level: try request.query("level"),
            parent: try request.query("parent"),
            asOf: try request.asOf
        )
        return try await RegionStore(source).list(filter, request.listQuestion)
    } find: { request, source in
        try await RegionStore(source).find(request.path("code"), asOf: request.asOf)
    }

    static let classifications = RecordRoutes<Classification, Classification>(
        "/v1/classifications",
        keyNames: ["vocabulary", "code"],
        noun: LocalizedText(zh: "分类项", en: "term"),
        schema: .classifications,
        filters: [
            Parameter("vocabulary", .text, "Only terms of this vocabulary", zh: "仅该词表的分类项"),
            Parameter("parent", .text, "Only terms under this one", zh: "仅该分类项的下级"),
        ],
        moment: [.asOf],
        sortable: ClassificationStore.sortable
    ) { request, source in
        let filter = ClassificationStore.Filter(
            vocabulary: try request.query("vocabulary"),
            parent: try request.query("parent"),
            asOf: try request.asOf
        )
        return try await ClassificationStore(source).list(filter, request.listQuestion)
    } find: { request, source in
        let key = ClassificationStore.Key(vocabulary: try request.path("vocabulary"), code: try request.path("code"))
        return try await ClassificationStore(source).find(key, asOf: request.asOf)
    }
}
