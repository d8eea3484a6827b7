"""A private PostgreSQL with all services in one process, for the length of a run."""
import json
import os
import pathlib
import signal
import subprocess
import sys
import time

from measure import run


def usage(process):
    """A process's number with its parent's and its processor seconds; `None` when it has ended meanwhile."""
    try:
        fields = (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return int(process.name), (int(fields[1]), (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"))


class Installation:
    def __init__(self, binaries, home):
        self.ceyuan = binaries / "ceyuan"
        self.program = binaries / "ceyuan-platform"
        self.home = home
        self.environment = {**os.environ, "CEYUAN_HOME": str(home), "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}
        self.process = None
        self.token = ""

    def __enter__(self):
        run(self.ceyuan, "local", "up", env=self.environment)
        status = json.loads(run(self.ceyuan, "local", "status", "--format", "json", env=self.environment))
        self.database = status["connectionString"]
        self.environment["CEYUAN_DATABASE_URL"] = self.database
        # Room for the clients of pgbench beside the services.
        self.sql("ALTER SYSTEM SET max_connections = 200")
        run(self.ceyuan, "local", "down", env=self.environment)
        run(self.ceyuan, "local", "up", env=self.environment)
        run(self.ceyuan, "migrate", "up", env=self.environment)
        # Personal values are kept sealed, as they are wherever the platform is in use.
        keys = self.home / "personal.keys"
        run(self.ceyuan, "keys", "new", "--output", keys, "--name", "bench", env=self.environment)
        self.environment["CEYUAN_REGISTRY_KEYS_FILE"] = str(keys)
        self.start()
        return self

    def start(self):
        """Starts the services; returns the seconds until they are ready."""
        address = self.home / "address"
        address.unlink(missing_ok=True)
        log = open(self.home / "platform.log", "ab")
        service = run(self.ceyuan, "local", "url", "--service", env=self.environment).strip()
        settings = {**self.environment, "CEYUAN_DATABASE_URL": service, "CEYUAN_LISTEN_PORT": "0", "CEYUAN_ADDRESS_FILE": str(address),
                    "CEYUAN_DIRECTORIES_DATA": str(self.home / "data")}
        begin = time.perf_counter()
        self.process = subprocess.Popen([str(self.program)], env=settings, stdout=log, stderr=log)
        while not address.exists():
            if self.process.poll() is not None:
                sys.exit(f"{self.program} ended; see {self.home / 'platform.log'}")
            time.sleep(0.002)
        self.url = address.read_text().strip()
        seconds = time.perf_counter() - begin
        self.environment["CEYUAN_URL"] = self.url
        self.sign_in()
        return seconds

    def sign_in(self):
        """Makes the administrator at the first start; later ones find the token that was kept."""
        if not (self.home / "credentials.json").exists():
            run(self.ceyuan, "login", "--bootstrap", self.home / "data" / "bootstrap.sock", "--user", "bench",
                env=self.environment)
        self.token = json.loads((self.home / "credentials.json").read_text())["entries"][-1]["token"]

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)

    def __exit__(self, *_):
        self.stop()
        run(self.ceyuan, "local", "down", env=self.environment)

    def sql(self, text):
        return run("psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-d", self.database, "-c", text)

    def processor(self):
        """Processor seconds so far: of the services, and of the database with all its processes."""
        parents = dict(entry for pid in pathlib.Path("/proc").glob("[0-9]*") if (entry := usage(pid)))
        master = int(next(self.home.rglob("postmaster.pid")).read_text().split()[0])
        database = sum(seconds for pid, (parent, seconds) in parents.items() if master in (pid, parent))
        return parents[self.process.pid][1], database

    def memory(self, field="VmHWM"):
        """Resident memory of the services in megabytes: the highest so far, or another field of the kernel's."""
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(field):
                return int(line.split()[1]) / 1024
        return float("nan")
