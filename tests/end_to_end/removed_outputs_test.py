#!/usr/bin/env python3
"""To have something made anew only what a step made is removed, from below the build directory, and that is told."""

import os
import shutil
import unittest

from small_project import SmallProject

PROJECT = """
cmake_minimum_required(VERSION 3.20)
project(removed LANGUAGES C)
enable_testing()
set(here ${CMAKE_SOURCE_DIR})
set(out ${CMAKE_BINARY_DIR})
include_directories(first second)
add_executable(program main.c)
set_target_properties(program PROPERTIES LINK_FLAGS "-no-pie -T ${here}/program.ld")
add_test(NAME program COMMAND program)
add_executable(other other.c)
add_test(NAME other COMMAND other)
"""
FILES = {
    "CMakeLists.txt": PROJECT,
    ".gitignore": "/build/\n/left/\n",
    "main.c": "#include <value.h>\nextern char value[];\nint main(void) { return (int)(long)value + VALUE; }\n",
    "program.ld": "SECTIONS { .nothing : { } } INSERT AFTER .bss;\nvalue = 0;\n",
    "other.c": "int main(void) { return 0; }\n",
    "second/value.h": "#define VALUE 0\n",
    "write.sh": "echo 'int main(void) { return 0; }' > $1\n",
}  # fmt: skip
OBJECT = "CMakeFiles/program.dir/main.c.o"


class RemovedOutputs(unittest.TestCase):
    def configure(self, statements="", **environment):
        """A project with these statements more."""
        self.project = SmallProject({**FILES, "CMakeLists.txt": PROJECT + statements})
        self.addCleanup(self.project.remove)
        self.project.environment.update(environment)
        self.build = self.project.build
        self.project.configure()

    def start(self, statements=""):
        """The same, built as it is committed."""
        self.configure(statements)
        self.project.make()
        self.winnow_build()

    def winnow_build(self, *arguments):
        return self.project.winnow("build", "--from", "HEAD", *arguments)

    def run_all(self):
        return self.project.winnow("run", "--all", "--build", "--no-daemon", "-v")

    def edit_script(self, value=1):
        self.project.write("program.ld", FILES["program.ld"].replace("value = 0", f"value = {value}"))

    def made(self, name):
        return (self.build / name).stat().st_mtime_ns

    # What is told

    def test_what_is_removed_is_told_with_its_reason_where_much_is(self):
        self.start()
        self.edit_script()
        told = self.winnow_build("-v").stderr
        self.assertIn("winnow: removed program: program.ld, which it reads, changed after it was made, which ninja does "
                      "not know\n", told)  # fmt: skip
        self.project.write("first/value.h", "#define VALUE 2\n")
        self.assertIn(f"winnow: removed {OBJECT}: first/value.h has appeared, and it may include a file of that name",
                      self.winnow_build("-v").stderr)  # fmt: skip
        self.edit_script(3)
        self.assertNotIn("removed", self.winnow_build().stderr)

    # What is not removed

    def test_nothing_that_ninja_makes_anyhow(self):
        self.start()
        made = self.made("other")
        self.edit_script()
        self.project.write("main.c", FILES["main.c"] + "/* edited */\n")
        self.project.write("first/value.h", "#define VALUE 1\n")
        told = self.winnow_build("-v").stderr
        self.assertNotIn("removed", told)
        self.assertIn("[2/2]", told)
        self.assertEqual("2\n", self.project.shell(f"{self.build}/program || echo $?").stdout)
        self.assertEqual(made, self.made("other"))

    def test_nothing_where_nothing_was_built(self):
        self.configure()
        self.project.write("first/value.h", "#define VALUE 0\n")
        for _ in range(2):
            self.assertNotIn("removed", self.winnow_build("-v").stderr)

    def test_nothing_else_where_the_build_fails(self):
        self.start()
        self.project.write("program.ld", "no script\n")
        self.assertEqual(96, self.winnow_build().returncode)
        self.assertFalse((self.build / "program").exists())
        self.assertTrue((self.build / OBJECT).exists())
        self.edit_script(1)
        self.assertEqual(0, self.winnow_build().returncode)
        self.assertTrue((self.build / "program").exists())

    def test_no_source_that_a_step_made(self):
        self.start("""
add_custom_command(OUTPUT ${here}/written.c COMMAND sh ${here}/write.sh ${here}/written.c)
add_executable(written ${here}/written.c)
add_test(NAME written COMMAND written)
""")
        self.project.write("write.sh", FILES["write.sh"].replace("return 0", "return 1"))
        told = self.run_all().stderr
        self.assertRegex(told, r"winnow: \S+/written.c may be out of date: write.sh, which it reads, changed after it was "
                               r"made; .*remove it")  # fmt: skip
        self.assertTrue((self.project.source / "written.c").exists())
        (self.project.source / "written.c").unlink()
        done = self.run_all()
        self.assertEqual(100, done.returncode)
        self.assertNotIn("out of date", done.stderr)

    def test_nothing_behind_a_link(self):
        self.start("""
add_custom_command(OUTPUT ${out}/sub/written.c COMMAND sh ${here}/write.sh ${out}/sub/written.c)
add_executable(written ${out}/sub/written.c)
add_test(NAME written COMMAND written)
""")
        elsewhere = self.project.root / "elsewhere"
        (self.build / "sub").rename(elsewhere)
        (self.build / "sub").symlink_to(elsewhere)
        self.winnow_build()
        self.project.write("write.sh", FILES["write.sh"].replace("return 0", "return 1"))
        told = self.run_all().stderr
        self.assertTrue((elsewhere / "written.c").exists())
        self.assertIn("written.c may be out of date", told)

    # What is no reason

    def test_what_a_link_leaves_behind_is_no_reason(self):
        """A map, and a copy in the sources that git ignores: both named in the command, both younger than the program."""
        self.start("""
target_link_options(program PRIVATE -Wl,-Map=${out}/program.map)
add_custom_command(TARGET program POST_BUILD COMMAND ${CMAKE_COMMAND} -E make_directory ${here}/left
  COMMAND ${CMAKE_COMMAND} -E copy $<TARGET_FILE:program> ${here}/left/program)
""")
        self.project.configure()  # now the map is older than the configuration
        made = self.made("program")
        done = self.run_all()
        self.assertEqual(0, done.returncode, done.stdout)
        self.assertEqual(made, self.made("program"), done.stderr)

    def test_what_is_configured_again_to_the_same_is_no_reason(self):
        """Configuring changes the mode of what it writes: of a script, and of a header that by its name may be included."""
        self.start("""
configure_file(write.sh ${out}/write.sh)
configure_file(second/value.h ${out}/config/value.h)
add_custom_command(OUTPUT ${out}/written.c COMMAND sh ${out}/write.sh ${out}/written.c)
add_executable(written ${out}/written.c)
target_include_directories(written PRIVATE ${out}/config)
target_compile_definitions(program PRIVATE VALUES=<value.h>)
add_test(NAME written COMMAND written)
""")
        self.project.write("main.c", "#include VALUES\n" + FILES["main.c"])
        self.project.commit()
        self.run_all()
        self.project.configure()
        made = {name: self.made(name) for name in ("program", "written")}
        self.assertNotIn("removed", self.run_all().stderr)
        self.assertEqual(made, {name: self.made(name) for name in ("program", "written")})

    def test_damaged_notes_are_none(self):
        self.start()
        self.project.write("first/value.h", "#define VALUE 1\n")
        self.winnow_build()
        notes = self.build / ".winnow" / "rebuilt"
        whole = notes.read_bytes()
        self.assertIn(b"first/value.h", whole)
        for damaged in (b"", b"\0", whole[:-20], whole.replace(b" ", b"\0"), b"winnow rebuilt 2" + whole[16:]):
            with self.subTest(damaged):
                notes.write_bytes(damaged)
                self.assertEqual(0, self.winnow_build().returncode)
                made = self.made(OBJECT)
                self.assertEqual(0, self.winnow_build().returncode)
                self.assertEqual(made, self.made(OBJECT))

    # Other places that headers come from

    def test_a_header_that_configuring_writes_may_shadow_another(self):
        self.start("include_directories(BEFORE ${out}/config)\n")
        self.project.write("CMakeLists.txt", self.project.source.joinpath("CMakeLists.txt").read_text() +
                           'file(WRITE ${out}/config/value.h "#define VALUE 1\\n")\n')  # fmt: skip
        done = self.run_all()
        self.assertEqual(100, done.returncode, done.stdout + done.stderr)
        self.assertIn("FAIL program: exit code 1", done.stdout)

    @unittest.skipUnless(shutil.which("ccache"), "no ccache")
    def test_a_compiler_cache_does_not_bring_back_what_it_made_before(self):
        self.configure(CMAKE_C_COMPILER_LAUNCHER="ccache")  # its cache is below HOME, which is the project's
        for path in (self.project.source / "main.c", self.project.source / "second" / "value.h"):
            os.utime(path, (1_000_000_000, 1_000_000_000))  # the cache distrusts what is as young as its run
        self.project.make()
        self.winnow_build()
        self.project.write("first/value.h", "#define VALUE 1\n")
        done = self.project.winnow("run", "--from", "HEAD", "--build", "--no-daemon")
        self.assertEqual(100, done.returncode, done.stdout + done.stderr)
        # Never built, while the cache knows the state before: the same.
        shutil.rmtree(self.build)
        self.project.configure()
        done = self.project.winnow("run", "--from", "HEAD", "--build", "--no-daemon")
        self.assertEqual(100, done.returncode, done.stdout + done.stderr)
        self.assertRegex(self.project.run("ccache", "--print-stats").stdout, r"(?m)^cache_miss\t[1-9]")


if __name__ == "__main__":
    unittest.main()
