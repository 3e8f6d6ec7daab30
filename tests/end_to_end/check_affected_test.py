#!/usr/bin/env python3
"""The build target check-affected, with Winnow as it is installed, builds and runs what a change affects."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from small_project import SmallProject

FILES = {
    "CMakeLists.txt": """
cmake_minimum_required(VERSION 3.24)
project(Small LANGUAGES C)
enable_testing()
find_package(Winnow REQUIRED)
winnow_enable()
foreach(name IN ITEMS near far)
  add_library(${name} STATIC ${name}.c)
  add_executable(${name}_test ${name}_test.c)
  target_link_libraries(${name}_test PRIVATE ${name})
  add_test(NAME ${name} COMMAND ${name}_test)
endforeach()
winnow_add_check_affected()
""",
    "near.h": "int near(void);\n",
    "near.c": '#include "near.h"\nint near(void) { return 1; }\n',
    "near_test.c": '#include "near.h"\nint main(void) { return near() - 1; }\n',
    "far.c": "int far(void) { return 2; }\n",
    "far_test.c": "int far(void);\nint main(void) { return far() - 2; }\n",
}  # fmt: skip


class CheckAffected(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.installed = pathlib.Path(tempfile.mkdtemp(prefix="winnow-installed-")).resolve()
        cls.addClassCleanup(shutil.rmtree, cls.installed)
        subprocess.run(["cmake", "--install", os.environ["WINNOW_BUILD"], "--prefix", cls.installed],
                       check=True, capture_output=True)

    def setUp(self):
        self.project = SmallProject(FILES)
        self.addCleanup(self.project.remove)
        self.addCleanup(subprocess.run, [self.installed / "bin" / "winnow", "daemon", "stop"],
                        env=self.project.environment, capture_output=True)
        self.project.configure(f"-DCMAKE_PREFIX_PATH={self.installed}")

    def ninja(self, *arguments):
        done = subprocess.run(["ninja", "-C", self.project.build, *arguments], env=self.project.environment,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              timeout=120)
        return done.returncode, done.stdout

    def check(self, *arguments):
        """Exit code, verdicts by name, and all that was printed."""
        code, out = self.ninja("check-affected", *arguments)
        return code, dict((name, word) for word, name in re.findall(r"^ *([A-Z]+) \[.*\) (\w+)", out, re.M)), out

    def has(self, name):
        return (self.project.build / name).exists()

    def assert_consistent(self):
        """Ninja's own records are whole: there is nothing to do, and an edited header is still noticed."""
        self.assertIn("no work to do", self.ninja()[1])
        for name in ("near.c", "near_test.c"):
            listed = self.ninja("-t", "deps", f"CMakeFiles/{name.removesuffix('.c')}.dir/{name}.o")[1]
            self.assertRegex(listed, r"#deps \d+.*VALID")
            self.assertIn("near.h", listed)
        self.assertNotIn("warning", self.ninja("-n")[1])

    def test_it_builds_and_runs_what_the_change_affects_and_nothing_else(self):
        self.project.write("near.c", '#include "near.h"\nint near(void) { return 2 - 1; }\n')
        code, verdicts, out = self.check()
        self.assertEqual((0, {"near": "PASS"}), (code, verdicts), out)
        self.assertEqual((True, False), (self.has("near_test"), self.has("far_test")))

    def test_its_command_is_the_installed_one(self):
        commands = self.ninja("-t", "commands", "check-affected")[1]
        for verb in ("build", "run"):
            self.assertIn(f"{self.installed}/bin/winnow {verb} -B {self.project.build}", commands)

    def test_it_fails_when_a_test_fails(self):
        self.project.write("near.c", '#include "near.h"\nint near(void) { return 5; }\n')
        code, verdicts, out = self.check()
        self.assertNotEqual(0, code)
        self.assertEqual({"near": "FAIL"}, verdicts, out)
        self.assertIn("near: exit code 4", out)

    def test_it_fails_when_the_build_fails_and_runs_nothing(self):
        self.project.write("near.c", "this is no C\n")
        code, verdicts, out = self.check()
        self.assertNotEqual(0, code)
        self.assertEqual({}, verdicts, out)

    def test_without_a_change_it_has_nothing_to_do(self):
        code, verdicts, out = self.check()
        self.assertEqual((0, {}), (code, verdicts), out)
        self.assertIn("no test to run: that is a pass", out)
        self.assertFalse(self.has("near_test"))

    def test_a_changed_cmake_file_is_configured_before(self):
        text = FILES["CMakeLists.txt"] + "add_test(NAME more COMMAND far_test)\n"
        self.project.write("CMakeLists.txt", text)
        code, verdicts, out = self.check()
        self.assertEqual((0, {"more": "PASS"}), (code, verdicts), out)

    def test_ninja_within_ninja_keeps_the_records_of_both(self):
        self.project.write("near.c", '#include "near.h"\nint near(void) { return 2 - 1; }\n')
        self.assertEqual(0, self.check()[0])
        self.ninja()
        self.assert_consistent()
        self.project.write("near.h", "int near(void); /* edited */\n")
        code, verdicts, out = self.check()
        self.assertEqual((0, {"near": "PASS"}), (code, verdicts), out)
        self.assert_consistent()


if __name__ == "__main__":
    unittest.main()
