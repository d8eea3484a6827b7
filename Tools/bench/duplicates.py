"""Duplicates of a made-up population: all records made comparable, then all pairs compared; and how many are found."""
import json
import tempfile
import time
import urllib.request

from measure import run

# Kept encrypted alone: their digests stand for the keyed hashes that the registry would find them by.
SEALED = "'{resident_id,passport,residence_card,telephone,mail,address,bank_account,contact_telephone}'::text[]"


def measure(installation, report, talents=700_000, enterprises=30_000):
    prepare(installation, talents, enterprises)
    first = {kind: search(installation, kind) for kind in ("talent", "enterprise")}
    again = {kind: search(installation, kind) for kind in ("talent", "enterprise")}
    # An import leaves its records comparable; these came by COPY.
    made = sum(took for took, _ in first.values())
    seconds = sum(took for took, _ in again.values())
    report.add("records made comparable, and duplicates found", made, "s", seconds, made / seconds)
    report.add(f"duplicates of the whole population, {talents + enterprises:,} records", seconds, "s", 60, seconds / 60, "≤ 1")
    pairs = sum(answer["pairs"] for _, answer in again.values())
    report.add("pairs compared", pairs / seconds, "pairs/s", pairs / seconds, 1)
    for kind, letter in [("talent", "T"), ("enterprise", "E")]:
        planted, found = installation.sql(f"""
            SELECT count(*), count(c.id) FROM registry.record two
            JOIN registry.record one ON one.key || '-2' = two.key
            LEFT JOIN registry.duplicate_candidate c ON (c.one_id, c.other_id) = (one.id, two.id)
            WHERE two.key LIKE 'SYN-{letter}-%-2'""").strip().split("|")
        report.add(f"planted duplicates found, {kind}", int(found), "pairs", int(planted), int(found) / max(1, int(planted)), "≥ 0.8")


def prepare(installation, talents, enterprises):
    """Bare records by COPY. One in a hundred is there twice. A third of the second ones has neither telephone nor mail, and
    some of these not the name either: they could be told by its sound, birth and employer alone."""
    with tempfile.TemporaryDirectory() as folder:
        run(installation.ceyuan, "sample", "registry", "--talents", talents, "--enterprises", enterprises, "--seed", 1,
            "--duplicates", 10, "--out", folder, "--format", "ndjson", "--quiet", env=installation.environment)
        # Another part may have loaded the same population.
        installation.sql("SET session_replication_role = replica; TRUNCATE registry.record, registry.search_entry, registry.search_key, registry.linkage_profile, registry.linkage_key CASCADE; CREATE SCHEMA IF NOT EXISTS bench; CREATE UNLOGGED TABLE bench.line (file text, content jsonb)")
        for name in ("talent", "enterprise", "organisation", "platform", "statement.employment", "statement.education"):
            # JSON has no control characters: nothing is quoted, nothing parted.
            run("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", installation.database, "-c", f"""
                \\copy bench.line (content) FROM '{folder}/{name}.ndjson' (FORMAT csv, QUOTE e'\\x01', DELIMITER e'\\x02')""".strip())
            installation.sql(f"UPDATE bench.line SET file = '{name}' WHERE file IS NULL")
    installation.sql(f"""
        SET session_replication_role = replica;
        WITH recording AS (
            INSERT INTO registry.recording (recorded_at, principal, activity, reason)
            VALUES (clock_timestamp(), 'bench', 'bench', '') RETURNING id
        ), made AS (
            INSERT INTO registry.record (kind, key, state, region_id, recording_id)
            SELECT l.content->>'kind', l.content->>'key', 'active', g.id, recording.id
            FROM recording, bench.line l LEFT JOIN registry.region g ON g.code = l.content->'attributes'->>'region'
            WHERE l.file NOT LIKE 'statement.%' RETURNING id, key, recording_id
        )
        INSERT INTO registry.record_version (record_id, valid_from, state, attributes, recorded_by)
        SELECT made.id, (l.content->>'from')::date, 'active', (l.content->'attributes') - {SEALED}, made.recording_id
        FROM made JOIN bench.line l ON l.content->>'key' = made.key AND l.file NOT LIKE 'statement.%';
        INSERT INTO registry.statement (type, subject_id, object_id, term, valid, attributes, recorded_by)
        SELECT l.content->>'type', s.id, o.id, l.content->>'term', daterange((l.content->>'from')::date, (l.content->>'until')::date),
            coalesce(l.content->'attributes', '{{}}'), s.recording_id
        FROM bench.line l JOIN registry.record s ON s.key = l.content->>'subject' LEFT JOIN registry.record o ON o.key = l.content->>'object'
        WHERE l.file LIKE 'statement.%';
        INSERT INTO registry.blind_index (field, hash, record_id)
        SELECT DISTINCT f.key, decode(md5(v.value), 'hex'), r.id
        FROM bench.line l JOIN registry.record r ON r.key = l.content->>'key'
            CROSS JOIN jsonb_each(l.content->'attributes') f
            CROSS JOIN LATERAL jsonb_array_elements_text(
                CASE WHEN jsonb_typeof(f.value) = 'array' THEN f.value ELSE jsonb_build_array(f.value) END) v
        WHERE f.key = ANY ({SEALED}) ON CONFLICT DO NOTHING;
        DROP TABLE bench.line""")
    installation.sql("VACUUM ANALYZE")


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
