#!/usr/bin/env python3
"""What a pass was made of, beside what git tracks and ninja compares: each hides a change if it is not told."""

import os
import shutil
import unittest

from small_project import SmallProject

PROGRAM = {
    "CMakeLists.txt": """
cmake_minimum_required(VERSION 3.24)
project(Programs LANGUAGES CXX)
enable_testing()
include(local.cmake OPTIONAL)
add_library(plug MODULE plug.cpp)
add_executable(host host.cpp)
target_link_libraries(host PRIVATE ${CMAKE_DL_LIBS})
add_executable(plain plain.cpp)
add_test(NAME host COMMAND host)
add_test(NAME plain COMMAND plain)
set_property(TEST plain PROPERTY LABELS closed)
""",
    ".gitignore": "/build/\n/local.*\n",
    "winnow.json": '{"selection": {"closed": {"labels": ["closed"]}}}\n',
    "plug.cpp": 'extern "C" int answer() { return 0; }\n',
    "host.cpp": """
#include <dlfcn.h>
int main()
{
  void* plug = dlopen("./libplug.so", RTLD_NOW);
  return reinterpret_cast<int (*)()>(dlsym(plug, "answer"))();
}
""",
    "plain.h": "enum { value = 0 };\n",
    "plain.cpp": """
#include "plain.h"
#if __has_include("local.h")
#include "local.h"
#endif
int main() { return value; }
""",
}


class GreenInputs(unittest.TestCase):
    def setUp(self):
        self.project = SmallProject(PROGRAM)
        self.addCleanup(self.project.remove)
        self.addCleanup(self.project.winnow, "daemon", "stop")
        self.project.configure()

    def run_tests(self, *arguments, code=0):
        done = self.project.winnow("run", *arguments)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def affected(self):
        selection = self.project.document("affected", "--since-last-green")
        return {test["name"]: test["reasons"][0]["kind"] for test in selection["tests"]}

    def test_a_cmake_file_that_git_ignores_is_an_input(self):
        self.project.write("local.cmake", "# nothing\n")
        self.run_tests("--all", "--build")
        self.assertEqual(self.affected(), {})
        self.project.write("local.cmake", "add_compile_definitions(value=other)\n")
        self.assertEqual(set(self.affected()), {"host", "plain"})
        self.project.make()
        self.assertEqual(set(self.affected()), {"host", "plain"})
        self.run_tests("--since-last-green")
        self.assertEqual(self.affected(), {})
        self.project.write("local.cmake", None)
        self.assertEqual(set(self.affected()), {"host", "plain"})

    def test_a_header_that_git_ignores_and_that_came_is_a_change(self):
        self.run_tests("--all", "--build")
        self.project.write("local.h", "#define value 1\n")
        os.utime(self.project.source / "plain.cpp")
        self.project.make()
        self.assertEqual(self.affected(), {"plain": "changed_file"})
        self.run_tests("--since-last-green", code=100)

    def test_a_test_that_may_load_a_plugin_is_not_green_with_an_old_one(self):
        self.run_tests("--all", "--build")
        self.project.write("plug.cpp", 'extern "C" int answer() { return 1; }\n')
        self.project.commit()
        self.run_tests("--since-last-green")  # passes, with the plugin of before
        self.assertEqual(self.affected(), {"host": "same_part"})
        self.run_tests("--since-last-green", "--build", code=100)

    def test_a_source_that_brings_an_old_time_along_is_built_and_until_then_not_green(self):
        self.run_tests("--all", "--build")
        header = self.project.source / "plain.h"
        before = header.stat()
        self.project.write("plain.h", "enum { value = 1 };\n")
        os.utime(header, ns=(before.st_atime_ns, before.st_mtime_ns))
        self.project.commit()
        self.run_tests("--since-last-green")  # passes, with the program of before
        self.assertEqual(self.affected(), {"plain": "changed_file"})
        self.run_tests("--since-last-green", "--build", code=100)
        self.assertEqual(self.affected(), {"plain": "changed_file"})

    def test_an_input_that_changes_while_tests_run_has_no_content_of_before(self):
        self.project.write("CMakeLists.txt", PROGRAM["CMakeLists.txt"] + (
            "add_test(NAME reads COMMAND sh -c \"grep -q good local.txt && echo bad > local.txt && : > ${GATE}\")\n"
            "set_property(TEST reads PROPERTY REQUIRED_FILES ${PROJECT_SOURCE_DIR}/local.txt)\n"
            "set_property(TEST reads PROPERTY WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})\n"))  # fmt: skip
        self.project.commit()
        self.project.write("local.txt", "good\n")
        # Ninja is asked what it would build only after the test has changed its input.
        gate, ninja = self.project.root / "gate", self.project.root / "ninja"
        os.mkfifo(gate)
        ninja.write_text(f'#!/bin/sh\ncase " $* " in *" -n "*) : < {gate};; esac\nexec {shutil.which("ninja")} "$@"\n')
        ninja.chmod(0o755)
        self.project.configure(f"-DCMAKE_MAKE_PROGRAM={ninja}", f"-DGATE={gate}")
        self.run_tests("--all", "--build")
        self.assertEqual(self.affected(), {"reads": "changed_file"})

    def test_a_mode_that_was_not_committed_is_a_change_once_it_is_taken_back(self):
        self.project.write("CMakeLists.txt", PROGRAM["CMakeLists.txt"] +
                           "add_test(NAME script COMMAND ${PROJECT_SOURCE_DIR}/script)\n")  # fmt: skip
        self.project.write("script", "#!/bin/sh\n")
        self.project.commit()
        (self.project.source / "script").chmod(0o755)
        self.run_tests("--all", "--build")
        (self.project.source / "script").chmod(0o644)
        self.assertIn("script", self.affected())


if __name__ == "__main__":
    unittest.main()
