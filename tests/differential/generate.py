"""Generates small CMake projects whose tests combine CTest's properties; the same seed gives the same project."""

import random

import fixtures
import properties
import tree_files
from projects import Project, Test
from vocabulary import NAMES, ODD_NAMES, ODD_PHRASES, ODD_SIGNALS, PHRASES, SIGNALS

# What a project may have besides; each with its chance.
ODDITIES = {
    "names": 0.35,
    "output": 0.5,
    "signals": 0.3,
    "labels": 0.3,
    "leaves": 0.2,
    "attempts": 0.4,
    "resources": 0.25,
    "presets": 0.2,
    "custom": 0.2,
    "included": 0.2,
    "configurations": 0.2,
    "matches": 0.2,
    "server": 0.2,
    "loose": 0.15,  # no test is for another
}
# A hundred seeds have about so many of these.
EMPTY_IN_100, STOPS_SOON_IN_100 = 3, 2


def generate(seed):
    """The project of a seed: 6 to 14 tests in one to three directories, seldom none, or three that stop soon."""
    rng = random.Random(seed)
    odd = {name for name, chance in ODDITIES.items() if rng.random() < chance}
    form = rng.randrange(100)
    if form < EMPTY_IN_100:
        project = Project(seed, [])
    elif form < EMPTY_IN_100 + STOPS_SOON_IN_100:
        return _stopping_soon(seed)
    else:
        project = Project(seed, _tests(rng, odd))
    tree_files.add(rng, project, odd)
    return project


def _stopping_soon(seed):
    tests = [
        Test(f"t{number}", name, ".", ["sh", "@actor.sh", f"t{number}", "0.01", ending])
        for number, (name, ending) in enumerate([("before", "0"), ("sleeper", "hang"), ("after", "0")])
    ]
    return Project(seed, tests, stops_soon=True)


def _tests(rng, odd):
    directories = [".", "lib", "app"][: rng.randint(1, 3)]
    names = NAMES + ODD_NAMES if "names" in odd else NAMES
    tests = []
    taken = set()
    for number in range(rng.randint(6, 14)):
        name, directory = rng.choice(names), rng.choice(directories)
        if (name, directory) in taken:
            name = f"{name}.{number}"
        taken.add((name, directory))
        tests.append(_test(rng, odd, f"t{number}", name, directory))
    all_names = [test.name for test in tests]
    for test in tests:
        test.shares_its_name = all_names.count(test.name) > 1
        properties.add(rng, odd, test, tests)
    if "loose" not in odd:
        fixtures.add(rng, tests, "server" in odd)
    return tests


def _test(rng, odd, key, name, directory):
    included = "included" in odd and rng.random() < 0.4
    if rng.random() < 0.06:
        command = [rng.choice(["/nowhere/prog", "no_such_program", "./gone"]), "arg"]
        return Test(key, name, directory, command, included=included)
    ending = _ending(rng, odd)
    phrases = rng.sample(PHRASES, rng.randint(0, 3))
    if "output" in odd:
        phrases += rng.sample(ODD_PHRASES, rng.choice([0, 1, 1, 2, 3]))
        rng.shuffle(phrases)
    if "leaves" in odd and rng.random() < 0.2:
        phrases.append(rng.choice(["leave:quiet", "leave:holding"]))
    if "resources" in odd and rng.random() < 0.5:
        phrases.append("show:CTEST_RESOURCE_GROUP")
    if included:  # in a script they are words of a list
        phrases = [phrase for phrase in phrases if not set("[];") & set(phrase)]
    test = Test(key, name, directory, ["sh", "@actor.sh", key, f"0.0{rng.randint(1, 4)}", ending, *phrases])
    test.included = included
    if "configurations" in odd and not included and rng.random() < 0.3:
        test.configurations = rng.choice([["Debug"], ["Release"], ["Debug", "Release"], ["debug"]])
    if "hang" in ending:
        test.properties["TIMEOUT"] = rng.choice(["0.3", "0.6"])
    return test


def _ending(rng, odd):
    if "attempts" in odd and rng.random() < 0.35:
        first, then = rng.sample(["0", "1", "77", "hang", f"signal-{rng.choice(SIGNALS)}"], 2)
        return f"attempt-{rng.randint(1, 2)}:{first}:{then}"
    signals = SIGNALS + ODD_SIGNALS if "signals" in odd else SIGNALS
    endings = ["0", str(rng.choice([1, 2, 77, 255])), f"signal-{rng.choice(signals)}", "hang"]
    return rng.choices(endings, [72, 18, 25 if "signals" in odd else 6, 4])[0]
