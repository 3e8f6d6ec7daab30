#!/usr/bin/env python3
"""What a pass was made of, beside what git tracks and ninja compares: each hides a change if it is not told."""

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

    def test_a_test_that_may_load_a_plugin_is_not_green_with_an_old_one(self):
        self.run_tests("--all", "--build")
        self.project.write("plug.cpp", 'extern "C" int answer() { return 1; }\n')
        self.project.commit()
        self.run_tests("--since-last-green")  # passes, with the plugin of before
        self.assertEqual(self.affected(), {"host": "same_part"})
        self.run_tests("--since-last-green", "--build", code=100)


if __name__ == "__main__":
    unittest.main()
