"""Small jobs put into the queue and done exactly once, with the worker killed every second."""
import subprocess
import time

WANTED = 10_000


def measure(installation, report, binaries, count=100_000):
    worker = binaries / "job-worker"
    installation.sql("CREATE SCHEMA IF NOT EXISTS bench; CREATE UNLOGGED TABLE IF NOT EXISTS bench.effect (n bigint)")
    for mode, kills in [("batches", False), ("batches", True), ("singly", False), ("singly", True)]:
        seconds = once(installation, worker, mode, count, kills)
        rate = count / seconds
        name = f"jobs enqueued and done {'in batches' if mode == 'batches' else 'one by one'}"
        name += ", worker killed every second" if kills else ""
        report.add(name, rate, "jobs/s", WANTED, rate / WANTED, "≥ 1")


def once(installation, worker, mode, count, kills):
    """Seconds from the first job enqueued to the last one done; stops the run when one is lost or doubled."""
    installation.sql("TRUNCATE bench.effect; TRUNCATE jobs.job; TRUNCATE jobs.history")
    start = time.perf_counter()
    feeder = subprocess.Popen([worker, "enqueue", installation.database, str(count)])
    process, begun, killed = None, 0.0, 0
    try:
        while True:
            now = time.perf_counter()
            if process is None or (kills and now - begun >= 1):
                if process is not None:
                    process.kill()
                    process.wait()
                    killed += 1
                process = subprocess.Popen([worker, "work", installation.database, mode])
                begun = now
            if feeder.poll() is not None:
                assert feeder.returncode == 0, "the jobs could not be enqueued"
                if installation.sql("SELECT count(*) FROM jobs.job").strip() == "0":
                    break
            time.sleep(0.05)
        seconds = time.perf_counter() - start
    finally:
        feeder.kill()
        if process is not None:
            process.kill()
            process.wait()
    found = installation.sql(
        "SELECT count(*), count(DISTINCT n), (SELECT count(*) FROM jobs.history WHERE kind = 'bench.tick') FROM bench.effect"
    ).strip()
    assert found == f"{count}|{count}|{count}", f"{mode}: {found} of {count} (effects, different ones, jobs in the history)"
    print(f"  {mode}: {count} jobs, {killed} kills, {found} effects|different|done")
    return seconds
