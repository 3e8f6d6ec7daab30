"""The wanted differences to ctest: those that the README lists, as changes of what ctest showed."""

import copy
import re
from collections import Counter

import outcome
import tree_files

_REMOVED = re.compile(r"\.\.\.\n\[This part of the test output was removed since it exceeds the threshold of \d+ bytes\.\]\n")
_TOTAL = re.compile(r"#/(\d+) ")
_LOG_NUMBER = re.compile(r"\d+/\d+ Testing: ")
# Where one says what is cut off, the two agree.
_CUTTING = "--test-output-truncation"


def allow(expected, actual, line, project):
    """Makes of ctest's outcome `expected` what Winnow's may be by the list of differences in the README."""
    expected = copy.deepcopy(expected)
    if line.tells_only():
        expected.files.pop("LastTest.log", None)
        if line.has("--rerun-failed") and "LastTest.log" in actual.files:  # that of the run before
            expected.files["LastTest.log"] = actual.files["LastTest.log"]
    elif "LastTest.log" in expected.files:
        expected.files["LastTest.log"] = Counter(
            {_failed_if_not_run(section): count for section, count in expected.files["LastTest.log"].items()}
        )
    if project.stops_soon:
        _leave_for_later(expected, actual, len(project.tests))
    if isinstance(expected.junit, outcome.JunitFile):
        not_run = [marks for attributes, marks, _ in expected.junit.cases if _could_not_run(attributes, marks)]
        for marks in not_run:
            marks[:] = [("error", message) for _, message in marks]
        suite = expected.junit.suite
        suite["errors"] = str(len(not_run))
        suite["skipped"] = str(int(suite["skipped"]) - len(not_run))
        same = isinstance(actual.junit, outcome.JunitFile) and len(expected.junit.cases) == len(actual.junit.cases)
        if same and not (line.has(_CUTTING) or project.says_what_is_cut(line.has(tree_files.SHOWING_PRESET))):
            expected.junit.cases = [_with_end(*pair) for pair in zip(expected.junit.cases, actual.junit.cases)]
    return expected


def _leave_for_later(expected, actual, total):
    """Tests that --stop-time left are told of, and -F can go on with them."""
    left = total - sum(kind == "result" for kind, _ in expected.tests)
    if left:
        expected.complaints.append(f"winnow: {left} tests were not started: the stop time came")
        expected.exit_code = expected.exit_code or 5
        expected.files["CTestCheckpoint.txt"] = actual.files.get("CTestCheckpoint.txt", "none")


def both_refuse(expected, actual):
    """Whether both found a circle of dependencies, which names that repeat can close: ctest succeeds, then."""

    def complains(seen, words):
        return any(words in line for line in seen.complaints)

    return complains(expected, "a cycle exists in the test dependency graph") and complains(actual, "in a circle:")


def has_lost_tests(expected, line, project):
    """Whether ctest ended before all was run: at -j2 and more it may, behind a test that could not run or is disabled while
    nothing else runs: nobody starts those that waited for it. Where -Q hides how many there are, whether it may have."""
    results = [text for (kind, _), text in expected.tests.items() if kind == "result"]
    totals = {int(match[1]) for text in results if (match := _TOTAL.match(text))}
    if not results and "LastTest.log" in expected.files and not line.tells_only():
        complaints = any(not _LOG_NUMBER.match(section) for section in expected.files["LastTest.log"])
        return complaints or any("DISABLED" in test.properties for test in project.tests)
    return not line.has("-F") and any(total > len(results) for total in totals)


def _could_not_run(attributes, marks):
    return attributes["status"] == "notrun" and not marks[0][1].startswith("SKIP_")


def _failed_if_not_run(section):
    has_complaint = not _LOG_NUMBER.match(section)
    return section.replace("\nTest Pass", "\nTest Fail") if has_complaint else section


def _with_end(expected, actual):
    """The end of a long output is kept, too, which shows only in what Winnow wrote."""
    text, other = expected[2] or "", actual[2] or ""
    mark = _REMOVED.search(text)
    if not mark or mark.end() != len(text):
        return expected
    begin = text[: mark.start()]
    kept = other[: len(begin) + len(mark[0])] == text or (other.startswith(begin) and not _REMOVED.search(other))
    return (*expected[:2], other) if kept and len(other) > len(begin) else expected
