"""The fixtures of generated projects, and a server that one of them may leave running."""


def add(rng, tests, with_server):
    """Gives some of `tests` fixtures to set up, to use and to clean up."""
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
        if with_server and fixture == "server":
            _serve(setup, cleanup, users)


def _serve(setup, cleanup, users):
    """The setup starts a server in a session of its own, which outlives it."""
    _say(setup, "serve:here")
    for user in users:
        if user.properties.get("FIXTURES_REQUIRED") == "server":
            _say(user, "asks:here")
    if "FIXTURES_CLEANUP" in cleanup.properties:
        _say(cleanup, "ends:here")


def _say(test, phrase):
    if test.command[0] == "sh":
        test.command.append(phrase)
