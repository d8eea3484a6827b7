"""Importing records through the whole path, against `\\copy` of the same rows into tables of the same indexes."""
import csv
import json
import pathlib
import subprocess
import tempfile
import time

import duplicates
from measure import run, timed

REFERENCE = pathlib.Path(__file__).parents[2] / "deploy" / "reference"


def measure(installation, report, talents, enterprises):
    for kind in ["region", "classification"]:
        run(installation.ceyuan, kind, "import", REFERENCE / f"{kind}s.csv", env=installation.environment)
    with tempfile.TemporaryDirectory(dir=installation.home) as folder:
        folder = pathlib.Path(folder)
        run(installation.ceyuan, "sample", "registry", "--talents", talents, "--enterprises", enterprises, "--seed", 1,
            "--duplicates", 10, "--format", "csv", "--out", folder, env=installation.environment)
        kinds = {kind: contents(folder / f"{kind}.csv") for kind in ["organisation", "platform", "enterprise", "talent"]}
        ours, rows = 0, 0
        begin = time.perf_counter()
        for kind, (count, last) in kinds.items():
            seconds = timed(installation.ceyuan, kind, "import", folder / f"{kind}.csv", "--quiet", env=installation.environment)
            if kind in ("enterprise", "talent"):
                ours, rows = ours + seconds, rows + count
        talents_end = time.perf_counter()
        while not installation.sql(f"SELECT 1 FROM registry.search_key WHERE kind = 'talent' AND slot = 1 AND key = '{folded(last)}'"):
            time.sleep(0.2)
        found = time.perf_counter() - talents_end
        settle(installation)
        until = time.perf_counter() - begin
        # The limit is measured when nothing else is at work. The same rows: what the import has made of a row of the file.
        limits = {table: copied(installation, folder, [table], "kind IN ('enterprise', 'talent')")
                  for table in ["record", "record_version", "record_key", "blind_index"]}
        limit = sum(limits.values())
        report.add("import of records, sealed, whole path (rows/s against \\copy)", rows / ours, "rows/s", rows / limit, limit / ours, "≥ 0.25")
        clear = limits["record"] + limits["record_version"]
        report.add("… against \\copy of records and versions alone", rows / ours, "rows/s", rows / clear, clear / ours)
        report.add("import of records, until the last talent is found by its key", found, "s", limit, found / limit)
        report.add("import of records, until all are found, compared, in the trail", until, "s", limit, until / limit)
        seconds = sum(duplicates.search(installation, kind)[0] for kind in duplicates.KINDS)
        report.add("first search for duplicates after the import", seconds, "s", 60, seconds / 60, "≤ 1")
        ours = timed(installation.ceyuan, "statement", "import", "employment", folder / "statement.employment.csv", "--quiet",
                     env=installation.environment)
        limit = copied(installation, folder, ["statement"], "")
        rows = int(installation.sql("SELECT count(*) FROM registry.statement"))
        report.add("import of employments, whole path (rows/s against \\copy)", rows / ours, "rows/s", rows / limit, limit / ours)
        # Employers tell second records, too.
        settle(installation)
        duplicates.measure(installation, report, sum(count for count, _ in kinds.values()))
        begin = time.perf_counter()
        run(installation.ceyuan, "talent", "export", "--without-names", "-o", folder / "talents.ndjson", env=installation.environment)
        ours = time.perf_counter() - begin
        limit = timed("psql", "-X", "-q", "-d", installation.database, "-c",
                      f"\\copy (SELECT key, attributes FROM registry.record r JOIN registry.record_version v ON v.record_id = r.id"
                      f" WHERE kind = 'talent') TO '{folder}/bare'")
        report.add("export of talents (rows/s against \\copy)", talents / ours, "rows/s", talents / limit, limit / ours)
        tenth(installation, report, folder, 1_000_000 if talents >= 700_000 else talents)
    settle(installation)
    # Whoever measures next begins with an empty register; the ledgers in it refuse that but for a replica.
    installation.sql("SET session_replication_role = replica; "
                     "TRUNCATE registry.record, registry.search_entry, registry.search_key, registry.linkage_profile, "
                     "registry.linkage_key CASCADE")


def tenth(installation, report, folder, rows):
    """A file with errors in a tenth of its rows: all of them are kept, in bounded memory."""
    with open(folder / "bad.csv", "w") as file:
        file.write("key,from,name_zh,region,degree\n")
        for row in range(rows):
            file.write(f"BAD-{row},2020-01-01,某人{row},330110,{'docter' if row % 10 == 3 else 'doctor'}\n")
    command = [installation.ceyuan, "talent", "import", folder / "bad.csv", "--mode", "partial", "--format", "json", "--quiet"]
    # It ends with 1: rows were refused.
    answer = json.loads(subprocess.run(command, env=installation.environment, capture_output=True, text=True).stdout)
    told = int(installation.sql(f"SELECT count(*) FROM collection.conflict WHERE batch_id = {answer['id']}"))
    report.add("rows with errors of which each is told", told, "conflicts", rows // 10, told / (rows // 10))
    report.add("services after the imports, peak resident", installation.memory(), "MB", 500, installation.memory() / 500)


def contents(path):
    """The number of rows of a file, and the key of the last one."""
    with open(path, newline="") as source:
        rows, last = 0, None
        for row in csv.DictReader(source):
            rows, last = rows + 1, row["key"]
    return rows, last


def folded(key):
    """A key as the search keeps it."""
    return "".join(character for character in key.lower() if character.isalnum())


def copied(installation, folder, tables, condition):
    """Seconds of `\\copy` of the rows of tables into new ones with the same columns, constraints and indexes."""
    seconds = 0
    for table in tables:
        file = folder / f"{table}.copy"
        column = "id" if table == "record" else "record_id"
        where = f"WHERE {column} IN (SELECT id FROM registry.record WHERE {condition})" if condition else ""
        installation.sql(f"CREATE TABLE public.bare (LIKE registry.{table} INCLUDING ALL)")
        run("psql", "-X", "-q", "-d", installation.database, "-c", f"\\copy (SELECT * FROM registry.{table} {where}) TO '{file}'")
        installation.sql("CHECKPOINT")
        seconds += timed("psql", "-X", "-q", "-d", installation.database, "-c", f"\\copy public.bare FROM '{file}'")
        installation.sql("DROP TABLE public.bare")
        file.unlink()
    return seconds


def settle(installation):
    while installation.sql("SELECT 1 FROM jobs.job WHERE kind = 'registry.settle' AND state IN ('waiting', 'running') LIMIT 1"):
        time.sleep(0.2)
