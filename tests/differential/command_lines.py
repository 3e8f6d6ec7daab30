"""Command lines for generated projects, and what lies in Testing/Temporary before them."""

from dataclasses import dataclass, field

import tree_files
from vocabulary import literally

# With these, nothing is run.
TELLING = ("-N", "--show-only", "--show-only=json-v1", "--print-labels")
# Stand for a file or time of the run's own.
JUNIT, LOG, RESOURCES, NUMBERS, SOON, LATER = "JUNIT", "OUTPUT-LOG", "RESOURCES", "NUMBERS", "SOON", "LATER"
# In Testing/Temporary, what -I can name; also by its path from the build tree.
NUMBERS_FILE = "numbers.txt"
# Options whose outcome does not depend on which test ran when, only at one test at a time.
VERBOSE = ("-V", "-VV")
_NUMBERS = ("2", "2,5", ",,2", "3,1", "0,0,0,4,2", "40,50", "-3,9,2.5,1", "1,,0.4", ",3", "2,9,3,1,1,77", ",,0,5", "5,,,1")
_CHOOSING = ("-R", "-E", "-L", "-LE", "-I", "-FA", "-FS", "-FC", "--rerun-failed")


@dataclass
class CommandLine:
    """Arguments for one run, the same for both runners."""

    arguments: list
    # Where it is called: in the build tree, beside it with --test-dir, or in the source tree (presets).
    place: str = "build"
    # Contents of Testing/Temporary by name.
    before: dict = field(default_factory=dict)
    # With --rerun-failed, the arguments of the run that fails first; one test at a time, as ctest may lose tests at -j2.
    earlier: list = field(default_factory=list)

    def has(self, *words):
        return any(word in self.arguments for word in words)

    def starts_with(self, *starts):
        return any(word.startswith(starts) for word in self.arguments)

    def tells_only(self):
        return self.has(*TELLING)

    def slots(self, project):
        """The N of -jN or -j N; 1 without it, unless a preset may say otherwise."""
        for position, word in enumerate(self.arguments):
            if word == "-j":
                return int(self.arguments[position + 1])
            if word.startswith("-j"):
                return int(word[2:])
        return 3 if self.place == "source" and project.presets else 1


def generate(rng, project, listed):
    """A command line for `project`; `listed`: one under which listed differences can be told from others."""
    if project.stops_soon:
        line = CommandLine(["--stop-time", SOON, "--output-on-failure"])
    else:
        line = CommandLine([], rng.choice(["build", "beside"]))
        _choose_place(rng, project, line)
        _fill(rng, project, line, listed)
    return line


def _choose_place(rng, project, line):
    if project.presets and rng.random() < 0.5:
        line.place = "source"
        line.arguments += ["--preset", rng.choice(project.presets)]


def _fill(rng, project, line, listed):
    arguments = line.arguments

    def sometimes(chance, *words):
        if rng.random() < chance:
            arguments.extend(words)
            return True
        return False

    if line.place != "source" or rng.random() < 0.5:
        parallel = rng.randint(1, 4) if rng.random() < 0.6 else 1
        arguments += rng.choice([[f"-j{parallel}"], ["-j", str(parallel)]]) if parallel > 1 or rng.random() < 0.3 else []
    in_turns = line.slots(project) == 1
    _choose_tests(rng, project, sometimes, listed)
    _choose_ways(rng, project, line, sometimes, in_turns)
    sometimes(0.08, "-W", rng.choice(["5", "31", "60"]))
    if not line.has("--schedule-random"):  # which gives each test a COST that is shown
        sometimes(0.22, rng.choice(TELLING))
    sometimes(0.50, "--output-on-failure")
    sometimes(0.08, "--no-label-summary")
    sometimes(0.06, "-Q")
    if in_turns:  # else the lines of several tests mix
        if line.has("--schedule-random") or not sometimes(0.20, rng.choice(VERBOSE)):
            sometimes(0.12, "-O", LOG)
    if sometimes(0.40, "--output-junit", JUNIT):
        sometimes(0.3, "--test-output-size-passed", str(rng.choice([0, 1, 100, 1500, 4000])))
        sometimes(0.3, "--test-output-size-failed", str(rng.choice([0, 7, 100, 1500, 4000])))
        sometimes(0.3, "--test-output-truncation", rng.choice(["tail", "middle", "head"]))
    _prepare(rng, project, line, listed)


def _choose_tests(rng, project, sometimes, listed):
    name = rng.choice(project.tests).name if project.tests else "none"
    pattern = rng.choice(["net", "^[a-m]", "e$", literally(name), "parse|sync", "(o|e).*e", "^none$", "[.]", " ", "[^ -~]"])
    sometimes(0.25, "-R", pattern)
    sometimes(0.05, "-R", rng.choice(["o", "^none$"]))
    excluded = sometimes(0.15, "-E", rng.choice(["net", "x$", "[0-9]", "omega", literally(name)]))
    sometimes(0.15, "-L", rng.choice(["unit", "slow|net", "^unit$", "c\\+\\+", "a\\.b|x\\*", "[[]x[]]", "\\^unit"]))
    sometimes(0.12, "-LE", rng.choice(["slow", "fast", "[+*]"]))
    sometimes(0.15, "-I", rng.choice([*_NUMBERS, NUMBERS, f"Testing/Temporary/{NUMBERS_FILE}"]))
    sometimes(0.06, "-U")
    sometimes(0.08, rng.choice(["-FA", "-FS", "-FC"]), rng.choice(["server", "files", "e", "none"]))
    if not listed:  # ctest joins the two, and counts on from other tests
        sometimes(0.05, "-FA", "files", "-FS", "server")
    configured = any(test.configurations for test in project.tests)
    if not (listed and (excluded or configured)):
        sometimes(0.12, "--rerun-failed")
    sometimes(0.08, "--no-tests=" + rng.choice(["error", "ignore"]))
    sometimes(0.25 if configured else 0.08, "-C", rng.choice(["Debug", "Release", "debug"]))


def _choose_ways(rng, project, line, sometimes, in_turns):
    if in_turns and not any(_stops_otherwise(test) for test in project.tests):
        sometimes(0.30, "--stop-on-failure")
    sometimes(0.08, "--timeout", "20")
    sometimes(0.06, "--stop-time", LATER)
    if any("attempt-" in word for test in project.tests for word in test.command):
        repeats = 0.6
    else:
        repeats = 0.08
    mode = rng.choice(["until-fail", "until-pass", "after-timeout"])
    if "chosen" in line.arguments:
        pass  # the preset may repeat, and only one may
    elif rng.random() < 0.2:
        sometimes(repeats, "--repeat-until-fail", str(rng.randint(1, 3)))
    else:
        sometimes(repeats, "--repeat", f"{mode}:{rng.randint(1, 3)}")
    sometimes(0.06, "--schedule-random")
    sometimes(0.20, "--interactive-debug-mode", rng.choice("01"))
    if tree_files.RESOURCES_FILE in project.source_files and not line.has("--schedule-random"):
        sometimes(0.7, "--resource-spec-file", RESOURCES)


def _stops_otherwise(test):
    """Where --stop-on-failure differs: ctest leaves cleanups and disabled tests out, and goes on after what could not
    run."""
    could_not_run = "/nowhere" in str(test.properties) or test.command[-1] == "arg" or test.configurations
    return could_not_run or any(name.startswith("FIXTURES") or name == "DISABLED" for name in test.properties)


def _prepare(rng, project, line, listed):
    """Files of earlier runs, and the options of the last."""
    if any(NUMBERS_FILE in word or word == NUMBERS for word in line.arguments):
        # The line end matters: without it ctest loses the last letter.
        line.before[NUMBERS_FILE] = rng.choice(_NUMBERS) + rng.choice(["\n", "\r\n", "\n1,1\n", "\n\n"])
    if line.has("--rerun-failed") and not listed and rng.random() < 0.4:  # ctest has failures by their number in that run
        line.earlier += rng.choice([["-E", "e$"], ["-I", ",,2"], ["-R", "o|e"], ["-LE", "unit"], ["-R", "^none$"], ["-N"]])
    count = len(project.tests)
    # ctest crashes where one that is done is not among the chosen, and loses what depends on it.
    joined = any(name == "DEPENDS" or "FIXTURES" in name for test in project.tests for name in test.properties)
    chosen = line.place == "source" or line.has(*_CHOOSING) or project.build_files
    if rng.random() < 0.4 and count and not (joined or chosen):
        line.arguments.append("-F")
        done = rng.sample(range(1, count + 1), rng.randint(0, min(count - 1, 5)))
        line.before["CTestCheckpoint.txt"] = "".join(f"{number}\n" for number in done)
    if rng.random() < 0.15 and count:
        names = [test.name for test in rng.sample(project.tests, min(count, 4)) if not test.shares_its_name]
        costs = "".join(f"{name} {rng.randint(0, 4)} {rng.choice(['0.01', '2.5', '0'])}\n" for name in [*names, "gone"])
        line.before["CTestCostData.txt"] = costs + "---\n" + "".join(f"{name}\n" for name in names[:2])
