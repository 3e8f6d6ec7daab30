#!/usr/bin/env python3
"""Each test is selected by what changed since it last passed itself: real runs, commits and builds."""

import unittest

from small_project import SmallProject

SCRIPTS = {
    "CMakeLists.txt": """
cmake_minimum_required(VERSION 3.24)
project(Scripts LANGUAGES NONE)
enable_testing()
set(WORDS hello CACHE STRING "What is said")
foreach(name one two three)
  add_test(NAME ${name} COMMAND sh ${name}.sh shared.txt WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
endforeach()
""",
    "one.sh": "exit 0\n",
    "two.sh": "exit 0\n",
    "three.sh": "exit 0\n",
    "shared.txt": "first\n",
}

PROGRAMS = {
    "CMakeLists.txt": """
cmake_minimum_required(VERSION 3.24)
project(Programs LANGUAGES CXX)
enable_testing()
add_library(base base.cpp)
add_executable(left left.cpp)
target_link_libraries(left PRIVATE base)
add_executable(right right.cpp)
add_test(NAME left COMMAND left)
add_test(NAME right COMMAND right)
""",
    "base.h": "inline int number() { return 0; }\n",
    "base.cpp": '#include "base.h"\nint base() { return number(); }\n',
    "left.cpp": "int base();\nint main() { return base(); }\n",
    "right.cpp": "int main() { return 0; }\n",
}


class Case(unittest.TestCase):
    files = SCRIPTS

    def setUp(self):
        self.project = SmallProject(self.files)
        self.addCleanup(self.project.remove)
        self.addCleanup(self.project.winnow, "daemon", "stop")
        self.project.configure()

    def run_tests(self, *arguments, code=0):
        done = self.project.winnow("run", *arguments)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def selection(self, *branch):
        return self.project.document("affected", "--since-last-green", *branch)

    def affected(self, *branch):
        return {test["name"] for test in self.selection(*branch)["tests"]}

    def reason(self, name):
        test = next(test for test in self.selection()["tests"] if test["name"] == name)
        return test["reasons"][0]

    def switch_to(self, branch):
        """With a recording of what is there then, as a build leaves one."""
        self.project.git("checkout", "-q", branch)
        self.record()

    def record(self):
        self.project.winnow("graph", "record")

    def edit(self, name, text, commit=True):
        self.project.write(name, text)
        if commit:
            self.project.commit()


class GreenIsPerTest(Case):
    def test_a_pass_at_the_second_attempt_is_no_green(self):
        been = self.project.root / "been"
        self.edit("one.sh", f"[ -e {been} ] || {{ touch {been}; exit 1; }}\n")
        self.record()
        self.assertIn("3 passed (1 flaky)", self.run_tests("--all", "--retries", "1").stdout)
        self.assertEqual(self.affected(), {"one"})
        self.run_tests("--all")
        self.assertEqual(self.affected(), set())

    def test_where_nothing_has_passed_yet_everything_is_selected(self):
        done = self.project.winnow("affected", "--since-last-green")
        self.assertIn("no test of Scripts (no build type) is known to have passed yet", done.stderr)
        self.assertIn("tests that never passed, as far as is known", done.stdout)
        self.assertEqual(self.affected(), {"one", "two", "three"})
        self.run_tests("--since-last-green", "--build")
        self.assertEqual(self.affected(), set())

    def test_every_test_has_a_state_of_its_own(self):
        self.run_tests("--all")
        self.edit("one.sh", "true\n")
        self.run_tests("--all", "one")
        self.edit("two.sh", "true\n")
        self.assertEqual(self.affected(), {"two"})
        greens = {test["name"]: test["last_green"]["commit"]
                  for test in self.project.document("affected", "--since-last-green", "--explain")["skipped"]}  # fmt: skip
        first, second = self.project.git("rev-parse", "HEAD~2", "HEAD~1").split()
        self.assertEqual(greens, {"one": second, "three": first})

    def test_a_file_that_came_back_is_a_change_for_those_that_saw_it_otherwise(self):
        self.run_tests("--all", "one")
        self.edit("shared.txt", "second\n")
        self.run_tests("--all", "two")
        self.edit("shared.txt", "first\n")
        self.record()
        self.assertEqual(self.affected(), {"two", "three"})

    def test_a_red_test_stays_until_it_passes(self):
        self.run_tests("--all")
        self.edit("one.sh", "exit 1\n")
        self.run_tests("--since-last-green", code=100)
        self.edit("one.sh", "exit 0\n")
        self.record()
        self.assertEqual(self.reason("one")["kind"], "not_green")
        # An ordinary query keeps it, too: nothing differs from HEAD.
        ordinary = self.project.document("affected", "--from", "HEAD")["tests"]
        self.assertEqual([(test["name"], test["reasons"][0]["kind"]) for test in ordinary], [("one", "not_green")])
        self.run_tests("--since-last-green")
        self.assertEqual(self.affected(), set())
        self.assertEqual(self.project.document("affected", "--from", "HEAD")["tests"], [])

    def test_a_new_test_is_selected(self):
        self.run_tests("--all")
        self.edit("four.sh", "exit 0\n")
        self.edit("CMakeLists.txt", SCRIPTS["CMakeLists.txt"].replace("three)", "three four)"))
        self.assertEqual(self.affected(), {"four"})

    def test_every_verb_takes_it(self):
        self.run_tests("--all")
        self.edit("one.sh", "true\n")
        self.assertIn("one is affected\nit last passed at ", self.project.winnow("why", "one", "--since-last-green").stdout)  # fmt: skip
        why = self.project.winnow("why", "two", "--since-last-green").stdout
        self.assertIn("two is not affected\nit passed at ", why)
        self.assertIn("none of them changed", why)
        self.assertEqual(self.project.winnow("build", "--since-last-green").returncode, 0)
        plan = self.project.document("split", "--since-last-green", "--chunks", "3")
        self.assertEqual([test["name"] for chunk in plan["chunks"] for test in chunk["tests"]], ["one"])
        self.assertIn("1 passed", self.run_tests("--since-last-green").stdout)

    def test_wrong_usage_is_told(self):
        wrong = self.project.winnow("affected", "--since-last-green", "nowhere")
        self.assertEqual(wrong.returncode, 2)
        self.assertIn("'nowhere' names no commit", wrong.stderr)
        both = self.project.winnow("affected", "--since-last-green", "--since", "main")
        self.assertEqual(both.returncode, 2)
        self.assertIn("excludes", both.stderr)


class StatesAreToldApart(Case):
    def test_an_uncommitted_state_is_not_taken_for_its_commit(self):
        self.edit("one.sh", "test uncommitted\n", commit=False)
        self.run_tests("--all")
        self.assertEqual(self.affected(), set())
        self.project.git("checkout", "-q", "one.sh")
        self.assertEqual(self.affected(), {"one"})
        self.edit("one.sh", "test uncommitted\n")
        self.assertEqual(self.affected(), set())

    def test_what_came_and_went_uncommitted_is_a_change(self):
        self.edit("CMakeLists.txt", SCRIPTS["CMakeLists.txt"].replace("shared.txt", "shared.txt extra.txt"))
        self.edit("extra.txt", "untracked\n", commit=False)
        self.run_tests("--all")
        self.assertEqual(self.affected(), set())
        self.project.write("extra.txt", None)
        self.assertEqual(self.affected(), {"one", "two", "three"})

    def test_an_input_that_git_ignores_is_compared_too(self):
        self.edit(".gitignore", "/build/\n/local.txt\n")
        self.edit("CMakeLists.txt", SCRIPTS["CMakeLists.txt"] +
                  "add_test(NAME local COMMAND cat ${PROJECT_SOURCE_DIR}/local.txt)\n")  # fmt: skip
        self.edit("local.txt", "1\n", commit=False)
        self.run_tests("--all")
        self.assertEqual(self.affected(), set())
        self.edit("local.txt", "2\n", commit=False)
        self.assertEqual(self.affected(), {"local"})
        self.run_tests("--since-last-green")
        self.edit("local.txt", "1\n", commit=False)
        self.assertEqual(self.affected(), {"local"})

    def test_a_pass_on_another_branch_does_not_count(self):
        self.project.git("checkout", "-q", "-b", "topic")
        self.edit("one.sh", "true\n")
        self.run_tests("--all")
        self.switch_to("main")
        self.assertEqual(self.reason("one")["because"], "passed only where this history does not lead")
        self.run_tests("--all")
        self.assertEqual(self.affected(), set())
        self.switch_to("topic")
        self.assertEqual(self.affected(), set())

    def test_on_a_named_branch_its_commits_count_and_no_others(self):
        self.run_tests("--all")
        self.project.git("checkout", "-q", "-b", "topic")
        self.edit("one.sh", "true\n")
        self.run_tests("--all")
        self.assertEqual(self.affected(), set())
        self.assertEqual(self.affected("main"), {"one"})

    def test_a_commit_that_was_rewritten_does_not_count(self):
        self.run_tests("--all")
        self.edit("one.sh", "true\n")
        self.run_tests("--all", "one")
        self.project.git("commit", "-q", "--amend", "-m", "another text")
        self.assertEqual(self.affected(), {"one"})

    def test_other_settings_are_another_build(self):
        self.run_tests("--all")
        self.project.configure("-DWORDS=other")
        self.assertEqual(self.reason("one")["because"], "passed last with other settings or compilers")
        self.project.configure("-DWORDS=hello")
        self.assertEqual(self.affected(), set())

    def test_a_failure_on_another_branch_keeps_no_test_red_here(self):
        self.run_tests("--all")
        self.project.git("checkout", "-q", "-b", "topic")
        self.edit("one.sh", "exit 1\n")
        self.run_tests("--all", code=100)
        self.switch_to("main")
        self.assertEqual(self.affected(), set())
        self.assertEqual(self.project.document("affected", "--from", "HEAD")["tests"], [])

    def test_without_a_branch_the_ci_systems_variables_name_it(self):
        self.project.git("checkout", "-q", "--detach")
        self.project.environment["CI_COMMIT_REF_NAME"] = "main"
        self.run_tests("--all")
        self.project.environment["CI_COMMIT_REF_NAME"] = "topic"
        self.edit("one.sh", "true\n")
        self.run_tests("--all")
        self.switch_to("main")
        self.assertEqual(self.affected(), set())

    def test_many_states_are_compared_together_without_a_miss(self):
        names = [f"t{i}" for i in range(22)]
        self.edit("CMakeLists.txt", SCRIPTS["CMakeLists.txt"].replace("one two three", " ".join(names)))
        for name in names:
            self.project.write(f"{name}.sh", "exit 0\n")
        for i, name in enumerate(names):
            self.edit("shared.txt", "old\n" if i == 2 else "now\n")
            self.edit("count.md", f"{i}\n")
            self.run_tests("--all", name)
        # The last sixteen are compared each on its own, the others as one; t2 saw another content.
        self.record()
        self.assertEqual(self.affected(), set(names[:6]))


class RunsThatCount(Case):
    files = PROGRAMS

    def test_a_build_by_hand_counts_and_a_stale_one_does_not(self):
        self.project.make()
        self.run_tests("--all")
        self.assertEqual(self.affected(), set())
        self.edit("base.h", "inline int number() { return 1; }\n")
        self.run_tests("--all")  # passes, with the program of before
        self.assertEqual(self.affected(), {"left"})
        self.run_tests("--since-last-green", "--build", code=100)
        self.assertEqual(self.affected(), {"left"})

    def test_a_build_that_ninja_takes_for_done_does_not_count(self):
        self.edit("far/value.h", "enum { value = 0 };\n")
        self.edit("right.cpp", '#include "value.h"\nint main() { return value; }\n')
        self.edit("CMakeLists.txt", PROGRAMS["CMakeLists.txt"] + "target_include_directories(right PRIVATE near far)\n")
        self.run_tests("--all", "--build")
        self.edit("near/value.h", "enum { value = 1 };\n")  # is found first from now on
        self.project.make()
        self.run_tests("--all")  # passes, with the program of before
        self.assertEqual(self.affected(), {"right"})
        self.run_tests("--since-last-green", "--build", code=100)

    def test_a_run_beside_which_is_built_does_not_count(self):
        self.edit("CMakeLists.txt", PROGRAMS["CMakeLists.txt"] +
                  'add_test(NAME builder COMMAND sh -c "echo // >> ${PROJECT_SOURCE_DIR}/base.cpp && ninja")\n')  # fmt: skip
        self.run_tests("--all", "--build")
        self.project.git("checkout", "-q", "base.cpp")
        self.assertEqual(self.reason("right")["because"], "never passed, as far as is known")

    def test_sources_that_were_edited_while_they_were_built_are_no_state(self):
        self.edit("notes.txt", "")
        self.edit("edit.sh", 'echo edited >> "$(dirname "$0")/notes.txt"\n')
        self.edit("CMakeLists.txt", PROGRAMS["CMakeLists.txt"] +
                  "add_custom_target(edit ALL sh ${PROJECT_SOURCE_DIR}/edit.sh)\n")  # fmt: skip
        self.run_tests("--all", "--build")
        self.assertEqual(self.reason("right")["because"], "never passed, as far as is known")

    def test_a_cmake_edit_is_judged_by_its_effect(self):
        self.run_tests("--all", "--build")
        text = PROGRAMS["CMakeLists.txt"]
        self.edit("CMakeLists.txt", text + "# only said\n")
        self.assertEqual(self.affected(), set())
        self.edit("CMakeLists.txt", text + "target_compile_definitions(right PRIVATE X)\n")
        self.assertEqual(self.affected(), {"right"})

    def test_runs_inside_the_process_and_detached_ones_count(self):
        self.run_tests("--all", "--build", "--no-daemon", "left")
        self.assertEqual(self.affected(), {"right"})
        run = self.run_tests("--all", "--detach", "right").stdout.strip()
        self.project.winnow("logs", "right", "-f")
        self.assertTrue(run)
        self.assertEqual(self.affected(), set())

    def test_a_run_of_ctest_tells_no_state_but_its_failures_count(self):
        self.run_tests("--all", "--build")
        self.project.write("build/CTestCustom.cmake", "")
        self.edit("left.cpp", "int main() { return 1; }\n")
        self.project.make()
        self.project.winnow("ctest", "--test-dir", "build")
        self.edit("left.cpp", PROGRAMS["left.cpp"])
        self.assertEqual(self.reason("left")["kind"], "not_green")


if __name__ == "__main__":
    unittest.main()
