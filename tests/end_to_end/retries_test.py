#!/usr/bin/env python3
"""Tests that fail and pass: run again with --retries, --repeat and winnow.json, told of as flaky everywhere."""

import json
import os
import re
import time
import unittest
import xml.etree.ElementTree as ElementTree

from daemon_case import DaemonCase, within

# Fails until it has been run so many times since the count was last removed.
FAILS = "echo x >> $2.count; n=$(wc -l < $2.count); echo attempt $n of $2; [ $n -gt $1 ] || exit $3\n"
TESTS = """
add_test(NAME good COMMAND sh -c "echo fine")
add_test(NAME shaky COMMAND sh ${HERE}/fails 2 ${HERE}/shaky 3)
set_tests_properties(shaky PROPERTIES LABELS network)
add_test(NAME broken COMMAND sh ${HERE}/fails 99 ${HERE}/broken 4)
"""


class Retries(DaemonCase):
    tests = TESTS

    def setUp(self):
        super().setUp()
        (self.root / "fails").write_text(FAILS)
        self.write_project(self.tests)
        self.build = self.configure()

    def forget_counts(self):
        for count in self.root.glob("*.count"):
            count.unlink()

    def attempts_of(self, name):
        count = self.root / f"{name}.count"
        return len(count.read_text().splitlines()) if count.exists() else 0

    def run_all(self, *arguments):
        self.forget_counts()
        return self.winnow("run", "--all", "-B", self.build, *arguments)

    def settle(self, *rules):
        (self.root / "source" / "winnow.json").write_text(json.dumps({"run": {"rules": list(rules)}}))


class Flaky(Retries):
    """One test passes at its third attempt, one never, one always."""

    def test_the_lines_tell_of_each_attempt_and_the_summary_of_the_flaky_one(self):
        done = self.run_all("--retries", "3", "good", "shaky")
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        for number in (1, 2):
            self.assertRegex(done.stdout, rf"(?m)^  TRY {number} FAIL \[ *\d+\.\d+s\] shaky: exit code 3\n"
                                          rf"--- output of shaky, attempt {number}\n"
                                          rf"attempt {number} of {re.escape(str(self.root))}/shaky\n---$")
        self.assertRegex(done.stdout, r"(?m)^  TRY 3 PASS \[ *\d+\.\d+s\] \(\d/2\) shaky$")
        self.assertRegex(done.stdout, r"(?m)^   PASS \[ *\d+\.\d+s\] \(\d/2\) good$")
        self.assertRegex(done.stdout, r"(?m)^flaky:\n   FLAKY 3/4 \[ *\d+\.\d+s\] shaky: exit code 3$")
        self.assertRegex(done.stdout, r"done in \d+\.\d+s: 2 passed \(1 flaky\)\n$")
        self.assertNotIn("failures:", done.stdout)

    def test_who_fails_in_every_attempt_has_failed(self):
        done = self.run_all("--retries", "1")
        self.assertEqual(100, done.returncode, done.stdout + done.stderr)
        self.assertRegex(done.stdout, r"(?m)^  TRY 2 FAIL \[ *\d+\.\d+s\] \(\d/3\) broken: exit code 4$")
        self.assertRegex(done.stdout, r"done in \d+\.\d+s: 1 passed, 2 failed\n$")
        self.assertEqual((2, 2), (self.attempts_of("shaky"), self.attempts_of("broken")))

    def test_junit_has_each_failed_attempt(self):
        self.run_all("--retries", "2", "--junit", self.root / "junit.xml")
        suite = ElementTree.parse(self.root / "junit.xml").getroot().find("testsuite")
        self.assertEqual(("3", "1"), (suite.get("tests"), suite.get("failures")))
        cases = {case.get("name"): case for case in suite.findall("testcase")}
        flaky = cases["shaky"].findall("flakyFailure")
        self.assertEqual(["exit code 3"] * 2, [attempt.get("message") for attempt in flaky])
        self.assertEqual([f"attempt {n} of {self.root}/shaky\n" for n in (1, 2)],
                         [attempt.find("system-out").text for attempt in flaky])
        self.assertIsNone(cases["shaky"].find("failure"))
        self.assertIn("attempt 3", cases["shaky"].find("system-out").text)
        reruns = cases["broken"].findall("rerunFailure")
        self.assertEqual(["exit code 4"] * 2, [attempt.get("message") for attempt in reruns])
        self.assertEqual("exit code 4", cases["broken"].find("failure").get("message"))
        self.assertEqual(["system-out"], [element.tag for element in cases["good"]])

    def test_results_and_events_have_the_attempts_and_the_mark(self):
        done = self.run_all("--retries", "2", "--results", self.root / "results.json", "--format", "jsonl")
        tests = {test["name"]: test for test in json.loads((self.root / "results.json").read_text())["tests"]}
        self.assertEqual({"good", "shaky", "broken"}, tests.keys())
        self.assertEqual(("passed", True, 3), tuple(tests["shaky"].get(key) for key in ("verdict", "flaky", "attempt")))
        self.assertEqual([(1, "failed"), (2, "failed"), (3, "passed")],
                         [(each["attempt"], each["verdict"]) for each in tests["shaky"]["attempts"]])
        self.assertEqual(("failed", None), (tests["broken"]["verdict"], tests["broken"].get("flaky")))
        self.assertNotIn("attempts", tests["good"])
        results = [event["result"] for event in map(json.loads, done.stdout.splitlines())
                   if event["event"] == "test finished" and event["result"]["key"]["name"] == "shaky"]
        self.assertEqual([(1, True, False), (2, True, False), (3, False, True)],
                         [(each.get("attempt", 1), each.get("again", False), each.get("flaky", False))
                          for each in results])

    def test_ctest_says_what_it_always_said(self):
        self.forget_counts()
        done = self.winnow("ctest", "--test-dir", self.build, "--repeat", "until-pass:3", "-R", "shaky")
        self.assertEqual(0, done.returncode, done.stdout)
        self.assertIn("100% tests passed, 0 tests failed out of 1", done.stdout)
        self.assertNotIn("TRY", done.stdout)
        self.assertEqual(3, self.attempts_of("shaky"))


class Ways(Retries):
    """What the command line and winnow.json can ask for."""

    def test_repeat_is_that_of_ctest(self):
        self.assertEqual(0, self.run_all("--repeat", "until-pass:3", "shaky").returncode)
        self.assertEqual(3, self.attempts_of("shaky"))
        self.assertEqual(100, self.run_all("--repeat", "until-fail:5", "good", "shaky").returncode)
        self.assertEqual(1, self.attempts_of("shaky"))
        self.assertEqual(100, self.run_all("--repeat", "after-timeout:5", "shaky").returncode)
        self.assertEqual(1, self.attempts_of("shaky"))

    def test_rules_of_the_project_hold_for_the_tests_they_name(self):
        self.settle({"tests": ["br*"], "retries": 1}, {"labels": ["network"], "retries": {"count": 2}},
                    {"tests": ["*"], "retries": 7})  # fmt: skip
        done = self.run_all()
        self.assertEqual(100, done.returncode, done.stdout + done.stderr)
        self.assertEqual((3, 2), (self.attempts_of("shaky"), self.attempts_of("broken")))
        self.assertIn("FLAKY 3/3", done.stdout)

    def test_the_command_line_is_stronger_than_the_project(self):
        self.settle({"tests": ["shaky"], "retries": 0}, {"tests": ["*"], "retries": 5})
        self.assertEqual(0, self.run_all("--retries", "3", "shaky").returncode)
        self.assertEqual(100, self.run_all("--retries", "0", "shaky", "broken").returncode)
        self.assertEqual((1, 1), (self.attempts_of("shaky"), self.attempts_of("broken")))

    def test_a_mistake_in_the_rules_is_an_error_with_its_place(self):
        (self.root / "source" / "winnow.json").write_text('{\n "run": {"rules": [{"tests": ["a"], "retrys": 1}]}\n}')
        done = self.run_all()
        self.assertEqual(2, done.returncode, done.stdout)
        self.assertIn("winnow.json:2:37: run.rules[0].retrys is not known; did you mean retries?", done.stderr)

    def test_a_delay_is_waited_and_told(self):
        begin = time.monotonic()
        done = self.run_all("--retries", "2:400ms", "shaky")
        self.assertEqual(0, done.returncode, done.stdout)
        self.assertLess(0.8, time.monotonic() - begin)
        self.assertEqual(2, done.stdout.count("shaky: exit code 3; again in 0.400s\n"))
        done = self.run_all("--retries", "2:100ms..10s", "shaky")
        pauses = [float(pause) for pause in re.findall(r"again in (\d\.\d+)s", done.stdout)]
        self.assertEqual(2, len(pauses), done.stdout)
        self.assertTrue(0.05 <= pauses[0] <= 0.1 <= pauses[1] <= 0.2, pauses)
        self.assertEqual(pauses, [float(pause) for pause in re.findall(
            r"again in (\d\.\d+)s", self.run_all("--retries", "2:100ms..10s", "shaky").stdout)])  # fmt: skip

    def test_failures_stop_a_run_once_there_are_enough(self):
        self.write_project("".join(f"add_test(NAME bad{n} COMMAND sh ${{HERE}}/fails 9 ${{HERE}}/bad{n} 1)\n"
                                   f"set_tests_properties(bad{n} PROPERTIES DEPENDS bad{n - 1})\n" for n in range(5)))
        self.configure()
        for options, ran in ((["--max-fail", "2"], 2), (["--fail-fast"], 1), (["--max-fail", "9"], 5)):
            with self.subTest(options):
                done = self.run_all(*options)
                self.assertEqual(100, done.returncode, done.stdout + done.stderr)
                self.assertEqual(ran, sum(self.attempts_of(f"bad{n}") for n in range(5)))

    def test_load_holds_a_run_back(self):
        if os.getloadavg()[0] == 0:
            self.skipTest("the machine has nothing to do")
        held_back = self.start("run", "--all", "-B", self.build, "--test-load", "1", "shaky")
        status = ("status", "--format", "json")
        self.assertTrue(within(20, lambda: json.loads(self.winnow(*status).stdout)["runs"]))
        self.assertEqual(0, self.winnow("run", "--all", "-B", self.build, "good").returncode)
        self.assertIsNone(held_back.poll())
        self.assertEqual(0, self.attempts_of("shaky"))
        held_back.kill()
        held_back.communicate()

    def test_what_cannot_be_meant_is_wrong_usage(self):
        for options, words in (
                (["--retries", "-1"], "--retries: '-1' says not how often to retry; write N, N:DELAY or"),
                (["--retries", "x"], "--retries: 'x' says not"), (["--retries", ""], "--retries: '' says not"),
                (["--retries", "3:5"], "--retries: '3:5' says not"), (["--retries", "3:2s..1s"], "'3:2s..1s' says not"),
                (["--repeat", "until-dawn:3"], "--repeat: 'until-dawn:3' is not until-fail:N, until-pass:N or"),
                (["--repeat", "until-pass:0"], "'until-pass:0' is not"),
                (["--repeat", "until-pass:3", "--retries", "3"], "--retries excludes --repeat"),
                (["--max-fail", "0"], "--max-fail: '0' is no whole number from 1"),
                (["--max-fail", "-2"], "--max-fail: '-2' is no whole number"),
                (["--max-fail", "x"], "--max-fail: 'x' is no whole number"),
                (["--max-fail", "2", "--fail-fast"], "excludes"),
                (["--test-load", "much"], "--test-load: 'much' is no whole number from 0")):  # fmt: skip
            with self.subTest(options):
                done = self.run_all(*options)
                self.assertEqual(2, done.returncode, done.stdout)
                self.assertIn(words, done.stderr)
                self.assertNotIn("PASS", done.stdout)


class Rates(Retries):
    """winnow flaky."""

    def flaky(self, *arguments):
        done = self.winnow("flaky", "-B", self.build, *arguments)
        self.assertEqual(0, done.returncode, done.stderr)
        return done.stdout

    def test_flaky_tests_are_listed_with_their_rate(self):
        self.assertEqual("no test was flaky in 0 kept runs\n", self.flaky())
        self.run_all("--retries", "3")
        self.winnow("run", "--all", "-B", self.build, "shaky")  # passes at once now
        self.assertRegex(self.flaky(), r"^1 flaky test in 2 kept runs, the newest failure of each:\n"
                                       r" 50\.0%  \(1 of 2\)  \d{4}-\d\d-\d\d \d\d:\d\d  shaky: exit code 3\n$")
        self.assertEqual("no test was flaky in 1 kept run\n", self.flaky("-n", "1"))
        document = json.loads(self.flaky("--format", "json"))
        self.assertEqual(("winnow.flaky", 1, 2), (document["kind"], document["version"], document["runs"]))
        [test] = document["tests"]
        self.assertEqual(("shaky", 0.5, 1, 2, "exit code 3"),
                         tuple(test[key] for key in ("name", "rate", "flaky_runs", "runs", "reason")))
        self.winnow("daemon", "stop")
        self.assertEqual(document, json.loads(self.flaky("--format", "json")), "without a daemon")

    def test_what_it_cannot_answer_is_wrong_usage(self):
        for options in (["-n", "0"], ["-n", "x"], ["--format", "xml"]):
            with self.subTest(options):
                self.assertEqual(2, self.winnow("flaky", "-B", self.build, *options).returncode)
        done = self.winnow("flaky", "-B", self.root / "nowhere")
        self.assertEqual(2, done.returncode)
        self.assertIn("nowhere", done.stderr)


if __name__ == "__main__":
    unittest.main()
