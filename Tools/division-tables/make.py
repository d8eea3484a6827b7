#!/usr/bin/env python3
"""Writes the table of China's divisions from public data; run when a list of a newer year is wanted.

    git clone https://github.com/yescallop/areacodes DATA
    python3 Tools/division-tables/make.py DATA Modules/DomainModel/Identifiers/Divisions
    swift format lint --strict --recursive Modules/DomainModel/Identifiers/Divisions

DATA has a list of codes for the end of each year (`data/`), and what became of each code that changed (`diff/`, written
as its diff-spec.md says). What the ministry's lists had beside the codes of the standard stands in further.csv.
The same data give the same bytes. Licences: see NOTICE.
"""

import collections
import csv
import pathlib
import re
import sys

HEAD = "// Made by Tools/division-tables/make.py; do not edit.\n"
WIDTH = 108  # a character of Chinese counts twice
PARTS = [
    ("North", "North China.", (11, 15)), ("Northeast", "Northeast China.", (21, 23)),
    ("East", "East China: Shanghai, Jiangsu, Zhejiang, Anhui.", (31, 34)),
    ("EastSouth", "East China: Fujian, Jiangxi, Shandong.", (35, 37)),
    ("Central", "Central China: Henan, Hubei, Hunan.", (41, 43)),
    ("South", "South China: Guangdong, Guangxi, Hainan.", (44, 46)),
    ("Sichuan", "Southwest China: Chongqing, Sichuan.", (50, 51)),
    ("Southwest", "Southwest China: Guizhou, Yunnan, Tibet.", (52, 54)),
    ("Northwest", "Northwest China. Also Taiwan, Hong Kong and Macao.", (61, 82)),
]


class Lists:
    """The codes and names at the end of each year."""

    def __init__(self, folder):
        self.names = collections.defaultdict(dict)
        for path in sorted((folder / "data").glob("*.txt")):
            for line in path.read_text(encoding="utf-8").split("\n"):
                if line.strip():
                    code, name = line.split(maxsplit=1)
                    self.names[int(path.stem)][int(code)] = name.strip()
        self.first, self.last = min(self.names), max(self.names)

    def parent(self, year, code):
        above = code // 100 * 100
        return above if code % 100 and above in self.names[year] else code // 10_000 * 10_000

    def years(self, code):
        return {year: names[code] for year, names in self.names.items() if code in names}

    def selected(self, year, selector, code, year_of_code):
        """The code of the list of a year that a selector means; see Rule 5 of diff-spec.md."""
        if selector.endswith("?"):
            return None
        selector = selector.rstrip("!")
        named = self.names[year]
        if selector == ".":
            return code
        if selector == "..":
            above = self.parent(year_of_code, code)
            return above if above in named else None
        name = self.names[year_of_code][code]
        selector = re.sub(r"^_\((.*)\)$", lambda match: match[1] + name, selector)
        if selector == "_":
            selector = name
        found = [other for other, name in named.items() if name == selector]
        if len(found) > 1:
            above = self.names[year_of_code].get(self.parent(year_of_code, code))
            found = (
                [other for other in found if named.get(self.parent(year, other)) == above]
                or [other for other in found if other // 10_000 == code // 10_000]
            )
        if not found:
            for length in range(2, len(selector)):
                above = [other for other, name in named.items() if name == selector[:length]]
                found = [
                    other for other, name in named.items()
                    if name == selector[length:] and self.parent(year, other) in above
                ]
                if len(found) == 1:
                    break
        if len(found) != 1:
            sys.exit(f"{year}: {selector} of {code} is {found}")
        return found[0]


class Changes:
    """What became of codes, and what they were made from."""

    def __init__(self, folder, lists):
        self.lists = lists
        self.heirs, self.origins = {}, {}
        for path in sorted((folder / "diff").glob("*.diff")):
            before, after = map(int, path.stem.split("-"))
            for line in path.read_text(encoding="utf-8").split("\n"):
                match = re.match(r"([-+])(\d{6}) [^<>]*(?:[<>](.*))?$", line.strip())
                if not match:
                    continue
                sign, code, selectors = match[1], int(match[2]), filter(None, (match[3] or "").split(","))
                known, source, target = (
                    (self.heirs, before, after) if sign == "-" else (self.origins, after, before)
                )
                found = [lists.selected(target, selector, code, source) for selector in selectors]
                known[code, source] = list(dict.fromkeys(other for other in found if other))

    def successors(self, code, last):
        """The codes of the newest list that have the area of a code which the list of a year was the last to have."""
        found, seen, open_ = [], {(code, last)}, [(code, last)]
        while open_:
            place = open_.pop(0)
            for heir in self.heirs.get(place, self.of_parts(*place) if not place[0] % 100 else []):
                year = place[1] + 1
                while year < self.lists.last and heir in self.lists.names[year + 1] and (heir, year) not in self.heirs:
                    year += 1
                if year == self.lists.last:
                    found.append(heir)
                elif (heir, year) not in seen:
                    seen.add((heir, year))
                    open_.append((heir, year))
        if not found and code % 100 == 0:
            found = self.of_parts(code, last)
        return list(dict.fromkeys(found))

    def of_parts(self, code, year):
        """Where most of the counties of a prefecture went."""
        places = collections.Counter()
        for part in self.lists.names[year]:
            if part % 100 and part // 100 * 100 == code:
                lives = max(y for y in self.lists.years(part) if y >= year and self.stays(part, year, y))
                for heir in [part] if lives == self.lists.last else self.successors(part, lives):
                    places[self.lists.parent(self.lists.last, heir)] += 1
        return most(places)

    def stays(self, code, first, last):
        return all(code in self.lists.names[year] for year in range(first, last + 1))

    def predecessors(self, code, first):
        """The codes of the list before the first one that has a code, from whose areas it was made."""
        found = self.origins.get((code, first), [])
        if found or code % 100 or first - 1 not in self.lists.names:
            return found
        places = collections.Counter()
        for part in self.lists.names[first]:
            if part % 100 and part // 100 * 100 == code:
                for origin in self.origins.get((part, first), [part]):
                    if origin in self.lists.names[first - 1]:
                        places[self.lists.parent(first - 1, origin)] += 1
        return most(places)


def most(places):
    """Prefectures by how often they were counted; where there is none, provinces."""
    order = [place for place, _ in sorted(places.items(), key=lambda item: (-item[1], item[0]))]
    return [place for place in order if place % 10_000] or order


def runs(years):
    """The stretches of years in which a code had one name."""
    found = []
    for year, name in sorted(years.items()):
        if found and found[-1][0] == name and found[-1][2] == year - 1:
            found[-1][2] = year
        else:
            found.append([name, year, year])
    return found


def main(data, out):
    lists = Lists(data)
    changes = Changes(data, lists)
    further = collections.defaultdict(dict)
    for row in csv.DictReader(open(pathlib.Path(__file__).with_name("further.csv"), encoding="utf-8")):
        for year in range(int(row["first"]), int(row["last"]) + 1):
            further[int(row["code"])][year] = row["name"]

    codes = sorted({code for names in lists.names.values() for code in names} | set(further))
    table = {code: {**further.get(code, {}), **lists.years(code)} for code in codes}

    def namesake(code):
        """The standard's code of what a further code names, of the same years and province."""
        name, years = next(reversed(table[code].values())), set(table[code])
        near = [
            other for other in codes
            if other not in further and other // 10_000 == code // 10_000 and (other % 100 == 0) == (code % 100 == 0)
            and any(year in years and table[other][year] == name for year in table[other])
        ] or [
            other for other in codes
            if other not in further and other // 100 == code // 100 and other % 100
            and any(abs(year - max(years)) <= 1 and table[other][year][:2] == name[:2] for year in table[other])
        ]
        return near[0] if len(near) == 1 else None

    def heirs(code):
        last = max(table[code])
        if last == lists.last:
            return []
        if lists.years(code):
            return changes.successors(code, max(lists.years(code)))
        other = namesake(code)
        if other is None:
            return []
        lives = max(lists.years(other))
        return [other] if lives == lists.last else changes.successors(other, lives)

    def origins(code):
        first = min(table[code])
        return changes.predecessors(code, first) if first > lists.first and code in lists.names[first] else []

    def told(code, others, sign):
        """The others, by two digits where they lie in the prefecture of the code."""
        short = [str(other)[4:] if other // 100 == code // 100 and code % 100 else str(other) for other in others[:6]]
        return sign + ",".join(short) if short else ""

    for part, about, (low, high) in PARTS:
        tokens, prefecture = [], None
        for code in codes:
            if not low <= code // 10_000 <= high:
                continue
            if code // 100 != prefecture:
                prefecture = code // 100
                tokens.append(None)
                if code % 100:
                    tokens.append(str(prefecture))
            spans = runs(table[code])
            for place, (name, first, last) in enumerate(spans):
                tokens.append(
                    (str(code) if code % 100 == 0 else f"{code % 100:02}") + name
                    + (f"+{first}" if first != lists.first else "") + (f"-{last}" if last != lists.last else "")
                    + (told(code, heirs(code), ">") if place == len(spans) - 1 else "")
                    + (told(code, origins(code), "<") if place == 0 else "")
                )
        lines, line = [], ""
        for token in tokens:
            if token is None or sum(2 if ord(c) > 255 else 1 for c in line + token) > WIDTH:
                if line:
                    lines.append(line)
                line = ""
            if token:
                line += (" " if line else "") + token
        lines.append(line)
        body = "".join(f"        {line}\n" for line in lines)
        variable = part[0].lower() + part[1:]
        (out / f"DivisionTable+{part}.swift").write_text(
            f'{HEAD}extension DivisionTable {{\n    /// {about}\n    static let {variable} = """\n{body}        """\n}}\n',
            encoding="utf-8",
        )


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
