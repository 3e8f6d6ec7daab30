#!/usr/bin/env python3
"""Data that the build or configuring puts into the build tree: tests that find it there are selected and get it anew."""

import os
import time
import unittest

from small_project import SmallProject

# Each test fails once the copy beside its program says so; nothing tells which copy it reads.
READER = """
#include <stdio.h>
#include <string.h>
int main(void)
{
  char text[64] = "";
  FILE* file = fopen(COPY, "r");
  if (!file || !fgets(text, sizeof text, file)) { return 2; }
  return strncmp(text, "bad", 3) == 0;
}
"""
WAYS = {
    "command": """
add_custom_command(OUTPUT command.txt DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/command.txt
  COMMAND ${CMAKE_COMMAND} -E copy ${CMAKE_CURRENT_SOURCE_DIR}/command.txt command.txt)
add_custom_target(stage_command ALL DEPENDS command.txt)
""",
    "target": """
add_custom_target(stage_target ALL
  COMMAND ${CMAKE_COMMAND} -E copy ${CMAKE_CURRENT_SOURCE_DIR}/target.txt target.txt)
""",
    "configured": "configure_file(configured.txt configured.txt COPYONLY)\n",
    "copied": "file(COPY copied.txt DESTINATION ${CMAKE_CURRENT_BINARY_DIR})\n",
    "filled": "configure_file(filled.txt.in filled.txt)\n",
}
PART = """
add_executable({way}_reader ../reader.c)
target_compile_definitions({way}_reader PRIVATE COPY="{way}.txt")
add_test(NAME {way} COMMAND {way}_reader)
"""
FILES = {
    "CMakeLists.txt": """
cmake_minimum_required(VERSION 3.20)
project(Staged LANGUAGES C)
enable_testing()
foreach(way command target configured copied filled)
  add_subdirectory(${way})
endforeach()
add_custom_target(on_request COMMAND ${CMAKE_COMMAND} -E copy ${CMAKE_SOURCE_DIR}/command/manual.txt manual.txt)
""",
    "reader.c": READER,
    "command/manual.txt": "1\n",
}
for way, rule in WAYS.items():
    FILES[f"{way}/CMakeLists.txt"] = rule + PART.format(way=way)
    FILES[f"{way}/{way}.txt" + (".in" if way == "filled" else "")] = "good\n"


class Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.project = SmallProject(FILES)
        cls.addClassCleanup(cls.project.remove)
        for name in FILES:  # file(COPY) takes times that differ by less than a second for the same
            os.utime(cls.project.source / name, (time.time() - 60, time.time() - 60))
        cls.project.configure()
        cls.project.make()
        cls.project.winnow("graph", "record")
        cls.project.keep()

    def setUp(self):
        self.addCleanup(self.project.restore)

    def edit(self, way, text="bad\n"):
        self.project.write(f"{way}/{way}.txt" + (".in" if way == "filled" else ""), text)

    def affected(self, *arguments):
        selection = self.project.document("affected", *arguments)
        self.assertIsNone(selection["fallback"])
        return {test["name"]: test["reasons"][0].get("rule") for test in selection["tests"]}


class Selected(Case):
    def test_an_edit_selects_the_tests_of_the_part(self):
        for way in WAYS:
            with self.subTest(way):
                self.edit(way)
                self.assertEqual({way: "staged_files"}, self.affected())
                self.project.restore()

    def test_what_is_copied_on_request_only_selects_nothing(self):
        self.project.write("command/manual.txt", "2\n")
        self.assertEqual({}, self.affected())

    def since_last_green(self):
        return set(self.affected("--since-last-green"))

    def run_tests(self, *arguments):
        done = self.project.winnow("run", *arguments)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)

    def test_a_pass_counts_once_the_copy_is_up_to_date(self):
        self.run_tests("--all", "--build")
        self.assertEqual(set(), self.since_last_green())
        self.edit("target", "good\nand more\n")
        (self.project.build / "filled/filled_reader").unlink()
        self.project.make("filled_reader")  # something else
        self.project.make("-t", "recompact")  # the log is in no order from now on
        self.run_tests("--all")  # with the copy of before
        self.assertEqual({"target"}, self.since_last_green())
        self.run_tests("--since-last-green", "--build")
        self.assertEqual(set(), self.since_last_green())

    def test_a_copy_by_another_command_is_not_up_to_date(self):
        self.run_tests("--all", "--build")
        self.project.write("command/other.txt", "good as well\n")
        path = "command/CMakeLists.txt"
        self.project.write(path, FILES[path].replace("SOURCE_DIR}/command.txt", "SOURCE_DIR}/other.txt"))
        self.project.configure()
        self.project.make("command_reader")
        self.run_tests("--all")  # with the copy of before
        self.assertEqual({"command"}, self.since_last_green())
        self.run_tests("--since-last-green", "--build")
        self.assertEqual(set(), self.since_last_green())

    def test_a_copy_by_a_command_in_between_is_not_up_to_date(self):
        self.run_tests("--all", "--build")
        path = "command/CMakeLists.txt"
        self.edit("command")
        self.project.write("command/other.txt", "good as well\n")
        self.project.write(path, FILES[path].replace("SOURCE_DIR}/command.txt", "SOURCE_DIR}/other.txt"))
        self.project.configure()
        self.project.make()
        self.project.write("command/other.txt", None)
        self.project.write(path, FILES[path])
        self.project.configure()
        self.run_tests("--all", "command/command")  # with the copy of the other file
        self.assertEqual({"command"}, self.since_last_green())

    def test_the_chain_ends_at_the_copy(self):
        self.edit("command")
        said = self.project.winnow("why", "command/command").stdout
        self.assertIn("command/command.txt is processed into build/command/command.txt; nobody is known to use that", said)
        listed = self.project.winnow("affected", "--explain").stdout
        self.assertIn("processed into build/command/command.txt\n    command/command", listed)

    def test_another_copy_of_a_file_that_configuring_fills_in_is_told_by_its_content(self):
        path = "filled/CMakeLists.txt"
        self.project.write(path, FILES[path].replace("filled.txt.in filled.txt", "filled.txt.in filled.txt COPYONLY"))
        self.assertEqual({}, self.affected())
        self.project.write("filled/filled.txt.in", "@CMAKE_PROJECT_NAME@\n")
        self.project.commit()
        self.project.winnow("graph", "record")
        self.project.write(path, FILES[path])
        self.assertEqual({"filled": "staged_files"}, self.affected())


class Rebuilt(Case):
    def test_the_copy_is_made_anew_before_its_test_runs(self):
        for way in WAYS:
            with self.subTest(way):
                self.edit(way)
                done = self.project.winnow("run", "--build")
                self.assertEqual(100, done.returncode, done.stdout + done.stderr)
                self.assertRegex(done.stdout, rf"(?i)fail.*\b{way}\b")
                self.project.restore()


if __name__ == "__main__":
    unittest.main()
