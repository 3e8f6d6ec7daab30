#!/usr/bin/env python3
"""What git says of the sources, in every state that it can leave them in, selects what differs and nothing else."""

import os
import shutil
import unittest

from small_project import SmallProject

FILES = {
    "CMakeLists.txt": """
cmake_minimum_required(VERSION 3.20)
project(States LANGUAGES C)
enable_testing()
configure_file(config.h.in config.h)
add_subdirectory(lib)
add_subdirectory(tests)
""",
    "config.h.in": "// configured\n",
    "lib/CMakeLists.txt": "add_library(core STATIC core.c)\n",
    "lib/core.h": "int core(void);\n",
    "lib/core.c": '#include "core.h"\nint core(void) { return 0; }\n',
    "tests/CMakeLists.txt": """
foreach(name IN ITEMS core alone configured)
  add_executable(${name}_test ${name}.c)
  add_test(NAME ${name} COMMAND ${name}_test)
endforeach()
target_link_libraries(core_test PRIVATE core)
target_include_directories(configured_test PRIVATE ${CMAKE_BINARY_DIR})
add_test(NAME data COMMAND alone_test ${CMAKE_CURRENT_SOURCE_DIR}/data.txt)
""",
    "tests/core.c": "int core(void);\nint main(void) { return core(); }\n",
    "tests/alone.c": "int main(void) { return 0; }\n",
    "tests/configured.c": '#include "config.h"\nint main(void) { return 0; }\n',
    "tests/data.txt": "1\n",
}
EDITED = FILES["lib/core.c"].replace("0", "1")


class ProjectInStates(unittest.TestCase):
    """Each test edits a built project whose base is the commit of that name, and leaves it as it found it."""

    files = FILES

    @classmethod
    def prepare(cls):
        """What is in the project beside its files."""

    @classmethod
    def setUpClass(cls):
        cls.project = SmallProject(cls.files)
        cls.addClassCleanup(cls.project.remove)
        cls.prepare()
        cls.project.git("tag", "base")
        cls.project.configure()
        cls.project.make()
        cls.project.winnow("graph", "record")
        cls.project.keep()

    def setUp(self):
        self.addCleanup(self.project.restore)

    def selects(self, *names, asked=("--from", "base")):
        selection = self.project.document("affected", *asked)
        self.assertIsNone(selection["fallback"])
        self.assertEqual(sorted(names), sorted(test["name"] for test in selection["tests"]))
        return selection


class WorkTrees(ProjectInStates):
    def test_staged_files_count(self):
        self.project.write("lib/core.c", EDITED)
        self.project.git("add", "-A")
        self.selects("core")

    def test_what_was_staged_and_taken_back_in_the_work_tree_does_not(self):
        self.project.write("lib/core.c", EDITED)
        self.project.git("add", "-A")
        self.project.write("lib/core.c", FILES["lib/core.c"])
        self.selects()

    def test_a_stash_has_no_effect(self):
        self.project.write("lib/core.c", EDITED)
        self.project.git("stash", "-q")
        self.selects()

    def test_a_mode_counts(self):
        (self.project.source / "tests/data.txt").chmod(0o755)
        self.selects("data")

    def test_a_file_moved_by_git_is_followed(self):
        self.project.git("mv", "lib/core.c", "lib/Core.c")
        self.project.write("lib/CMakeLists.txt", "add_library(core STATIC Core.c)\n")
        self.selects("core")

    def test_what_git_was_told_not_to_look_at_is_looked_at(self):
        for option in ("--assume-unchanged", "--skip-worktree"):
            with self.subTest(option):
                self.project.git("update-index", option, "lib/core.c")
                self.selects()
                self.project.write("lib/core.c", EDITED)
                self.selects("core")
                self.project.restore()

    def test_what_came_with_a_merge_since_the_recording_is_no_change_of_ones_own(self):
        for name in ("notes.dat", "tests/notes.dat", "strange.c"):
            self.project.write(name, "unknown\n")
        self.project.commit()
        self.selects(asked=("--from", "HEAD"))

    def test_a_linked_work_tree_is_one_like_the_main_one(self):
        tree = self.project.root / "linked"
        self.addCleanup(shutil.rmtree, tree)
        self.project.git("worktree", "add", "-q", tree, "base")
        self.project.run("cmake", "-G", "Ninja", "-S", tree, "-B", tree / "build")
        self.project.run("ninja", "-C", tree / "build")
        (tree / "lib/core.c").write_text(EDITED)
        self.selects("core", asked=("--from", "base", "-B", str(tree / "build")))

    def test_what_a_sparse_checkout_leaves_out_is_not_gone(self):
        self.project.write("other/notes.dat", "unknown\n")
        self.project.commit()
        tree = self.project.root / "sparse"
        self.addCleanup(shutil.rmtree, tree)
        self.project.git("clone", "-q", self.project.top, tree)
        self.project.run("git", "-C", tree, "sparse-checkout", "set", "--cone", "lib", "tests")
        self.project.run("cmake", "-G", "Ninja", "-S", tree, "-B", tree / "build")
        self.assertFalse((tree / "other").exists())
        (tree / "lib/core.c").write_text(EDITED)
        self.selects("core", asked=("--from", "HEAD", "-B", str(tree / "build")))


class Links(ProjectInStates):
    def test_sources_and_build_trees_are_found_through_links(self):
        link = self.project.root / "link"
        link.symlink_to(self.project.top)
        self.addCleanup(link.unlink)
        self.project.write("lib/core.c", EDITED)
        self.selects("core", asked=("--from", "base", "-B", str(link / "build")))

    def test_a_build_tree_behind_a_link_is_configured_under_the_name_it_has(self):
        place, link = self.project.root / "elsewhere", self.project.source / "linked"
        place.mkdir()
        self.addCleanup(shutil.rmtree, place)
        link.symlink_to(place)
        with (self.project.source / ".git/info/exclude").open("a") as exclude:
            exclude.write("/linked\n")
        self.project.run("cmake", "-G", "Ninja", "-S", self.project.source, "-B", link)
        self.project.run("ninja", "-C", link)
        self.project.winnow("graph", "record", "-B", str(link))
        self.project.write("config.h.in", "// configured otherwise\n")
        self.selects("configured", asked=("--from", "base", "-B", str(link)))
        self.assertIn(f"CMAKE_CACHEFILE_DIR:INTERNAL={link}\n", (link / "CMakeCache.txt").read_text())


LIBRARY = {
    "include/sub.h": "int sub(void);\n",
    "include/unused.h": "// nobody includes it\n",
    "sub.c": "int sub(void) { return 0; }\n",
    "data.txt": "1\n",
    "README.md": "prose\n",
    "checks/check.py": "# nobody runs it\n",
}


class Submodules(ProjectInStates):
    files = dict(FILES)
    files["CMakeLists.txt"] += "add_library(sub STATIC third_party/sub/sub.c)\n"
    files["tests/CMakeLists.txt"] += """
add_executable(sub_test sub.c)
target_include_directories(sub_test PRIVATE ../third_party/sub/include)
target_link_libraries(sub_test PRIVATE sub)
add_test(NAME sub COMMAND sub_test)
add_executable(includes_test includes.c)
target_include_directories(includes_test PRIVATE ../third_party/sub/include)
add_test(NAME includes COMMAND includes_test)
add_test(NAME sub_data COMMAND alone_test ${CMAKE_SOURCE_DIR}/third_party/sub/data.txt)
"""
    files["tests/sub.c"] = "int sub(void);\nint main(void) { return sub(); }\n"
    files["tests/includes.c"] = '#include "sub.h"\nint main(void) { return 0; }\n'

    @classmethod
    def prepare(cls):
        library = SmallProject(LIBRARY)
        cls.addClassCleanup(library.remove)
        cls.project.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", library.top, "third_party/sub")
        cls.project.commit()

    def in_each_state(self, edits, *names):
        """The edit counts the same in the submodule's work tree, as its commit, and committed as the pointer's."""
        library = self.project.top / "third_party/sub"
        for name, text in edits.items():
            self.project.write(f"third_party/sub/{name}", text)
        self.selects(*names)
        self.project.run("git", "-C", library, "add", "-A")
        self.project.run("git", "-C", library, "-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "-qm", "moved")
        self.selects(*names)
        self.project.commit()
        self.selects(*names)

    def test_a_source_inside_selects_what_links_it(self):
        self.in_each_state({"sub.c": "int sub(void) { return 1; }\n"}, "sub")

    def test_a_header_inside_selects_what_includes_it(self):
        self.in_each_state({"include/sub.h": "int sub(void); // edited\n"}, "includes")

    def test_data_inside_selects_its_test(self):
        self.in_each_state({"data.txt": "2\n"}, "sub_data")

    def test_prose_inside_selects_nothing(self):
        self.in_each_state({"README.md": "more prose\n"})

    def test_a_header_that_nobody_includes_selects_nothing(self):
        self.in_each_state({"include/unused.h": "// edited\n", "include/more.h": "// new\n"})

    def test_a_file_inside_that_nothing_knows_selects_what_uses_the_submodule(self):
        self.in_each_state({"checks/check.py": "# edited\n"}, "sub", "includes", "sub_data")
        why = self.project.winnow("why", "sub", "--from", "base").stdout
        self.assertIn("third_party/sub/checks/check.py changed in a submodule of which", why)

    def test_a_commit_that_is_not_there_selects_what_uses_the_submodule(self):
        missing = "1234567890123456789012345678901234567890"
        self.project.git("update-index", "--cacheinfo", f"160000,{missing},third_party/sub")
        self.project.git("commit", "-qm", "a pointer to nowhere")
        self.selects("sub", "includes", "sub_data", asked=("--from", "HEAD"))


if __name__ == "__main__":
    unittest.main()
