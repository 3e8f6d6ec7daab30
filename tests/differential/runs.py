"""Runs a command line under one of the two runners, in surroundings of its own, and reads what it showed."""

import os
import shutil
import subprocess
import time

import command_lines
import outcome
import tree_files

# Far above what a run takes; reached only by a runner that hangs.
HANGS_AFTER_SECONDS = 120
# For --stop-time: whole seconds only, so at least so long from now.
SOON_SECONDS, LATER_SECONDS = 2, 3600


class Trees:
    """The directories of one project, and what its runs write."""

    def __init__(self, work, state):
        self.work, self.state = work, state
        self.source, self.build = work / "source", work / "build"
        self.hangs_after_s = HANGS_AFTER_SECONDS
        self.trace, self.junit, self.log, self.kept = (work / name for name in ("trace", "junit.xml", "log", "kept"))

    def configure(self, cmake, project):
        project.write(self.source)
        command = [cmake, "-S", self.source, "-B", self.build, "-G", "Ninja"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        project.complete(self.build)


def stop_daemon(runner, trees):
    if runner[0].endswith("winnow"):
        stop = [runner[0], "daemon", "stop"]
        subprocess.run(stop, env=surroundings(trees), capture_output=True, timeout=30, check=False)


def surroundings(trees):
    """An environment without this caller's ctest settings, and with a daemon of its own for Winnow."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("CTEST_", "WINNOW_", "MAKEFLAGS", "CMAKE_CONFIG_TYPE", "DART_TEST_", "DASHBOARD_TEST_"))
    }
    return environment | {
        "TRACE": str(trees.trace),
        "KEPT": str(trees.kept),
        "XDG_STATE_HOME": str(trees.state / "state"),
        "XDG_RUNTIME_DIR": str(trees.state / "run"),
    }


def run(command, line, trees):
    """The outcome of one run, and its trace; what is to be run again is run before."""
    left = trees.build / "Testing"
    shutil.rmtree(left, ignore_errors=True)
    if "--rerun-failed" in line.arguments:
        _run_once(command, command_lines.CommandLine(line.earlier, line.place), trees)
    if line.before:
        (left / "Temporary").mkdir(parents=True, exist_ok=True)
    for name, text in line.before.items():
        (left / "Temporary" / name).write_text(text)
    return _run_once(command, line, trees)


def _run_once(command, line, trees):
    trees.trace.write_text("")
    for path in (trees.junit, trees.log):
        path.unlink(missing_ok=True)
    shutil.rmtree(trees.kept, ignore_errors=True)
    trees.kept.mkdir()
    beside = line.place == "beside"
    try:
        done = subprocess.run(
            [*command, *(["--test-dir", str(trees.build)] if beside else []), *_words(line, trees)],
            cwd={"build": trees.build, "beside": trees.work, "source": trees.source}[line.place],
            env=surroundings(trees),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=trees.hangs_after_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return outcome.Outcome(exit_code=f"none after {trees.hangs_after_s} s"), []
    streams = [stream.decode("utf-8", "backslashreplace") for stream in (done.stdout, done.stderr)]
    junit = trees.junit if line.has(command_lines.JUNIT) else None
    seen = outcome.read_outcome(done.returncode, *streams, junit, trees.build)
    if line.has(command_lines.LOG):
        text = trees.log.read_bytes().decode("utf-8", "backslashreplace") if trees.log.exists() else "none"
        seen.files["-O"] = outcome.read_log(text)
    return seen, trees.trace.read_text().splitlines()


def _words(line, trees):
    now = time.time()

    def at(seconds):
        return time.strftime("%H:%M:%S", time.localtime(now + seconds))

    meant = {
        command_lines.JUNIT: str(trees.junit),
        command_lines.LOG: str(trees.log),
        command_lines.NUMBERS: str(trees.build / "Testing" / "Temporary" / command_lines.NUMBERS_FILE),
        command_lines.RESOURCES: str(trees.source / tree_files.RESOURCES_FILE),
        command_lines.SOON: at(SOON_SECONDS),
        command_lines.LATER: at(LATER_SECONDS),
    }
    return [meant.get(word, word) for word in line.arguments]
