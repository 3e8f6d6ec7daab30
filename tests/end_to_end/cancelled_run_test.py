#!/usr/bin/env python3
"""winnow cancel ends a run and what it runs; with --finish it lets that end. Whoever waits for the run is told."""

import json
import os
import signal
import unittest

from daemon_case import DaemonCase, alive

# `runs` has a child in its process group, and ends when it may.
TESTS = """
add_test(NAME runs COMMAND sh -c "
  echo said before; sleep 600 & echo $! > ${HERE}/child; echo $$ > ${HERE}/leader
  while [ ! -e ${HERE}/go ]; do sleep 0.02; done; kill $!")
add_test(NAME waits COMMAND sh -c "echo x > ${HERE}/waits_began")
set_tests_properties(waits PROPERTIES DEPENDS runs)
"""


class CancelledRun(DaemonCase):
    def setUp(self):
        super().setUp()
        self.write_project(TESTS)
        self.build = self.configure()

    def begin(self, *arguments):
        client = self.start("run", "--all", "-B", self.build, *arguments)
        self.pids = [int(self.wait_for_file(name)) for name in ("leader", "child")]
        self.addCleanup(self.end, self.pids)
        return client, self.newest_run()["run_id"]

    def end(self, pids):
        for pid in pids:
            if alive(pid):
                os.kill(pid, signal.SIGKILL)

    def cancel(self, run, *arguments):
        done = self.winnow("cancel", run, *arguments)
        self.assertEqual((0, f"cancelled {run}\n"), (done.returncode, done.stdout), done.stderr)

    def assert_told(self, client, results):
        """The waiting client ends as incomplete; the verdicts it wrote down."""
        out, err = client.communicate(timeout=60)
        self.assertEqual(5, client.returncode, out + err)
        self.assertFalse((self.root / "waits_began").exists(), "a test was started after the cancel")
        self.assertEqual([], [pid for pid in self.pids if alive(pid)])
        document = json.loads(results.read_text())
        self.assertEqual("cancelled", document["state"])
        return out, {test["name"]: test["verdict"] for test in document["tests"]}

    def test_it_ends_what_runs_and_what_waits(self):
        results = self.root / "results.json"
        client, run = self.begin("--results", str(results))
        self.cancel(run)
        out, verdicts = self.assert_told(client, results)
        self.assertEqual({"runs": "cancelled", "waits": "cancelled"}, verdicts)
        self.assertRegex(out, r"(?m)^ CANCEL .* runs: ")
        self.assertRegex(out, r"(?m)^cancelled in .*: 2 cancelled$")
        self.assertEqual("said before\n", self.winnow("logs", "runs").stdout)

    def test_with_finish_what_runs_may_end(self):
        results = self.root / "results.json"
        client, run = self.begin("--results", str(results))
        self.cancel(run, "--finish")
        self.assertEqual([True, True], [alive(pid) for pid in self.pids], "what ran was ended")
        (self.root / "go").touch()
        out, verdicts = self.assert_told(client, results)
        self.assertEqual({"runs": "passed", "waits": "cancelled"}, verdicts)
        self.assertRegex(out, r"(?m)^cancelled in .*: 1 passed, 1 cancelled$")

    def test_a_second_cancel_ends_what_the_first_let_finish(self):
        client, run = self.begin()
        self.cancel(run, "--finish")
        self.cancel(run)
        client.communicate(timeout=60)
        self.assertEqual(5, client.returncode)
        self.assertEqual([], [pid for pid in self.pids if alive(pid)])

    def test_a_detached_run_is_ended_too(self):
        client, run = self.begin("--detach")
        out, _ = client.communicate(timeout=60)
        self.assertEqual((0, run), (client.returncode, out.strip()))
        follower = self.start("logs", "-f", "runs")
        self.assertEqual("said before\n", follower.stdout.readline())
        self.cancel(run)
        follower.communicate(timeout=60)  # ends with the test
        self.assertEqual([], [pid for pid in self.pids if alive(pid)])

    def test_an_unknown_run_is_refused(self):
        self.winnow("daemon", "start")
        done = self.winnow("cancel", "nosuchrun")
        self.assertEqual(2, done.returncode)
        self.assertIn("there is no run nosuchrun; `winnow status` lists them", done.stderr)


if __name__ == "__main__":
    unittest.main()
