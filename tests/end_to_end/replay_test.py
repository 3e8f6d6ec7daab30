#!/usr/bin/env python3
"""tests/bench/replay tells what changed between commits, what was selected for it, and what was missed."""

import json
import os
import pathlib
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest

REPLAY = pathlib.Path(__file__).resolve().parents[1] / "bench" / "replay"
SKIPPED = 77

LISTS = """cmake_minimum_required(VERSION 3.16)
project(history LANGUAGES C)
enable_testing()
add_library(sum STATIC sum.c)
add_executable(sum_test sum_test.c)
target_link_libraries(sum_test sum)
add_test(NAME sum_test COMMAND sum_test)
add_executable(own_test own_test.c)
add_test(NAME own_test COMMAND own_test)
"""
NEW_TEST = "add_executable(new_test own_test.c)\nadd_test(NAME new_test COMMAND new_test)\n"
FIRST = {
    "CMakeLists.txt": LISTS,
    "sum.h": "int sum(int a, int b);\n",
    "sum.c": '#include "sum.h"\nint sum(int a, int b) { return a + b; }\n',
    "sum_test.c": '#include "sum.h"\nint main(void) { return sum(1, 2) - 3; }\n',
    "own_test.c": "int main(void) { return 0; }\n",
}
LATER = (
    {"sum.c": '#include "sum.h"\nint sum(int a, int b) { return b + a + 0 * (b - a); }\n'},
    {"own_test.c": "/* Alone. */ int main(void) { return 0; }\n"},
    {"CMakeLists.txt": LISTS + NEW_TEST},
)

SELECTS_NOTHING = """#!/bin/sh
echo '{"tests": [], "targets": [], "fallback": null}'
"""


class Replay(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        if not shutil.which("ninja"):
            sys.exit(SKIPPED)
        scratch = tempfile.TemporaryDirectory(prefix="replay-test-")
        cls.addClassCleanup(scratch.cleanup)
        cls.directory = pathlib.Path(scratch.name)
        cls.repository = cls.directory / "repository"
        cls.git("init", "-q", "-b", "main", str(cls.repository))
        for files in (FIRST, *LATER):
            for name, text in files.items():
                (cls.repository / name).write_text(text)
            cls.git("-C", str(cls.repository), "add", "-A")
            cls.git("-C", str(cls.repository), "-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "-qm", "x")
        cls.done, cls.rows = cls.replay(os.environ["WINNOW"], "with_winnow.jsonl")

    @staticmethod
    def git(*arguments):
        subprocess.run(["git", *arguments], check=True)

    @classmethod
    def replay(cls, winnow, results):
        """Finished process and rows; all replays share one directory, so that each state is built once."""
        file = cls.directory / results
        done = subprocess.run(
            [REPLAY, cls.repository, "main~3..main", "-B", cls.directory / "work", "--results", file, "--winnow", winnow],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        )  # fmt: skip
        return done, [json.loads(line) for line in file.read_text().splitlines()]

    def test_each_commit_is_measured_and_none_is_missed(self):
        self.assertEqual(0, self.done.returncode, self.done.stdout)
        self.assertEqual([2, 2, 3], [row["total"] for row in self.rows], self.done.stdout)
        self.assertEqual([[], [], []], [row["missed"] for row in self.rows])
        self.assertIn("noise: 0 tests differ", self.done.stdout)

    def test_a_changed_library_changes_the_test_that_links_it(self):
        row = self.rows[0]
        self.assertEqual((1, 1, 1), (row["changed"], row["relinked"], row["selected"]))
        self.assertEqual({"selected": 1, "missed": 0}, row["target_level"])
        self.assertEqual({"selected": 1, "missed": 0}, row["ninja_n"])

    def test_a_comment_makes_ninja_link_but_changes_no_test(self):
        row = self.rows[1]
        self.assertEqual((0, 1, 1), (row["changed"], row["relinked"], row["selected"]))

    def test_a_new_test_counts_as_changed(self):
        row = self.rows[2]
        self.assertTrue(row["cmake"])
        self.assertEqual(1, row["changed"])
        self.assertGreaterEqual(row["selected"], 1)

    def test_what_was_done_is_not_done_again(self):
        log = self.directory / "work" / "builds.log"
        before = log.stat().st_size
        done, rows = self.replay(os.environ["WINNOW"], "with_winnow.jsonl")
        self.assertIn("3 commits, 3 of them done before", done.stdout)
        self.assertEqual(self.rows, rows)
        self.assertEqual(before, log.stat().st_size, "something was built again")

    def test_changed_tests_that_are_not_selected_are_named_as_missed(self):
        stub = self.directory / "selects_nothing"
        stub.write_text(SELECTS_NOTHING)
        stub.chmod(stub.stat().st_mode | stat.S_IXUSR)
        done, rows = self.replay(stub, "with_stub.jsonl")
        self.assertEqual(1, done.returncode)
        self.assertEqual([[["", "sum_test"]], [], [["", "new_test"]]], [row["missed"] for row in rows])
        self.assertRegex(done.stdout, r"MISSED at \w+: sum_test")


if __name__ == "__main__":
    unittest.main()
