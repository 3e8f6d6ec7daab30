#!/usr/bin/env python3
"""`winnow ctest` in ctest's place: reruns by name, what is left to ctest itself, and a link of that name."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

WINNOW = pathlib.Path(shutil.which(os.environ.get("WINNOW", "winnow"))).resolve()
TESTS = "add_test(good /bin/true)\nadd_test(bad /bin/false)\n"


class InCTestsPlace(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="winnow-ctest-"))
        self.addCleanup(shutil.rmtree, self.root, ignore_errors=True)
        self.tree = self.root / "tree"
        self.tree.mkdir()
        (self.root / "run").mkdir(mode=0o700)
        (self.root / "bin").mkdir()
        self.link = self.root / "bin" / "ctest"
        self.link.symlink_to(WINNOW)
        self.write(TESTS)

    def write(self, text):
        (self.tree / "CTestTestfile.cmake").write_text(text)

    def run_in_tree(self, *command, path=None):
        environment = dict(os.environ, XDG_STATE_HOME=str(self.root / "state"), XDG_RUNTIME_DIR=str(self.root / "run"),
                           WINNOW_DAEMON="0", PATH=path or os.environ["PATH"])  # fmt: skip
        return subprocess.run([str(word) for word in command], cwd=self.tree, env=environment, capture_output=True,
                              text=True, timeout=120, stdin=subprocess.DEVNULL)  # fmt: skip

    def ctest(self, *arguments, path=None):
        return self.run_in_tree(WINNOW, "ctest", *arguments, path=path)

    def test_what_failed_is_run_again_also_when_it_has_another_number(self):
        self.assertEqual(8, self.ctest().returncode)
        self.write("add_test(new /bin/true)\n" + TESTS)
        like_ctest = self.ctest("--rerun-failed", "-N", "--strict-ctest").stdout
        self.assertEqual(self.run_in_tree("ctest", "--rerun-failed", "-N").stdout, like_ctest)
        self.assertIn("Test #2: good", like_ctest)
        again = self.ctest("--rerun-failed")
        self.assertEqual(8, again.returncode, again.stdout)
        self.assertIn("Test #3: bad", again.stdout)
        self.assertNotIn("good", again.stdout)

    def test_scripts_and_dashboards_are_left_to_ctest(self):
        (self.tree / "script.cmake").write_text("message(told)\nset(CTEST_SOURCE_DIRECTORY .)\n")
        done = self.ctest("-V", "-S", "script.cmake")
        real = self.run_in_tree("ctest", "-V", "-S", "script.cmake")
        self.assertEqual((real.returncode, real.stdout, real.stderr), (done.returncode, done.stdout, done.stderr))
        self.assertIn("told", real.stdout + real.stderr)

    def test_nothing_but_that_needs_ctest(self):
        nowhere = str(self.root / "bin")  # has a ctest: this winnow
        self.assertEqual(8, self.ctest("-R", "bad", path=nowhere).returncode)
        refused = self.ctest("-T", "Test", path=nowhere)
        self.assertEqual(69, refused.returncode)
        self.assertIn("ctest itself, which is not in PATH", refused.stderr)

    def test_a_link_called_ctest_is_winnow_ctest(self):
        self.assertEqual(self.ctest("-N").stdout, self.run_in_tree(self.link, "-N").stdout)
        self.assertTrue(self.run_in_tree(self.link, "--version").stdout.startswith("ctest version 3.25.1\n"))

    def test_a_link_that_comes_first_in_path_is_not_taken_for_ctest(self):
        (self.tree / "script.cmake").write_text("message(told)\n")
        path = f"{self.root / 'bin'}:{os.environ['PATH']}"
        done = self.run_in_tree("ctest", "-V", "-S", "script.cmake", path=path)
        self.assertIn("told", done.stdout + done.stderr)

    def test_a_wrapper_that_leads_back_is_no_endless_chase(self):
        wrapper = self.root / "wrapper" / "ctest"
        wrapper.parent.mkdir()
        wrapper.write_text(f'#!/bin/sh\nexec {WINNOW} ctest "$@"\n')
        wrapper.chmod(0o755)
        refused = self.run_in_tree("ctest", "-T", "Test", path=f"{wrapper.parent}:{os.environ['PATH']}")
        self.assertEqual(69, refused.returncode)
        self.assertIn("leads back here", refused.stderr)

    def test_a_directory_called_ctest_is_none(self):
        (self.root / "directories" / "ctest").mkdir(parents=True)
        (self.tree / "script.cmake").write_text("message(told)\n")
        done = self.ctest("-V", "-S", "script.cmake", path=f"{self.root / 'directories'}:{os.environ['PATH']}")
        self.assertIn("told", done.stdout + done.stderr)

    def test_names_in_files_choose_tests(self):
        (self.tree / "names").write_text("bad\nnobody\n")
        self.assertIn("Total Tests: 1\n", self.ctest("-N", "--tests-from-file", "names").stdout)
        self.assertIn(": good\n", self.ctest("-N", "--exclude-from-file", "names").stdout)
        refused = self.ctest("-N", "--tests-from-file", "absent")
        self.assertEqual(2, refused.returncode)
        self.assertIn("cannot read the test names in", refused.stderr)


if __name__ == "__main__":
    unittest.main()
