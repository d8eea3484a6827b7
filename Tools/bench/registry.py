"""The register at its full size: counts, the page of a record and a run of the rules, against limits of the same run."""
import http.client
import json
import pathlib
import tempfile
import time
import urllib.parse

from measure import median, run, timed

REFERENCE = pathlib.Path(__file__).parents[2] / "deploy" / "reference"
# Personal values are not what is measured here, and may not stand in the clear.
SEALED = "(SELECT coalesce(array_agg(DISTINCT code), '{}') FROM registry.field WHERE definition->>'privacy' = 'sealed')"


def measure(installation, report, talents=700_000, enterprises=30_000, repeat=3):
    load(installation, talents, enterprises)
    counting(installation, report, repeat)
    pages(installation, report)
    rules(installation, report)


def load(installation, talents, enterprises):
    """The made-up corridor as bare rows, by \\copy: how fast a checked import is stands elsewhere."""
    for kind in ["region", "classification"]:
        run(installation.ceyuan, kind, "import", REFERENCE / f"{kind}s.csv", env=installation.environment)
    with tempfile.TemporaryDirectory(dir=installation.home) as folder:
        run(installation.ceyuan, "sample", "registry", "--talents", talents, "--enterprises", enterprises, "--seed", 1, "--out", folder,
            env=installation.environment)
        installation.sql("""
            CREATE SCHEMA IF NOT EXISTS bench;
            CREATE UNLOGGED TABLE bench.line (place bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, document jsonb);
            INSERT INTO registry.recording (recorded_at, principal, activity, reason) VALUES (clock_timestamp(), 'bench', 'bench', '')""")
        for name in ["organisation", "platform", "enterprise", "project", "talent"]:
            taken(installation, pathlib.Path(folder) / f"{name}.ndjson", RECORDS)
        for file in sorted(pathlib.Path(folder).glob("statement.*.ndjson")):
            taken(installation, file, STATEMENTS)
    installation.sql("DROP TABLE bench.line")
    installation.sql("UPDATE collection.vintage_clock SET newest = greatest(newest, (SELECT max(recorded_at) FROM registry.recording))")
    for table in ["record", "record_version", "statement"]:
        installation.sql(f"VACUUM ANALYZE registry.{table}")


def taken(installation, file, statement, slice=20_000):
    """Takes the lines of a file in slices, whose plans and memory do not depend on how many there are."""
    copy(installation, file)
    lines = int(installation.sql("SELECT count(*) FROM bench.line"))
    for first in range(0, lines, slice):
        installation.sql(statement.replace("BETWEEN", f"BETWEEN {first + 1} AND {first + slice}"))


def copy(installation, file):
    installation.sql("TRUNCATE bench.line RESTART IDENTITY")
    # Two characters that no line has stand for quote and delimiter, so that a line is one column.
    run("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", installation.database, "-c",
        f"\\copy bench.line (document) FROM '{file}' WITH (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')")


RECORDS = f"""
    WITH recording AS (SELECT max(id) AS id FROM registry.recording), made AS (
        INSERT INTO registry.record (kind, key, state, region_id, recording_id)
        SELECT document->>'kind', document->>'key', 'active',
            (SELECT g.id FROM registry.region g WHERE g.code = document#>>'{{attributes,region}}'), recording.id
        FROM bench.line, recording WHERE place BETWEEN ORDER BY place RETURNING id, key
    )
    INSERT INTO registry.record_version (record_id, valid_from, state, attributes, recorded_by)
    SELECT made.id, coalesce((document->>'from')::date, '-infinity'), 'active', (document->'attributes') - {SEALED}, recording.id
    FROM bench.line JOIN made ON made.key = document->>'key', recording WHERE place BETWEEN ORDER BY made.id"""

STATEMENTS = """
    INSERT INTO registry.statement (type, subject_id, object_id, term, share, valid, attributes, slot, recorded_by)
    SELECT document->>'type', s.id, o.id, document->>'term', (document->>'share')::numeric,
        daterange((document->>'from')::date, (document->>'until')::date), coalesce(document->'attributes', '{}'),
        CASE t.slot WHEN 'subject' THEN '' WHEN 'term' THEN coalesce(document->>'term', '') WHEN 'object' THEN coalesce(o.id::text, '')
            WHEN 'pair' THEN coalesce(o.id::text, '') || ' ' || coalesce(document->>'term', '') END,
        (SELECT max(id) FROM registry.recording)
    FROM bench.line JOIN registry.record s ON s.key = document->>'subject'
        LEFT JOIN registry.record o ON o.key = document->>'object' JOIN registry.statement_type t ON t.code = document->>'type'
    WHERE place BETWEEN ORDER BY place"""


def counting(installation, report, repeat):
    """All indicators that are counted from records, for all regions, beside one scan of what they are counted from."""
    measures = [item["measure"] for item in get(installation, "/v1/counting-rules")]
    scan = "SELECT count(*) FROM registry.record_version; SELECT count(*) FROM registry.statement"
    times, scans = [], []
    for _ in range(repeat):
        scans.append(timed("psql", "-X", "-q", "-d", installation.database, "-c", scan))
        begin = time.perf_counter()
        post(installation, "/v1/counts", {"period": "2025"})
        times.append(time.perf_counter() - begin)
    report.add(f"counts of {len(measures)} indicators for all regions", median(times), "s", 2, median(times) / 2, "≤ 1")
    report.add("counts against a scan of versions and statements", median(times), "s", median(scans), median(times) / median(scans))


def pages(installation, report, count=500):
    """The page of a record with all its relations, one client, beside the answer that reads nothing."""
    keys = installation.sql(f"""
        SELECT key FROM (SELECT key, kind FROM registry.record TABLESAMPLE SYSTEM (2) WHERE kind = 'talent' LIMIT {count}) t
        UNION ALL SELECT key FROM registry.record WHERE kind = 'enterprise' AND id % 60 = 0""").split()
    connection = Connection(installation)
    idle = sorted(connection.time("/livez") for _ in range(count))
    for key in keys[:20]:
        connection.time(f"/v1/records/{key}/page")
    found = sorted(connection.time(f"/v1/records/{key}/page") for key in keys)
    p99 = found[len(found) * 99 // 100]
    report.add("page of a record with all its relations, median", median(found), "ms", median(idle), median(found) / median(idle))
    report.add("page of a record with all its relations, p99", p99, "ms", 10, p99 / 10, "≤ 1")


def rules(installation, report):
    """One run of all rules over all records; a second one, which changes nothing; beside a scan of the rows it reads."""
    scan = timed("psql", "-X", "-q", "-d", installation.database, "-c",
                 "SELECT sum(length(attributes::text)) FROM registry.record_version; SELECT sum(length(attributes::text)) FROM registry.statement")
    for name in ["first", "again"]:
        begin = time.perf_counter()
        made = post(installation, "/v1/rule-runs", {})
        seconds = time.perf_counter() - begin
        report.add(f"rules over {made['records']} records, {name}: {made['facts']} facts", seconds, "s", scan, seconds / scan)


class Connection:
    """One client that keeps its connection."""

    def __init__(self, installation):
        self.connection = http.client.HTTPConnection(urllib.parse.urlparse(installation.url).netloc, timeout=600)
        self.headers = {"Authorization": f"Bearer {installation.token}", "Content-Type": "application/json"}

    def ask(self, method, path, body=None):
        self.connection.request(method, path, None if body is None else json.dumps(body), self.headers)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status >= 400:
            raise SystemExit(f"{method} {path}: {answer.status} {text.decode()}")
        return json.loads(text) if text else None

    def time(self, path):
        """Milliseconds of an answer."""
        begin = time.perf_counter()
        self.connection.request("GET", path, headers=self.headers)
        self.connection.getresponse().read()
        return (time.perf_counter() - begin) * 1000


def get(installation, path):
    return Connection(installation).ask("GET", path)


def post(installation, path, body):
    return Connection(installation).ask("POST", path, body)
