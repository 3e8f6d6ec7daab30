#!/usr/bin/env python3
"""The demo runs to its end, and what it prints holds together."""

import os
import pathlib
import re
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEMO = ROOT / "examples" / "demo"


def pattern_of(block):
    """Matches what the README shows of the demo: "…" stands for anything, numbers and ids for others of their kind."""
    block = re.sub(r"since [0-9a-f]{12}", "since ID", block)
    block = re.sub(r"run [0-9a-z]{10}:", "run ID:", block)
    pattern = re.sub(r"\d+", r"\\d+", re.escape(block))
    return pattern.replace("…", r"[\s\S]*?").replace("ID", "[0-9a-z]+")


class Demo(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        environment = {name: value for name, value in os.environ.items()
                       if not name.startswith(("CTEST_", "WINNOW")) or name == "WINNOW_BUILD"}
        cls.done = subprocess.run([DEMO], env=environment, stdin=subprocess.DEVNULL, text=True,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=1400, check=False)
        # By heading: what stands below it.
        parts = re.split(r"^== (.*)\n", cls.done.stdout, flags=re.MULTILINE)
        cls.part = dict(zip(parts[1::2], parts[2::2]))

    def numbers(self, pattern, heading):
        found = re.search(pattern, self.part[heading])
        self.assertIsNotNone(found, f"{pattern} in:\n{self.part[heading]}")
        return [float(number) for number in found.groups()]

    def test_it_ends_well(self):
        self.assertEqual(0, self.done.returncode, self.done.stdout)

    def test_it_is_about_a_monorepo_and_not_a_toy(self):
        libraries, tests = self.numbers(r"configured and built in [\d.]+ s: (\d+) libraries, (\d+) tests", "A monorepo")
        self.assertLessEqual(12, libraries)
        self.assertLessEqual(40, tests)
        recorded, = self.numbers(r"Recorded (\d+) tests, ", "A monorepo")
        self.assertEqual(tests, recorded)

    def test_a_plan_cuts_what_is_affected_into_two_chunks(self):
        heading = "The same, cut into two chunks"
        affected, = self.numbers(r"(\d+) of \d+ tests affected", "Which tests can that affect, and why")
        planned, chunks = self.numbers(r"(?m)^(\d+) tests in (\d+) chunks: predicted ", heading)
        self.assertEqual(2, chunks)
        rows = re.findall(r"^ +(\d) +(\d+) +(\d+) +[\d.]+ m?s", self.part[heading], flags=re.MULTILINE)
        self.assertEqual(["0", "1"], [index for index, _, _ in rows])
        sizes = [int(size) for _, size, _ in rows]
        self.assertLess(0, min(sizes))
        self.assertEqual(planned, sum(sizes))
        # A fixture's setup and cleanup are in each chunk that needs them.
        self.assertLessEqual(affected, planned)

    def test_a_part_of_the_tests_is_affected_and_just_that_part_is_run(self):
        affected, total = self.numbers(r"(\d+) of (\d+) tests affected", "Which tests can that affect, and why")
        self.assertLess(0, affected)
        self.assertLess(affected, total / 2)
        passed, = self.numbers(r"done in [\d.]+s: (\d+) passed\n", "Building and running only those")
        self.assertEqual(affected, passed)
        everything, = self.numbers(r"0 tests failed out of (\d+)", "Against building and running everything")
        self.assertEqual(total, everything)

    def test_it_prints_what_the_readme_shows(self):
        section = (ROOT / "README.md").read_text().split("\n## Two commands\n")[1].split("\n## ")[0]
        blocks = re.findall(r"^```console\n(.*?)^```$", section, flags=re.MULTILINE | re.DOTALL)
        self.assertEqual(2, len(blocks))
        for block in blocks:
            with self.subTest(block.splitlines()[0]):
                self.assertRegex(self.done.stdout, pattern_of(block))

    def test_both_times_are_measured(self):
        heading = "Against building and running everything"
        for measured in (r"everything, ctest -j\d+: +([\d.]+) s", r"affected, winnow: +([\d.]+) s"):
            seconds, = self.numbers(measured, heading)
            self.assertLess(0, seconds)

    def test_the_breaking_edit_fails_a_selected_test(self):
        broken = self.part["A line changes for the worse"]
        self.assertRegex(broken, r"(?m)^ +FAIL .* analysis/quality/quality\.checks")
        self.assertIn("A selected test failed, as it should: exit code 100.", broken)


if __name__ == "__main__":
    unittest.main()
