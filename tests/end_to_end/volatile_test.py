#!/usr/bin/env python3
"""What winnow.json declares volatile, such as the commit in a definition, selects nothing; all else does as before."""

import json
import unittest

from small_project import SmallProject

PROJECT = """
cmake_minimum_required(VERSION 3.20)
project(stamped LANGUAGES C)
enable_testing()
set(level 0)
execute_process(COMMAND git rev-parse HEAD WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
  OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE)
include_directories(${CMAKE_BINARY_DIR})
foreach(name IN ITEMS plain quoted passed written)
  add_executable(${name} ${name}.c)
  add_test(NAME ${name} COMMAND ${name})
endforeach()
target_compile_definitions(plain PRIVATE GIT_SHA=${commit} LEVEL=${level})
target_compile_definitions(quoted PRIVATE "GIT_TEXT=\\"of ${commit}\\"")
add_custom_command(OUTPUT passed.h DEPENDS write.cmake
  COMMAND ${CMAKE_COMMAND} -DGIT_SHA=${commit} -P ${CMAKE_SOURCE_DIR}/write.cmake)
target_sources(passed PRIVATE ${CMAKE_BINARY_DIR}/passed.h)
configure_file(version.h.in generated/version.h)
"""
MAIN = "int main(void) { return 0; }\n"
FILES = {
    "CMakeLists.txt": PROJECT,
    "plain.c": MAIN,
    "quoted.c": MAIN,
    "passed.c": "#include <passed.h>\n" + MAIN,
    "written.c": "#include <generated/version.h>\n" + MAIN,
    "write.cmake": "file(WRITE passed.h \"// ${GIT_SHA}\\n\")\n",
    "version.h.in": "#define VERSION \"@commit@\"\n",
}  # fmt: skip
VOLATILE = {"definitions": ["GIT_*"], "build_files": ["generated/version.h"]}
ALL = {"plain", "quoted", "passed", "written"}


class Volatile(unittest.TestCase):
    def selected_after(self, meaningless, edited=PROJECT + "# edited\n", build=True):
        """The tests that a commit selects which is known to be only this edit of CMakeLists.txt."""
        settings = {"selection": {"volatile": meaningless} if meaningless else {}}
        project = SmallProject({**FILES, "winnow.json": json.dumps(settings)})
        self.addCleanup(project.remove)
        project.configure()
        if build:
            project.make()
        project.winnow("graph", "record")
        project.write("CMakeLists.txt", edited)
        project.commit()
        document = project.document("affected", "--from", "HEAD~1")
        self.assertIsNone(document["fallback"])
        return {test["name"] for test in document["tests"]}

    def test_a_stamp_selects_everything_it_goes_into_unless_it_is_declared(self):
        self.assertEqual(ALL, self.selected_after(None))

    def test_a_declared_stamp_selects_nothing(self):
        self.assertEqual(set(), self.selected_after(VOLATILE))

    def test_a_declared_stamp_selects_nothing_where_nothing_was_built(self):
        self.assertEqual(set(), self.selected_after(VOLATILE, build=False))

    def test_what_is_not_declared_selects_as_before(self):
        self.assertEqual({"quoted", "written"}, self.selected_after({"definitions": ["GIT_SHA"]}))
        self.assertEqual({"plain", "quoted", "passed"}, self.selected_after({"build_files": ["generated/"]}))

    def test_another_definition_beside_it_counts(self):
        self.assertEqual({"plain"}, self.selected_after(VOLATILE, PROJECT.replace("set(level 0)", "set(level 1)")))

    def test_another_option_beside_it_counts(self):
        edited = PROJECT + "target_compile_options(quoted PRIVATE -O1)\n"
        self.assertEqual({"quoted"}, self.selected_after(VOLATILE, edited))

    def test_a_definition_that_comes_or_goes_counts(self):
        edited = PROJECT + "target_compile_definitions(written PRIVATE GIT_MORE=1)\n"
        self.assertEqual({"written"}, self.selected_after(VOLATILE, edited))


if __name__ == "__main__":
    unittest.main()
