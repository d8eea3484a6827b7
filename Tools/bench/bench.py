#!/usr/bin/env python3
"""Benchmarks of the whole path, as ratios against a limit measured in the same run.

    bench.py --bin .build/release [--rows 2000000] [--repeat 3] [--out .ceyuan/bench]

A private PostgreSQL and the platform are started for the run and stopped after it. Each figure is the median of
its repetitions; limits and ours take turns, so that a machine that slows down slows both. Nothing here passes or
fails: the figures are printed and written to latest.json.
"""
import argparse, json, os, pathlib, random, shutil, signal, statistics, subprocess, sys, time

INDICATORS, REGIONS = 200, 100
SEED = 20210823


def run(*command, **options):
    """Runs a command to its end; shows what it said when it fails."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\nended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def timed(*command, **options):
    """Seconds that a command takes from start to end."""
    begin = time.perf_counter()
    run(*command, **options)
    return time.perf_counter() - begin


class Platform:
    """A private PostgreSQL and all services in one process."""

    def __init__(self, binaries, home):
        self.ceyuan = binaries / "ceyuan"
        self.program = binaries / "ceyuan-platform"
        self.home = home
        self.environment = {**os.environ, "CEYUAN_HOME": str(home), "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}
        self.process = None

    def __enter__(self):
        run(self.ceyuan, "local", "up", env=self.environment)
        status = json.loads(run(self.ceyuan, "local", "status", "--format", "json", env=self.environment))
        self.database = status["connectionString"]
        self.environment["CEYUAN_DATABASE_URL"] = self.database
        run(self.ceyuan, "migrate", "up", env=self.environment)
        self.start()
        return self

    def start(self):
        """Starts the services; returns the seconds until they are ready."""
        address = self.home / "address"
        address.unlink(missing_ok=True)
        log = open(self.home / "platform.log", "ab")
        settings = {**self.environment, "CEYUAN_LISTEN_PORT": "0", "CEYUAN_ADDRESS_FILE": str(address),
                    "CEYUAN_DIRECTORIES_DATA": str(self.home / "data")}
        begin = time.perf_counter()
        self.process = subprocess.Popen([str(self.program)], env=settings, stdout=log, stderr=log)
        while not address.exists():
            if self.process.poll() is not None:
                sys.exit(f"{self.program} ended; see {self.home / 'platform.log'}")
            time.sleep(0.005)
        self.environment["CEYUAN_URL"] = address.read_text().strip()
        return time.perf_counter() - begin

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)

    def __exit__(self, *_):
        self.stop()
        run(self.ceyuan, "local", "down", env=self.environment)

    def sql(self, text):
        return run("psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-d", self.database, "-c", text)

    def memory(self, field="VmHWM"):
        """Resident memory of the services in megabytes: the highest so far, or another field of the kernel's."""
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(field):
                return int(line.split()[1]) / 1024
        return float("nan")


def months(rows):
    count = max(1, rows // (INDICATORS * REGIONS))
    return [f"{2015 + month // 12}-{month % 12 + 1:02}" for month in range(count)]


def write_reference(folder):
    """Indicators, regions and a dataset for the load; codes are clearly synthetic."""
    with open(folder / "regions.csv", "w") as file:
        file.write("code,name_zh,name_en,level,parent_code,area_km2,roles,focus_industries,source_file,source_locator\n")
        for region in range(REGIONS):
            file.write(f"bench.region.{region:03},测试地区{region},Bench region {region},district,,,,,bench,row {region}\n")
    with open(folder / "indicators.csv", "w") as file:
        file.write("code,name_zh,name_en,scope,domain,unit_zh,unit_ucum_or_en,kind,aggregation,direction,nature,"
                   "baseline_year,baseline_value,baseline_raw,target_year,target_value,target_comparator,target_raw,"
                   "growth_raw,source_file,source_locator,note\n")
        for indicator in range(INDICATORS):
            file.write(f"bench.indicator.{indicator:03},测试指标{indicator},Bench indicator {indicator},bench,economy,"
                       f"亿元,1e8 CNY,flow,cumulative,higher,,,,,,,none,,,bench,row {indicator},\n")


def write_observations(path, rows):
    """Every indicator of every region in every month, in that order; the same bytes for the same count."""
    dice = random.Random(SEED)
    with open(path, "w") as file:
        file.write("indicator,region,period,value\n")
        for indicator in range(INDICATORS):
            for region in range(REGIONS):
                file.writelines(
                    f"bench.indicator.{indicator:03},bench.region.{region:03},{month},{dice.randrange(10**7) / 100:.2f}\n"
                    for month in months(rows))
    return INDICATORS * REGIONS * len(months(rows))


def load(platform, data, rows, repeat):
    """Loading through the whole path against `\\copy` of the same rows into a bare table with the same key."""
    environment = platform.environment
    submit = (platform.ceyuan, "submit", data, "--dataset", "monthly.indicators", "--quiet")
    limit, ours, again = [], [], []
    for _ in range(repeat):
        platform.sql("DROP TABLE IF EXISTS bare; CREATE TABLE bare (indicator text NOT NULL, region text NOT NULL,"
                     " period text NOT NULL, value numeric, PRIMARY KEY (indicator, region, period)); CHECKPOINT")
        limit.append(timed("psql", "-X", "-q", "-d", platform.database,
                           "-c", f"\\copy bare FROM '{data}' WITH (FORMAT csv, HEADER)"))
        platform.sql("DROP TABLE bare")
        platform.sql("TRUNCATE statistics.observation, statistics.series;"
                     " DELETE FROM collection.batch WHERE dataset = 'monthly.indicators'; CHECKPOINT")
        ours.append(timed(*submit, env=environment))
        again.append(timed(*submit, env=environment))
        stored = int(platform.sql("SELECT count(*) FROM statistics.observation"))
        if stored != rows:
            sys.exit(f"the load is wrong: {rows} rows submitted, {stored} stored")
    return limit, ours, again


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--bin", type=pathlib.Path, default=pathlib.Path(".build/release"))
    arguments.add_argument("--rows", type=int, default=2_000_000)
    arguments.add_argument("--repeat", type=int, default=3)
    arguments.add_argument("--out", type=pathlib.Path, default=pathlib.Path(".ceyuan/bench"))
    options = arguments.parse_args()
    home = options.out.resolve() / "home"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    results = []

    def report(name, value, unit, limit, ratio):
        results.append(dict(name=name, value=round(value, 4), unit=unit, limit=round(limit, 4), ratio=round(ratio, 3)))
        print(f"{name:44} {value:14,.3f} {unit:8} limit {limit:14,.3f}   ratio {ratio:7.3f}", flush=True)

    version = [timed(options.bin.resolve() / "ceyuan", "--version") for _ in range(21)]
    nothing = [timed("true") for _ in range(21)]
    value, floor = statistics.median(version) * 1000, statistics.median(nothing) * 1000
    report("ceyuan --version, against 20 ms", value, "ms", 20, value / 20)
    report("ceyuan --version, against starting `true`", value, "ms", floor, value / floor)

    with Platform(options.bin.resolve(), home) as platform:
        report("services idle, resident", platform.memory("VmRSS"), "MB", 200, platform.memory("VmRSS") / 200)
        write_reference(home)
        for kind in ("region", "indicator"):
            run(platform.ceyuan, kind, "import", home / f"{kind}s.csv", env=platform.environment)
        datasets = pathlib.Path(__file__).resolve().parents[2] / "deploy/reference/datasets.csv"
        run(platform.ceyuan, "dataset", "import", datasets, env=platform.environment)
        data = home / "observations.csv"
        rows = write_observations(data, options.rows)
        limit, ours, again = load(platform, data, rows, options.repeat)
        median = statistics.median
        report("load, whole path (rows/s against \\copy)", rows / median(ours), "rows/s", rows / median(limit),
               median(limit) / median(ours))
        report("the same file again (share of its load)", median(again), "s", median(ours), median(again) / median(ours))
        report("services after the loads, peak resident", platform.memory(), "MB", 200, platform.memory() / 200)

    shutil.rmtree(home, ignore_errors=True)
    (options.out / "latest.json").write_text(json.dumps(results, indent=2) + "\n")
    print(f"written {options.out / 'latest.json'}")


if __name__ == "__main__":
    main()
