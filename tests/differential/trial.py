"""One seed: its project, under a few command lines, by ctest and by another runner."""

import pathlib
import random
import shlex
import shutil
import tempfile

import command_lines
import ctest_versions
import generate
import listed
import outcome
import runs


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
        lines, trace = compare(project, line, options, trees)
        by_key = {test.key: test for test in project.tests}
        lines += outcome.schedule_violations(_whole(trace, by_key), by_key, line.slots(project))
        records.append({"seed": seed, "arguments": shlex.join(line.arguments), "differences": lines})
    if not (options.keep and any(record["differences"] for record in records)):
        shutil.rmtree(trees.work, ignore_errors=True)
    return records


def compare(project, line, options, trees, soften=None):
    """How the runner differs from ctest, and its trace; `soften` changes both outcomes first."""
    expected, _ = runs.run([options.ctest], line, trees)
    actual, trace = runs.run(options.runner, line, trees)
    for seen in (expected, actual) if soften else ():
        soften(seen)
    slots = line.slots(project)
    if listed.both_refuse(expected, actual) or (slots > 1 and listed.has_lost_tests(expected, line, project)):
        return [], trace
    if not options.same_version:
        expected, actual = ctest_versions.adapt(options.ctest_version, expected, actual)
    if options.listed:
        expected = listed.allow(expected, actual, line, project)
    if slots > 1:
        for seen in (expected, actual):
            outcome.without_company(seen)
    if isinstance(expected.exit_code, int) and expected.exit_code < 0:
        return [], trace  # ctest itself crashed, as -F can make it
    return outcome.differences(expected, actual, slots == 1 and not line.has("--schedule-random")), trace


def _whole(trace, tests):
    """Without the tests of which an attempt was ended from outside: nobody noted when; and without those that share a
    name: set_tests_properties() of a later directory goes by names, and changes them all."""
    events = [line.split() for line in trace]
    begun, ended = ([key for event, key in events if event == kind] for kind in ("start", "end"))
    left_out = {key for key in begun if 0 < ended.count(key) < begun.count(key)}
    left_out |= {key for key, test in tests.items() if test.shares_its_name}
    return [line for line, (_, key) in zip(trace, events) if key not in left_out]
