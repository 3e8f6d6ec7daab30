#!/usr/bin/env python3
"""What tests waited for, what they wait for now, how long a run will take, and how fast it could have been."""

import json
import time
import unittest

from daemon_case import DaemonCase, within

GATED = """
add_test(NAME holder COMMAND sh -c "echo x > ${HERE}/begun; while [ ! -e ${HERE}/go ]; do sleep 0.02; done")
add_test(NAME user COMMAND true)
add_test(NAME after COMMAND true)
add_test(NAME alone COMMAND true)
set_tests_properties(holder PROPERTIES RESOURCE_LOCK db COST 9)
set_tests_properties(user PROPERTIES RESOURCE_LOCK db)
set_tests_properties(after PROPERTIES DEPENDS holder)
"""

ONE_BY_ONE = """
foreach(i RANGE 1 10)
  add_test(NAME step${i} COMMAND sleep 0.3)
  set_tests_properties(step${i} PROPERTIES RESOURCE_LOCK db)
endforeach()
"""


class WaitReasons(DaemonCase):
    def results(self, *arguments):
        path = self.root / "results.json"
        done = self.winnow("run", "--all", "-B", self.build, "--results", path, *arguments)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        document = json.loads(path.read_text())
        return done, document, {test["name"]: test for test in document["tests"]}


class Gated(WaitReasons):
    def setUp(self):
        super().setUp()
        self.write_project(GATED)
        self.build = self.configure()
        self.arguments = ["run", "--all", "-j4", "-B", self.build, "holder", "user", "after"]

    def begin(self, *arguments):
        process = self.start(*self.arguments, *arguments)
        self.wait_for_file("begun")
        self.assertTrue(within(30, lambda: len(self.newest_run().get("waiting", [])) == 2), self.newest_run())
        return process

    def end(self, process):
        (self.root / "go").touch()
        out, err = process.communicate(timeout=60)
        self.assertEqual(0, process.returncode, out + err)
        return out

    def test_status_says_what_waits_for_what(self):
        process = self.begin()
        waiting = {group["cause"]: group for group in self.newest_run()["waiting"]}
        self.assertEqual({"cause": "lock", "count": 1, "name": "db", "test": "holder"}, waiting["lock"])
        self.assertEqual({"cause": "predecessor", "count": 1}, waiting["predecessor"])
        shown = self.winnow("status").stdout
        self.assertIn("1 for lock db (holder has it)", shown)
        self.assertIn("1 for tests before them", shown)
        self.end(process)
        self.assertNotIn("waiting", self.newest_run())
        self.assertNotIn("waits:", self.winnow("status").stdout)

    def test_results_say_what_was_waited_for(self):
        path = self.root / "results.json"
        process = self.begin("--results", path, "-v")
        time.sleep(0.1)
        shown = self.end(process)
        tests = {test["name"]: test for test in json.loads(path.read_text())["tests"]}
        self.assertNotIn("waited_for", tests["holder"])
        user, after = tests["user"], tests["after"]
        self.assertEqual("lock", user["waited_for"])
        self.assertEqual(("lock", "db", "holder"), tuple(user["waits"][0][field] for field in ("cause", "name", "test")))
        self.assertLess(100_000, user["waits"][0]["us"])
        self.assertLessEqual(user["waits"][0]["us"], user["waited_us"] + 5000)
        self.assertEqual(("predecessor", "holder"), tuple(after["waits"][0][field] for field in ("cause", "test")))
        self.assertRegex(shown, r"(?m)^waited longest:\n +\[ *\d+\.\d{3}s\] user: .* for lock db \(holder had it last\)")

    def test_events_say_the_same(self):
        process = self.begin("--format", "jsonl")
        events = [json.loads(line) for line in self.end(process).splitlines()]
        results = {event["result"]["key"]["name"]: event["result"]
                   for event in events if event["event"] == "test finished"}
        self.assertEqual("lock", results["user"]["waited_for"])
        self.assertEqual({"by": "lock", "lock": "db"}, events[-1]["bound"])

    def test_a_run_without_waiting_says_nothing(self):
        _, _, tests = self.results("alone")
        self.assertFalse({"waits", "waited_for"} & set(tests["alone"]))


class Bound(WaitReasons):
    def setUp(self):
        super().setUp()
        self.write_project(ONE_BY_ONE)
        self.build = self.configure()

    def test_the_bound_of_a_lock_is_told_with_what_was_above_it(self):
        done, document, _ = self.results("-j2")
        self.assertRegex(done.stdout, r"(?m)^no order takes less than \d\.\d s: one after another run the tests of "
                                      r"lock db[^\n]*\ndone in ")
        self.assertEqual(("lock", "db"), (document["bound"]["by"], document["bound"]["lock"]))
        self.assertLess(3_000_000, document["lower_bound_us"])
        self.assertLessEqual(document["lower_bound_us"], document["duration_us"])
        self.assertIn("lock", [idle.get("cause") for idle in document["idle"]])

    def wait_for_two(self):
        """Until two of the ten tests of the run have ended."""
        def ended():
            runs = json.loads(self.winnow("status", "--format", "json").stdout)["runs"]
            return runs and runs[0]["state"] == "running" and runs[0].get("finished", 0) >= 2
        self.assertTrue(within(30, ended))

    def test_ctest_does_not_speak_of_bounds(self):
        done = self.winnow("ctest", "--test-dir", self.build, "-j2")
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertNotIn("no order", done.stdout)

    def test_the_end_is_foretold_after_a_fifth(self):
        self.results("-j2")
        process = self.start("run", "--all", "-j2", "-B", self.build)
        self.wait_for_two()
        asked = time.monotonic()
        left_s = self.newest_run()["remaining_us"] / 1e6
        shown = self.winnow("status").stdout
        process.communicate(timeout=60)
        taken_s = time.monotonic() - asked
        self.assertRegex(shown, r"    ends in about \d")
        # Of the whole time of the run, about three seconds, on a machine that has other things to do.
        self.assertLess(abs(left_s - taken_s), 1, f"{left_s} foretold, {taken_s} taken")

    def test_the_first_run_learns_its_end_from_itself(self):
        process = self.start("run", "--all", "-j2", "-B", self.build)
        self.wait_for_two()
        left_s = self.newest_run()["remaining_us"] / 1e6
        asked = time.monotonic()
        process.communicate(timeout=60)
        self.assertLess(abs(left_s - (time.monotonic() - asked)), 1.5, left_s)


if __name__ == "__main__":
    unittest.main()
