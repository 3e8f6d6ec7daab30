#!/usr/bin/env python3
"""What somebody is known to read, others may read as well: scripts by their imports, programs by a name in a literal."""

import unittest

from small_project import SmallProject

HERE = "${CMAKE_CURRENT_SOURCE_DIR}"
FILES = {
    "CMakeLists.txt": """
cmake_minimum_required(VERSION 3.20)
project(Readers LANGUAGES C)
enable_testing()
add_subdirectory(tools)
add_subdirectory(made)
add_subdirectory(tests)
""",
    "tools/CMakeLists.txt": f"""
add_test(NAME selftest COMMAND python3 {HERE}/selftest.py)
add_custom_command(OUTPUT python.h COMMAND python3 {HERE}/gen.py python.h DEPENDS gen.py)
add_custom_command(OUTPUT outer.h COMMAND sh {HERE}/gen.sh -I${{CMAKE_SOURCE_DIR}}/defs {HERE}/outer.in outer.h
  DEPENDS outer.in gen.sh)
add_custom_command(OUTPUT inner.h COMMAND cp ${{CMAKE_SOURCE_DIR}}/defs/inner.in inner.h DEPENDS ../defs/inner.in)
foreach(name IN ITEMS python outer inner)
  add_custom_target(generate_${{name}} DEPENDS ${{name}}.h)
endforeach()
""",
    "tools/gen.py": "import sys\nfrom parts import numbers\nopen(sys.argv[1], 'w').write(f'#define N {numbers.N}\\n')\n",
    "tools/parts/__init__.py": "",
    "tools/parts/numbers.py": "N = 3\n",
    "tools/selftest.py": "from parts import numbers\nassert numbers.N\n",
    "tools/gen.sh": 'cat "${1#-I}/$(sed "s/import //" "$2").in" > "$3"\n',
    "tools/outer.in": "import inner\n",
    "defs/inner.in": "#define M 7\n",
    "made/CMakeLists.txt": """
foreach(name IN ITEMS python outer inner)
  add_executable(of_${name} ${name}.c)
  target_include_directories(of_${name} PRIVATE ${CMAKE_BINARY_DIR}/tools)
  add_dependencies(of_${name} generate_${name})
  add_test(NAME of_${name} COMMAND of_${name})
endforeach()
""",
    "tests/CMakeLists.txt": f"""
foreach(name IN ITEMS check naming composing listing quiet)
  add_executable(${{name}} ${{name}}.c)
endforeach()
foreach(number RANGE 1 3)
  add_test(NAME check{{number}} COMMAND check {HERE}/data/t${{number}}.txt)
endforeach()
foreach(name IN ITEMS naming composing listing quiet)
  add_test(NAME ${{name}} COMMAND ${{name}} WORKING_DIRECTORY ${{CMAKE_SOURCE_DIR}})
endforeach()
foreach(name IN ITEMS one.sh two.sh)
  add_test(NAME ${{name}} COMMAND sh {HERE}/${{name}})
endforeach()
set_tests_properties(two.sh PROPERTIES REQUIRED_FILES {HERE}/common.sh)
foreach(name IN ITEMS a b c)
  add_test(NAME ${{name}}.py COMMAND python3 {HERE}/${{name}}.py)
endforeach()
add_test(NAME cmake COMMAND ${{CMAKE_COMMAND}} -P {HERE}/s.cmake)
add_test(NAME part COMMAND ${{CMAKE_COMMAND}} -P {HERE}/part.cmake)
""".replace("check{number}", "check${number}"),
    "tests/check.c": "int main(void) { return 0; }\n",
    "tests/naming.c": '#include <stdio.h>\nint main(void) { return !fopen("tests/data/t1.txt", "r"); }\n',
    "tests/composing.c": '#include <stdio.h>\nint main(void) { printf("tests/%s/t%d.txt", "data", 2); return 0; }\n',
    "tests/listing.c": '#include <dirent.h>\nint main(void) { return !opendir("tests/data"); }\n',
    "tests/quiet.c": "int main(void) { return 0; /* tests/data/t1.txt */ }\n",
    "tests/data/t1.txt": "1\n",
    "tests/data/t2.txt": "2\n",
    "tests/data/t3.txt": "3\n",
    "tests/common.sh": "RC=0\n",
    "tests/one.sh": '. $(dirname $0)/common.sh\nexit $RC\n',
    "tests/two.sh": '. $(dirname $0)/common.sh\nexit $RC\n',
    "tests/a.py": "import b\nassert b.V == 1\n",
    "tests/b.py": "V = 1\n",
    "tests/c.py": "pass\n",
    "tests/s.cmake": "include(${CMAKE_CURRENT_LIST_DIR}/part.cmake)\n",
    "tests/part.cmake": "set(PART 1)\n",
}
for _name, _value in (("python", "N"), ("outer", "M"), ("inner", "M")):
    FILES[f"made/{_name}.c"] = f'#include "{_name}.h"\nint main(void) {{ return {_value} * 0; }}\n'
NAMED = ("naming", "composing", "listing")


class OtherReaders(unittest.TestCase):
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

    def selected(self, path, text="# edited\n"):
        """test -> its first reason"""
        self.project.write(path, FILES.get(path, "") + text)
        selection = self.project.document("affected", "--from", "HEAD")
        self.assertIsNone(selection["fallback"])
        return {test["name"]: test["reasons"][0] for test in selection["tests"]}

    def leads(self, path, *names):
        with self.subTest(path):
            self.assertEqual(sorted(names), sorted(self.selected(path)))
        self.project.restore()

    def test_scripts_lead_to_the_tests_whose_scripts_read_them(self):
        self.leads("tests/common.sh", "one.sh", "two.sh")
        self.leads("tests/b.py", "a.py", "b.py")
        self.leads("tests/c.py", "c.py")
        self.leads("tests/part.cmake", "cmake", "part")

    def test_data_leads_to_the_programs_that_name_it(self):
        self.leads("tests/data/t1.txt", "check1", *NAMED)
        self.leads("tests/data/t2.txt", "check2", "composing", "listing")

    def test_what_a_generator_reads_by_itself_leads_to_what_it_makes(self):
        self.leads("tools/parts/numbers.py", "of_python", "selftest")
        self.leads("defs/inner.in", "of_inner", "of_outer")

    def test_a_file_beside_a_generator_may_be_read_by_it(self):
        reasons = self.selected("tools/more.py")
        self.assertEqual(set(reasons), {"of_python", "of_outer", "selftest"})
        self.assertEqual((reasons["of_python"]["kind"], reasons["of_python"]["rule"]), ("beside_input", "unbuilt_files"))

    def test_what_it_makes_is_made_anew(self):
        self.project.write("defs/inner.in", "#define M 8\n")
        built = self.project.winnow("build", "--from", "HEAD")
        self.assertEqual(built.returncode, 0, built.stderr)
        self.assertIn("8", (self.project.build / "tools" / "outer.h").read_text())

    def test_the_reason_and_the_doubt_that_is_left_are_told(self):
        self.assertEqual(self.selected("tests/data/t1.txt")["naming"]["rule"], "shared_data")
        why = self.project.winnow("why", "naming", "--from", "HEAD").stdout
        self.assertIn("tests/data/t1.txt is read by others, and tests/naming.c may name it, compiled into naming", why)
        self.assertIn("(rule shared_data)", why)
        skipped = self.project.winnow("why", "quiet", "--from", "HEAD").stdout
        self.assertIn("tests/data/t1.txt lies in its part of the project and is read by others", skipped)
        self.assertIn("mentioned by a script of the test\n    tests/a.py", self.project.winnow("why", "--file", "tests/b.py").stdout)

    def test_the_rule_can_be_turned_around(self):
        self.project.write("winnow.json", '{"selection": {"shipped_rules": {"shared_data": "nothing"}}}')
        self.project.commit()
        self.assertEqual(set(self.selected("tests/data/t1.txt")), {"check1"})


if __name__ == "__main__":
    unittest.main()
