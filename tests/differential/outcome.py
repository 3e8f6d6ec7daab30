"""What one run of a test runner showed, normalised so that two runs of the same tests compare equal."""

import re
import xml.etree.ElementTree as ElementTree
from collections import Counter
from dataclasses import dataclass, field

_TIME = re.compile(r"\s+\d+\.\d+ sec")
_PROGRESS = re.compile(r"^\s*\d+/(\d+) Test ", re.MULTILINE)
_START = re.compile(r"^ +Start +(\d+): ")
_RESULT = re.compile(r"^#/\d+ Test +#(\d+): ")
_SUMMARY = re.compile(r"^(\d+% tests passed|No tests were found|Total Tests:)")
_LOG_SECTION = re.compile(r"^\d+/\d+ Testing: (.*)$", re.MULTILINE)
_LOG_OUTPUT = re.compile(r"^Output:\n-+\n(.*?)^<end of output>$", re.MULTILINE | re.DOTALL)


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
    junit: object = None
    files: dict = field(default_factory=dict)


def read_outcome(exit_code, stdout, stderr, junit_path, build):
    """The outcome of a run in `build` that wrote these streams and perhaps a JUnit file."""
    outcome = Outcome(exit_code, complaints=[line for line in stderr.splitlines() if line.strip()])
    _read_stdout(outcome, stdout)
    outcome.junit = _read_junit(junit_path)
    outcome.files = _read_files(build / "Testing" / "Temporary")
    return outcome


def _read_stdout(outcome, text):
    text = _PROGRESS.sub(r"#/\1 Test ", _TIME.sub(" T sec", text))
    key, segments = "head", {"head": []}
    for line in text.splitlines():
        if match := _START.match(line):
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


def _read_junit(path):
    if path is None:
        return None
    if not path.exists():
        return "no file"
    try:
        suite = ElementTree.parse(path).getroot()
    except ElementTree.ParseError as error:
        return f"no XML: {error}"
    if suite.tag == "testsuites":
        suite = suite.find("testsuite")
    return [_junit_case(case) for case in suite.iter("testcase")]


def _junit_case(case):
    """One test case; ctest calls a test that could not run skipped, Winnow an error: both are `not run` here."""
    marks = {child.tag: child.get("message", "") for child in case if child.tag not in ("system-out", "properties")}
    skip = marks.get("skipped")
    if "error" in marks or (skip is not None and not skip.startswith("SKIP_")):
        verdict = ("not run",)
    else:
        verdict = (case.get("status"), *sorted(marks.items()))
    return (case.get("name"), case.get("classname"), verdict, (case.findtext("system-out") or "").strip())


def _read_files(directory):
    """Name and comparable content of what a run leaves behind for the next one and for people."""
    left = {}
    for path in sorted(directory.glob("*")) if directory.is_dir() else []:
        # The rest of a timed out test's output can be cut anywhere; its logs may hold any bytes.
        text = path.read_text(errors="replace")
        if path.name == "CTestCostData.txt":
            costs, _, failed = text.partition("---\n")
            left[path.name] = (
                [line.rsplit(" ", 1)[0] for line in costs.splitlines()],
                sorted(failed.splitlines()),
            )
        elif path.name == "LastTest.log":
            names = _LOG_SECTION.findall(text)
            left[path.name] = Counter(zip(names, _LOG_OUTPUT.findall(text)))
        else:
            left[path.name] = sorted(text.splitlines())
    return left


def differences(expected, actual, one_at_a_time):
    """One line for each way in which `actual` differs from `expected`."""
    found = []

    def compare(what, left, right):
        if left != right:
            found.append(f"{what}: expected {left!r}, got {right!r}")

    compare("exit code", expected.exit_code, actual.exit_code)
    compare("head", expected.head, actual.head)
    for key in sorted(expected.tests.keys() | actual.tests.keys()):
        compare(f"{key[0]} of test {key[1]}", expected.tests.get(key), actual.tests.get(key))
    compare("summary", expected.summary, actual.summary)
    if one_at_a_time and expected.tests.keys() == actual.tests.keys():
        compare("order", expected.order, actual.order)
    for line in expected.complaints:
        if line not in actual.complaints:
            found.append(f"standard error: {line!r} is missing")
    if expected.junit != actual.junit:
        if isinstance(expected.junit, list) and isinstance(actual.junit, list):
            for case in expected.junit + actual.junit:
                if (case in expected.junit) != (case in actual.junit):
                    found.append(f"junit: {'missing' if case in expected.junit else 'too much'}: {case!r}")
        else:
            compare("junit", expected.junit, actual.junit)
    for name in sorted(expected.files.keys() | actual.files.keys()):
        compare(f"left behind: {name}", expected.files.get(name), actual.files.get(name))
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
