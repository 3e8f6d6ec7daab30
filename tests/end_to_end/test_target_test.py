#!/usr/bin/env python3
"""winnow_enable(CTEST): a project's own target `test` runs Winnow, and what is ctest's own still reaches it."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

WINNOW = pathlib.Path(shutil.which(os.environ.get("WINNOW", "winnow"))).resolve()
MODULE = pathlib.Path(__file__).resolve().parents[2] / "cmake" / "Winnow.cmake"

PROJECT = """cmake_minimum_required(VERSION 3.24)
project(Replaced LANGUAGES NONE)
include(CTest)
include("${MODULE}")
add_test(NAME good COMMAND true)
add_test(NAME switched COMMAND sh -c "echo said; test ! -e \\"$0\\"" ${CMAKE_SOURCE_DIR}/fail)
winnow_enable(CTEST)
"""


class TestTarget(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="winnow-target-")).resolve()
        self.addCleanup(shutil.rmtree, self.root, ignore_errors=True)
        (self.root / "run").mkdir(mode=0o700)
        self.source = self.root / "source"
        self.source.mkdir()
        self.build = self.root / "build"
        self.environment = dict(os.environ, XDG_STATE_HOME=str(self.root / "state"),
                                XDG_RUNTIME_DIR=str(self.root / "run"), WINNOW_DAEMON="0")  # fmt: skip

    def run_command(self, *command, environment=None):
        done = subprocess.run([str(word) for word in command], env=environment or self.environment, text=True, timeout=120,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # fmt: skip
        return done.returncode, done.stdout

    def configure(self, project=PROJECT, *arguments):
        (self.source / "CMakeLists.txt").write_text(project)
        code, out = self.run_command("cmake", "-G", "Ninja", "-S", self.source, "-B", self.build, f"-DMODULE={MODULE}",
                                     f"-DWINNOW_EXECUTABLE={WINNOW}", *arguments)  # fmt: skip
        self.assertEqual(0, code, out)

    def build_target(self, target, **environment):
        return self.run_command("cmake", "--build", self.build, "--target", target,
                                environment=dict(self.environment, **environment))  # fmt: skip

    def remember_passes(self):
        """Winnow does, and keeps on doing so, when asked once for what is out of date."""
        code, out = self.run_command(WINNOW, "ctest", "--test-dir", self.build, "--out-of-date", "-I", "1,1")
        self.assertEqual(0, code, out)

    def passes_of_winnow(self):
        """In the last run."""
        path = self.build / ".winnow/ctest-passed"
        return sum(line.startswith("pass\t") for line in path.read_text().splitlines()) if path.exists() else None

    def test_it_runs_winnow_and_fails_with_a_test(self):
        self.configure()
        self.remember_passes()
        code, out = self.build_target("test")
        self.assertEqual(0, code, out)
        self.assertIn("100% tests passed, 0 tests failed out of 2", out)
        self.assertEqual(1, out.count("Test project"), out)
        self.assertNotIn("/dev/null", out)
        self.assertEqual(2, self.passes_of_winnow())
        (self.source / "fail").touch()
        code, out = self.build_target("test")
        self.assertNotEqual(0, code)
        self.assertIn("2 - switched (Failed)", out)
        self.assertEqual(1, self.passes_of_winnow())

    def test_the_arguments_of_the_project_count(self):
        self.configure(PROJECT, "-DCMAKE_CTEST_ARGUMENTS=--out-of-date;--output-on-failure")
        self.assertIn("out of 2", self.build_target("test")[1])
        self.assertIn("No tests were found!!!", self.build_target("test")[1])
        (self.source / "fail").touch()
        code, out = self.build_target("test")
        self.assertNotEqual(0, code)
        self.assertIn("said\n", out)
        self.assertIn("out of 1", out)

    def test_what_is_ctest_s_own_reaches_it(self):
        (self.root / "bin").mkdir()
        (self.root / "bin/ctest").symlink_to(WINNOW)
        for path in (os.environ["PATH"], f"{self.root / 'bin'}:{os.environ['PATH']}"):
            with self.subTest(path):
                self.configure()
                self.remember_passes()
                self.assertEqual(0, self.build_target("ExperimentalStart", PATH=path)[0])
                code, out = self.build_target("ExperimentalTest", PATH=path)
                self.assertEqual(0, code, out)
                self.assertEqual(1, self.passes_of_winnow())
                self.assertTrue(list(self.build.glob("Testing/2*/Test.xml")))
                self.configure(PROJECT, "-DCMAKE_CTEST_ARGUMENTS=-T;Start")
                code, out = self.build_target("test", PATH=path)
                self.assertEqual(0, code, out)
                self.assertIn("Site:", out)
                shutil.rmtree(self.build)

    def test_the_program_of_an_installed_package_is_found(self):
        prefix = self.root / "a prefix"
        subprocess.run(["cmake", "--install", os.environ["WINNOW_BUILD"], "--prefix", prefix], check=True,
                       capture_output=True)  # fmt: skip
        self.configure(PROJECT.replace('include("${MODULE}")', "find_package(Winnow REQUIRED)"),
                       f"-DCMAKE_PREFIX_PATH={prefix}", "-UWINNOW_EXECUTABLE")  # fmt: skip
        self.remember_passes()
        code, out = self.build_target("test")
        self.assertEqual(0, code, out)
        self.assertEqual(2, self.passes_of_winnow())
        (prefix / "bin/winnow").unlink()
        self.assertNotEqual(0, self.build_target("test")[0])
        code, out = self.run_command("cmake", self.build)
        self.assertNotEqual(0, code)
        self.assertIn("there is no program", " ".join(out.split()))

    def test_without_the_keyword_the_target_is_ctest_s_again(self):
        self.configure()
        self.configure(PROJECT.replace("winnow_enable(CTEST)", "winnow_enable()"))
        self.remember_passes()
        self.assertEqual(0, self.build_target("test")[0])
        self.assertEqual(1, self.passes_of_winnow())


if __name__ == "__main__":
    unittest.main()
