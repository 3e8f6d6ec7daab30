#!/usr/bin/env python3
"""`winnow ctest` with a resource specification: the same slots as ctest gives, never more than there are."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

WINNOW = pathlib.Path(shutil.which(os.environ.get("WINNOW", "winnow"))).resolve()
GPUS = {"0": 2, "1": 4, "2": 2, "3": 1}
SPEC = {"version": {"major": 1, "minor": 0},
        "local": [{"gpus": [{"id": gpu, "slots": slots} for gpu, slots in GPUS.items()],
                   "crypto_chips": [{"id": "card0", "slots": 4}]}]}  # fmt: skip
# Tells what it was given, and, where it has a name, keeps a record of when it had it.
SHOW = """#!/bin/sh
env | grep ^CTEST_RESOURCE | sort
if [ -n "$1" ]; then
  echo "begin $1 $(env | grep '^CTEST_RESOURCE_GROUP_[0-9]*_' | sort | tr '\\n' ' ')" >> record
  sleep 0.02
  echo "end $1" >> record
fi
"""
GROUPS = {"all": "2,gpus:2;gpus:4,gpus:1,crypto_chips:2", "no_kind": "cards:1", "both": "gpus:9,cards:2",
          "no_slots": "gpus:0", "empty": "", "counted": "3", "two": "gpus:2", "many": "gpus:2,gpus:2,gpus:1,gpus:1",
          "tight": "gpus:2,gpus:2,gpus:2,gpus:2", "odd": "gpus:3,gpus:3"}  # fmt: skip


class Tree(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="winnow-resources-"))
        self.addCleanup(shutil.rmtree, self.root, ignore_errors=True)
        self.tree = self.root / "tree"
        self.tree.mkdir()
        (self.root / "run").mkdir(mode=0o700)
        self.show = self.root / "show"
        self.show.write_text(SHOW)
        self.show.chmod(0o755)
        self.write_spec(json.dumps(SPEC))
        self.tests = []

    def write_spec(self, text):
        (self.tree / "spec.json").write_text(text)

    def add(self, name, *command, **properties):
        self.tests.append(f'add_test({name} {" ".join(map(str, command)) or self.show})\n')
        for key, value in properties.items():
            self.tests.append(f'set_tests_properties({name} PROPERTIES {key} "{value}")\n')

    def run_in_tree(self, *command):
        (self.tree / "CTestTestfile.cmake").write_text("".join(self.tests))
        environment = dict(os.environ, XDG_STATE_HOME=str(self.root / "state"), XDG_RUNTIME_DIR=str(self.root / "run"),
                           WINNOW_DAEMON="0", CTEST_RESOURCE_GROUP_COUNT="7")  # fmt: skip
        return subprocess.run([str(word) for word in command], cwd=self.tree, env=environment, capture_output=True,
                              text=True, timeout=120, stdin=subprocess.DEVNULL)  # fmt: skip

    def winnow(self, *arguments):
        return self.run_in_tree(WINNOW, "ctest", *arguments)

    def check_like_ctest(self, *arguments):
        def told(*command):
            done = self.run_in_tree(*command)
            log = (self.tree / "Testing/Temporary/LastTest.log").read_text()
            junit = self.tree / "junit.xml"
            told = [str(done.returncode), done.stdout, done.stderr, log, junit.read_text() if junit.exists() else ""]
            for pattern in (r" *\d+\.\d+ sec", r'time="[^"]*"', r'timestamp="[^"]*"', r"[A-Z][a-z]{2} \d\d \d\d:\d\d .*"):
                told = [re.sub(pattern, "T", text) for text in told]
            return told

        expected = told("ctest", *arguments)
        for mine, real in zip(told(WINNOW, "ctest", "--strict-ctest", *arguments), expected):
            self.assertEqual(real, mine)
        return expected


class ResourceSpecs(Tree):
    def test_one_at_a_time_is_given_what_ctest_gives(self):
        self.add("plain")
        for name, groups in GROUPS.items():
            self.add(name, RESOURCE_GROUPS=groups)
        self.add("stated", RESOURCE_GROUPS="gpus:1", ENVIRONMENT="CTEST_RESOURCE_GROUP_COUNT=5;CTEST_RESOURCE_GROUP_0=x")
        code, out, err, *_ = self.check_like_ctest("-V", "--resource-spec-file", "spec.json", "--output-junit", "junit.xml")
        self.assertEqual("8", code)
        self.assertIn("_0_GPUS=id:1,slots:2;id:1,slots:2;id:0,slots:1;id:2,slots:1", out)
        self.assertIn("Insufficient resources for test both", err)
        self.check_like_ctest()  # without a specification groups mean nothing
        listings = [json.loads(self.run_in_tree(*command, "--show-only=json-v1").stdout)["tests"]
                    for command in (["ctest"], [WINNOW, "ctest"])]  # fmt: skip
        self.assertEqual(*listings)

    def test_what_never_fits_comes_before_what_else_is_wrong(self):
        self.add("before")
        self.add("setup", "/bin/false", FIXTURES_SETUP="f")
        self.add("user", RESOURCE_GROUPS="cards:1", FIXTURES_REQUIRED="f")
        self.add("lacking", RESOURCE_GROUPS="cards:1", FIXTURES_SETUP="g", WORKING_DIRECTORY="/nowhere")
        self.add("its_user", FIXTURES_REQUIRED="g")
        self.add("gone", "./gone", RESOURCE_GROUPS="gpus:7")
        self.check_like_ctest("--resource-spec-file", "spec.json", "--output-junit", "junit.xml")

    def test_what_needs_what_was_given_up_is_given_up(self):
        self.add("bad", "/bin/false", FIXTURES_SETUP="e")
        self.add("middle", FIXTURES_REQUIRED="e", FIXTURES_SETUP="f")
        self.add("last", FIXTURES_REQUIRED="f")
        self.check_like_ctest()

    def test_several_at_once_never_have_more_than_there_is(self):
        for number in range(24):
            groups = ("gpus:1", "gpus:2", "gpus:4", "2,gpus:2", "gpus:1,crypto_chips:3", "gpus:2;gpus:1", "")[number % 7]
            self.add(f"t{number}", self.show, f"t{number}", RESOURCE_GROUPS=groups)
        done = self.winnow("-j8", "--resource-spec-file", "spec.json")
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        free = {("GPUS", gpu): slots for gpu, slots in GPUS.items()} | {("CRYPTO_CHIPS", "card0"): 4}
        held, most = {}, 0
        for line in (self.tree / "record").read_text().splitlines():
            event, name, *variables = line.split()
            if event == "begin":
                held[name] = [(kind, gpu, int(slots)) for variable in variables
                              for kind in re.findall(r"GROUP_\d+_(\w+)=", variable)
                              for gpu, slots in re.findall(r"id:(\w+),slots:(\d+)", variable)]  # fmt: skip
                most = max(most, len(held))
            for kind, gpu, slots in held[name]:
                free[kind, gpu] += slots if event == "end" else -slots
                self.assertGreaterEqual(free[kind, gpu], 0, line)
            if event == "end":
                del held[name]
        self.assertEqual({}, held)
        self.assertGreater(most, 1)

    def test_what_wants_much_gets_it_although_others_go_on(self):
        self.add("first", self.show, RESOURCE_GROUPS="crypto_chips:1")
        self.add("wide", self.show, "wide", RESOURCE_GROUPS="crypto_chips:4", DEPENDS="first")
        for number in range(40):
            self.add(f"t{number}", self.show, f"t{number}", RESOURCE_GROUPS="crypto_chips:1")
        done = self.winnow("-j4", "--resource-spec-file", "spec.json")
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        begun = [line.split()[1] for line in (self.tree / "record").read_text().splitlines() if line.startswith("begin")]
        self.assertLess(begun.index("wide"), 20)

    def test_a_specification_that_is_none_is_refused_in_ctests_words(self):
        self.add("good")
        faults = ["", "[]", "{}", '{"version": 1}', '{"version": {"major": 2, "minor": 0}}',
                  '{"version": {"major": 1, "minor": 0}}', '{"version": {"major": 1, "minor": 0}, "local": [{}, {}]}',
                  json.dumps(dict(SPEC, local=[{"gpus": 1}])), json.dumps(dict(SPEC, local=[{"gpus": [{"id": "A"}]}])),
                  None]  # fmt: skip
        for fault in faults:
            with self.subTest(fault):
                self.write_spec(fault or "")
                if fault is None:
                    (self.tree / "spec.json").unlink()
                real = self.run_in_tree("ctest", "--resource-spec-file", "spec.json")
                mine = self.winnow("--resource-spec-file", "spec.json")
                self.assertEqual((8, 2), (real.returncode, mine.returncode))
                words = real.stderr.splitlines()[0].split(": ", 1)
                self.assertRegex(mine.stderr, "^winnow: c" + re.escape(": ".join(words)[1:]))

    def test_groups_that_are_none_are_refused(self):
        self.add("bad", RESOURCE_GROUPS="gpus:1,2")
        self.assertEqual(8, self.run_in_tree("ctest").returncode)
        done = self.winnow()
        self.assertEqual(2, done.returncode)
        self.assertIn("CTestTestfile.cmake:2: RESOURCE_GROUPS is not like", done.stderr)

    def test_the_build_tree_can_name_the_specification(self):
        self.add("two", RESOURCE_GROUPS="gpus:2")
        self.tests.insert(0, 'set(CTEST_RESOURCE_SPEC_FILE "spec.json")\n')
        _, out, *_ = self.check_like_ctest("-V")
        self.assertIn("_0_GPUS=id:1,slots:2", out)
        (self.tree / "other.json").write_text(json.dumps(dict(SPEC, local=[{"gpus": [{"id": "x", "slots": 2}]}])))
        _, out, *_ = self.check_like_ctest("-V", "--resource-spec-file", "other.json")
        self.assertIn("_0_GPUS=id:x,slots:2", out)
        (self.tree / "spec.json").unlink()
        self.assertEqual(2, self.winnow("-N").returncode)


class GeneratedSpecs(Tree):
    """ctest 3.25 does not know of these: what later versions do is said by their documentation."""

    def setUp(self):
        super().setUp()
        (self.tree / "spec.json").rename(self.tree / "ready.json")

    def add_generator(self, script="cp ready.json made.json", **properties):
        self.add("generate", "/bin/sh", "-c", f'"{script}"',
                 **dict({"FIXTURES_SETUP": "spec", "GENERATED_RESOURCE_SPEC_FILE": "made.json"}, **properties))

    def test_a_test_can_make_the_specification(self):
        self.add("two", RESOURCE_GROUPS="gpus:2", FIXTURES_REQUIRED="spec")
        self.add("five", RESOURCE_GROUPS="gpus:5", FIXTURES_REQUIRED="spec")
        self.add_generator()
        for jobs in ("-j1", "-j4"):
            done = self.winnow("-V", jobs)
            self.assertEqual(8, done.returncode)
            self.assertIn("_0_GPUS=id:1,slots:2", done.stdout)
            self.assertIn("Insufficient resources for test five", done.stderr)
            self.assertIn("Resource spec file:\n\n  made.json\n", done.stderr)

    def test_without_a_file_the_test_has_failed(self):
        self.add_generator("true")
        self.add("two", RESOURCE_GROUPS="gpus:2", FIXTURES_REQUIRED="spec")
        done = self.winnow()
        self.assertEqual(8, done.returncode)
        self.assertIn("***Failed  Invalid resource spec file", done.stdout)
        self.assertIn("Could not read/parse resource spec file made.json: File not found\n", done.stderr)
        self.assertIn("two (Not Run)", done.stderr + done.stdout)

    def test_its_users_must_wait_for_it(self):
        self.add_generator()
        self.add("two", RESOURCE_GROUPS="gpus:2")
        done = self.winnow()
        self.assertEqual(2, done.returncode)
        self.assertIn("add the fixture spec to its FIXTURES_REQUIRED", done.stderr)
        self.check_like_ctest()  # strictly, nobody generates anything

    def test_there_is_one_specification(self):
        self.add_generator()
        done = self.winnow("--resource-spec-file", "ready.json")
        self.assertEqual(2, done.returncode)
        self.assertIn("cannot be used along with the resource spec file ready.json", done.stderr)


if __name__ == "__main__":
    unittest.main()
