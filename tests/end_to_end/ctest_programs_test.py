#!/usr/bin/env python3
"""Build trees that are programs themselves (CTestCustom.cmake, test files in CMake code, several configurations):
`winnow ctest` does with them what ctest does, and without ctest being there."""

import html
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

WINNOW = pathlib.Path(shutil.which(os.environ.get("WINNOW", "winnow"))).resolve()
FILES = ["LastTest.log", "LastTestsFailed.log", "LastTestsDisabled.log"]

# Odd characters in every place that has to keep them, and each kind of command.
PROGRAM = r"""
set(words "a;b" [[c]d]] "e f")
foreach(word IN LISTS words)
  string(LENGTH "${word}" length)
  add_test("of ${word}" /bin/echo "${word}" "" [==[]]=]]==] "\\;\"$" "two
lines" "${length}" "[")
  set_tests_properties("of ${word}" PROPERTIES ENVIRONMENT "A=${word};B=[" LABELS "l${length}")
endforeach()
file(GLOB cases ${CMAKE_CURRENT_LIST_DIR}/cases/*.txt)
foreach(case ${cases})
  get_filename_component(name ${case} NAME_WE)
  add_test(case.${name} /bin/cat ${case})
endforeach()
execute_process(COMMAND pwd OUTPUT_VARIABLE here OUTPUT_STRIP_TRAILING_WHITESPACE)
execute_process(COMMAND /bin/sh -c "echo told; echo complained >&2")
message("a message")
message(STATUS "nobody sees")
function(add_more name)
  add_test(${name} /bin/echo "${here}" "${CTEST_CONFIGURATION_TYPE}" "${CMAKE_COMMAND}" "$ENV{SEEN}")
endfunction()
add_more(first.more)
set_tests_properties("of e f" first.more PROPERTIES FIXTURES_REQUIRED f)
set_directory_properties(PROPERTIES LABELS all)
"""


def plain_json(text):
    """JSON on lines of its own, among others, without its layout."""
    begin = re.search(r"^\{", text, re.MULTILINE)
    if not begin:
        return text
    document, end = json.JSONDecoder().raw_decode(text, begin.start())
    return text[:begin.start()] + json.dumps(document, sort_keys=True) + "\n" + text[end:].removeprefix("\n")


def without_times(text):
    text = re.sub(r" *\d+\.\d\d sec", " T sec", text)
    text = re.sub(r"Call Stack \(most recent call first\):\n(?:  .*\n)+\n", "", text)
    text = re.sub(r"^CMake (Error|Warning) at \S*/", r"CMake \1 at ", text, flags=re.MULTILINE)
    text = re.sub(r"\w{3} \d\d \d\d:\d\d \w+$", "DATE", text, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", text)


class InCTestsPlace(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="winnow-programs-")).resolve()
        self.addCleanup(shutil.rmtree, self.root, ignore_errors=True)
        self.tree = self.root / "tree"
        self.tree.mkdir()
        (self.root / "run").mkdir(mode=0o700)
        self.environment = dict(os.environ, XDG_STATE_HOME=str(self.root / "state"),
                                XDG_RUNTIME_DIR=str(self.root / "run"), WINNOW_DAEMON="0", SEEN="seen")  # fmt: skip
        for name in ("CMAKE_CONFIG_TYPE", "CTEST_INTERACTIVE_DEBUG_MODE", "CTEST_OUTPUT_ON_FAILURE"):
            self.environment.pop(name, None)

    def write(self, name, text):
        path = self.tree / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def run_in_tree(self, *command, cwd=None):
        """The exit code, the two streams and the files that are left, but for what is never the same twice."""
        shutil.rmtree(self.tree / "Testing", ignore_errors=True)
        done = subprocess.run([str(word) for word in command], cwd=cwd or self.tree, env=self.environment,
                              capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL)  # fmt: skip
        left = {}
        for name in FILES:
            path = self.tree / "Testing" / "Temporary" / name
            left[name] = without_times(path.read_text()) if path.exists() else None
        return done.returncode, plain_json(without_times(done.stdout)), without_times(done.stderr), left

    def check_same(self, *arguments, cwd=None, files=True, errors=True):
        theirs = list(self.run_in_tree("ctest", *arguments, cwd=cwd))
        ours = list(self.run_in_tree(WINNOW, "ctest", *arguments, "--strict-ctest", cwd=cwd))
        for result in (theirs, ours):
            if not files:
                result[3] = None
            if not errors:
                result[2] = None
        self.maxDiff = None
        for part in range(4):
            self.assertEqual(theirs[part], ours[part])
        return theirs

    def check_without_ctest(self, *arguments):
        expected = self.run_in_tree("ctest", *arguments)[:3]
        programs = self.root / "bin"
        programs.mkdir(exist_ok=True)
        for name in ("cmake", "echo", "env", "false", "printenv", "pwd", "sh", "true"):
            (programs / name).unlink(missing_ok=True)
            (programs / name).symlink_to(shutil.which(name))
        path, self.environment["PATH"] = self.environment["PATH"], str(programs)
        ours = self.run_in_tree(WINNOW, "ctest", *arguments, "--strict-ctest")[:3]
        self.environment["PATH"] = path
        self.assertEqual(expected, ours)

    def check_all(self, *arguments):
        self.check_without_ctest(*arguments)
        for mode in ([], ["-N"], ["-N", "-V"], ["-V"], ["-Q"], ["--show-only=json-v1"], ["--print-labels"]):
            with self.subTest(mode=mode):
                self.check_same(*arguments, *mode)


class CTestCustom(InCTestsPlace):
    def setUp(self):
        super().setUp()
        self.write("CTestTestfile.cmake", "add_test(good /bin/echo out)\nadd_test(bad /bin/false)\n"
                                          "add_test(old /bin/false)\nsubdirs(sub)\n")
        self.write("sub/CTestTestfile.cmake", "add_test(old /bin/false)\nadd_test(env printenv SEEN)\n"
                                              "set_tests_properties(old env PROPERTIES LABELS x)\n")

    def test_of_a_plain_one(self):
        self.write("CTestCustom.cmake", """\
set(CTEST_CUSTOM_TESTS_IGNORE old nobody)
list(APPEND CTEST_CUSTOM_PRE_TEST "/bin/echo pre a\\\\ b 'c d' \\"e  f\\"" pwd "env -u X printenv SEEN")
set(CTEST_CUSTOM_POST_TEST "/bin/sh -c \\"echo post; echo to errors >&2\\"")
""")
        self.check_all()
        self.check_all("-R", "good")
        self.check_all("-R", "nothing")
        self.check_same("--test-dir", "tree", "-R", "good", cwd=self.root)

    def test_of_one_that_is_a_program(self):
        self.write("ignored", "old\n")
        self.write("CTestCustom.cmake", """\
file(STRINGS ${CMAKE_CURRENT_LIST_DIR}/ignored CTEST_CUSTOM_TESTS_IGNORE)
message("read")
string(TOUPPER "pre ]]" text)
set(CTEST_CUSTOM_PRE_TEST "/bin/echo '${text}' ${CMAKE_COMMAND}")
""")
        self.check_all("-R", "good|old")

    def test_of_the_old_name(self):
        self.write("CTestCustom.ctest", "list(APPEND CTEST_CUSTOM_TESTS_IGNORE good)\n")
        self.write("sub/CTestCustom.ctest", "list(APPEND CTEST_CUSTOM_TESTS_IGNORE old)\n")
        self.check_all()

    def test_a_command_that_fails_before_the_tests(self):
        for command in ("false", "/no/such program", "", "/bin/sh -c \\\"kill -9 $$\\\""):
            with self.subTest(command):
                self.write("CTestCustom.cmake", f'set(CTEST_CUSTOM_PRE_TEST true "{command} " "echo never")\n')
                self.check_all()
                self.check_same("--output-on-failure")
                self.assertFalse((self.tree / "Testing").exists())

    def test_a_command_that_fails_after_the_tests(self):
        self.write("CTestCustom.cmake", 'set(CTEST_CUSTOM_POST_TEST "echo post" false "echo never")\n')
        self.check_all("-R", "good")
        self.check_all()

    def test_one_that_is_wrong(self):
        for text in ("message(FATAL_ERROR stop)\n", "no_such_command()\n", "set(\n", "endif()\n",
                     "message(SEND_ERROR stop)\nset(CTEST_CUSTOM_TESTS_IGNORE good)\n"):
            with self.subTest(text):
                self.write("CTestCustom.cmake", text)
                self.assertEqual(8, self.check_same("-R", "good", errors=False)[0])
                complaint, ours = (self.run_in_tree(*program, "-R", "good")[2]
                                   for program in (["ctest"], [WINNOW, "ctest"]))  # fmt: skip
                for line in ("Problem reading custom configuration: ", "Errors while running CTest"):
                    self.assertIn(line, ours)
                    self.assertIn(line, complaint)
        self.write("CTestCustom.cmake", "set(CTEST_CUSTOM_TEST_OUTPUT_TRUNCATION nope)\n")
        self.check_all("-R", "good")


class TestFilesThatArePrograms(InCTestsPlace):
    def setUp(self):
        super().setUp()
        self.write("CTestTestfile.cmake", 'add_test(before /bin/true)\nset(known 1)\nsubdirs(sub)\n'
                                          'add_test(after /bin/true)\n'
                                          'set_tests_properties(first.more PROPERTIES COST 3)\n')
        self.write("sub/CTestTestfile.cmake", f'add_test(here /bin/echo "${{known}}")\n'
                                              f'include("{self.tree}/sub/more.cmake")\nset(known 2)\n'
                                              'subdirs(plain other)\n')
        self.write("sub/more.cmake", PROGRAM)
        for name in ("one", "two"):
            self.write(f"sub/cases/{name}.txt", name)
        self.write("sub/plain/CTestTestfile.cmake", 'add_test(plain /bin/echo "${known}" "${here}")\n')
        self.write("sub/other/CTestTestfile.cmake", "add_more(second.more)\nfile(GLOB files *)\n"
                                                    "add_test(files /bin/echo ${files})\n")

    def test_all_tests_are_listed_and_run_as_by_ctest(self):
        self.check_all()
        self.check_all("-R", "case", "-C", "Debug")

    def test_they_are_evaluated_anew_each_time(self):
        self.check_same("-N")
        self.write("sub/cases/three.txt", "three")
        self.assertIn("case.three", self.check_same("-N")[1])

    def test_one_that_is_wrong(self):
        for text in ("message(SEND_ERROR broken)\n", "message(FATAL_ERROR broken)\n", "no_such_command()\n",
                     "add_test(lonely)\n", "include(nowhere)\n"):
            with self.subTest(text):
                self.write("sub/more.cmake", text)
                self.assertEqual(8, self.check_same(errors=False, files=False)[0])
                self.assertEqual(8, self.check_same("-N", errors=False, files=False)[0])

    def test_one_that_is_the_file_of_the_tree(self):
        self.write("CTestTestfile.cmake", "macro(t name)\n  add_test(${name} /bin/true ${ARGN})\nendmacro()\n"
                                          't(a)\nt(b "x y")\nset_tests_properties(b PROPERTIES DEPENDS a)\n'
                                          "subdirs(sub/plain)\nadd_subdirectory(none)\n")
        self.check_all()


class SeveralConfigurations(InCTestsPlace):
    def setUp(self):
        super().setUp()
        source = self.root / "source"
        source.mkdir()
        (source / "main.c").write_text("int main(void) { return 0; }\n")
        (source / "CMakeLists.txt").write_text("""\
cmake_minimum_required(VERSION 3.20)
project(Several LANGUAGES C)
enable_testing()
add_executable(program main.c)
add_test(NAME all COMMAND program x)
add_test(NAME debug COMMAND program CONFIGURATIONS Debug)
add_test(NAME release COMMAND program CONFIGURATIONS Release)
add_test(old program)
add_test(NAME environment COMMAND printenv CMAKE_CONFIG_TYPE)
add_test(NAME setup COMMAND program)
add_test(NAME uses COMMAND program)
set_tests_properties(environment PROPERTIES PASS_REGULAR_EXPRESSION "Debug")
set_tests_properties(setup PROPERTIES FIXTURES_SETUP f)
set_tests_properties(uses PROPERTIES FIXTURES_REQUIRED f)
""")
        subprocess.run(["cmake", "-G", "Ninja Multi-Config", "-S", source, "-B", self.tree], check=True,
                       capture_output=True)  # fmt: skip
        subprocess.run(["cmake", "--build", self.tree, "--config", "Debug"], check=True, capture_output=True)
        self.write("CTestCustom.cmake", 'set(CTEST_CUSTOM_PRE_TEST "/bin/sh -c \\"echo type $CMAKE_CONFIG_TYPE\\"")\n')

    def test_each_configuration(self):
        for configuration in ([], ["-C", "Debug"], ["-C", "Release"], ["-C", "Other"], ["-C", ""]):
            with self.subTest(configuration=configuration):
                self.check_all(*configuration)

    def test_the_environment_names_none(self):
        self.environment["CMAKE_CONFIG_TYPE"] = "Debug"
        self.check_all()

    def test_junit_says_the_same(self):
        for configuration in ([], ["-C", "Other"]):
            documents = []
            for program in (["ctest"], [WINNOW, "ctest", "--strict-ctest"]):
                self.run_in_tree(*program, *configuration, "--output-junit", "junit.xml")
                document = html.unescape((self.tree / "junit.xml").read_text())
                documents.append(re.sub(r' time(stamp)?="[^"]*"', "", document))
            cases = [re.findall(r"<testcase .*?</testcase>", text, re.DOTALL) for text in documents]
            self.assertTrue(cases[0])
            self.assertEqual([re.sub(r"\s+", " ", case) for case in cases[0]],
                             [re.sub(r"\s+", " ", case) for case in cases[1]])


if __name__ == "__main__":
    if shutil.which("ctest") is None:
        raise SystemExit(77)
    unittest.main()
