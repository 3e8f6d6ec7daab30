#!/usr/bin/env python3
"""An edit of a Fortran module selects the tests whose programs use it: compared with what clean builds differ in."""

import re
import shutil
import subprocess
import sys
import unittest

from clean_builds import CleanBuilds
from small_project import SmallProject

# No link reveals what uses the constants: a library of objects keeps what it was compiled with to itself.
FILES = {
    "CMakeLists.txt": """\
cmake_minimum_required(VERSION 3.20)
project(Shapes LANGUAGES Fortran)
enable_testing()
add_library(constants OBJECT units.f90 colors.F90)
add_library(geometry OBJECT geometry.f90 area.f90)
target_link_libraries(geometry PRIVATE constants)
add_library(paint OBJECT paint.f90)
target_link_libraries(paint PRIVATE constants)
set(area $<TARGET_OBJECTS:geometry>)
set(paint $<TARGET_OBJECTS:paint>)
set(both ${area} ${paint})
add_custom_command(OUTPUT table.f90
  COMMAND ${CMAKE_COMMAND} -E copy ${CMAKE_CURRENT_SOURCE_DIR}/table.in table.f90 DEPENDS table.in)
add_library(tables STATIC table.f90)
foreach(name area paint both table plain)
  add_executable(${name}_test ${name}_test.f90 ${${name}})
  add_test(NAME ${name} COMMAND ${name}_test)
endforeach()
target_link_libraries(table_test PRIVATE tables)
""",
    "units.f90": "module units\n  integer, parameter :: unit = 2\nend module\n",
    "colors.F90": "module colors\n#include \"palette.h\"\n  include 'shades.inc'\nend module\n",
    "palette.h": "#define RED 3\n  integer, parameter :: red = RED\n",
    "shades.inc": "  integer, parameter :: dark = 5\n",
    "geometry.f90": """\
module geometry
  use units
  interface
    module integer function area(side)
      integer, intent(in) :: side
    end function
  end interface
contains
  integer function length(n)
    integer, intent(in) :: n
    length = n * unit
  end function
end module
""",
    "area.f90": """\
submodule (geometry) area_of_squares
contains
  module procedure area
    area = length(side) * side
  end procedure
end submodule
""",
    "paint.f90": """\
module paint
  use colors
contains
  integer function shade()
    shade = red * dark
  end function
end module
""",
    "table.in": "module table\n  integer, parameter :: first = 7\nend module\n",
    "area_test.f90": "program t\n  use geometry\n  if (area(3) /= 18) stop 1\nend program\n",
    "paint_test.f90": "program t\n  use paint\n  if (shade() /= 15) stop 1\nend program\n",
    "both_test.f90": "program t\n  use geometry\n  use paint\n  if (length(1) + shade() /= 17) stop 1\nend program\n",
    "table_test.f90": "program t\n  use table\n  print *, first\nend program\n",
    "plain_test.f90": "program t\n  print *, 1\nend program\n",
}

# What is edited, and a number in it that becomes another one.
EDITS = {
    "units.f90": "2",
    "palette.h": "RED 3",
    "shades.inc": "5",
    "geometry.f90": "n * unit",
    "area.f90": "length(side) * side",
    "paint.f90": "red * dark",
    "table.in": "7",
    "both_test.f90": "17",
    "plain_test.f90": "1",
}


class Modules(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.project = SmallProject(FILES)
        cls.project.git("tag", "base")
        cls.builds = CleanBuilds(cls.project, [f"{name}_test" for name in ("area", "paint", "both", "table", "plain")])
        cls.truth = {name: cls.truth_of(name) for name in EDITS}

    @classmethod
    def tearDownClass(cls):
        cls.project.remove()

    @classmethod
    def truth_of(cls, name):
        cls.edit(name)
        changed = {program.removesuffix("_test") for program in cls.builds.changed()}
        cls.project.git("reset", "-q", "--hard", "base")
        return changed

    @classmethod
    def edit(cls, name):
        old = EDITS[name]
        new = re.sub(r"\d+", lambda number: str(int(number[0]) + 1), old) if re.search(r"\d", old) else f"1 + {old}"
        cls.project.write(name, (cls.project.source / name).read_text().replace(old, new, 1))

    def setUp(self):
        self.addCleanup(lambda: self.project.git("reset", "-q", "--hard", "base"))
        for below in self.project.build.glob("*"):
            if below != self.builds.tree:
                shutil.rmtree(below) if below.is_dir() else below.unlink()
        self.project.configure()

    def record(self):
        done = self.project.winnow("graph", "record")
        self.assertEqual((0, ""), (done.returncode, done.stderr))

    def affected(self, base="base"):
        selection = self.project.document("affected", "--from", base)
        self.assertIsNone(selection["fallback"])
        return {test["name"]: test["reasons"] for test in selection["tests"]}

    def check_each_edit(self, check, then=lambda: None):
        """Calls `check` with the name, the truth and the selection of each edit, made alone and followed by `then`."""
        for name, truth in self.truth.items():
            with self.subTest(edited=name):
                self.edit(name)
                then()
                check(name, truth, set(self.affected()))
            self.project.git("reset", "-q", "--hard", "base")

    def test_the_edits_tell_the_tests_apart(self):
        self.assertEqual({"area", "both"}, self.truth["units.f90"])
        self.assertEqual({"paint", "both"}, self.truth["palette.h"])
        self.assertEqual({"paint", "both"}, self.truth["shades.inc"])
        self.assertEqual({"table"}, self.truth["table.in"])

    def test_a_built_tree_selects_exactly_what_changes(self):
        self.project.make()
        self.record()
        self.check_each_edit(lambda name, truth, selected: self.assertEqual(truth, selected))

    def test_a_tree_built_after_the_edit_selects_the_same(self):
        self.project.make()
        self.record()
        self.check_each_edit(lambda name, truth, selected: self.assertEqual(truth, selected), self.project.make)

    def selects_no_module_of_others(self, name, truth, selected):
        self.assertLessEqual(truth, selected)
        if name.endswith(".f90"):
            self.assertEqual(name == "plain_test.f90", "plain" in selected)
            self.assertNotIn("table", selected)

    def test_an_unbuilt_tree_selects_all_that_may_use_a_module(self):
        self.record()
        self.check_each_edit(self.selects_no_module_of_others)

    def test_a_half_built_tree_doubts_only_what_is_not_scanned(self):
        self.project.make("area_test")
        self.record()
        self.check_each_edit(self.selects_no_module_of_others)
        self.project.write("colors.F90", FILES["colors.F90"] + "! The end.\n")
        self.assertEqual({"paint", "both"}, set(self.affected()))

    def test_a_module_that_moved_before_the_tree_was_built_again_is_found(self):
        self.project.make()
        self.record()
        colors = "module colors\n  integer, parameter :: red = 3\n  integer, parameter :: dark = 5\nend module\n"
        self.project.write("colors.F90", "module nothing\nend module\n")
        self.project.write("units.f90", FILES["units.f90"] + colors)
        self.record()
        self.project.commit()
        self.project.git("tag", "-f", "moved")
        self.project.write("units.f90", FILES["units.f90"] + colors.replace("5", "6"))
        self.assertLessEqual({"paint", "both"}, set(self.affected("moved")))

    def test_a_module_of_an_edited_source_is_used_by_what_it_says_now(self):
        self.project.make()
        self.project.write("paint.f90", FILES["paint.f90"].replace("use colors", "use colors\n  use units"))
        self.project.commit()
        self.record()
        self.edit("units.f90")
        self.assertEqual({"area", "both", "paint"}, set(self.affected("HEAD")))

    def test_a_build_makes_anew_what_ninja_alone_takes_for_done(self):
        self.project.make()
        self.record()
        for name, program in (("units.f90", "area_test"), ("shades.inc", "paint_test")):
            with self.subTest(edited=name):
                self.project.run(self.project.build / program)
                self.edit(name)
                built = self.project.winnow("build", "--from", "base")
                self.assertEqual(0, built.returncode, built.stderr)
                with self.assertRaises(subprocess.CalledProcessError):
                    self.project.run(self.project.build / program)

    def test_why_names_the_use_of_the_module(self):
        self.project.make()
        self.record()
        self.edit("units.f90")
        self.assertIn(
            "units.f90 provides a module to geometry.f90, compiled into area_test, run by test area",
            self.project.winnow("why", "area", "--from", "base").stdout,
        )
        self.project.git("reset", "-q", "--hard", "base")
        self.edit("shades.inc")
        # Since CMake 4.3 the compiler is asked for what `include` lines name, too.
        self.assertRegex(
            self.project.winnow("why", "paint", "--from", "base").stdout,
            r"shades\.inc (may be|is) included by colors\.F90, which provides a module to paint\.f90, compiled into paint_test",
        )

    def test_a_built_tree_does_not_differ_from_one_that_only_was_configured(self):
        self.project.make()
        with (self.project.source / "CMakeLists.txt").open("a") as file:
            file.write("# The end.\n")
        self.assertEqual({}, self.affected())

    def test_a_definition_selects_what_uses_the_module_compiled_with_it(self):
        self.project.make()
        self.record()
        path = self.project.source / "CMakeLists.txt"
        path.write_text(path.read_text().replace("add_library(geometry", "target_compile_definitions(constants PRIVATE X)\nadd_library(geometry"))
        reasons = self.affected()
        self.assertEqual({"area", "paint", "both"}, set(reasons))
        self.assertEqual("CMakeLists.txt:5", reasons["paint"][0]["defined_at"])


if __name__ == "__main__":
    if shutil.which("gfortran") is None:
        print("skipped: no gfortran")
        sys.exit(77)
    unittest.main()
