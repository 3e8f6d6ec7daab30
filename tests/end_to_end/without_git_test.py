#!/usr/bin/env python3
"""Sources outside of git: tests run, named files select, and only a change that git would tell is refused."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

WINNOW = os.environ.get("WINNOW", "winnow")

PROJECT = """
cmake_minimum_required(VERSION 3.24)
project(Unversioned LANGUAGES CXX)
enable_testing()
foreach(name IN ITEMS one other)
  add_executable(${name} ${name}.cpp)
  add_test(NAME ${name} COMMAND ${name})
endforeach()
"""


class WithoutGit(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="winnow-no-git-"))
        self.addCleanup(shutil.rmtree, self.root, ignore_errors=True)
        self.environment = dict(os.environ, XDG_STATE_HOME=str(self.root / "state"),
                                XDG_RUNTIME_DIR=str(self.root / "run"), WINNOW_DAEMON="0",
                                GIT_CEILING_DIRECTORIES=str(self.root.parent))
        (self.root / "run").mkdir(mode=0o700)
        (self.root / "CMakeLists.txt").write_text(PROJECT)
        for name in ("one", "other"):
            (self.root / f"{name}.cpp").write_text("int main() {}\n")
        self.build = self.root / "build"
        for command in (["cmake", "-G", "Ninja", "-S", self.root, "-B", self.build], ["ninja", "-C", self.build]):
            subprocess.run(command, check=True, capture_output=True)

    def winnow(self, *arguments):
        return subprocess.run([WINNOW, *arguments], cwd=self.root, env=self.environment,
                              capture_output=True, text=True, timeout=120)

    def test_all_tests_run(self):
        run = self.winnow("run", "--all")
        self.assertEqual(0, run.returncode, run.stderr)
        self.assertIn("2 passed", run.stdout)

    def test_named_files_select(self):
        affected = self.winnow("affected", "--files", "one.cpp", "--format", "names")
        self.assertEqual((0, "one\n"), (affected.returncode, affected.stdout), affected.stderr)

    def test_a_change_is_refused_with_the_way_out(self):
        affected = self.winnow("affected")
        self.assertEqual(2, affected.returncode)
        self.assertIn("is not in a git repository; name the changed files with --files", affected.stderr)


if __name__ == "__main__":
    unittest.main()
