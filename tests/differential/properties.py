"""The properties of generated tests, but for those of fixtures."""

from vocabulary import LABELS, MODIFICATIONS, ODD_LABELS, REGEXES

GROUPS = (["2,gpus:1"], ["gpus:2,cards:1"], ["gpus:1"], ["gpus:3"], ["gpus:1", "gpus:1"], ["cards:2,gpus:1"], ["3,cards:1"])
GROUPS_NOBODY_HAS = (["gpus:99"], ["nothing:1"])


def add(rng, odd, test, tests):
    """Adds properties to `test`, one of `tests`, for a project with these oddities."""
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
    sometimes(0.08, "REQUIRED_FILES", rng.choice(["@present.txt", "/nowhere/data.txt"]))
    sometimes(0.15, "ENVIRONMENT", rng.choice([["COLOUR=red"], ["COLOUR=", "OTHER=a=b"]]))
    sometimes(0.12, "ENVIRONMENT_MODIFICATION", rng.choice(MODIFICATIONS))
    sometimes(0.12, "COST", rng.choice(["5", "0.1", "-3", "many"]))
    sometimes(0.04, "MEASUREMENT", rng.choice(["speed=9.5", "plain"]))
    sometimes(0.04, "ATTACHED_FILES", ["/nowhere/a.png", "@present.txt"])
    sometimes(0.5 if "resources" in odd else 0.04, "RESOURCE_GROUPS", rng.choice(GROUPS))
    if "resources" in odd:
        sometimes(0.02, "RESOURCE_GROUPS", rng.choice(GROUPS_NOBODY_HAS))
    if properties.get("PROCESSORS", 1) == 1:  # ctest from 4.0 on waits for more than the machine has, without an end
        sometimes(0.04, "PROCESSOR_AFFINITY", "TRUE")
    sometimes(0.12, "WORKING_DIRECTORY", rng.choice(["@elsewhere", "@elsewhere", "/nowhere/dir"]))
    labels = LABELS + ODD_LABELS if "labels" in odd else LABELS
    sometimes(0.35, "LABELS", rng.sample(labels, rng.randint(1, 2)))
    if "TIMEOUT" not in properties:
        sometimes(0.08, "TIMEOUT", "30")
    if "matches" in odd:
        seconds = "0.3" if "hang" in test.command[4:5] else "20"
        sometimes(0.3, "TIMEOUT_AFTER_MATCH", [seconds, rng.choice(REGEXES)])
    # Only on earlier tests, so that there is no cycle; by name, and names can be ambiguous or absent.
    earlier = [other.name for other in tests[: tests.index(test)] if other.name != test.name]
    if earlier and "loose" not in odd and rng.random() < 0.15:
        properties["DEPENDS"] = rng.sample(earlier + ["absent"], 1)
