#!/usr/bin/env python3
"""What is scanned for trees never built contains what the compiler reads when they are built, file by file."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import googletest_project

MONOREPO = pathlib.Path(__file__).resolve().parents[2] / "examples" / "monorepo"


def run(*command, **options):
    return subprocess.run([str(word) for word in command], check=True, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, text=True, **options).stdout  # fmt: skip


def graph_path(path, source, build):
    """As a graph names a file of the project; None for files elsewhere."""
    for root, prefix in ((build, "@build/"), (source, "")):
        if path.is_relative_to(root):
            return prefix + str(path.relative_to(root))
    return None


def compiled(source, build):
    """By object: what ninja's log says that the compiler read of the project."""
    headers = {}
    for line in run("ninja", "-C", build, "-t", "deps").splitlines():
        if ": #deps" in line:
            files = headers.setdefault("@build/" + line.split(": #deps")[0], set())
        elif line.startswith("    "):
            path = graph_path((build / line.strip()).resolve(), source, build)
            files.update([path] if path else [])
    return headers


def scanned(source, build):
    """By object: all inputs of its step in the graph, generated files that it waits for among them; only of steps
    whose headers were scanned."""
    run(os.environ["WINNOW"], "graph", "record", "-B", build, cwd=source)
    graph = json.loads(run(os.environ["WINNOW"], "graph", "show", "-B", build, "--format", "json", cwd=source))
    names = [node.get("file") for node in graph["nodes"]]
    inputs, outputs, scans = {}, {}, set()
    for start, end, kind in graph["edges"]:
        if kind == "output":
            outputs[names[end]] = start
        elif names[start]:
            inputs.setdefault(end, set()).add(names[start])
            scans.update([end] if kind == "scanned_header" else [])
    return {output: inputs.get(step, set()) for output, step in outputs.items() if step in scans}


class IncludeScan(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="winnow-scan-")).resolve()
        self.addCleanup(shutil.rmtree, self.directory)

    def compare(self, name, read, found):
        objects = sorted(read.keys() & found.keys())
        self.assertTrue(objects)
        missing = {path: read[path] - found[path] for path in objects if read[path] - found[path]}
        files = sum(len(read[path]) for path in objects)
        extra = sum(len([file for file in found[path] - read[path] if not file.startswith("/")]) for path in objects)
        print(f"{name}: {len(objects)} objects read {files} files; {len(missing)} objects with missing ones, {extra} more")
        self.assertEqual({}, missing)

    def test_of_the_monorepo_misses_nothing(self):
        source, build = self.directory / "monorepo", self.directory / "build"
        shutil.copytree(MONOREPO, source)
        launcher = ["-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"] if shutil.which("ccache") else []
        run("git", "init", "-q", source)
        run("cmake", "-G", "Ninja", "-S", source, "-B", build, "-DCMAKE_BUILD_TYPE=Debug", *launcher)
        found = scanned(source, build)
        run("ninja", "-C", build)
        self.compare("monorepo", compiled(source, build), found)

    def test_of_googletest_misses_nothing(self):
        copy = googletest_project.shared()
        copy.restore()
        build = self.directory / "build"
        run("cmake", "-G", "Ninja", "-S", copy.source, "-B", build, "-Dgtest_build_tests=ON", "-Dgmock_build_tests=ON")
        self.compare("googletest", compiled(copy.source, copy.build), scanned(copy.source, build))


if __name__ == "__main__":
    unittest.main()
