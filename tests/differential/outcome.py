"""What one run of a test runner showed, normalised so that two runs of the same tests compare equal."""

import itertools
import json
import os
import re
import xml.etree.ElementTree as ElementTree
from collections import Counter
from dataclasses import dataclass, field

import vocabulary

_TIME = re.compile(r"\s+\d+\.\d+ sec")
_MODEL = re.compile(r'^\{(?:"|$)', re.MULTILINE)
_PROGRESS = re.compile(r"^\s*\d+/(\d+) Test ", re.MULTILINE)
# With --stop-time in an hour.
_UNTIL_LATER = re.compile(r"^(\d+: Test timeout computed to be:) 35\d\d$", re.MULTILINE)
_START = re.compile(r"^ +Start +(\d+): ")
# Without a count where the test is repeated.
_RESULT = re.compile(r"^(?:#/\d+| +) Test +#(\d+): ")
_SUMMARY = re.compile(r"^(\d+% tests passed|No tests were found|Total Tests:)")
# A test's part of LastTest.log, with the complaint that may stand before it; or one that stands between two.
_LOG_SECTION = re.compile(r"^(((?!-).+\n)?\d+/\d+ Testing: |Insufficient resources for test )", re.MULTILINE)
# What of it is surely that test's.
_LOG_TEST = re.compile(r"^\d+/\d+ Testing: .*^-+$", re.MULTILINE | re.DOTALL)
_RESOURCE_LINE = re.compile(r"^(\d+: )?CTEST_RESOURCE_GROUP.*\n?", re.MULTILINE)
_DOTS = re.compile(r"[.]{3,}")
_LOG_TAG = re.compile(r"\[[A-Z_]+\] ")
_LOG_TIME = re.compile(r"(?<= time: )\S.*$|(?<= time elapsed: ).*$|(?<=^Test time = ).*$", re.MULTILINE)

_FIRST_WORDS = {name.split()[0] for name in vocabulary.ODD_NAMES if " " in name}
# Characters shown before and behind those that differ.
_AROUND = 60


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
    outcome = Outcome(exit_code, complaints=[line for line in stderr.split("\n") if line.strip()])
    _read_stdout(outcome, stdout)
    outcome.junit = _read_junit(junit_path)
    outcome.files = read_files(build / "Testing" / "Temporary")
    return outcome


def _read_stdout(outcome, text):
    if begin := _MODEL.search(text):  # behind what commands before the tests print
        outcome.head, outcome.model = text[: begin.start()], _read_model(text[begin.start() :])
        return
    text = _PROGRESS.sub(r"#/\1 Test ", _TIME.sub(" T sec", text))
    text = _UNTIL_LATER.sub(r"\1 as long as there is", text)
    key, segments = "head", {"head": []}
    for line in text.split("\n"):
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


def read_log(text):
    """The words of what -O wrote. ctest notes each change of the kind of message, and breaks lines there."""
    text = _PROGRESS.sub(r"#/\1 Test ", _TIME.sub(" T sec", _LOG_TAG.sub("", text)))
    return Counter(_DOTS.sub(" ", text).split())


def _read_model(text):
    try:
        model, end = json.JSONDecoder().raw_decode(text)
        return [model, text[end:].strip()]
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


def read_files(directory):
    """Name and comparable content of what a run leaves behind for the next one and for people."""
    left = {}
    for path in sorted(directory.glob("*")) if directory.is_dir() else []:
        # The rest of a timed out test's output can be cut anywhere; its logs may hold any bytes.
        text = path.read_bytes().decode("utf-8", "backslashreplace")
        if path.name == "CTestCostData.txt":
            left[path.name] = _read_costs(text)
        elif path.name == "LastTest.log":
            left[path.name] = _read_sections(text)
        else:
            left[path.name] = sorted(text.split("\n"))
    return left


def _read_sections(log):
    """The tests' parts of LastTest.log, and what stands before the first."""
    begin = re.match(r"Start testing: .*\n-+\n", log)
    starts = [section.start() for section in _LOG_SECTION.finditer(log)]
    ends = [*starts[1:], log.rfind("End testing:")]
    sections = [log[begin.end() if begin else 0 : starts[0]]] if starts else []
    sections += [log[start:end] for start, end in zip(starts, ends)]
    return Counter(_LOG_TIME.sub("TIME", section) for section in sections if section)


def without_company(outcome):
    """What does not depend on which tests ran beside each other: which instances of a resource a test was given, where
    blank lines between attempts stand, and in LastTest.log behind which test a complaint about another one stands."""
    outcome.tests = {key: re.sub("\n\n+", "\n", _RESOURCE_LINE.sub("", text)) for key, text in outcome.tests.items()}
    if isinstance(outcome.junit, JunitFile):
        outcome.junit.cases = [(*case[:2], case[2] and _RESOURCE_LINE.sub("", case[2])) for case in outcome.junit.cases]
    log = outcome.files.get("LastTest.log")
    if log:
        parts = Counter()
        for section, count in log.items():
            test = _LOG_TEST.search(section)
            begin, end = test.span() if test else (0, 0)
            others = [line for line in (section[:begin] + section[end:]).split("\n") if line]
            for part in ([_RESOURCE_LINE.sub("", test[0])] if test else []) + others:
                parts[part] += count
        outcome.files["LastTest.log"] = parts


def _read_costs(text):
    """The runs of each test, in order, and what failed."""
    costs, _, failed = text.partition("---\n")
    runs = [tuple(line.rsplit(" ", 2)[:2]) for line in costs.split("\n") if line]
    names = Counter(name for name, _ in runs)
    # With each run ctest adds a line for all but one of the tests of a name. Of a name with spaces it reads the first
    # word only.
    kept = [run for run in runs if names[run[0]] == 1 and run[0] not in _FIRST_WORDS and " " not in run[0]]
    return kept, sorted(failed.split("\n"))


def _shown(value, other):
    """Of long texts the part that differs, and a little around it."""
    if isinstance(value, (list, tuple)) and type(value) is type(other) and len(value) == len(other):
        return f"[{', '.join(_shown(*pair) if pair[0] != pair[1] else '=' for pair in zip(value, other))}]"
    if not (isinstance(value, str) and isinstance(other, str)):
        return repr(value)
    begin = len(os.path.commonprefix([value, other]))
    end = len(os.path.commonprefix([value[begin:][::-1], other[begin:][::-1]]))
    first, last = max(0, begin - _AROUND), len(value) - max(0, end - _AROUND)
    return f"{'...' if first else ''}{value[first:last]!r}{'...' if last < len(value) else ''}"


def differences(expected, actual, one_at_a_time):
    """One line for each way in which `actual` differs from `expected`."""
    found = []

    def compare(what, left, right):
        if left != right:
            found.append(f"{what}: expected {_shown(left, right)}, got {_shown(right, left)}")

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
