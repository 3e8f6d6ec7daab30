#!/usr/bin/env python3
"""`winnow ctest --out-of-date`: what passed and has not changed since is left out, and nothing else."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

WINNOW = pathlib.Path(shutil.which(os.environ.get("WINNOW", "winnow"))).resolve()

PROJECT = """cmake_minimum_required(VERSION 3.20)
project(Dated LANGUAGES C)
enable_testing()
add_library(value SHARED value.c)
add_executable(program program.c)
target_link_libraries(program PRIVATE value)
add_executable(other other.c)
add_test(NAME first COMMAND other)
add_test(NAME linked COMMAND program)
add_test(NAME script COMMAND sh ${CMAKE_SOURCE_DIR}/scripts/main.sh ${CMAKE_SOURCE_DIR}/data.txt)
add_test(NAME needy COMMAND other)
set_tests_properties(needy PROPERTIES REQUIRED_FILES ${CMAKE_SOURCE_DIR}/needed.txt)
add_test(NAME depending COMMAND true)
set_tests_properties(depending PROPERTIES _CMAKE_TEST_BUILD_DEPENDS "${CMAKE_SOURCE_DIR}/prepared.txt")
add_test(NAME setup COMMAND sh ${CMAKE_SOURCE_DIR}/setup/setup.sh)
set_tests_properties(setup PROPERTIES FIXTURES_SETUP F)
add_test(NAME user COMMAND other)
set_tests_properties(user PROPERTIES FIXTURES_REQUIRED F)
add_test(NAME optional COMMAND sh -c "test ! -e ${CMAKE_SOURCE_DIR}/skip || exit 7")
set_tests_properties(optional PROPERTIES SKIP_RETURN_CODE 7)
add_executable(reader reader.c)
target_compile_definitions(reader PRIVATE DIRECTORY="${CMAKE_SOURCE_DIR}/texts")
add_test(NAME reading COMMAND reader)
"""

FILES = {
    "CMakeLists.txt": PROJECT,
    "value.c": "int value(void) { return 0; }\n",
    "program.c": "int value(void);\nint main(void) { return value(); }\n",
    "other.c": "int main(void) { return 0; }\n",
    "scripts/main.sh": '. "$(dirname "$0")/more.sh"\ncat "$1"\n',
    "scripts/more.sh": "true\n",
    "setup/setup.sh": "true\n",
    "data.txt": "data\n",
    "reader.c": """#include <assert.h>
#include <stdio.h>
int main(void) { FILE *file = fopen(DIRECTORY "/text.txt", "r"); assert(file); return file == 0; }
""",
    "texts/text.txt": "text\n",
    "needed.txt": "needed\n",
    "prepared.txt": "prepared\n",
}

ALL = ["first", "linked", "script", "needy", "depending", "setup", "user", "optional", "reading"]

# A script may run any program; "user" needs one to have run.
SCRIPTS = ["script", "setup", "user", "optional"]


class OutOfDate(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="winnow-dated-")).resolve()
        self.addCleanup(shutil.rmtree, self.root, ignore_errors=True)
        (self.root / "run").mkdir(mode=0o700)
        self.build = self.root / "build"
        for name, text in FILES.items():
            self.write(name, text)
        self.make()
        self.state = self.build / ".winnow/ctest-passed"

    def write(self, name, text):
        path = self.root / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def make(self):
        for command in (["cmake", "-G", "Ninja", "-S", self.root / "source", "-B", self.build],
                        ["cmake", "--build", self.build]):  # fmt: skip
            subprocess.run(command, check=True, capture_output=True)

    def ctest(self, *arguments, program=(WINNOW, "ctest")):
        environment = dict(os.environ, XDG_STATE_HOME=str(self.root / "state"), XDG_RUNTIME_DIR=str(self.root / "run"),
                           WINNOW_DAEMON="0")  # fmt: skip
        return subprocess.run([str(word) for word in (*program, *arguments)], cwd=self.build, env=environment,
                              capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL)  # fmt: skip

    def listed(self, *arguments):
        """What would run, as name: number."""
        done = self.ctest("-N", "--out-of-date", *arguments)
        self.assertEqual(0, done.returncode, done.stderr)
        return {name: int(number) for number, name in re.findall(r"Test +#(\d+): (\S+)", done.stdout)}

    def out_of_date(self, *arguments):
        return list(self.listed(*arguments))

    def pass_all(self):
        done = self.ctest("--out-of-date")
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertEqual([], self.out_of_date())

    def test_passes_are_remembered_from_the_first_run_that_asks_for_them_on(self):
        self.assertEqual(0, self.ctest().returncode)
        self.assertFalse(self.state.exists())
        self.assertEqual(ALL, self.out_of_date())
        self.assertEqual(0, self.ctest("--out-of-date", "-R", "^first$").returncode)
        self.assertEqual(0, self.ctest("-R", "^linked$").returncode)
        self.assertEqual([name for name in ALL if name not in ("first", "linked")], self.out_of_date())

    def test_what_never_passed_is_out_of_date_and_what_passed_is_not(self):
        self.assertEqual(ALL, self.out_of_date())
        self.assertEqual(0, self.ctest("--out-of-date", "-R", "^first$").returncode)
        self.assertEqual(ALL[1:], self.out_of_date())
        self.pass_all()
        nothing = self.ctest("--out-of-date")
        self.assertEqual(0, nothing.returncode)
        self.assertIn("No tests were found!!!", nothing.stdout + nothing.stderr)
        self.assertEqual(self.ctest("-N").stdout, self.ctest("-N", program=("ctest",)).stdout)

    def test_numbers_stay_and_so_does_what_rerun_failed_means(self):
        self.pass_all()
        self.write("needed.txt", "other\n")
        self.write("prepared.txt", "other\n")
        self.assertEqual({"needy": 4, "depending": 5}, self.listed())
        self.write("value.c", "int value(void) { return 1; }\n")
        self.make()
        self.assertEqual({"linked": 2}, self.listed("-E", "script|setup|user|needy|depending|optional|reading"))
        self.assertEqual(8, self.ctest("--out-of-date").returncode)
        self.assertIn("Test #2: linked", self.ctest("-N", "--rerun-failed").stdout)
        self.assertEqual({"linked": 2}, self.listed("--rerun-failed"))
        self.assertEqual({"linked": 2}, self.listed())

    def test_a_failure_stays_out_of_date_until_it_passes(self):
        self.pass_all()
        main = self.root / "source/scripts/main.sh"
        main.write_text(FILES["scripts/main.sh"] + "false\n")
        for _ in range(2):
            self.assertEqual(8, self.ctest("--out-of-date").returncode)
            self.assertEqual(["script"], self.out_of_date())
        main.write_text(FILES["scripts/main.sh"])
        self.assertEqual(["script"], self.out_of_date())
        self.assertEqual(0, self.ctest("--out-of-date").returncode)
        self.assertEqual([], self.out_of_date())

    def test_a_failure_under_ctest_itself_counts_too(self):
        self.write("flaky.sh", "test ! -e $(dirname $0)/../fails\n")
        self.write("CMakeLists.txt", PROJECT + "add_test(NAME flaky COMMAND sh ${CMAKE_SOURCE_DIR}/flaky.sh)\n")
        self.make()
        self.pass_all()
        (self.root / "fails").touch()
        self.assertEqual(8, self.ctest(program=("ctest",)).returncode)
        (self.root / "fails").unlink()
        self.assertEqual(["flaky"], self.out_of_date())
        self.assertEqual(0, self.ctest("--out-of-date").returncode)
        self.assertEqual([], self.out_of_date())

    def test_what_a_test_depends_on(self):
        changes = {
            "value.c": ("int value(void) { static int x; return x; }\n", ["linked", *SCRIPTS]),
            "program.c": ("int value(void);\nint main(void) { return 2 * value(); }\n", ["linked", *SCRIPTS]),
            "other.c": ("int main(void) { static int x; return x; }\n", ["first", "needy", *SCRIPTS]),
            "texts/text.txt": ("other\n", ["reading"]),
            "scripts/more.sh": ("true true\n", ["script"]),
            "data.txt": ("other\n", ["script"]),
            "needed.txt": ("other\n", ["needy"]),
            "prepared.txt": ("other\n", ["depending"]),
            "setup/setup.sh": ("true true\n", ["setup", "user"]),
        }
        for name, (text, affected) in changes.items():
            with self.subTest(name):
                self.pass_all()
                self.write(name, text)
                self.make()
                self.assertEqual(sorted(affected, key=ALL.index), self.out_of_date())
                self.assertEqual(0, self.ctest("--out-of-date").returncode)
                self.assertEqual([], self.out_of_date())

    def test_the_same_bytes_again_change_nothing(self):
        self.pass_all()
        for name in ("data.txt", "needed.txt", "value.c", "other.c"):
            os.utime(self.root / "source" / name)
        before = (self.build / "program").stat().st_mtime_ns
        (self.build / "program").unlink()
        self.make()
        self.assertNotEqual(before, (self.build / "program").stat().st_mtime_ns)
        self.assertEqual([], self.out_of_date())
        # Neither do the same times with other bytes.
        data = self.root / "source/data.txt"
        status = data.stat()
        data.write_text("atad\n")
        os.utime(data, ns=(status.st_atime_ns, status.st_mtime_ns))
        self.assertEqual(["script"], self.out_of_date())

    def test_what_is_missing_keeps_a_test_in(self):
        for name, affected in (("needed.txt", ["needy"]), ("prepared.txt", ["depending"]), ("data.txt", ["script"])):
            with self.subTest(name):
                self.pass_all()
                (self.root / "source" / name).unlink()
                now = self.out_of_date()
                self.write(name, FILES[name])
                self.assertEqual(affected, now)
        self.pass_all()
        (self.build / "libvalue.so").unlink()
        self.assertEqual(["linked", *SCRIPTS], self.out_of_date())

    def test_another_command_or_property_is_another_test(self):
        self.pass_all()
        self.write("CMakeLists.txt", PROJECT.replace("NAME first COMMAND other", "NAME first COMMAND other x")
                   + "set_tests_properties(linked PROPERTIES ENVIRONMENT A=1)\n"
                   + "set_tests_properties(needy PROPERTIES LABELS slow COST 3)\n")  # fmt: skip
        self.make()
        self.assertEqual(["first", "linked"], self.out_of_date())

    def test_a_skipped_test_has_not_passed(self):
        self.pass_all()
        self.write("skip", "")
        self.assertEqual(0, self.ctest("-R", "optional").returncode)
        self.assertEqual(["optional"], self.out_of_date())

    def test_fixtures_come_along_and_other_filters_count_first(self):
        self.pass_all()
        self.write("other.c", "int main(void) { static int x; return x; }\n")
        self.make()
        self.assertEqual({"first": 1, "needy": 4, "setup": 6, "user": 7}, self.listed("-R", "first|linked|needy|user"))
        self.assertEqual({"setup": 6, "user": 7}, self.listed("-R", "^u"))
        self.assertEqual({"user": 7}, self.listed("-R", "^u", "-FA", "F"))
        self.assertEqual({"needy": 4}, self.listed("-I", "4,5"))
        self.assertEqual({"setup": 6, "user": 7}, self.listed("-R", "user|linked", "--strict-ctest"))

    def test_damage_is_said_and_leaves_nothing_out(self):
        self.pass_all()
        sound = self.state.read_bytes()
        for damaged in (b"", b"x", sound[:-40], sound.replace(b"linked", b"linkee"), b"\xff" + sound, sound + b"x",
                        sound.replace(b"ctest-passed 1", b"ctest-passed 2")):  # fmt: skip
            self.state.write_bytes(damaged)
            done = self.ctest("-N", "--out-of-date")
            self.assertEqual(0, done.returncode)
            self.assertRegex(done.stderr, r"^winnow: \S*ctest-passed (is damaged|is not what .*); every test is out of date\n$")
            self.assertIn(f"Total Tests: {len(ALL)}", done.stdout)
        self.pass_all()
        self.state.unlink()
        self.state.mkdir()
        self.assertIn("cannot be read", self.ctest("-N", "--out-of-date").stderr)
        done = self.ctest("--out-of-date")
        self.assertEqual(0, done.returncode)
        self.assertIn("--out-of-date will not know of this run", done.stderr)

    def test_a_program_that_changes_while_its_test_runs_has_not_passed(self):
        self.write("CMakeLists.txt", PROJECT + "add_test(NAME writer COMMAND sh -c \"echo x >> ${CMAKE_SOURCE_DIR}/data.txt\")\n")
        self.make()
        self.assertEqual(0, self.ctest("--out-of-date").returncode)
        self.assertEqual(["script", "writer"], self.out_of_date())


if __name__ == "__main__":
    unittest.main()
