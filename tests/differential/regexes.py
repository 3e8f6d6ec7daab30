#!/usr/bin/env python3
"""Matches generated regular expressions by CMake and by Winnow, and reports every difference.

regexes.py [--seeds A..B] [--count N] [--verdicts PROGRAM] [--cmake PROGRAM]
Each seed is N pairs of a pattern and a text. Exit codes: 0 no difference, 1 differences, 2 wrong usage, 69 a program
is absent.
"""

import argparse
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

import patterns

# A pattern that CMake refuses ends its process; so much less is read again.
BATCH = 100
SAID = "-- "
# CMake's matcher needs ages for some patterns; Winnow's does not.
ENDLESS_AFTER_SECONDS = 5


def seeds(text):
    first, _, last = text.partition("..")
    return range(int(first), int(last or first) + 1)


def parse_arguments():
    build = pathlib.Path(__file__).resolve().parents[2] / "build" / "dev"
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0], allow_abbrev=False)
    parser.add_argument("--seeds", type=seeds, default=seeds("1"), metavar="A..B")
    parser.add_argument("--count", type=int, default=200, help="patterns of each seed")
    parser.add_argument("--verdicts", default=str(build / "bin" / "regex_verdicts"))
    parser.add_argument("--cmake", default="cmake")
    return parser.parse_args()


def _bracketed(text):
    """A word of CMake's that nothing is expanded in."""
    marks = next("=" * length for length in range(20) if "]" + "=" * length + "]" not in text + "]" and
                 not text.endswith("]" + "=" * length))  # fmt: skip
    return f"[{marks}[\n{text}]{marks}]"


def _script(pairs):
    lines = ["cmake_policy(VERSION 3.24)"]
    for pattern, text in pairs:
        lines.append(f"if({_bracketed(text)} MATCHES {_bracketed(pattern)})\nmessage(STATUS match)\nelse()")
        lines.append("message(STATUS none)\nendif()")
    return "\n".join(lines) + "\n"


def _ask(cmake, script):
    """What CMake says of each pair, and why there are no more answers."""
    try:
        done = subprocess.run([cmake, "-P", script], capture_output=True, check=False, timeout=ENDLESS_AFTER_SECONDS)
        output, ending = done.stdout, "refused"
        if done.returncode != 0 and b"egular expression" not in done.stderr:
            raise RuntimeError(f"cmake: {done.returncode} {done.stderr.decode(errors='replace')}")
    except subprocess.TimeoutExpired as stopped:
        output, ending = stopped.stdout or b"", "endless"
    return [line.removeprefix(SAID) for line in output.decode().splitlines() if line.startswith(SAID)], ending


def verdicts_of_cmake(cmake, pairs):
    """ "match", "none", "refused" or "endless" for each pair."""
    verdicts = []
    with tempfile.TemporaryDirectory(prefix="regexes-") as directory:
        script = pathlib.Path(directory) / "batch.cmake"
        while len(verdicts) < len(pairs):
            batch = pairs[len(verdicts) : len(verdicts) + BATCH]
            script.write_bytes(_script(batch).encode("utf-8", "surrogateescape"))
            told, ending = _ask(cmake, script)
            verdicts += told
            if len(told) < len(batch):
                verdicts.append(ending)
    return verdicts


def verdicts_of_winnow(program, pairs):
    asked = "".join(f"{_bytes(pattern).hex()} {_bytes(text).hex()}\n" for pattern, text in pairs)
    done = subprocess.run([program], input=asked, capture_output=True, text=True, check=True, timeout=300)
    return done.stdout.split()


def _bytes(text):
    return text.encode("utf-8", "surrogateescape")


def differences(pairs, options):
    told = zip(pairs, verdicts_of_cmake(options.cmake, pairs), verdicts_of_winnow(options.verdicts, pairs), strict=True)
    apart = [one for one in told if one[1] not in (one[2], "endless")]
    return [f"{pattern!r} on {text!r}: CMake: {theirs}, Winnow: {ours}" for (pattern, text), theirs, ours in apart]


def main():
    options = parse_arguments()
    for program in (options.verdicts, options.cmake):
        if not shutil.which(program):
            print(f"regexes: {program} is absent; build it, or name another", file=sys.stderr)
            return 69
    found, verdicts = 0, 0
    for seed in options.seeds:
        pairs = patterns.pairs(random.Random(seed), options.count)
        verdicts += len(pairs)
        for line in differences(pairs, options):
            found += 1
            print(f"seed {seed}: {line}", flush=True)
    print(f"regexes: {verdicts} patterns, {found} differences")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
