#!/usr/bin/env python3
"""Interrupting `winnow run` once lets the running tests end and starts no more; twice ends them. Nothing survives."""

import os
import signal
import unittest

from daemon_case import WINNOW, DaemonCase, alive
from terminal import Terminal

# `runs` has a child in its process group, and ends when it may.
TESTS = """
add_test(NAME runs COMMAND sh -c "
  sleep 600 & echo $! > ${HERE}/child; echo $$ > ${HERE}/leader
  while [ ! -e ${HERE}/go ]; do sleep 0.02; done; kill $!")
add_test(NAME waits COMMAND sh -c "echo x > ${HERE}/waits_began")
set_tests_properties(waits PROPERTIES DEPENDS runs)
"""
WHERE = ([], ["--no-daemon"])  # in the daemon, in the client itself


class InterruptedRun(DaemonCase):
    def setUp(self):
        super().setUp()
        self.write_project(TESTS)
        self.build = self.configure()

    def begin(self, *arguments):
        """A client whose test runs, and the processes of the test."""
        for name in ("child", "leader", "go"):
            (self.root / name).unlink(missing_ok=True)
        client = self.start("run", "--all", "-B", self.build, *arguments)
        pids = [int(self.wait_for_file(name)) for name in ("leader", "child")]
        self.addCleanup(self.end, pids)
        return client, pids

    def end(self, pids):
        for pid in pids:
            if alive(pid):
                os.kill(pid, signal.SIGKILL)

    def interrupt(self, client, signal_number=signal.SIGINT):
        """Interrupts, and returns what is said until the test that waits is given up."""
        client.send_signal(signal_number)
        said = ""
        for line in client.stdout:
            said += line
            if line.startswith(" CANCEL") and " waits" in line:
                return said
        return self.fail(f"the waiting test was not given up:\n{said}")

    def assert_ended(self, client, code):
        out, err = client.communicate(timeout=60)
        self.assertEqual(code, client.returncode, out + err)
        self.assertFalse((self.root / "waits_began").exists(), "a test was started after the interrupt")
        return out

    def test_the_first_interrupt_lets_finish_what_runs(self):
        for where in WHERE:
            for number in (signal.SIGINT, signal.SIGTERM):
                with self.subTest(where=where, signal=number):
                    client, pids = self.begin(*where)
                    self.assertNotIn("runs", self.interrupt(client, number))
                    self.assertTrue(alive(pids[0]), "the running test was ended")
                    (self.root / "go").touch()
                    out = self.assert_ended(client, 130)
                    self.assertRegex(out, r"(?m)^   PASS .* runs$")
                    self.assertRegex(out, r"(?m)^cancelled in .*: 1 passed, 1 cancelled$")
                    self.assertEqual([], [pid for pid in pids if alive(pid)])

    def test_the_second_interrupt_ends_what_runs(self):
        for where in WHERE:
            with self.subTest(where=where):
                client, pids = self.begin(*where)
                self.interrupt(client)
                client.send_signal(signal.SIGINT)
                out = self.assert_ended(client, 130)
                self.assertRegex(out, r"(?m)^ CANCEL .* runs: ")
                self.assertRegex(out, r"(?m)^cancelled in .*: 2 cancelled$")
                self.assertEqual([], [pid for pid in pids if alive(pid)])

    def test_what_was_interrupted_is_kept_as_cancelled(self):
        client, _ = self.begin()
        self.interrupt(client)
        client.send_signal(signal.SIGINT)
        self.assert_ended(client, 130)
        run = self.newest_run()
        self.assertEqual(("cancelled", 2), (run["state"], run["finished"]))

    def test_an_interrupt_from_the_terminal_does_not_reach_the_tests(self):
        """Control-C goes to every process of the foreground: the client's tests must be none of them."""
        terminal = Terminal([WINNOW, "run", "--all", "--no-daemon", "-B", self.build], self.environment)
        self.addCleanup(terminal.close)
        test = int(self.wait_for_file("leader"))
        terminal.press_control_c()
        self.assertTrue(terminal.read_until(r"CANCEL .* waits"), terminal.shown)
        self.assertTrue(alive(test), "the test was interrupted, too")
        (self.root / "go").touch()
        terminal.read_to_end()
        self.assertEqual(130, terminal.process.wait(timeout=60), terminal.shown)
        self.assertFalse(alive(test))


if __name__ == "__main__":
    unittest.main()
