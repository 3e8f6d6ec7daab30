#!/usr/bin/env python3
"""What `winnow ctest` prints, with both streams in one file: the lines of ctest, in its order."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

WINNOW = pathlib.Path(shutil.which(os.environ.get("WINNOW", "winnow"))).resolve()
TROUBLE = """
add_test(good /bin/true)
add_test(bad /bin/echo hello)
set_tests_properties(bad PROPERTIES PASS_REGULAR_EXPRESSION nope)
add_test(no_program ./gone argument)
add_test(no_directory /bin/true)
set_tests_properties(no_directory PROPERTIES WORKING_DIRECTORY /nonexistent/directory)
add_test(no_file /bin/true)
set_tests_properties(no_file PROPERTIES REQUIRED_FILES /nonexistent/file)
add_test(setup /bin/false)
set_tests_properties(setup PROPERTIES FIXTURES_SETUP fixture)
add_test(user /bin/true)
set_tests_properties(user PROPERTIES FIXTURES_REQUIRED fixture)
add_test(not_available NOT_AVAILABLE)
add_test(off /bin/true)
set_tests_properties(off PROPERTIES DISABLED TRUE WORKING_DIRECTORY /nonexistent/directory)
"""
SUBPROJECTS = """
add_test(a /bin/true)
set_tests_properties(a PROPERTIES LABELS "Alpha;other")
add_test(b /bin/sleep 0.3)
set_tests_properties(b PROPERTIES LABELS "Beta with a name;Alpha" PROCESSORS 3)
add_test(c /bin/true)
set_tests_properties(c PROPERTIES LABELS "more;Gamma")
"""
PRESETS = """{"version": 3,
 "configurePresets": [{"name": "c", "binaryDir": "${sourceDir}"}],
 "testPresets": [{"name": "t", "configurePreset": "c"}]}
"""


def timeless(text):
    """Without what two runs do not share."""
    text = re.sub(r" +\d+\.\d+ sec", " T sec", text)
    return re.sub(r"[A-Z][a-z]{2} \d\d \d\d:\d\d \S+", "NOW", text)


class LinesOfCTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="winnow-lines-"))
        self.addCleanup(shutil.rmtree, self.root, ignore_errors=True)
        (self.root / "run").mkdir(mode=0o700)
        self.environment = dict(os.environ, XDG_STATE_HOME=str(self.root / "state"),
                                XDG_RUNTIME_DIR=str(self.root / "run"), WINNOW_DAEMON="0")
        self.files = {}

    def lines_of(self, *command):
        """Everything the command prints, its exit code and the log, in a tree nothing has run in."""
        tree = self.root / "tree"
        shutil.rmtree(tree, ignore_errors=True)
        tree.mkdir()
        for name, text in self.files.items():
            (tree / name).write_text(text)
        with open(self.root / "lines", "w") as lines:
            done = subprocess.run([str(word) for word in command], cwd=tree, env=self.environment, stdout=lines,
                                  stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, timeout=120)
        log = tree / "Testing/Temporary/LastTest.log"
        text = f"{(self.root / 'lines').read_text()}exit code {done.returncode}\n"
        return timeless(text + (log.read_text() if log.exists() else "no log\n"))

    def expect_the_same(self, *arguments):
        real = self.lines_of("ctest", *arguments)
        self.assertEqual(real, self.lines_of(WINNOW, "ctest", "--strict-ctest", *arguments), arguments)
        return real

    def test_complaints_stand_where_ctest_has_them(self):
        self.files = {"CTestTestfile.cmake": TROUBLE}
        real = self.expect_the_same()
        self.assertIn("Start 5: no_file\nUnable to find required file", real)
        for arguments in (["-V"], ["--output-on-failure"], ["-C", "Debug"], ["-R", "no_program"],
                          ["-R", "user"], ["--repeat", "until-pass:2"], ["--progress"]):
            self.expect_the_same(*arguments)

    def test_so_does_what_is_said_where_nothing_runs(self):
        self.files = {"CTestTestfile.cmake": TROUBLE, "CMakePresets.json": PRESETS}
        for arguments in (["-N"], ["-R", "nobody"], ["-R", "nobody", "--no-tests=error"], ["--preset", "nobody"]):
            self.expect_the_same(*arguments)

    def test_the_log_of_a_listing_says_which_programs_are_missing(self):
        (self.root / "CTestTestfile.cmake").write_text(TROUBLE)
        for listing in ("--show-only=json-v1", "-N"):
            logs = []
            for program in (["ctest"], [WINNOW, "ctest"]):
                log = self.root / "log"
                subprocess.run([*program, listing, "-O", log], cwd=self.root, env=self.environment, check=True,
                               capture_output=True)
                # ctest marks kinds of lines there, and begins with an empty one.
                logs.append([line for line in log.read_text().splitlines() if line and "HANDLER" not in line])
            self.assertIn("Could not find executable ./gone", logs[0])
            self.assertEqual(logs[0], logs[1])

    def test_so_do_the_words_of_commands_around_the_tests(self):
        says = 'sh -c "echo out\\; echo err >&2"'.replace('"', '\\"')
        self.files = {"CTestTestfile.cmake": TROUBLE,
                      "CTestCustom.cmake": f'set(CTEST_CUSTOM_PRE_TEST "{says}")\n'
                                           "set(CTEST_CUSTOM_POST_TEST /bin/false)\n"}
        real = self.expect_the_same()
        self.assertIn("out\nerr\n", real)
        self.expect_the_same("-V")

    def test_subprojects_have_a_summary_of_their_own(self):
        self.files = {"CTestTestfile.cmake": SUBPROJECTS,
                      "DartConfiguration.tcl": "LabelsForSubprojects: Gamma;Alpha;Unused;Beta with a name\n"}
        real = self.expect_the_same()
        self.assertIn("\nSubproject Time Summary:\nAlpha               = T sec*proc (2 tests)\n", real)
        self.assertIn("\nLabel Time Summary:\nmore     = T sec*proc (1 test)\n", real)
        for arguments in (["--no-subproject-summary"], ["--no-label-summary"],
                          ["--no-label-summary", "--no-subproject-summary"], ["-R", "a"]):
            self.expect_the_same(*arguments)

    def test_what_ctest_does_not_ask_names_no_subproject(self):
        self.files = {"CTestTestfile.cmake": SUBPROJECTS,
                      "CTestCustom.cmake": "set(CTEST_LABELS_FOR_SUBPROJECTS Alpha)\n"}
        self.assertNotIn("Subproject Time Summary", self.expect_the_same())


if __name__ == "__main__":
    version = subprocess.run(["ctest", "--version"], capture_output=True, text=True).stdout
    if not version.startswith("ctest version 3.25."):
        print(f"needs ctest 3.25, whose lines these are; here is {version.splitlines()[:1]}")
        sys.exit(77)
    unittest.main()
