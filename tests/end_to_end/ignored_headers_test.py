#!/usr/bin/env python3
"""Headers that git ignores: that one came in front of another, or went, only its directory tells."""

import os
import unittest

from small_project import SmallProject

FILES = {
    ".gitignore": "/build/\nlocal/\nx.h\n!/late/x.h\n",
    "CMakeLists.txt": """
cmake_minimum_required(VERSION 3.20)
project(Ignored C)
enable_testing()
foreach(name IN ITEMS reads asks deep plain)
  add_executable(${name} ${name}.c)
  target_include_directories(${name} PRIVATE early late)
  add_test(NAME ${name} COMMAND ${name})
endforeach()
""",
    "late/x.h": "enum { value = 0 };\n",
    "late/net/url.h": "enum { url = 0 };\n",
    "reads.c": '#include "x.h"\nint main(void) { return value; }\n',
    "deep.c": "#include <net/url.h>\nint main(void) { return url; }\n",
    "asks.c": """
#if __has_include("local/setting.h")
#include "local/setting.h"
#else
enum { setting = 0 };
#endif
int main(void) { return setting; }
""",
    "plain.c": "int main(void) { return 0; }\n",
}


class IgnoredHeaders(unittest.TestCase):
    def setUp(self):
        self.project = SmallProject(FILES)
        self.addCleanup(self.project.remove)
        self.project.configure()
        self.project.make()
        self.record()
        self.assertEqual(self.affected(), {})

    def record(self):
        self.assertEqual(self.project.winnow("graph", "record", "-q").returncode, 0)

    def affected(self):
        selection = self.project.document("affected", "--from", "HEAD")
        self.assertIsNone(selection["fallback"])
        return {test["name"]: test["reasons"][0]["kind"] for test in selection["tests"]}

    def run_tests(self, code):
        done = self.project.winnow("run", "--from", "HEAD", "--build", "--no-daemon")
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)

    def test_one_in_front_of_another_is_a_change_and_is_built(self):
        self.project.write("early/x.h", "enum { value = 1 };\n")
        self.assertEqual(self.affected(), {"reads": "shadowed_header"})
        self.run_tests(code=100)

    def test_it_stays_a_change_once_it_is_built(self):
        self.project.write("early/x.h", "enum { value = 1 };\n")
        built = self.project.winnow("build", "--from", "HEAD")
        self.assertEqual(built.returncode, 0, built.stderr)
        self.assertEqual(set(self.affected()), {"reads"})
        self.record()
        self.assertEqual(self.affected(), {})

    def test_a_recording_finds_it_too(self):
        self.project.write("early/x.h", "enum { value = 1 };\n")
        self.record()
        self.assertEqual(set(self.affected()), {"reads"})
        self.run_tests(code=100)

    def test_one_that_was_moved_there_with_its_old_time_is_found(self):
        os.utime(self.project.source / "late" / "x.h", (1, 1))
        self.project.write("kept/x.h", "enum { value = 1 };\n")
        os.utime(self.project.source / "kept" / "x.h", (1, 1))
        self.project.make()
        self.record()
        self.assertEqual(self.affected(), {})
        (self.project.source / "kept").rename(self.project.source / "early")
        self.assertEqual(set(self.affected()), {"reads"})
        self.run_tests(code=100)

    def test_one_in_an_ignored_directory_is_found_below_a_searched_one(self):
        (self.project.source / "early" / "net").mkdir(parents=True)
        self.project.write(".gitignore", FILES[".gitignore"] + "/early/\n")
        self.project.commit()
        self.record()
        self.project.write("early/net/url.h", "enum { url = 1 };\n")
        self.assertEqual(self.affected(), {"deep": "shadowed_header"})
        self.run_tests(code=100)

    def test_one_that_is_asked_for_is_found_when_it_comes_and_when_it_goes(self):
        self.project.write("local/setting.h", "enum { setting = 1 };\n")
        self.assertEqual(self.affected(), {"asks": "shadowed_header"})
        self.run_tests(code=100)
        self.project.write("local/setting.h", None)
        self.assertEqual(set(self.affected()), {"asks"})
        self.run_tests(code=0)

    def test_one_behind_what_is_found_changes_nothing(self):
        self.project.write("early/x.h", "enum { value = 0 };\n")
        self.run_tests(code=0)
        (self.project.source / "late" / "x.h").rename(self.project.source / "late" / "y.h")
        self.project.commit()
        self.project.make()
        self.record()
        self.project.write("late/x.h", "enum { value = 1 };\n")
        self.project.write(".git/info/exclude", "/late/x.h\n")
        self.assertNotIn("plain", self.affected())

    def test_one_that_was_there_at_the_recording_is_no_change(self):
        self.project.write("local/unused.h", "enum { unused = 1 };\n")
        self.project.write("reads.c", FILES["reads.c"] + '#ifdef NEVER\n#include "local/unused.h"\n#endif\n')
        self.project.commit()
        self.project.make()
        self.record()
        self.assertEqual(self.affected(), {})

    def test_one_that_a_build_left_in_the_build_tree_is_found(self):
        self.project.write("CMakeLists.txt", FILES["CMakeLists.txt"] +
                           "target_include_directories(reads BEFORE PRIVATE ${PROJECT_BINARY_DIR}/made)\n")  # fmt: skip
        self.project.commit()
        (self.project.build / "made").mkdir()
        self.project.make()
        self.record()
        self.assertEqual(self.affected(), {})
        (self.project.build / "made" / "x.h").write_text("enum { value = 1 };\n")
        self.assertEqual(self.affected(), {"reads": "shadowed_header"})
        self.run_tests(code=100)


if __name__ == "__main__":
    unittest.main()
