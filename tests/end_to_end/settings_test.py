#!/usr/bin/env python3
"""winnow.json: what its rules do to selections, what is wrong in it, its schema, and how it begins."""

import json
import pathlib
import re
import unittest

from small_project import MODULE, SmallProject

try:
    import jsonschema
except ImportError:
    jsonschema = None

SCHEMA = pathlib.Path(__file__).resolve().parents[2] / "share" / "winnow" / "winnow.schema.json"

FILES = {
    "CMakeLists.txt": """
cmake_minimum_required(VERSION 3.24)
project(Small LANGUAGES C)
enable_testing()
add_subdirectory(net)
add_subdirectory(db)
""",
    "net/CMakeLists.txt": """
add_executable(url_test url_test.c)
add_test(NAME url COMMAND url_test)
add_test(NAME shell COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/shell.sh)
add_library(loaded MODULE loaded.c)
add_executable(demo demo.c)
set(assets ${CMAKE_CURRENT_BINARY_DIR}/assets.csv)
add_custom_command(OUTPUT ${assets} DEPENDS assets.csv
  COMMAND ${CMAKE_COMMAND} -E copy ${CMAKE_CURRENT_SOURCE_DIR}/assets.csv ${assets})
add_custom_target(assets ALL DEPENDS ${assets})
""",
    "net/url_test.c": '#include "url.h"\nint main(void) { return answer - 42; }\n',
    "net/url.h": "enum { answer = 42 };\n",
    "net/loaded.c": "int loaded;\n",
    "net/demo.c": "int main(void) { return 0; }\n",
    "net/shell.sh": "exit 0\n",
    "net/table.json": "{}\n",
    "net/assets.csv": "1\n",
    "net/README.md": "prose\n",
    "db/CMakeLists.txt": """
add_test(NAME schema COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/schema.sh)
set_tests_properties(schema PROPERTIES LABELS "sql;slow")
""",
    "db/schema.sh": "exit 0\n",
    "tools/lint.dat": "lint\n",
    "../web/index.html": "<html>\n",
}


def rules(*rows):
    return {"selection": {"rules": list(rows)}}


def resource(declared):
    return {"run": {"resources": {"gpu": declared}}}


def run_rules(*rows):
    return {"run": {"rules": list(rows)}}


def shipped(rule, effect):
    return {"selection": {"shipped_rules": {rule: effect}}}


class Rules(unittest.TestCase):
    """Each test commits a winnow.json, changes files, and asks what that affects."""

    @classmethod
    def setUpClass(cls):
        cls.project = SmallProject(FILES, below="cpp")
        cls.addClassCleanup(cls.project.remove)
        cls.project.configure(f"-DCMAKE_PROJECT_TOP_LEVEL_INCLUDES={MODULE}")
        cls.project.make()

    def settle(self, settings):
        self.project.write("winnow.json", json.dumps(settings, indent=1))
        self.project.commit()

    def affected(self, *files):
        """The selection after each of the files got another line, and what it says in short."""
        texts = {name: (self.project.source / name).read_text() for name in files}
        for name, text in texts.items():
            self.project.write(name, text + "\n")
        try:
            self.selection = self.project.document("affected")
            self.text = self.project.winnow("affected").stdout
        finally:
            for name, text in texts.items():
                self.project.write(name, text)
        if self.selection["fallback"]:
            fallback = self.selection["fallback"]
            return f"everything: {fallback['cause']} {fallback.get('rule', '')}".strip()
        reasons = {test["name"]: test["reasons"][0] for test in self.selection["tests"]}
        return {name: reason.get("rule", reason["kind"]) for name, reason in reasons.items()}

    def test_without_settings_the_shipped_rules_hold(self):
        self.settle({})
        self.assertEqual(self.affected("net/table.json"), {"url": "unbuilt_files", "shell": "unbuilt_files"})
        self.assertEqual(self.affected("net/README.md"), {})
        self.assertEqual(self.selection["ignored"], [{"path": "net/README.md", "rule": "harmless_files"}])
        self.assertEqual(self.affected("net/loaded.c"), {"url": "plugins", "shell": "plugins"})
        self.assertEqual(self.affected("net/demo.c"), {})
        self.assertEqual(self.affected("net/assets.csv"), {"url": "staged_files", "shell": "staged_files"})
        self.assertEqual(self.affected("tools/lint.dat"), "everything: unknown_file")
        self.assertEqual(self.affected("../web/index.html"), "everything: unknown_file")

    def test_an_ignored_file_affects_nothing(self):
        self.settle(rules({"pattern": "net/*.json", "ignore": True}))
        self.assertEqual(self.affected("net/table.json"), {})
        self.assertEqual(self.selection["ignored"], [{"path": "net/table.json", "rule": "winnow.json:4"}])

    def test_no_rule_overrides_an_edge(self):
        self.settle(rules({"pattern": "**", "ignore": True}))
        self.assertEqual(self.affected("net/url.h"), {"url": "changed_file"})
        self.assertEqual(self.affected("net/shell.sh"), {"shell": "changed_file"})

    def test_a_file_affects_the_tests_that_a_rule_names(self):
        self.settle(rules({"pattern": "/tools/", "affects": {"tests": ["net/sh*"], "labels": ["sql"]}},
                          {"pattern": "net/url.h", "affects": {"directories": ["db"]}}))  # fmt: skip
        self.assertEqual(self.affected("tools/lint.dat"), {"shell": "winnow.json:4", "schema": "winnow.json:4"})
        self.assertIn("tools/lint.dat (modified) (rule winnow.json:4)", self.text)
        self.assertEqual(self.affected("net/url.h")["url"], "changed_file")
        self.assertRegex(self.affected("net/url.h")["schema"], r"^winnow\.json:\d+$")

    def test_files_beside_the_source_root_can_be_ruled_on(self):
        self.settle(rules({"pattern": "../web/**", "ignore": True}))
        self.assertEqual(self.affected("../web/index.html"), {})

    def test_a_file_can_affect_everything(self):
        self.settle(rules({"pattern": "net/url.h", "affects": "everything"}))
        self.assertEqual(self.affected("net/url.h"), "everything: rule winnow.json:4")
        self.assertIn("(rule winnow.json:4)", self.text)

    def test_a_harmless_file_can_be_made_to_count(self):
        self.settle(rules({"pattern": "net/README.md", "ignore": False}))
        self.assertEqual(self.affected("net/README.md"), {"url": "unbuilt_files", "shell": "unbuilt_files"})

    def test_a_rule_with_a_name_that_is_gone_does_not_hide_the_file(self):
        self.settle(rules({"pattern": "tools/", "affects": {"labels": ["sql", "renamed"]}}))
        self.assertEqual(self.affected("tools/lint.dat"), "everything: unknown_file")

    def test_each_shipped_rule_can_be_turned_around(self):
        for rule, file in (("harmless_files", "net/README.md"), ("unbuilt_files", "net/table.json"),
                           ("staged_files", "net/assets.csv"), ("plugins", "net/loaded.c"), ("programs", "net/demo.c")):  # fmt: skip
            with self.subTest(rule=rule):
                self.settle(shipped(rule, "nothing"))
                self.assertEqual(self.affected(file), {})
                self.settle(shipped(rule, "part"))
                self.assertEqual(self.affected(file), {"url": rule, "shell": rule})
                self.settle(shipped(rule, "everything"))
                self.assertEqual(self.affected(file), f"everything: rule {rule}")
                self.settle({"selection": {"shipped_rules": False}})
                self.assertEqual(self.affected(file), f"everything: rule {rule}")

    def test_tests_can_be_declared_closed_and_opaque(self):
        self.settle({"selection": {"closed": {"directories": ["net"]}, "opaque": {"tests": ["shell"]}}})
        self.assertEqual(self.affected("net/table.json"), {"shell": "unbuilt_files"})

    def test_changed_settings_affect_everything(self):
        self.settle({})
        self.assertEqual(self.affected("winnow.json"), "everything: rule settings")

    def test_why_names_the_rule(self):
        self.settle(rules({"pattern": "tools/", "affects": {"tests": ["schema"]}},
                          {"pattern": "*.json", "ignore": True}))  # fmt: skip
        said = self.project.winnow("why", "--file", "tools/lint.dat").stdout
        self.assertIn("schema: tools/lint.dat affects the test (rule winnow.json:4)", said)
        said = self.project.winnow("why", "--file", "net/table.json").stdout
        self.assertRegex(said, r"net/table\.json can affect no test \(rule winnow\.json:\d+\)")
        said = self.project.winnow("why", "--file", "net/README.md").stdout
        self.assertIn("(rule harmless_files *.md)", said)
        said = self.project.winnow("why", "schema", "--files", "tools/lint.dat").stdout
        self.assertIn("tools/lint.dat affects the test (rule winnow.json:4)", said)

    def test_a_fault_stops_every_query_with_its_place(self):
        self.project.write("winnow.json", '{\n  "selection": {"rulse": []}\n}\n')
        self.addCleanup(self.project.write, "winnow.json", "{}")
        for verb in (["affected"], ["why", "url"], ["split", "--chunks", "2"], ["build"], ["run", "--no-daemon"]):
            with self.subTest(verb=verb):
                done = self.project.winnow(*verb)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertIn(f"{self.project.source}/winnow.json:2:17: selection.rulse is not known; "
                              "did you mean rules?", done.stderr)  # fmt: skip


# Documents that are right, and documents that are wrong in one point each.
RIGHT = [
    {},
    {"$schema": "x.json"},
    {"selection": {}},
    rules(),
    rules({"pattern": "a", "ignore": True}, {"patterns": ["b/", "[c]*"], "ignore": False}),
    rules({"pattern": "a", "affects": "everything"}),
    rules({"pattern": "a", "affects": {"tests": ["t"], "labels": ["l"], "directories": ["d/"]}}),
    {"selection": {"shipped_rules": True}},
    shipped("plugins", "part"),
    {"selection": {"closed": {"tests": ["t"]}, "opaque": {"labels": ["l"]}}},
    {"selection": {"volatile": {"definitions": ["V_*"], "build_files": ["v.h"]}}},
    {"run": {}},
    run_rules(),
    run_rules({"tests": ["t"], "labels": ["l"], "directories": ["d/"], "retries": 0}),
    run_rules({"labels": ["l"], "retries": {"count": 3}}),
    run_rules({"tests": ["t"], "retries": {"count": 3, "delay": "500ms", "max_delay": "1.5m"}}),
    run_rules({"tests": ["t"], "cpu": 0.5, "memory": "1.5GiB", "resources": {"machine:gpu": 2}}),
    resource(0),
    resource({"capacity": 4, "schema": {"minimum": 2, "maximum": 4, "multipleOf": 2, "enum": [2, 4]},
              "environment": {"GPUS": "{count}"}}),
    {"run": {"capacity": {"cpu": 4, "memory": "8GiB"}, "resource_spec_file": "slots.json"}},
    {"run": {"capacity": {"cpu": "50%", "memory": "12.5%"}}},
]
WRONG = [
    [],
    {"selction": {}},
    {"$schema": 1},
    {"selection": []},
    {"selection": {"rules": {}}},
    rules({"pattern": "a"}),
    rules({"ignore": True}),
    rules({"pattern": "a", "patterns": ["b"], "ignore": True}),
    rules({"pattern": "a", "ignore": True, "affects": "everything"}),
    rules({"pattern": "a", "ignore": "true"}),
    rules({"pattern": "", "ignore": True}),
    rules({"pattern": "!a", "ignore": True}),
    rules({"patterns": [], "ignore": True}),
    rules({"pattern": "a", "affects": "all"}),
    rules({"pattern": "a", "affects": {}}),
    rules({"pattern": "a", "affects": {"tests": "t"}}),
    rules({"pattern": "a", "affects": {"targets": ["t"]}}),
    {"selection": {"shipped_rules": "off"}},
    shipped("plugins", "none"),
    shipped("modules", "part"),
    {"selection": {"closed": ["t"]}},
    {"selection": {"opaque": {"tests": []}}},
    {"selection": {"volatile": {"definition": ["V"]}}},
    {"selection": {"volatile": {"definitions": [1]}}},
    {"run": []},
    {"run": {"retries": 3}},
    run_rules({"tests": ["t"]}),
    run_rules({"retries": 1}),
    run_rules({"tests": [], "retries": 1}),
    run_rules({"test": ["t"], "retries": 1}),
    run_rules({"tests": ["t"], "retries": -1}),
    run_rules({"tests": ["t"], "retries": 1000000}),
    run_rules({"tests": ["t"], "retries": 1.5}),
    run_rules({"tests": ["t"], "retries": "1"}),
    run_rules({"tests": ["t"], "retries": {"delay": "1s"}}),
    run_rules({"tests": ["t"], "retries": {"count": 1, "delay": 1}}),
    run_rules({"tests": ["t"], "retries": {"count": 1, "delay": "1"}}),
    run_rules({"tests": ["t"], "retries": {"count": 1, "max_delay": "1s"}}),
    run_rules({"tests": ["t"], "cpu": 0}),
    run_rules({"tests": ["t"], "memory": 1024}),
    run_rules({"tests": ["t"], "memory": "2 GiB"}),
    run_rules({"tests": ["t"], "memory": "-2GiB"}),
    run_rules({"tests": ["t"], "resources": {}}),
    run_rules({"tests": ["t"], "resources": {"gpu": 0}}),
    run_rules({"tests": ["t"], "resources": {"gpu": 9999999999}}),
    run_rules({"resources": {"gpu": 1}}),
    resource(-1),
    resource(1.5),
    resource("1"),
    resource({}),
    resource({"capacity": 1, "scheme": {}}),
    resource({"capacity": 1, "schema": {"maximun": 1}}),
    resource({"capacity": 1, "schema": {"enum": []}}),
    resource({"capacity": 1, "environment": {"A": 1}}),
    resource({"capacity": 1, "environment": {"A=B": "x"}}),
    {"run": {"resources": {"a gpu": 1}}},
    {"run": {"resources": {}}},
    {"run": {"capacity": {"cpu": 0}}},
    {"run": {"capacity": {"cpu": 1.5}}},
    {"run": {"capacity": {"memory": 8}}},
    {"run": {"capacity": {"memory": "8 gigs"}}},
    {"run": {"resource_spec_file": ""}},
]


def without_comments(text):
    """JSON of winnow.json as `winnow init` writes it: no string there has two slashes."""
    return re.sub(r",(\s*[\]}])", r"\1", re.sub(r"//.*", "", text))


class Schema(unittest.TestCase):
    """The schema and the reader are of one mind."""

    @classmethod
    def setUpClass(cls):
        cls.project = SmallProject({"CMakeLists.txt": "cmake_minimum_required(VERSION 3.24)\nproject(None NONE)\n"})
        cls.addClassCleanup(cls.project.remove)
        cls.project.configure()

    def reader_accepts(self, text):
        self.project.write("winnow.json", text)
        self.addCleanup((self.project.source / "winnow.json").unlink, missing_ok=True)
        return self.project.winnow("affected").returncode == 0

    def validator(self):
        if jsonschema is None:
            self.skipTest("python3-jsonschema is not installed")
        schema = json.loads(SCHEMA.read_text())
        jsonschema.Draft7Validator.check_schema(schema)
        return jsonschema.Draft7Validator(schema)

    def test_what_is_right_is_accepted_by_both(self):
        validator = self.validator()
        for document in RIGHT:
            with self.subTest(document=document):
                self.assertEqual([error.message for error in validator.iter_errors(document)], [])
                self.assertTrue(self.reader_accepts(json.dumps(document)))

    def test_what_is_wrong_is_refused_by_both(self):
        validator = self.validator()
        for document in WRONG:
            with self.subTest(document=document):
                self.assertFalse(validator.is_valid(document))
                self.assertFalse(self.reader_accepts(json.dumps(document)))


class Init(unittest.TestCase):
    def setUp(self):
        self.project = SmallProject({"CMakeLists.txt": "cmake_minimum_required(VERSION 3.24)\nproject(None NONE)\n"})
        self.addCleanup(self.project.remove)
        self.file = self.project.source / "winnow.json"

    def test_the_starting_file_says_nothing_yet_and_is_sound(self):
        done = self.project.winnow("init")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(without_comments(self.file.read_text())),
                         {"selection": {"rules": []}, "run": {"rules": []}})
        self.project.configure()
        self.assertEqual(self.project.winnow("affected").returncode, 0)

    def test_its_examples_are_right_once_their_slashes_are_gone(self):
        self.project.winnow("init")
        self.project.configure()
        examples = re.sub(r"^( *)//(?= +[\"{}])", r"\1", self.file.read_text(), flags=re.MULTILINE)
        document = json.loads(without_comments(examples))
        self.assertEqual(len(document["selection"]["rules"]), 5)
        self.assertEqual(len(document["run"]["rules"]), 2)
        self.assertEqual(set(document["selection"]), {"rules", "shipped_rules", "closed", "opaque", "volatile"})
        self.file.write_text(examples)
        self.assertEqual(self.project.winnow("affected").stderr, "")
        if jsonschema:
            jsonschema.validate(document, json.loads(SCHEMA.read_text()))

    def test_a_file_that_is_there_stays(self):
        self.file.write_text("{}")
        done = self.project.winnow("init")
        self.assertEqual(done.returncode, 2)
        self.assertIn("is there already", done.stderr)
        self.assertEqual(self.file.read_text(), "{}")

    def test_it_is_written_to_the_source_root_of_the_build_tree(self):
        self.project.configure()
        done = self.project.winnow("init", "-B", str(self.project.build))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(self.file.exists())

    def test_no_source_root_is_said(self):
        self.project.write("CMakeLists.txt", None)
        done = self.project.winnow("init")
        self.assertEqual(done.returncode, 2)
        self.assertIn("no CMakeLists.txt", done.stderr)
        self.assertFalse(self.file.exists())


if __name__ == "__main__":
    unittest.main()
