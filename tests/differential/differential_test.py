#!/usr/bin/env python3
"""Tests the differential harness: ctest agrees with itself, and planted differences are reported."""

import collections
import pathlib
import random
import stat
import subprocess
import sys
import tempfile
import unittest

import command_lines
import ctest_versions
import generate
import listed
import outcome
import patterns
import projects
import regexes

HARNESS = pathlib.Path(__file__).with_name("differential.py")


def run_harness(runner, seeds, *options):
    return subprocess.run(
        [sys.executable, "-B", str(HARNESS), "--runner", runner, "--seeds", seeds, *options],
        stdout=subprocess.PIPE,
        text=True,
        timeout=300,
        check=False,
    )


class Harness(unittest.TestCase):
    def planted(self, script):
        """Runs the harness against ctest behind a script that changes something."""
        directory = tempfile.TemporaryDirectory(prefix="planted-")
        self.addCleanup(directory.cleanup)
        path = pathlib.Path(directory.name) / "runner"
        path.write_text("#!/usr/bin/env bash\n" + script + "\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return run_harness(str(path), "2..3")

    def test_ctest_agrees_with_itself(self):
        done = run_harness("ctest", "1..4")
        self.assertEqual(0, done.returncode, done.stdout)
        self.assertIn("4 projects, 12 runs, 0 differences", done.stdout)

    def test_another_exit_code_is_reported(self):
        done = self.planted('ctest "$@"; exit 3')
        self.assertEqual(1, done.returncode)
        self.assertIn("exit code: expected 8, got 3", done.stdout)

    def test_another_verdict_is_reported(self):
        done = self.planted("ctest \"$@\" | sed 's/[*][*][*]Failed/   Passed/'; exit ${PIPESTATUS[0]}")
        self.assertEqual(1, done.returncode)
        self.assertIn(": result of test ", done.stdout)

    def test_a_test_left_out_is_reported(self):
        done = self.planted('exec ctest "$@" -E "^[a-o]"')
        self.assertEqual(1, done.returncode)
        self.assertIn(": start of test ", done.stdout)

    def test_another_summary_is_reported(self):
        done = self.planted("ctest \"$@\" | sed 's/^Total Test time/Whole time/'; exit ${PIPESTATUS[0]}")
        self.assertEqual(1, done.returncode)
        self.assertIn(": summary: ", done.stdout)

    def test_a_file_not_left_behind_is_reported(self):
        done = self.planted('ctest "$@"; code=$?; find . "${2-.}" -name LastTestsFailed.log -delete; exit $code')
        self.assertEqual(1, done.returncode)
        self.assertIn("left behind: LastTestsFailed.log", done.stdout)

    def test_another_word_in_the_log_is_reported(self):
        done = self.planted('ctest "$@"; code=$?; sed -i s/Passed/passed/ $(find "$PWD" "${2-.}" -name LastTest.log); exit $code')
        self.assertEqual(1, done.returncode)
        self.assertIn("left behind: LastTest.log", done.stdout)

    def test_a_line_missing_on_standard_error_is_reported(self):
        done = self.planted('ctest "$@" 2>/dev/null')
        self.assertEqual(1, done.returncode)
        self.assertIn("standard error: 'Errors while running CTest' is missing", done.stdout)

    def test_a_line_more_on_standard_error_is_reported(self):
        done = self.planted('echo "a remark" >&2; exec ctest "$@"')
        self.assertEqual(1, done.returncode)
        self.assertIn("standard error: 'a remark' is additional", done.stdout)

    def test_what_is_listed_has_to_differ(self):
        done = run_harness("ctest", "2..3", "--listed")
        self.assertEqual(1, done.returncode)
        self.assertIn("left behind: LastTest.log", done.stdout)

    def test_an_absent_program_is_no_agreement(self):
        self.assertEqual(69, run_harness("no-such-runner", "1").returncode)
        self.assertEqual(69, run_harness("ctest", "1", "--ctest", "no-such-ctest").returncode)

    def test_seeds_that_are_done_are_not_run_again(self):
        with tempfile.TemporaryDirectory(prefix="results-") as directory:
            results = ("--runs", "1", "--results", f"{directory}/results")
            self.assertIn("2 projects, 2 runs", run_harness("ctest", "2..3", *results).stdout)
            self.assertIn("3 projects, 2 of them before, 3 runs", run_harness("ctest", "2..4", *results).stdout)


class AnyBuildTree(unittest.TestCase):
    """compare.py on a tree of two tests."""

    def setUp(self):
        directory = tempfile.TemporaryDirectory(prefix="compared-")
        self.addCleanup(directory.cleanup)
        self.build = pathlib.Path(directory.name)
        tests = 'add_test(one sh -c "echo $$")\nadd_test(two false)\n'
        (self.build / "CTestTestfile.cmake").write_text(tests)

    def compare(self, runner, *options):
        command = [sys.executable, "-B", str(HARNESS.with_name("compare.py")), str(self.build), "--runner", runner, *options]
        return subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=60, check=False)

    def test_ctest_agrees_with_itself_and_the_tree_stays_as_it_was(self):
        (self.build / "Testing").mkdir()
        (self.build / "Testing" / "mine").touch()
        done = self.compare("ctest", "--outputs", "--", "-j2", "-V", "--output-junit", "j.xml")
        self.assertEqual(0, done.returncode, done.stdout)
        self.assertEqual({"CTestTestfile.cmake", "Testing", "mine"}, {path.name for path in self.build.rglob("*")})

    def test_another_number_that_a_test_prints_is_none_but_another_word_is(self):
        runner = self.build / "runner"
        runner.write_text('#!/bin/sh\nctest "$@" | sed "s/^1: [0-9]/1: no number &/"\nexit 8\n')
        runner.chmod(0o755)
        self.assertEqual(1, self.compare(str(runner), "--outputs", "--", "-V").returncode)
        self.assertEqual(0, self.compare(str(runner), "--", "-V").returncode)

    def test_a_test_left_out_is_reported(self):
        done = self.compare("ctest -E two")
        self.assertEqual(1, done.returncode)
        self.assertIn("exit code: expected 8, got 0", done.stdout)

    def test_an_absent_tree_is_no_agreement(self):
        (self.build / "CTestTestfile.cmake").unlink()
        self.assertEqual(69, self.compare("ctest").returncode)


class Listed(unittest.TestCase):
    @staticmethod
    def allowed(ctest, winnow=outcome.Outcome(0), arguments=()):
        return listed.allow(ctest, winnow, command_lines.CommandLine(list(arguments)), projects.Project(0, []))

    @staticmethod
    def case(status, *marks):
        return ({"name": "t", "status": status}, list(marks), "")

    def test_what_could_not_run_is_an_error_in_junit(self):
        cases = [
            self.case("notrun", ("skipped", "Required Files Missing")),
            self.case("notrun", ("skipped", "SKIP_RETURN_CODE=77")),
            self.case("fail", ("failure", "")),
            self.case("run"),
        ]
        ctest = outcome.Outcome(8, junit=outcome.JunitFile({"failures": "1", "skipped": "2"}, cases))
        junit = self.allowed(ctest).junit
        self.assertEqual({"failures": "1", "skipped": "1", "errors": "1"}, junit.suite)
        self.assertEqual([("error", "Required Files Missing")], junit.cases[0][1])
        self.assertEqual(cases[1:], junit.cases[1:])
        self.assertEqual("2", ctest.junit.suite["skipped"])

    def test_a_test_that_could_not_run_did_not_pass_in_the_log(self):
        sections = ["1/2 Testing: a\nTest Passed.\n", "Unable to find x\n2/2 Testing: b\nTest Passed.\n"]
        ctest = outcome.Outcome(8, files={"LastTest.log": collections.Counter(sections)})
        log = self.allowed(ctest).files["LastTest.log"]
        self.assertEqual([sections[0], sections[1].replace("Passed", "Failed")], sorted(log))

    def test_a_listing_leaves_the_log_alone(self):
        ctest = outcome.Outcome(0, files={"LastTest.log": collections.Counter()})
        self.assertEqual({}, self.allowed(ctest, arguments=("-N",)).files)

    def test_tests_that_ctest_lost_are_noticed(self):
        some = {("start", 1): "Start 1: a", ("result", 1): "#/2 Test #1: a ....***Not Run (Disabled) T sec"}
        both = some | {("result", 2): "#/2 Test #2: b ....   Passed T sec"}

        def lost(*arguments, **seen):
            line = command_lines.CommandLine(["-j2", *arguments])
            return listed.has_lost_tests(outcome.Outcome(0, **seen), line, projects.Project(0, []))

        self.assertTrue(lost(tests=some))
        self.assertFalse(lost(tests=both))
        self.assertFalse(lost("-F", tests=some))
        log = ["1/2 Testing: a\n----\n", "Unable to find x\n2/2 Testing: b\n----\n"]
        self.assertTrue(lost("-Q", files={"LastTest.log": collections.Counter(log)}))
        self.assertFalse(lost("-Q", files={"LastTest.log": collections.Counter(log[:1])}))
        self.assertFalse(lost("-N", files={"LastTest.log": collections.Counter(log)}))

    def test_tests_that_the_stop_time_left_are_told_of(self):
        tests = {("result", 1): "#/2 Test #1: a ....   Passed T sec"}
        project = projects.Project(0, [projects.Test(name, name, ".", []) for name in "ab"], stops_soon=True)
        winnow = outcome.Outcome(5, files={"CTestCheckpoint.txt": ["1"]})
        allowed = listed.allow(outcome.Outcome(0, tests=tests), winnow, command_lines.CommandLine([]), project)
        self.assertEqual((5, winnow.files), (allowed.exit_code, allowed.files))
        self.assertEqual(["winnow: 1 tests were not started: the stop time came"], allowed.complaints)

    def test_the_end_of_a_long_output_may_be_there_too(self):
        mark = "...\n[This part of the test output was removed since it exceeds the threshold of 5 bytes.]\n"

        def document(text):
            return outcome.Outcome(0, junit=outcome.JunitFile({"skipped": "0"}, [({"status": "run"}, [], text)]))

        for text, fine in ((f"begin{mark}  end", True), ("begin and end", True), ("beg", False), (f"other{mark}end", False)):
            winnow = document(text)
            allowed = self.allowed(document("begin" + mark), winnow)
            self.assertEqual(fine, allowed.junit.cases == winnow.junit.cases, text)
            told = self.allowed(document("begin" + mark), winnow, arguments=("--test-output-truncation", "tail"))
            self.assertNotEqual(told.junit.cases, winnow.junit.cases)


class Company(unittest.TestCase):
    @staticmethod
    def log(*sections):
        with tempfile.TemporaryDirectory(prefix="log-") as directory:
            text = "Start testing: now\n----\n" + "".join(sections) + "End testing: now\n"
            (pathlib.Path(directory) / "LastTest.log").write_text(text)
            seen = outcome.Outcome(0, files=outcome.read_files(pathlib.Path(directory)))
        return seen

    def test_complaints_stand_anywhere_between_the_tests(self):
        one, two = (f"{number}/2 Testing: {name}\nOutput:\n----\n<end>\n----\n\n" for number, name in [(1, "a"), (2, "b")])
        complaints = "Unable to find executable: x\n", "Failed to change working directory to /y\n"
        first, second, less = self.log(*complaints, one, two), self.log(two, complaints[1], one, complaints[0]), self.log(one, two)
        self.assertNotEqual(first.files, second.files)
        for seen in (first, second, less):
            outcome.without_company(seen)
        self.assertEqual(first.files, second.files)
        self.assertNotEqual(first.files, less.files)
        self.assertEqual(4, first.files["LastTest.log"].total())


class Schedule(unittest.TestCase):
    TESTS = {
        "a": projects.Test("a", "a", ".", [], {"RESOURCE_LOCK": ["db"]}),
        "b": projects.Test("b", "b", ".", [], {"RESOURCE_LOCK": ["db", "port"]}),
        "serial": projects.Test("serial", "serial", ".", [], {"RUN_SERIAL": "TRUE"}),
        "wide": projects.Test("wide", "wide", ".", [], {"PROCESSORS": 9}),
        "setup": projects.Test("setup", "setup", ".", [], {"FIXTURES_SETUP": "server"}),
        "user": projects.Test("user", "user", ".", [], {"FIXTURES_REQUIRED": "server"}),
    }

    def violations(self, trace, slots=4):
        lines = [f"{'end' if word[0] == '-' else 'start'} {word.lstrip('-')}" for word in trace.split()]
        return outcome.schedule_violations(lines, self.TESTS, slots)

    def test_tests_one_after_the_other_break_nothing(self):
        self.assertEqual([], self.violations("setup -setup user -user a -a b -b serial -serial wide -wide"))

    def test_two_holders_of_a_lock_are_reported(self):
        self.assertIn("both hold ['db']", self.violations("a b -a -b")[0])

    def test_company_of_a_serial_test_is_reported(self):
        self.assertIn("RUN_SERIAL", self.violations("a serial -a -serial")[0])

    def test_more_slots_than_there_are_is_reported(self):
        self.assertIn("5 slots of 4", self.violations("wide a -wide -a")[0])

    def test_a_user_beside_its_setup_is_reported(self):
        self.assertIn("FIXTURES_SETUP", self.violations("setup user -setup -user")[0])


class Versions(unittest.TestCase):
    def test_a_newer_version_is_comparable(self):
        older = outcome.Outcome(8, "Internal ctest changing into directory: /b\nTest project /b", {},
                                "The following tests FAILED:\n\t  1 - two (words) (Not Run)")  # fmt: skip
        newer = outcome.Outcome(8, "Test project /b", {}, older.summary + "     slow net")
        self.assertNotEqual(*ctest_versions.adapt((3, 25, 1), newer, older))
        self.assertEqual(*ctest_versions.adapt((4, 3, 1), newer, older))
        self.assertNotEqual(*ctest_versions.adapt((4, 3, 1), newer, outcome.Outcome(8, "Test project /b", {}, "FAILED")))

    def test_an_option_that_is_gone_is_not_used(self):
        self.assertEqual(["-U", "-V"], ctest_versions.without_gone((3, 25, 1), ["-U", "-V"]))
        self.assertEqual(["-V"], ctest_versions.without_gone((4, 3, 1), ["-U", "-V"]))


class Generator(unittest.TestCase):
    def test_a_seed_is_a_project(self):
        self.assertEqual(generate.generate(7), generate.generate(7))

    def test_two_hundred_seeds_use_every_property(self):
        used = {name for seed in range(200) for test in generate.generate(seed).tests for name in test.properties}
        self.assertEqual(
            {
                "ATTACHED_FILES", "COST", "DEPENDS", "DISABLED", "ENVIRONMENT", "ENVIRONMENT_MODIFICATION",
                "FAIL_REGULAR_EXPRESSION", "FIXTURES_CLEANUP", "FIXTURES_REQUIRED", "FIXTURES_SETUP", "LABELS",
                "MEASUREMENT", "PASS_REGULAR_EXPRESSION", "PROCESSORS", "PROCESSOR_AFFINITY", "REQUIRED_FILES",
                "RESOURCE_GROUPS", "RESOURCE_LOCK", "RUN_SERIAL", "SKIP_REGULAR_EXPRESSION", "SKIP_RETURN_CODE",
                "TIMEOUT", "TIMEOUT_AFTER_MATCH", "WILL_FAIL", "WORKING_DIRECTORY",
            },
            used,
        )

    def test_two_hundred_seeds_have_every_oddity(self):
        made = [generate.generate(seed) for seed in range(200)]
        self.assertTrue(any(not project.tests for project in made))
        self.assertTrue(any(project.stops_soon for project in made))
        self.assertTrue(any(project.presets for project in made))
        self.assertTrue(any(project.build_files for project in made))
        tests = [test for project in made for test in project.tests]
        self.assertTrue(any(test.included for test in tests))
        self.assertTrue(any(test.configurations for test in tests))

    def test_two_hundred_seeds_use_every_option(self):
        used = set()
        for seed in range(200):
            rng = random.Random(seed)
            used.update(command_lines.generate(rng, generate.generate(seed), listed=False).arguments)
        for option in ("--repeat", "--repeat-until-fail", "--stop-time", "-F", "-O", "--schedule-random", "--preset", "-C",
                       "--test-output-size-passed", "--test-output-size-failed", "--test-output-truncation",
                       "--interactive-debug-mode", "--resource-spec-file", command_lines.NUMBERS):  # fmt: skip
            self.assertIn(option, used)


class Regexes(unittest.TestCase):
    def test_cmake_says_match_none_or_refused(self):
        pairs = [("^a+$", "aa"), ("b", "a"), ("a**", "a"), ("]", "x]"), ("=]", "]=]"), ("a.b", "a\nb"), ("(", "")]
        expected = ["match", "none", "refused", "match", "match", "match", "refused"]
        self.assertEqual(expected, regexes.verdicts_of_cmake("cmake", pairs))

    def test_generated_patterns_match_do_not_and_are_refused(self):
        verdicts = collections.Counter(regexes.verdicts_of_cmake("cmake", patterns.pairs(random.Random(1), 200)))
        self.assertTrue(all(verdicts[name] > 20 for name in ("match", "none", "refused")), verdicts)


if __name__ == "__main__":
    unittest.main()
