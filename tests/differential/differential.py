#!/usr/bin/env python3
"""Runs generated projects under ctest and under another runner, and reports every difference.

differential.py [--seeds A..B] [--runner "COMMAND"] [--ctest PROGRAM] [--listed] [--runs N] [--jobs N]
                [--results FILE] [--keep DIR]
Seeds that FILE already has for the same runner, ctest and generator are not run again.
Exit codes: 0 no difference, 1 differences (each printed), 2 wrong usage, 69 a program is absent.
"""

import argparse
import concurrent.futures
import hashlib
import pathlib
import shlex
import shutil
import sys
import tempfile
import traceback

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "support")]
sys.dont_write_bytecode = True

import ctest_versions  # noqa: E402
import seed_results  # noqa: E402
import runs  # noqa: E402
import trial  # noqa: E402


def seeds(text):
    first, _, last = text.partition("..")
    return range(int(first), int(last or first) + 1)


def parse_arguments():
    build = HERE.parents[1] / "build" / "dev"
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0], allow_abbrev=False)
    parser.add_argument("--seeds", type=seeds, default=seeds("1..12"), metavar="A..B")
    parser.add_argument("--runner", type=shlex.split, default=[str(build / "bin" / "winnow"), "ctest", "--strict-ctest"])
    parser.add_argument("--ctest", default="ctest", help="the ctest to compare with, and the cmake beside it")
    parser.add_argument("--listed", action="store_true", help="expect the differences that the README lists")
    parser.add_argument("--same-version", action="store_true", help="expect what --ctest prints, whatever its version")
    parser.add_argument("--runs", type=int, default=3, help="runs with different options for each project")
    parser.add_argument("--jobs", type=int, default=2, help="projects at a time")
    parser.add_argument("--results", type=lambda text: pathlib.Path(text).absolute(), help="JSON lines, read and appended to")
    parser.add_argument("--keep", help="where projects with differences are left")
    return parser.parse_args()


def identity(options):
    """Results of another runner, ctest, generator or form of comparison are no results of this one."""
    digest = hashlib.sha256(pathlib.Path(shutil.which(options.runner[0])).read_bytes())
    for file in sorted(HERE.glob("*.py")) + [HERE / "actor.sh"]:
        digest.update(file.read_bytes())
    version = ".".join(str(number) for number in options.ctest_version)
    form = ("listed" if options.listed else "all") + (" same" if options.same_version else "")
    return f"{digest.hexdigest()[:16]} ctest {version} {shlex.join(options.runner[1:])} {form} {options.runs}"


def run_all(options, state, collected):
    """Runs the seeds that are not done; false where one ended in an error of its own."""
    sound = True
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        waiting = {
            pool.submit(trial.run_seed, seed, options, state): seed
            for seed in options.seeds
            if seed not in collected.finished
        }
        for done in concurrent.futures.as_completed(waiting):
            seed = waiting[done]
            try:
                records = done.result()
            except Exception:  # the other seeds go on
                sound = False
                print(f"seed {seed} ended early:\n{traceback.format_exc()}", file=sys.stderr)
                continue
            collected.append(seed, records)
            for record in records:
                for difference in record["differences"]:
                    print(f"seed {seed}: {record['arguments']}: {difference}", flush=True)
    return sound


def main():
    options = parse_arguments()
    for program in (options.runner[0], options.ctest):
        if not shutil.which(program):
            print(f"differential: {program} is absent; build it, or name another", file=sys.stderr)
            return 69
    beside = pathlib.Path(options.ctest).with_name("cmake") if "/" in options.ctest else None
    options.cmake = str(beside) if beside and beside.exists() else "cmake"
    options.ctest_version = ctest_versions.version_of(options.ctest)
    if options.keep:
        pathlib.Path(options.keep).mkdir(parents=True, exist_ok=True)
    # A short path: the socket's name beneath it has to fit into 108 bytes.
    state = pathlib.Path(tempfile.mkdtemp(prefix="wd-"))
    (state / "run").mkdir(mode=0o700)
    collected = seed_results.SeedResults(options.results, identity(options))
    known = len(collected.finished & set(options.seeds))
    try:
        sound = run_all(options, state, collected)
    finally:
        runs.stop_daemon(options.runner, runs.Trees(state, state))
        shutil.rmtree(state, ignore_errors=True)
    records = [record for record in collected.complete() if record["seed"] in options.seeds]
    found = sum(len(record["differences"]) for record in records)
    before = f", {known} of them before" if known else ""
    print(f"differential: {len(options.seeds)} projects{before}, {len(records)} runs, {found} differences")
    return 1 if found or not sound else 0


if __name__ == "__main__":
    sys.exit(main())
