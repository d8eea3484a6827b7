import HTTPTypes
import Testing

@testable import ServiceKit

/// Source of the cases: RFC 7240 §2 (grammar), §4.1 (respond-async), and its examples.
@Suite("Preferences of senders")
struct PreferencesTests {
    @Test(
        "respond-async is found wherever it may stand",
        arguments: [
            "respond-async", "Respond-Async", "respond-async, wait=10", "wait=10,respond-async", " respond-async ",
            "respond-async=", #"respond-async="""#, "respond-async; foo=bar", #"foo="a, b;c", respond-async"#,
            #"foo="a\", b", respond-async"#, "respond-async ; a ; b=\"x;y\"", "\trespond-async\t",
        ]
    )
    func found(_ field: String) {
        #expect(Preferences([.prefer: field]).respondsAsync)
    }

    @Test(
        "what is not respond-async is not taken for it",
        arguments: [
            "", "wait=10", "respond-sync", "respond-async=yes", "respond-asynchronously", #"foo="respond-async""#,
            "foo; respond-async", #"foo=", respond-async"#, "return=minimal", "=respond-async", ",;,",
        ]
    )
    func absent(_ field: String) {
        #expect(!Preferences([.prefer: field]).respondsAsync)
    }

    @Test("several fields are as one")
    func several() {
        var headers = HTTPFields()
        headers.append(HTTPField(name: .prefer, value: "return=minimal"))
        headers.append(HTTPField(name: .prefer, value: "respond-async"))
        #expect(Preferences(headers).respondsAsync)
        #expect(!Preferences([:]).respondsAsync)
    }
}
