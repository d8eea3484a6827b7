"""How long programs take to start, and what idle services hold."""
from measure import median, timed


def measure(installation, report):
    version = [timed(installation.ceyuan, "--version") for _ in range(21)]
    nothing = [timed("true") for _ in range(21)]
    value, floor = median(version) * 1000, median(nothing) * 1000
    report.add("ceyuan --version, against 20 ms", value, "ms", 20, value / 20)
    report.add("ceyuan --version, against starting `true`", value, "ms", floor, value / floor)
    starts = []
    for _ in range(5):
        installation.stop()
        starts.append(installation.start() * 1000)
    report.add("services, start to ready", median(starts), "ms", 300, median(starts) / 300, "< 1")
    report.add("services idle, resident", installation.memory("VmRSS"), "MB", 40, installation.memory("VmRSS") / 40,
               "< 1")
