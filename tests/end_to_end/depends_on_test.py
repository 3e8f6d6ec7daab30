#!/usr/bin/env python3
"""`--depends-on` and `--exclude-own`: the tests that depend on a target, and those that a change affects of them."""

import shutil
import unittest

from small_project import MODULE, SmallProject

PROGRAM = "int main() { return 0; }\n"
FILES = {
    "CMakeLists.txt": f"""
cmake_minimum_required(VERSION 3.24)
project(P CXX)
enable_testing()
include({MODULE})
winnow_enable()
add_subdirectory(core)
add_subdirectory(shapes)
add_subdirectory(net)
add_subdirectory(alone)
add_subdirectory(system)
""",
    # A library with tests of its own, and one more below.
    "core/CMakeLists.txt": """
add_library(core core.cpp)
target_include_directories(core PUBLIC include)
add_library(P::core ALIAS core)
add_subdirectory(tests)
""",
    "core/core.cpp": '#include "core/core.h"\nint core() { return 0; }\n',
    "core/include/core/core.h": "int core();\n",
    "core/tests/CMakeLists.txt": """
add_executable(core_test core_test.cpp)
target_link_libraries(core_test PRIVATE P::core)
add_test(NAME core_test COMMAND core_test)
""",
    "core/tests/core_test.cpp": '#include "core/core.h"\nint main() { return core(); }\n',
    # Header-only, and nobody includes a file of it.
    "shapes/CMakeLists.txt": """
add_library(shapes INTERFACE)
target_compile_definitions(shapes INTERFACE SHAPES=1)
add_executable(square_test square_test.cpp)
target_link_libraries(square_test PRIVATE shapes)
add_test(NAME square_test COMMAND square_test)
""",
    "shapes/square_test.cpp": PROGRAM,
    # Uses core where nobody sees it.
    "net/CMakeLists.txt": """
add_library(net net.cpp)
target_link_libraries(net PRIVATE core)
add_executable(net_test net_test.cpp)
target_link_libraries(net_test PRIVATE net)
add_test(NAME net_test COMMAND net_test)
""",
    "net/net.cpp": '#include "core/core.h"\nint net() { return core(); }\n',
    "net/net_test.cpp": "int net();\nint main() { return net(); }\n",
    # Reads a header of core without linking it.
    "alone/CMakeLists.txt": """
add_executable(alone_test alone_test.cpp)
add_executable(reader_test reader_test.cpp)
add_test(NAME alone_test COMMAND alone_test)
add_test(NAME reader_test COMMAND reader_test)
""",
    "alone/alone_test.cpp": PROGRAM,
    "alone/reader_test.cpp": '#include "../core/include/core/core.h"\n' + PROGRAM,
    # A fixture around what runs a program of net.
    "system/CMakeLists.txt": """
add_executable(server server.cpp)
target_link_libraries(server PRIVATE net)
add_test(NAME start COMMAND alone_test)
add_test(NAME talk COMMAND ${CMAKE_COMMAND} -E env $<TARGET_FILE:server>)
set_tests_properties(start PROPERTIES FIXTURES_SETUP server)
set_tests_properties(talk PROPERTIES FIXTURES_REQUIRED server)
""",
    "system/server.cpp": "int net();\nint main() { return net(); }\n",
}
DEPENDENTS = {"core_test", "net_test", "reader_test", "start", "talk"}


class DependsOn(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.project = SmallProject(FILES)
        cls.project.configure()
        cls.project.make()
        cls.project.keep()

    @classmethod
    def tearDownClass(cls):
        cls.project.remove()

    def setUp(self):
        self.project.restore()

    def names(self, *arguments):
        done = self.project.winnow("affected", *arguments, "--format", "names")
        self.assertEqual((0, ""), (done.returncode, done.stderr), done.stdout)
        return set(done.stdout.split())

    def refused(self, *arguments):
        done = self.project.winnow(*arguments)
        self.assertEqual(2, done.returncode, done.stdout + done.stderr)
        return done.stderr

    def declare(self, text):
        self.project.write("CMakeLists.txt", FILES["CMakeLists.txt"] + text)

    # Which tests depend on a target

    def test_links_headers_and_what_fixtures_need_lead_to_the_dependents(self):
        self.assertEqual(DEPENDENTS, self.names("--depends-on", "core"))
        self.assertEqual({"net_test", "start", "talk"}, self.names("--depends-on", "net"))
        self.assertEqual({"start", "talk"}, self.names("--depends-on", "server"))

    def test_a_library_without_files_has_those_that_link_it(self):
        self.assertEqual({"square_test"}, self.names("--depends-on", "shapes"))

    def test_dependents_of_several_targets_are_joined(self):
        self.assertEqual({"square_test", "start", "talk"}, self.names("--depends-on", "shapes", "server"))

    def test_own_tests_are_left_out_and_counted(self):
        self.assertEqual(DEPENDENTS - {"core_test"}, self.names("--depends-on", "core", "--exclude-own"))
        text = self.project.winnow("affected", "--depends-on", "core", "--exclude-own").stdout
        self.assertIn("4 of 7 tests depend on core, without 1 test of its own\n", text)
        document = self.project.document("affected", "--depends-on", "core", "--exclude-own")
        self.assertEqual([{"name": "core_test", "directory": "core/tests"}], document["depends_on"]["own_left_out"])

    def test_each_says_by_what_it_depends(self):
        text = self.project.winnow("affected", "--depends-on", "core").stdout
        self.assertIn("libcore.a, linked into net_test", text)
        self.assertIn("core/include/core/core.h, included by alone/reader_test.cpp", text)
        self.assertIn("sets up a fixture of", text)
        self.assertIn("linked by square_test", self.project.winnow("affected", "--depends-on", "shapes").stdout)

    def test_why_tells_selected_and_skipped_ones(self):
        why = self.project.winnow("why", "net_test", "--depends-on", "core").stdout
        self.assertIn("net_test is selected\n  it depends on core: libcore.a is linked into net_test", why)
        self.assertIn("depends on none of the targets asked for",
                      self.project.winnow("why", "alone_test", "--depends-on", "core").stdout)
        self.assertIn("own tests, which are left out",
                      self.project.winnow("why", "core_test", "--depends-on", "core", "--exclude-own").stdout)

    def test_what_changed_since_the_recording_may_have_come_to_depend_on_it(self):
        self.project.winnow("graph", "record")
        self.project.write("alone/alone_test.cpp", '#include "core/core.h"\n' + PROGRAM)
        self.assertIn("alone_test", self.names("--depends-on", "core"))

    # With a change

    def test_with_a_change_only_what_both_select_is_selected(self):
        self.project.write("alone/alone_test.cpp", PROGRAM + "// more\n")
        self.project.write("net/net.cpp", FILES["net/net.cpp"] + "// more\n")
        self.assertEqual({"alone_test", "net_test", "start", "talk"}, self.names("--since", "main"))
        self.assertEqual({"net_test", "start", "talk"}, self.names("--since", "main", "--depends-on", "core"))
        text = self.project.winnow("affected", "--since", "main", "--depends-on", "core").stdout
        self.assertRegex(text, "3 of 7 tests affected by 2 changed files since [0-9a-f]{12} and depend on core\n")
        why = self.project.winnow("why", "alone_test", "--since", "main", "--depends-on", "core").stdout
        self.assertIn("depends on none of the targets asked for", why)

    def test_with_a_change_what_came_to_depend_on_it_since_the_recording_counts(self):
        """Also where the new #include is not in a file of the test's own."""
        self.project.write("alone/part.h", "")
        self.project.write("alone/alone_test.cpp", '#include "part.h"\n' + PROGRAM)
        self.project.commit()
        self.project.make()
        self.project.winnow("graph", "record")
        self.project.write("alone/part.h", '#define HEADER "core/core.h"\n#include HEADER\n')
        for change in (["--since", "main"], ["--from", "HEAD"], []):
            with self.subTest(change):
                self.assertIn("alone_test", self.names(*change, "--depends-on", "core"))

    def test_a_fallback_is_not_narrowed_by_a_graph_that_is_out_of_date(self):
        self.project.write("alone/CMakeLists.txt", FILES["alone/CMakeLists.txt"] +
                           "target_link_libraries(alone_test PRIVATE core)\n")
        for change in (["--since", "main"], []):
            with self.subTest(change):
                names = self.names(*change, "--depends-on", "core", "--no-configure")
                self.assertLess({"alone_test", "square_test"}, names)

    # Other verbs

    def test_a_plan_and_a_run_take_the_same_options(self):
        plan = self.project.document("split", "--depends-on", "core", "--exclude-own", "--chunks", "2")
        planned = [test["name"] for chunk in plan["chunks"] for test in chunk["tests"]]
        self.assertEqual(DEPENDENTS - {"core_test"}, set(planned))
        run = self.project.winnow("run", "--depends-on", "core", "--exclude-own", "--no-daemon")
        self.assertEqual(0, run.returncode, run.stdout + run.stderr)
        self.assertIn("4 passed", run.stdout + run.stderr)

    # What the project declares

    def test_without_a_name_the_declared_targets_are_meant(self):
        self.declare("winnow_split_dependents(TARGETS P::core)\n"
                     "winnow_split_dependents(TARGETS shapes ENABLED ${SPLIT_SHAPES})\n")
        self.project.configure("-DSPLIT_SHAPES=OFF")
        self.assertEqual(DEPENDENTS, self.names("--depends-on"))
        self.project.configure("-DSPLIT_SHAPES=ON")
        self.assertEqual(DEPENDENTS | {"square_test"}, self.names("--depends-on"))

    def test_own_tests_elsewhere_are_named(self):
        self.declare("winnow_split_dependents(TARGETS core OWN_TESTS reader_test)\n")
        self.project.configure()
        self.assertEqual(DEPENDENTS - {"core_test", "reader_test"}, self.names("--depends-on", "--exclude-own"))

    def test_at_the_root_own_tests_must_be_named(self):
        self.declare("file(WRITE ${CMAKE_BINARY_DIR}/top.cpp \"\")\nadd_library(top ${CMAKE_BINARY_DIR}/top.cpp)\n"
                     "target_link_libraries(top core)\n")
        self.project.configure()
        message = self.refused("affected", "--depends-on", "top", "--exclude-own")
        self.assertIn("winnow_split_dependents(TARGETS top OWN_TESTS", message)

    def test_without_the_module_what_the_build_tells_counts_and_the_rest_is_no_answer(self):
        plain = FILES["CMakeLists.txt"].replace("winnow_enable()", "")
        plain = plain.replace(f"include({MODULE})", "")
        plain += "add_custom_target(tools)\nadd_dependencies(alone_test tools)\n"
        self.project.write("CMakeLists.txt", plain)
        shutil.rmtree(self.project.build)
        self.project.configure()
        self.project.make()
        self.project.winnow("graph", "record")
        self.assertEqual(DEPENDENTS, self.names("--depends-on", "core"))
        done = self.project.winnow("affected", "--depends-on", "tools")
        self.assertEqual(2, done.returncode, done.stdout)
        self.assertIn("winnow_enable()", done.stderr)

    # Bad input

    def test_what_cannot_be_asked_is_said(self):
        self.assertIn("did you mean core?", self.refused("affected", "--depends-on", "cor"))
        self.assertIn("winnow_split_dependents", self.refused("affected", "--depends-on"))
        self.assertIn("is empty", self.refused("affected", "--depends-on", "core", ""))
        self.assertIn("--depends-on", self.refused("affected", "--exclude-own"))
        self.assertIn("--all", self.refused("run", "--all", "--depends-on", "core"))
        self.assertIn("--depends-on", self.refused("changed", "--match", "x", "--depends-on", "core"))


if __name__ == "__main__":
    unittest.main()
