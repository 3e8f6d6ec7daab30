#!/usr/bin/env python3
"""A saved plan pins what runs: whole or by the chunk, only on the sources it was made of."""

import json
import pathlib
import shutil
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

from daemon_case import DaemonCase

# Only one directory `served` can exist: two setups of the fixture at once fail, and so does a user without one.
# `cases` lists its own cases when it is built, as gtest_discover_tests() has it.
PROJECT = """
cmake_minimum_required(VERSION 3.24)
project(Planned LANGUAGES C)
enable_testing()
foreach(name one two)
  add_executable(${name} ${name}.c)
  add_test(NAME ${name} COMMAND ${name})
endforeach()
set(server sh "${CMAKE_SOURCE_DIR}/server.sh")
add_test(NAME serve COMMAND ${server} serve)
add_test(NAME end COMMAND ${server} end)
set_tests_properties(serve PROPERTIES FIXTURES_SETUP server)
set_tests_properties(end PROPERTIES FIXTURES_CLEANUP server)
foreach(number RANGE 1 4)
  add_test(NAME use.${number} COMMAND ${server} use)
endforeach()
set_tests_properties(use.1 use.2 use.3 use.4 PROPERTIES FIXTURES_REQUIRED server)

add_executable(cases cases.c)
set(listed "${CMAKE_BINARY_DIR}/cases_tests.cmake")
add_custom_command(TARGET cases POST_BUILD COMMAND cases > "${listed}" BYPRODUCTS "${listed}")
file(WRITE "${CMAKE_BINARY_DIR}/cases_include.cmake"
  "if(EXISTS \\"${listed}\\")\\n  include(\\"${listed}\\")\\nelse()\\n  add_test(cases_NOT_BUILT cases_NOT_BUILT)\\nendif()\\n")
set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${CMAKE_BINARY_DIR}/cases_include.cmake")
"""

SERVER = """
case $1 in
  serve) mkdir served && echo served >> setups ;;
  use) test -d served && sleep 0.2 ;;
  end) rmdir served ;;
esac
"""

CASES = """
#include <stdio.h>
int main(int argc, char **argv) {
  if (argc > 1) return 0;
  printf("add_test(cases.a \\"%s\\" a)\\nadd_test(cases.b \\"%s\\" b)\\n", argv[0], argv[0]);
  return 0;
}
"""

FILES = {"CMakeLists.txt": PROJECT, "one.c": "int main(void) { return 0; }\n",
         "two.c": "int main(void) { return 0; }\n", "cases.c": CASES, "server.sh": SERVER,
         ".gitignore": "/build/\n"}


def git(directory, *arguments):
    done = subprocess.run(
        ["git", "-C", directory, "-c", "user.name=T", "-c", "user.email=t@example.org",
         "-c", "commit.gpgsign=false", *arguments], check=True, capture_output=True, text=True)
    return done.stdout.strip()


class Plan(DaemonCase):
    @classmethod
    def setUpClass(cls):
        cls.project = pathlib.Path(tempfile.mkdtemp(prefix="wp-"))
        cls.addClassCleanup(shutil.rmtree, cls.project, ignore_errors=True)
        cls.source = cls.project / "source"
        cls.build = cls.source / "build"
        cls.source.mkdir()
        for name, text in FILES.items():
            (cls.source / name).write_text(text)
        git(cls.project, "init", "-q", "-b", "main", str(cls.source))
        git(cls.source, "add", ".")
        git(cls.source, "commit", "-qm", "one")
        git(cls.source, "tag", "start")
        subprocess.run(["cmake", "-G", "Ninja", "-S", cls.source, "-B", cls.build], check=True, capture_output=True)

    def setUp(self):
        super().setUp()
        self.place = self.source
        self.addCleanup(self.start_afresh)
        self.plan = self.root / "plan.json"

    def start_afresh(self):
        """Configured, not built, not recorded, and nothing changed."""
        git(self.source, "reset", "-q", "--hard", "start")
        git(self.source, "clean", "-qfd")
        subprocess.run(["ninja", "-C", self.build, "-t", "clean"], check=True, capture_output=True)
        for name in ("one", "two", "setups", "cases_tests.cmake"):
            (self.build / name).unlink(missing_ok=True)
        for name in ("served", ".winnow", "Testing"):
            shutil.rmtree(self.build / name, ignore_errors=True)

    def built(self):
        subprocess.run(["ninja", "-C", self.build], check=True, capture_output=True)

    def passes(self, *arguments):
        done = self.winnow(*arguments)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        return done

    def refused(self, done, *words):
        self.assertEqual(2, done.returncode, done.stdout + done.stderr)
        self.assertTrue(done.stderr.startswith("winnow: "), done.stderr)
        for word in words:
            self.assertIn(word, done.stderr)

    def split(self, *arguments):
        """The plan of all tests, as a document."""
        self.passes("split", "--all", *arguments, "-o", self.plan)
        return json.loads(self.plan.read_text())

    @staticmethod
    def names(chunk):
        return [test["name"] for test in chunk["tests"]]

    def results(self, *arguments):
        """(chunk, name, verdict) of each test of a run."""
        file = self.root / "results.json"
        self.winnow(*arguments, "--results", file)
        return sorted((test.get("chunk", 0), test["name"], test["verdict"])
                      for test in json.loads(file.read_text())["tests"])

    def setups(self):
        file = self.build / "setups"
        return len(file.read_text().splitlines()) if file.exists() else 0

    # What runs

    def test_all_chunks_run_here_each_with_its_own_fixture(self):
        self.built()
        chunks = self.split("--chunks", "2")["chunks"]
        self.assertEqual(2, len(chunks))
        for chunk in chunks:
            self.assertIn("serve", self.names(chunk))
        junit = self.root / "junit.xml"
        done = self.passes("run", "--plan", self.plan, "-j4", "--junit", junit)
        self.assertIn("chunk 0 passed: ", done.stdout)
        self.assertIn("chunk 1 passed: ", done.stdout)
        self.assertEqual(2, self.setups())
        suites = ElementTree.parse(junit).getroot().findall("testsuite")
        self.assertEqual([sorted(self.names(chunk)) for chunk in chunks],
                         [sorted(case.get("name") for case in suite.findall("testcase")) for suite in suites])
        planned = sorted((chunk["index"], name, "passed") for chunk in chunks for name in self.names(chunk))
        self.assertEqual(planned, self.results("run", "--plan", self.plan, "-j4"))

    def test_a_failure_is_its_chunks_alone(self):
        self.built()
        chunks = self.split("--chunks", "2")["chunks"]
        failing = next(chunk["index"] for chunk in chunks if "one" in self.names(chunk))
        (self.build / "one").write_text("#!/bin/sh\nexit 1\n")
        done = self.winnow("run", "--plan", self.plan, "-j4")
        self.assertEqual(100, done.returncode, done.stdout + done.stderr)
        self.assertIn(f"chunk {failing} failed: ", done.stdout)
        self.assertIn(f"chunk {1 - failing} passed: ", done.stdout)

    def test_a_setup_that_fails_keeps_only_its_chunks_users_from_running(self):
        self.built()
        chunks = self.split("--chunks", "2")["chunks"]
        (self.build / "served").mkdir()
        results = self.results("run", "--plan", self.plan, "-j4")
        verdicts = {(chunk, name): verdict for chunk, name, verdict in results}
        # The first setup finds the directory and fails; its cleanup removes it.
        self.assertEqual(("failed", "passed"), (verdicts[0, "serve"], verdicts[1, "serve"]))
        for chunk in chunks:
            for name in self.names(chunk):
                if name.startswith("use."):
                    self.assertEqual("not run" if chunk["index"] == 0 else "passed",
                                     verdicts[chunk["index"], name])

    def test_a_run_that_stops_cleans_up_only_what_was_set_up(self):
        (self.source / "server.sh").write_text(SERVER.replace("sleep 0.2", "exit 1"))
        self.built()
        self.split("--chunks", "2")
        verdicts = {(chunk, name): verdict for chunk, name, verdict in
                    self.results("run", "--plan", self.plan, "--fail-fast", "-j1")}
        self.assertEqual(("passed", "passed"), (verdicts[0, "serve"], verdicts[0, "end"]))
        self.assertEqual(("cancelled", "cancelled"), (verdicts[1, "serve"], verdicts[1, "end"]))
        self.assertFalse((self.build / "served").exists())

    def test_one_chunk_runs_alone(self):
        self.built()
        chunks = self.split("--chunks", "2")["chunks"]
        for index in (0, 1):
            results = self.results("run", "--plan", self.plan, "--chunk", index)
            self.assertEqual([(index, name, "passed") for name in sorted(self.names(chunks[index]))], results)
        status = self.passes("status").stdout
        for index in (0, 1):
            size = len(chunks[index]["tests"])
            self.assertRegex(status, rf"(?m)^    chunk {index}  passed   {size}/{size} done, 0 failed$")
        self.assertEqual(2, status.count("    chunk "), status)

    def test_a_run_without_a_daemon_does_the_same(self):
        self.built()
        self.split("--chunks", "2")
        done = self.passes("run", "--plan", self.plan, "--no-daemon")
        self.assertIn("chunk 1 passed: ", done.stdout)

    def test_an_empty_plan_is_a_pass(self):
        self.built()
        self.passes("split", "--chunks", "2", "-o", self.plan)
        self.assertEqual([], json.loads(self.plan.read_text())["chunks"])
        self.assertIn("pass", self.passes("run", "--plan", self.plan).stdout)
        self.refused(self.winnow("run", "--plan", self.plan, "--chunk", "0"), "no chunk 0", "none")

    # What is built

    def test_a_chunk_builds_its_own_targets_only(self):
        chunks = self.split("--max-tests", "1")["chunks"]
        of_one = next(chunk for chunk in chunks if self.names(chunk) == ["one"])
        self.assertEqual(["one"], of_one["targets"])
        self.passes("run", "--build", "--plan", self.plan, "--chunk", of_one["index"])
        self.assertTrue((self.build / "one").exists())
        self.assertFalse((self.build / "two").exists())

    def test_a_plan_of_an_unbuilt_tree_runs_what_its_targets_turn_out_to_have(self):
        chunks = self.split("--max-tests", "1")["chunks"]
        holder = next(chunk["index"] for chunk in chunks if "cases_NOT_BUILT" in self.names(chunk))
        results = self.results("run", "--build", "--plan", self.plan, "--chunk", holder)
        self.assertEqual([(holder, "cases.a", "passed"), (holder, "cases.b", "passed")], results)

    def test_a_case_that_came_since_runs_in_one_chunk(self):
        self.built()
        # Changed, and not yet built when the plan is made.
        text = (self.source / "cases.c").read_text()
        (self.source / "cases.c").write_text(text.replace(
            "return 0;\n}", 'printf("add_test(cases.new \\"%s\\" new)\\n", argv[0]);\n  return 0;\n}'))
        self.passes("split", "--since", "main", "--max-tests", "1", "-o", self.plan)
        chunks = json.loads(self.plan.read_text())["chunks"]
        self.assertEqual({"cases.a", "cases.b"}, {name for chunk in chunks for name in self.names(chunk)})
        results = self.results("run", "--build", "--plan", self.plan)
        self.assertEqual(["cases.a", "cases.b", "cases.new"], sorted(name for _, name, _ in results))

    def test_a_build_that_fails_is_no_run(self):
        (self.source / "one.c").write_text("int main(void) { return }\n")
        self.split("--chunks", "1")
        done = self.winnow("run", "--build", "--plan", self.plan)
        self.assertEqual(96, done.returncode, done.stdout + done.stderr)

    # What is refused

    def test_a_plan_of_another_commit_is_refused(self):
        self.built()
        planned = self.split("--chunks", "2")["commit"]
        git(self.source, "commit", "-q", "--allow-empty", "-m", "two")
        head = git(self.source, "rev-parse", "HEAD")
        self.refused(self.winnow("run", "--plan", self.plan), planned, head, "winnow split")

    def test_a_work_tree_that_is_dirtier_than_the_plan_is_refused(self):
        self.built()
        self.split("--chunks", "2")
        (self.source / "new.h").write_text("")
        self.refused(self.winnow("run", "--plan", self.plan), "new.h", "winnow split")

    def test_a_work_tree_that_is_as_dirty_as_the_plan_is_fine(self):
        self.built()
        (self.source / "one.c").write_text("int main(void) { return 0; } // edited\n")
        (self.source / "two.c").unlink()
        git(self.source, "config", "core.quotePath", "true")
        (self.source / "caf\u00e9").write_text("1")
        self.assertEqual(["caf\u00e9", "one.c", "two.c"],
                         [file["path"] for file in self.split("--chunks", "2", "--no-configure")["uncommitted"]])
        self.passes("run", "--plan", self.plan, "--no-configure")
        (self.source / "caf\u00e9").write_text("2")
        self.refused(self.winnow("run", "--plan", self.plan, "--no-configure"), "caf\u00e9")
        (self.source / "caf\u00e9").unlink()
        self.refused(self.winnow("run", "--plan", self.plan, "--no-configure"), "caf\u00e9")

    def test_a_plan_kept_in_the_work_tree_is_no_difference(self):
        self.built()
        self.plan = self.source / "plan.json"
        self.split("--chunks", "2")
        self.passes("run", "--plan", "plan.json")
        self.split("--chunks", "1")
        self.passes("run", "--plan", "./plan.json")

    def test_an_index_out_of_range_is_refused(self):
        self.built()
        self.split("--chunks", "2")
        self.refused(self.winnow("run", "--plan", self.plan, "--chunk", "2"), "no chunk 2", "0 to 1")
        self.refused(self.winnow("run", "--plan", self.plan, "--chunk", "-1"), "-1")

    def test_a_file_that_is_no_plan_is_refused(self):
        self.refused(self.winnow("run", "--plan", self.plan), str(self.plan), "No such file")
        self.refused(self.winnow("run", "--plan", self.root), str(self.root), "directory")
        for text, word in (("", "not JSON"), ("chunk", "not JSON"), ("[]", "not an object"),
                           ('{"kind": "winnow.results", "version": 1}', "winnow.results"),
                           ('{"kind": "winnow.plan", "version": 2}', "version is 2")):
            with self.subTest(text):
                self.plan.write_text(text)
                self.refused(self.winnow("run", "--plan", self.plan), str(self.plan), word, "winnow split")

    def test_tests_that_do_not_exist_are_named(self):
        self.built()
        plan = self.split("--chunks", "2")
        plan["chunks"][0]["tests"].append({"name": "gone", "directory": "sub"})
        del plan["id"]  # which it has no more
        self.plan.write_text(json.dumps(plan))
        self.refused(self.winnow("run", "--plan", self.plan), "sub/gone", "winnow split")
        self.passes("run", "--plan", self.plan, "--chunk", "1")

    def test_a_target_that_does_not_exist_is_named(self):
        plan = self.split("--max-tests", "1")
        index = next(chunk["index"] for chunk in plan["chunks"] if chunk["targets"] == ["one"])
        plan["chunks"][index]["targets"] = ["no_such_target"]
        del plan["id"]  # which it has no more
        self.plan.write_text(json.dumps(plan))
        self.refused(self.winnow("run", "--build", "--plan", self.plan, "--chunk", index), "no_such_target")

    def test_a_plan_allows_no_other_choice_of_tests(self):
        self.built()
        self.split("--chunks", "2")
        for other in (["--all"], ["--since", "main"], ["--from", "main"], ["--files", "one.c"],
                      ["--files-from", "-"], ["one"], ["-R", "one"], ["-E", "one"], ["-L", "x"], ["--LE", "x"]):
            with self.subTest(other):
                self.refused(self.winnow("run", *other, "--plan", self.plan), "--plan")
        self.refused(self.winnow("run", "--chunk", "0"), "--plan")

    # What is planned

    def test_history_decides_the_chunks(self):
        self.built()
        unknown = self.passes("split", "--all", "--chunks", "2")
        self.assertIn("no run has measured 10 tests", unknown.stderr)
        guessed = self.split("--chunks", "2")["predicted_seconds"]
        self.passes("run", "--all")
        known = self.passes("split", "--all", "--chunks", "2")
        self.assertEqual("", known.stderr)
        self.assertRegex(known.stdout, r"^\d+ tests in 2 chunks: predicted .*, lower bound .*, gap \d")
        plan = self.split("--chunks", "2")
        self.assertLess(plan["predicted_seconds"], guessed / 2)
        self.assertGreaterEqual(plan["predicted_seconds"], plan["lower_bound_seconds"])
        self.assertGreater(plan["lower_bound_seconds"], 0.2)

    def test_history_is_read_without_starting_a_daemon(self):
        self.built()
        self.passes("run", "--all")
        self.passes("daemon", "stop")
        for arguments in ([], ["--no-daemon"]):
            done = self.passes("split", "--all", "--chunks", "2", *arguments)
            self.assertEqual("", done.stderr)
        self.assertEqual(69, self.winnow("daemon", "status").returncode)

    def test_history_that_cannot_be_read_is_said_and_done_without(self):
        self.built()
        self.environment["XDG_STATE_HOME"] = str(self.source / "one.c")
        done = self.passes("split", "--all", "--chunks", "2")
        self.assertIn("past runs are not known", done.stderr)
        self.assertIn("in 2 chunks", done.stdout)

    def test_a_target_time_decides_how_many_chunks(self):
        self.built()
        self.assertEqual(1, len(self.split("--target-time", "1h")["chunks"]))
        self.assertLess(1, len(self.split("--target-time", "4s", "-j1")["chunks"]))
        for wrong in ("10", "10d", "m", "-1s", "0s", "nan s", ""):
            with self.subTest(wrong):
                self.refused(self.winnow("split", "--all", f"--target-time={wrong}"), "")
        self.refused(self.winnow("split", "--all", "--target-time", "1m", "--chunks", "2"), "--")

    def test_names_can_end_in_nul(self):
        self.built()
        done = self.passes("split", "--all", "--max-tests", "10", "--format", "names", "-0")
        self.assertIn("0\tone\0", done.stdout)
        self.assertNotIn("\n", done.stdout)

    def test_a_dry_run_says_what_would_run_and_how_long(self):
        self.built()
        chunks = self.split("--chunks", "2")["chunks"]
        lines = self.passes("run", "--dry-run", "--plan", self.plan).stdout.splitlines()
        self.assertEqual(0, self.setups())
        expected = []
        for chunk in chunks:
            expected += [f"chunk {chunk['index']}: {len(chunk['tests'])} tests"]
            expected += ["  " + name for name in self.names(chunk)]
        self.assertEqual(expected, [line.split(", predicted")[0] for line in lines[:-1]])
        self.assertRegex(lines[-1], r"^12 tests, predicted .* s on \d+ cpus?; of 12 the time is guessed")
        self.passes("run", "--plan", self.plan, "--chunk", "0")
        known = self.passes("run", "--dry-run", "--plan", self.plan, "--chunk", "0").stdout.splitlines()
        self.assertRegex(known[-1], r"predicted [^;]* on \d+ cpus?$")
        self.assertEqual("one", self.passes("run", "--dry-run", "--all", "one").stdout.splitlines()[0])


if __name__ == "__main__":
    unittest.main()
