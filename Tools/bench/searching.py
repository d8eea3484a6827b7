"""The search box over a million made-up names, as the role of services, against a scan of all names."""
import os
import pathlib
import tempfile
import urllib.parse

from measure import median, run, timed
from registry import Connection

KINDS = "'{talent,team,enterprise,organisation,platform,project,achievement,programme,award,support}'"
FIRST = 10_000_000
COLUMNS = "place, shown, name, inside, pinyin, initials"


def measure(installation, report, binaries, count=1_000_000, seconds=10):
    prepare(installation, report, binaries, count)
    scan = latencies(installation, installation.database, "*", "-t", 20, sql="""
        SELECT count(*) FROM bench.question q JOIN registry.search_entry e ON e.name LIKE '%' || q.text || '%' WHERE q.id = :i""")
    service = run(installation.ceyuan, "local", "url", "--service", env=installation.environment).strip()
    regions = installation.sql("SELECT string_agg(id::text, ',') FROM (SELECT id FROM registry.region ORDER BY id LIMIT 10) r").strip()
    limit = median(scan)
    for name, scope in [("everywhere", "*"), ("in ten regions", "{" + regions + "}")]:
        found = sorted(latencies(installation, service, scope, "-T", seconds, sql=f"""
            SELECT count(*) FROM bench.question q, registry.search(q.text, '{{}}', ARRAY[q.text], {KINDS},
            NULL, NULL, NULL, NULL, 21) WHERE q.id = :i"""))
        p99 = found[len(found) * 99 // 100]
        report.add(f"search of one or two characters {name}, median", median(found), "ms", limit, median(found) / limit, "≤ 0.02")
        report.add(f"search of one or two characters {name}, p99", p99, "ms", 5, p99 / 5, "≤ 1")
    facets(installation, report)


def facets(installation, report, count=1000):
    """The search box with all facets of its first thousand answers, one client, through the service."""
    asked = "&".join(f"facet={name}" for name in ["kind", "region", "tier", "title", "warning"])
    texts = installation.sql(f"SELECT text FROM bench.question ORDER BY id LIMIT {count}").split()
    paths = [f"/v1/search?q={urllib.parse.quote(text)}&limit=20" for text in texts]
    connection = Connection(installation)
    for name, more in [("without facets", ""), ("with all facets", "&" + asked)]:
        for path in paths[:50]:
            connection.time(path + more)
        found = sorted(connection.time(path + more) for path in paths)
        p99 = found[len(found) * 99 // 100]
        report.add(f"search box {name}, median", median(found), "ms", 5, median(found) / 5)
        report.add(f"search box {name}, p99", p99, "ms", 5, p99 / 5, "≤ 1")


def prepare(installation, report, binaries, count):
    """Makes bare records and their names; says how long the names took beside a plain \\copy of the same rows."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "names.tsv"
        file.write_text(run(binaries / "search-names", count))
        installation.sql(f"""
            CREATE SCHEMA IF NOT EXISTS bench;
            CREATE TABLE bench.name (place bigint PRIMARY KEY, shown text, name text, inside text[], pinyin text[], initials text[]);
            GRANT USAGE ON SCHEMA bench TO ceyuan_service;
            WITH recording AS (
                INSERT INTO registry.recording (recorded_at, principal, activity, reason)
                VALUES (clock_timestamp(), 'bench', 'bench', '') RETURNING id
            ), region AS (SELECT array_agg(id ORDER BY id) AS ids FROM registry.region)
            INSERT INTO registry.record (id, kind, key, state, region_id, recording_id) OVERRIDING SYSTEM VALUE
            SELECT {FIRST} + i, 'talent', 'BENCH-' || i, 'active', ids[1 + i % cardinality(ids)], recording.id
            FROM generate_series(0, {count} - 1) i, recording, region""")
        limit = timed("psql", "-X", "-q", "-d", installation.database, "-c", f"\\copy bench.name ({COLUMNS}) FROM '{file}'")
    ours = timed("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", installation.database, "-c", f"""
        INSERT INTO registry.search_entry (record_id, ordinal, kind, field, region_id, shown, name, inside, pinyin, initials)
        SELECT r.id, 0, r.kind, 'name_zh', r.region_id, n.shown, n.name, n.inside, n.pinyin, n.initials
        FROM bench.name n JOIN registry.record r ON r.id = {FIRST} + n.place ORDER BY r.id""")
    report.add("names made findable, against \\copy of the same rows", count / ours, "names/s", count / limit, limit / ours)
    # What facets count: a tier for each third, a warning for each twentieth. The checks are not what is measured.
    installation.sql(f"""
        SET session_replication_role = replica;
        INSERT INTO registry.statement (type, subject_id, term, valid, attributes, slot, recorded_by)
        SELECT 'tier', r.id, (ARRAY['top', 'leading', 'youth', 'reserve'])[1 + r.id % 4], '[2020-01-01,)', '{{}}', '', r.recording_id
        FROM registry.record r WHERE r.id >= {FIRST} AND r.id % 3 = 0;
        WITH run AS (
            INSERT INTO registry.rule_run (purpose, day, as_of, rules, principal, started_at)
            VALUES ('standing', '2026-01-01', now(), '{{}}', 'bench', now()) RETURNING id
        )
        INSERT INTO registry.derived_fact (first_run, record_id, sort, term, rule, grounds)
        SELECT run.id, r.id, 'warning', 'expiry', 'expiry@1', '[]'
        FROM registry.record r, run WHERE r.id >= {FIRST} AND r.id % 20 = 0""")
    installation.sql("VACUUM ANALYZE registry.statement")
    installation.sql("VACUUM ANALYZE registry.derived_fact")
    installation.sql("VACUUM ANALYZE registry.search_entry")
    installation.sql("VACUUM ANALYZE registry.search_key")
    installation.sql("""
        SELECT setseed(0.5);
        CREATE TABLE bench.question AS SELECT row_number() OVER () AS id, substr(name, 1 + floor(random() * (length(name) - 1))::int,
            1 + floor(random() * 2)::int) AS text FROM (SELECT name FROM bench.name ORDER BY random() LIMIT 2000) n;
        CREATE UNIQUE INDEX ON bench.question (id); ANALYZE bench.question;
        GRANT SELECT ON bench.question TO ceyuan_service""")


def latencies(installation, database, regions, *length, sql):
    """Milliseconds of each question, one client, statements prepared."""
    with tempfile.TemporaryDirectory() as folder:
        script = pathlib.Path(folder) / "script.sql"
        script.write_text("\\set i random(1, 2000)\n" + " ".join(sql.split()) + ";\n")
        run("pgbench", "-n", "-M", "prepared", "-c", 1, *length, "-f", script, "-l", "--log-prefix", f"{folder}/log", "-d", database,
            env={**os.environ, "PGOPTIONS": f"-c ceyuan.regions={regions}"})
        lines = [line for log in pathlib.Path(folder).glob("log.*") for line in log.read_text().splitlines()]
    return [int(line.split()[2]) / 1000 for line in lines]
