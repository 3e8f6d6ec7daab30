#!/usr/bin/env python3
"""An edit of CMake code is explained by the line that did it: a small project, two edits at a time."""

import unittest

from small_project import SmallProject

FILES = {
    "CMakeLists.txt": """\
cmake_minimum_required(VERSION 3.20)
project(Lines LANGUAGES CXX)
enable_testing()
set(UNUSED 1)
set(GREETING hello)
include(cmake/library.cmake)
configure_file(greeting.h.in greeting.h)
add_subdirectory(net)
add_subdirectory(app)
""",
    "cmake/library.cmake": """\
function(small_library name)
  add_library(${name} STATIC ${ARGN})
  target_include_directories(${name} PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
  target_compile_options(${name} PRIVATE -Wall)
endfunction()
""",
    "greeting.h.in": '#define GREETING "@GREETING@"\n',
    "net/CMakeLists.txt": """\
set(UNUSED 1)
small_library(net
  client.cpp
  url.cpp)
target_compile_definitions(net
  PRIVATE
    RETRIES=3
  PUBLIC
    PORT=80)

add_executable(http_test http_test.cpp)
target_link_libraries(http_test PRIVATE net)
add_test(NAME http
  COMMAND http_test
    --fast)
set_tests_properties(http PROPERTIES TIMEOUT 10)
""",
    "net/client.cpp": "int client() { return RETRIES + PORT; }\n",
    "net/url.cpp": "int url() { return 1; }\n",
    "net/more.cpp": "int more() { return 1; }\n",
    "net/http_test.cpp": "int client();\nint main() { return client() - 83; }\n",
    "app/CMakeLists.txt": """\
set(UNUSED 1)
add_custom_command(
  OUTPUT table.cpp
  COMMAND ${CMAKE_COMMAND} -E copy ${CMAKE_CURRENT_SOURCE_DIR}/table.in table.cpp
  DEPENDS table.in)
add_executable(app_test app_test.cpp table.cpp)
target_link_libraries(app_test PRIVATE net)
add_test(NAME app COMMAND app_test)
add_executable(hello_test hello_test.cpp)
target_include_directories(hello_test PRIVATE ${PROJECT_BINARY_DIR})
add_test(NAME hello COMMAND hello_test)
""",
    "app/table.in": "int table() { return 0; }\n",
    "app/app_test.cpp": "int table();\nint main() { return table() + PORT - 80; }\n",
    "app/hello_test.cpp": '#include "greeting.h"\nint main() { return GREETING[0] == 0; }\n',
}


class Lines(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.project = SmallProject(FILES)
        cls.project.git("tag", "base")
        cls.project.configure()
        cls.project.make()

    @classmethod
    def tearDownClass(cls):
        cls.project.remove()

    def setUp(self):
        self.project.git("reset", "-q", "--hard", "base")
        self.project.git("clean", "-qfd")
        self.project.run("cmake", self.project.build)
        self.project.winnow("graph", "record")

    def edit(self, name, old, new):
        path = self.project.source / name
        text = path.read_text()
        self.assertIn(old, text)
        path.write_text(text.replace(old, new, 1))

    def edit_elsewhere(self):
        """So that no line explains because it is the only one."""
        for name in ("CMakeLists.txt", "net/CMakeLists.txt", "app/CMakeLists.txt"):
            self.edit(name, "set(UNUSED 1)", "set(UNUSED 2)")

    def why(self, test, place, words):
        """`place` explains in the document, and begins the sentence for people."""
        selection = self.project.document("affected", "--from", "base")
        self.assertIsNone(selection["fallback"])
        reasons = {one["name"]: one["reasons"][0] for one in selection["tests"]}
        self.assertEqual(place, reasons[test].get("defined_at"), reasons[test])
        self.assertEqual(place.rpartition(":")[0], reasons[test]["file"])
        self.assertIn(f"{place} {words}", self.project.winnow("why", test, "--from", "base").stdout)
        if "new_test" not in reasons[test]["kind"]:
            self.assertIn(place, self.project.winnow("affected", "--from", "base").stdout)

    def test_a_definition_inside_a_long_command(self):
        self.edit_elsewhere()
        self.edit("net/CMakeLists.txt", "RETRIES=3", "RETRIES=4")
        self.why("http", "net/CMakeLists.txt:7", "changed how net/client.cpp is compiled, compiled into libnet.a, linked into http_test")

    def test_a_definition_that_is_handed_on(self):
        self.edit_elsewhere()
        self.edit("net/CMakeLists.txt", "PORT=80", "PORT=81")
        self.why("app", "net/CMakeLists.txt:9", "changed how app/app_test.cpp is compiled, compiled into app_test")

    def test_a_new_command(self):
        self.edit_elsewhere()
        self.edit("net/CMakeLists.txt", "add_executable", "# As http_test needs it.\ntarget_compile_options(net PRIVATE -Wextra)\nadd_executable")
        self.why("http", "net/CMakeLists.txt:12", "changed how net/client.cpp is compiled")

    def test_a_command_that_is_gone(self):
        self.edit_elsewhere()
        self.edit("app/CMakeLists.txt", "target_link_libraries(app_test PRIVATE net)\n", "target_compile_definitions(app_test PRIVATE PORT=80)\n")
        self.why("app", "app/CMakeLists.txt:7", "changed how app_test is made")

    def test_a_function_in_another_file(self):
        self.edit_elsewhere()
        self.edit("cmake/library.cmake", "-Wall", "-Wextra")
        self.why("http", "cmake/library.cmake:4", "changed how net/client.cpp is compiled")

    def test_a_source_that_is_added(self):
        self.edit_elsewhere()
        self.edit("net/CMakeLists.txt", "url.cpp)", "url.cpp\n  more.cpp)")
        self.why("http", "net/CMakeLists.txt:4", "changed how libnet.a is made, linked into http_test")

    def test_a_custom_command(self):
        self.edit_elsewhere()
        self.edit("app/CMakeLists.txt", "-E copy", "-E copy_if_different")
        self.why("app", "app/CMakeLists.txt:4", "changed how build/app/table.cpp is made")

    def test_a_variable_for_a_configured_file(self):
        self.edit("CMakeLists.txt", "GREETING hello", "GREETING bye")
        self.why("hello", "CMakeLists.txt:5", "changed build/greeting.h, which configuring writes or fetches")

    def test_an_argument_of_a_test(self):
        self.edit_elsewhere()
        self.edit("net/CMakeLists.txt", "--fast", "--slow")
        self.why("http", "net/CMakeLists.txt:15", "changed the command or a property of test net/http")

    def test_a_property_of_a_test(self):
        self.edit_elsewhere()
        self.edit("net/CMakeLists.txt", "TIMEOUT 10", "TIMEOUT 11")
        self.why("http", "net/CMakeLists.txt:16", "changed the command or a property of test net/http")

    def test_a_new_test(self):
        self.edit_elsewhere()
        self.edit("net/CMakeLists.txt", "set_tests_properties", "add_test(NAME again COMMAND http_test)\nset_tests_properties")
        self.why("again", "net/CMakeLists.txt:16", "adds the test")

    def test_a_tree_whose_file_api_was_never_asked_names_what_the_text_tells(self):
        self.project.run("rm", "-rf", self.project.build / ".cmake")
        self.edit_elsewhere()
        self.edit("net/CMakeLists.txt", "RETRIES=3", "RETRIES=4")
        self.project.run("cmake", self.project.build)
        self.why("http", "net/CMakeLists.txt:7", "changed how net/client.cpp is compiled")


if __name__ == "__main__":
    unittest.main()
