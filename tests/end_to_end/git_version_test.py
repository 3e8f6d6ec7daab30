#!/usr/bin/env python3
"""What configuring asks git about HEAD ends up in binaries: each commit changes them, though no file of CMake changed."""

import unittest

from small_project import SmallProject

FILES = {
    "CMakeLists.txt": """
cmake_minimum_required(VERSION 3.20)
project(Versioned LANGUAGES C)
enable_testing()
find_package(Git REQUIRED)
execute_process(COMMAND ${GIT_EXECUTABLE} rev-parse HEAD WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
  OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE)
foreach(name about text url)
  add_executable(${name} ${name}.c)
  add_test(NAME ${name} COMMAND ${name})
endforeach()
target_compile_definitions(about PRIVATE "COMMIT=\\"${commit}\\"")
""",
    "about.c": "int main(void) { return COMMIT[0] == 0; }\n",
    "text.c": "int main(void) { return 0; }\n",
    "url.c": "int main(void) { return 0; }\n",
}


class GitVersion(unittest.TestCase):
    def setUp(self):
        self.project = SmallProject(FILES)
        self.addCleanup(self.project.remove)
        self.project.configure()
        self.project.make()

    def affected(self, *arguments):
        selection = self.project.document("affected", *arguments)
        self.assertIsNone(selection["fallback"])
        return {test["name"]: test["reasons"][0]["kind"] for test in selection["tests"]}

    def commit_an_edit(self, number=1):
        self.project.write("text.c", f"int main(void) {{ return {number} - {number}; }}\n")
        self.project.commit()

    def test_another_commit_selects_what_holds_it_and_no_more(self):
        for number in (1, 2):
            with self.subTest(number):
                if number == 1:  # else the query before has left one
                    self.project.winnow("graph", "record")
                self.commit_an_edit(number)
                self.assertEqual({"about": "changed_command", "text": "changed_file"},
                                 self.affected("--from", "HEAD~1"))

    def test_a_tree_configured_at_this_commit_is_left_alone(self):
        self.commit_an_edit()
        self.project.configure()
        self.project.winnow("graph", "record")
        self.project.write("url.c", "int main(void) { return 2 - 2; }\n")
        told = self.project.winnow("affected", "--from", "HEAD")
        self.assertNotIn("configuring", told.stderr)
        self.assertIn("1 of 3 tests affected", told.stdout)

    def test_without_configuring_everything_is_selected(self):
        self.project.winnow("graph", "record")
        self.commit_an_edit()
        selection = self.project.document("affected", "--from", "HEAD~1", "--no-configure")
        self.assertEqual("cmake_input_changed", selection["fallback"]["cause"])


if __name__ == "__main__":
    unittest.main()
