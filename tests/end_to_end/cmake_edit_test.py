#!/usr/bin/env python3
"""CMake edits select what they change of the build, not everything: a small project, one edit at a time."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

WINNOW = os.environ.get("WINNOW", "winnow")
MONOREPO = pathlib.Path(__file__).resolve().parents[2] / "examples" / "monorepo"

FILES = {
    ".gitignore": "/build/\n",
    "CMakeLists.txt": """
cmake_minimum_required(VERSION 3.24)
project(Shop LANGUAGES CXX)
enable_testing()
option(LOUD "Whether the cart shouts" OFF)
set(GREETING "hello")
if(DEFINED ELSEWHERE AND NOT ELSEWHERE)
  message(FATAL_ERROR "ELSEWHERE is lost")
endif()
configure_file(config.h.in config.h)
add_subdirectory(price)
add_subdirectory(cart)
add_subdirectory(about)
add_subdirectory(legacy)
""",
    "toolchain.cmake": 'set(CMAKE_CXX_FLAGS_INIT "-O1")\n',
    "config.h.in": '#define GREETING "@GREETING@"\n',
    "version.h": '#define SHOP_VERSION "1.0"\n',
    "price/CMakeLists.txt": """
add_library(price price.cpp)
target_include_directories(price PUBLIC .)
add_executable(price_test price_test.cpp)
target_link_libraries(price_test PRIVATE price)
add_test(NAME price COMMAND price_test 1)
set_tests_properties(price PROPERTIES TIMEOUT 10)
add_test(NAME price_again COMMAND price_test 2)
""",
    "price/price.h": "int price();\n",
    "price/price.cpp": '#include "price.h"\nint price() { return 7; }\n',
    "price/price_test.cpp": '#include "price.h"\nint main() { return price() - 7; }\n',
    "cart/CMakeLists.txt": """
file(GLOB cart_sources cart*.cpp)
add_library(cart ${cart_sources})
target_link_libraries(cart PUBLIC price)
if(LOUD)
  target_compile_definitions(cart PRIVATE LOUD)
endif()
add_executable(cart_test test_cart.cpp)
target_link_libraries(cart_test PRIVATE cart)
add_test(NAME cart COMMAND cart_test)
""",
    "cart/cart.cpp": '#include "price.h"\nint cart() { return 2 * price(); }\n',
    "cart/test_cart.cpp": "int cart();\nint main() { return cart() - 14; }\n",
    "about/CMakeLists.txt": """
file(STRINGS ../version.h version REGEX SHOP_VERSION)
string(REGEX REPLACE ".*\\"(.*)\\".*" "\\\\1" version "${version}")
add_executable(about_test about_test.cpp)
target_compile_definitions(about_test PRIVATE ABOUT="${version}")
add_test(NAME about COMMAND about_test)
add_executable(greeting_test greeting_test.cpp)
target_include_directories(greeting_test PRIVATE ${PROJECT_BINARY_DIR})
add_test(NAME greeting COMMAND greeting_test)
""",
    "about/about_test.cpp": "int main() { return ABOUT[0] == 0; }\n",
    "about/greeting_test.cpp": '#include "config.h"\nint main() { return GREETING[0] == 0; }\n',
    "legacy/CMakeLists.txt": """
add_executable(legacy_test legacy_test.cpp)
add_test(NAME legacy COMMAND legacy_test)
""",
    "legacy/legacy_test.cpp": "int main() {}\n",
}


def git(directory, *arguments):
    subprocess.run(
        ["git", "-C", directory, "-c", "user.name=T", "-c", "user.email=t@example.org", *arguments],
        check=True, capture_output=True,
    )  # fmt: skip


def quietly(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(done.stdout + done.stderr)


def commit_all(directory):
    git(directory.parent, "init", "-q", "-b", "main", str(directory))
    git(directory, "add", ".")
    git(directory, "commit", "-qm", "base")
    git(directory, "tag", "base")


class Shop(unittest.TestCase):
    """The project, configured and built at base before each test."""

    base_graph = "kept"  # recorded at base, and on the shelf

    @classmethod
    def setUpClass(cls):
        cls.root = pathlib.Path(tempfile.mkdtemp(prefix="winnow-cmake-"))
        cls.environment = dict(
            os.environ, XDG_STATE_HOME=str(cls.root / "state"), XDG_RUNTIME_DIR=str(cls.root / "run"), WINNOW_DAEMON="0"
        )
        (cls.root / "run").mkdir(mode=0o700)
        cls.project = cls.root / "shop"
        for name, text in FILES.items():
            path = cls.project / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        commit_all(cls.project)
        cls.build = cls.project / "build"
        quietly("cmake", "-G", "Ninja", "-S", cls.project, "-B", cls.build)
        quietly("ninja", "-C", cls.build)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.root, ignore_errors=True)

    def setUp(self):
        git(self.project, "reset", "-q", "--hard", "base")
        git(self.project, "clean", "-qfd")
        quietly("cmake", "-DLOUD=OFF", self.build)
        quietly("ninja", "-C", self.build)
        shutil.rmtree(self.build / ".winnow", ignore_errors=True)
        if self.base_graph == "kept":
            self.winnow("graph", "record")

    def winnow(self, *arguments, cwd=None):
        done = subprocess.run(
            [WINNOW, *arguments], cwd=cwd or self.project, env=self.environment, capture_output=True, text=True,
            timeout=120,
        )  # fmt: skip
        self.assertEqual(0, done.returncode, done.stderr)
        self.said = done.stderr
        return done.stdout

    def edit(self, name, old, new):
        path = self.project / name
        text = path.read_text()
        self.assertIn(old, text)
        path.write_text(text.replace(old, new, 1))

    def selection(self, *arguments):
        return json.loads(self.winnow("affected", "--from", "base", "--format", "json", *arguments))

    def selects(self, expected):
        """`expected`: {test: reason kind}; a selection has no fallback, and saves nothing by being asked twice."""
        for _ in range(2):
            selection = self.selection()
            self.assertIsNone(selection["fallback"], self.said)
            found = {test["name"]: test["reasons"][0]["kind"] for test in selection["tests"]}
            self.assertEqual(expected, found)
        return {test["name"]: test["reasons"][0] for test in selection["tests"]}


class Edits(Shop):
    def test_a_comment_selects_nothing(self):
        self.edit("price/CMakeLists.txt", "add_test(NAME price ", "# The price.\n\nadd_test(NAME price ")
        self.edit("CMakeLists.txt", "enable_testing()", "enable_testing() # all of them")
        self.selects({})

    def test_a_new_test_selects_itself_and_names_its_line(self):
        self.edit("price/CMakeLists.txt", "add_test(NAME price_again", "add_test(NAME third COMMAND price_test 3)\nadd_test(NAME price_again")
        reasons = self.selects({"third": "new_test"})
        self.assertEqual("price/CMakeLists.txt:8", reasons["third"]["defined_at"])

    def test_a_definition_selects_the_dependents_of_its_target(self):
        self.edit("price/CMakeLists.txt", "target_include", "target_compile_definitions(price PRIVATE CHEAP)\ntarget_include")
        reasons = self.selects(dict.fromkeys(("price", "price_again", "cart"), "changed_command"))
        self.assertEqual("price/CMakeLists.txt", reasons["cart"]["file"])
        why = self.winnow("why", "cart", "--from", "base")
        self.assertIn("price/CMakeLists.txt:3 changed how price/price.cpp is compiled, compiled into libprice.a", why)

    def test_a_property_selects_its_test(self):
        self.edit("price/CMakeLists.txt", "TIMEOUT 10", "TIMEOUT 11")
        self.selects({"price": "changed_test"})

    def test_an_environment_selects_its_test(self):
        self.edit("price/CMakeLists.txt", "TIMEOUT 10", "TIMEOUT 10 ENVIRONMENT CURRENCY=EUR")
        self.selects({"price": "changed_test"})

    def test_a_label_selects_nothing(self):
        self.edit("price/CMakeLists.txt", "TIMEOUT 10", "TIMEOUT 10 LABELS quick")
        self.selects({})

    def test_an_argument_selects_its_test(self):
        self.edit("price/CMakeLists.txt", "price_test 2", "price_test 22")
        self.selects({"price_again": "changed_test"})

    def test_a_new_source_selects_what_links_its_library(self):
        (self.project / "price" / "tax.cpp").write_text("int tax() { return 1; }\n")
        self.edit("price/CMakeLists.txt", "price price.cpp", "price price.cpp tax.cpp")
        found = {test["name"] for test in self.selection()["tests"]}
        self.assertEqual({"price", "price_again", "cart"}, found)

    def test_a_removed_source_selects_what_links_its_library(self):
        (self.project / "cart" / "cart_more.cpp").write_text("int more() { return 1; }\n")
        git(self.project, "add", ".")
        git(self.project, "commit", "-qm", "more")
        quietly("cmake", self.build)
        quietly("ninja", "-C", self.build)
        self.winnow("graph", "record")
        (self.project / "cart" / "cart_more.cpp").unlink()
        selection = json.loads(self.winnow("affected", "--from", "HEAD", "--format", "json"))
        self.assertIsNone(selection["fallback"])
        self.assertEqual(["cart"], [test["name"] for test in selection["tests"]])

    def test_a_file_read_while_configuring_selects_what_it_ends_up_in(self):
        self.edit("version.h", "1.0", "1.1")
        self.selects({"about": "changed_command"})

    def test_a_variable_in_a_configured_file_selects_its_readers(self):
        self.edit("CMakeLists.txt", '"hello"', '"good morning"')
        reasons = self.selects({"greeting": "changed_configured_file"})
        self.assertEqual("CMakeLists.txt", reasons["greeting"]["file"])

    def test_the_template_of_a_configured_file_selects_its_readers(self):
        self.edit("config.h.in", "#define", "// Spoken first.\n#define")
        self.selects({"greeting": "changed_configured_file"})

    def test_a_deleted_subdirectory_selects_nothing_that_is_left(self):
        self.edit("CMakeLists.txt", "add_subdirectory(legacy)\n", "")
        shutil.rmtree(self.project / "legacy")
        self.selects({})

    def test_a_glob_that_picks_a_file_up_selects_what_links_it(self):
        (self.project / "cart" / "cart_more.cpp").write_text("int more() { return 1; }\n")
        selection = self.selection()
        self.assertIsNone(selection["fallback"])
        self.assertEqual(["cart"], [test["name"] for test in selection["tests"]])

    def test_a_changed_source_selects_as_ever(self):
        self.edit("cart/cart.cpp", "2 *", "3 *")
        self.selects({"cart": "changed_file"})
        self.assertNotIn("aside", self.said)

    def test_no_configure_is_a_fallback_with_its_cause(self):
        self.edit("price/CMakeLists.txt", "TIMEOUT 10", "TIMEOUT 11")
        fallback = self.selection("--no-configure")["fallback"]
        self.assertEqual("cmake_input_changed", fallback["cause"])
        self.assertIn("--no-configure", fallback["because"])


class EditsFromTheCommitAlone(Shop):
    """No graph is kept: base is configured in a scratch work tree, with the settings of the build tree."""

    base_graph = "none"

    test_a_comment = Edits.test_a_comment_selects_nothing
    test_a_new_test = Edits.test_a_new_test_selects_itself_and_names_its_line
    test_a_definition = Edits.test_a_definition_selects_the_dependents_of_its_target
    test_a_new_source = Edits.test_a_new_source_selects_what_links_its_library
    test_a_file_read_while_configuring = Edits.test_a_file_read_while_configuring_selects_what_it_ends_up_in
    test_a_variable_in_a_configured_file = Edits.test_a_variable_in_a_configured_file_selects_its_readers
    test_a_deleted_subdirectory = Edits.test_a_deleted_subdirectory_selects_nothing_that_is_left
    test_a_glob_that_picks_a_file_up = Edits.test_a_glob_that_picks_a_file_up_selects_what_links_it
    test_a_changed_source = Edits.test_a_changed_source_selects_as_ever

    def setUp(self):
        super().setUp()
        self.addCleanup(self.check_that_nothing_is_left)

    def check_that_nothing_is_left(self):
        worktrees = subprocess.run(
            ["git", "-C", self.project, "worktree", "list"], capture_output=True, text=True, check=True
        ).stdout
        self.assertEqual(1, len(worktrees.splitlines()), worktrees)
        self.assertFalse((self.build / ".winnow" / "base").exists())

    def test_two_queries_at_once_do_not_disturb_each_other(self):
        self.edit("price/CMakeLists.txt", "TIMEOUT 10", "TIMEOUT 11")
        quietly("cmake", self.build)
        command = [WINNOW, "affected", "--from", "base", "--format", "names"]
        both = [
            subprocess.Popen(
                command, cwd=self.project, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                text=True,
            )
            for _ in range(2)
        ]  # fmt: skip
        self.assertEqual(["price\n"] * 2, [query.communicate(timeout=120)[0] for query in both])

    def test_a_given_path_that_base_does_not_have_stays_what_it_is(self):
        quietly("cmake", f"-DELSEWHERE={self.project}/../elsewhere", self.build)
        self.addCleanup(quietly, "cmake", "-UELSEWHERE", self.build)
        self.edit("price/CMakeLists.txt", "TIMEOUT 10", "TIMEOUT 11")
        self.selects({"price": "changed_test"})

    def test_a_toolchain_file_is_judged_by_its_commands(self):
        tree = self.project / "build" / "tools"
        quietly("cmake", "-G", "Ninja", "-S", self.project, "-B", tree,
                f"-DCMAKE_TOOLCHAIN_FILE={self.project}/toolchain.cmake")  # fmt: skip
        self.addCleanup(shutil.rmtree, tree)
        for text, cause in (('# Optimised.\n\nset( CMAKE_CXX_FLAGS_INIT\n  "-O1")\n', None),
                            ('set(CMAKE_CXX_FLAGS_INIT "-O2")\n', "cmake_input_changed")):  # fmt: skip
            with self.subTest(cause):
                (self.project / "toolchain.cmake").write_text(text)
                selection = self.selection("-B", str(tree))
                self.assertEqual(cause, (selection["fallback"] or {}).get("cause"), self.said)
                self.assertEqual(cause is None, not selection["tests"])

    def test_a_setting_given_by_its_user_is_base_s_too(self):
        quietly("cmake", "-DLOUD=ON", self.build)
        quietly("ninja", "-C", self.build)
        self.edit("price/CMakeLists.txt", "TIMEOUT 10", "TIMEOUT 11")
        self.selects({"price": "changed_test"})

    def test_a_changed_default_is_no_setting_of_its_user(self):
        fresh = self.project / "build" / "fresh"
        self.edit("CMakeLists.txt", "shouts\" OFF", "shouts\" ON")
        quietly("cmake", "-G", "Ninja", "-S", self.project, "-B", fresh)
        selection = self.selection("-B", str(fresh))
        shutil.rmtree(fresh)
        self.assertIsNone(selection["fallback"], self.said)
        self.assertEqual(["cart"], [test["name"] for test in selection["tests"]])

    def test_a_base_that_cannot_be_configured_is_a_fallback_with_its_cause(self):
        self.edit("CMakeLists.txt", "enable_testing()", "enable_testing()\nif(\n")
        git(self.project, "commit", "-qam", "broken")
        self.edit("CMakeLists.txt", "if(\n", "")
        selection = json.loads(self.winnow("affected", "--from", "HEAD", "--format", "json"))
        self.assertEqual("cmake_input_changed", selection["fallback"]["cause"])
        self.assertIn("base.log", selection["fallback"]["because"])


class Settings(Shop):
    """What changes without a file, and graphs that come from elsewhere."""

    def test_a_changed_setting_selects_what_it_changes(self):
        quietly("cmake", "-DLOUD=ON", self.build)
        reasons = self.selects({"cart": "changed_command"})
        self.assertNotIn("file", reasons["cart"])

    def test_a_recorded_setting_is_the_new_base(self):
        quietly("cmake", "-DLOUD=ON", self.build)
        self.winnow("graph", "record")
        self.selects({})

    def test_an_imported_graph_is_compared_with(self):
        carried = self.root / "carried.graph"
        self.winnow("graph", "export", "-o", str(carried))
        other = self.root / "elsewhere" / "clone"
        git(self.root, "clone", "-q", str(self.project), str(other))
        quietly("cmake", "-G", "Ninja", "-S", other, "-B", other / "build", "-DLOUD=ON")
        self.winnow("graph", "import", str(carried), cwd=other)
        selection = json.loads(self.winnow("affected", "--from", "base", "--format", "json", cwd=other))
        shutil.rmtree(other)
        self.assertEqual(
            {"cart": "changed_command"}, {test["name"]: test["reasons"][0]["kind"] for test in selection["tests"]}
        )

    def test_a_graph_of_another_project_is_refused(self):
        graph = self.root / "shop.graph"
        self.winnow("graph", "export", "-o", str(graph))
        other = self.root / "other"
        other.mkdir()
        (other / "CMakeLists.txt").write_text("cmake_minimum_required(VERSION 3.24)\nproject(Other LANGUAGES NONE)\n")
        commit_all(other)
        quietly("cmake", "-G", "Ninja", "-S", other, "-B", other / "build")
        done = subprocess.run(
            [WINNOW, "graph", "import", graph], cwd=other, env=self.environment, capture_output=True, text=True
        )
        self.assertEqual(2, done.returncode, done.stderr)
        self.assertIn("Shop", done.stderr)
        self.assertIn("Other", done.stderr)


class Monorepo(unittest.TestCase):
    def test_an_unchanged_base_made_aside_has_no_difference(self):
        root = pathlib.Path(tempfile.mkdtemp(prefix="winnow-monorepo-"))
        self.addCleanup(shutil.rmtree, root, ignore_errors=True)
        (root / "run").mkdir(mode=0o700)
        copy = root / "monorepo"
        shutil.copytree(MONOREPO, copy)
        commit_all(copy)
        quietly("cmake", "-G", "Ninja", "-S", copy, "-B", root / "build", "-DCMAKE_BUILD_TYPE=Debug")
        with (copy / "CMakeLists.txt").open("a") as file:
            file.write("# The end.\n")
        done = subprocess.run(
            [WINNOW, "affected", "-B", root / "build", "--from", "base", "--format", "json"], cwd=copy,
            env=dict(os.environ, XDG_STATE_HOME=str(root / "state"), XDG_RUNTIME_DIR=str(root / "run")),
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        selection = json.loads(done.stdout)
        self.assertIn("aside", done.stderr)
        self.assertIsNone(selection["fallback"])
        self.assertGreater(selection["total"], 0)
        self.assertEqual([], selection["tests"])


if __name__ == "__main__":
    unittest.main()
