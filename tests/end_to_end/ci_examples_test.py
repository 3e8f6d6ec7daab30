#!/usr/bin/env python3
"""The files of examples/ci are what their systems take, and the commands in them are commands of Winnow.

WINNOW_CI_SCHEMAS names a directory with the published JSON schemas of the systems, as check-jsonschema carries them
(github-workflows.json and so on); without it only the commands are checked.
"""

import json
import os
import pathlib
import re
import shlex
import subprocess
import tempfile
import unittest
import warnings

WINNOW = os.environ.get("WINNOW", "winnow")
EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples" / "ci"
SCHEMAS = {
    "github-actions.yml": "github-workflows", "github-main.yml": "github-workflows", "gitlab-ci.yml": "gitlab-ci", "gitlab-chunk.yml": "gitlab-ci",
    "azure-pipelines.yml": "azure-pipelines", "buildkite.yml": "buildkite", "circleci-config.yml": "circle-ci",
    "circleci-continue.yml": "circle-ci",
}
PLAN = {"kind": "winnow.plan", "version": 1, "commit": "", "uncommitted": [], "lower_bound_seconds": 1,
        "predicted_seconds": 1, "chunks": [{"index": 0, "tests": [{"name": "a", "directory": ""}], "targets": ["a"],
                                            "discovers": [], "predicted_seconds": 1}]}


def schema_of(test, name):
    """The published schema; skips where there is none."""
    directory = os.environ.get("WINNOW_CI_SCHEMAS")
    if not directory:
        test.skipTest("WINNOW_CI_SCHEMAS does not name a directory of published schemas")
    return json.loads((pathlib.Path(directory) / f"{name}.json").read_text())


def validate(test, document, name):
    try:
        import jsonschema
    except ImportError:
        test.skipTest("needs the Python package jsonschema")
    schema = schema_of(test, name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        errors = list(jsonschema.validators.validator_for(schema)(schema).iter_errors(document))
    test.assertEqual([], [f"{list(error.absolute_path)}: {error.message[:200]}" for error in errors])


def yaml_of(test, text):
    try:
        import yaml
    except ImportError:
        test.skipTest("needs the Python package PyYAML")

    class Loader(yaml.SafeLoader):  # in which `on` is a text, as CI systems read it
        pass

    Loader.yaml_implicit_resolvers = {
        first: [(tag, regex) for tag, regex in resolvers if tag != "tag:yaml.org,2002:bool"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}
    Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))
    return yaml.load(text, Loader)


def commands(text):
    """Every call of winnow, its variables replaced by something that fits."""
    text = text.replace("\\\n", " ")
    text = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    for found in re.findall(r"\bwinnow (?:run|split|merge|changed|graph export|graph import|history export|history import)\b[^\n]*", text):
        found = re.sub(r"\$\([\w.]+\)|\$\{\{.*?\}\}|\$\w+", "0", found).split(" || ")[0]
        words = shlex.split(found)
        yield [word for word in words if word != "&&"]


class CiExamples(unittest.TestCase):
    def test_each_example_is_what_its_system_takes(self):
        for file, name in SCHEMAS.items():
            with self.subTest(file):
                validate(self, yaml_of(self, (EXAMPLES / file).read_text()), name)

    def test_pipelines_that_winnow_writes_are_what_their_systems_take(self):
        with tempfile.TemporaryDirectory() as directory:
            plan = pathlib.Path(directory) / "plan.json"
            for chunks in (PLAN["chunks"], []):
                plan.write_text(json.dumps(dict(PLAN, chunks=chunks)))
                for system, schema, arguments in (("gitlab", "gitlab-ci", []), ("buildkite", "buildkite", []),
                                                  ("gitlab", "gitlab-ci", ["--include", "ci/chunk.yml"])):
                    with self.subTest(system, chunks=len(chunks), arguments=arguments):
                        done = subprocess.run([WINNOW, "split", "--plan", plan, "--format", system, *arguments],
                                              capture_output=True, text=True, check=True)
                        validate(self, yaml_of(self, done.stdout), schema)

    def test_every_command_is_one_of_winnows(self):
        known = {}
        seen = 0
        for file in sorted(EXAMPLES.iterdir()):
            for words in commands(file.read_text()):
                path = words[1:3] if words[1] in ("graph", "history") else words[1:2]
                verb = " ".join(path)
                if verb not in known:
                    text = subprocess.run([WINNOW, *path, "--help"], capture_output=True, text=True, check=True).stdout
                    known[verb] = set(re.findall(r"(?<![\w-])--?[a-zA-Z][\w-]*", text))
                for word in words[1 + len(path) :]:
                    if word.startswith("-"):
                        with self.subTest(file.name, verb=verb, option=word):
                            self.assertIn(word.split("=")[0], known[verb])
                            seen += 1
        self.assertLess(50, seen)
        self.assertEqual({"run", "split", "merge", "changed", "graph export", "graph import", "history export",
                          "history import"}, set(known))

    def test_every_example_is_checked(self):
        self.assertEqual({*SCHEMAS, "buildkite-chunk"}, set(os.listdir(EXAMPLES)))


if __name__ == "__main__":
    unittest.main()
