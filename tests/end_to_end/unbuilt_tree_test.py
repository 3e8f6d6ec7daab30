#!/usr/bin/env python3
"""In a fresh clone that is configured but not built, an edit selects the tests that include what was edited."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

FILES = {
    "CMakeLists.txt": """
cmake_minimum_required(VERSION 3.20)
project(unbuilt LANGUAGES CXX)
enable_testing()
include_directories(first second)
add_custom_command(OUTPUT schema.h
  COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/generate.sh ${CMAKE_CURRENT_SOURCE_DIR}/schema.txt schema.h
  DEPENDS generate.sh schema.txt)
foreach(name IN ITEMS url text schema config)
  add_executable(${name}_test ${name}_test.cpp)
  add_test(NAME ${name} COMMAND ${name}_test)
endforeach()
target_sources(schema_test PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/schema.h)
target_include_directories(schema_test PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
target_precompile_headers(config_test PRIVATE second/pch.h)
target_compile_definitions(config_test PRIVATE "CONFIG=\\"config.h\\"")
""",
    "generate.sh": "#!/bin/sh\n(echo '#include \"base.h\"'; cat \"$1\") > \"$2\"\n",
    "schema.txt": "// schema\n",
    "second/base.h": "",
    "second/net/url.h": "#include \"part.h\"\n",
    "second/net/part.h": "",
    "second/text.h": "",
    "second/config.h": "",
    "second/pch.h": "#include <vector>\n",
    "url_test.cpp": "#include <net/url.h>\nint main() {}\n",
    "text_test.cpp": "#if 0\n#include \"text.h\"\n#endif\n#if __has_include(\"option.h\")\n#endif\nint main() {}\n",
    "schema_test.cpp": "#include \"schema.h\"\nint main() {}\n",
    "config_test.cpp": "#include CONFIG\nint main() {}\n",
}  # fmt: skip


class UnbuiltTree(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = pathlib.Path(tempfile.mkdtemp(prefix="winnow-unbuilt-"))
        cls.addClassCleanup(shutil.rmtree, cls.directory)
        cls.source, cls.build = cls.directory / "source", cls.directory / "build"
        # What somebody's own runs left in the history is no matter here.
        (cls.directory / "run").mkdir(mode=0o700)
        cls.environment = dict(os.environ, XDG_STATE_HOME=str(cls.directory / "state"),
                               XDG_RUNTIME_DIR=str(cls.directory / "run"))  # fmt: skip
        for name, text in FILES.items():
            path = cls.source / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        (cls.source / "generate.sh").chmod(0o755)
        cls.git("init", "-q", "-b", "main")
        cls.git("config", "user.name", "test")
        cls.git("config", "user.email", "test@localhost")
        cls.git("add", "-A")
        cls.git("commit", "-q", "-m", "as it was")
        subprocess.run(["cmake", "-G", "Ninja", "-S", cls.source, "-B", cls.build],
                       check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # fmt: skip
        cls.winnow("graph", "record")

    @classmethod
    def git(cls, *arguments):
        subprocess.run(["git", "-C", cls.source, *arguments], check=True, stdin=subprocess.DEVNULL)

    @classmethod
    def winnow(cls, *arguments):
        done = subprocess.run([os.environ["WINNOW"], *arguments, "-B", cls.build], cwd=cls.source, env=cls.environment,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=True)  # fmt: skip
        return done.stdout

    def tearDown(self):
        self.git("checkout", "-q", "--", ".")
        self.git("clean", "-qfd")

    def selection(self, edits):
        """The names of the tests selected after these files get these contents; None deletes one."""
        for name, text in edits.items():
            path = self.source / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink() if text is None else path.write_text(text)
        selection = json.loads(self.winnow("affected", "--from", "HEAD", "--format", "json"))
        self.assertIsNone(selection["fallback"])
        return sorted(test["name"] for test in selection["tests"])

    def test_a_header_selects_the_tests_that_include_it(self):
        self.assertEqual(["url"], self.selection({"second/net/url.h": "// edited\n"}))

    def test_a_header_of_a_header_counts(self):
        self.assertEqual(["url"], self.selection({"second/net/part.h": "// edited\n"}))

    def test_a_branch_that_is_not_taken_counts(self):
        self.assertEqual(["text"], self.selection({"second/text.h": "// edited\n"}))

    def test_what_a_generator_reads_counts(self):
        self.assertEqual(["schema"], self.selection({"schema.txt": "// edited\n"}))

    def test_what_a_generator_writes_includes_of_counts(self):
        self.assertEqual(["schema"], self.selection({"second/base.h": "// edited\n"}))

    def test_a_precompiled_header_counts(self):
        self.assertEqual(["config"], self.selection({"second/pch.h": "// edited\n"}))

    def test_a_header_named_by_a_definition_counts(self):
        self.assertEqual(["config"], self.selection({"second/config.h": "// edited\n"}))

    def test_a_header_that_hides_another_counts(self):
        self.assertEqual(["url"], self.selection({"first/net/url.h": ""}))

    def test_a_header_that_is_asked_for_counts(self):
        self.assertEqual(["text"], self.selection({"second/option.h": ""}))

    def test_a_header_that_nobody_finds_selects_nothing(self):
        self.assertEqual([], self.selection({"second/net/more.h": "", "third/net/url.h": ""}))

    def test_a_header_that_vanishes_selects_who_included_it(self):
        self.assertEqual(["url"], self.selection({"second/net/url.h": None}))

    def test_a_second_recording_reads_nothing_again(self):
        # What was written just now may be written again within the grain of its time stamp.
        for path in self.build.rglob("cmake_pch.hxx*"):
            os.utime(path, (1_000_000_000, 1_000_000_000))
        self.winnow("graph", "record")
        index = self.build / ".winnow" / "include_index"
        before = index.stat().st_mtime_ns
        tree = json.loads(self.winnow("graph", "show", "--format", "json"))
        self.winnow("graph", "record")
        self.assertEqual(before, index.stat().st_mtime_ns)
        self.assertEqual(tree, json.loads(self.winnow("graph", "show", "--format", "json")))


if __name__ == "__main__":
    unittest.main()
