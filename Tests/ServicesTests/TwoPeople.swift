import AuditTrail
import DomainModel
import Foundation
import PlatformClient
import PostgresClient
import ServiceKit

/// A platform with an officer who asks, and a privacy officer who decides, both of one district.
struct TwoPeople {
    /// 330110 is Yuhang, 330106 Xihu: both districts of Hangzhou in the reference data.
    static let (own, foreign) = ("330110", "330106")

    let platform: LivePlatform
    /// Asks, and does what was approved.
    let officer: PlatformClient
    /// Decides.
    let privacy: PlatformClient

    init(_ platform: LivePlatform, in region: String? = own) async throws {
        self.platform = platform
        let (first, second) = (APIToken(), APIToken())
        try await platform.pool.addUser("officer", role: "registry_officer", region: region, token: first)
        try await platform.pool.addUser("privacy", role: "privacy_officer", region: region, token: second)
        officer = try platform.client(token: first.text)
        privacy = try platform.client(token: second.text)
    }

    private struct Order: Encodable {
        let key: String
        let from: String
        let attributes: Attributes
    }

    /// Makes a talent.
    func talent(_ key: String, in region: String = own, _ more: Attributes = [:]) async throws {
        let attributes: Attributes = ["name_zh": .text("林知远"), "region": .text(region)].merging(more) { $1 }
        let order = Order(key: key, from: "2020-01-01", attributes: attributes)
        _ = try await platform.client.post("/v1/talents", body: order, as: RegistryRecord.self)
    }

    /// Asks for an erasure, and has it approved.
    func approvedErasure(of key: String) async throws -> Approval {
        let asked: Approval = try await officer.post(
            "/v1/records/\(key)/erasure/request",
            body: ErasureOrder(reason: "request 7 of the person")
        )
        return try await approve(asked)
    }

    /// Waits until rows about an erased person are blanked in all files.
    func waitForFiles(of key: String) async throws -> Tombstone { try await Self.waitForFiles(of: key, officer) }

    /// Waits until rows about an erased person are blanked in all files.
    static func waitForFiles(of key: String, _ client: PlatformClient) async throws -> Tombstone {
        while true {
            let left: Tombstone = try await client.get("/v1/records/\(key)/erasure")
            if left.files.doneAt != nil { return left }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Has something approved.
    func approve(_ asked: Approval) async throws -> Approval {
        try await privacy.post("/v1/approvals/\(asked.number)/approve", body: ApprovalRemark())
    }

    /// Lets the time of an approval be over, as no service and nobody in the database can.
    func expire(_ number: Int64) async throws {
        try await platform.pool.withTransaction { connection in
            try await connection.execute("SET LOCAL session_replication_role = replica")
            try await connection.execute(
                """
                UPDATE registry.approval SET requested_at = 'epoch', waits_until = 'epoch'::timestamptz + interval '1 s',
                    decided_at = decided_at - interval '9 d', usable_until = usable_until - interval '8 d'
                WHERE id = \(number)
                """
            )
        }
    }

    /// The code of the problem that something meets.
    func code(_ body: () async throws -> some Any) async -> String? { await Self.code(body) }

    /// The code of the problem that something meets.
    static func code(_ body: () async throws -> some Any) async -> String? {
        do {
            _ = try await body()
            return nil
        } catch {
            return problem(error as? PlatformClientError)?.code
        }
    }

    /// How many records of a kind are not what the trail says of them last.
    func faults(of kind: String) async throws -> Int64? {
        let compared: Page<RecordComparison> = try await platform.client.get("/v1/audit/records", query: ["kind": kind])
        return compared.items.first?.faultCount
    }
}
