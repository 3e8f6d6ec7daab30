#!/usr/bin/env python3
"""Files with odd names select like others, also where the tools around them stumble over the names."""

import os
import subprocess
import unittest

from small_project import WINNOW, SmallProject

# CMake quotes the name of such an object's depfile, which ninja then does not find: it has no header list.
NAMES = ["a space", "an'apostrophe", "a$dollar", "a#hash", "an&ampersand", "a`backquote", "a~tilde", "a*star", "(round)",
         "[square]", "{curly}", "100%", "a+b", "a@b", "a,b", "a:b", "größe"]  # fmt: skip
CMAKE = """
cmake_minimum_required(VERSION 3.20)
project(Odd LANGUAGES C)
enable_testing()
"""


def files():
    cmake, written = CMAKE, {}
    for number, name in enumerate(NAMES):
        quoted = "${CMAKE_SOURCE_DIR}/" + name.replace("$", "\\$")
        cmake += f"""
add_executable(program_{number} "{quoted}.c")
add_test(NAME run_{number} COMMAND program_{number})
add_test(NAME data_{number} COMMAND ${{CMAKE_COMMAND}} -E cat "{quoted}.txt")
"""
        written[f"{name}.c"] = f'#include "{name}.h"\nint main(void) {{ return 0; }}\n'
        written[f"{name}.h"] = "// a header\n"
        written[f"{name}.txt"] = "data\n"
    return {"CMakeLists.txt": cmake, **written}


class OddNames(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.project = SmallProject(files())
        cls.addClassCleanup(cls.project.remove)
        cls.project.configure()
        cls.project.make()
        cls.project.winnow("graph", "record")
        cls.project.keep()

    def setUp(self):
        self.addCleanup(self.project.restore)

    def selects(self, *names):
        selection = self.project.document("affected", "--from", "HEAD")
        self.assertIsNone(selection["fallback"])
        self.assertEqual(sorted(names), sorted(test["name"] for test in selection["tests"]))

    def test_sources_headers_and_data_select_their_test(self):
        for number, name in enumerate(NAMES):
            for suffix, test in ((".c", "run"), (".h", "run"), (".txt", "data")):
                with self.subTest(name + suffix):
                    text = (self.project.source / (name + suffix)).read_text()
                    self.project.write(name + suffix, text + "\n")
                    self.selects(f"{test}_{number}")
                    self.project.write(name + suffix, text)

    def test_a_header_that_ninja_lost_sight_of_is_built_anew(self):
        number = NAMES.index("a$dollar")
        self.project.write("a$dollar.h", "#error seen\n")
        done = self.project.winnow("build", "--from", "HEAD")
        self.assertEqual(96, done.returncode, done.stderr)
        self.assertIn(f"program_{number}", done.stdout + done.stderr)

    def test_names_that_are_no_text_are_told_and_judged_like_others(self):
        prose = os.path.join(os.fsencode(self.project.source), b'\xff\xfe\n"\'.md')
        with open(prose, "w", encoding="utf-8") as file:
            file.write("prose\n")
        self.selects()
        os.rename(prose, prose.replace(b".md", b".dat"))
        tests = self.project.document("affected", "--from", "HEAD")["tests"]
        self.assertEqual({"%FF%FE\n\"'.dat"}, {test["reasons"][0]["file"] for test in tests})

    def test_a_list_of_files_takes_every_spelling(self):
        for named in (b"a space.c", b"./a space.c", b"build/../a space.c", os.fsencode(self.project.source) + b"//a space.c"):
            for command in (["--files", named], ["--files-from", "-"]):
                done = subprocess.run(
                    [WINNOW, "affected", "--format", "names", *command], cwd=self.project.source, env=self.project.environment,
                    input=named + b"\n", capture_output=True, timeout=120,
                )  # fmt: skip
                self.assertEqual((0, b"run_0\n"), (done.returncode, done.stdout), done.stderr)

    def test_a_list_may_name_what_is_no_text_or_not_there(self):
        listed = b"\xff.dat\n/nowhere/at all.dat\n../../../../../../../..\n" + b"long" * 2000 + b".dat\n"
        done = subprocess.run(
            [WINNOW, "affected", "--format", "names", "--files-from", "-"], cwd=self.project.source,
            env=self.project.environment, input=listed, capture_output=True, timeout=120,
        )  # fmt: skip
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertEqual(2 * len(NAMES), len(done.stdout.splitlines()))


if __name__ == "__main__":
    unittest.main()
