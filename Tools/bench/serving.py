"""Reading over HTTP: one record and a list, against the same server's constant answer, `pgbench` and FastAPI."""
import os
import pathlib
import re
import signal
import subprocess
import sys
import time
import urllib.request

from measure import median, run

CLIENTS, SECONDS = 64, 4
HERE = pathlib.Path(__file__).resolve().parent


class Load:
    """What wrk saw: requests a second, and latencies in milliseconds."""

    def __init__(self, url, environment=None, seconds=SECONDS):
        said = run("wrk", "-t1", f"-c{CLIENTS}", f"-d{seconds}s", "--latency", "-s", HERE / "requests.lua", url,
                   env={**os.environ, **(environment or {})})
        failed = re.search(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)", said)
        if failed:
            sys.exit(f"{url}: {failed.group(0)}")
        self.rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said).group(1))
        self.count = int(re.search(r"(\d+) requests in", said).group(1))
        self.p50, self.p99 = (self.milliseconds(re.search(rf"\s{share}%\s+([\d.]+)(us|ms|s)", said))
                              for share in (50, 99))

    @staticmethod
    def milliseconds(match):
        return float(match.group(1)) * {"us": 0.001, "ms": 1, "s": 1000}[match.group(2)]


class Peer:
    """FastAPI with asyncpg under uvicorn, as its documentation says to run it: uvloop, httptools, a worker a core."""

    def __init__(self, python, database, home, workers):
        self.port = 18_000 + os.getpid() % 1_000 + workers
        self.log = open(home / f"fastapi-{workers}.log", "wb")
        self.process = subprocess.Popen(
            [str(python), "-m", "uvicorn", "fastapi_peer:app", "--app-dir", str(HERE), "--host", "127.0.0.1",
             "--port", str(self.port), "--workers", str(workers), "--no-access-log", "--log-level", "warning"],
            env={**os.environ, "PEER_DATABASE": database}, stdout=self.log, stderr=self.log)
        self.url = f"http://127.0.0.1:{self.port}"
        for _ in range(500):
            try:
                urllib.request.urlopen(f"{self.url}/constant").read()
                return
            except OSError:
                time.sleep(0.02)
        sys.exit(f"FastAPI did not start; see {self.log.name}")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)


def pgbench(installation):
    """Single-row selects a second through prepared statements: the limit of the database."""
    said = run("pgbench", "-n", "-S", "-M", "prepared", "-c", CLIENTS, "-j", 2, "-T", SECONDS, "-d", installation.bench)
    return float(re.search(r"tps = ([\d.]+)", said).group(1))


def measure(installation, report, python, repeat):
    installation.bench = installation.database.replace("/ceyuan?", "/pgbench?")
    installation.sql("CREATE DATABASE pgbench")
    run("pgbench", "-i", "-q", "-s", 10, "-d", installation.bench)
    peers = {workers: Peer(python, installation.database, installation.home, workers) for workers in (1, 2)}
    token = {"BENCH_TOKEN": installation.token}
    figures = {}

    def note(name, value):
        figures.setdefault(name, []).append(value)

    def ours(name, path):
        before = installation.processor()
        load = Load(installation.url + path, token)
        services, database = (1e6 * (now - then) / load.count for now, then in zip(installation.processor(), before))
        note(name, load)
        note(f"{name} services", services)
        note(f"{name} database", database)

    same(installation, peers[1], "/v1/regions/bench.region.007")
    same(installation, peers[1], "/checked/v1/regions/bench.region.007")
    for _ in range(repeat):
        ours("constant", "/v1/about")
        ours("record", "/v1/regions/bench.region.NNN")
        ours("list", "/v1/regions?limit=100")
        note("pgbench", pgbench(installation))
        for workers, peer in peers.items():
            note(f"peer record {workers}", Load(f"{peer.url}/v1/regions/bench.region.NNN"))
            note(f"peer checked {workers}", Load(f"{peer.url}/checked/v1/regions/bench.region.NNN", token))
            note(f"peer list {workers}", Load(f"{peer.url}/v1/regions?limit=100"))
    for peer in peers.values():
        peer.stop()

    def rate(name):
        return median(load if isinstance(load, float) else load.rate for load in figures[name])

    def compare(name, ours, limit, wanted=None):
        report.add(name, rate(ours), "req/s", rate(limit), rate(ours) / rate(limit), wanted)

    compare("record by id, against the server's constant answer", "record", "constant", "≥ 0.6")
    compare("record by id, against pgbench -S -M prepared", "record", "pgbench", "≥ 0.35")
    compare("record by id, against FastAPI + asyncpg, 1 worker", "record", "peer record 1", "≥ 7")
    compare("record by id, against FastAPI + asyncpg, 2 workers", "record", "peer record 2")
    compare("record by id, against FastAPI that checks token, scope and tag too, 1 worker", "record", "peer checked 1")
    compare("record by id, against FastAPI that checks token, scope and tag too, 2 workers", "record", "peer checked 2")
    p50, p99 = (median(getattr(load, share) for load in figures["record"]) for share in ("p50", "p99"))
    report.add("record by id, p99 against p50", p99, "ms", p50, p99 / p50, "< 5")
    compare("list of 100 rows of 1 kB, against FastAPI, 1 worker", "list", "peer list 1", "≥ 5")
    compare("list of 100 rows of 1 kB, against FastAPI, 2 workers", "list", "peer list 2")
    # Unlike the rates, these say nothing of what else the machine is doing.
    for name in ("record", "list"):
        services, constant = (median(figures[f"{one} services"]) for one in (name, "constant"))
        report.add(f"{name}: services' processor time, against the constant", services, "µs", constant,
                   services / constant)
        database = median(figures[f"{name} database"])
        report.add(f"{name}: database's processor time, against the services'", database, "µs", services,
                   database / services)


def same(installation, peer, theirs):
    """Both answer the same question with the same content, or the comparison is of no worth."""
    import json

    def fetch(url, headers):
        return json.load(urllib.request.urlopen(urllib.request.Request(url, headers=headers)))

    token = {"Authorization": f"Bearer {installation.token}"}
    ours, theirs = (fetch(url, token) for url in (installation.url + "/v1/regions/bench.region.007", peer.url + theirs))
    if ours != theirs:
        sys.exit(f"the two do not answer the same:\n{ours}\n{theirs}")
