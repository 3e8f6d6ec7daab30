#!/usr/bin/env python3
"""What the README says under "On CI", typed word by word: its own files among the sources change nothing."""

import json
import pathlib
import re
import shlex
import shutil
import unittest

from small_project import SmallProject

README = (pathlib.Path(__file__).resolve().parents[2] / "README.md").read_text()
FILES = {
    "CMakeLists.txt": """
cmake_minimum_required(VERSION 3.20)
project(Recipe C)
enable_testing()
add_subdirectory(lib)
add_subdirectory(tests)
""",
    "lib/CMakeLists.txt": "add_library(one one.c)\nadd_library(two two.c)\n",
    "lib/one.c": "int one(void) { return 0; }\n",
    "lib/two.c": "int two(void) { return 0; }\n",
    "tests/CMakeLists.txt": """
foreach(name IN ITEMS one two)
  foreach(i RANGE 1 3)
    add_executable(${name}_${i} ${name}.c)
    target_link_libraries(${name}_${i} PRIVATE ${name})
    add_test(NAME ${name}_${i} COMMAND ${name}_${i})
  endforeach()
endforeach()
""",
    "tests/one.c": "int one(void);\nint main(void) { return one(); }\n",
    "tests/two.c": "int two(void);\nint main(void) { return two(); }\n",
}
ONES = ["one_1", "one_2", "one_3"]


def commands_on_ci():
    """The words of each command, in order."""
    section = re.search(r"^## On CI\n(.*?)^## ", README, flags=re.MULTILINE | re.DOTALL).group(1)
    blocks = re.findall(r"^```sh\n(.*?)^```$", section, flags=re.MULTILINE | re.DOTALL)
    return [words for block in blocks for line in block.splitlines() if (words := shlex.split(line, comments=True))]


def only(commands, *beginning):
    found = [words for words in commands if words[: len(beginning)] == list(beginning)]
    assert len(found) == 1, (beginning, found)
    return found[0]


class Recipe(unittest.TestCase):
    def setUp(self):
        self.project = SmallProject(FILES)
        self.addCleanup(self.project.remove)
        self.addCleanup(self.project.winnow, "daemon", "stop")
        self.origin = self.project.top
        self.main, self.request = self.project.root / "main", self.project.root / "request"
        self.recipe = commands_on_ci()

    def at(self, checkout):
        self.project.top = self.project.source = checkout
        self.project.build = checkout / "build"

    def clone(self, checkout):
        self.project.run("git", "clone", "-q", self.origin, checkout, cwd=self.project.root)
        self.at(checkout)

    def type(self, words, code=0):
        if words[0] != "winnow":
            self.project.run(*words)
            return
        done = self.project.winnow(*words[1:])
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)

    def open_request(self):
        self.clone(self.request)
        self.project.write("lib/one.c", FILES["lib/one.c"] + "int more(void) { return 1; }\n")
        self.project.write("tests/CMakeLists.txt", FILES["tests/CMakeLists.txt"] + "# a comment\n")
        self.project.commit()
        self.type(only(self.recipe, "git", "fetch"))
        self.type(only(self.recipe, "cmake"))

    def check_affected(self):
        selection = self.project.document("affected", "--since", "origin/main")
        self.assertIsNone(selection["fallback"], selection["fallback"])
        self.assertEqual([test["name"] for test in selection["tests"]], ONES)

    def test_one_job(self):
        self.open_request()
        self.type(only(self.recipe, "winnow", "run", "--since"))
        self.assertTrue((self.request / "results.xml").exists())
        self.check_affected()
        self.type(["winnow", "run", "--build", "--shadow", "--since", "origin/main", "--results", "results.json"])
        self.check_affected()

    def test_a_job_for_each_chunk_with_a_graph_that_main_left(self):
        self.clone(self.main)
        self.type(only(self.recipe, "cmake"))
        export = only(self.recipe, "winnow", "graph", "export")
        self.type(export)
        self.open_request()
        carried = export[export.index("-o") + 1]
        shutil.copy(self.main / carried, self.request / carried)
        self.type(only(self.recipe, "winnow", "graph", "import"))
        self.check_affected()
        split = only(self.recipe, "winnow", "split")
        self.type(split)
        plan = json.loads((self.request / split[split.index("-o") + 1]).read_text())
        self.assertEqual(sorted(test["name"] for chunk in plan["chunks"] for test in chunk["tests"]), ONES)
        run = only(self.recipe, "winnow", "run", "--plan", "plan.json", "--chunk")
        for chunk in range(len(plan["chunks"])):
            self.type([{"0": str(chunk), "results-0.json": f"results-{chunk}.json"}.get(word, word) for word in run])
        merge = only(self.recipe, "winnow", "merge", "--plan", "plan.json", "results-*.json")
        at = merge.index("results-*.json")
        merge[at : at + 1] = sorted(file.name for file in self.request.glob("results-*.json"))
        self.type(merge)
        for form in ("github", "gitlab", "azure", "buildkite", "circleci"):
            self.type(["winnow", "split", "--plan", "plan.json", "--format", form, "-o", f"build/{form}"])
        self.type(["winnow", "split", "--plan", "plan.json", "--format", "gitlab", "-o", "chunks.yml"])
        for name in ("results.xml", "results.html", "chunks.yml"):
            self.assertTrue((self.request / name).exists(), name)
        self.check_affected()
        self.project.git("push", "-q", "origin", "HEAD:refs/heads/merged")
        self.at(self.main)
        self.project.git("fetch", "-q", "origin", "merged")
        self.project.git("merge", "-q", "--ff-only", "FETCH_HEAD")
        self.check_affected()

    def test_what_tools_leave_changes_nothing(self):
        self.open_request()
        (self.request / "compile_commands.json").symlink_to("build/compile_commands.json")
        self.project.write("tags", "!_TAG_FILE_FORMAT\t2\n")
        self.project.write(".cache/clangd/index/one.c.idx", "RIFF\n")
        self.check_affected()

    def test_a_document_that_is_tracked_is_a_change(self):
        self.open_request()
        self.project.write("plan.json", '{"kind":"winnow.plan"}\n')
        self.check_affected()
        self.project.git("add", "plan.json")
        selection = self.project.document("affected", "--since", "origin/main")
        self.assertEqual(selection["fallback"]["paths"], ["plan.json"])


if __name__ == "__main__":
    unittest.main()
