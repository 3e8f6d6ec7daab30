#!/usr/bin/env python3
"""Files that no step and no test is known to read: who could read them is selected, and nobody else."""

import unittest

from small_project import SmallProject

FILES = {
    "CMakeLists.txt": """
cmake_minimum_required(VERSION 3.20)
project(Unread LANGUAGES C)
enable_testing()
include_directories(include)
add_subdirectory(tests)
add_subdirectory(others)
""",
    "include/used.h": "// used\n",
    "include/unused.h": "// nobody includes it\n",
    "tests/CMakeLists.txt": """
add_executable(plain_test plain.c)
add_test(NAME plain COMMAND plain_test)
add_test(NAME golden COMMAND plain_test ${CMAKE_CURRENT_SOURCE_DIR}/golden)
""",
    "tests/plain.c": '#include "used.h"\nint main(void) { return 0; }\n',
    "tests/golden/first": "expected\n",
    "tests/loose": "perhaps read\n",
    "notes/measured.csv": "1,2\n",
    "others/CMakeLists.txt": "add_executable(other_test other.c)\nadd_test(NAME other COMMAND other_test)\n",
    "others/other.c": "int main(void) { return 0; }\n",
}


class UnreadFiles(unittest.TestCase):
    built = True

    @classmethod
    def setUpClass(cls):
        cls.project = SmallProject(FILES)
        cls.addClassCleanup(cls.project.remove)
        cls.project.configure()
        if cls.built:
            cls.project.make()
        cls.project.winnow("graph", "record")
        cls.project.keep()

    def setUp(self):
        self.addCleanup(self.project.restore)

    def after(self, edits):
        for name, text in edits.items():
            self.project.write(name, text)
        return self.project.document("affected", "--from", "HEAD")

    def selects(self, edits, *names):
        selection = self.after(edits)
        self.assertIsNone(selection["fallback"])
        self.assertEqual(sorted(names), sorted(test["name"] for test in selection["tests"]))

    def test_a_header_that_nobody_includes_selects_nothing(self):
        self.selects({"include/unused.h": "// edited\n"})

    def test_it_selects_nothing_when_it_comes_or_goes(self):
        self.selects({"include/unused.h": None, "include/more.h": "// new\n"})

    def test_a_header_that_comes_together_with_its_include_selects_who_includes_it(self):
        self.selects({"include/more.h": "// new\n", "include/used.h": '#include "more.h"\n'}, "plain", "golden")

    def test_a_file_without_extension_may_be_data_of_the_tests_beside_it(self):
        self.selects({"tests/more": "perhaps read\n"}, "plain", "golden")
        self.project.restore()
        self.selects({"tests/loose": None}, "plain", "golden")

    def test_in_a_directory_that_a_test_is_given_it_is_data_of_that_test(self):
        self.selects({"tests/golden/second": "expected\n"}, "golden")

    def test_outside_of_all_parts_it_may_be_anything(self):
        self.assertEqual(["misc/strange"], self.after({"misc/strange": "?\n"})["fallback"]["paths"])


class UnreadFilesOfAnUnbuiltTree(UnreadFiles):
    built = False


if __name__ == "__main__":
    unittest.main()
