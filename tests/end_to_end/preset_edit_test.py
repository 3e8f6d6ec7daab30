#!/usr/bin/env python3
"""An edit of CMakePresets.json is judged by what it makes of the build tree, where base's graph is at hand."""

import json
import shutil
import unittest

from small_project import SmallProject


def presets(value, **more):
    preset = {"name": "dev", "generator": "Ninja", "binaryDir": "${sourceDir}/build", "cacheVariables": {"LEVEL": value}}
    return json.dumps({"version": 3, "configurePresets": [dict(preset, **more)]})


FILES = {
    "CMakeLists.txt": """
cmake_minimum_required(VERSION 3.20)
project(Preset LANGUAGES C)
enable_testing()
add_executable(level_test main.c)
target_compile_definitions(level_test PRIVATE LEVEL=${LEVEL})
add_executable(other_test main.c)
add_test(NAME level COMMAND level_test)
add_test(NAME other COMMAND other_test)
""",
    "main.c": "int main(void) { return 0; }\n",
    "CMakePresets.json": presets("1"),
}


class PresetEdits(unittest.TestCase):
    def setUp(self):
        self.project = SmallProject(FILES)
        self.addCleanup(self.project.remove)
        self.project.run("cmake", "--preset", "dev")
        self.project.winnow("graph", "record")

    def selection(self):
        selection = self.project.document("affected", "--from", "HEAD")
        return selection["fallback"], {test["name"]: test["reasons"][0]["kind"] for test in selection["tests"]}

    def test_what_changes_no_setting_selects_nothing(self):
        self.project.write("CMakePresets.json", presets("1", displayName="For every day"))
        self.project.run("cmake", "--preset", "dev")
        self.assertEqual((None, {}), self.selection())

    def test_a_changed_setting_selects_what_it_changes(self):
        self.project.write("CMakePresets.json", presets("2"))
        self.project.run("cmake", "--preset", "dev")
        self.assertEqual((None, {"level": "changed_command"}), self.selection())

    def test_a_fresh_tree_takes_base_s_settings_from_its_graph(self):
        carried = self.project.root / "base.graph"
        self.project.winnow("graph", "export", "-o", str(carried))
        self.fresh_tree_with_other_presets()
        self.assertEqual(0, self.project.winnow("graph", "import", str(carried)).returncode)
        self.assertEqual((None, {"level": "changed_command"}), self.selection())

    def test_without_that_everything_is_selected_and_the_cause_said(self):
        self.fresh_tree_with_other_presets()
        fallback, tests = self.selection()
        self.assertEqual({"level", "other"}, set(tests))
        self.assertEqual(["CMakePresets.json"], fallback["paths"])
        self.assertIn("graph import", fallback["because"])
        self.assertEqual(fallback, self.selection()[0], "the tree's own graph is not taken for base's")

    def fresh_tree_with_other_presets(self):
        shutil.rmtree(self.project.build)
        self.project.write("CMakePresets.json", presets("2"))
        self.project.run("cmake", "--preset", "dev")


if __name__ == "__main__":
    unittest.main()
