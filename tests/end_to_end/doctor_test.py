#!/usr/bin/env python3
"""winnow doctor finds each thing that is missing, in a tree where it is, and no longer once its remedy was taken."""

import os
import pathlib
import shutil
import subprocess
import unittest

from small_project import MODULE, WINNOW, SmallProject

FILES = {
    "CMakeLists.txt": """
cmake_minimum_required(VERSION 3.24)
project(Small LANGUAGES C)
enable_testing()
add_executable(one_test one_test.c)
add_executable(two_test two_test.c)
add_test(NAME one COMMAND one_test)
add_test(NAME two COMMAND two_test)
""",
    "one_test.c": '#include "answer.h"\nint main(void) { return answer - 42; }\n',
    "two_test.c": '#include "answer.h"\nint main(void) { return 42 - answer; }\n',
    "answer.h": "enum { answer = 42 };\n",
}
INJECTED = f"-DCMAKE_PROJECT_TOP_LEVEL_INCLUDES={MODULE}"
# What depends on the machine and not on the project.
OF_THE_MACHINE = {"cmake_version"}


class Doctor(unittest.TestCase):
    def make_project(self, files=FILES):
        project = SmallProject(files)
        self.addCleanup(project.remove)
        return project

    def findings(self, project, *arguments, environment=None):
        """The findings by name; the exit code and the text agree with them."""
        project.environment.update(environment or {})
        document = project.document("doctor", *arguments)
        self.assertEqual((document["kind"], document["version"]), ("winnow.diagnosis", 1))
        found = {finding["name"]: finding for finding in document["findings"]}
        self.assertEqual(len(found), len(document["findings"]))
        problems = [name for name, finding in found.items() if finding["severity"] == "problem"]
        self.assertEqual(document["problems"], len(problems))
        done = project.winnow("doctor", *arguments)
        self.assertEqual(done.returncode, 5 if problems else 0, done.stdout + done.stderr)
        for name, finding in found.items():
            self.assertIn(name, document["checked"])
            for said in (finding["what"], finding["cause"], finding["remedy"]):
                self.assertTrue(said)
                self.assertIn(said, done.stdout)
        return found

    def has(self, found, name, severity, *words):
        self.assertIn(name, found)
        self.assertEqual(found[name]["severity"], severity)
        said = " ".join([found[name]["what"], found[name]["cause"], found[name]["remedy"], *found[name]["items"]])
        for word in words:
            self.assertIn(word, said)

    def test_a_tree_with_everything_is_sound(self):
        project = self.make_project()
        project.write("winnow.json", '{"selection": {"closed": {"tests": ["*"]}}}')
        project.commit()
        project.configure(INJECTED)
        project.make()
        project.winnow("graph", "record")
        self.assertEqual(set(self.findings(project)) - OF_THE_MACHINE, set())

    def test_no_build_tree(self):
        found = self.findings(self.make_project())
        self.has(found, "build_tree", "problem", "CMakeCache.txt", "cmake -G Ninja -B build")

    def test_a_generator_that_is_not_supported(self):
        project = self.make_project()
        project.run("cmake", "-G", "Unix Makefiles", "-S", project.source, "-B", project.build)
        self.has(self.findings(project), "build_tree", "problem", "Unix Makefiles", "-G Ninja")

    def test_objects_that_are_not_built(self):
        project = self.make_project()
        project.configure()
        found = self.findings(project)
        self.has(found, "header_lists", "problem", "2 of 2 objects", "not built yet", "one_test.c.o")
        project.make("one_test")
        found = self.findings(project)
        self.has(found, "header_lists", "problem", "1 of 2 objects", "two_test.c.o")
        project.shell(found["header_lists"]["remedy"].removeprefix("build: "))
        self.assertNotIn("header_lists", self.findings(project))

    def test_objects_whose_lists_are_lost(self):
        project = self.make_project()
        project.configure()
        project.make()
        (project.build / ".ninja_deps").unlink()
        self.has(self.findings(project), "header_lists", "problem", "2 of 2 objects", "missing")

    def test_a_damaged_log_of_headers(self):
        project = self.make_project()
        project.configure()
        project.make()
        (project.build / ".ninja_deps").write_bytes(b"no log")
        found = self.findings(project)
        self.has(found, "dependency_log", "problem", ".ninja_deps", "remove")
        (project.build / ".ninja_deps").unlink()
        project.make()
        self.assertNotIn("dependency_log", self.findings(project))

    def test_a_tree_older_than_its_cmake_files(self):
        project = self.make_project()
        project.configure()
        project.make()
        future = (project.build / "build.ninja").stat().st_mtime + 10
        os.utime(project.source / "CMakeLists.txt", (future, future))
        found = self.findings(project)
        self.has(found, "stale_configuration", "problem", "CMakeLists.txt")
        os.utime(project.source / "CMakeLists.txt", (future - 20, future - 20))
        project.shell(found["stale_configuration"]["remedy"].removeprefix("configure: "))
        self.assertNotIn("stale_configuration", self.findings(project))

    def test_programs_whose_tests_are_not_discovered(self):
        listed = '#include <stdio.h>\nint main(int n, char** a) { if (n > 1) puts("s.\\n  c"); return 0 * !a; }\n'
        project = self.make_project(FILES | {
            "CMakeLists.txt": FILES["CMakeLists.txt"] + "include(GoogleTest)\nadd_executable(many many.c)\n"
                                                        "gtest_discover_tests(many)\n",
            "many.c": listed})  # fmt: skip
        project.configure()
        self.has(self.findings(project), "undiscovered_tests", "problem", "many_NOT_BUILT")
        project.make()
        self.assertNotIn("undiscovered_tests", self.findings(project))

    def test_a_project_that_does_not_use_the_module(self):
        project = self.make_project()
        project.configure()
        found = self.findings(project)
        self.has(found, "module", "advice", "find_package(Winnow)", "CMAKE_PROJECT_TOP_LEVEL_INCLUDES")
        self.has(found, "target_types", "problem", "file API")
        project.shell(found["target_types"]["remedy"])
        self.assertNotIn("target_types", self.findings(project))
        project.configure(INJECTED)
        self.assertNotIn("module", self.findings(project))
        (project.build / ".winnow" / "export.json").write_text("{}")
        self.has(self.findings(project), "build_tree", "problem", "export.json")

    def test_a_cmake_that_tells_little(self):
        project = self.make_project()
        project.configure()
        version = tuple(int(part) for part in project.run("cmake", "--version").stdout.split()[2].split(".")[:2])
        found = self.findings(project)
        self.assertEqual("cmake_version" in found, version < (3, 27))
        project.configure(INJECTED)
        self.assertNotIn("cmake_version", self.findings(project))

    def test_tests_of_which_nothing_is_known(self):
        project = self.make_project(FILES | {
            "CMakeLists.txt": FILES["CMakeLists.txt"] + "add_test(NAME hello COMMAND echo hello)\n"})  # fmt: skip
        project.configure()
        self.has(self.findings(project), "unmapped_tests", "problem", "1 of 3 tests", "hello", "winnow_test_inputs")
        project.write("CMakeLists.txt", FILES["CMakeLists.txt"] + "add_test(NAME hello COMMAND echo hello)\n"
                      "winnow_test_inputs(TESTS hello FILES answer.h)\n")  # fmt: skip
        project.configure(INJECTED)
        self.assertNotIn("unmapped_tests", self.findings(project))

    def test_tests_whose_inputs_are_not_closed(self):
        project = self.make_project()
        project.configure()
        self.has(self.findings(project), "opaque_tests", "advice", "2 of 2 tests", "one", "selection.closed")
        project.write("winnow.json", '{"selection": {"closed": {"tests": ["one"]}}}')
        found = self.findings(project)
        self.has(found, "opaque_tests", "advice", "1 of 2 tests")
        self.assertEqual(found["opaque_tests"]["items"], ["two"])

    def test_what_is_wrong_in_winnow_json(self):
        project = self.make_project()
        project.configure()
        project.write("winnow.json", '{"selection": {"rule": []}}')
        self.has(self.findings(project), "settings", "problem", "winnow.json:1:16", "did you mean rules?")
        project.write("winnow.json", """{"selection": {"rules": [
          {"pattern": "*.h", "affects": {"tests": ["one", "three"], "labels": ["sql"], "directories": ["net"]}},
          {"pattern": "*.proto", "ignore": true}]}}""")
        found = self.findings(project)
        self.has(found, "rule_names", "problem")
        self.assertEqual(found["rule_names"]["items"], [f"winnow.json:2: {name}" for name in (
            "test three", "label sql", "directory net")])  # fmt: skip
        self.has(found, "idle_rules", "advice")
        self.assertEqual(found["idle_rules"]["items"], ["winnow.json:3: *.proto"])

    def test_rules_for_running_that_match_no_test(self):
        project = self.make_project()
        project.configure()
        project.write("winnow.json", """{"run": {"rules": [
          {"tests": ["one", "three*"], "labels": ["gpu"], "memory": "1GiB"}]}}""")
        found = self.findings(project)
        self.has(found, "rule_names", "problem")
        self.assertEqual(found["rule_names"]["items"], ["winnow.json:2: test three*", "winnow.json:2: label gpu"])

    def test_resources_that_no_run_can_give(self):
        project = self.make_project(FILES | {
            "CMakeLists.txt": FILES["CMakeLists.txt"]
                              + "winnow_test_resources(TESTS one CPU 9999 RESOURCES licence=1)\n"})  # fmt: skip
        project.configure(INJECTED)
        project.write("winnow.json", """{"run": {
          "resources": {"license": 2},
          "rules": [
            {"tests": ["two"], "memory": "900TiB"}
          ]}}""")
        found = self.findings(project)
        self.has(found, "resource_statements", "problem", "2 tests ask for")
        line = len(FILES["CMakeLists.txt"].splitlines()) + 1
        items = found["resource_statements"]["items"]
        self.assertEqual(f"one (CMakeLists.txt:{line}) asks for 1 of the resource licence, which is not declared", items[0])
        self.assertTrue(items[1].startswith("two (winnow.json:4) states 900.0 TiB of memory, and tests may use "), items)
        self.has(found, "wide_statements", "advice", f"one (CMakeLists.txt:{line}) states 9999 cpus")
        self.has(found, "idle_resources", "advice")
        self.assertEqual(["license (winnow.json:2)"], found["idle_resources"]["items"])
        self.assertEqual(2, project.winnow("run", "--all").returncode)
        project.write("winnow.json", """{"run": {
          "resources": {"licence": 2}, "capacity": {"memory": "1GiB"}, "rules": [{"tests": ["two"], "memory": "2GiB"}]}}""")
        found = self.findings(project)
        self.assertEqual(["two (winnow.json:2) states 2.0 GiB of memory, and tests may use 1.0 GiB"],
                         found["resource_statements"]["items"])
        self.assertNotIn("idle_resources", found)
        project.write("winnow.json", '{"run": {"resources": {"licence": 2}}}')
        self.assertNotIn("resource_statements", self.findings(project))

    def test_sources_outside_of_git(self):
        project = self.make_project()
        project.configure()
        shutil.rmtree(project.top / ".git")
        self.has(self.findings(project), "repository", "problem", "not in a git repository", "--files")

    def clone(self, project, *arguments):
        """A second project: a clone of the first, on a branch of its own."""
        clone = self.make_project({})
        shutil.rmtree(clone.top)
        project.git("clone", "-q", *arguments, f"file://{project.top}", str(clone.top))
        clone.git("checkout", "-q", "-b", "topic")
        clone.configure()
        return clone

    def test_no_default_branch(self):
        clone = self.clone(self.make_project())
        self.assertNotIn("default_branch", self.findings(clone))
        clone.git("branch", "-q", "-D", "main")
        clone.git("remote", "set-head", "origin", "--delete")
        clone.git("update-ref", "-d", "refs/remotes/origin/main")
        found = self.findings(clone)
        self.has(found, "default_branch", "problem", "not committed")
        clone.git("update-ref", "refs/remotes/origin/topic", "HEAD")
        clone.git("branch", "-q", "--set-upstream-to", "origin/topic")
        self.has(self.findings(clone), "default_branch", "problem", "upstream of the current branch")
        clone.shell(found["default_branch"]["remedy"].split(", or")[0])
        self.assertNotIn("default_branch", self.findings(clone))

    def test_a_repository_without_a_remote_needs_no_default_branch(self):
        project = self.make_project()
        project.configure()
        self.assertNotIn("default_branch", self.findings(project))

    def test_a_shallow_clone(self):
        origin = self.make_project()
        for branch in ("other", "main"):
            origin.git("checkout", "-q", "-B", branch, "HEAD" if branch == "other" else "HEAD~1")
            origin.write(branch, "")
            origin.commit()
        clone = self.clone(origin, "--depth=1")
        self.has(self.findings(clone), "history", "advice", "shallow", "git fetch --unshallow")
        clone.git("fetch", "-q", "--depth=1", "origin", "other")
        clone.git("checkout", "-q", "FETCH_HEAD")
        self.has(self.findings(clone), "history", "problem", "shallow", "--unshallow")
        clone.git("fetch", "-q", "--unshallow")
        self.assertNotIn("history", self.findings(clone))

    def test_no_graph_of_the_base(self):
        project = self.make_project()
        project.git("checkout", "-q", "-b", "topic")
        project.write("CMakeLists.txt", FILES["CMakeLists.txt"] + "add_test(NAME three COMMAND two_test)\n")
        project.commit()
        project.configure()
        self.has(self.findings(project), "base_graph", "advice", "graph record", project.git("rev-parse", "main")[:12])
        project.git("checkout", "-q", "main")
        project.configure()
        self.assertEqual(project.winnow("graph", "record").returncode, 0)
        project.git("checkout", "-q", "topic")
        project.configure()
        self.assertNotIn("base_graph", self.findings(project))

    def test_git_without_help_in_a_large_repository(self):
        project = self.make_project()
        project.configure()
        self.assertNotIn("git_speed", self.findings(project))
        for number in range(100):
            for file in range(100):
                project.write(f"data/{number}/{file}", "")
        self.has(self.findings(project), "git_speed", "advice", "core.fsmonitor", "core.untrackedCache")
        project.git("config", "core.untrackedCache", "true")
        found = self.findings(project)
        self.assertEqual(len(found["git_speed"]["items"]), 1)
        project.git("config", "core.fsmonitor", "/bin/false")
        self.assertNotIn("git_speed", self.findings(project))

    def test_programs_that_are_missing(self):
        project = self.make_project()
        project.configure()
        self.assertNotIn("tools", self.findings(project))
        tools = project.root / "tools"
        tools.mkdir()
        for program in ("git", "cmake"):
            (tools / program).symlink_to(shutil.which(program))
        found = self.findings(project, environment={"PATH": str(tools)})
        self.has(found, "tools", "problem", "ninja")
        self.assertEqual(found["tools"]["items"], ["ninja"])

    def test_an_unknown_format_is_refused(self):
        done = subprocess.run([WINNOW, "doctor", "--format", "xml"], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 2)


if __name__ == "__main__":
    unittest.main()
