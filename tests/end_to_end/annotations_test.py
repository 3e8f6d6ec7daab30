#!/usr/bin/env python3
"""`--annotations`: failures where a CI system shows them beside the lines of a change."""

import json
import shutil
import unittest

from small_project import WINNOW, SmallProject

FILES = {
    "CMakeLists.txt": """
cmake_minimum_required(VERSION 3.24)
project(P C)
enable_testing()
add_subdirectory(net)
""",
    "net/CMakeLists.txt": """
add_executable(url_test url_test.c)
add_test(NAME url COMMAND url_test)
add_test(NAME fine COMMAND true)
add_test(NAME silent COMMAND false)
""",
    "net/url_test.c": "#undef NDEBUG\n#include <assert.h>\n\nint main(void)\n{\n  assert(1 == 2);\n}\n",
}
URL = "Assertion `1 == 2' failed."


class Annotations(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.project = SmallProject(FILES, below="code")  # annotations count from the top of the repository
        cls.project.configure()
        cls.project.make()

    @classmethod
    def tearDownClass(cls):
        cls.project.remove()

    def run_with(self, system, *arguments):
        done = self.project.winnow("run", "--all", "--no-daemon", "--annotations", system, *arguments)
        self.assertEqual(100, done.returncode, done.stdout + done.stderr)
        return done.stdout

    def test_github_and_azure_read_lines_of_the_output(self):
        lines = self.run_with("github").splitlines()
        shown = [line for line in lines if line.startswith("::")]
        self.assertEqual(2, len(shown), lines)
        self.assertIn("::error title=net/silent::exit code 1", shown)
        place = next(line for line in shown if "url" in line)
        self.assertTrue(place.startswith("::error file=code/net/url_test.c,line=6,title=net/url::"), place)
        self.assertIn(URL, place)
        shown = [line for line in self.run_with("azure").splitlines() if line.startswith("##vso")]
        self.assertEqual(2, len(shown))
        place = "sourcepath=code/net/url_test.c;linenumber=6;]net/url: "
        self.assertTrue(any(place in line for line in shown), shown)

    def test_gitlab_and_buildkite_get_files(self):
        self.run_with("gitlab")
        report = json.loads((self.project.source / "winnow-code-quality.json").read_text())
        places = [one["location"] for one in report]
        self.assertEqual([{"path": "code/net/url_test.c", "lines": {"begin": 6}}], places)
        self.run_with("buildkite")
        text = (self.project.source / "winnow-annotation.md").read_text()
        self.assertIn("**2 tests failed**", text)
        self.assertIn("code/net/url_test.c:6", text)

    def test_merged_results_of_another_checkout_name_files_of_this_one(self):
        plan, results = self.project.root / "plan.json", self.project.root / "results.json"
        self.assertEqual(0, self.project.winnow("split", "--all", "--chunks", "1", "-o", str(plan)).returncode)
        self.project.winnow("run", "--no-daemon", "--plan", str(plan), "--chunk", "0", "--results", str(results))
        elsewhere = self.project.root / "elsewhere"
        self.addCleanup(shutil.rmtree, elsewhere)
        self.project.run("git", "clone", "-q", self.project.top, elsewhere)
        self.project.top.rename(self.project.root / "gone")
        try:
            done = self.project.run("sh", "-c", '"$0" merge "$@" || test $? = 100', WINNOW, "--plan", plan,
                                    "--annotations", "github", results, cwd=elsewhere)
        finally:
            (self.project.root / "gone").rename(self.project.top)
        self.assertIn("::error file=code/net/url_test.c,line=6,title=net/url::", done.stdout)

    def test_a_pass_leaves_nothing_to_show(self):
        done = self.project.winnow("run", "--all", "--no-daemon", "--annotations", "gitlab", "fine")
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertEqual([], json.loads((self.project.source / "winnow-code-quality.json").read_text()))

    def test_failures_of_an_earlier_run_do_not_stay(self):
        file = self.project.source / "winnow-annotation.md"
        self.run_with("buildkite")
        self.assertNotEqual("", file.read_text())
        plan = self.project.root / "plan.json"
        self.project.winnow("split", "--all", "--chunks", "1", "-o", str(plan))
        done = self.project.winnow("merge", "--plan", str(plan), "--annotations", "buildkite")
        self.assertEqual(5, done.returncode, done.stderr)
        self.assertEqual("", file.read_text())

    def test_nor_do_they_where_nothing_runs(self):
        project = SmallProject({"CMakeLists.txt": FILES["CMakeLists.txt"].replace("net", "ok"),
                                "ok/ok.c": "int main(void) { return 0; }\n",
                                "ok/CMakeLists.txt": "add_executable(ok ok.c)\nadd_test(NAME ok COMMAND ok)\n"})
        self.addCleanup(project.remove)
        project.configure()
        project.make()
        file = project.source / "winnow-annotation.md"
        file.write_text("of an earlier run\n")
        done = project.winnow("run", "--from", "HEAD", "--no-daemon", "--annotations", "buildkite")
        self.assertEqual((0, "no test to run: that is a pass\n"), (done.returncode, done.stdout), done.stderr)
        self.assertEqual("", file.read_text())

    def test_what_is_left_among_the_sources_is_no_change_of_them(self):
        self.run_with("gitlab")
        self.run_with("buildkite")
        done = self.project.winnow("affected", "--from", "HEAD")
        self.assertIn("3 of 3 tests affected by 2 changed files", done.stdout)  # red, or nobody knows what they run
        self.assertNotIn("every test counts as affected", done.stdout)

    def test_what_cannot_be_is_said(self):
        for arguments, word in ((("--annotations", "jenkins"), "github"),
                                (("--annotations", "github", "--format", "jsonl"), "--format jsonl"),
                                (("--annotations", "github", "--detach"), "--annotations")):
            done = self.project.winnow("run", "--all", *arguments)
            self.assertEqual(2, done.returncode, done.stdout + done.stderr)
            self.assertIn(word, done.stderr)


if __name__ == "__main__":
    unittest.main()
