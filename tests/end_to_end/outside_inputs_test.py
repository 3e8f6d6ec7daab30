#!/usr/bin/env python3
"""Headers and libraries outside of the source and build trees: who uses one that is another now is selected."""

import os
import shutil
import unittest

from small_project import SmallProject

PREFIX = {
    "include/value.h": "inline int value() { return 0; }\n",
    "include/other.h": "inline int other() { return 0; }\n",
    "code.cpp": "int code() { return 0; }\n",
}
PROJECT = {
    "CMakeLists.txt": """
cmake_minimum_required(VERSION 3.24)
project(Outside LANGUAGES CXX)
enable_testing()
set(PREFIX "" CACHE PATH "")
add_library(code SHARED IMPORTED)
set_target_properties(code PROPERTIES IMPORTED_LOCATION ${PREFIX}/lib/libcode.so)
foreach(name IN ITEMS value other linked plain)
  add_executable(${name} ${name}.cpp)
  target_include_directories(${name} SYSTEM PRIVATE ${PREFIX}/include)
  add_test(NAME ${name} COMMAND ${name})
endforeach()
target_link_libraries(linked PRIVATE code)
""",
    "value.cpp": "#include <value.h>\nint main() { return value(); }\n",
    "other.cpp": "#include <other.h>\nint main() { return other(); }\n",
    "linked.cpp": "int code();\nint main() { return code(); }\n",
    "plain.cpp": "int main() {}\n",
}


class OutsideInputs(unittest.TestCase):
    def setUp(self):
        self.project = SmallProject(PROJECT)
        self.addCleanup(self.project.remove)
        self.addCleanup(self.project.winnow, "daemon", "stop")
        self.prefix = self.project.root / "prefix"
        (self.prefix / "lib").mkdir(parents=True)
        for name, text in PREFIX.items():
            self.install(name, text)
        self.project.configure(f"-DPREFIX={self.prefix}")
        self.project.make()
        self.assertEqual(self.affected(), {})

    def install(self, name, text):
        """As package managers do: another file, with a time of long ago."""
        path = self.prefix / name
        path.parent.mkdir(exist_ok=True)
        packed = path.with_suffix(".packed")
        packed.write_text(text)
        os.utime(packed, (1_000_000_000, 1_000_000_000))
        packed.replace(path)
        if name == "code.cpp":
            library = self.prefix / "lib" / "libcode.so"
            library.unlink(missing_ok=True)
            self.project.run("c++", "-shared", "-fPIC", "-o", library, path)

    def affected(self, *change):
        selection = self.project.document("affected", *(change or ("--from", "HEAD")))
        self.assertIsNone(selection["fallback"])
        return {test["name"]: test["reasons"][0]["kind"] for test in selection["tests"]}

    def test_a_header_with_another_content_selects_who_includes_it(self):
        self.install("include/value.h", "inline int value() { return 1; }\n")
        self.assertEqual(self.affected(), {"value": "changed_file"})
        why = self.project.winnow("why", "value", "--from", "HEAD")
        self.assertIn(f"{self.prefix}/include/value.h", why.stdout)
        self.install("include/value.h", PREFIX["include/value.h"])
        self.assertEqual(self.affected(), {})

    def test_a_header_that_is_gone_selects_who_includes_it(self):
        (self.prefix / "include" / "other.h").unlink()
        self.assertEqual(self.affected(), {"other": "changed_file"})

    def test_a_library_with_another_content_selects_who_links_it(self):
        self.install("code.cpp", "int code() { return 1; }\n")
        self.assertEqual(self.affected(), {"linked": "changed_file"})

    def test_times_and_copies_alone_select_nothing(self):
        copy = self.project.root / "copy"
        shutil.copytree(self.prefix, copy)
        shutil.rmtree(self.prefix)
        copy.rename(self.prefix)
        self.assertEqual(self.affected(), {})

    def test_a_damaged_note_of_their_contents_only_takes_time(self):
        note = self.project.build / ".winnow" / "outside_contents"
        note.write_bytes(note.read_bytes()[:-7])
        self.assertEqual(self.affected(), {})
        self.install("include/value.h", "inline int value() { return 1; }\n")
        note.write_bytes(b"")
        self.assertEqual(self.affected(), {"value": "changed_file"})

    def test_a_file_with_an_old_time_is_built_with_all_the_same(self):
        self.install("include/value.h", "inline int value() { return 1; }\n")
        self.install("code.cpp", "int code() { return 1; }\n")
        os.utime(self.prefix / "lib" / "libcode.so", (1_000_000_000, 1_000_000_000))
        done = self.project.winnow("run", "--build", "--from", "HEAD")
        self.assertEqual(done.returncode, 100, done.stdout + done.stderr)
        self.assertIn("2 failed", done.stdout + done.stderr)

    def test_a_pass_is_of_the_files_outside(self):
        done = self.project.winnow("run", "--all", "--build")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(self.affected("--since-last-green"), {})
        self.install("include/value.h", "inline int value() { return 1; }\n")
        self.assertEqual(self.affected("--since-last-green"), {"value": "changed_file"})
        self.project.winnow("graph", "record")
        self.assertEqual(self.affected("--since-last-green"), {"value": "changed_file"})


if __name__ == "__main__":
    unittest.main()
