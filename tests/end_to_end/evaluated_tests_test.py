#!/usr/bin/env python3
"""Test files that are CMake programs (TEST_INCLUDE_FILES) and CTestCustom.cmake, as all verbs see them."""

import shutil
import unittest

from small_project import SmallProject

FILES = {
    "CMakeLists.txt": """\
cmake_minimum_required(VERSION 3.20)
project(Evaluated LANGUAGES NONE)
enable_testing()
add_test(NAME plain COMMAND ${CMAKE_COMMAND} -E cat ${CMAKE_CURRENT_SOURCE_DIR}/plain.dat)
add_subdirectory(inner)
""",
    "inner/CMakeLists.txt": """\
add_test(NAME ignored COMMAND ${CMAKE_COMMAND} -E false)
set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${CMAKE_CURRENT_SOURCE_DIR}/cases.cmake)
""",
    "inner/cases.cmake": """\
file(GLOB cases ${CMAKE_CURRENT_LIST_DIR}/*.dat)
foreach(case IN LISTS cases)
  get_filename_component(name ${case} NAME_WE)
  add_test(case.${name} cmake -E cat ${case})
endforeach()
""",
    "plain.dat": "plain\n",
    "inner/one.dat": "one\n",
    "inner/two.dat": "two\n",
}


class EvaluatedTests(unittest.TestCase):
    def setUp(self):
        self.project = SmallProject(FILES)
        self.addCleanup(self.project.remove)
        self.project.git("tag", "base")
        self.project.environment["WINNOW_DAEMON"] = "0"
        self.project.configure()
        (self.project.build / "CTestCustom.cmake").write_text("set(CTEST_CUSTOM_TESTS_IGNORE ignored)\n")

    def winnow(self, *arguments, code=0):
        done = self.project.winnow(*arguments)
        self.assertEqual(code, done.returncode, done.stdout + done.stderr)
        self.said = done.stderr
        return done.stdout

    def listed(self):
        return sorted(line.rpartition("/")[2] for line in self.winnow("list", "--format", "names").splitlines())

    def affected(self):
        return sorted(test["name"] for test in self.project.document("affected", "--from", "base")["tests"])

    def test_they_are_listed_and_run_but_for_what_is_ignored(self):
        self.assertEqual(["case.one", "case.two", "plain"], self.listed())
        self.assertIn("3 passed", self.winnow("run", "--no-daemon", "--all"))

    def test_ctest_is_not_needed(self):
        programs = self.project.root / "bin"
        programs.mkdir()
        for name in ("cmake", "ninja", "git", "sh"):
            (programs / name).symlink_to(shutil.which(name))
        self.project.environment["PATH"] = str(programs)
        self.assertEqual(["case.one", "case.two", "plain"], self.listed())

    def test_an_edit_selects_the_test_that_reads_it(self):
        self.winnow("graph", "record")
        self.project.write("inner/one.dat", "more\n")
        self.assertEqual(["case.one"], self.affected())

    def test_a_test_that_comes_without_configuring_is_known(self):
        self.winnow("graph", "record")
        self.project.write("inner/three.dat", "three\n")
        self.assertIn("case.three", self.affected())
        self.assertEqual(["case.one", "case.three", "case.two", "plain"], self.listed())
        self.project.write("inner/three.dat", None)
        self.assertEqual([], self.affected())

    def test_an_edit_of_the_program_selects_what_it_adds(self):
        self.winnow("graph", "record")
        text = (self.project.source / "inner" / "cases.cmake").read_text()
        self.project.write("inner/cases.cmake", text + "add_test(added cmake -E true)\n")
        self.assertIn("added", self.affected())

    def test_one_that_fails_is_an_error_and_no_shorter_list(self):
        self.project.write("inner/cases.cmake", "add_test(t cmake -E true)\nmessage(FATAL_ERROR \"broken here\")\n")
        for verb in (["list"], ["affected", "--from", "base"], ["run", "--no-daemon", "--all"]):
            with self.subTest(verb):
                done = self.project.winnow(*verb)
                self.assertNotEqual(0, done.returncode)
                self.assertIn("broken here", done.stderr)
                self.assertIn("CMake could not evaluate", done.stderr)
                self.assertIn("cases.cmake:2: this use of message()", done.stderr)

    def test_a_custom_file_that_is_a_program_ignores_too(self):
        (self.project.build / "CTestCustom.cmake").write_text(
            "string(TOLOWER IGNORED name)\nset(CTEST_CUSTOM_TESTS_IGNORE ${name} plain)\n")
        self.assertEqual(["case.one", "case.two"], self.listed())

    def test_a_custom_file_that_fails_hides_nothing(self):
        (self.project.build / "CTestCustom.cmake").write_text(
            "set(CTEST_CUSTOM_TESTS_IGNORE ignored)\nmessage(FATAL_ERROR stop)\n")
        self.assertEqual(["case.one", "case.two", "ignored", "plain"], self.listed())
        self.assertIn("stop", self.said)


if __name__ == "__main__":
    if shutil.which("ctest") is None:
        raise SystemExit(77)
    unittest.main()
