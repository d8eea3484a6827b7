import HTTPTypes
import PostgresClient
import ServiceKit

struct Greeting: Codable, Sendable, Equatable {
    var name: String
    var length: Int32?
}

// What follows is the example in the documentation of `PlatformPlugin`, word for word.
// example
struct GuestBook: PlatformPlugin {
    let manifest = PluginManifest(name: "guestbook", version: "1.0.0", summary: "Keeps greetings")

    let migrations = [
        Migration(
            schema: "guestbook",
            version: 1,
            name: "greetings",
            sql: "CREATE SCHEMA guestbook; CREATE TABLE guestbook.greeting (name text PRIMARY KEY, length int)"
        )
    ]

    func mount(on api: APIRouter, in platform: Platform) {
        api.post(
            "/v1/greetings",
            summary: "Leaves a greeting",
            zh: "留下问候",
            permission: .public,
            body: .json(Greeting.self),
            answers: [.json(Greeting.self, status: .created)],
            problems: []
        ) { request in
            let greeting = try await request.body(as: Greeting.self)
            try await platform.write(request.activity) { work in
                try await work.connection.execute("INSERT INTO guestbook.greeting (name) VALUES (\(greeting.name))")
                work.record(AuditEntry("greeting.create", of: greeting.name))
                try await platform.jobs.enqueue("guestbook.measure", greeting, on: work.connection)
            }
            platform.jobs.ring()
            return try .json(greeting, status: .created, headers: [.location: "/v1/greetings/\(greeting.name)"])
        }
        api.get(
            "/v1/greetings/{name}",
            summary: "One greeting",
            zh: "一条问候",
            permission: .public,
            answers: [.json(Greeting.self)],
            problems: [.notFound]
        ) { request in
            let name = try request.path("name")
            let rows = try await platform.database.query(
                "SELECT name, length FROM guestbook.greeting WHERE name = \(name)"
            )
            guard let row = rows.first else { throw Problem.notFound("greeting of", zh: "问候", name) }
            let (found, length) = try row.decode((String, Int32?).self)
            return try .json(Greeting(name: found, length: length))
        }
    }

    func jobs(in platform: Platform) -> [JobHandler] {
        [
            JobHandler("guestbook.measure") { job in
                let name = try job.payload(as: Greeting.self).name
                try await platform.write(job.activity) { work in
                    try await work.connection.execute(
                        "UPDATE guestbook.greeting SET length = \(Int32(name.count)) WHERE name = \(name)"
                    )
                    work.record(AuditEntry("greeting.measure", of: name))
                    try await job.complete(on: work.connection)
                }
            }
        ]
    }
}
// example
