"""A synthetic monorepo of any size: libraries in a row, their headers, their tests, and data, in a git repository."""

import subprocess
from dataclasses import dataclass

OBJECTS_OF_LIBRARY = 20
# An object reads the headers of its own library, of the six before it, and of the first, which everybody uses.
LIBRARIES_BEFORE = 6
# Libraries that are linked stand in one component; headers are read across its border.
LIBRARIES_OF_COMPONENT = 20
SYSTEM_HEADERS = [f"/usr/include/{name}.h" for name in ("assert", "errno", "limits", "stdio", "stdlib", "string")]


@dataclass
class Sizes:
    objects: int = 30_000
    tests: int = 20_000
    files: int = 200_000
    edges: int = 10_000_000

    def for_tests(self, tests):
        """The same proportions for another number of tests."""
        scale = tests / self.tests
        return Sizes(*(round(size * scale) for size in (self.objects, self.tests, self.files, self.edges)))


class Library:
    """The library of a number: names and paths, sources and headers relative to the source tree."""

    def __init__(self, number, tree):
        self.number = number
        self.component = number // LIBRARIES_OF_COMPONENT
        self.directory = f"component_{self.component:02}/library_{number:03}"
        self.name = f"library_{number:03}"
        self.archive = f"{self.directory}/lib{self.name}.a"
        self.sources = [f"{self.directory}/src/part_{i:02}.cpp" for i in range(OBJECTS_OF_LIBRARY)]
        self.headers = [
            f"{self.directory}/include/{self.name}/header_{i:02}.hpp" for i in range(tree.headers_of_library)
        ]
        self.tests = [f"test_{number:03}_{i:02}" for i in range(number, tree.sizes.tests, tree.library_count)]
        self.data = [f"{self.directory}/testdata/case_{i:03}.txt" for i in range(tree.data_of_library)]

    def test_source(self, test):
        return f"{self.directory}/test/{test}.cpp"

    def program(self, test):
        return f"{self.directory}/test/{test}"

    def object_of_source(self, source):
        owner = "test/" if "/test/" in source else ""
        target = source.rpartition("/")[2].removesuffix(".cpp") if owner else self.name
        inside = source.removeprefix(f"{self.directory}/{owner}")
        return f"{self.directory}/{owner}CMakeFiles/{target}.dir/{inside}.o"


class Tree:
    """`source` is the repository, `build` the build tree beside it."""

    def __init__(self, directory, sizes):
        self.sizes = sizes
        self.source = directory / "source"
        self.build = directory / "build"
        self.library_count = max(1, (sizes.objects - sizes.tests) // OBJECTS_OF_LIBRARY)
        read = min(LIBRARIES_BEFORE + 2, self.library_count)
        per_object = sizes.edges // sizes.objects - len(SYSTEM_HEADERS)
        self.headers_of_library = max(1, round(per_object / read))
        of_library = OBJECTS_OF_LIBRARY + self.headers_of_library + 2
        rest = sizes.files - sizes.tests - self.library_count * of_library
        self.data_of_library = max(1, rest // self.library_count)
        self.libraries = [Library(number, self) for number in range(self.library_count)]

    def libraries_read(self, library):
        """Whose headers the objects of a library read."""
        first = max(0, library.number - LIBRARIES_BEFORE)
        numbers = {0, *range(first, library.number + 1)}
        return [self.libraries[number] for number in sorted(numbers, reverse=True)]

    def libraries_linked(self, library):
        """What a program of the library's tests links, the first library last."""
        first = library.component * LIBRARIES_OF_COMPONENT
        numbers = {0, *range(first, library.number + 1)}
        return [self.libraries[number] for number in sorted(numbers, reverse=True)]

    def write_sources(self):
        """All files of the repository, committed."""
        self._write("CMakeLists.txt", "cmake_minimum_required(VERSION 3.24)\nproject(scale LANGUAGES CXX)\n")
        for library in self.libraries:
            reads = "".join(
                f"#include <{header.partition('/include/')[2]}>\n"
                for read in self.libraries_read(library)
                for header in read.headers[:3]
            )
            for place in ("", "test/"):
                self._write(f"{library.directory}/{place}CMakeLists.txt", f"# {library.name}\n")
            for header in library.headers:
                self._write(header, f"#pragma once\n// {header}\n")
            for source in library.sources:
                self._write(source, f"{reads}// {source}\n")
            for test in library.tests:
                self._write(library.test_source(test), f"{reads}int main() {{}} // {test}\n")
            for data in library.data:
                self._write(data, f"{data}\n")
        for command in (
            ["init", "-q", "-b", "main"],
            ["config", "gc.auto", "0"],
            ["add", "-A"],
            ["-c", "user.name=bench", "-c", "user.email=bench@localhost", "commit", "-qm", "as synthesised"],
        ):
            subprocess.run(["git", "-C", self.source, *command], check=True)

    def _write(self, path, text):
        file = self.source / path
        try:
            file.write_text(text)
        except FileNotFoundError:
            file.parent.mkdir(parents=True)
            file.write_text(text)

    def edits(self):
        """Kinds of change, each with files of that kind that are spread over the tree."""
        spread = self.libraries[1 :: max(1, self.library_count // 16)] or self.libraries
        return {
            "test source": [library.test_source(library.tests[0]) for library in spread],
            "library source": [library.sources[0] for library in spread],
            "header": [library.headers[-1] for library in spread],
            "data": [library.data[1 % len(library.data)] for library in spread],
            "header all read": [self.libraries[0].headers[0]],
        }
