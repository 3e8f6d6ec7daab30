#!/usr/bin/env python3
"""Test presets: `winnow ctest` lists, takes and refuses them as ctest itself does."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

WINNOW = pathlib.Path(shutil.which(os.environ.get("WINNOW", "winnow"))).resolve()

PROJECT = """cmake_minimum_required(VERSION 3.20)
project(Presets LANGUAGES NONE)
enable_testing()
foreach(name IN ITEMS one two three four)
  add_test(NAME ${name} COMMAND sh -c "echo A=$A B=$B C=$C P=$P W=$PWD")
endforeach()
add_test(NAME bad COMMAND sh -c "echo it is bad; false")
add_test(NAME slow COMMAND sh -c "exec sleep 9")
add_test(NAME up COMMAND true)
add_test(NAME down COMMAND true)
add_test(NAME user COMMAND true)
set_tests_properties(up PROPERTIES FIXTURES_SETUP F)
set_tests_properties(down PROPERTIES FIXTURES_CLEANUP F)
set_tests_properties(user PROPERTIES FIXTURES_REQUIRED F)
set_tests_properties(one three PROPERTIES LABELS odd)
set_tests_properties(two four PROPERTIES LABELS "even;quick")
"""

CONFIGURE = [
    {"name": "base", "hidden": True, "generator": "Ninja", "binaryDir": "${sourceDir}/out/${presetName}",
     "environment": {"A": "configure", "B": "of $penv{BESIDE}", "P": "${presetName}", "UNSET": None}},
    {"name": "dev", "inherits": "base", "displayName": "For every day"},
    {"name": "secret", "inherits": "base", "hidden": True},
    {"name": "vendored", "inherits": "base", "binaryDir": "$vendor{place}"},
]  # fmt: skip

LINUX = {"type": "equals", "lhs": "${hostSystemName}", "rhs": "Linux"}


def included(**members):
    return {"include": members}


# Presets by name; each inherits "all".
TESTS = {
    "all": {"inherits": [], "configurePreset": "dev", "displayName": "Everything", "filter": {"exclude": {"name": "slow"}},
            "environment": {"A": "test", "C": "$env{B}, ${presetName}, ${generator}"}},
    "hidden": {"hidden": True},
    "alone": {"inheritConfigureEnvironment": False},
    "named": {"filter": included(name="^(one|bad)$")},
    "odd": {"displayName": "Odd ones", "filter": included(label="odd")},
    "not-quick": {"filter": {"exclude": {"label": "quick", "name": "slow"}}},
    "numbers": {"filter": included(index={"start": 2, "end": 5, "stride": 2, "specificTests": [1, 5]})},
    "start": {"filter": included(index={"start": 3})},
    "any-index": {"filter": included(index={})},
    "index-file": {"filter": included(index="${sourceDir}/numbers")},
    "union": {"filter": included(name="bad", index={"start": 1, "end": 2}, useUnion=True)},
    "without-fixtures": {"filter": {"include": {"name": "user"}, "exclude": {"fixtures": {"any": "F"}}}},
    "without-setup": {"filter": {"include": {"name": "user"}, "exclude": {"fixtures": {"setup": "F"}}}},
    "without-cleanup": {"filter": {"include": {"name": "user"}, "exclude": {"fixtures": {"cleanup": "F"}}}},
    "shows-failures": {"output": {"outputOnFailure": True, "labelSummary": False, "maxTestNameWidth": 50}},
    "verbose": {"output": {"verbosity": "verbose"}, "filter": included(name="one")},
    "quiet": {"output": {"quiet": True}},
    "forgets": {"output": {}},
    "stops": {"execution": {"stopOnFailure": True}},
    "timeout": {"execution": {"timeout": 1}, "filter": {"include": {"name": "slow"}, "exclude": {"name": "nothing"}}},
    "lists": {"execution": {"showOnly": "human"}},
    "lists-json": {"execution": {"showOnly": "json-v1"}},
    "no-test-fails": {"execution": {"noTestsAction": "error"}, "filter": included(name="nothing")},
    "no-test-passes": {"execution": {"noTestsAction": "ignore"}, "filter": included(name="nothing")},
    "default-action": {"execution": {"noTestsAction": "default"}, "filter": included(name="nothing")},
    "for-options": {"environment": {"CTEST_OUTPUT_ON_FAILURE": "1", "CTEST_PARALLEL_LEVEL": "1"}},
    "configured": {"configuration": "Debug", "overwriteConfigurationFile": ["TimeOut=77"]},
    "here": {"condition": LINUX},
    "elsewhere": {"condition": {"type": "not", "condition": LINUX}},
    "never": {"condition": False},
    "listed": {"condition": {"type": "inList", "string": "b", "list": ["a", "${dollar}", "b"]}},
    "unlisted": {"condition": {"type": "notInList", "string": "b", "list": ["a", "b"]}},
    "matching": {"condition": {"type": "matches", "string": "${presetName}", "regex": "^match(ing)?$"}},
    "not-matching": {"condition": {"type": "notMatches", "string": "${presetName}", "regex": "^not"}},
    "any": {"condition": {"type": "anyOf", "conditions": [False, LINUX]}},
    "both": {"condition": {"type": "allOf", "conditions": [{"type": "const", "value": False}, LINUX]}},
    "again": {"inherits": ["never"], "condition": None, "configurePreset": "dev"},
    "inherits-never": {"inherits": ["never"]},
    "of-vendor": {"environment": {"A": "$vendor{x}"}},
    "of-secret": {"configurePreset": "secret"},
    "of-vendored": {"configurePreset": "vendored"},
}  # fmt: skip

UNUSABLE = ("hidden", "elsewhere", "never", "unlisted", "not-matching", "both", "inherits-never", "of-vendor",
            "of-secret", "of-vendored", "nowhere")  # fmt: skip


def test_presets():
    return [dict({"name": name, "inherits": "all"}, **members) for name, members in TESTS.items()]


def told(text):
    """What is printed, without times and whatever order JSON has its members in."""
    if text.startswith("{"):
        return json.loads(text)
    text = re.sub(r" {2,}(\d+\.\d+) sec", r" T sec", text)
    text = re.sub(r"^(\w+ +)= +[\d.]+ sec", r"\1= T sec", text, flags=re.M)
    return re.sub(r"(Total Test time \(real\) =).*", r"\1 T", text)


class Presets(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="winnow-presets-")).resolve()
        self.addCleanup(shutil.rmtree, self.root, ignore_errors=True)
        (self.root / "run").mkdir(mode=0o700)
        self.source = self.root / "source"
        self.source.mkdir()
        (self.source / "CMakeLists.txt").write_text(PROJECT)
        (self.source / "numbers").write_text("2,3\n")
        self.write("CMakePresets.json", configurePresets=CONFIGURE, testPresets=test_presets())
        self.environment = dict(os.environ, XDG_STATE_HOME=str(self.root / "state"), XDG_RUNTIME_DIR=str(self.root / "run"),
                                WINNOW_DAEMON="0", BESIDE="preset files")  # fmt: skip
        for name in ("CTEST_OUTPUT_ON_FAILURE", "CTEST_PARALLEL_LEVEL", "CTEST_NO_TESTS_ACTION", "A", "B", "C", "P"):
            self.environment.pop(name, None)

    def write(self, name, version=6, **members):
        (self.source / name).write_text(json.dumps(dict({"version": version}, **members)))

    def configure(self):
        self.run_there("cmake", "--preset", "dev")

    def run_there(self, *command, **variables):
        return subprocess.run([str(word) for word in command], cwd=self.source, env=dict(self.environment, **variables),
                              capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL)  # fmt: skip

    def winnow(self, *arguments, **variables):
        return self.run_there(WINNOW, "ctest", *arguments, **variables)

    def compare(self, *arguments, **variables):
        """Both print the same, and end the same; what winnow did."""
        real = self.run_there("ctest", *arguments, **variables)
        log = self.log()
        done = self.winnow(*arguments, **variables)
        with self.subTest(arguments=arguments, variables=variables):
            self.assertEqual(told(real.stdout), told(done.stdout), done.stderr)
            self.assertEqual(real.stderr, done.stderr)
            self.assertEqual(real.returncode, done.returncode)
            self.assertEqual(log, self.log())
        return done

    def log(self):
        """What the tests said in the last run."""
        path = self.source / "out/dev/Testing/Temporary/LastTest.log"
        return re.findall(r"^(?:A=|it is).*", path.read_text(), re.M) if path.exists() else []

    def test_lists_are_the_same(self):
        self.assertIn('  "odd"              - Odd ones\n', self.compare("--list-presets").stdout)
        self.compare("--preset", "nowhere", "--list-presets", "-N")
        self.write("CMakePresets.json", configurePresets=CONFIGURE)
        self.assertEqual("", self.compare("--list-presets").stdout)

    def test_those_of_the_user_and_of_included_files_are_listed_too(self):
        self.write("CMakeUserPresets.json", include=["sub/more.json"], testPresets=[{"name": "mine", "inherits": ["all"]}])
        (self.source / "sub").mkdir()
        self.write("sub/more.json", include=["../CMakePresets.json"], testPresets=[
            {"name": "more", "inherits": "all", "environment": {"A": "${fileDir}"}}])  # fmt: skip
        self.assertIn('"mine"', self.compare("--list-presets").stdout)
        self.configure()
        self.compare("--preset", "mine")
        self.compare("--preset", "more")

    def test_every_preset_runs_what_it_runs_under_ctest(self):
        self.configure()
        for name in TESTS:
            self.compare("--preset", name, *(["-N"] if name == "verbose" else []))
        self.assertIn("A=test B=of preset files C=of preset files, all, Ninja P=all", "".join(self.log_of("all")))
        self.assertIn("B= C=, alone, Ninja P= ", "".join(self.log_of("alone")))

    def log_of(self, name):
        self.winnow("--preset", name)
        return self.log()

    def test_what_cannot_be_used_is_refused_in_the_same_words(self):
        self.configure()
        for name in UNUSABLE:
            self.assertEqual(1, self.compare("--preset", name).returncode)

    def test_the_user_has_the_last_word(self):
        self.configure()
        for arguments in (
            ("--preset", "named", "-R", "two"), ("--preset=named", "-E", "one"), ("--preset", "odd", "-L", "quick"),
            ("-I", "1,1", "--preset", "numbers"), ("--preset", "no-test-fails", "--no-tests=ignore"),
            ("--preset", "lists", "--show-only=json-v1"), ("--preset", "named", "--preset", "odd"),
            ("--preset", "shows-failures", "-W", "20"), ("--preset", "all", "--test-dir", "out", "-N"),
            ("--preset", "all", "--overwrite", "BuildDirectory=out", "-N"), ("--preset", "named", "-V", "-N"),
        ):  # fmt: skip
            self.compare(*arguments)

    def test_variables_mean_what_they_mean_to_ctest(self):
        self.configure()
        for name in ("all", "forgets", "shows-failures"):
            self.compare("--preset", name, "-R", "bad", CTEST_OUTPUT_ON_FAILURE="1")
        self.compare("--preset", "for-options", "-R", "bad", CTEST_OUTPUT_ON_FAILURE="0", CTEST_PARALLEL_LEVEL="3")

    def test_verbose_ones_say_where_ctest_began(self):
        self.configure()
        self.compare("--preset", "verbose", "-N")
        done = self.winnow("--preset", "verbose")
        self.assertIn(f"from :{self.source}/DartConfiguration.tcl\n", done.stdout)
        self.assertIn("1: A=test B=of preset files", done.stdout)

    def test_a_named_file_takes_the_place_of_cmake_s_own(self):
        self.configure()
        self.write("other.json", configurePresets=CONFIGURE, testPresets=[
            {"name": "other", "configurePreset": "dev", "filter": included(name="two")}])  # fmt: skip
        self.assertEqual('Available test presets:\n\n  "other"\n',
                         self.winnow("--list-presets", "--presets-file", "other.json").stdout)  # fmt: skip
        done = self.winnow("--presets-file=other.json", "--preset", "other", "-N")
        self.assertIn(f"Test project {self.source}/out/dev\n  Test #2: two\n\nTotal Tests: 1\n", done.stdout)
        refused = self.winnow("--presets-file=none.json", "--list-presets")
        self.assertEqual((1, f"winnow: there is no preset file {self.source}/none.json\n"), (refused.returncode, refused.stderr))

    def test_arguments_for_tests_reach_them(self):
        (self.source / "CMakeLists.txt").write_text(PROJECT + 'add_test(NAME words COMMAND sh -c "echo $0 $*" zero)\n')
        self.write("CMakePresets.json", version=12, configurePresets=CONFIGURE, testPresets=[
            {"name": "words", "configurePreset": "dev", "filter": included(name="words"),
             "execution": {"testPassthroughArguments": ["--first", "2"]}}])  # fmt: skip
        self.run_there("cmake", "-G", "Ninja", "-B", "out/dev")
        self.assertIn(": zero --first 2 third\n", self.winnow("--preset", "words", "-V", "--", "third").stdout)
        self.assertIn(": zero third\n", self.winnow("--test-dir", "out/dev", "-R", "words", "-V", "--", "third").stdout)

    def test_a_tree_that_is_not_there_is_no_pass(self):
        refused = self.winnow("--preset", "all")
        self.assertEqual(2, refused.returncode)
        self.assertIn(f"there is no build tree {self.source}/out/dev of the preset all; configure it first", refused.stderr)

    def test_broken_files_are_refused_with_the_place(self):
        for text, message in (
            ("", ":1:1: the JSON ends too early"),
            ('{"version": 6,\n "testPresets": [{"name": "t", "output": {"quiet": 1}}]}',
             ':2:52: output.quiet of the test preset "t" must be true or false'),
            ('{"version": 6, "testPresets": [{"name": "t"}]}', ': the test preset "t" needs a configurePreset'),
        ):  # fmt: skip
            (self.source / "CMakePresets.json").write_text(text)
            for arguments in (("--list-presets",), ("--preset", "t")):
                refused = self.winnow(*arguments)
                self.assertEqual((1, ""), (refused.returncode, refused.stdout))
                self.assertTrue(refused.stderr.startswith(f"winnow: {self.source}/CMakePresets.json{message}"), refused.stderr)
                self.assertEqual(1, self.run_there("ctest", *arguments).returncode)

    def test_help_and_dashboards_do_not_wait_for_presets(self):
        self.assertEqual(0, self.winnow("--preset", "nowhere", "--help").returncode)
        self.compare("--preset", "nowhere", "-T", "Test")


if __name__ == "__main__":
    unittest.main()
