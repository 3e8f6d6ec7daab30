"""The build tree of a synthetic monorepo, as CMake 3.25, ninja 1.11 and a finished build would leave it."""

import json
import shutil

from ninja_logs import DepsLog, write_log
from scale_tree import SYSTEM_HEADERS

_COMPILE = "/usr/bin/c++ {defines} {includes} {flags} -MD -MT {out} -MF {out}.d -o {out} -c {source}"
_ARCHIVE = ": && /usr/bin/cmake -E rm -f {out} && /usr/bin/ar qc {out}  {inputs} && /usr/bin/ranlib {out} && :"
_LINK = ": && /usr/bin/c++ {flags}  {inputs} -o {out}  {libraries} && :"
_DEFINES, _FLAGS = "-DSCALE=1", "-g -O0 -std=gnu++20 -Wall -Wextra"

_RULES_OF_TARGET = """
rule CXX_COMPILER__{target}_Debug
  depfile = $DEP_FILE
  deps = gcc
  command = /usr/bin/c++ $DEFINES $INCLUDES $FLAGS -MD -MT $out -MF $DEP_FILE -o $out -c $in
  description = Building CXX object $out

"""
_RULE_OF_ARCHIVE = """
rule CXX_STATIC_LIBRARY_LINKER__{target}_Debug
  command = $PRE_LINK && /usr/bin/cmake -E rm -f $TARGET_FILE && /usr/bin/ar qc $TARGET_FILE $LINK_FLAGS $in && /usr/bin/ranlib $TARGET_FILE && $POST_BUILD
  description = Linking CXX static library $TARGET_FILE
  restat = $RESTAT

"""  # noqa: E501
_RULE_OF_PROGRAM = """
rule CXX_EXECUTABLE_LINKER__{target}_Debug
  command = $PRE_LINK && /usr/bin/c++ $FLAGS $LINK_FLAGS $in -o $TARGET_FILE $LINK_PATH $LINK_LIBRARIES && $POST_BUILD
  description = Linking CXX executable $TARGET_FILE
  restat = $RESTAT

"""
_OBJECT = """build {out}: CXX_COMPILER__{target}_Debug {source} || cmake_object_order_depends_target_{target}
  DEFINES = {defines}
  DEP_FILE = {out}.d
  FLAGS = {flags}
  INCLUDES = {includes}
  OBJECT_DIR = {directory}/CMakeFiles/{target}.dir
  OBJECT_FILE_DIR = {parent}

"""
_ARCHIVED = """build {out}: CXX_STATIC_LIBRARY_LINKER__{target}_Debug {inputs}
  LANGUAGE_COMPILE_FLAGS = {flags}
  OBJECT_DIR = {directory}/CMakeFiles/{target}.dir
  POST_BUILD = :
  PRE_LINK = :
  TARGET_FILE = {out}

"""
_LINKED = """build {out}: CXX_EXECUTABLE_LINKER__{target}_Debug {inputs} | {libraries} || {libraries}
  FLAGS = {flags}
  LINK_LIBRARIES = {libraries}
  OBJECT_DIR = {directory}/CMakeFiles/{target}.dir
  POST_BUILD = :
  PRE_LINK = :
  TARGET_FILE = {out}

"""
_TAIL = """build all: phony {all}

rule RERUN_CMAKE
  command = /usr/bin/cmake --regenerate-during-build -S{source} -B{build}
  description = Re-running CMake...
  generator = 1

build build.ninja: RERUN_CMAKE | {inputs}
  pool = console

build {inputs}: phony

default all
"""


class BuildTree:
    def __init__(self, tree):
        self._tree = tree
        self._build = tree.build
        self._commands = {}

    def write(self):
        shutil.rmtree(self._build, ignore_errors=True)
        (self._build / "CMakeFiles" / "3.25.1").mkdir(parents=True)
        self._write_cache()
        with open(self._build / "CMakeFiles" / "rules.ninja", "w", encoding="utf-8") as rules, open(
            self._build / "build.ninja", "w", encoding="utf-8"
        ) as statements:
            statements.write("ninja_required_version = 1.5\n\ninclude CMakeFiles/rules.ninja\n\n")
            for library in self._tree.libraries:
                self._write_library(library, rules, statements)
            made = " ".join(output for output in self._commands if not output.endswith(".o"))
            inputs = " ".join(str(self._tree.source / path) for path in self._cmake_files())
            statements.write(_TAIL.format(all=made, source=self._tree.source, build=self._build, inputs=inputs))
        self._write_tests()
        self._write_file_api()
        for output in self._commands:
            (self._build / output).touch()
        write_log(self._build / ".ninja_log", self._commands)
        self._write_deps()

    def _cmake_files(self):
        yield "CMakeLists.txt"
        for library in self._tree.libraries:
            yield f"{library.directory}/CMakeLists.txt"
            yield f"{library.directory}/test/CMakeLists.txt"

    def _write_cache(self):
        entries = {
            "CMAKE_HOME_DIRECTORY:INTERNAL": self._tree.source, "CMAKE_GENERATOR:INTERNAL": "Ninja",
            "CMAKE_PROJECT_NAME:STATIC": "scale", "CMAKE_BUILD_TYPE:STRING": "Debug",
            "CMAKE_COMMAND:INTERNAL": "/usr/bin/cmake", "CMAKE_CXX_COMPILER:FILEPATH": "/usr/bin/c++",
        }  # fmt: skip
        (self._build / "CMakeCache.txt").write_text("".join(f"{name}={value}\n" for name, value in entries.items()))
        files = self._build / "CMakeFiles" / "3.25.1"
        (files / "CMakeSystem.cmake").touch()
        (files / "CMakeCXXCompiler.cmake").write_text(
            'set(CMAKE_CXX_COMPILER "/usr/bin/c++")\nset(CMAKE_CXX_COMPILER_ID "GNU")\n'
            'set(CMAKE_CXX_COMPILER_VERSION "12.2.0")\n'
        )

    def _write_library(self, library, rules, statements):
        read = self._tree.libraries_read(library)
        includes = " ".join(f"-I{self._tree.source}/{each.directory}/include" for each in read)
        linked = " ".join(each.archive for each in self._tree.libraries_linked(library))
        rules.write((_RULES_OF_TARGET + _RULE_OF_ARCHIVE).format(target=library.name))
        self._write_objects(library, library.name, library.directory, library.sources, includes, statements)
        objects = " ".join(map(library.object_of_source, library.sources))
        text = {"target": library.name, "directory": library.directory, "out": library.archive, "inputs": objects}
        self._commands[library.archive] = _ARCHIVE.format(**text)
        statements.write(_ARCHIVED.format(**text, flags=_FLAGS))
        for test in library.tests:
            rules.write((_RULES_OF_TARGET + _RULE_OF_PROGRAM).format(target=test))
            source, directory = library.test_source(test), f"{library.directory}/test"
            self._write_objects(library, test, directory, [source], includes, statements)
            text = {
                "target": test, "directory": directory, "out": library.program(test), "libraries": linked,
                "inputs": library.object_of_source(source), "flags": _FLAGS,
            }  # fmt: skip
            self._commands[text["out"]] = _LINK.format(**text)
            statements.write(_LINKED.format(**text))

    def _write_objects(self, library, target, directory, sources, includes, statements):
        kept = f"{directory}/CMakeFiles/{target}.dir"
        (self._build / kept / ("" if "/test" in directory else "src")).mkdir(parents=True)
        statements.write(f"build cmake_object_order_depends_target_{target}: phony || {kept}\n\n")
        for source in sources:
            out = library.object_of_source(source)
            text = {
                "target": target, "directory": directory, "out": out, "parent": out.rpartition("/")[0],
                "defines": _DEFINES, "flags": _FLAGS, "includes": includes, "source": self._tree.source / source,
            }  # fmt: skip
            self._commands[out] = _COMPILE.format(**text)
            statements.write(_OBJECT.format(**text))

    def _write_tests(self):
        directories = {"": [f"component_{i:02}" for i in range(self._tree.libraries[-1].component + 1)]}
        for library in self._tree.libraries:
            top, _, own = library.directory.partition("/")
            directories.setdefault(top, []).append(own)
            directories[library.directory] = ["test"]
        for directory, below in directories.items():
            self._ctest_file(directory, "".join(f'subdirs("{each}")\n' for each in below))
        for library in self._tree.libraries:
            lists = f"{self._tree.source}/{library.directory}/test/CMakeLists.txt"
            text = []
            for line, test in enumerate(library.tests, 1):
                data = self._tree.source / library.data[line % len(library.data)]
                text.append(f'add_test([=[{test}]=] "{self._build}/{library.program(test)}" "{data}")\n')
                text.append(f'set_tests_properties([=[{test}]=] PROPERTIES  LABELS "unit" TIMEOUT "60" '
                            f'_BACKTRACE_TRIPLES "{lists};{line};add_test;{lists};0;")\n')  # fmt: skip
            self._ctest_file(f"{library.directory}/test", "".join(text))

    def _ctest_file(self, directory, text):
        head = f"# Source directory: {self._tree.source / directory}\n# Build directory: {self._build / directory}\n"
        (self._build / directory / "CTestTestfile.cmake").write_text(head + text)

    def _write_file_api(self):
        reply = self._build / ".cmake" / "api" / "v1" / "reply"
        reply.mkdir(parents=True)
        listed, directories = [], {}
        for library in self._tree.libraries:
            below = [each.name for each in self._tree.libraries_linked(library) if each is not library]
            targets = [(library.name, "STATIC_LIBRARY", library.directory, library.archive, library.sources, below)]
            for test in library.tests:
                source, program = library.test_source(test), library.program(test)
                targets.append((test, "EXECUTABLE", f"{library.directory}/test", program, [source],
                                [library.name, *below]))  # fmt: skip
            for target in targets:
                name = f"target-{target[0]}-Debug-{len(listed):020x}.json"
                index = directories.setdefault(target[2], len(directories))
                listed.append({"jsonFile": name, "name": target[0], "id": f"{target[0]}::@0", "directoryIndex": index})
                (reply / name).write_text(json.dumps(_api_target(*target)))
        places = [{"source": directory, "build": directory} for directory in directories]
        configuration = {"name": "Debug", "directories": places, "targets": listed}
        model = {"configurations": [configuration], "kind": "codemodel"}
        (reply / "codemodel-v2-0.json").write_text(json.dumps(model))
        version = {"major": 2, "minor": 4}
        objects = [{"jsonFile": "codemodel-v2-0.json", "kind": "codemodel", "version": version}]
        (reply / "index-2026-01-01T00-00-00-0000.json").write_text(json.dumps({"objects": objects}))

    def _write_deps(self):
        log = DepsLog(self._build / ".ninja_deps")
        system = log.ids(SYSTEM_HEADERS)
        for library in self._tree.libraries:
            read = [header for each in self._tree.libraries_read(library) for header in each.headers]
            headers = log.ids([str(self._tree.source / header) for header in read])
            for source in [*library.sources, *map(library.test_source, library.tests)]:
                own = log.ids([str(self._tree.source / source)])
                log.add(library.object_of_source(source), own + headers + system)
        log.close()


def _api_target(name, kind, directory, artifact, sources, dependencies):
    return {
        "name": name, "id": f"{name}::@0", "type": kind, "paths": {"build": directory, "source": directory},
        "artifacts": [{"path": artifact}], "dependencies": [{"id": f"{each}::@0"} for each in dependencies],
        "sources": [{"path": source, "compileGroupIndex": 0} for source in sources],
        "compileGroups": [{"language": "CXX", "compileCommandFragments": [{"fragment": _FLAGS}]}],
        "backtraceGraph": {"commands": ["add_executable"], "files": [f"{directory}/CMakeLists.txt"],
                           "nodes": [{"file": 0}, {"command": 0, "file": 0, "line": 1, "parent": 0}]},
    }  # fmt: skip
