import Testing

@testable import ceyuan

@Suite("exit status")
struct FailureTests {
    @Test("the numbers are the documented ones")
    func numbers() {
        #expect(CommandStatus.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 5, 6])
    }

    @Test(
        "what a service answers decides what the program exits with",
        arguments: [
            (400, CommandStatus.usage), (404, .notFound), (410, .notFound), (409, .refused), (412, .refused),
            (413, .refused), (415, .refused), (422, .refused), (500, .serviceError), (501, .serviceError),
            (503, .unreachable),
        ]
    )
    func answers(httpStatus: Int, expected: CommandStatus) {
        #expect(Failure.status(of: httpStatus) == expected)
    }

    @Test("bytes and counts are written for people")
    func amounts() {
        #expect(byteCount(0) == "0 B")
        #expect(byteCount(1023) == "1023 B")
        #expect(byteCount(1024) == "1.0 KiB")
        #expect(byteCount(1_048_575) == "1023.9 KiB")
        #expect(byteCount(123_456_789) == "117.7 MiB")
        #expect(grouped(0) == "0")
        #expect(grouped(999) == "999")
        #expect(grouped(1_000) == "1 000")
        #expect(grouped(-1_234_567) == "-1 234 567")
    }
}
