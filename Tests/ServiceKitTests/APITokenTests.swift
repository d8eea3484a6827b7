import Testing

@testable import ServiceKit

@Suite("API tokens")
struct APITokenTests {
    @Test("are long, prefixed, never alike, and read again", arguments: APIToken.Kind.allCases)
    func form(_ kind: APIToken.Kind) throws {
        let tokens = (0..<1_000).map { _ in APIToken(kind) }
        #expect(Set(tokens.map(\.text)).count == tokens.count)
        for token in tokens {
            // 43 symbols of 62: log2(62) × 43 = 256.03 bits.
            #expect(token.text.wholeMatch(of: /cy[tb]_[0-9A-Za-z]{49}/) != nil)
            #expect(token.text.hasPrefix(kind.rawValue))
            let read = try #require(APIToken(token.text))
            #expect(read.hash == token.hash)
            #expect(read.hash.count == 32)
        }
    }

    @Test("with any one symbol changed are none: the check finds it")
    func tampered() {
        let token = APIToken()
        for place in token.text.indices {
            for symbol in "0Az_-é" where symbol != token.text[place] {
                var text = token.text
                text.replaceSubrange(place...place, with: [symbol])
                // A changed prefix may name the other kind; then the text is no access token either.
                #expect(APIToken(text)?.kind != .access, "\(text)")
            }
        }
    }

    @Test("cut, prolonged or empty are none")
    func length() {
        let text = APIToken().text
        for count in 0..<text.count { #expect(APIToken(String(text.prefix(count))) == nil) }
        for more in ["0", " ", "\n", "\0", text] { #expect(APIToken(text + more) == nil) }
        #expect(APIToken(" " + text) == nil)
    }

    @Test("show a hint of four symbols and no more")
    func hint() {
        let token = APIToken()
        #expect(token.hint == String(token.text.prefix(8)))
    }
}
