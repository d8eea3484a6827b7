"""Loading observations through the whole path, against `\\copy` of the same rows."""
import pathlib
import random
import sys

from measure import median, run, timed

INDICATORS, REGIONS = 200, 100
SEED = 20210823
# What a region is for, at such length that its document has about 1 kB.
ROLES = "科技创新策源、成果转化与未来产业先导；" * 14


def months(rows):
    count = max(1, rows // (INDICATORS * REGIONS))
    return [f"{2015 + month // 12}-{month % 12 + 1:02}" for month in range(count)]


def write_reference(folder):
    """Indicators, regions and a dataset for the load; codes are clearly synthetic."""
    with open(folder / "regions.csv", "w") as file:
        file.write("code,name_zh,name_en,level,parent_code,area_km2,roles,focus_industries,source_file,source_locator\n")
        for region in range(REGIONS):
            file.write(f"bench.region.{region:03},测试地区{region},Bench region {region},district,,,{ROLES},,bench,"
                       f"row {region}\n")
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


def prepare(installation):
    """Loads the reference data that the other benchmarks read."""
    write_reference(installation.home)
    for kind in ("region", "indicator"):
        run(installation.ceyuan, kind, "import", installation.home / f"{kind}s.csv", env=installation.environment)
    datasets = pathlib.Path(__file__).resolve().parents[2] / "deploy/reference/datasets.csv"
    run(installation.ceyuan, "dataset", "import", datasets, env=installation.environment)


def measure(installation, report, rows, repeat):
    data = installation.home / "observations.csv"
    rows = write_observations(data, rows)
    environment = installation.environment
    submit = (installation.ceyuan, "submit", data, "--dataset", "monthly.indicators", "--quiet")
    limit, ours, again = [], [], []
    for _ in range(repeat):
        installation.sql("DROP TABLE IF EXISTS bare; CREATE TABLE bare (indicator text NOT NULL, region text NOT NULL,"
                         " period text NOT NULL, value numeric, PRIMARY KEY (indicator, region, period)); CHECKPOINT")
        limit.append(timed("psql", "-X", "-q", "-d", installation.database,
                           "-c", f"\\copy bare FROM '{data}' WITH (FORMAT csv, HEADER)"))
        installation.sql("DROP TABLE bare")
        installation.sql("TRUNCATE statistics.observation, statistics.series;"
                         " DELETE FROM collection.batch WHERE dataset = 'monthly.indicators'; CHECKPOINT")
        ours.append(timed(*submit, env=environment))
        again.append(timed(*submit, env=environment))
        stored = int(installation.sql("SELECT count(*) FROM statistics.observation"))
        if stored != rows:
            sys.exit(f"the load is wrong: {rows} rows submitted, {stored} stored")
    report.add("load, whole path (rows/s against \\copy)", rows / median(ours), "rows/s", rows / median(limit),
               median(limit) / median(ours))
    report.add("the same file again (share of its load)", median(again), "s", median(ours),
               median(again) / median(ours))
    report.add("services after the loads, peak resident", installation.memory(), "MB", 200,
               installation.memory() / 200)
