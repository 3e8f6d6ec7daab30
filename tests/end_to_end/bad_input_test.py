#!/usr/bin/env python3
"""What is wrong with the input is said with what, where and what to do, and the documented exit code."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

WINNOW = os.environ.get("WINNOW", "winnow")

PROJECT = """
cmake_minimum_required(VERSION 3.24)
project(Small LANGUAGES CXX)
enable_testing()
add_executable(small_test small_test.cpp)
add_test(NAME small COMMAND small_test)
add_executable(doubtful_test doubtful_test.cpp)
add_test(NAME doubtful COMMAND doubtful_test)
add_test(NAME gone COMMAND ${CMAKE_BINARY_DIR}/never_built)
"""


def git(directory, *arguments):
    subprocess.run(
        ["git", "-C", directory, "-c", "user.name=T", "-c", "user.email=t@example.org", *arguments],
        check=True, capture_output=True)


class BadInput(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.root = pathlib.Path(tempfile.mkdtemp(prefix="winnow-bad-"))
        cls.environment = dict(os.environ, XDG_STATE_HOME=str(cls.root / "state"),
                               XDG_RUNTIME_DIR=str(cls.root / "run"), WINNOW_DAEMON="0")
        (cls.root / "run").mkdir(mode=0o700)
        cls.project = cls.root / "small"
        cls.project.mkdir()
        (cls.project / "CMakeLists.txt").write_text(PROJECT)
        (cls.project / "small_test.cpp").write_text('#include "answer.h"\nint main() { return answer - 42; }\n')
        # The compiler never saw it include the header; its text alone cannot tell.
        (cls.project / "doubtful_test.cpp").write_text('#ifdef NEVER\n#include "answer.h"\n#endif\nint main() {}\n')
        (cls.project / "answer.h").write_text("constexpr int answer = 42;\n")
        (cls.project / ".gitignore").write_text("/build/\n")
        git(cls.project.parent, "init", "-q", "-b", "main", str(cls.project))
        git(cls.project, "add", ".")
        git(cls.project, "commit", "-qm", "one")
        cls.build = cls.project / "build"
        subprocess.run(["cmake", "-G", "Ninja", "-S", cls.project, "-B", cls.build], check=True,
                       capture_output=True)
        subprocess.run(["ninja", "-C", cls.build], check=True, capture_output=True)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.root, ignore_errors=True)

    def winnow(self, *arguments, cwd=None):
        return subprocess.run([WINNOW, *arguments], cwd=cwd or self.project, env=self.environment,
                              capture_output=True, text=True, timeout=120)

    def refused(self, result, code, *words):
        self.assertEqual(result.returncode, code, result.stderr)
        self.assertTrue(result.stderr.startswith("winnow: "), result.stderr)
        for word in words:
            self.assertIn(word, result.stderr)

    def test_no_build_tree(self):
        self.refused(self.winnow("affected", cwd=self.root), 2, "no build tree", "-B")

    def test_a_build_tree_that_does_not_exist(self):
        self.refused(self.winnow("affected", "-B", "nowhere"), 2,
                     "there is no directory nowhere; name the build tree with -B, or configure one: "
                     "cmake -G Ninja -B nowhere\n")

    def test_an_unconfigured_build_tree(self):
        empty = self.root / "empty"
        empty.mkdir()
        self.refused(self.winnow("affected", "-B", str(empty)), 2,
                     f"{empty} is not a configured build tree; configure it: "
                     f"cmake -G Ninja -B {empty} -S <source directory>\n")

    def test_a_build_tree_whose_configuration_failed(self):
        half = self.root / "half"
        (half / "source").mkdir(parents=True)
        (half / "source" / "CMakeLists.txt").write_text("cmake_minimum_required(VERSION 3.24)\n"
                                                        "project(Half LANGUAGES NONE)\n"
                                                        "message(FATAL_ERROR \"no further\")\n")
        subprocess.run(["cmake", "-G", "Ninja", "-S", half / "source", "-B", half / "build"], capture_output=True)
        self.refused(self.winnow("affected", "-B", str(half / "build")), 2,
                     f"{half}/build has no build.ninja: configuring it has not succeeded; "
                     f"see what is wrong with: cmake {half}/build\n")

    def test_a_generator_that_is_not_supported(self):
        other = self.root / "makefiles"
        subprocess.run(["cmake", "-G", "Unix Makefiles", "-S", self.project, "-B", other], check=True,
                       capture_output=True)
        self.refused(self.winnow("affected", "-B", str(other)), 2, "Unix Makefiles", "Ninja")

    def test_a_base_that_does_not_exist(self):
        self.refused(self.winnow("affected", "--since", "no-such-branch"), 2, "no-such-branch", "fetch")

    def test_a_base_that_looks_like_an_option(self):
        self.refused(self.winnow("affected", "--since=--output=x"), 2, "--output=x")
        self.assertFalse((self.project / "x").exists())

    def test_an_unknown_option(self):
        self.refused(self.winnow("affected", "--sinec", "main"), 2, "--sinec", "--since")

    def test_a_damaged_dependency_log_selects_more_and_says_so(self):
        log = self.build / ".ninja_deps"
        whole = log.read_bytes()
        header = self.project / "answer.h"
        text = header.read_text()
        try:
            header.write_text(text + "// changed\n")
            intact = self.winnow("affected", "--format", "names")
            self.assertEqual((0, "gone\nsmall\n", ""), (intact.returncode, intact.stdout, intact.stderr))
            log.write_bytes(b"this is no log")
            damaged = self.winnow("affected", "--format", "names")
            self.assertEqual((0, "doubtful\ngone\nsmall\n"), (damaged.returncode, damaged.stdout), damaged.stderr)
            self.assertIn(f"{log} is no ninja dependency log", damaged.stderr)
        finally:
            log.write_bytes(whole)
            header.write_text(text)

    def test_a_damaged_graph_is_set_aside(self):
        self.assertEqual(self.winnow("graph", "record").returncode, 0)
        graphs = list((self.build / ".winnow" / "graphs").glob("*.graph"))
        self.assertTrue(graphs)
        for graph in graphs:
            graph.write_bytes(graph.read_bytes()[:-1])
        result = self.winnow("affected", "--format", "json")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("set aside", result.stderr)
        self.assertTrue(list((self.build / ".winnow" / "graphs").glob("*.damaged")))

    def test_a_named_graph_that_is_damaged_is_refused(self):
        graph = self.root / "bad.graph"
        graph.write_bytes(b"WINNOWG\n but no more")
        self.refused(self.winnow("affected", "--graph", str(graph)), 2, str(graph), "graph record")

    def test_a_shallow_clone_without_the_merge_base(self):
        origin = self.root / "origin"
        shallow = self.root / "shallow"
        git(self.root, "clone", "-q", str(self.project), str(origin))
        git(origin, "checkout", "-q", "-b", "topic")
        for name in ("main", "topic"):
            git(origin, "checkout", "-q", name)
            (origin / name).write_text(name)
            git(origin, "add", ".")
            git(origin, "commit", "-qm", name)
        git(self.root, "clone", "-q", "--depth=1", "--no-single-branch", f"file://{origin}", str(shallow))
        subprocess.run(["cmake", "-G", "Ninja", "-S", shallow, "-B", shallow / "build"], check=True,
                       capture_output=True)
        result = self.winnow("affected", "--since", "origin/main", cwd=shallow)
        self.refused(result, 69, "shallow", "git fetch")

    def test_a_test_whose_program_is_missing_fails_by_name(self):
        result = self.winnow("run", "--all", "gone")
        self.assertEqual(result.returncode, 100, result.stdout + result.stderr)
        self.assertIn("never_built", result.stdout)

    def test_a_filter_that_matches_nothing(self):
        self.assertEqual(self.winnow("run", "--all", "-R", "no_such_test").returncode, 4)


if __name__ == "__main__":
    unittest.main()
