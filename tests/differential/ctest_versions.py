"""Where newer versions of ctest show something else than 3.25, whose lines Winnow has, each with the reason."""

import copy
import re
import subprocess
from collections import Counter

import outcome


def version_of(ctest):
    """Three numbers, like (3, 25, 1)."""
    told = subprocess.run([ctest, "--version"], capture_output=True, text=True, check=True).stdout
    return tuple(int(number) for number in re.search(r"version (\d+)\.(\d+)\.(\d+)", told).groups())


def _without(*lines):
    """A change that leaves out lines of the head which begin so."""

    def change(seen):
        seen.head = "\n".join(line for line in seen.head.split("\n") if not line.startswith(lines))

    return change


def _in_texts(pattern, replacement):
    """A change of all that a run shows and leaves."""
    expression = re.compile(pattern, re.MULTILINE)

    def text(value):
        if isinstance(value, str):
            return expression.sub(replacement, value)
        if isinstance(value, Counter):
            return sum((Counter({text(key): count}) for key, count in value.items()), Counter())
        if isinstance(value, (list, tuple)):
            return type(value)(map(text, value))
        return {key: text(part) for key, part in value.items()} if isinstance(value, dict) else value

    def change(seen):
        for name in ("head", "tests", "summary", "complaints", "files"):
            setattr(seen, name, text(getattr(seen, name)))
        if isinstance(seen.junit, outcome.JunitFile):
            seen.junit.cases = text(seen.junit.cases)

    return change


def _in_junit(of_marks):
    def change(seen):
        if isinstance(seen.junit, outcome.JunitFile):
            seen.junit.cases = [(attributes, of_marks(marks), text) for attributes, marks, text in seen.junit.cases]

    return change


def _no_output_log(seen):
    seen.files.pop("-O", None)


_plain_failures = _in_junit(lambda marks: [(tag, "" if tag == "failure" else message) for tag, message in marks])
_no_properties = _in_junit(lambda marks: [mark for mark in marks if mark[0] != "properties"])

# (since which version, what is new, what makes outcomes of both forms comparable)
CHANGES = (
    ((3, 25, 2), "tells tests its version", _in_texts(r"(DASHBOARD_TEST_FROM_CTEST=)\S+", r"\1")),
    ((3, 26, 0), "JUnit documents have <properties> for each case, with its labels", _no_properties),
    ((3, 27, 0), "a <failure> in JUnit documents has the status as its message, also where a pattern has one", _plain_failures),
    ((4, 0, 0), "says no more that it changes into a directory", _without("Internal ctest changing into directory:")),
    ((4, 0, 0), "reads DartConfiguration.tcl another number of times, which -V shows",
     _without("UpdateCTestConfiguration  from :", " Add coverage exclude regular expressions.")),
    ((4, 0, 0), "quotes a working directory that is missing",
     _in_texts(r'^(Failed to change working directory to) "(.*)" ?: ', r"\1 \2 : ")),
    ((3, 31, 0), "has labels behind the tests that failed", _in_texts(r"^(\t *\d+ - .* \([A-Z][^()]*\)) +\S.*$", r"\1")),
    ((4, 0, 0), "has each of the above in the file of -O, too, where words are all that is compared", _no_output_log),
    ((4, 1, 0), "notes the seed of --schedule-random in LastTest.log", _in_texts(r"^Test order random seed: .*\n", "")),
)  # fmt: skip
# Options that a newer version has lost or takes otherwise.
GONE = (((4, 0, 0), "wants a value behind it, and takes none", "-U"),)


def adapt(version, *outcomes):
    """Copies of outcomes without what that version does unlike 3.25."""
    adapted = [copy.deepcopy(one) for one in outcomes]
    for since, _, change in CHANGES:
        for one in adapted if version >= since else ():
            change(one)
    return adapted


def without_gone(version, arguments):
    """The arguments that this version has as 3.25 has them."""
    gone = {option for since, _, option in GONE if version >= since}
    return [word for word in arguments if word not in gone]
