#!/usr/bin/env python3
"""Runs generated projects under ctest and under another runner, and reports every difference.

differential.py [--seeds A..B] [--runner "COMMAND"] [--listed] [--runs N] [--jobs N] [--keep DIR]
Exit codes: 0 no difference, 1 differences (each printed), 2 wrong usage, 69 the runner is absent.
"""

import argparse
import concurrent.futures
import os
import pathlib
import random
import shlex
import shutil
import subprocess
import sys
import tempfile

import outcome
import projects

# Far above what a run takes; reached only by a runner that hangs.
HANGS_AFTER_SECONDS = 120


def surroundings(trace, state):
    """An environment without this caller's ctest settings, and with a daemon of its own for Winnow."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("CTEST_", "WINNOW_", "MAKEFLAGS"))
    }
    return environment | {
        "TRACE": str(trace),
        "XDG_STATE_HOME": str(state / "state"),
        "XDG_RUNTIME_DIR": str(state / "run"),
    }


def run_once(command, arguments, build, work, state, in_build_directory):
    """The outcome of one run, and its trace; what is to be run again is run before."""
    shutil.rmtree(build / "Testing", ignore_errors=True)
    if "--rerun-failed" in arguments:
        run_only_once(command, ["-j2"], build, work, state, in_build_directory)
    return run_only_once(command, arguments, build, work, state, in_build_directory)


def run_only_once(command, arguments, build, work, state, in_build_directory):
    trace, junit = work / "trace", work / "junit.xml"
    trace.write_text("")
    junit.unlink(missing_ok=True)
    words = [str(junit) if word == "JUNIT" else word for word in arguments]
    where = [] if in_build_directory else ["--test-dir", str(build)]
    try:
        done = subprocess.run(
            [*command, *where, *words],
            cwd=build if in_build_directory else work,
            env=surroundings(trace, state),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=HANGS_AFTER_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return outcome.Outcome(exit_code=f"none after {HANGS_AFTER_SECONDS} s"), []
    streams = [stream.decode("utf-8", "replace") for stream in (done.stdout, done.stderr)]
    seen = outcome.read_outcome(done.returncode, *streams, junit if "JUNIT" in words or "JUNIT" in arguments else None, build)
    return seen, trace.read_text().splitlines()


def slots_of(arguments):
    """The N of -jN or -j N; 1 without it."""
    for position, word in enumerate(arguments):
        if word == "-j":
            return int(arguments[position + 1])
        if word.startswith("-j"):
            return int(word[2:])
    return 1


def check_seed(seed, options, state):
    """All differences that the project of one seed shows, as printable lines."""
    project = projects.generate(seed)
    rng = random.Random(seed)
    work = pathlib.Path(tempfile.mkdtemp(prefix=f"differential-{seed}-", dir=options.keep))
    source, build = work / "source", work / "build"
    project.write(source)
    subprocess.run(
        ["cmake", "-S", str(source), "-B", str(build), "-G", "Ninja"], check=True, stdout=subprocess.DEVNULL
    )
    by_key = {test.key: test for test in project.tests}
    found = []
    for _ in range(options.runs):
        arguments = projects.options(rng, project)
        in_build_directory = rng.random() < 0.5
        if options.listed and "-E" in arguments and "--rerun-failed" in arguments:
            arguments.remove("--rerun-failed")  # ctest runs other tests then
        slots = slots_of(arguments)
        expected, _ = run_once(["ctest"], arguments, build, work, state, in_build_directory)
        actual, trace = run_once(options.runner, arguments, build, work, state, in_build_directory)
        if options.listed:
            expected = outcome.allow_listed(expected, any(word in projects.TELLING for word in arguments))
        lines = outcome.differences(expected, actual, slots == 1)
        lines += outcome.schedule_violations(trace, by_key, slots)
        found += [f"seed {seed}: {shlex.join(arguments)}: {line}" for line in lines]
    if not (found and options.keep):
        shutil.rmtree(work, ignore_errors=True)
    return found


def seeds(text):
    first, _, last = text.partition("..")
    return range(int(first), int(last or first) + 1)


def parse_arguments():
    build = pathlib.Path(__file__).resolve().parents[2] / "build" / "dev"
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0], allow_abbrev=False)
    parser.add_argument("--seeds", type=seeds, default=seeds("1..12"), metavar="A..B")
    parser.add_argument("--runner", type=shlex.split, default=[str(build / "bin" / "winnow"), "ctest", "--strict-ctest"])
    parser.add_argument("--listed", action="store_true", help="expect the differences that the README lists")
    parser.add_argument("--runs", type=int, default=3, help="runs with different options for each project")
    parser.add_argument("--jobs", type=int, default=2, help="projects at a time")
    parser.add_argument("--keep", help="where projects with differences are left")
    return parser.parse_args()


def main():
    options = parse_arguments()
    if not shutil.which(options.runner[0]):
        print(f"differential: {options.runner[0]} is absent; build it, or name another with --runner", file=sys.stderr)
        return 69
    if options.keep:
        pathlib.Path(options.keep).mkdir(parents=True, exist_ok=True)
    # A short path: the socket's name beneath it has to fit into 108 bytes.
    state = pathlib.Path(tempfile.mkdtemp(prefix="wd-"))
    (state / "run").mkdir(mode=0o700)
    found = []
    try:
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            checks = [pool.submit(check_seed, seed, options, state) for seed in options.seeds]
            for check in checks:
                lines = check.result()
                found += lines
                for line in lines:
                    print(line, flush=True)
    finally:
        if options.runner[0].endswith("winnow"):
            stop = [options.runner[0], "daemon", "stop"]
            subprocess.run(stop, env=surroundings(state / "trace", state), capture_output=True, timeout=30, check=False)
        shutil.rmtree(state, ignore_errors=True)
    print(f"differential: {len(options.seeds)} projects, {len(options.seeds) * options.runs} runs, {len(found)} differences")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
