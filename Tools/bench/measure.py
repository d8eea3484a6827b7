"""Running commands, timing them, and reporting figures beside their limits."""
import json
import statistics
import subprocess
import sys
import time


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


median = statistics.median


class Report:
    """Figures with the limit that each is read against; printed as they come, written at the end."""

    def __init__(self):
        self.figures = []

    def add(self, name, value, unit, limit, ratio, wanted=None):
        """`wanted` says what the ratio ought to be, such as "≥ 0.6": for the reader, nothing is asserted."""
        self.figures.append(dict(name=name, value=round(value, 4), unit=unit, limit=round(limit, 4),
                                 ratio=round(ratio, 3), wanted=wanted))
        note = f"   wanted {wanted}" if wanted else ""
        print(f"{name:58} {value:14,.3f} {unit:8} limit {limit:14,.3f}   ratio {ratio:7.3f}{note}", flush=True)

    def write(self, path):
        path.write_text(json.dumps(self.figures, indent=2, ensure_ascii=False) + "\n")
        print(f"written {path}")
