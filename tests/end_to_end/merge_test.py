#!/usr/bin/env python3
"""The chunks of a plan, run apart, are one run again: every test once, or it is said what is missing."""

import base64
import hashlib
import html.parser
import json
import re
import subprocess
import unittest
import xml.etree.ElementTree as ElementTree

from daemon_case import DaemonCase

TESTS = """
foreach(name a b c d)
  add_test(NAME ${name} COMMAND sh -c "echo '<b>says ${name}</b> & more'; test ! -e '${HERE}/fail.${name}'")
endforeach()
add_test(NAME "<script>alert('x')</script>" COMMAND sh -c "test ! -e '${HERE}/fail.script'")
"""


class Page(html.parser.HTMLParser):
    """What a browser would load or run, and the text that people read."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.addresses, self.inline, self.text, self.policy = [], [], [], [], ""
        self.code = {"style": "", "script": ""}
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        values = dict(attributes)
        self.addresses += [values[name] for name in ("src", "href", "action", "data") if name in values]
        self.inline += [name for name in values if name.startswith("on") or name == "style"]
        if values.get("http-equiv") == "Content-Security-Policy":
            self.policy = values["content"]

    def handle_data(self, data):
        if self.lasttag in self.code and self.tags[-1] == self.lasttag and not self.code[self.lasttag]:
            self.code[self.lasttag] = data
        self.text.append(data)


class Merge(DaemonCase):
    def setUp(self):
        super().setUp()
        self.write_project(TESTS)
        self.source = self.root / "source"
        self.commit("one")
        self.place = self.source
        self.build = self.configure()
        self.plan = self.root / "plan.json"

    def commit(self, subject):
        subprocess.run(["git", "-C", self.source, "add", "."], check=True)
        subprocess.run(["git", "-C", self.source, "-c", "user.name=T", "-c", "user.email=t@example.org", "commit",
                        "-q", "--allow-empty", "-m", subject], check=True)

    def split(self, *arguments):
        done = self.winnow("split", "-B", self.build, "--all", *arguments, "-o", self.plan)
        self.assertEqual(0, done.returncode, done.stderr)
        return json.loads(self.plan.read_text())

    def run_chunk(self, index, name="", *arguments):
        """The file of results that a job of its own would leave."""
        file = self.root / f"results-{name or index}.json"
        done = self.winnow("run", "-B", self.build, "--plan", self.plan, "--chunk", index, "--results", file,
                           *arguments)
        self.assertIn(done.returncode, (0, 100), done.stdout + done.stderr)
        return file

    def merge(self, *arguments):
        return self.winnow("merge", "--plan", self.plan, *arguments)

    def refused(self, done, *words):
        self.assertEqual(2, done.returncode, done.stdout + done.stderr)
        self.assertTrue(done.stderr.startswith("winnow: "), done.stderr)
        for word in words:
            self.assertIn(str(word), done.stderr)

    # What a run says of its plan

    def test_results_name_their_plan_chunk_and_commit(self):
        plan = self.split("--chunks", "2")
        self.assertRegex(plan["id"], "^[0-9a-f]{40}$")
        results = json.loads(self.run_chunk(1).read_text())
        self.assertEqual({"id": plan["id"], "commit": plan["commit"], "chunks": [1], "discovered": []},
                         results["plan"])
        self.assertEqual(self.newest_run()["run_id"], results["run_id"])

    def test_the_same_plan_has_the_same_id_whatever_it_predicts(self):
        first = self.split("--chunks", "1")
        self.run_chunk(0)  # from now on times are known
        second = self.split("--chunks", "1")
        self.assertNotEqual(first["predicted_seconds"], second["predicted_seconds"])
        self.assertEqual(first["id"], second["id"])
        self.assertNotEqual(first["id"], self.split("--chunks", "2")["id"])

    def test_a_plan_that_was_edited_is_refused(self):
        plan = self.split("--chunks", "2")
        plan["chunks"][0]["tests"].pop()
        self.plan.write_text(json.dumps(plan))
        for done in (self.winnow("run", "-B", self.build, "--plan", self.plan), self.merge()):
            self.refused(done, self.plan, "id is not that of its content")

    def test_the_output_of_what_failed_is_in_the_results(self):
        self.split("--chunks", "1")
        (self.root / "fail.a").touch()
        tests = {test["name"]: test for test in json.loads(self.run_chunk(0).read_text())["tests"]}
        self.assertEqual("<b>says a</b> & more\n", tests["a"]["output"])
        self.assertNotIn("output", tests["b"])

    # What is merged

    def test_chunks_that_were_run_apart_are_one_run(self):
        plan = self.split("--chunks", "3")
        files = [self.run_chunk(index) for index in range(3)]
        junit, results, page = self.root / "junit.xml", self.root / "all.json", self.root / "page.html"
        done = self.merge(*files, "--junit", junit, "--results", results, "--html", page)
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertTrue(done.stdout.startswith("5 tests in 3 chunks: none failed\n"), done.stdout)
        merged = json.loads(results.read_text())
        planned = sorted((chunk["index"], test["name"]) for chunk in plan["chunks"] for test in chunk["tests"])
        self.assertEqual(planned, sorted((test.get("chunk", 0), test["name"]) for test in merged["tests"]))
        self.assertEqual(("winnow.results", 5, "completed", [0, 1, 2]),
                         (merged["kind"], merged["total"], merged["state"], merged["plan"]["chunks"]))
        self.assertEqual([json.loads(file.read_text())["run_id"] for file in files],
                         [run["run_id"] for run in merged["runs"]])
        suites = ElementTree.parse(junit).getroot().findall("testsuite")
        self.assertEqual(planned, sorted((index, case.get("name")) for index, suite in enumerate(suites)
                                         for case in suite.findall("testcase")))
        self.assertIn("5 tests in 3 chunks: none failed", page.read_text())

    def test_the_order_of_the_files_changes_nothing(self):
        self.split("--chunks", "2")
        files = [self.run_chunk(index) for index in range(2)]
        texts = []
        for order in (files, files[::-1]):
            self.assertEqual(0, self.merge(*order, "--results", self.root / "all.json").returncode)
            texts.append((self.root / "all.json").read_text())
        self.assertEqual(*texts)

    def test_a_failure_fails_the_whole_and_is_shown_with_its_output(self):
        plan = self.split("--chunks", "2")
        (self.root / "fail.b").touch()
        chunk = next(chunk["index"] for chunk in plan["chunks"] if {"b"} & {test["name"] for test in chunk["tests"]})
        files = [self.run_chunk(index, "", "--retries", "1") for index in range(2)]
        junit, page = self.root / "junit.xml", self.root / "page.html"
        done = self.merge(*files, "--junit", junit, "--html", page)
        self.assertEqual(100, done.returncode, done.stdout + done.stderr)
        self.assertIn(f"   FAIL chunk {chunk} b: exit code 1\n", done.stdout)
        case = next(case for case in ElementTree.parse(junit).iter("testcase") if case.get("name") == "b")
        self.assertEqual("<b>says b</b> & more\n", case.find("system-out").text)
        self.assertEqual("<b>says b</b> & more\n", case.find("rerunFailure/system-out").text)
        self.assertIn("<pre>&lt;b&gt;says b&lt;/b&gt; &amp; more\n</pre>", page.read_text())

    def test_a_chunk_that_was_run_again_replaces_its_failure_when_asked(self):
        self.split("--chunks", "2")
        (self.root / "fail.a").touch()
        files = [self.run_chunk(index, f"{index}-first") for index in range(2)]
        failed = next(index for index in range(2) if json.loads(files[index].read_text()).get("failed"))
        (self.root / "fail.a").unlink()
        again = self.run_chunk(failed, "again")
        self.refused(self.merge(*files, again), f"chunk {failed} ", files[failed], again, "--newest")
        for order in ([*files, again], [again, *files]):
            self.assertEqual(0, self.merge(*order, "--newest").returncode)
        self.assertEqual(100, self.merge(*files, "--newest").returncode)

    def test_a_copy_of_results_counts_once(self):
        self.split("--chunks", "2")
        files = [self.run_chunk(index) for index in range(2)]
        copy = self.root / "copy.json"
        copy.write_text(files[0].read_text())
        done = self.merge(*files, copy, files[1])
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertIn("5 tests in 2 chunks", done.stdout)

    def test_a_run_of_the_whole_plan_covers_it_and_so_does_what_was_merged(self):
        self.split("--chunks", "2")
        file, merged = self.root / "results.json", self.root / "merged.json"
        self.winnow("run", "-B", self.build, "--plan", self.plan, "--results", file)
        self.assertEqual(0, self.merge(file, "--results", merged).returncode)
        self.assertEqual(0, self.merge(merged).returncode)

    def test_an_empty_plan_needs_no_results(self):
        plan = dict(self.split("--chunks", "2"), chunks=[])
        del plan["id"]
        self.plan.write_text(json.dumps(plan))
        done = self.merge("--junit", self.root / "junit.xml", "--html", self.root / "page.html")
        self.assertEqual((0, "0 tests in 0 chunks: none failed\n"), (done.returncode, done.stdout))

    # What is incomplete

    def test_a_missing_chunk_is_named_and_nothing_is_written(self):
        self.split("--chunks", "3")
        files = [self.run_chunk(index) for index in (0, 2)]
        junit = self.root / "junit.xml"
        done = self.merge(*files, "--junit", junit)
        self.assertEqual(5, done.returncode, done.stdout + done.stderr)
        self.assertIn(f"chunk 1 has no results; `winnow run --plan {self.plan} --chunk 1", done.stderr)
        self.assertNotIn("chunk 0", done.stderr)
        self.assertFalse(junit.exists())
        self.assertEqual(5, self.merge().returncode)

    def test_a_test_without_a_verdict_is_named(self):
        plan = self.split("--chunks", "1")
        file = self.run_chunk(0)
        results = json.loads(file.read_text())
        gone = results["tests"].pop(0)["name"]
        file.write_text(json.dumps(results))
        done = self.merge(file)
        self.assertEqual(5, done.returncode, done.stdout + done.stderr)
        self.assertIn(f"chunk 0 has no verdict of {gone}\n", done.stderr)
        for test in plan["chunks"][0]["tests"]:
            (self.root / f"fail.{'script' if '<' in test['name'] else test['name']}").touch()
        stopped = self.run_chunk(0, "stopped", "--fail-fast", "-j1")
        done = self.merge(stopped)
        self.assertEqual(5, done.returncode, done.stdout + done.stderr)
        self.assertIn("chunk 0 has no verdict of ", done.stderr)

    # What is refused

    def test_results_of_another_plan_are_refused(self):
        self.split("--chunks", "2")
        file = self.run_chunk(0)
        first = json.loads(self.plan.read_text())
        self.commit("two")
        second = self.split("--chunks", "2")
        self.refused(self.merge(file), file, first["id"], first["commit"], second["id"], second["commit"])
        self.refused(self.winnow("run", "-B", self.build, "--all", "--plan", self.plan), "--plan")

    def test_results_without_a_plan_are_refused(self):
        self.split("--chunks", "2")
        file = self.root / "results.json"
        self.winnow("run", "-B", self.build, "--all", "--results", file)
        self.refused(self.merge(file), file, "without a plan", "--chunk I")

    def test_tests_that_the_plan_does_not_have_are_refused(self):
        self.split("--chunks", "1")
        file = self.run_chunk(0)
        results = json.loads(file.read_text())
        results["tests"].append(dict(results["tests"][0], name="other", index=9))
        file.write_text(json.dumps(results))
        self.refused(self.merge(file), file, "other", "chunk 0")
        results["tests"][-1] = results["tests"][0]
        file.write_text(json.dumps(results))
        self.refused(self.merge(file), file, "two results", results["tests"][0]["name"])

    def test_what_is_no_document_of_results_is_named(self):
        self.split("--chunks", "1")
        good = json.loads(self.run_chunk(0).read_text())
        file = self.root / "wrong.json"
        for text, word in (("", "not JSON"), ("[]", "not an object"), (self.plan.read_text(), "winnow.plan"),
                           (json.dumps(dict(good, version=2)), "version is 2"),
                           (json.dumps(dict(good, tests=3)), "tests is not a list"),
                           (json.dumps(dict(good, tests=[{}])), "tests[0].verdict is missing"),
                           (json.dumps(dict(good, tests=[{"verdict": "fine"}])), "tests[0].verdict is not a word"),
                           (json.dumps(dict(good, plan={"id": 1})), "plan.id is not a text"),
                           (json.dumps(dict(good, plan=dict(good["plan"], chunks=[-1]))), "plan.chunks[0]"),
                           (json.dumps(dict(good, plan=dict(good["plan"], chunks=[7]))), "chunk 7")):
            with self.subTest(word):
                file.write_text(text)
                self.refused(self.merge(file), file, word)
        self.refused(self.merge(self.root / "none.json"), "none.json", "No such file")
        self.refused(self.winnow("merge"), "--plan")

    def test_a_file_that_cannot_be_written_is_an_error(self):
        self.split("--chunks", "1")
        done = self.merge(self.run_chunk(0), "--junit", "/proc/none/junit.xml")
        self.assertEqual(69, done.returncode, done.stdout + done.stderr)
        self.assertIn("/proc/none/junit.xml", done.stderr)

    # The page

    def test_the_page_loads_nothing_and_runs_only_its_own_script(self):
        self.split("--chunks", "2")
        for name in ("script", "c"):
            (self.root / f"fail.{name}").touch()
        files = [self.run_chunk(index) for index in range(2)]
        file = self.root / "page.html"
        self.merge(*files, "--html", file)
        text = file.read_text()
        page = Page(text)
        self.assertEqual(([], []), (page.addresses, page.inline))
        self.assertEqual((1, 1), (page.tags.count("script"), page.tags.count("style")))
        self.assertNotRegex(text, "https?:|@import|url\\(")
        self.assertIn("default-src 'none'", page.policy)
        for kind, code in page.code.items():
            digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
            self.assertIn(f"{kind}-src 'sha256-{digest}'", page.policy)
        self.assertIn("<script>alert('x')</script>", "".join(page.text))
        rows = re.findall(r"<tr class=\"(\w?)\"><td", text)
        self.assertEqual(sorted(rows, key=lambda kind: kind != "f"), rows)
        self.assertEqual((5, 2), (len(rows), rows.count("f")))
        self.assertLess(text.index("<h2>Failures"), text.index("<h2>Chunks"))


if __name__ == "__main__":
    unittest.main()
