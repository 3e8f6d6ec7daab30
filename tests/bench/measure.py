"""What the benchmarks share: timed commands, a Winnow with surroundings of its own, and tables."""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).resolve().parents[2]


@dataclass
class Sample:
    wall_s: float
    cpu_s: float
    exit_code: int
    peak_mb: float = 0.0


def timed(command, **options):
    """Runs a command with its output thrown away; cpu is its own and that of the children it waited for."""
    options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL} | options
    started = time.perf_counter()
    process = subprocess.Popen([str(word) for word in command], **options)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    return Sample(wall, usage.ru_utime + usage.ru_stime, process.returncode, usage.ru_maxrss / 1024)


def evict(paths):
    """Takes the files out of the page cache, as far as the kernel follows the advice."""
    os.sync()
    for path in paths:
        if path.is_file():
            descriptor = os.open(path, os.O_RDONLY)
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(descriptor)


def interleaved(contenders, repeats):
    """Samples by name; every contender once, then every contender again, so that a busy minute hits all alike."""
    samples = {name: [] for name in contenders}
    for _ in range(repeats):
        for name, contender in contenders.items():
            samples[name].append(contender())
    return samples


def median_wall(samples):
    return statistics.median(sample.wall_s for sample in samples)


def table(header, rows):
    """Prints rows of text in columns, the first to the left, the others to the right."""
    widths = [max(len(str(row[column])) for row in [header, *rows]) for column in range(len(header))]
    for row in [header, ["-" * width for width in widths], *rows]:
        cells = [str(cell).ljust(width) if not i else str(cell).rjust(width) for i, (cell, width) in enumerate(zip(row, widths))]
        print("  ".join(cells))
    print(flush=True)


class Winnow:
    """The command, with a state and a daemon of its own below a short temporary path."""

    def __init__(self, program):
        self.program = program
        self._directory = pathlib.Path(tempfile.mkdtemp(prefix="wb-"))
        (self._directory / "run").mkdir(mode=0o700)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("CTEST_", "WINNOW_"))}
        self.environment = kept | {
            "XDG_STATE_HOME": str(self._directory / "state"),
            "XDG_RUNTIME_DIR": str(self._directory / "run"),
        }

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.timed("daemon", "stop")
        shutil.rmtree(self._directory, ignore_errors=True)

    def timed(self, *arguments, daemon=True, **options):
        environment = self.environment if daemon else self.environment | {"WINNOW_DAEMON": "0"}
        return timed([self.program, *arguments], env=environment, **options)

    def output(self, *arguments, **options):
        done = subprocess.run(
            [str(word) for word in (self.program, *arguments)],
            env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=False, **options,
        )  # fmt: skip
        return done.stdout

    def daemon(self):
        """Process id of this instance's daemon, or None."""
        mark = f"XDG_STATE_HOME={self._directory}/state\0".encode()
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                if (process / "comm").read_text() == "winnowd\n" and mark in (process / "environ").read_bytes():
                    return int(process.name)
            except OSError:
                continue
        return None

    def daemon_cpu_s(self):
        """User and system time of the daemon itself, without its children; 0 if there is none."""
        pid = self.daemon()
        if pid is None:
            return 0.0
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def daemon_peak_mb(self):
        pid = self.daemon()
        if pid is None:
            return 0.0
        for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
        return 0.0


def absolute_path(text):
    """Of an option: what it names is used from other directories."""
    return pathlib.Path(text).absolute()


def parser(description):
    """Options of every benchmark: --winnow PROGRAM, --repeats N, --short."""
    built = [ROOT / "build" / preset / "bin" / "winnow" for preset in ("release", "dev")]
    default = next((program for program in built if program.exists()), built[0])
    options = argparse.ArgumentParser(description=description, allow_abbrev=False)
    options.add_argument("--winnow", type=absolute_path, default=default, help=f"default: {default.relative_to(ROOT)}")
    options.add_argument("--repeats", type=int, default=3)
    options.add_argument("--short", action="store_true", help="one small round, to see that it works")
    return options


def say_what_is_measured(winnow):
    if not winnow.exists():
        sys.exit(f"bench: {winnow} is absent; build it, or name another with --winnow")
    if "release" not in winnow.parts:
        print(f"bench: {winnow} may be a debug build; measure with: cmake --preset release", file=sys.stderr)
    load = os.getloadavg()[0]
    print(f"{winnow}, {os.cpu_count()} cpus, load {load:.1f} before")
