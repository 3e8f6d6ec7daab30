#!/usr/bin/env python3
"""A test that failed stays selected until it passes: other trees, branches, commits and verdicts in between."""

import unittest

from small_project import SmallProject

FILES = {
    "CMakeLists.txt": """
cmake_minimum_required(VERSION 3.24)
project(Scripts LANGUAGES NONE)
enable_testing()
add_test(NAME one COMMAND sh ${PROJECT_SOURCE_DIR}/one.sh ${PROJECT_BINARY_DIR})
set_tests_properties(one PROPERTIES SKIP_RETURN_CODE 77)
""",
    ".gitignore": "/build/\n/other/\n",
    "one.sh": "exit 0\n",
}


class RedTests(unittest.TestCase):
    def setUp(self):
        self.project = SmallProject(FILES)
        self.addCleanup(self.project.remove)
        self.addCleanup(self.project.winnow, "daemon", "stop")
        self.project.configure()

    def edit(self, text):
        self.project.write("one.sh", text)
        self.project.commit()

    def run_all(self, code, *arguments):
        done = self.project.winnow("run", "--all", *arguments)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)

    def assert_red(self, *names):
        """Of a work tree in which nothing changed, only red tests are selected."""
        self.project.winnow("graph", "record")
        tests = self.project.document("affected", "--from", "HEAD")["tests"]
        self.assertEqual([(test["name"], test["reasons"][0]["kind"]) for test in tests],
                         [(name, "not_green") for name in names])  # fmt: skip

    def test_a_pass_in_another_build_tree_shows_nothing_of_this_one(self):
        self.project.run("cmake", "-G", "Ninja", "-S", self.project.source, "-B", self.project.source / "other")
        self.edit('test "$(basename "$1")" = other\n')
        self.run_all(100)
        self.run_all(0, "-B", "other")
        self.assert_red("one")

    def test_a_pass_on_an_older_commit_shows_nothing_of_a_newer_one(self):
        self.edit("exit 1\n")
        self.run_all(100)
        self.project.git("checkout", "-q", "--detach", "HEAD~1")
        self.run_all(0)
        self.project.git("checkout", "-q", "main")
        self.assert_red("one")

    def test_a_pass_of_ctest_counts_on_its_own_branch(self):
        self.project.git("branch", "topic")
        self.edit("exit 1\n")
        self.run_all(100)
        self.project.git("checkout", "-q", "topic")
        self.project.winnow("ctest", "--test-dir", "build")
        self.project.git("checkout", "-q", "main")
        self.assert_red("one")
        self.edit("exit 0\n")
        self.project.winnow("ctest", "--test-dir", "build")
        self.assert_red()

    def test_a_skip_is_no_pass(self):
        self.edit("exit 1\n")
        self.run_all(100)
        self.edit("exit 77\n")
        self.run_all(0)
        self.assert_red("one")
        self.edit("exit 0\n")
        self.run_all(0)
        self.assert_red()

    def test_where_nobody_can_read_what_failed_everything_is_selected(self):
        self.run_all(0)
        self.project.winnow("daemon", "stop")
        (self.project.root / "state" / "winnow" / "winnow.db").write_text("no database at all, but long enough\n" * 99)
        selection = self.project.document("affected", "--from", "HEAD")
        self.assertEqual(selection["fallback"]["cause"], "history_unreadable")
        self.assertEqual([test["name"] for test in selection["tests"]], ["one"])
        self.run_all(0)  # sets it aside
        self.assert_red()


if __name__ == "__main__":
    unittest.main()
