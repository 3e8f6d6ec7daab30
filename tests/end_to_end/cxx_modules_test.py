#!/usr/bin/env python3
"""An edit of a C++20 module selects the tests whose programs import it: compared with what clean builds differ in.

Needs CMake 3.28 or newer (WINNOW_MODULES_CMAKE names one that is not on the PATH), and clang 16 or newer with its
clang-scan-deps.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import unittest

from clean_builds import CleanBuilds
from small_project import SmallProject

CMAKE = os.environ.get("WINNOW_MODULES_CMAKE", "cmake")
COMPILERS = [f"clang++-{version}" for version in range(22, 15, -1)]

# `greeting` is imported only by objects that no link tells: they end up in the program without its library.
FILES = {
    "CMakeLists.txt": """\
cmake_minimum_required(VERSION 3.28)
project(Modules LANGUAGES CXX)
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_EXTENSIONS OFF)
enable_testing()
add_library(words)
target_sources(words PUBLIC FILE_SET CXX_MODULES FILES greeting.cppm greeting_part.cppm farewell.cppm)
add_library(polite OBJECT polite.cpp)
target_link_libraries(polite PRIVATE words)
add_library(rude OBJECT rude.cpp)
target_link_libraries(rude PRIVATE words)
add_executable(polite_test polite_test.cpp $<TARGET_OBJECTS:polite> initializers.cpp)
add_executable(rude_test rude_test.cpp $<TARGET_OBJECTS:rude> initializers.cpp)
add_executable(plain_test plain_test.cpp)
foreach(name polite rude plain)
  add_test(NAME ${name} COMMAND ${name}_test)
endforeach()
""",
    "greeting.cppm": 'module;\n#include "times.h"\nexport module greeting;\nexport import :part;\n'
    "export constexpr int greeting() { return TIMES * part(); }\n",
    "greeting_part.cppm": "export module greeting:part;\nexport constexpr int part() { return 11; }\n",
    "times.h": "#define TIMES 2\n",
    "farewell.cppm": "export module farewell;\nexport constexpr int farewell() { return 31; }\n",
    "polite.cpp": "import greeting;\nint polite() { return greeting(); }\n",
    "rude.cpp": "import farewell;\nint rude() { return farewell(); }\n",
    # What the libraries of the modules would define.
    "initializers.cpp": 'extern "C" void _ZGIW8greeting() {}\nextern "C" void _ZGIW8farewell() {}\n',
    "polite_test.cpp": "int polite();\nint main() { return polite() - 22; }\n",
    "rude_test.cpp": "int rude();\nint main() { return rude() - 31; }\n",
    "plain_test.cpp": "int main() { return 1 - 1; }\n",
}

# What is edited, and a number in it that becomes another one.
EDITS = {
    "greeting.cppm": "TIMES * part()",
    "greeting_part.cppm": "11",
    "times.h": "2",
    "farewell.cppm": "31",
    "polite.cpp": "greeting()",
    "rude_test.cpp": "31",
    "plain_test.cpp": "1 - 1",
}


def compiler():
    for name in COMPILERS:
        if shutil.which(name) and shutil.which(name.replace("clang++", "clang-scan-deps")):
            return name
    return None


def knows_modules():
    if shutil.which(CMAKE) is None:
        return False
    said = subprocess.run([CMAKE, "-E", "capabilities"], capture_output=True, text=True, check=True).stdout
    version = json.loads(said)["version"]
    return (version["major"], version["minor"]) >= (3, 28)


class Modules(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.project = SmallProject(FILES)
        cls.project.git("tag", "base")
        cls.configure = (CMAKE, "-G", "Ninja", f"-DCMAKE_CXX_COMPILER={compiler()}")
        programs = [f"{name}_test" for name in ("polite", "rude", "plain")]
        cls.builds = CleanBuilds(cls.project, programs, cls.configure)
        cls.truth = {name: cls.truth_of(name) for name in EDITS}

    @classmethod
    def tearDownClass(cls):
        cls.project.remove()

    @classmethod
    def truth_of(cls, name):
        cls.edit(name)
        changed = {program.removesuffix("_test") for program in cls.builds.changed()}
        cls.project.git("reset", "-q", "--hard", "base")
        return changed

    @classmethod
    def edit(cls, name):
        old = EDITS[name]
        new = re.sub(r"\d+", lambda number: str(int(number[0]) + 1), old, count=1)
        new = new if new != old else f"1 + {old}"
        cls.project.write(name, (cls.project.source / name).read_text().replace(old, new, 1))

    def setUp(self):
        self.addCleanup(lambda: self.project.git("reset", "-q", "--hard", "base"))
        for below in self.project.build.glob("*"):
            if below != self.builds.tree:
                shutil.rmtree(below) if below.is_dir() else below.unlink()
        self.project.run(*self.configure, "-S", self.project.source, "-B", self.project.build)

    def record(self):
        done = self.project.winnow("graph", "record")
        self.assertEqual((0, ""), (done.returncode, done.stderr))

    def affected(self, base="base"):
        selection = self.project.document("affected", "--from", base)
        self.assertIsNone(selection["fallback"])
        return {test["name"] for test in selection["tests"]}

    def check_each_edit(self, check, then=lambda: None):
        for name, truth in self.truth.items():
            with self.subTest(edited=name):
                self.edit(name)
                then()
                check(name, truth, self.affected())
            self.project.git("reset", "-q", "--hard", "base")

    def is_exact(self, name, truth, selected):
        self.assertEqual(truth, selected)

    def spares_who_imports_nothing(self, name, truth, selected):
        self.assertLessEqual(truth, selected)
        self.assertEqual(name == "plain_test.cpp", "plain" in selected)

    def test_the_edits_tell_the_tests_apart(self):
        self.assertEqual({"polite"}, self.truth["greeting_part.cppm"])
        self.assertEqual({"polite"}, self.truth["times.h"])
        self.assertEqual({"rude"}, self.truth["farewell.cppm"])

    def test_a_built_tree_selects_exactly_what_changes(self):
        self.project.make()
        self.record()
        self.check_each_edit(self.is_exact)

    def test_a_tree_built_after_each_edit_selects_the_same(self):
        self.project.make()
        self.record()
        self.check_each_edit(self.is_exact, self.project.make)

    def test_an_unbuilt_tree_selects_all_that_may_import_a_module(self):
        self.record()
        self.check_each_edit(self.spares_who_imports_nothing)

    def test_a_half_built_tree_doubts_only_what_is_not_scanned(self):
        self.project.make("polite_test")
        self.record()
        self.check_each_edit(self.spares_who_imports_nothing)
        self.edit("farewell.cppm")
        self.assertEqual({"rude"}, self.affected())

    def test_a_module_that_moved_before_the_tree_was_built_again_is_found(self):
        self.project.make()
        self.record()
        self.project.write("greeting.cppm", FILES["farewell.cppm"])
        self.project.write("farewell.cppm", FILES["greeting.cppm"])
        self.record()
        self.project.commit()
        self.project.git("tag", "-f", "moved")
        self.project.write("greeting.cppm", FILES["farewell.cppm"].replace("31", "32"))
        self.assertIn("rude", self.affected("moved"))

    def test_why_names_the_import(self):
        self.project.make()
        self.record()
        self.edit("times.h")
        self.assertIn(
            "times.h is included by greeting.cppm, which provides a module to polite.cpp, compiled into polite_test",
            self.project.winnow("why", "polite", "--from", "base").stdout,
        )

    def test_a_built_tree_does_not_differ_from_one_that_only_was_configured(self):
        self.project.make()
        with (self.project.source / "CMakeLists.txt").open("a") as file:
            file.write("# The end.\n")
        self.assertEqual(set(), self.affected())


if __name__ == "__main__":
    if compiler() is None or not knows_modules() or shutil.which("ninja") is None:
        print("skipped: this needs CMake 3.28, ninja, and clang 16 with clang-scan-deps")
        sys.exit(77)
    unittest.main()
