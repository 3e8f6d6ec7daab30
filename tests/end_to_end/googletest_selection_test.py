#!/usr/bin/env python3
"""For real edits of GoogleTest every test whose programs differ after a rebuild was selected before it."""

import json
import os
import shutil
import subprocess
import unittest
from dataclasses import dataclass

import googletest_project


@dataclass
class Edit:
    """One edit: `old` in `path` becomes `new`. `selected_itself` are tests that run the edited file as it is."""

    name: str
    path: str
    old: str
    new: str
    changes_programs: bool = True
    selected_itself: tuple = ()
    most: int = 63


EDITS = (
    Edit(
        "a_test_source",
        "googletest/test/googletest-filepath-test.cc",
        "TEST(NormalizeTest, MultipleConsecutiveSeparatorsInMidstring) {\n",
        'TEST(NormalizeTest, Edited) { EXPECT_STREQ("a", FilePath("a").c_str()); }\n\n'
        "TEST(NormalizeTest, MultipleConsecutiveSeparatorsInMidstring) {\n",
        most=31,
    ),
    Edit(
        "a_central_header",
        "googletest/include/gtest/gtest-printers.h",
        "*os << \"NULL\";",
        "*os << \"no object\";",
    ),
    Edit(
        "a_library_source",
        "googlemock/src/gmock-cardinalities.cc",
        '*os << "never called";',
        '*os << "not called at all";',
        most=31,
    ),
    Edit(
        "a_python_script",
        "googletest/test/googletest-color-test.py",
        "def UsesColor(",
        "# Whether the output is coloured.\ndef UsesColor(",
        changes_programs=False,
        selected_itself=("googletest-color-test",),
        most=31,
    ),
    Edit(
        "a_cmake_comment",
        "googletest/CMakeLists.txt",
        "enable_testing()",
        "enable_testing() # of this and what includes it",
        changes_programs=False,
        most=0,
    ),
    Edit("prose", "googletest/README.md", "Google", "Our Google", changes_programs=False, most=0),
)


class Selection(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.copy = googletest_project.shared()
        cls.copy.restore()
        cls.before = cls.copy.executables()
        cls.tests = cls.copy.tests()
        cls.winnow("graph", "record")

    @classmethod
    def winnow(cls, *arguments):
        done = subprocess.run(
            [os.environ["WINNOW"], *arguments, "-B", str(cls.copy.build)],
            cwd=cls.copy.source, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
        return done.stdout

    def tearDown(self):
        self.copy.restore()
        self.assertEqual(self.before, self.copy.executables(), "the same sources build different programs")

    def check(self, edit):
        file = self.copy.source / edit.path
        text = file.read_text()
        self.assertIn(edit.old, text)
        file.write_text(text.replace(edit.old, edit.new, 1))
        selection = json.loads(self.winnow("affected", "--from", "HEAD", "--format", "json"))
        self.assertIsNone(selection["fallback"])
        selected = {test["name"] for test in selection["tests"]}

        self.copy.rebuild()
        after = self.copy.executables()
        changed = {name for name in after if after[name] != self.before[name]}
        changed_tests = {test for test, programs in self.tests.items() if programs & changed}
        must = changed_tests | set(edit.selected_itself)
        print(f"{edit.name}: {len(changed)} programs changed, {len(must)} tests must run, {len(selected)} selected")
        self.assertEqual((edit.changes_programs,) * 2, (bool(changed), bool(changed_tests)))
        self.assertEqual(set(), must - selected, "tests missed")
        self.assertLessEqual(len(selected), edit.most, sorted(selected))

    def test_of_its_63_tests_18_are_scripts_around_programs(self):
        scripts = self.copy.scripts()
        self.assertEqual((63, 18), (len(self.tests), len(scripts)))
        self.assertEqual([], [name for name, programs in self.tests.items() if not programs])
        self.assertEqual(63, len(json.loads(self.winnow("list", "--format", "json"))["tests"]))

    def test_a_cmake_comment_with_base_made_aside(self):
        shutil.rmtree(self.copy.build / ".winnow" / "graphs")
        self.check(Edit("a_cmake_comment", "CMakeLists.txt", "project(", "# All.\nproject(", False, most=0))


def _case(edit):
    return lambda self: self.check(edit)


for _edit in EDITS:
    setattr(Selection, f"test_an_edit_of_{_edit.name}", _case(_edit))


if __name__ == "__main__":
    unittest.main()
