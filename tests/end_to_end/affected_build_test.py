#!/usr/bin/env python3
"""winnow build and run --build build what the affected tests need, and nothing else; a failed build runs no test."""

import unittest

from small_project import SmallProject

# `near` and `far` are a library with a test each; a script runs the tool beside them.
FILES = {
    "CMakeLists.txt": """
cmake_minimum_required(VERSION 3.24)
project(Small LANGUAGES C)
enable_testing()
foreach(name IN ITEMS near far)
  add_library(${name} STATIC ${name}.c)
  add_executable(${name}_test ${name}_test.c)
  target_link_libraries(${name}_test PRIVATE ${name})
  add_test(NAME ${name} COMMAND ${name}_test)
endforeach()
add_executable(tool tool.c)
add_test(NAME script COMMAND sh ${CMAKE_SOURCE_DIR}/script.sh $<TARGET_FILE:tool>)
add_executable(unused unused.c)
""",
    "near.c": "int near(void) { return 1; }\n",
    "far.c": "int far(void) { return 2; }\n",
    "near_test.c": "int near(void);\nint main(void) { return near() - 1; }\n",
    "far_test.c": "int far(void);\nint main(void) { return far() - 2; }\n",
    "tool.c": "int main(void) { return 0; }\n",
    "script.sh": "exec \"$1\"\n",
    "unused.c": "int main(void) { return 0; }\n",
}  # fmt: skip
BUILT = {"libnear.a", "libfar.a", "near_test", "far_test", "tool", "unused"}


class AffectedBuild(unittest.TestCase):
    def setUp(self):
        self.project = SmallProject(FILES)
        self.addCleanup(self.project.remove)
        self.addCleanup(self.project.winnow, "daemon", "stop")
        self.project.configure()

    def built(self):
        return {name for name in BUILT if (self.project.build / name).exists()}

    def assert_ends(self, code, done):
        self.assertEqual(code, done.returncode, done.stdout + done.stderr)
        return done.stdout

    def test_building_stops_at_what_affected_tests_need(self):
        self.project.write("near.c", "int near(void) { return 2 - 1; }\n")
        self.assert_ends(0, self.project.winnow("build", "--since", "main"))
        self.assertEqual({"libnear.a", "near_test"}, self.built())

    def test_the_program_that_a_script_runs_is_built(self):
        self.project.write("script.sh", "\"$1\"\n")
        self.assert_ends(0, self.project.winnow("build", "--since", "main"))
        self.assertEqual({"tool"}, self.built())

    def test_nothing_affected_needs_no_build(self):
        self.project.write("README.md", "# Small\n")
        out = self.assert_ends(0, self.project.winnow("build", "--since", "main"))
        self.assertEqual("Nothing to build: no affected test needs a target.\n", out)
        self.assertEqual(set(), self.built())

    def test_a_run_builds_and_runs_just_the_affected_tests(self):
        self.project.write("near.c", "int near(void) { return 2 - 1; }\n")
        out = self.assert_ends(0, self.project.winnow("run", "--build", "--since", "main"))
        self.assertEqual({"libnear.a", "near_test"}, self.built())
        self.assertRegex(out, r"(?m)^   PASS .* near$")
        self.assertRegex(out, r"(?m)^done in .*: 1 passed$")

    def test_a_run_judges_what_it_has_built_and_not_what_was_there(self):
        self.project.make()
        self.project.write("near.c", "int near(void) { return 7; }\n")
        out = self.assert_ends(100, self.project.winnow("run", "--build", "--since", "main"))
        self.assertRegex(out, r"(?m)^   FAIL .* near: exit code 6$")
        self.assertRegex(out, r"(?m)^done in .*: 1 failed$")

    def test_a_failed_build_is_told_and_runs_no_test(self):
        self.project.make()
        self.project.write("near.c", "int near(void) { return no_such_name; }\n")
        for command in (["build"], ["run", "--build"]):
            with self.subTest(command):
                done = self.project.winnow(*command, "--since", "main")
                self.assert_ends(96, done)
                self.assertIn("no_such_name", done.stdout + done.stderr)
        self.assertEqual([], self.project.document("status")["runs"])

    def test_a_fault_elsewhere_does_not_matter(self):
        """Neither in a target that no affected test needs, nor for a test that is not affected."""
        self.project.write("far.c", "this is no C\n")
        self.project.commit()
        self.project.write("near.c", "int near(void) { return 2 - 1; }\n")
        self.assert_ends(0, self.project.winnow("run", "--build", "--since", "main"))


if __name__ == "__main__":
    unittest.main()
