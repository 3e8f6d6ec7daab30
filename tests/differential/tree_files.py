"""What lies in the trees of a generated project beside its tests: presets, CTestCustom.cmake, a resource specification."""

import json

from vocabulary import literally

RESOURCES = {
    "version": {"major": 1, "minor": 0},
    "local": [{
        "gpus": [{"id": "g0", "slots": 2}, {"id": "g1", "slots": 4}, {"id": "g2"}],
        "cards": [{"id": "0", "slots": 3}],
    }],
}  # fmt: skip
PRESETS_FILE = "CMakePresets.json"
SHOWING_PRESET = "shown"  # the one that sets output
RESOURCES_FILE = "resources.json"


def add(rng, project, odd):
    """Adds the files of these oddities to `project`."""
    if "resources" in odd:
        project.source_files[RESOURCES_FILE] = json.dumps(RESOURCES)
    if "custom" in odd:
        project.build_files["CTestCustom.cmake"] = _custom(rng, project)
    if "presets" in odd:
        document = _presets(rng, project)
        project.presets = [preset["name"] for preset in document["testPresets"] if not preset.get("hidden")]
        project.source_files[PRESETS_FILE] = json.dumps(document, indent=2)


def _custom(rng, project):
    lines = []

    def sometimes(chance, *words):
        if rng.random() < chance:
            lines.extend(words)

    if project.tests:
        names = " ".join('"' + rng.choice(project.tests).name.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$") + '"'
                         for _ in range(2))  # fmt: skip
        sometimes(0.6, f"list(APPEND CTEST_CUSTOM_TESTS_IGNORE {names} nobody)")
    sometimes(0.4, 'set(CTEST_CUSTOM_PRE_TEST "echo before the tests" "printf \'%s|\\\\n\' a \'b c\'")')
    sometimes(0.08, "list(APPEND CTEST_CUSTOM_PRE_TEST false)")
    sometimes(0.4, 'set(CTEST_CUSTOM_POST_TEST "echo after the tests")')
    sometimes(0.08, "list(APPEND CTEST_CUSTOM_POST_TEST false)")
    sometimes(0.4, f"set(CTEST_CUSTOM_MAXIMUM_PASSED_TEST_OUTPUT_SIZE {rng.choice([0, 100, 2000])})")
    sometimes(0.4, f"set(CTEST_CUSTOM_MAXIMUM_FAILED_TEST_OUTPUT_SIZE {rng.choice([0, 50, 3000])})")
    sometimes(0.3, f"set(CTEST_CUSTOM_TEST_OUTPUT_TRUNCATION {rng.choice(['head', 'middle', 'tail'])})")
    return "\n".join(lines) + "\n"


def _presets(rng, project):
    names = [test.name for test in project.tests] or ["none"]
    return {
        "version": 5,
        "configurePresets": [{"name": "here", "generator": "Ninja", "binaryDir": "${sourceDir}/../build"}],
        "testPresets": [
            {"name": "base", "hidden": True, "configurePreset": "here", "environment": {"COLOUR": "of the preset"}},
            {"name": "plain", "inherits": "base"},
            {"name": "chosen", "inherits": "base", **_chosen(rng, names)},
            {"name": SHOWING_PRESET, "inherits": "base", **_shown(rng)},
        ],
    }


def _chosen(rng, names):
    """Filters and how to run."""
    filters = {}
    if rng.random() < 0.7:
        include = rng.choice([
            {"name": rng.choice(["net", "^[a-m]", literally(rng.choice(names))])},
            {"label": "unit|slow"},
            {"index": {"start": 2, "stride": 2}},
            {"index": {"specificTests": [1, 3]}, "name": "e", "useUnion": True},
        ])  # fmt: skip
        filters["include"] = include
    if rng.random() < 0.4:
        filters["exclude"] = rng.choice([{"name": "x$"}, {"label": "slow"}, {"fixtures": {"any": "server"}}, {"name": "o"}])
    execution = {}
    if rng.random() < 0.5:
        execution["jobs"] = rng.randint(1, 3)
    if rng.random() < 0.3:
        execution["repeat"] = {"mode": rng.choice(["until-fail", "until-pass", "after-timeout"]), "count": 2}
    if rng.random() < 0.3:
        execution["noTestsAction"] = rng.choice(["default", "error", "ignore"])
    if rng.random() < 0.3:
        execution["interactiveDebugging"] = rng.random() < 0.5
    return {"filter": filters, "execution": {**execution, "enableFailover": False}}


def _shown(rng):
    """Output."""
    output = {"outputOnFailure": rng.random() < 0.6}
    if rng.random() < 0.4:
        output["maxTestNameWidth"] = rng.choice([5, 45])
    if rng.random() < 0.3:
        output["labelSummary"] = False
    if rng.random() < 0.3:
        output["quiet"] = True
    if rng.random() < 0.4:
        output["testOutputTruncation"] = rng.choice(["head", "middle", "tail"])
        output["maxPassedTestOutputSize"] = 300
        output["maxFailedTestOutputSize"] = 500
    return {"output": output}
