#!/usr/bin/env python3
"""What is selected is made anew, also where ninja alone says that there is no work to do: once, and nothing else."""

import json
import os
import pathlib
import re
import shutil
import unittest

from small_project import SmallProject

# Each program returns the number that it was built with, or that the file beside it has: 0 passes.
PROJECT = """
cmake_minimum_required(VERSION 3.20)
project(rebuilt LANGUAGES C)
enable_testing()
set(here ${CMAKE_SOURCE_DIR})
set(out ${CMAKE_BINARY_DIR})

function(program name)
  add_executable(${name} ${name}.c)
  target_include_directories(${name} PRIVATE ${out}/gen/${name} ${ARGN})
  add_test(NAME ${name} COMMAND ${name})
endfunction()

# Headers that come and go
program(shadowed first second)
program(asking first second)
program(linked include)

# Files that only a command names, or what it reads
program(in_response)
target_compile_options(in_response PRIVATE @${here}/flags.rsp)
program(in_macros)
target_compile_options(in_macros PRIVATE -imacros ${here}/macros.h)
program(in_assembler)
target_compile_definitions(in_assembler PRIVATE "BLOB=\\"${here}/blob\\"")
program(in_source)
target_include_directories(in_source PRIVATE blobs)
add_library(versioned SHARED versioned.c)
set_target_properties(versioned PROPERTIES LINK_FLAGS "-Wl,--version-script=${here}/versioned.map")
program(opening)
target_link_libraries(opening PRIVATE ${CMAKE_DL_LIBS})
add_dependencies(opening versioned)
add_test(NAME opened COMMAND opening $<TARGET_FILE:versioned>)
program(scripted)
set_target_properties(scripted PROPERTIES LINK_FLAGS "-no-pie -T ${here}/scripted.ld")
program(script_in_response)
file(WRITE ${out}/link.rsp "-T ${here}/response.ld")
target_link_options(script_in_response PRIVATE -no-pie @${out}/link.rsp)

# What commands read
foreach(name IN ITEMS quoted by_script)
  program(${name})
  target_sources(${name} PRIVATE ${out}/gen/${name}/value.h)
endforeach()
add_custom_command(OUTPUT ${out}/gen/quoted/value.h
  COMMAND sh -c "echo \\"#define VALUE $(cat ${here}/quoted.txt)\\" > ${out}/gen/quoted/value.h" VERBATIM)
add_custom_command(OUTPUT ${out}/gen/by_script/value.h COMMAND sh ${here}/by_script.sh ${out}/gen/by_script/value.h)
program(copying)
add_custom_command(TARGET copying POST_BUILD COMMAND ${CMAKE_COMMAND} -E copy ${here}/copied.txt ${out}/copied.out)
set_tests_properties(copying PROPERTIES ENVIRONMENT FILE=${out}/copied.out)
program(staging)
add_custom_command(TARGET staging POST_BUILD COMMAND ${CMAKE_COMMAND} -E copy_directory ${here}/data ${out}/staged)
set_tests_properties(staging PROPERTIES ENVIRONMENT FILE=${out}/staged/value.txt)

# What is made for a test, or for another command, and asked for by nobody else
program(reading)
set_tests_properties(reading PROPERTIES ENVIRONMENT FILE=${out}/made.out)
add_custom_command(OUTPUT ${out}/made.txt COMMAND cp ${here}/made.txt ${out}/made.txt DEPENDS made.txt)
add_custom_target(make_text DEPENDS ${out}/made.txt)
add_custom_command(OUTPUT ${out}/made.out COMMAND cp -p ${out}/made.txt ${out}/made.out)
add_custom_target(make_out ALL DEPENDS ${out}/made.out)
add_dependencies(make_out make_text)
"""

RETURNS_VALUE = '#include "value.h"\nint main(void) { return VALUE; }\n'
READS_FILE = """
#include <stdio.h>
#include <stdlib.h>
int main(void) {
  int value = 1;
  FILE* file = fopen(getenv("FILE"), "r");
  return file && fscanf(file, "%d", &value) == 1 ? value : 99;
}
"""
SCRIPT = "#!/bin/sh\necho '#define VALUE 0' > $1\n"
FILES = {
    "CMakeLists.txt": PROJECT,
    "shadowed.c": "#include <shadowed.h>\nint main(void) { return VALUE; }\n",
    "second/shadowed.h": "#define VALUE 0\n",
    "asking.c": '#if __has_include("asked.h")\n#define VALUE 1\n#else\n#define VALUE 0\n#endif\n'
                '#if 0\n#include "untaken.h"\n#endif\nint main(void) { return VALUE; }\n',
    "second/untaken.h": "",
    "linked.c": "#include <linked/of_link.h>\nint main(void) { return VALUE; }\n",
    "zero/of_link.h": "#define VALUE 0\n",
    "one/of_link.h": "#define VALUE 1\n",
    "in_response.c": "int main(void) { return VALUE; }\n",
    "flags.rsp": "-DVALUE=0\n",
    "in_macros.c": "int main(void) { return VALUE; }\n",
    "macros.h": "#define VALUE 0\n",
    "in_assembler.c": '__asm__(".data\\nblob: .incbin \\"" BLOB "\\"\\n.text");\n'
                      "extern char blob[];\nint main(void) { return blob[0] - '0'; }\n",
    "blob": "0",
    "in_source.c": '__asm__(".data\\nblob: .incbin \\"source.blob\\"\\n.text");\n'
                   "extern char blob[];\nint main(void) { return blob[0] - '0'; }\n",
    "blobs/source.blob": "0",
    "versioned.c": "int found(void) { return 0; }\nint other(void) { return 0; }\n",
    "versioned.map": "{ global: found; local: *; };\n",
    "opening.c": '#include <dlfcn.h>\nint main(int argc, char** argv) {\n'
                 '  return argc > 1 ? !dlsym(dlopen(argv[1], RTLD_NOW), "found") : 0;\n}\n',
    "scripted.c": "extern char value[];\nint main(void) { return (int)(long)value; }\n",
    "scripted.ld": "SECTIONS { .nothing : { } } INSERT AFTER .bss;\nvalue = 0;\n",
    "script_in_response.c": "extern char value[];\nint main(void) { return (int)(long)value; }\n",
    "response.ld": "SECTIONS { .nothing : { } } INSERT AFTER .bss;\nvalue = 0;\n",
    "quoted.c": RETURNS_VALUE,
    "quoted.txt": "0\n",
    "by_script.c": RETURNS_VALUE,
    "by_script.sh": SCRIPT,
    "copying.c": READS_FILE,
    "copied.txt": "0\n",
    "staging.c": READS_FILE,
    "data/value.txt": "0\n",
    "reading.c": READS_FILE,
    "made.txt": "0\n",
}  # fmt: skip


class Rebuilt(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.project = SmallProject(FILES)
        cls.addClassCleanup(cls.project.remove)
        (cls.project.source / "include").mkdir()
        (cls.project.source / "include" / "linked").symlink_to("../zero")
        cls.project.commit()
        cls.project.git("tag", "start")
        cls.project.configure()

    def setUp(self):
        self.project.git("reset", "-q", "--hard", "start")
        self.project.git("clean", "-qfd")
        shutil.rmtree(self.project.root / "state", ignore_errors=True)
        self.start_from_here()

    def start_from_here(self):
        """All is built; what differs from now on is the change."""
        self.project.make()
        self.project.winnow("build", "--from", "HEAD")

    def run_affected(self, *arguments):
        return self.project.winnow("run", "--build", "--from", "HEAD", "--no-daemon", *arguments)

    def made(self):
        """Output → when it was made."""
        files = [path for path in self.project.build.rglob("*")
                 if path.is_file() and not path.is_relative_to(self.project.build / ".winnow")]  # fmt: skip
        return {str(path.relative_to(self.project.build)): path.stat().st_mtime_ns for path in files
                if path.name != "LastTest.log" and not path.name.startswith(".ninja")}  # fmt: skip

    def fails_in(self, *names):
        """What was edited makes just these tests fail, which a stale program would not; then nothing is made again."""
        self.assertIn("no work to do", self.ninja_alone())
        done = self.run_affected()
        self.assertEqual(100, done.returncode, done.stdout + done.stderr)
        failed = set(re.findall(r"(?m)^   FAIL ([\w.]+): exit code", done.stdout.split("failures:")[-1]))
        self.assertEqual(set(names), failed, done.stdout)
        self.is_idempotent()
        return done

    def is_idempotent(self):
        made = self.made()
        done = self.run_affected("-v")
        self.assertEqual(made, self.made())
        self.assertNotIn("removed", done.stderr)

    def ninja_alone(self):
        return self.project.run("ninja", "-C", self.project.build, "-n").stdout

    def edit(self, name, text):
        self.project.write(name, text)

    # Headers that come and go

    def test_a_header_that_shadows_another(self):
        self.edit("first/shadowed.h", "#define VALUE 1\n")
        self.fails_in("shadowed")

    def test_a_header_that_was_moved_there_with_an_old_time_stamp(self):
        self.edit("moved/shadowed.h", "#define VALUE 1\n")
        os.utime(self.project.source / "moved" / "shadowed.h", (1_000_000_000, 1_000_000_000))
        self.start_from_here()
        (self.project.source / "moved").rename(self.project.source / "first")
        self.fails_in("shadowed")

    def test_a_header_that_shadows_another_since_before_the_base(self):
        self.edit("first/shadowed.h", "#define VALUE 0\n")
        self.project.commit()
        self.project.make()
        self.project.winnow("graph", "record")
        self.edit("first/shadowed.h", "#define VALUE 1\n")
        self.fails_in("shadowed")

    def test_a_header_that_no_longer_shadows_another(self):
        self.edit("first/shadowed.h", "#define VALUE 0\n")
        self.edit("second/shadowed.h", "#define VALUE 1\n")
        self.start_from_here()
        self.project.write("first/shadowed.h", None)
        self.assertEqual(100, self.run_affected().returncode)
        self.is_idempotent()

    def test_a_header_that_is_asked_for(self):
        self.edit("first/asked.h", "")
        self.fails_in("asking")

    def test_a_header_that_was_asked_for(self):
        self.edit("asking.c", FILES["asking.c"].replace("__has", "!__has"))
        self.edit("first/asked.h", "")
        self.project.commit()
        self.start_from_here()
        self.project.write("first/asked.h", None)
        self.fails_in("asking")

    def test_a_header_that_is_edited_makes_nothing_that_never_read_it(self):
        self.edit("second/untaken.h", "/* edited */\n")
        self.edit("copied.txt", "1\n")
        made = self.made()
        self.assertEqual(100, self.run_affected().returncode)
        self.assertEqual(made["CMakeFiles/asking.dir/asking.c.o"], self.made()["CMakeFiles/asking.dir/asking.c.o"])

    def test_a_link_to_a_directory_that_leads_elsewhere(self):
        link = self.project.source / "include" / "linked"
        link.unlink()
        link.symlink_to("../one")
        self.fails_in("linked")

    # Files that only a command names, or what it reads

    def test_a_response_file(self):
        self.edit("flags.rsp", "-DVALUE=1\n")
        self.fails_in("in_response")

    def test_a_file_of_macros(self):
        self.edit("macros.h", "#define VALUE 1\n")
        self.assertEqual(100, self.run_affected().returncode)
        self.is_idempotent()

    def test_a_file_that_the_assembler_takes_in(self):
        self.edit("blob", "1")
        self.fails_in("in_assembler")

    def test_a_file_that_a_source_takes_in(self):
        self.edit("blobs/source.blob", "1")
        self.fails_in("in_source")

    def test_a_version_script(self):
        self.edit("versioned.map", "{ global: other; local: *; };\n")
        self.fails_in("opened")

    def test_a_linker_script(self):
        self.edit("scripted.ld", FILES["scripted.ld"].replace("value = 0", "value = 1"))
        self.fails_in("scripted")

    def test_a_linker_script_named_in_a_response_file(self):
        self.edit("response.ld", FILES["response.ld"].replace("value = 0", "value = 1"))
        self.fails_in("script_in_response")

    # What commands read

    def test_a_file_in_a_quoted_command(self):
        self.edit("quoted.txt", "1\n")
        self.fails_in("quoted")

    def test_a_script_that_is_no_dependency(self):
        self.edit("by_script.sh", SCRIPT.replace("0", "1"))
        self.fails_in("by_script")

    def test_a_file_that_a_command_after_the_link_reads(self):
        self.edit("copied.txt", "1\n")
        self.fails_in("copying")

    def test_a_file_in_a_directory_that_is_copied_after_the_link(self):
        self.edit("data/value.txt", "1\n")
        self.fails_in("staging")

    def test_a_file_made_for_a_test_alone(self):
        self.edit("made.txt", "1\n")
        done = self.run_affected()
        self.assertEqual(100, done.returncode, done.stdout + done.stderr)
        self.is_idempotent()

    # Plans

    def test_a_plan(self):
        self.edit("copied.txt", "1\n")
        self.edit("first/shadowed.h", "#define VALUE 1\n")
        plan = self.project.root / "plan.json"
        split = self.project.winnow("split", "--from", "HEAD", "--chunks", "1", "-o", plan)
        self.assertEqual(0, split.returncode, split.stderr)
        done = self.project.winnow("run", "--build", "--plan", plan, "--no-daemon")
        self.assertEqual(100, done.returncode, done.stdout + done.stderr)
        self.assertRegex(done.stdout, "FAIL copying(?s:.*)FAIL shadowed|FAIL shadowed(?s:.*)FAIL copying")
        made = self.made()
        self.project.winnow("run", "--build", "--plan", plan, "--no-daemon")
        self.assertEqual(made, self.made())

    def test_everything(self):
        self.edit("copied.txt", "1\n")
        self.edit("first/shadowed.h", "#define VALUE 1\n")
        for _ in range(2):
            done = self.project.winnow("run", "--all", "--build", "--no-daemon")
            self.assertEqual(100, done.returncode, done.stdout + done.stderr)
            self.assertIn("2 failed", done.stdout)
        self.is_idempotent()


if __name__ == "__main__":
    unittest.main()
