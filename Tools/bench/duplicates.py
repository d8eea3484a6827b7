"""Duplicates of a made-up population: all pairs that may be one, and how many of those that are two are found."""
import json
import time
import urllib.request

KINDS = {"talent": "T", "enterprise": "E"}


def measure(installation, report, records):
    """All pairs, and how many of the planted ones are among them: of those one in a hundred has a second record. A third of
    the second ones has neither telephone nor mail, and some of these not the name either: they could be told by its sound,
    birth and employer alone."""
    found = {kind: search(installation, kind) for kind in KINDS}
    seconds = sum(took for took, _ in found.values())
    report.add(f"duplicates of the whole population, {records:,} records", seconds, "s", 60, seconds / 60, "≤ 1")
    pairs = sum(answer["pairs"] for _, answer in found.values())
    report.add("pairs compared", pairs / seconds, "pairs/s", pairs / seconds, 1)
    for kind, letter in KINDS.items():
        planted, told = installation.sql(f"""
            SELECT count(*), count(c.id) FROM registry.record two
            JOIN registry.record one ON one.key || '-2' = two.key
            LEFT JOIN registry.duplicate_candidate c ON (c.one_id, c.other_id) = (one.id, two.id)
            WHERE two.key LIKE 'SYN-{letter}-%-2'""").strip().split("|")
        report.add(f"planted duplicates found, {kind}", int(told), "pairs", int(planted), int(told) / max(1, int(planted)), "≥ 0.8")


def search(installation, kind):
    """Seconds of a search, as an operation that is waited for, and what it answers."""
    begin = time.perf_counter()
    order = ask(installation, "/v1/duplicate-searches", {"kind": kind})
    while order["state"] not in ("succeeded", "failed", "cancelled"):
        order = ask(installation, f"/v1/operations/{order['id']}?wait=30")
    assert order["state"] == "succeeded", order
    return time.perf_counter() - begin, ask(installation, order["result"])


def ask(installation, path, body=None):
    request = urllib.request.Request(installation.url + path, data=json.dumps(body).encode() if body else None, headers={
        "Authorization": f"Bearer {installation.token}", "Content-Type": "application/json", "Prefer": "respond-async"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)
