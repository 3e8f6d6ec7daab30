#!/usr/bin/env python3
"""The daemon leaves once nobody has needed it for its idle time, and stays as long as a run lives."""

import re
import unittest

from daemon_case import DaemonCase, alive, within

# `long` lives for several idle times, with no client connected.
IDLE_SECONDS = "0.5"
TESTS = """
add_test(NAME quick COMMAND sh -c "echo quick")
add_test(NAME long COMMAND sh -c "echo x > ${HERE}/begun; sleep 3; echo x > ${HERE}/ended")
"""


class IdleDaemon(DaemonCase):
    def setUp(self):
        super().setUp()
        self.environment["WINNOW_IDLE_SECONDS"] = IDLE_SECONDS
        self.write_project(TESTS)
        self.build = self.configure()

    def run_quick(self):
        run = self.winnow("run", "--all", "quick", "-B", self.build)
        self.assertEqual(0, run.returncode, run.stdout + run.stderr)

    def log(self):
        return self.winnow("daemon", "log").stdout

    def daemons(self):
        """The process ids of all daemons so far, the newest last."""
        return [int(pid) for pid in re.findall(r"ready, process (\d+)", self.log())]

    def test_it_leaves_when_nobody_needs_it(self):
        self.run_quick()
        pid, = self.daemons()
        self.assertTrue(within(30, lambda: not alive(pid)), "the daemon stays")
        self.assertEqual(1, self.log().count("leaving"))
        status = self.winnow("daemon", "status")
        self.assertEqual(69, status.returncode)
        self.assertIn("no daemon runs", status.stderr)

    def test_the_next_client_gets_another_one(self):
        self.run_quick()
        first, = self.daemons()
        self.assertTrue(within(30, lambda: not alive(first)), "the daemon stays")
        self.run_quick()
        self.assertEqual([first], self.daemons()[:-1])
        runs = self.winnow("status").stdout
        self.assertEqual(2, runs.count("completed"), runs)

    def test_it_stays_while_a_run_lives(self):
        started = self.winnow("run", "--all", "long", "--detach", "-B", self.build)
        self.assertEqual(0, started.returncode, started.stderr)
        self.wait_for_file("ended")
        pid, = self.daemons()
        self.assertTrue(within(30, lambda: not alive(pid)), "the daemon stays after the run")
        run = self.newest_run()
        self.assertEqual((started.stdout.strip(), "completed", 1), (run["run_id"], run["state"], run["finished"]))


if __name__ == "__main__":
    unittest.main()
