#!/usr/bin/env python3
"""Each way in which a test, a step or another project can read something leads from it to the tests, and only to those."""

import unittest

from small_project import SmallProject

HERE = "${CMAKE_CURRENT_SOURCE_DIR}"
FILES = {
    "CMakeLists.txt": """
cmake_minimum_required(VERSION 3.20)
project(Edges LANGUAGES C)
enable_testing()
include(ExternalProject)
ExternalProject_Add(outer SOURCE_DIR ${CMAKE_SOURCE_DIR}/vendor/outer INSTALL_COMMAND ""
  BUILD_BYPRODUCTS ${CMAKE_BINARY_DIR}/outer-prefix/src/outer-build/libouter.a)
include(FetchContent)
FetchContent_Declare(local SOURCE_DIR ${CMAKE_SOURCE_DIR}/vendor/local)
FetchContent_MakeAvailable(local)
add_subdirectory(made)
add_subdirectory(tests)
add_subdirectory(bystander)
""",
    "vendor/outer/CMakeLists.txt": "cmake_minimum_required(VERSION 3.20)\nproject(outer C)\nadd_library(outer STATIC outer.c)\n",
    "vendor/outer/outer.c": "int outer(void) { return 0; }\n",
    "vendor/local/CMakeLists.txt": "add_library(local STATIC local.c)\n",
    "vendor/local/local.c": "int local(void) { return 0; }\n",
    "made/CMakeLists.txt": f"""
add_executable(tool tool.c part.c)
add_custom_command(OUTPUT made.c COMMAND tool made.c DEPENDS tool)
add_library(made STATIC made.c)
add_custom_command(OUTPUT told.c DEPFILE told.d VERBATIM
  COMMAND sh {HERE}/tell.sh told.c told.d)
add_library(told STATIC told.c)
""",
    "made/tool.c": """
#include <stdio.h>
int part(void);
int main(int count, char** words)
{
  FILE* file = fopen(words[1], "w");
  fprintf(file, "int made(void) { return %d; }\\n", count - 2 + part());
  return fclose(file);
}
""",
    "made/part.c": "int part(void) { return 0; }\n",
    "made/tell.sh": 'in=$(dirname "$0")/told.in\ncat "$in" > "$1"\necho "made/told.c: $in" > "$2"\n',
    "made/told.in": "int told(void) { return 0; }\n",
    "tests/CMakeLists.txt": f"""
foreach(name IN ITEMS outer local made told)
  add_executable(${{name}}_test ${{name}}.c)
  add_test(NAME ${{name}} COMMAND ${{name}}_test)
endforeach()
target_link_libraries(outer_test PRIVATE ${{CMAKE_BINARY_DIR}}/outer-prefix/src/outer-build/libouter.a)
add_dependencies(outer_test outer)
target_link_libraries(local_test PRIVATE local)
target_link_libraries(made_test PRIVATE made)
target_link_libraries(told_test PRIVATE told)
foreach(name IN ITEMS launched emulated named built environed contained below worked required shelled)
  add_executable(${{name}} ${{name}}.c)
endforeach()
add_test(NAME launched COMMAND env LC_ALL=C $<TARGET_FILE:launched>)
set_target_properties(emulated PROPERTIES CROSSCOMPILING_EMULATOR "env;LC_ALL=C")
add_test(NAME emulated COMMAND emulated)
add_test(NAME built COMMAND ${{CMAKE_COMMAND}} --build ${{CMAKE_BINARY_DIR}} --target built)
add_test(NAME environed COMMAND sh {HERE}/environed.sh)
set_tests_properties(environed PROPERTIES ENVIRONMENT "PROGRAM=$<TARGET_FILE:environed>")
add_test(NAME contained COMMAND sh {HERE}/run.sh --program=$<TARGET_FILE:contained>,fast)
add_test(NAME shelled COMMAND sh -c "exec '$<TARGET_FILE:shelled>' --quick")
set_target_properties(below PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${{CMAKE_CURRENT_BINARY_DIR}}/below)
add_test(NAME below COMMAND sh {HERE}/run.sh ${{CMAKE_CURRENT_BINARY_DIR}}/below)
add_test(NAME worked COMMAND ./worked data/worked.txt WORKING_DIRECTORY ${{CMAKE_CURRENT_BINARY_DIR}})
add_test(NAME data_worked COMMAND cat worked.txt WORKING_DIRECTORY {HERE}/data)
add_test(NAME required COMMAND required)
set_tests_properties(required PROPERTIES REQUIRED_FILES "{HERE}/listed/required.txt")
add_test(NAME python COMMAND python3 -m package.module)
set_tests_properties(python PROPERTIES ENVIRONMENT PYTHONPATH={HERE}/python)
file(WRITE ${{CMAKE_CURRENT_BINARY_DIR}}/more.cmake "add_test(included ${{CMAKE_CURRENT_BINARY_DIR}}/named)\\n")
set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${{CMAKE_CURRENT_BINARY_DIR}}/more.cmake {HERE}/tests.cmake)
""",
    "tests/tests.cmake": 'add_test(in_source sh "${CMAKE_CURRENT_LIST_DIR}/run.sh")\n',
    "tests/run.sh": "exit 0\n",
    "tests/environed.sh": 'exec "$PROGRAM"\n',
    "tests/data/worked.txt": "1\n",
    "tests/listed/required.txt": "1\n",
    "tests/python/package/module.py": "# a module\n",
    "bystander/CMakeLists.txt": "add_executable(bystander b.c)\nadd_test(NAME bystander COMMAND bystander)\n",
    "bystander/b.c": "int main(void) { return 0; }\n",
}
for _name in ("outer", "local", "made", "told"):
    FILES[f"tests/{_name}.c"] = f"int {_name}(void);\nint main(void) {{ return {_name}(); }}\n"
for _name in ("launched", "emulated", "named", "built", "environed", "contained", "below", "worked", "required", "shelled"):
    FILES[f"tests/{_name}.c"] = f"int main(void) {{ return 0; /* {_name} */ }}\n"


class Edges(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.project = SmallProject(FILES)
        cls.addClassCleanup(cls.project.remove)
        cls.project.configure()
        cls.project.make()
        cls.project.winnow("graph", "record")
        cls.project.keep()

    def setUp(self):
        self.addCleanup(self.project.restore)

    def leads(self, path, *names):
        mark = "#" if path.endswith((".txt", ".sh", ".py")) else "//"
        self.project.write(path, f"{FILES[path]}{mark} edited\n")
        selection = self.project.document("affected", "--from", "HEAD")
        self.project.restore()
        with self.subTest(path):
            self.assertIsNone(selection["fallback"])
            self.assertEqual(sorted(names), sorted(test["name"] for test in selection["tests"]))

    def test_a_project_built_inside_leads_to_what_links_it(self):
        self.leads("vendor/outer/outer.c", "outer")
        self.leads("vendor/local/local.c", "local")
        self.leads("vendor/local/CMakeLists.txt")  # a comment

    def test_a_generator_and_what_its_depfile_names_lead_to_what_is_made(self):
        self.leads("made/tool.c", "made")
        self.leads("made/part.c", "made")
        self.leads("made/tell.sh", "told")
        self.leads("made/told.in", "told")

    def test_a_program_leads_to_the_tests_that_run_it_in_whatever_way(self):
        for name in ("launched", "emulated", "built", "environed", "contained", "below", "worked", "required", "shelled"):
            self.leads(f"tests/{name}.c", name)
        self.leads("tests/named.c", "included")

    def test_data_leads_to_the_tests_that_name_it_in_whatever_way(self):
        self.leads("tests/data/worked.txt", "data_worked")
        self.leads("tests/listed/required.txt", "required")
        self.leads("tests/python/package/module.py", "python")
        self.leads("tests/run.sh", "contained", "below", "in_source")
        self.leads("tests/environed.sh", "environed")


if __name__ == "__main__":
    unittest.main()
