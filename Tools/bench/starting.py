"""How long programs take to start, and what idle services hold."""
import time

from measure import median, timed

# A service is idle when nobody has asked it anything for a while; it gives back what the start needed after a second.
REST = 5


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
    time.sleep(REST)
    resident = installation.memory("VmRSS")
    report.add("services idle, resident", resident, "MB", 40, resident / 40, "< 1")
