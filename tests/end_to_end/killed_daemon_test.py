#!/usr/bin/env python3
"""A daemon that is killed or terminated loses no result, and nothing of its tests is left running."""

import os
import signal
import subprocess
import unittest

from daemon_case import DaemonCase, alive, within

# `daemonises` leaves its session twice: once with its output redirected, once still writing to it.
TESTS = """
add_test(NAME quick COMMAND sh -c "echo done before")
add_test(NAME daemonises COMMAND sh -c "
  setsid sh -c 'echo $$ > ${HERE}/silent; exec sleep 600' > /dev/null 2>&1 &
  setsid sh -c 'echo $$ > ${HERE}/speaking; exec sleep 600' &
  echo $$ > ${HERE}/leader; exec sleep 600")
set_tests_properties(daemonises PROPERTIES DEPENDS quick)
"""


class KilledDaemon(DaemonCase):
    def setUp(self):
        super().setUp()
        self.write_project(TESTS)
        self.build = self.configure()

    def pids(self, *names):
        return {name: int(self.wait_for_file(name)) for name in names}

    def end_daemon_while(self, number, *arguments):
        """Signals the daemon while `daemonises` runs; the pids of what ran then, and what the client said."""
        client = self.start(*arguments)
        pids = self.pids("leader", "silent", "speaking")
        self.assertTrue(within(30, lambda: self.newest_run().get("finished") == 1))
        daemon = self.daemon_pid()
        self.addCleanup(self.end, pids.values())
        os.kill(daemon, number)
        _, err = client.communicate(timeout=60)
        self.assertEqual(69, client.returncode, err)
        self.assertTrue(within(10, lambda: not alive(daemon)), "the daemon stays")
        return pids, err

    def kill_daemon_while(self, *arguments):
        """Kills the daemon while `daemonises` runs; the pids of what it leaves running."""
        pids, _ = self.end_daemon_while(signal.SIGKILL, *arguments)
        self.assertEqual([], [name for name, pid in pids.items() if not alive(pid)])
        return pids

    def end(self, pids):
        for pid in pids:
            if alive(pid):
                os.kill(pid, signal.SIGKILL)

    def test_nothing_is_left_running_and_no_result_is_lost(self):
        pids = self.kill_daemon_while("run", "--all", "-B", self.build)
        run = self.newest_run()  # asks a new daemon
        self.assertEqual([], [name for name, pid in pids.items() if alive(pid)])
        self.assertEqual(("incomplete", 1), (run["state"], run["finished"]))
        self.assertEqual("done before\n", self.winnow("logs", "quick").stdout)
        self.assertIn("ended what was left of run " + run["run_id"], self.winnow("daemon", "log").stdout)

    def test_a_question_does_nothing_about_it(self):
        pids = self.kill_daemon_while("run", "--all", "-B", self.build)
        asked = self.winnow("run", "--all", "-B", self.build, "--dry-run")
        self.assertEqual((0, ""), (asked.returncode, asked.stderr))
        self.assertEqual([], [name for name, pid in pids.items() if not alive(pid)])
        self.assertEqual("incomplete", self.newest_run()["state"])  # now that a new daemon looks

    def test_a_terminated_daemon_ends_its_tests_and_says_so(self):
        pids, err = self.end_daemon_while(signal.SIGTERM, "run", "--all", "-B", self.build)
        self.assertFalse(alive(pids["leader"]), "the test outlived the daemon")
        self.assertTrue(err.startswith("winnow: "), err)
        self.assertIn("told to end", self.winnow("daemon", "log").stdout)

    def test_after_a_terminated_daemon_no_result_is_lost_and_nothing_is_left(self):
        pids, _ = self.end_daemon_while(signal.SIGTERM, "run", "--all", "-B", self.build)
        run = self.newest_run()  # asks a new daemon
        self.assertEqual([], [name for name, pid in pids.items() if alive(pid)])
        self.assertEqual(("incomplete", 1), (run["state"], run["finished"]))
        self.assertEqual("done before\n", self.winnow("logs", "quick").stdout)

    def test_under_ctest_what_writes_to_the_test_s_output_is_found(self):
        pids = self.kill_daemon_while("ctest", "-j2", "--test-dir", self.build)
        self.winnow("daemon", "start")
        self.assertEqual([], [name for name in ("leader", "speaking") if alive(pids[name])])

    def test_what_is_not_of_the_run_lives_on(self):
        self.kill_daemon_while("run", "--all", "-B", self.build)
        log = next((self.root / "state" / "winnow" / "runs").glob("*/output"))
        with open(log) as reading:
            others = [subprocess.Popen(["sleep", "600"], stdin=reading),
                      subprocess.Popen(["sleep", "600"], stdin=subprocess.DEVNULL,
                                       env=dict(os.environ, WINNOW_RUN_ID=log.parent.name + "x"))]
        for other in others:
            self.addCleanup(other.wait)
            self.addCleanup(other.kill)
        self.winnow("daemon", "start")
        self.assertEqual([None, None], [other.poll() for other in others])


if __name__ == "__main__":
    unittest.main()
