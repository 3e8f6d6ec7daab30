#!/usr/bin/env python3
"""`--since-last-green --ci SYSTEM`: the base is the newest state that built successfully there.

The systems are stand-ins that follow their published APIs.
"""

import json
import pathlib
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from ci_stand_in import Builds  # noqa: E402
from small_project import WINNOW, SmallProject  # noqa: E402

FILES = {
    "CMakeLists.txt": """
cmake_minimum_required(VERSION 3.24)
project(P C)
enable_testing()
foreach(name one two)
  add_executable(${name} ${name}.c)
  add_test(NAME ${name} COMMAND ${name})
endforeach()
""",
    "one.c": "int main(void) { return 0; }\n",
    "two.c": "int main(void) { return 0; }\n",
}
SYSTEMS = ("azure", "github", "gitlab")
ELSEWHERE = "0123456789abcdef0123456789abcdef01234567"


class GreenBuild(unittest.TestCase):
    def setUp(self):
        self.project = SmallProject(FILES)
        self.addCleanup(self.project.remove)
        self.green = self.commit_with("one.c")
        self.later = self.commit_with("two.c")
        self.builds = Builds()
        self.addCleanup(self.builds.stop)
        self.outside = dict(self.project.environment)
        for name in list(self.outside):
            of_a_job = name.startswith(("CI_", "GITHUB_", "GH_", "GITLAB_", "SYSTEM_", "BUILD_", "AZURE_"))
            if of_a_job or "proxy" in name.lower():
                del self.outside[name]

    def commit_with(self, name):
        self.project.write(name, (self.project.source / name).read_text() + "/* more */\n")
        self.project.commit()
        return self.project.git("rev-parse", "HEAD").strip()

    def ask(self, system, *arguments, verb="changed", **variables):
        self.project.environment = self.outside | self.builds.variables(system) | variables
        words = ("--match", "[.]c$") if verb == "changed" and "--match" not in arguments else ()
        return self.project.winnow(verb, *words, "--since-last-green", *arguments, "--ci", system)

    def answer(self, system, *arguments, **variables):
        done = self.ask(system, *arguments, **variables)
        self.assertEqual((0, ""), (done.returncode, done.stderr), done.stdout)
        return done.stdout

    def refused(self, code, system, *arguments, **variables):
        done = self.ask(system, *arguments, **variables)
        self.assertEqual(code, done.returncode, done.stdout + done.stderr)
        self.assertTrue(done.stderr.startswith("winnow: "), done.stderr)
        self.assertNotIn("t0ken", done.stdout + done.stderr)
        return done.stderr

    # What is asked

    def test_what_changed_since_the_newest_green_build_of_the_history_counts(self):
        self.builds.builds = [("other", self.later), ("main", ELSEWHERE), ("main", self.green)]
        for system in SYSTEMS:
            with self.subTest(system):
                self.assertEqual("true\n", self.answer(system, "--match", "^two"))
                self.assertEqual("false\n", self.answer(system, "--match", "^one"))

    def test_later_pages_are_asked_for_until_one_has_it(self):
        self.builds.builds = [("main", ELSEWHERE)] * 5 + [("main", self.later), ("main", self.green)]
        self.builds.page_size = 2
        for system in SYSTEMS:
            with self.subTest(system):
                self.builds.requests.clear()
                self.assertEqual("false\n", self.answer(system))
                self.assertEqual(3, len(self.builds.requests), self.builds.requests)

    def test_the_branch_can_be_named_and_a_pull_request_asks_its_target(self):
        self.builds.builds = [("release", self.later), ("main", self.green)]
        for system, variable in (("azure", "SYSTEM_PULLREQUEST_TARGETBRANCH"), ("github", "GITHUB_BASE_REF"),
                                 ("gitlab", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME")):  # fmt: skip
            with self.subTest(system):
                self.assertEqual("true\n", self.answer(system))
                self.assertEqual("false\n", self.answer(system, **{variable: "release"}))
                done = self.project.winnow("changed", "--match", ".", "--since-last-green", "release", "--ci", system)
                self.assertEqual("false\n", done.stdout, done.stderr)

    def test_without_a_green_build_anything_may_have_changed(self):
        for system in SYSTEMS:
            with self.subTest(system):
                self.assertEqual("true\n", self.answer(system, "--match", "nothing"))

    def test_the_variable_of_the_system_is_set(self):
        self.builds.builds = [("main", self.later)]
        self.assertEqual("##vso[task.setvariable variable=run_it]false\nfalse\n",
                         self.answer("azure", "--output-variable", "run_it"))

    def test_selections_take_it_as_their_base(self):
        self.project.configure()
        self.project.make()
        self.builds.builds = [("main", self.green)]
        done = self.ask("github", "--format", "json", verb="affected")
        document = json.loads(done.stdout)
        self.assertEqual((self.green, ["two"]), (document["base"], [test["name"] for test in document["tests"]]))
        self.builds.builds = []
        done = self.ask("github", verb="affected")
        self.assertEqual(69, done.returncode)
        self.assertIn("knows no successful build", done.stderr)

    def test_a_pull_request_of_a_fork_whose_branch_has_the_same_name_is_no_build_of_ours(self):
        self.builds.builds, self.builds.forks = [("main", self.green)], [self.later]
        self.assertEqual("true\n", self.answer("github"))

    # Outside of a job

    def test_with_a_token_of_ones_own_the_remote_tells_the_project(self):
        self.builds.builds = [("main", self.later)]
        self.project.git("remote", "add", "origin", "git@github.example.org:acme/big.git")
        self.project.environment = self.outside | {"GH_TOKEN": "t0ken", "GITHUB_API_URL": self.builds.address}
        done = self.project.winnow("changed", "--match", ".", "--since-last-green", "main", "--ci", "github",
                                   "--ci-pipeline", "ci.yml")
        self.assertEqual("false\n", done.stdout, done.stderr)

    def test_a_personal_token_of_azure_is_a_password(self):
        self.builds.builds = [("main", self.later)]
        self.assertEqual("false\n", self.answer("azure", SYSTEM_ACCESSTOKEN="", AZURE_DEVOPS_EXT_PAT="t0ken"))

    # What goes wrong

    def test_a_server_that_is_not_up_to_it_is_asked_again(self):
        self.builds.builds = [("main", self.later)]
        self.builds.answers = [(status, {"Retry-After": "0"}, {}) for status in (503, 429, 502)]
        self.assertEqual("false\n", self.answer("github"))
        self.assertEqual(4, len(self.builds.requests))

    def test_a_server_that_never_is_ends_in_an_error(self):
        self.builds.answers = [(500, {"Retry-After": "0"}, {})] * 9
        self.assertIn("GitHub answered with status 500", self.refused(69, "github"))
        self.assertEqual(5, len(self.builds.requests))

    def test_a_wrong_token_is_told(self):
        for system in SYSTEMS:
            with self.subTest(system):
                name = next(name for name, value in self.builds.variables(system).items() if value == "t0ken")
                self.assertIn("does not know the token", self.refused(69, system, **{name: "other"}))

    def test_a_token_without_the_right_is_told(self):
        self.builds.answers = [(403, {}, {"message": "Resource not accessible by integration"})]
        self.assertIn("no right to read the builds of ci.yml on main in acme/big", self.refused(69, "github"))
        self.builds.answers = [(403, {"x-ratelimit-remaining": "0"}, {})]
        self.assertIn("rate limit", self.refused(69, "github"))

    def test_an_endpoint_that_lies_is_not_believed(self):
        for answer in (b"<html>", b"[]", b'{"workflow_runs": 7}', b'{"workflow_runs": [7]}', b""):
            with self.subTest(answer):
                self.builds.answers = [(200, {}, answer)]
                self.assertIn("no list of builds", self.refused(69, "github"))
        runs = [{"head_sha": "--upload-pack=x"}, {"head_sha": None}, {}]
        self.builds.answers = [(200, {}, {"workflow_runs": runs})]
        self.assertEqual("true\n", self.answer("github"))

    def test_what_is_wrong_on_the_command_line_of_the_program_is_wrong_usage(self):
        program = pathlib.Path(WINNOW).with_name("winnow-ci")
        for arguments in ([], ["--nonsense"], ["jenkins"]):
            with self.subTest(arguments):
                done = subprocess.run([program, *arguments], capture_output=True, text=True)
                self.assertEqual(2, done.returncode, done.stderr)

    def test_a_redirection_gets_no_token(self):
        elsewhere = Builds()
        self.addCleanup(elsewhere.stop)
        self.builds.answers = [(302, {"Location": elsewhere.address + "/repos"}, b"")]
        self.assertIn("redirection", self.refused(69, "github"))
        self.assertEqual([], elsewhere.requests)

    def test_nobody_there_is_told(self):
        self.builds.stop()
        # The waits between attempts are real.
        self.assertIn("GitHub cannot be reached", self.refused(69, "github"))

    def test_what_the_surroundings_do_not_tell_is_named(self):
        for variable, word in (("GITHUB_WORKFLOW_REF", "--ci-pipeline"), ("GITHUB_TOKEN", "GH_TOKEN"),
                               ("GITHUB_REF_NAME", "--since-last-green main"), ("GITHUB_API_URL", "GITHUB_API_URL")):
            with self.subTest(variable):
                self.assertIn(word, self.refused(2, "github", **{variable: ""}))
        message = self.refused(2, "github", GITHUB_API_URL="http://ci.example.org")
        self.assertIn("no https:// address", message)
        done = self.project.winnow("affected", "--ci", "github")
        self.assertEqual(2, done.returncode)

    def test_a_shallow_clone_is_told_to_fetch_more(self):
        self.builds.builds = [("main", self.green)]
        shallow = self.project.root / "shallow"
        self.project.run("git", "clone", "-q", "--depth", "1", f"file://{self.project.top}", shallow)
        self.project.source = shallow
        self.assertIn("--unshallow", self.refused(69, "github"))


if __name__ == "__main__":
    unittest.main()
