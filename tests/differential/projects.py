"""A generated CMake project: its tests, what else lies in its trees, and how it is written down."""

import pathlib
import shutil
from dataclasses import dataclass, field

ACTOR = pathlib.Path(__file__).with_name("actor.sh")


@dataclass
class Test:
    """One test: `key` is unique in the project, `name` need not be."""

    key: str
    name: str
    directory: str
    command: list
    properties: dict = field(default_factory=dict)
    configurations: list = field(default_factory=list)
    # Whether it stands in a file that TEST_INCLUDE_FILES names, instead of in CMakeLists.txt.
    included: bool = False
    shares_its_name: bool = False


@dataclass
class Project:
    seed: int
    tests: list
    # Files beside CMakeLists.txt, and files written into the build tree when it is configured: text by name.
    source_files: dict = field(default_factory=dict)
    build_files: dict = field(default_factory=dict)
    presets: list = field(default_factory=list)  # names of test presets
    # Whether the first test sleeps until --stop-time strikes.
    stops_soon: bool = False

    def directories(self):
        return sorted({test.directory for test in self.tests} | {"."})

    def says_what_is_cut(self, with_presets):
        """Whether a file of it says which part of a long output JUnit documents lack; `with_presets`: with that for output."""
        files = [*self.build_files.values(), *(self.source_files.values() if with_presets else ())]
        return any("truncation" in text.lower() for text in files)

    def write(self, root):
        """Writes CMakeLists.txt files, the actor and what else there is below `root`."""
        root.mkdir(parents=True)
        shutil.copy(ACTOR, root / "actor.sh")
        (root / "present.txt").write_text("a required file\n")
        (root / "elsewhere").mkdir()
        for name, text in self.source_files.items():
            (root / name).write_text(text)
        for directory in self.directories():
            (root / directory).mkdir(exist_ok=True)
            (root / directory / "CMakeLists.txt").write_text("\n".join(self._lists(root, directory)) + "\n")

    def _lists(self, root, directory):
        """The lines of the CMakeLists.txt of a directory; its included tests are written on the way."""
        lines = []
        if directory == ".":
            lines += ["cmake_minimum_required(VERSION 3.24)", "project(generated LANGUAGES NONE)", "enable_testing()"]
        there = [test for test in self.tests if test.directory == directory]
        for test in there:
            if not test.included:
                lines += _cmake(test)
        included = [test for test in there if test.included]
        if included:
            (root / directory / "more_tests.cmake").write_text(_loops(included, root))
            lines.append('set_property(DIRECTORY PROPERTY TEST_INCLUDE_FILES "${CMAKE_CURRENT_SOURCE_DIR}/more_tests.cmake")')
        if directory == ".":
            lines += [f"add_subdirectory({sub})" for sub in self.directories() if sub != "."]
        return lines

    def complete(self, build):
        """Writes what lies in the configured build tree beside what CMake writes."""
        for name, text in self.build_files.items():
            (build / name).write_text(text)


def _quoted(value):
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("$", "\\$")
    return '"' + escaped + '"'


def _cmake(test):
    command = " ".join(_source(word) for word in test.command)
    configurations = f" CONFIGURATIONS {' '.join(test.configurations)}" if test.configurations else ""
    lines = [f"add_test(NAME {_quoted(test.name)} COMMAND {command}{configurations})"]
    for name, value in test.properties.items():
        value = ";".join(value) if isinstance(value, (list, tuple)) else str(value)
        lines.append(f"set_tests_properties({_quoted(test.name)} PROPERTIES {name} {_source(value)})")
    return lines


def _source(value):
    """Quoted, with a leading @ standing for the source directory."""
    return '"${CMAKE_SOURCE_DIR}/' + value[1:] + '"' if value.startswith("@") else _quoted(value)


def _loops(tests, root):
    """The same tests by loops and conditions, as the script that ctest reads."""
    lines = [f"set(CMAKE_SOURCE_DIR {_quoted(str(root))})", "set(numbers)"]
    for number, test in enumerate(tests):
        lines += [f"list(APPEND numbers {number})", f"set(name_{number} {_quoted(test.name)})"]
        lines.append(f"set(command_{number} {' '.join(_source(word) for word in test.command)})")
    lines += [
        "foreach(number IN LISTS numbers)",
        '  if(NOT number LESS 0 AND DEFINED "name_${number}")',
        '    add_test("${name_${number}}" ${command_${number}})',
        "  else()",
        '    message(FATAL_ERROR "there is no test ${number}")',
        "  endif()",
        "endforeach()",
    ]
    for test in tests:
        lines += _cmake(test)[1:]
    return "\n".join(lines) + "\n"
