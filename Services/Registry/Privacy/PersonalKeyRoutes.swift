import DomainModel
import HTTPTypes
import Logging
import PersonalData
import ServiceKit
import Storage

/// The master keys of personal data: which are in use, and the change to the newest.
struct PersonalKeyRoutes: Sendable {
    let desk: RecordDesk

    func mount(on api: APIRouter) {
        api.get(
            "/v1/personal-keys",
            summary: "The master keys of personal data, by name, and how many keys of records each wraps",
            zh: "个人信息主密钥的名称及其封装的记录密钥数量",
            permission: .managePersonalKeys,
            answers: [.json([PersonalKeyUse].self)],
            problems: []
        ) { request in
            try requireEverywhere(request)
            let (known, usage) = try await desk.platform.read(request.principal) { connection in
                (
                    try await MasterKeyStore(connection).known().keys,
                    try await RecordKeyStore(connection).usage()
                )
            }
            let masters = desk.vault?.masters
            let own = masters?.proofs.map(\.name) ?? []
            let others = Set(known).union(usage.keys).subtracting(own).sorted()
            return try .json(
                (own + others).map { name in
                    PersonalKeyUse(
                        name: name,
                        isCurrent: masters?.names.first == name || name.hasPrefix(MasterKeys.indexMark),
                        isConfigured: own.contains(name),
                        records: usage[name] ?? 0
                    )
                }
            )
        }
        api.post(
            "/v1/personal-keys/rotate",
            summary: "Wraps the keys of all records with the first master key of the file, in the background",
            zh: "在后台以密钥文件中的首个主密钥重新封装全部记录密钥",
            permission: .managePersonalKeys,
            body: .none,
            answers: [.json(PersonalKeyRotation.self, status: .accepted)],
            problems: [.personalKeyUnavailable, .personalKeysAbsent]
        ) { request in
            try requireEverywhere(request)
            guard let vault = desk.vault else {
                throw Problem(.personalKeysAbsent, "There is no key to be rotated.", zh: "没有可轮换的密钥。")
            }
            let masters: MasterKeys
            do {
                masters = try vault.reread()
            } catch {
                request.logger.error("the keys of personal data cannot be read", metadata: ["error": "\(error)"])
                throw Problem.personalKeyUnavailable("-")
            }
            let response = try await desk.platform.write(request.activity) { work in
                do {
                    try await vault.introduce(to: work.connection)
                } catch let error as ConfigurationError {
                    request.logger.error("the keys of personal data are wrong", metadata: ["error": "\(error)"])
                    throw Problem.personalKeyUnavailable(masters.names[0])
                }
                let usage = try await RecordKeyStore(work.connection).usage()
                let master = masters.names[0]
                let job = try await desk.platform.jobs.enqueue(
                    KeyRotation.kind,
                    KeyRotation.Payload(master: master),
                    on: work.connection,
                    uniqueKey: master
                )
                let left = usage.filter { $0.key != master }.values.reduce(0, +)
                work.record(AuditEntry("personal-key.rotate", of: master, details: ["records": .count(left)]))
                return try await work.answer(
                    .json(PersonalKeyRotation(master: master, job: job, records: left), status: .accepted)
                )
            }
            desk.platform.jobs.ring()
            return response
        }
    }

    /// Keys are those of all regions.
    private func requireEverywhere(_ request: APIRequest) throws {
        guard request.principal.isEverywhere else {
            throw Problem.deniedOutsideRegions(.managePersonalKeys, to: request.principal)
        }
    }
}
