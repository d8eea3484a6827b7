extension String {
    /// The text in lines that take no more than a number of columns.
    ///
    /// Lines are broken at blanks and between wide characters; none begins with closing punctuation unless nothing
    /// else fits. A word that is too long is cut.
    ///
    /// Source: Unicode Standard Annex 14, classes ID, CL and SP.
    func wrapped(toWidth limit: Int) -> [String] {
        guard limit > 1, displayWidth > limit else { return [self] }
        var lines: [String] = []
        var (line, width) = ("", 0)
        for var piece in pieces {
            if width > 0, width + piece.displayWidth > limit {
                lines.append(line)
                (line, width) = ("", 0)
            }
            if line.isEmpty, !lines.isEmpty { piece = String(piece.drop(while: \.isWhitespace)) }
            while piece.displayWidth > limit {
                let head = piece.prefix(fitting: limit)
                lines.append(String(head))
                piece = String(piece.dropFirst(head.count))
            }
            line += piece
            width += piece.displayWidth
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }

    /// What must stay together, each with the blanks in front of it.
    private var pieces: [String] {
        var pieces: [String] = []
        var piece = ""
        var last: Character?
        for character in self {
            if let last, !last.isWhitespace, !Self.closing.contains(character) {
                if character.isWhitespace || character.displayWidth == 2 || last.displayWidth == 2 {
                    pieces.append(piece)
                    piece = ""
                }
            }
            piece.append(character)
            last = character
        }
        return pieces + [piece]
    }

    private func prefix(fitting limit: Int) -> Substring {
        var width = 0
        return prefix { character in
            width += character.displayWidth
            return width <= limit
        }
    }

    private static let closing: Set<Character> = [
        "，", "。", "、", "；", "：", "？", "！", "）", "》", "”", "’", "】", "」", "…",
    ]
}
