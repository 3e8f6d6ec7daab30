"""What one run of a test runner showed, normalised so that two runs of the same tests compare equal."""

import copy
import itertools
import json
import re
import xml.etree.ElementTree as ElementTree
from collections import Counter
from dataclasses import dataclass, field

_TIME = re.compile(r"\s+\d+\.\d+ sec")
_PROGRESS = re.compile(r"^\s*\d+/(\d+) Test ", re.MULTILINE)
_START = re.compile(r"^ +Start +(\d+): ")
_RESULT = re.compile(r"^#/\d+ Test +#(\d+): ")
_SUMMARY = re.compile(r"^(\d+% tests passed|No tests were found|Total Tests:)")
# A test's part of LastTest.log, with the complaint that may stand before it.
_LOG_SECTION = re.compile(r"^((?!-).+\n)?\d+/\d+ Testing: ", re.MULTILINE)
_LOG_NUMBER = re.compile(r"\d+/\d+ Testing: ")
_LOG_TIME = re.compile(r"(?<= time: )\S.*$|(?<= time elapsed: ).*$|(?<=^Test time = ).*$", re.MULTILINE)


@dataclass
class Outcome:
    exit_code: int
    # Text before the first test, of each test by ("start" or "result", index), and from the summary on.
    head: str = ""
    tests: dict = field(default_factory=dict)
    summary: str = ""
    # In the order of the lines; only comparable when one test runs at a time.
    order: list = field(default_factory=list)
    complaints: list = field(default_factory=list)
    model: object = None  # what --show-only=json-v1 printed
    junit: object = None  # None, a word on what is wrong, or a JunitFile
    files: dict = field(default_factory=dict)


@dataclass
class JunitFile:
    suite: dict
    cases: list


def read_outcome(exit_code, stdout, stderr, junit_path, build):
    """The outcome of a run in `build` that wrote these streams and perhaps a JUnit file."""
    outcome = Outcome(exit_code, complaints=[line for line in stderr.splitlines() if line.strip()])
    _read_stdout(outcome, stdout)
    outcome.junit = _read_junit(junit_path)
    outcome.files = _read_files(build / "Testing" / "Temporary")
    return outcome


def _read_stdout(outcome, text):
    if text.startswith("{"):
        outcome.model = _read_model(text)
        return
    text = _PROGRESS.sub(r"#/\1 Test ", _TIME.sub(" T sec", text))
    key, segments = "head", {"head": []}
    for line in text.splitlines():
        if match := _START.match(line):
            # Where a working directory is missing, ctest indents by a number it never set.
            line = line.lstrip()
            key = ("start", int(match[1]))
        elif match := _RESULT.match(line):
            key = ("result", int(match[1]))
        elif _SUMMARY.match(line):
            key = "summary"
        if key not in segments:
            segments[key] = []
            outcome.order.append(key)
        segments[key].append(line)
    # A blank line separates whatever comes next, which differs when tests run beside each other.
    joined = {name: "\n".join(lines).rstrip("\n") for name, lines in segments.items()}
    outcome.head = joined.pop("head")
    outcome.summary = joined.pop("summary", "")
    outcome.tests = joined


def _read_model(text):
    try:
        return json.loads(text)
    except ValueError as error:
        return f"no JSON: {error}"


def _read_junit(path):
    if path is None:
        return None
    if not path.exists():
        return "no file"
    try:
        suite = ElementTree.parse(path).getroot()
    except ElementTree.ParseError as error:
        return f"no XML: {error}"
    attributes = {name: value for name, value in suite.attrib.items() if name not in ("time", "timestamp")}
    return JunitFile({"element": suite.tag, **attributes}, [_junit_case(case) for case in suite])


def _junit_case(case):
    marks = sorted((child.tag, child.get("message")) for child in case if child.tag != "system-out")
    attributes = {name: value for name, value in case.attrib.items() if name != "time"}
    return (attributes, marks, case.findtext("system-out"))


def _read_files(directory):
    """Name and comparable content of what a run leaves behind for the next one and for people."""
    left = {}
    for path in sorted(directory.glob("*")) if directory.is_dir() else []:
        # The rest of a timed out test's output can be cut anywhere; its logs may hold any bytes.
        text = path.read_text(errors="replace")
        if path.name == "CTestCostData.txt":
            costs, _, failed = text.partition("---\n")
            # With each run ctest adds a line for all but one of the tests of a name.
            runs = [tuple(line.rsplit(" ", 2)[:2]) for line in costs.splitlines()]
            names = Counter(name for name, _ in runs)
            left[path.name] = ([run for run in runs if names[run[0]] == 1], sorted(failed.splitlines()))
        elif path.name == "LastTest.log":
            starts = [section.start() for section in _LOG_SECTION.finditer(text)]
            sections = [text[start:end] for start, end in zip(starts, [*starts[1:], text.rfind("End testing:")])]
            left[path.name] = Counter(_LOG_TIME.sub("TIME", section) for section in sections)
        else:
            left[path.name] = sorted(text.splitlines())
    return left


def allow_listed(outcome, lists_tests):
    """Makes of ctest's outcome what Winnow's may be by the list of differences in the README."""
    outcome = copy.deepcopy(outcome)
    if lists_tests:
        outcome.files.pop("LastTest.log", None)
    if isinstance(outcome.junit, JunitFile):
        not_run = [marks for attributes, marks, _ in outcome.junit.cases if _could_not_run(attributes, marks)]
        for marks in not_run:
            marks[:] = [("error", message) for _, message in marks]
        suite = outcome.junit.suite
        suite["errors"] = str(len(not_run))
        suite["skipped"] = str(int(suite["skipped"]) - len(not_run))
    if "LastTest.log" in outcome.files:
        outcome.files["LastTest.log"] = Counter(
            {_failed_if_not_run(section): count for section, count in outcome.files["LastTest.log"].items()}
        )
    return outcome


def _could_not_run(attributes, marks):
    return attributes["status"] == "notrun" and not marks[0][1].startswith("SKIP_")


def _failed_if_not_run(section):
    has_complaint = not _LOG_NUMBER.match(section)
    return section.replace("\nTest Pass", "\nTest Fail") if has_complaint else section


def differences(expected, actual, one_at_a_time):
    """One line for each way in which `actual` differs from `expected`."""
    found = []

    def compare(what, left, right):
        if left != right:
            found.append(f"{what}: expected {left!r}, got {right!r}")

    compare("exit code", expected.exit_code, actual.exit_code)
    compare("head", expected.head, actual.head)
    compare("model", expected.model, actual.model)
    for key in sorted(expected.tests.keys() | actual.tests.keys()):
        compare(f"{key[0]} of test {key[1]}", expected.tests.get(key), actual.tests.get(key))
    compare("summary", expected.summary, actual.summary)
    if one_at_a_time and expected.tests.keys() == actual.tests.keys():
        compare("order", expected.order, actual.order)
    missing, additional = Counter(expected.complaints), Counter(actual.complaints)
    found += [f"standard error: {line!r} is missing" for line in (missing - additional).elements()]
    found += [f"standard error: {line!r} is additional" for line in (additional - missing).elements()]
    if isinstance(expected.junit, JunitFile) and isinstance(actual.junit, JunitFile):
        compare("junit: suite", expected.junit.suite, actual.junit.suite)
        for left, right in itertools.zip_longest(expected.junit.cases, actual.junit.cases):
            compare("junit: case", left, right)
    else:
        compare("junit", expected.junit, actual.junit)
    for name in sorted(expected.files.keys() | actual.files.keys()):
        left, right = expected.files.get(name), actual.files.get(name)
        if isinstance(left, Counter) and isinstance(right, Counter):
            left, right = sorted((left - right).elements()), sorted((right - left).elements())
        compare(f"left behind: {name}", left, right)
    return found


def schedule_violations(trace, tests, slots):
    """What the trace of starts and ends shows that no schedule may do; `tests` by key, `slots` as with -j."""
    found = []
    ends = {line.split()[1] for line in trace if line.startswith("end ")}
    running = []
    for line in trace:
        event, key = line.split()
        if event == "end":
            running.remove(key)
        elif key in ends:  # one that was killed has no known end
            for other in running:
                found += _conflict(tests[key], tests[other])
            running.append(key)
            used = sum(min(int(tests[one].properties.get("PROCESSORS", 1)), slots) for one in running)
            if used > slots:
                found.append(f"schedule: {used} slots of {slots} in use by {running}")
    return found


def _conflict(test, other):
    locks = set(test.properties.get("RESOURCE_LOCK", ())) & set(other.properties.get("RESOURCE_LOCK", ()))
    if locks:
        yield f"schedule: {test.key} and {other.key} both hold {sorted(locks)}"
    for one in (test, other):
        if one.properties.get("RUN_SERIAL"):
            yield f"schedule: {one.key} is RUN_SERIAL, but {test.key} and {other.key} overlap"
    if test.shares_its_name or other.shares_its_name:
        return  # ctest orders fixtures by name, so it waits for another test of that name
    for one, two in ((test, other), (other, test)):
        for name in ("FIXTURES_SETUP", "FIXTURES_CLEANUP"):
            if one.properties.get(name) and one.properties[name] == two.properties.get("FIXTURES_REQUIRED"):
                yield f"schedule: {one.key} is {name} of a fixture that {two.key} uses meanwhile"
