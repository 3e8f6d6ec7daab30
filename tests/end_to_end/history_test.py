#!/usr/bin/env python3
"""winnow history: what runs have measured, and how machines hand it to each other."""

import json
import pathlib
import subprocess
import unittest

from daemon_case import DaemonCase

TESTS = """
add_test(NAME quick COMMAND sleep 0.05)
add_test(NAME busy COMMAND sh -c "i=0; while [ $i -lt 60000 ]; do i=$((i+1)); done")
add_test(NAME fails COMMAND false)
"""


class History(DaemonCase):
    def setUp(self):
        super().setUp()
        self.write_project(TESTS)
        self.build = self.configure()
        self.file = self.root / "history.json"

    def run_all(self, times=1, build=None):
        for _ in range(times):
            self.assertEqual(100, self.winnow("run", "--all", "-B", build or self.build).returncode)

    def history(self, *arguments):
        done = self.winnow("history", "-B", self.build, "--format", "json", *arguments)
        self.assertEqual(0, done.returncode, done.stderr)
        return json.loads(done.stdout)

    def exported(self):
        done = self.winnow("history", "export", "-B", self.build, "-o", self.file)
        self.assertEqual(0, done.returncode, done.stderr)
        return json.loads(self.file.read_text())

    def on_another_machine(self):
        """From now on: another state, and another daemon."""
        self.winnow("daemon", "stop")
        place = pathlib.Path(self.root / "other")
        (place / "run").mkdir(parents=True, mode=0o700)
        self.environment.update(XDG_STATE_HOME=str(place / "state"), XDG_RUNTIME_DIR=str(place / "run"))

    def import_file(self, *arguments, build=None):
        return self.winnow("history", "import", "-B", build or self.build, self.file, *arguments)

    def refused(self, done, *words):
        self.assertEqual(2, done.returncode, done.stdout + done.stderr)
        self.assertTrue(done.stderr.startswith("winnow: "), done.stderr)
        for word in words:
            self.assertIn(word, done.stderr)

    def test_it_says_what_was_measured(self):
        self.run_all(times=3)
        document = self.history()
        self.assertEqual(("winnow.history", 1, "Small", ""),
                         tuple(document[field] for field in ("kind", "version", "project", "configuration")))
        tests = {test["name"]: test for test in document["tests"]}
        self.assertEqual({"quick", "busy", "fails"}, set(tests))
        quick, busy, fails = tests["quick"], tests["busy"], tests["fails"]
        self.assertEqual((3, {"passed": 3}, "passed"), (quick["attempts"], quick["verdicts"], quick["last"]))
        self.assertLess(50_000, quick["duration_median_us"])
        self.assertLessEqual(quick["duration_median_us"], quick["duration_p95_us"])
        self.assertLess(quick["cpu_share"] * 2, busy["cpu_share"])
        self.assertLess(0, busy["peak_memory_bytes"])
        self.assertEqual((0, {"failed": 3}, "failed"), (fails["attempts"], fails["verdicts"], fails["last"]))
        self.assertEqual("of a failure", fails["duration_is"])
        self.assertLess(0, fails["duration_us"])
        self.assertNotIn("duration_is", quick)
        self.assertLess(1_600_000_000_000_000, quick["seen_us"])

    def test_people_get_a_line_for_each_test(self):
        self.run_all()
        lines = self.winnow("history", "-B", self.build).stdout.splitlines()
        self.assertEqual("3 tests of Small", lines[0])
        self.assertRegex(lines[1], r"median +p95 +cpu +memory +last seen +test$")
        self.assertRegex("\n".join(lines), r"(?m) \d+ ms +\d+ ms +\d+% .* 20\d\d-\d\d-\d\d \d\d:\d\d  quick: 1 passed$")

    def test_who_never_passed_is_known_by_its_failures(self):
        self.write_project("add_test(NAME hangs COMMAND sleep 60)\nset_tests_properties(hangs PROPERTIES TIMEOUT 1)\n"
                           "add_test(NAME fails COMMAND false)\nadd_test(NAME quick COMMAND true)\n")
        self.configure()
        self.run_all()
        hangs, = self.history("hangs")["tests"]
        self.assertEqual((0, "at least", True), (hangs["attempts"], hangs["duration_is"], hangs["duration_us"] >= 1_000_000))
        lines = self.winnow("history", "-B", self.build).stdout
        self.assertRegex(lines, r"(?m)^ +>= 1.\d s +\? .*  hangs: 1 timed out; never passed: it was cut short$")
        self.assertRegex(lines, r"(?m)^ +\d+ ms +\? .*  fails: 1 failed; never passed: the time of its last failure$")
        plan = self.winnow("run", "--all", "--dry-run", "-B", self.build).stdout
        self.assertRegex(plan, r"predicted 1.\d s")
        self.assertIn("; of 1 the time is guessed, no run has measured it", plan)
        # The longest comes first, though it has never passed.
        self.winnow("run", "--all", "-j1", "-B", self.build, "--results", self.root / "results.json")
        results = json.loads((self.root / "results.json").read_text())["tests"]
        self.assertEqual("hangs", min(results, key=lambda test: test["started_us"])["name"])

    def test_it_is_asked_for_one_test(self):
        self.run_all()
        self.assertEqual(["busy"], [test["name"] for test in self.history("busy")["tests"]])
        done = self.winnow("history", "-B", self.build, "nobody")
        self.assertEqual(4, done.returncode)
        self.assertIn("no test called nobody", done.stderr)

    def test_without_a_daemon_the_database_is_read(self):
        self.run_all()
        with_daemon = self.history()
        self.winnow("daemon", "stop")
        self.assertEqual(with_daemon, self.history())
        self.assertIn("no daemon", self.winnow("daemon", "status").stdout + self.winnow("daemon", "status").stderr)

    def test_nothing_is_known_before_the_first_run(self):
        self.assertEqual([], self.history()["tests"])
        self.assertEqual("no test of Small has a history here\n", self.winnow("history", "-B", self.build).stdout)

    def test_another_machine_knows_the_same_after_an_import(self):
        self.run_all(times=2)
        known = self.history()
        document = self.exported()
        self.assertEqual(("winnow.history-export", 1, "Small"),
                         tuple(document[field] for field in ("kind", "version", "project")))
        self.on_another_machine()
        self.assertEqual([], self.history()["tests"])
        done = self.import_file()
        self.assertEqual((0, "6 new attempts at 3 tests\n"), (done.returncode, done.stdout), done.stderr)
        imported = self.history()
        self.assertEqual([(test["name"], test["duration_us"], test["verdicts"]) for test in known["tests"]],
                         [(test["name"], test["duration_us"], test["verdicts"]) for test in imported["tests"]])

    def test_importing_twice_changes_nothing(self):
        self.run_all()
        self.exported()
        self.assertEqual("0 new attempts at 0 tests\n", self.import_file().stdout)
        self.on_another_machine()
        self.run_all()
        self.assertEqual("3 new attempts at 3 tests\n", self.import_file().stdout)
        once = self.history()
        self.assertEqual("0 new attempts at 0 tests\n", self.import_file().stdout)
        self.assertEqual(once, self.history())

    def test_it_goes_without_a_daemon(self):
        self.run_all()
        self.exported()
        self.on_another_machine()
        self.assertEqual("3 new attempts at 3 tests\n", self.import_file("--no-daemon").stdout)
        self.assertEqual(3, len(self.history()["tests"]))

    def test_the_history_of_another_project_is_refused(self):
        self.run_all()
        self.exported()
        text = (self.root / "source" / "CMakeLists.txt").read_text()
        (self.root / "source" / "CMakeLists.txt").write_text(text.replace("project(Small", "project(Large"))
        other = self.configure("other_build")
        self.refused(self.import_file(build=other), "Small", "Large")

    def test_the_history_of_another_configuration_is_refused(self):
        self.run_all()
        self.exported()
        subprocess.run(["cmake", "-DCMAKE_BUILD_TYPE=Debug", "-DSMALL_SANITIZE=address", self.build], check=True,
                       capture_output=True)
        self.refused(self.import_file(), "no build type", "Debug SMALL_SANITIZE=address")
        self.assertEqual([], self.history()["tests"])

    def test_what_is_no_history_is_refused(self):
        self.run_all()
        good = self.exported()
        bad = {
            "": "not JSON",
            "{": "not JSON",
            "[1]": "not an object",
            "null": "not an object",
            json.dumps(dict(good, kind="winnow.plan")): "winnow.plan",
            json.dumps(dict(good, version=2)): "version is 2",
            json.dumps(dict(good, tests=7)): "tests is not a list",
            json.dumps(dict(good, tests=[{"name": "a"}])): "directory is missing",
            self.file.read_text()[:200]: "not JSON",
        }
        for text, word in bad.items():
            with self.subTest(text[:40]):
                self.file.write_text(text)
                self.refused(self.import_file(), str(self.file), word)
        self.file.unlink()
        self.refused(self.import_file(), str(self.file), "cannot read")
        self.refused(self.winnow("history", "import", "-B", self.build, self.root), "it is no regular file")

    def test_a_time_that_has_not_been_is_left_out(self):
        self.run_all()
        document = self.exported()
        for test in document["tests"]:
            test["at_us"] = [at + 10**15 for at in test["at_us"]]
        self.file.write_text(json.dumps(document))
        done = self.import_file()
        self.assertEqual((0, "0 new attempts at 0 tests\n"), (done.returncode, done.stdout))
        self.assertIn("3 attempts are left out", done.stderr)

    def test_the_next_run_is_planned_with_what_was_imported(self):
        self.run_all()
        self.exported()
        self.on_another_machine()
        self.import_file()
        done = self.winnow("run", "--all", "--dry-run", "-B", self.build)
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertIn("of 1 the time is guessed", done.stdout)  # at least what the one took that only failed


if __name__ == "__main__":
    unittest.main()
