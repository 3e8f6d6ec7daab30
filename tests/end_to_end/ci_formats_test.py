#!/usr/bin/env python3
"""A plan as CI systems take it: matrices, pipelines, parameters, and lists for who runs chunks by other means."""

import json
import os
import re
import subprocess
import unittest

from daemon_case import DaemonCase

TESTS = """
foreach(number RANGE 1 9)
  add_test(NAME t${number} COMMAND true)
endforeach()
add_subdirectory(below)
"""

MANY = "foreach(number RANGE 1 501)\n  add_test(NAME t${number} COMMAND true)\nendforeach()\n"


def yaml_of(text):
    """The little of YAML that is written here: nested mappings, lists of one level, quoted texts."""
    try:
        import yaml
    except ImportError:
        raise unittest.SkipTest("needs PyYAML to read pipelines")
    return yaml.safe_load(text)


class CiFormats(DaemonCase):
    def setUp(self):
        super().setUp()
        self.write_project(TESTS)
        (self.root / "source/below").mkdir()
        (self.root / "source/below/CMakeLists.txt").write_text("add_test(NAME t1 COMMAND true)\n")
        self.place = self.root
        self.build = self.configure()
        self.plan = self.root / "plan.json"

    def passes(self, *arguments):
        done = self.winnow(*arguments)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        return done.stdout

    def refused(self, done, *words):
        self.assertEqual(2, done.returncode, done.stdout + done.stderr)
        for word in words:
            self.assertIn(str(word), done.stderr)

    def made(self, *arguments):
        self.passes("split", "-B", self.build, *(arguments or ("--all", "--max-tests", "4")), "-o", self.plan)
        return json.loads(self.plan.read_text())

    def form(self, name, *arguments):
        return self.passes("split", "--plan", self.plan, "--format", name, *arguments)

    def in_rows(self, file):
        return self.winnow("split", "--plan", self.plan, "--format", "azure", "--matrix", file)

    def nothing(self):
        """A plan of no test."""
        plan = dict(json.loads(self.plan.read_text()), chunks=[])
        del plan["id"]
        self.plan.write_text(json.dumps(plan))

    # One system after the other

    def test_github_gets_a_row_for_each_chunk(self):
        chunks = self.made()["chunks"]
        self.assertGreater(len(chunks), 2)
        text = self.form("github")
        self.assertEqual(1, text.count("\n"))
        for row, chunk in zip(json.loads(text)["include"], chunks, strict=True):
            self.assertEqual((chunk["index"], f"chunk {chunk['index']}", len(chunk["tests"])),
                             (row["chunk"], row["name"], row["tests"]))
            self.assertAlmostEqual(chunk["predicted_seconds"], row["predicted_seconds"], 2)
        fresh = self.passes("split", "-B", self.build, "--all", "--max-tests", "4", "--format", "github")
        self.assertEqual(text, fresh)
        self.nothing()
        self.assertEqual('{"include":[]}\n', self.form("github"))

    def test_github_outputs_are_appended_to_its_file(self):
        self.made()
        outputs = self.root / "outputs"
        outputs.write_text("before=1\n")
        self.environment["GITHUB_OUTPUT"] = str(outputs)
        text = self.form("github", "--output-variable", "matrix")
        self.assertEqual("before=1\nmatrix=" + text, outputs.read_text())
        del self.environment["GITHUB_OUTPUT"]
        self.refused(self.winnow("split", "--plan", self.plan, "--format", "github", "--output-variable", "m"),
                     "GITHUB_OUTPUT")

    def test_gitlab_gets_a_child_pipeline(self):
        chunks = self.made()["chunks"]
        pipeline = yaml_of(self.form("gitlab"))
        self.assertEqual([f"winnow chunk {chunk['index']}" for chunk in chunks], list(pipeline))
        job = pipeline["winnow chunk 1"]
        self.assertEqual({"WINNOW_CHUNK": "1", "WINNOW_TESTS": str(len(chunks[1]["tests"]))},
                         {name: job["variables"][name] for name in ("WINNOW_CHUNK", "WINNOW_TESTS")})
        self.assertEqual([f"winnow run --plan {self.plan} --chunk $WINNOW_CHUNK --build --results "
                          "results-$WINNOW_CHUNK.json"], job["script"])
        included = yaml_of(self.form("gitlab", "--include", "ci/chunk.yml"))
        self.assertEqual([{"local": "ci/chunk.yml"}], included["include"])
        self.assertEqual(".winnow-chunk", included["winnow chunk 0"]["extends"])
        self.assertNotIn("script", included["winnow chunk 0"])
        self.nothing()
        self.assertEqual([{"script": ["true"]}], list(yaml_of(self.form("gitlab")).values()))

    def test_buildkite_gets_steps_whose_variables_are_the_jobs(self):
        chunks = self.made()["chunks"]
        steps = yaml_of(self.form("buildkite", "--command", "ci/run \"$WINNOW_CHUNK\": it's $$"))["steps"]
        self.assertEqual([f"chunk {chunk['index']}" for chunk in chunks], [step["label"] for step in steps])
        self.assertEqual("ci/run \"$$WINNOW_CHUNK\": it's $$$$", steps[0]["command"])
        self.assertEqual(["0", "1", "2"], [step["env"]["WINNOW_CHUNK"] for step in steps])
        self.nothing()
        self.assertEqual(["true"], [step["command"] for step in yaml_of(self.form("buildkite"))["steps"]])

    def test_circleci_gets_parameters_that_it_takes_without_chunks_too(self):
        count = len(self.made()["chunks"])
        self.assertEqual({"winnow_any": True, "winnow_chunks": count}, json.loads(self.form("circleci")))
        self.nothing()
        self.assertEqual({"winnow_any": False, "winnow_chunks": 1}, json.loads(self.form("circleci")))

    def test_azure_gets_a_matrix_of_texts(self):
        chunks = self.made()["chunks"]
        matrix = json.loads(self.form("azure"))
        self.assertEqual([f"chunk_{chunk['index']}" for chunk in chunks], list(matrix))
        self.assertEqual(("2", str(len(chunks[2]["tests"]))),
                         (matrix["chunk_2"]["WINNOW_CHUNK"], matrix["chunk_2"]["WINNOW_TESTS"]))
        line = self.form("azure", "--output-variable", "chunks")
        self.assertEqual("##vso[task.setvariable variable=chunks;isOutput=true]" + json.dumps(
            matrix, separators=(",", ":")) + "\n", line)
        self.nothing()
        self.assertEqual("{}\n", self.form("azure"))

    def test_azure_runs_each_chunk_in_each_row_of_another_matrix(self):
        count = len(self.made()["chunks"])
        rows = self.root / "rows.json"
        rows.write_text('{"linux": {"image": "ubuntu", "asan": true}, "mac_14": {"image": "mac 100%"}}')
        matrix = json.loads(self.form("azure", "--matrix", rows))
        names = [f"{row}_chunk_{chunk}" for row in ("linux", "mac_14") for chunk in range(count)]
        self.assertEqual(names, list(matrix))
        job = matrix["mac_14_chunk_1"]
        self.assertEqual(("mac 100%", "1"), (job["image"], job["WINNOW_CHUNK"]))
        self.assertEqual("true", matrix["linux_chunk_0"]["asan"])
        self.assertIn("mac 100%AZP25", self.form("azure", "--matrix", rows, "--output-variable", "all"))

    # What is refused

    def test_a_file_that_is_no_matrix_is_named_with_the_place(self):
        self.made()
        rows = self.root / "rows.json"
        long = "l" * 95
        for text, words in (('{"linux":\n {"a": }}', (":2:8: not JSON",)), ("[]", (":1:1: ", "object")),
                            ("{}", (":1:1: ",)), ('{"a": {}} x', (":1:11: not JSON",)), ("", (":1:1: not JSON",)),
                            ('{"linux": "ubuntu"}', (":1:11: linux is no object",)),
                            ('{\n "linux": {"image": ["a"]}}', (":2:21: linux.image is no text",)),
                            ('{"1st": {}}', (":1:2: ", "1st")), ('{"a": {}, "a": {}}', (":1:11: a is there twice",)),
                            ('{"a": {"winnow_chunk": "3"}}', ("winnow_chunk", "job a")),
                            (f'{{"{long}": {{}}}}', ("longer than the 100 characters",))):
            with self.subTest(text):
                rows.write_text(text)
                words = words if words[0][0] != ":" else (f"{rows}{words[0]}", *words[1:])
                self.refused(self.in_rows(rows), *words)
        self.refused(self.in_rows("none"), "none", "No such")

    def test_more_jobs_than_a_system_takes_are_refused_before_anything_is_written(self):
        self.write_project(MANY)
        build = self.configure("many")
        self.passes("split", "-B", build, "--all", "--max-tests", "1", "-o", self.plan)
        file = self.root / "out"
        most = {"github": 256, "gitlab": 500, "azure": 256, "buildkite": 500, "circleci": 256}
        for system, jobs in most.items():
            with self.subTest(system):
                done = self.winnow("split", "-B", build, "--all", "--max-tests", "1", "--format", system, "-o", file,
                                   "--lists", self.root / "lists")
                self.refused(done, "501 jobs", str(jobs), "fewer chunks")
                self.assertFalse(file.exists() or (self.root / "lists").exists())
        rows = self.root / "rows.json"
        rows.write_text(json.dumps({f"row{number}": {} for number in range(2)}))
        self.passes("split", "-B", build, "--all", "--chunks", "128", "-o", self.plan)
        self.form("azure", "--matrix", rows)
        self.passes("split", "-B", build, "--all", "--chunks", "129", "-o", self.plan)
        self.refused(self.in_rows(rows), "258 jobs")

    def test_an_option_of_another_system_is_refused(self):
        self.made()
        for arguments, words in (
                (("github", "--command", "x"), ("--command is for --format gitlab or --format buildkite",)),
                (("buildkite", "--include", "x"), ("--include is for --format gitlab",)),
                (("github", "--matrix", "x"), ("--matrix is for --format azure",)),
                (("gitlab", "--output-variable", "x"), ("--output-variable is for",)),
                (("gitlab", "--include", "x", "--command", "y"), ("exclude each other",)),
                (("azure", "--output-variable", "a]b"), ("a]b", "name of a variable")),
                (("json",), ("already",)), (("jenkins",), ("jenkins",))):
            with self.subTest(arguments):
                self.refused(self.winnow("split", "--plan", self.plan, "--format", *arguments), *words)
        for other in (["--all"], ["--since", "main"], ["--chunks", "2"], ["--lists", "x"]):
            with self.subTest(other):
                self.refused(self.winnow("split", "--plan", self.plan, *other), "--plan")
        self.refused(self.winnow("split", "--plan", self.root / "none"), "none", "No such file")

    def test_a_plan_is_shown_again_without_a_build_tree(self):
        self.made()
        self.place = self.root / "state"  # where there is none
        self.place.mkdir(exist_ok=True)
        self.assertRegex(self.passes("split", "--plan", self.plan), r"^10 tests in 3 chunks: ")
        self.assertIn("0\tt1\n", self.passes("split", "--plan", self.plan, "--format", "names"))

    # Lists

    def test_lists_name_each_chunks_tests_and_targets(self):
        lists = self.root / "lists"
        lists.mkdir()
        for name in ("chunk-9.tests", "chunk-9.targets", "chunk-9.paths", "notes"):
            (lists / name).write_text("old\n")
        done = self.winnow("split", "-B", self.build, "--all", "--max-tests", "4", "--lists", lists, "-o", self.plan)
        self.assertEqual(0, done.returncode, done.stderr)
        expected = {"notes"}
        for chunk in json.loads(self.plan.read_text())["chunks"]:
            stem = f"chunk-{chunk['index']}"
            names = [test["name"] for test in chunk["tests"]]
            self.assertEqual(names, (lists / f"{stem}.tests").read_text().splitlines())
            self.assertEqual(chunk["targets"], (lists / f"{stem}.targets").read_text().splitlines())
            expected |= {f"{stem}.tests", f"{stem}.targets"}
            if "t1" in names:  # of which there are two
                expected.add(f"{stem}.paths")
                self.assertEqual([test["directory"] + "/" * bool(test["directory"]) + test["name"]
                                  for test in chunk["tests"]], (lists / f"{stem}.paths").read_text().splitlines())
                self.assertIn(str(lists / f"{stem}.paths"), done.stderr)
        self.assertEqual(expected, set(os.listdir(lists)))

    def test_ctest_runs_what_a_list_names(self):
        lists = self.root / "lists"
        self.passes("split", "-B", self.build, "--all", "--chunks", "2", "--lists", lists, "-o", self.plan)
        chunk = json.loads(self.plan.read_text())["chunks"][1]
        done = self.winnow("ctest", "--test-dir", self.build, "-N", "--tests-from-file", lists / "chunk-1.tests")
        listed = re.findall(r"Test +#\d+: (\S+)", done.stdout)
        self.assertEqual({test["name"] for test in chunk["tests"]}, set(listed))

    def test_lists_that_cannot_be_written_are_an_error(self):
        done = self.winnow("split", "-B", self.build, "--all", "--chunks", "2", "--lists", "/proc/none/lists")
        self.assertEqual(69, done.returncode, done.stdout + done.stderr)
        self.assertIn("/proc/none/lists", done.stderr)


if __name__ == "__main__":
    unittest.main()
