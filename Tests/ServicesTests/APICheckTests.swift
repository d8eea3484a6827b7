import Foundation
import PostgresClient
import ServiceKit
import Testing

/// Asks a live platform by its own description, with right and wrong requests: Tools/api-check.
@Suite("The API as it describes itself", .timeLimit(.minutes(20)))
struct APICheckTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let program = root.appending(path: ".ceyuan/api-check/bin/schemathesis")

    @Test(
        "schemathesis finds nothing that is not explained",
        .enabled(
            if: FileManager.default.isExecutableFile(atPath: program.path),
            "schemathesis is not there: run deploy/setup.sh test"
        )
    )
    func schemathesis() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            _ = try await platform.submit(ReferenceData.file("observations.csv"))
            let token = APIToken()
            try await Self.addOutsider(token, to: platform.pool)
            let folder = Self.root.appending(path: "Tools/api-check")
            let outcome = try await Program.run(
                Self.program,
                [
                    "--config-file", folder.appending(path: "schemathesis.toml").path, "run",
                    "\(platform.address)/openapi.json", "--header", "Authorization: Bearer \(token.text)", "--seed",
                    "20260701", "--max-examples", "2", "--phases", "examples,coverage,fuzzing",
                    "--continue-on-failure", "--no-shrink", "--suppress-health-check", "all", "--warnings", "off",
                    "--no-color",
                ],
                [
                    "PYTHONPATH": folder.path, "SCHEMATHESIS_HOOKS": "hooks", "PYTHONDONTWRITEBYTECODE": "1",
                    "HYPOTHESIS_STORAGE_DIRECTORY": platform.home.appending(path: "hypothesis").path,
                ],
                in: platform.home
            )
            #expect(outcome.status == 0, "\(outcome.output.suffix(20_000))\n\(outcome.error.suffix(2_000))")
            // That every operation was asked, and that much was, so that an empty run cannot pass.
            let asked = try #require(outcome.output.firstMatch(of: #/Tested: (\d+)/#).flatMap { Int($0.1) })
            let selected = try #require(outcome.output.firstMatch(of: #/Selected: (\d+)/(\d+)/#))
            #expect(selected.1 == selected.2 && Int(selected.1) == asked && asked > 90)
        }
    }

    /// An administrator whose token and grant have numbers that nobody guesses, so that no request ends them.
    private static func addOutsider(_ token: APIToken, to pool: PostgresPool) async throws {
        try await pool.execute(
            """
            INSERT INTO identity.principal (id, name, created_by)
            VALUES ('user:schemathesis', 'schemathesis', 'test')
            """
        )
        try await pool.execute(
            """
            INSERT INTO identity.access_grant (id, principal_id, role, valid_from, granted_by)
            OVERRIDING SYSTEM VALUE VALUES (900000001, 'user:schemathesis', 'administrator', 'epoch', 'test')
            """
        )
        try await pool.execute(
            """
            INSERT INTO identity.token (id, principal_id, name, hash, hint, created_by, expires_at)
            OVERRIDING SYSTEM VALUE VALUES (900000001, 'user:schemathesis', 'test', \(token.hash), \(token.hint),
                'test', now() + interval '1 day')
            """
        )
    }
}
