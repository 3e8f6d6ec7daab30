#!/usr/bin/env python3
"""Runs the tests of a build tree under ctest and under another runner, and reports every difference.

compare.py BUILD_DIR [--runner "COMMAND"] [--ctest PROGRAM] [--listed] [--outputs] [-- OPTIONS OF CTEST...]
Testing/ of the tree is put back afterwards; what tests themselves leave behind is not. What a real test prints differs
from run to run, so that it is compared only with --outputs, and without the numbers in it.
Exit codes: 0 no difference, 1 differences (each printed), 2 wrong usage, 69 a program or the build tree is absent.
"""

import argparse
import functools
import pathlib
import re
import shlex
import shutil
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "support")]
sys.dont_write_bytecode = True

import command_lines  # noqa: E402
import ctest_versions  # noqa: E402
import outcome  # noqa: E402
import projects  # noqa: E402
import runs  # noqa: E402
import trial  # noqa: E402

HANGS_AFTER_SECONDS = 3600
_NUMBER = re.compile(r"[ \t]*\b(0x[0-9a-f]+|\d[\d.,]*(e[+-]?\d+)?)")
# The lines of a test and of ctest's own, between which its output stands.
_OUTPUT = re.compile(r"(?<=^Output:\n)-+\n.*?^<end of output>$", re.MULTILINE | re.DOTALL)


def parse_arguments():
    arguments = sys.argv[1:]
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    winnow = HERE.parents[1] / "build" / "dev" / "bin" / "winnow"
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0], allow_abbrev=False)
    parser.add_argument("build", type=lambda text: pathlib.Path(text).absolute(), metavar="BUILD_DIR")
    parser.add_argument("--runner", type=shlex.split, default=[str(winnow), "ctest", "--strict-ctest"])
    parser.add_argument("--ctest", default="ctest", help="the ctest to compare with")
    parser.add_argument("--listed", action="store_true", help="expect the differences that the README lists")
    parser.add_argument("--same-version", action="store_true", help="expect what --ctest prints, whatever its version")
    parser.add_argument("--outputs", action="store_true", help="compare what the tests print, too, but for its numbers")
    options = parser.parse_args(arguments[:cut])
    options.arguments = arguments[cut + 1 :]
    return options


def with_outputs_as(change, seen):
    """Changes what the tests themselves printed, in all that was seen."""

    def below_the_first_line(text):
        first, _, rest = text.partition("\n")
        return f"{first}\n{change(rest)}"

    seen.tests = {key: below_the_first_line(text) for key, text in seen.tests.items()}
    if isinstance(seen.junit, outcome.JunitFile):
        seen.junit.cases = [(*case[:2], change(case[2] or "")) for case in seen.junit.cases]
    if log := seen.files.get("LastTest.log"):
        parts = outcome.Counter()
        for section, count in log.items():
            parts[_OUTPUT.sub(lambda found: change(found[0]), section)] += count
        seen.files["LastTest.log"] = parts


def left_out(_):
    return ""


def without_numbers(output):
    """Most of them are times and addresses."""
    return _NUMBER.sub(" N", output)


def command_line(arguments):
    """Files that ctest is to write go where they are read from, for each runner in its turn."""
    words = list(arguments)
    for option, place in (("--output-junit", command_lines.JUNIT), ("-O", command_lines.LOG)):
        if option in words[:-1]:
            words[words.index(option) + 1] = place
    return command_lines.CommandLine(words)


def compare(options, state):
    trees = runs.Trees(state, state)
    trees.build, trees.hangs_after_s = options.build, HANGS_AFTER_SECONDS
    testing, aside = options.build / "Testing", state / "Testing"
    if testing.exists():
        shutil.move(testing, aside)
    try:
        soften = functools.partial(with_outputs_as, without_numbers if options.outputs else left_out)
        return trial.compare(projects.Project(0, []), command_line(options.arguments), options, trees, soften)[0]
    finally:
        shutil.rmtree(testing, ignore_errors=True)
        if aside.exists():
            shutil.move(aside, testing)
        runs.stop_daemon(options.runner, trees)


def main():
    options = parse_arguments()
    for program in (options.runner[0], options.ctest):
        if not shutil.which(program):
            print(f"compare: {program} is absent; build it, or name another", file=sys.stderr)
            return 69
    if not (options.build / "CTestTestfile.cmake").exists():
        print(f"compare: {options.build} is no build tree with tests", file=sys.stderr)
        return 69
    options.ctest_version = ctest_versions.version_of(options.ctest)
    # A short path: the socket's name beneath it has to fit into 108 bytes.
    with tempfile.TemporaryDirectory(prefix="wc-") as state:
        (pathlib.Path(state) / "run").mkdir(mode=0o700)
        differences = compare(options, pathlib.Path(state))
    for difference in differences:
        print(difference)
    print(f"compare: {options.build}: {shlex.join(options.arguments)}: {len(differences)} differences")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
