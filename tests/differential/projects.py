"""Generates small CMake projects whose tests combine CTest's properties; the same seed gives the same project."""

import random
from dataclasses import dataclass, field

# What a test may print; the regular expressions below are written against these.
PHRASES = (
    "all 12 checks hold",
    "ERROR: value 7 differs",
    "SKIP: no network here",
    "warning: slow disk",
    "a < b & c > d 'quoted' \"twice\"",
    "bell \\a tab \\t end",
    "größe 10 µm",
)
REGEXES = (
    "checks hold",
    "ERROR: value [0-9]+",
    "^SKIP",
    "slow disk|no network",
    "a < b",
    "holds?\nERROR",
    "value.*differs.*SKIP",
    "never printed",
    "[A-Z]+: .*$",
    "e+d$",
)
NAMES = ("parse", "render", "store", "sync", "net.open", "net.close", "geo+zone", "wide", "Alpha", "omega_2", "x")
LABELS = ("unit", "slow", "net", "unit-fast")
MODIFICATIONS = (
    ["COLOUR=set:blue"],
    ["COLOUR=unset:", "OTHER=set:1"],
    ["COLOUR=string_append:-ish", "COLOUR=string_prepend:very-"],
    ["COLOUR=path_list_append:/b", "COLOUR=path_list_prepend:/a"],
    ["COLOUR=cmake_list_append:x", "COLOUR=reset:"],
)
SIGNALS = ("SEGV", "ABRT", "KILL", "TERM", "FPE", "ILL", "INT", "BUS")

# A test's behaviour: notes its start and end in the trace, prints, then exits or dies as told.
ACTOR = """#!/bin/sh
# actor.sh NAME SECONDS ENDING [PHRASE...]: what every test of a generated project runs.
ulimit -c 0
name=$1 seconds=$2 ending=$3
shift 3
echo "start $name" >>"$TRACE"
for phrase in "$@"; do printf '%b\\n' "$phrase"; done
echo "in $(basename "$PWD") with COLOUR=${COLOUR-unset} to stderr" >&2
case $ending in
  hang) exec sleep 60 ;;
  signal-*) echo "end $name" >>"$TRACE"; kill -"${ending#signal-}" $$ ; sleep 60 ;;
esac
sleep "$seconds"
echo "end $name" >>"$TRACE"
exit "$ending"
"""


@dataclass
class Test:
    """One test: `key` is unique in the project, `name` need not be."""

    key: str
    name: str
    directory: str
    command: list
    properties: dict = field(default_factory=dict)
    shares_its_name: bool = False


@dataclass
class Project:
    seed: int
    tests: list

    def directories(self):
        return sorted({test.directory for test in self.tests} | {"."})

    def write(self, root):
        """Writes CMakeLists.txt files and the actor below `root`."""
        root.mkdir(parents=True)
        (root / "actor.sh").write_text(ACTOR)
        (root / "present.txt").write_text("a required file\n")
        (root / "elsewhere").mkdir()
        subdirectories = [directory for directory in self.directories() if directory != "."]
        for directory in self.directories():
            lines = []
            if directory == ".":
                lines += ["cmake_minimum_required(VERSION 3.24)", "project(generated LANGUAGES NONE)", "enable_testing()"]
            for test in self.tests:
                if test.directory == directory:
                    lines += _cmake(test)
            if directory == ".":
                lines += [f"add_subdirectory({sub})" for sub in subdirectories]
            (root / directory).mkdir(exist_ok=True)
            (root / directory / "CMakeLists.txt").write_text("\n".join(lines) + "\n")


def _quoted(value):
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("${", "\\${")
    return '"' + escaped.replace("\\\\${", "\\${") + '"'


def _cmake(test):
    command = " ".join(_source(word) for word in test.command)
    lines = [f"add_test(NAME {_quoted(test.name)} COMMAND {command})"]
    for name, value in test.properties.items():
        value = ";".join(value) if isinstance(value, (list, tuple)) else str(value)
        lines.append(f"set_tests_properties({_quoted(test.name)} PROPERTIES {name} {_source(value)})")
    return lines


def _source(value):
    """Quoted, with a leading @ standing for the source directory."""
    return '"${CMAKE_SOURCE_DIR}/' + value[1:] + '"' if value.startswith("@") else _quoted(value)


def generate(seed):
    """The project of a seed: 6 to 14 tests in one to three directories."""
    rng = random.Random(seed)
    directories = [".", "lib", "app"][: rng.randint(1, 3)]
    tests = []
    taken = set()
    for number in range(rng.randint(6, 14)):
        name, directory = rng.choice(NAMES), rng.choice(directories)
        if (name, directory) in taken:
            name = f"{name}.{number}"
        taken.add((name, directory))
        tests.append(_test(rng, f"t{number}", name, directory))
    names = [test.name for test in tests]
    for test in tests:
        test.shares_its_name = names.count(test.name) > 1
        _add_properties(rng, test, tests)
    _add_fixtures(rng, tests)
    return Project(seed, tests)


def _test(rng, key, name, directory):
    if rng.random() < 0.06:
        return Test(key, name, directory, [rng.choice(["/nowhere/prog", "no_such_program", "./gone"]), "arg"])
    ending = rng.choices(
        ["0", str(rng.choice([1, 2, 77, 255])), f"signal-{rng.choice(SIGNALS)}", "hang"], [70, 18, 7, 5]
    )[0]
    phrases = rng.sample(PHRASES, rng.randint(0, 3))
    test = Test(key, name, directory, ["sh", "@actor.sh", key, f"0.0{rng.randint(1, 6)}", ending, *phrases])
    if ending == "hang":
        test.properties["TIMEOUT"] = rng.choice(["0.4", "1"])
    return test


def _add_properties(rng, test, tests):
    properties = test.properties

    def sometimes(chance, name, value):
        if rng.random() < chance:
            properties[name] = value

    sometimes(0.12, "PROCESSORS", rng.choice([1, 2, 3, 9]))
    sometimes(0.08, "RUN_SERIAL", "TRUE")
    sometimes(0.20, "RESOURCE_LOCK", rng.sample(["db", "port", "gpu"], rng.randint(1, 2)))
    sometimes(0.10, "PASS_REGULAR_EXPRESSION", rng.sample(REGEXES, rng.randint(1, 2)))
    sometimes(0.10, "FAIL_REGULAR_EXPRESSION", rng.sample(REGEXES, rng.randint(1, 2)))
    sometimes(0.10, "SKIP_REGULAR_EXPRESSION", [rng.choice(REGEXES)])
    sometimes(0.12, "SKIP_RETURN_CODE", rng.choice([77, 1, 0, 300]))
    sometimes(0.10, "WILL_FAIL", "TRUE")
    sometimes(0.06, "DISABLED", "TRUE")
    sometimes(0.08, "REQUIRED_FILES", rng.choice([["@present.txt"], ["/nowhere/data.txt"]])[0])
    sometimes(0.15, "ENVIRONMENT", rng.choice([["COLOUR=red"], ["COLOUR=", "OTHER=a=b"]]))
    sometimes(0.12, "ENVIRONMENT_MODIFICATION", rng.choice(MODIFICATIONS))
    sometimes(0.12, "COST", rng.choice(["5", "0.1", "-3", "many"]))
    sometimes(0.04, "MEASUREMENT", rng.choice(["speed=9.5", "plain"]))
    sometimes(0.04, "ATTACHED_FILES", ["/nowhere/a.png", "@present.txt"])
    sometimes(0.04, "RESOURCE_GROUPS", rng.choice(["2,gpus:1", "gpus:2,cards:1"]))
    sometimes(0.04, "PROCESSOR_AFFINITY", "TRUE")
    sometimes(0.12, "WORKING_DIRECTORY", rng.choice(["@elsewhere", "@elsewhere", "/nowhere/dir"]))
    sometimes(0.35, "LABELS", rng.sample(LABELS, rng.randint(1, 2)))
    if "TIMEOUT" not in properties:
        sometimes(0.08, "TIMEOUT", "30")
    # Only on earlier tests, so that there is no cycle; by name, and names can be ambiguous or absent.
    earlier = [other.name for other in tests[: tests.index(test)] if other.name != test.name]
    if earlier and rng.random() < 0.15:
        properties["DEPENDS"] = rng.sample(earlier + ["absent"], 1)


def _add_fixtures(rng, tests):
    # ctest joins fixtures by name: a name that repeats closes cycles, which it refuses, or lets it
    # wait for another test than the setup, so that a result depends on how fast the tests were.
    tests = [test for test in tests if not test.shares_its_name]
    for fixture in ("server", "files")[: rng.choice([0, 1, 1, 2])]:
        if len(tests) < 5:
            return
        setup, cleanup, *users = rng.sample(tests, rng.randint(3, 5))
        if any("FIXTURES" in name for test in (setup, cleanup) for name in test.properties):
            continue
        # DEPENDS together with fixtures can close a cycle, which is an error of the project.
        for test in (setup, cleanup, *users):
            test.properties.pop("DEPENDS", None)
        setup.properties["FIXTURES_SETUP"] = fixture
        if rng.random() < 0.7:
            cleanup.properties["FIXTURES_CLEANUP"] = fixture
        for user in users:
            if not any("FIXTURES" in name for name in user.properties):
                user.properties["FIXTURES_REQUIRED"] = fixture


def _stops_otherwise(test):
    """Where --stop-on-failure differs: ctest leaves cleanups and disabled tests out, and goes on after what could not
    run."""
    could_not_run = "/nowhere" in str(test.properties) or test.command[-1] == "arg"
    return could_not_run or any(name.startswith("FIXTURES") or name == "DISABLED" for name in test.properties)


# With these, nothing is run.
TELLING = ("-N", "--show-only", "--show-only=json-v1", "--print-labels")


def options(rng, project):
    """Arguments for one run, the same for both runners; `JUNIT` stands for a file of the run's own."""
    arguments = []

    def sometimes(chance, *words):
        if rng.random() < chance:
            arguments.extend(words)

    name = rng.choice(project.tests).name
    pattern = rng.choice(["net", "^[a-m]", "e$", name.replace("+", "\\+"), "parse|sync", "(o|e).*e", "^none$", "[.]"])
    sometimes(0.75, f"-j{rng.randint(1, 4)}") if rng.random() < 0.7 else sometimes(0.9, "-j", str(rng.randint(1, 4)))
    sometimes(0.25, "-R", pattern)
    sometimes(0.05, "-R", rng.choice(["o", "^none$"]))
    sometimes(0.15, "-E", rng.choice(["net", "x$", "[0-9]", "omega"]))
    sometimes(0.15, "-L", rng.choice(["unit", "slow|net", "^unit$"]))
    sometimes(0.12, "-LE", rng.choice(["slow", "fast"]))
    sometimes(0.12, "-I", rng.choice(["2", "2,5", ",,2", "3,1", "0,0,0,4,2", "40,50", "-3,9,2.5,1", "1,,0.4"]))
    sometimes(0.06, "-U")
    sometimes(0.08, rng.choice(["-FA", "-FS", "-FC"]), rng.choice(["server", "files", "e", "none"]))
    sometimes(0.05, "-FA", "files", "-FS", "server")
    sometimes(0.08, "-W", rng.choice(["5", "31", "60"]))
    sometimes(0.20, rng.choice(TELLING))
    sometimes(0.12, "--rerun-failed")
    sometimes(0.50, "--output-on-failure")
    in_turns = not any(word.startswith("-j") and word != "-j1" for word in arguments)
    if in_turns and not any(_stops_otherwise(test) for test in project.tests):
        sometimes(0.30, "--stop-on-failure")
    sometimes(0.08, "--no-label-summary")
    sometimes(0.06, "-Q")
    if in_turns:  # else the lines of several tests mix
        sometimes(0.20, rng.choice(["-V", "-VV"]))
    sometimes(0.06, "--no-tests=" + rng.choice(["error", "ignore"]))
    sometimes(0.15, "-C", "Debug")
    sometimes(0.08, "--timeout", "20")
    sometimes(0.40, "--output-junit", "JUNIT")
    return arguments
