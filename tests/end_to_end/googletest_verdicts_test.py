#!/usr/bin/env python3
"""All tests of GoogleTest have the same verdicts under `winnow ctest -j2` as under ctest."""

import os
import re
import shutil
import subprocess
import tempfile
import unittest

import googletest_project

_RESULT = re.compile(r"^ *\d+/\d+ Test +#(\d+): (\S+) \.+ *(.*?) +\d+\.\d\d sec", re.MULTILINE)
_SUMMARY = re.compile(r"^\d+% tests passed, .*$", re.MULTILINE)


def verdicts(command, build, environment):
    """Exit code, verdict by test, and the summary line."""
    done = subprocess.run(
        [*command, "-j2"],
        cwd=build, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    results = {(int(index), name): verdict for index, name, verdict in _RESULT.findall(done.stdout)}
    return done.returncode, results, _SUMMARY.findall(done.stdout)


class Verdicts(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.copy = googletest_project.shared()
        # A daemon of its own, at a short path: a socket's name has at most 107 bytes.
        state = tempfile.mkdtemp(prefix="wg-")
        cls.addClassCleanup(shutil.rmtree, state)
        cls.environment = os.environ | {"XDG_STATE_HOME": state, "XDG_RUNTIME_DIR": state}
        stop = [os.environ["WINNOW"], "daemon", "stop"]
        cls.addClassCleanup(subprocess.run, stop, env=cls.environment, check=False, capture_output=True)

    def same_verdicts(self):
        expected = verdicts(["ctest"], self.copy.build, self.environment)
        actual = verdicts([os.environ["WINNOW"], "ctest"], self.copy.build, self.environment)
        self.assertEqual(63, len(expected[1]))
        self.assertEqual(expected, actual)
        return expected

    def test_a_good_build_has_ctests_verdicts(self):
        code, _, summary = self.same_verdicts()
        self.assertEqual((0, ["100% tests passed, 0 tests failed out of 63"]), (code, summary))

    def test_a_broken_and_a_missing_program_have_ctests_verdicts(self):
        broken = self.copy.build / "googletest" / "googletest-color-test_"
        missing = self.copy.build / "googlemock" / "gmock_link_test"
        kept = [(path, path.with_name(path.name + ".kept")) for path in (broken, missing)]
        for path, aside in kept:
            path.rename(aside)
        try:
            broken.write_text("#!/bin/sh\nexit 9\n")
            broken.chmod(0o755)
            code, _, summary = self.same_verdicts()
        finally:
            for path, aside in kept:
                aside.replace(path)
        self.assertEqual((8, ["97% tests passed, 2 tests failed out of 63"]), (code, summary))


if __name__ == "__main__":
    unittest.main()
