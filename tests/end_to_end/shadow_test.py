#!/usr/bin/env python3
"""`winnow run --shadow` runs everything and judges the selection by what failed: one project, real runs."""

import json
import unittest

from small_project import SmallProject

FILES = {
    "CMakeLists.txt": """
cmake_minimum_required(VERSION 3.24)
project(Shadowed LANGUAGES CXX)
enable_testing()
add_executable(seen seen.cpp)
add_test(NAME seen COMMAND seen)
add_executable(other other.cpp)
add_test(NAME other COMMAND other)
add_test(NAME hidden COMMAND sh ${PROJECT_SOURCE_DIR}/hidden.sh)
""",
    "seen.cpp": "int main() { return 0; }\n",
    "other.cpp": "int main() { return 0; }\n",
    # Reads what nobody can see: the kind of test for which a team wants a shadow run.
    "hidden.sh": 'test ! -e "$HOME/flag"\n',
}


class ShadowCase(unittest.TestCase):
    def setUp(self):
        self.project = SmallProject(FILES)
        self.addCleanup(self.project.remove)
        self.addCleanup(self.project.winnow, "daemon", "stop")
        self.project.configure()
        self.flag = self.project.root / "flag"

    def shadow(self, *arguments, code=0):
        results = self.project.root / "results.json"
        done = self.project.winnow("run", "--shadow", "--build", "--results", str(results), *arguments)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout, json.loads(results.read_text())

    def test_everything_runs_and_what_would_be_skipped_is_told(self):
        self.project.write("seen.cpp", "int main() { return 1 - 1; }\n")
        text, results = self.shadow()
        self.assertEqual({test["name"] for test in results["tests"]}, {"seen", "other", "hidden"})
        self.assertIn("shadow: of 3 tests, 2 would have been skipped since ", text)
        self.assertIn("shadow: no miss: none of them failed", text)
        shadow = results["shadow"]
        self.assertEqual({test["name"] for test in shadow["skipped"]}, {"other", "hidden"})
        self.assertEqual((shadow["total"], shadow["would_run"], shadow["would_skip"], shadow["judged"]), (3, 1, 2, 2))
        self.assertEqual(shadow["miss_rate"], 0)

    def test_a_selected_failure_is_no_miss_and_fails_the_run(self):
        self.project.write("seen.cpp", "int main() { return 1; }\n")
        text, results = self.shadow(code=100)
        self.assertIn("shadow: no miss", text)
        self.assertEqual(results["shadow"]["possible_misses"], [])

    def test_a_skipped_test_that_passed_at_base_and_fails_is_a_possible_miss(self):
        self.assertEqual(self.project.winnow("run", "--all", "--build").returncode, 0)
        self.flag.write_text("")
        text, results = self.shadow("--junit", str(self.project.root / "junit.xml"), code=100)
        commit = self.project.git("rev-parse", "HEAD").strip()
        self.assertIn("1 of 3 tests that would have been skipped failed, and had passed at base or since: "
                      "possible misses (33.3 %)\n  hidden: exit code 1; passed at " + commit[:12], text)  # fmt: skip
        misses = results["shadow"]["possible_misses"]
        self.assertEqual([(miss["name"], miss["verdict"]) for miss in misses], [("hidden", "failed")])
        self.assertAlmostEqual(results["shadow"]["miss_rate"], 1 / 3)
        junit = (self.project.root / "junit.xml").read_text()
        self.assertNotIn("shadow", junit)
        self.assertEqual(junit.count("<testcase"), 3)

    def test_a_failure_that_never_passed_is_told_apart(self):
        self.flag.write_text("")
        text, results = self.shadow(code=100)
        self.assertEqual(results["shadow"]["possible_misses"], [])
        self.assertEqual([test["name"] for test in results["shadow"]["other_failures"]], ["hidden"])
        self.assertIn("not known to have passed at base\n  hidden: exit code 1\n", text)

    def test_a_pass_of_before_the_base_excuses_the_selection(self):
        self.assertEqual(self.project.winnow("run", "--all", "--build").returncode, 0)
        self.project.commit()
        self.flag.write_text("")
        _, results = self.shadow("--from", "HEAD", code=100)
        self.assertEqual(results["shadow"]["possible_misses"], [])
        self.assertEqual([test["name"] for test in results["shadow"]["other_failures"]], ["hidden"])

    def test_it_judges_a_selection_since_each_test_last_passed(self):
        self.assertEqual(self.project.winnow("run", "--all", "--build").returncode, 0)
        self.project.commit()
        self.flag.write_text("")
        _, results = self.shadow("--since-last-green", code=100)
        self.assertEqual([test["name"] for test in results["shadow"]["possible_misses"]], ["hidden"])
        self.assertEqual(results["shadow"]["base"], "last green")

    def test_a_fallback_skips_nothing_and_says_why(self):
        self.project.write("unknown.cmake.in", "what may this be\n")
        self.project.write("winnow.json", '{"selection": {"rules": [{"pattern": "unknown*", "affects": "everything"}]}}')
        self.project.commit()
        self.project.write("unknown.cmake.in", "changed\n")
        text, results = self.shadow("--from", "HEAD")
        self.assertIn("shadow: nothing would have been skipped: a rule says", text)
        self.assertEqual(results["shadow"]["would_skip"], 0)
        self.assertIsNotNone(results["shadow"]["fallback"])

    def test_a_dry_run_tells_it_before(self):
        self.project.write("seen.cpp", "int main() { return 1 - 1; }\n")
        done = self.project.winnow("run", "--shadow", "--dry-run")
        self.assertEqual(done.returncode, 0)
        self.assertIn("shadow: of 3 tests, 2 would have been skipped since ", done.stdout)

    def test_events_end_with_the_report(self):
        done = self.project.winnow("run", "--shadow", "--build", "--format", "jsonl")
        last = json.loads(done.stdout.splitlines()[-1])
        self.assertEqual((last["kind"], last["version"], last["would_skip"]), ("winnow.shadow", 1, 3))

    def test_what_does_not_go_together_is_refused(self):
        for other in (["--all"], ["--plan", "plan.json"], ["--detach"]):
            with self.subTest(other):
                self.assertEqual(self.project.winnow("run", "--shadow", *other).returncode, 2)


if __name__ == "__main__":
    unittest.main()
