#!/usr/bin/env python3
"""discover_tests() of CMake 4.4, in test files as its generator writes them: tests that a program lists when ctest asks."""

import json
import re
import unittest

from small_project import SmallProject

LISTER = """\
#include "cases.h"
#include <cstdio>
#include <cstdlib>
#include <cstring>
int main(int argc, char** argv)
{
  if (argc > 1 && std::strcmp(argv[1], "--list") == 0) {
    std::puts(CASES);
    return BROKEN;
  }
  if (argc > 1 && std::strcmp(argv[1], "--environment") == 0) {
    std::printf("%s+%s\\r\\n", std::getenv("FIRST"), std::getenv("SECOND"));
    return 0;
  }
  for (int i = 1; i < argc; ++i) {
    std::printf("argument <%s>\\n", argv[i]);
  }
  return 0;
}
"""

FILES = {
    "CMakeLists.txt": """\
cmake_minimum_required(VERSION 3.20)
project(Discovered LANGUAGES CXX)
enable_testing()
add_executable(lister lister.cpp)
add_test(NAME alone COMMAND ${CMAKE_COMMAND} -E cat ${CMAKE_CURRENT_SOURCE_DIR}/note.txt)
set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${CMAKE_CURRENT_SOURCE_DIR}/discovery.cmake)
""",
    "note.txt": "alone\n",
    "lister.cpp": LISTER,
    "cases.h": '#define CASES "one,fast\\nno case\\n[two];x,slow;gpu\\nthree,"\n#define BROKEN 0\n',
    "discovery.cmake": r"""
discover_tests(COMMAND "${CMAKE_CURRENT_LIST_DIR}/build/lister"
  DISCOVERY_ARGS "--list"
  DISCOVERY_MATCH "([^,]+),(.*)"
  TEST_NAME "case.\\1"
  TEST_ARGS "--run=\\1" "" "a;b"
  TEST_PROPERTIES
    "LABELS" "\\2"
    _BACKTRACE_TRIPLES "/s/CMakeLists.txt;5;discover_tests"
  TEST_LIST listed
  )
set_tests_properties(${listed} PROPERTIES TIMEOUT 20)
discover_tests(COMMAND "${CMAKE_CURRENT_LIST_DIR}/build/lister"
  DISCOVERY_ARGS "--environment"
  DISCOVERY_MATCH "^.*$"
  DISCOVERY_PROPERTIES
    "ENVIRONMENT" "FIRST=a b;;SECOND=c"
    "ENVIRONMENT_MODIFICATION" "SECOND=string_append:d"
  TEST_NAME "environment.\\0"
  TEST_ARGS "\\0"
  TEST_PROPERTIES
  )
""",
}

CASES = ["case.one", "case.[two];x", "case.three", "environment.a b+cd", "alone"]


class DiscoverTests(unittest.TestCase):
    def setUp(self):
        self.project = SmallProject(FILES)
        self.addCleanup(self.project.remove)
        self.project.git("tag", "base")
        self.project.environment["WINNOW_DAEMON"] = "0"
        self.project.configure()

    def make(self):
        self.project.run("ninja", cwd=self.project.build)

    def ctest(self, *arguments):
        done = self.project.winnow("ctest", "--test-dir", self.project.build, *arguments)
        self.said = done.stderr
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        return done.stdout

    def listed(self):
        return re.findall(r"Test +#\d+: (.*)", self.ctest("-N"))

    def test_each_matching_line_is_a_test(self):
        self.make()
        self.assertEqual(CASES, self.listed())
        self.assertIn("100% tests passed, 0 tests failed out of 5", self.ctest())
        said = self.ctest("-V", "-R", "two")
        self.assertIn("argument <--run=[two];x>\n", re.sub(r"^\d+: ", "", said, flags=re.M))
        self.assertIn("argument <>\n", re.sub(r"^\d+: ", "", said, flags=re.M))
        self.assertIn("argument <a;b>\n", re.sub(r"^\d+: ", "", said, flags=re.M))

    def test_properties_come_from_the_line(self):
        self.make()
        self.assertEqual(["case.one"], re.findall(r"#\d+: (.*)", self.ctest("-N", "-L", "fast")))
        self.assertEqual(["case.[two];x"], re.findall(r"#\d+: (.*)", self.ctest("-N", "-L", "^gpu$")))
        shown = {test["name"]: {each["name"]: each["value"] for each in test["properties"]}
                 for test in json.loads(self.ctest("--show-only=json-v1"))["tests"]}  # fmt: skip
        self.assertEqual(20.0, shown["case.three"]["TIMEOUT"])
        self.assertNotIn("LABELS", shown["case.three"])  # the group matched nothing

    def test_values_can_be_shown_as_they_stand_in_the_files(self):
        self.make()
        tests = json.loads(self.ctest("--show-only=json-v1-raw", "-R", "two"))["tests"]
        shown = {each["name"]: each["value"] for each in tests[0]["properties"]}
        self.assertEqual({"LABELS": "slow;gpu", "TIMEOUT": "20", "WORKING_DIRECTORY": str(self.project.build)}, shown)

    def test_what_is_not_built_stands_for_its_tests(self):
        self.assertEqual(["lister_NOT_BUILT", "alone"], self.listed())
        done = self.project.winnow("run", "--no-daemon", "--all", "--build")
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertEqual(CASES, self.listed())

    def test_a_change_of_the_program_selects_what_it_lists(self):
        self.make()
        done = self.project.winnow("graph", "record")
        self.assertEqual(0, done.returncode, done.stderr)
        self.project.write("cases.h", FILES["cases.h"].replace("one", "uno"))
        affected = {test["name"] for test in self.project.document("affected", "--from", "base")["tests"]}
        self.assertEqual(set(CASES) - {"alone"}, affected)

    def test_a_program_that_cannot_list_is_an_error(self):
        self.project.write("cases.h", FILES["cases.h"].replace("BROKEN 0", "BROKEN 3"))
        self.make()
        done = self.project.winnow("ctest", "--test-dir", self.project.build, "-N")
        self.assertNotEqual(0, done.returncode)
        self.assertIn("discover_tests failed to run command", done.stderr)


if __name__ == "__main__":
    unittest.main()
