#!/usr/bin/env python3
"""What `winnow run` takes and refuses, and what helps where the daemon's socket is gone."""

import subprocess
import unittest

from daemon_case import WINNOW, DaemonCase

TESTS = """
add_test(NAME quick COMMAND sh -c "echo quick")
add_test(NAME slow.first COMMAND sh -c "echo slow")
set_tests_properties(slow.first PROPERTIES LABELS slow)
"""


class RunOptions(DaemonCase):
    def setUp(self):
        super().setUp()
        self.write_project(TESTS)
        self.build = self.configure()

    def run_all(self, *arguments):
        return self.winnow("run", "--all", "-B", self.build, *arguments)

    def assert_refused(self, done, *words, code=2):
        self.assertEqual(code, done.returncode, done.stdout + done.stderr)
        for word in words:
            self.assertIn(word, done.stderr)

    def test_labels_are_excluded_as_ctest_spells_it(self):
        for spelling in (["-LE", "slow"], ["-LE=slow"], ["--label-exclude", "slow"]):
            with self.subTest(spelling):
                done = self.run_all(*spelling)
                self.assertEqual(0, done.returncode, done.stderr)
                self.assertRegex(done.stdout, r"PASS .* quick\n")
                self.assertNotIn("slow.first", done.stdout)

    def test_a_name_that_no_test_has_is_not_passed_over(self):
        done = self.run_all("quick", "slow.frist")
        self.assert_refused(done, "no test is called slow.frist (did you mean slow.first?)", code=4)
        self.assertNotIn("PASS", done.stdout)

    def test_leaving_a_run_to_a_daemon_needs_one(self):
        for other in (["--no-daemon"], ["--junit", "r.xml"], ["--results", "r.json"], ["--format", "jsonl"]):
            with self.subTest(other):
                self.assert_refused(self.run_all("--detach", *other), "--detach", other[0])
        self.environment["WINNOW_DAEMON"] = "0"
        self.assert_refused(self.run_all("--detach"), "WINNOW_DAEMON=0")

    def test_a_run_that_has_ended_cannot_be_cancelled(self):
        self.run_all("quick")
        run = self.newest_run()["run_id"]
        self.assert_refused(self.winnow("cancel", run), f"run {run} has ended already")

    def test_a_cancelled_run_is_no_success_to_ctests_users(self):
        self.write_project(f"add_test(NAME first COMMAND true)\n"
                           f'add_test(NAME long COMMAND sh -c "echo . > {self.root}/begun; sleep 60")\n')
        self.configure()
        waiting = self.start("ctest", "--test-dir", self.build)
        self.wait_for_file("begun")
        self.assertEqual(0, self.winnow("cancel", self.newest_run()["run_id"]).returncode)
        waiting.communicate(timeout=60)
        self.assertNotEqual(0, waiting.returncode)

    def test_an_answer_that_cannot_be_written_is_no_success(self):
        for command in (["list", "-B", self.build], ["ctest", "--test-dir", self.build, "-N"], ["daemon", "start"]):
            with self.subTest(command[0]), open("/dev/full", "w") as full:
                done = subprocess.run([WINNOW, *map(str, command)], env=self.environment, cwd=self.root, text=True,
                                      stdout=full, stderr=subprocess.PIPE, check=False)
                self.assertEqual(69, done.returncode, done.stderr)
                self.assertIn("standard output cannot be written to: No space left on device", done.stderr)

    def test_how_tests_end_is_known_whatever_was_inherited(self):
        self.write_project("add_test(NAME wrong COMMAND sh -c \"exit 3\")\n")
        self.configure()
        for daemon in ("0", "1"):
            with self.subTest(daemon=daemon):
                self.environment["WINNOW_DAEMON"] = daemon
                done = subprocess.run(["sh", "-c", "trap '' CHLD; exec \"$@\"", "sh", WINNOW, "run", "--all", "-B",
                                       self.build], env=self.environment, cwd=self.root, text=True,
                                      capture_output=True, check=False)
                self.assertEqual(100, done.returncode, done.stdout + done.stderr)
                self.assertIn("FAIL", done.stdout)

    def test_a_daemon_whose_socket_is_gone_can_be_stopped(self):
        self.run_all("quick")
        pid = self.daemon_pid()
        (self.root / "run" / "winnow" / "socket").unlink()
        done = self.winnow("daemon", "stop")
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertIn(f"stopped process {pid}, which had lost its socket", done.stdout)
        self.assertEqual(0, self.run_all("quick").returncode)
        self.assertNotEqual(pid, self.daemon_pid())


if __name__ == "__main__":
    unittest.main()
