#!/usr/bin/env python3
"""Who is ended when memory runs out: tests and all that they start, rather than the daemon or the client."""

import os
import pathlib
import unittest

from daemon_case import DaemonCase

TESTS = """
add_test(NAME sees COMMAND sh -c "cat /proc/self/oom_score_adj > ${HERE}/test; sh -c 'cat /proc/$$/oom_score_adj; true' > ${HERE}/child")
"""


def adjustment(pid):
    return int(pathlib.Path(f"/proc/{pid}/oom_score_adj").read_text())


class OomScores(DaemonCase):
    def setUp(self):
        super().setUp()
        self.write_project(TESTS)
        self.build = self.configure()

    def assert_tests_volunteer(self, ours):
        for who in ("test", "child"):
            with self.subTest(who):
                file = self.root / who
                self.assertEqual(min(ours + 300, 1000), int(file.read_text()))
                file.unlink()

    def test_a_daemons_tests(self):
        self.winnow("daemon", "start")
        ours = adjustment(self.daemon_pid())
        self.assertEqual(0, self.winnow("run", "--all", "-B", self.build).returncode)
        self.assert_tests_volunteer(ours)
        self.assertEqual(ours, adjustment(self.daemon_pid()))
        self.assertEqual(adjustment("self"), ours)

    def test_in_ctests_place(self):
        for options in ([], ["--strict-ctest"]):
            with self.subTest(options):
                self.assertEqual(0, self.winnow("ctest", "--test-dir", self.build, *options).returncode)
                self.assert_tests_volunteer(adjustment("self"))

    def test_without_a_daemon(self):
        self.environment["WINNOW_DAEMON"] = "0"
        self.assertEqual(0, self.winnow("run", "--all", "-B", self.build).returncode)
        self.assert_tests_volunteer(adjustment("self"))

    def test_who_is_first_already_stays_it(self):
        self.environment["WINNOW_DAEMON"] = "0"
        before = adjustment("self")
        try:
            pathlib.Path("/proc/self/oom_score_adj").write_text("900")
            self.assertEqual(0, self.winnow("run", "--all", "-B", self.build).returncode)
            self.assert_tests_volunteer(900)
        finally:
            try:
                pathlib.Path("/proc/self/oom_score_adj").write_text(str(before))
            except PermissionError:  # it may not be lowered by everybody
                pass


if __name__ == "__main__":
    if not os.path.exists("/proc/self/oom_score_adj"):
        raise SystemExit(77)
    unittest.main()
