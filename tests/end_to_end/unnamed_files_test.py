#!/usr/bin/env python3
"""Files of other languages, sources that nothing compiles and projects beside the tests: who may read them, if anybody."""

import unittest

from small_project import SmallProject

HERE = "${CMAKE_CURRENT_SOURCE_DIR}"
FILES = {
    "CMakeLists.txt": """
cmake_minimum_required(VERSION 3.20)
project(Unnamed LANGUAGES C)
enable_testing()
set(module_source src/module.c) # for another build
file(GLOB found globbed/*.c)
add_library(core STATIC src/core.c ${found})
install(DIRECTORY tools/ DESTINATION share/unnamed)
add_subdirectory(tests)
""",
    "src/core.c": "int core(void) { return 0; }\n",
    "src/module.c": "int module(void) { return 0; }\n",
    "globbed/one.c": "int one(void) { return 0; }\n",
    "tools/requirements.txt": "numpy\n",
    "tools/report/util.py": "VALUE = 1\n",
    "tools/report/notes.dat": "?\n",
    "bindings/Cargo.toml": "[package]\n",
    "bindings/src/lib.rs": "fn main() {}\n",
    "tests/CMakeLists.txt": f"""
add_executable(plain plain.c)
target_link_libraries(plain PRIVATE core)
add_test(NAME plain COMMAND plain)
add_executable(other other.c)
add_test(NAME other COMMAND other)
add_test(NAME configures COMMAND sh {HERE}/configure.sh nested)
add_test(NAME names COMMAND sh {HERE}/names.sh)
include(more.cmake)
""",
    "tests/more.cmake": "",
    "tests/configure.sh": 'cmake -S "$(dirname "$0")/$1" -B made\n',
    "tests/names.sh": 'test -e "$(dirname "$0")/nested/x"\n',
    "tests/plain.c": "int core(void);\nint main(void) { return core(); }\n",
    "tests/other.c": "int main(void) { return 0; }\n",
    "tests/nested/CMakeLists.txt": "project(Nested LANGUAGES C)\nadd_executable(nested main.c)\n",
    "tests/nested/main.c": "int main(void) { return 0; }\n",
    "tests/nested/table.csv": "1\n",
    "tests/loose.c": "int main(void) { return 0; }\n",
}
TESTS = ["configures", "names", "other", "plain"]


def recorded(more=None):
    project = SmallProject(FILES | (more or {}))
    project.configure()
    project.winnow("graph", "record")
    return project


def after(project, edits):
    for name, text in edits.items():
        project.write(name, text)
    return project.document("affected", "--from", "HEAD")


class UnnamedFiles(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.project = recorded()
        cls.addClassCleanup(cls.project.remove)
        cls.project.keep()

    def setUp(self):
        self.addCleanup(self.project.restore)

    def selects(self, edits, *names):
        selection = after(self.project, edits)
        self.assertIsNone(selection["fallback"], edits)
        self.assertEqual(sorted(names), sorted(test["name"] for test in selection["tests"]), edits)
        self.project.restore()
        return selection

    def test_files_of_other_languages_that_nothing_names_select_nothing(self):
        for path in ("tools/requirements.txt", "tools/report/util.py", "bindings/Cargo.toml", "bindings/src/lib.rs"):
            ignored = self.selects({path: "edited\n"})["ignored"]
            self.assertEqual([(one["path"], one["rule"]) for one in ignored], [(path, "unnamed_files")])
        self.selects({"tools/report/more.py": "new\n", "bindings/src/lib.rs": None})

    def test_what_was_asked_for_in_vain_is_told(self):
        ignored = self.selects({"tools/report/util.py": "edited\n"})["ignored"][0]
        self.assertEqual(ignored["unnamed"], ["python", "report/", "tools/", "*"])
        said = self.project.winnow("why", "--file", "tools/report/util.py").stdout
        self.assertIn("tools/report/util.py can affect no test (rule unnamed_files)", said)
        self.assertIn("says one of: python, report/, tools/", said)

    def test_other_files_there_may_be_anything(self):
        self.assertEqual(after(self.project, {"tools/report/notes.dat": "!\n"})["fallback"]["cause"], "unknown_file")

    def test_in_a_directory_that_is_new_nobody_was_asked(self):
        self.assertEqual(after(self.project, {"scripts/a.py": "new\n"})["fallback"]["paths"], ["scripts/a.py"])

    def test_a_source_that_nothing_compiles_selects_nothing(self):
        self.selects({"src/module.c": "// edited\n"})
        self.selects({"src/more.c": "// new\n", "src/module.c": None})

    def test_one_that_comes_to_be_compiled_selects_who_links_it(self):
        self.selects({"globbed/two.c": "int two(void) { return 0; }\n"}, "plain")

    def test_a_project_beside_the_tests_is_for_those_that_run_cmake_or_name_it(self):
        self.selects({"tests/nested/CMakeLists.txt": "# edited\n"}, "configures", "names")
        self.selects({"tests/nested/main.c": "// edited\n"}, "configures", "names")
        self.selects({"tests/nested/main.c": None, "tests/nested/more.c": "// new\n"}, "configures", "names")
        self.selects({"tests/nested/table.csv": "2\n"}, *TESTS)
        self.selects({"tests/loose.c": "// edited\n"}, *TESTS)
        self.project.write("tests/nested/CMakeLists.txt", "# edited\n")
        said = self.project.winnow("why", "other", "--from", "HEAD").stdout
        self.assertIn("lies in its part of the project, but nothing that leads to the test names it", said)

    def test_the_rule_can_be_turned_around(self):
        self.project.write("winnow.json", '{"selection": {"shipped_rules": {"unnamed_files": "everything"}}}')
        self.project.commit()
        fallback = after(self.project, {"tools/report/util.py": "edited\n"})["fallback"]
        self.assertEqual((fallback["cause"], fallback["rule"]), ("rule", "unnamed_files"))

    def test_a_rule_of_the_project_is_stronger(self):
        self.project.write("winnow.json", '{"selection": {"rules": [{"pattern": "tools/", "ignore": false}]}}')
        self.project.commit()
        self.assertEqual(after(self.project, {"tools/report/util.py": "edited\n"})["fallback"]["cause"], "unknown_file")


class Doubt(unittest.TestCase):
    """What may read a file that nobody is known to read."""

    def falls_back(self, path, more, because):
        project = recorded(more)
        try:
            fallback = after(project, {path: "edited\n"})["fallback"]
        finally:
            project.remove()
        self.assertIsNotNone(fallback)
        self.assertEqual((fallback["cause"], fallback["paths"]), ("unknown_file", [path]))
        self.assertIn(because, fallback["because"])

    def script_of_a_test(self, text):
        return {"tests/more.cmake": f"add_test(NAME more COMMAND sh {HERE}/more.sh)\n", "tests/more.sh": text}

    def test_a_script_that_runs_the_language(self):
        self.falls_back("tools/report/util.py", self.script_of_a_test("python3 $1\n"), 'tests/more.sh says "python"')
        self.falls_back("bindings/src/lib.rs", self.script_of_a_test("cargo test\n"), 'tests/more.sh says "cargo"')

    def test_a_script_that_goes_through_directories(self):
        self.falls_back("tools/requirements.txt", self.script_of_a_test('cat "$TOP"/*\n'), "tests/more.sh may read any file")
        self.falls_back("src/module.c", self.script_of_a_test('find "$TOP" -type f\n'), "tests/more.sh may read any file")

    def test_a_script_that_composes_the_name(self):
        self.falls_back("src/module.c", self.script_of_a_test('cat "$TOP/$1.c"\n'), 'tests/more.sh says ".c"')

    def test_a_command_of_the_build_that_runs_the_language(self):
        more = "add_custom_command(OUTPUT made.h COMMAND python3 -c pass DEPENDS other.c)\nadd_custom_target(made DEPENDS made.h)\n"
        self.falls_back("tools/requirements.txt", {"tests/more.cmake": more}, "tests/made.h says \"python\"")

    def test_a_program_that_opens_the_directory(self):
        opens = '#include <dirent.h>\nint main(void) { return !opendir("../tools/report"); }\n'
        self.falls_back("tools/report/util.py", {"tests/other.c": opens}, 'tests/other.c says "report/"')

    def test_a_program_that_names_the_file(self):
        opens = 'const char* name = "module.c";\nint main(void) { return 0; }\n'
        self.falls_back("src/module.c", {"tests/other.c": opens}, 'tests/other.c says "module.c"')

    def test_a_program_that_starts_a_script_of_which_nothing_else_is_known(self):
        starts = '#include <stdlib.h>\nint main(void) { return system("sh ../../ci/check.sh"); }\n'
        self.falls_back("tools/report/util.py", {"tests/other.c": starts, "ci/check.sh": "\n"}, "tests/other.c may read any file")

    def test_who_is_given_the_root_of_the_sources(self):
        for more in (
            "add_test(NAME more COMMAND other ${CMAKE_SOURCE_DIR})",
            "add_test(NAME more COMMAND other)\nset_tests_properties(more PROPERTIES ENVIRONMENT TOP=${CMAKE_SOURCE_DIR})",
            "add_test(NAME more COMMAND other WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})",
            'target_compile_definitions(other PRIVATE TOP="${CMAKE_SOURCE_DIR}")',
            "add_custom_target(more ALL COMMAND other ${CMAKE_SOURCE_DIR})",
        ):
            with self.subTest(more):
                self.falls_back("src/module.c", {"tests/more.cmake": f"{more}\n"}, "may read any file")

    def test_a_program_that_is_told_of_a_directory_around(self):
        more = 'target_compile_definitions(other PRIVATE TOOLS="${CMAKE_SOURCE_DIR}/tools")\n'
        self.falls_back("tools/report/util.py", {"tests/more.cmake": more}, "tools")

    def test_what_configuring_runs(self):
        more = f"execute_process(COMMAND sh {HERE}/more.sh)\n"
        self.falls_back("src/module.c", {"tests/more.cmake": more, "tests/more.sh": "\n"}, "tests/more.cmake starts a program")

    def test_a_test_of_which_nobody_knows_what_it_runs(self):
        self.falls_back("src/module.c", {"tests/more.cmake": "add_test(NAME more COMMAND make -n)\n"}, "the test tests/more")


if __name__ == "__main__":
    unittest.main()
