"""One seed: its project, under a few command lines, by ctest and by another runner."""

import pathlib
import random
import re
import shlex
import shutil
import tempfile

import command_lines
import ctest_versions
import generate
import listed
import outcome
import runs

_RESOURCE_LINE = re.compile(r"^(\d+: )?CTEST_RESOURCE_GROUP.*\n?", re.MULTILINE)


def run_seed(seed, options, state):
    """A record for each command line: its words, and how the runner differs from ctest."""
    project = generate.generate(seed)
    rng = random.Random(seed)
    trees = runs.Trees(pathlib.Path(tempfile.mkdtemp(prefix=f"differential-{seed}-", dir=options.keep)), state)
    trees.configure(options.cmake, project)
    records = []
    for _ in range(options.runs):
        line = command_lines.generate(rng, project, options.listed)
        line.arguments = ctest_versions.without_gone(options.ctest_version, line.arguments)
        lines = _compare(project, line, options, trees)
        records.append({"seed": seed, "arguments": shlex.join(line.arguments), "differences": lines})
    if not (options.keep and any(record["differences"] for record in records)):
        shutil.rmtree(trees.work, ignore_errors=True)
    return records


def _compare(project, line, options, trees):
    expected, _ = runs.run([options.ctest], line, trees)
    actual, trace = runs.run(options.runner, line, trees)
    slots = line.slots(project)
    if listed.both_refuse(expected, actual) or (slots > 1 and listed.has_lost_tests(expected, project)):
        return []
    if not options.same_version:
        expected, actual = ctest_versions.adapt(options.ctest_version, expected, actual)
    if options.listed:
        expected = listed.allow(expected, actual, line, project)
    if slots > 1:
        for seen in (expected, actual):
            _forget_company(seen)
    if isinstance(expected.exit_code, int) and expected.exit_code < 0:
        return []  # ctest itself crashed, as -F can make it
    lines = outcome.differences(expected, actual, slots == 1 and not line.has("--schedule-random"))
    by_key = {test.key: test for test in project.tests}
    return lines + outcome.schedule_violations(_whole(trace, by_key), by_key, slots)


def _whole(trace, tests):
    """Without the tests of which an attempt was ended from outside: nobody noted when; and without those whose properties
    a file of TEST_INCLUDE_FILES sets by a name that repeats."""
    includes = any(test.included for test in tests.values())
    events = [line.split() for line in trace]
    begun, ended = ([key for event, key in events if event == kind] for kind in ("start", "end"))
    broken = {key for key in begun if 0 < ended.count(key) < begun.count(key)}
    broken |= {key for key, test in tests.items() if includes and test.shares_its_name}
    return [line for line, (_, key) in zip(trace, events) if key not in broken]


def _forget_company(seen):
    """Which instances a test gets depends on what runs beside it, and so does where blank lines between attempts stand."""
    seen.tests = {key: re.sub("\n\n+", "\n", _RESOURCE_LINE.sub("", text)) for key, text in seen.tests.items()}
    if isinstance(seen.junit, outcome.JunitFile):
        seen.junit.cases = [(*case[:2], case[2] and _RESOURCE_LINE.sub("", case[2])) for case in seen.junit.cases]
    log = seen.files.get("LastTest.log")
    if log:
        sections = outcome.Counter()
        for section, count in log.items():
            sections[_RESOURCE_LINE.sub("", section)] += count
        seen.files["LastTest.log"] = sections
