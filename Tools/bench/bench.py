#!/usr/bin/env python3
"""Benchmarks of the whole path, as ratios against a limit measured in the same run.

    bench.py --bin .build/release --python .ceyuan/bench/python/bin/python [--only serving] [--rows 2000000]

A private PostgreSQL and the platform are started for the run and stopped after it. Each figure is the median of
its repetitions; limits and ours take turns, so that a machine that slows down slows both. Nothing here passes or
fails: the figures are printed and written to latest.json.
"""
import argparse
import pathlib
import shutil

import importing
import jobs
import loading
import registry
import searching
import serving
import starting
from installation import Installation
from measure import Report

PARTS = ["starting", "serving", "jobs", "loading", "searching", "registry-import", "registry"]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--bin", type=pathlib.Path, default=pathlib.Path(".build/release"))
    arguments.add_argument("--python", type=pathlib.Path, default=pathlib.Path(".ceyuan/bench/python/bin/python"))
    arguments.add_argument("--rows", type=int, default=2_000_000)
    arguments.add_argument("--talents", type=int, default=700_000)
    arguments.add_argument("--repeat", type=int, default=3)
    arguments.add_argument("--only", choices=PARTS, action="append")
    arguments.add_argument("--out", type=pathlib.Path, default=pathlib.Path(".ceyuan/bench"))
    options = arguments.parse_args()
    chosen = options.only or PARTS
    home = options.out.resolve() / "home"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    report = Report()

    with Installation(options.bin.resolve(), home) as installation:
        if "starting" in chosen:
            starting.measure(installation, report)
        loading.prepare(installation)
        if "serving" in chosen:
            serving.measure(installation, report, options.python.absolute(), options.repeat)
        if "jobs" in chosen:
            jobs.measure(installation, report, options.bin.resolve())
        if "loading" in chosen:
            loading.measure(installation, report, options.rows, options.repeat)
        if "searching" in chosen:
            searching.measure(installation, report, options.bin.resolve())
        if "registry-import" in chosen:
            importing.measure(installation, report, options.talents, options.talents * 3 // 70)
        if "registry" in chosen:
            registry.measure(installation, report, options.talents, options.talents * 3 // 70, options.repeat)

    shutil.rmtree(home, ignore_errors=True)
    report.write(options.out / "latest.json")


if __name__ == "__main__":
    main()
