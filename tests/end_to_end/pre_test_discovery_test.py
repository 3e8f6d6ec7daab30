#!/usr/bin/env python3
"""Programs that ctest asks for their cases only before it runs tests (DISCOVERY_MODE PRE_TEST): Winnow sees what it does."""

import re
import shutil
import unittest

from small_project import SmallProject

# Lists cases as GoogleTest does, and passes each. What it lists stands in a header.
SUITE = """\
#include "{name}_cases.h"
#include <cstdio>
#include <cstring>
int main(int argc, char** argv)
{{
  if (argc > 1 && std::strcmp(argv[1], "--gtest_list_tests") == 0) {{
    std::puts(CASES);
    return BROKEN;
  }}
  return argc > 1 ? 0 : 1;
}}
"""

FILES = {
    "CMakeLists.txt": """\
cmake_minimum_required(VERSION 3.20)
project(Cases LANGUAGES CXX)
enable_testing()
include(GoogleTest)
add_subdirectory(inner)
add_executable(outer outer.cpp)
gtest_discover_tests(outer DISCOVERY_MODE PRE_TEST TEST_PREFIX o. PROPERTIES TIMEOUT 20)
add_test(NAME alone COMMAND ${CMAKE_COMMAND} -E cat ${CMAKE_CURRENT_SOURCE_DIR}/note.txt)
""",
    "note.txt": "alone\n",
    "outer.cpp": SUITE.format(name="outer"),
    "outer_cases.h": '#define CASES "Suite.\\n  first\\n  second"\n#define BROKEN 0\n',
    "inner/CMakeLists.txt": """\
add_executable(inner inner.cpp)
gtest_discover_tests(inner DISCOVERY_MODE PRE_TEST EXTRA_ARGS --quick)
""",
    "inner/inner.cpp": SUITE.format(name="inner"),
    "inner/inner_cases.h": '#define CASES "Deep.\\n  only"\n#define BROKEN 0\n',
}

ALL = ["o.Suite.first", "o.Suite.second", "alone", "Deep.only"]


class PreTestDiscovery(unittest.TestCase):
    def setUp(self):
        self.project = SmallProject(FILES)
        self.addCleanup(self.project.remove)
        self.project.git("tag", "base")
        self.project.environment["WINNOW_DAEMON"] = "0"
        self.project.configure()

    def by_ctest(self):
        """The names that ctest lists; the lists of cases that this leaves are taken away again."""
        done = self.project.run("ctest", "-N", cwd=self.project.build)
        for listed in self.project.build.rglob("*_tests.cmake"):
            listed.unlink()
        return re.findall(r"^ *Test +#\d+: (\S+)", done.stdout, re.MULTILINE)

    def winnow(self, *arguments, code=0):
        done = self.project.winnow(*arguments)
        self.assertEqual(code, done.returncode, done.stdout + done.stderr)
        self.said = done.stderr
        return done.stdout

    def listed(self):
        return [line.rpartition("/")[2] for line in self.winnow("list", "--format", "names").splitlines()]

    def affected(self, *arguments):
        selection = self.project.document("affected", "--from", "base", *arguments)
        self.assertIsNone(selection["fallback"])
        return sorted(test["name"] for test in selection["tests"])

    def edit(self, name, old, new):
        path = self.project.source / name
        text = path.read_text()
        self.assertIn(old, text)
        path.write_text(text.replace(old, new, 1))

    def check_all_verbs(self, expected):
        self.assertEqual(expected, self.by_ctest())
        self.assertEqual(expected, self.listed())
        self.by_ctest()
        by_winnow = self.winnow("ctest", "--test-dir", str(self.project.build), "-N")
        self.assertEqual(expected, re.findall(r"^ *Test +#\d+: (\S+)", by_winnow, re.MULTILINE))

    def test_an_unbuilt_tree_lists_what_stands_for_the_cases(self):
        self.check_all_verbs(["outer_NOT_BUILT", "alone", "inner_NOT_BUILT"])

    def test_a_built_tree_lists_the_cases(self):
        self.project.make()
        self.check_all_verbs(ALL)

    def test_a_half_built_tree_lists_what_it_can(self):
        self.project.make("outer")
        self.check_all_verbs(["o.Suite.first", "o.Suite.second", "alone", "inner_NOT_BUILT"])

    def test_a_tree_that_ctest_listed_needs_nothing_more(self):
        self.project.make()
        self.project.run("ctest", "-N", cwd=self.project.build)
        self.assertEqual(ALL, self.listed())

    def test_an_edit_selects_the_cases_of_its_program(self):
        self.project.make()
        self.winnow("graph", "record")
        self.edit("outer.cpp", "return argc > 1", "return argc >= 2")
        self.assertEqual(["o.Suite.first", "o.Suite.second"], self.affected())

    def test_an_edit_selects_what_stands_for_the_cases_before_the_build(self):
        self.winnow("graph", "record")
        self.edit("inner/inner.cpp", "return argc > 1", "return argc >= 2")
        self.assertEqual(["inner_NOT_BUILT"], self.affected())

    def test_a_case_that_comes_with_the_edit_is_known_after_the_build(self):
        self.project.make()
        self.winnow("graph", "record")
        self.edit("outer_cases.h", "second", "second\\n  third")
        self.assertEqual(["o.Suite.first", "o.Suite.second"], self.affected())
        self.project.make()
        self.assertEqual(["o.Suite.first", "o.Suite.second", "o.Suite.third"], self.affected())
        self.assertEqual(["o.Suite.first", "o.Suite.second", "o.Suite.third", "alone", "Deep.only"], self.listed())

    def test_a_run_builds_and_finds_the_cases(self):
        self.edit("outer.cpp", "return argc > 1", "return argc >= 2")
        said = self.winnow("run", "--no-daemon", "--build", "--from", "base")
        self.assertIn("2 passed", said)

    def test_a_run_of_all_after_a_build_by_hand(self):
        self.project.make()
        self.assertIn("4 passed", self.winnow("run", "--no-daemon", "--all"))

    def test_ctest_runs_the_cases(self):
        self.project.make()
        build = str(self.project.build)
        theirs = self.project.run("ctest", "--test-dir", build).stdout
        self.by_ctest()
        ours = self.winnow("ctest", "--test-dir", build)
        passed = [re.findall(r"Test +#\d+: (\S+) \.+ +Passed", text) for text in (theirs, ours)]
        self.assertEqual(sorted(ALL), sorted(passed[0]))
        self.assertEqual(sorted(passed[0]), sorted(passed[1]))

    def test_a_program_that_cannot_list_its_cases_hides_no_others(self):
        self.edit("inner/inner_cases.h", "BROKEN 0", "BROKEN 3")
        self.project.make()
        self.assertEqual(["o.Suite.first", "o.Suite.second", "alone", "inner_NOT_BUILT"], self.listed())
        self.assertIn("inner[1]_include.cmake could not list the cases", self.said)
        self.assertEqual(["inner_NOT_BUILT"], self.affected())


if __name__ == "__main__":
    if shutil.which("ctest") is None:
        raise SystemExit(77)
    unittest.main()
