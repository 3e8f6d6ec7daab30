#!/usr/bin/env python3
"""One daemon per user: it serves every client, keeps locks between build trees, and outlives no need."""

import os
import pathlib
import signal
import socket
import subprocess
import threading
import unittest

from daemon_case import WINNOW, DaemonCase, alive, within

# Holding the lock means to be alone in the directory `held`.
TESTS = """
foreach(number RANGE 1 8)
  add_test(NAME exclusive.${number} COMMAND sh -c "mkdir ${HERE}/held && sleep 0.05 && rmdir ${HERE}/held")
  set_tests_properties(exclusive.${number} PROPERTIES RESOURCE_LOCK held)
endforeach()
add_test(NAME waits COMMAND sh -c "echo $$ > ${CMAKE_BINARY_DIR}/waits.pid; exec sleep 600")
"""


class Daemon(DaemonCase):
    def setUp(self):
        super().setUp()
        self.write_project(TESTS)
        self.builds = [self.configure("one"), self.configure("two")]

    def test_a_lock_holds_between_two_clients_on_two_build_trees(self):
        runs = [self.start("run", "--all", "-j4", "-R", "exclusive", "-B", str(build)) for build in self.builds]
        for run in runs:
            out, err = run.communicate(timeout=120)
            self.assertEqual(0, run.returncode, out + err)

    def test_twenty_racing_clients_get_one_daemon(self):
        for client in [self.start("daemon", "start") for _ in range(20)]:
            _, err = client.communicate(timeout=60)
            self.assertEqual(0, client.returncode, err)
        served = {self.daemon_pid() for _ in range(3)}
        self.assertEqual(1, len(served))
        lock_holders = [link for link in pathlib.Path("/proc").glob("[0-9]*/fd/*")
                        if os.path.islink(link) and self.points_into_run(link)]
        holders = {link.parts[2] for link in lock_holders}
        self.assertEqual({str(pid) for pid in served}, holders)

    def test_a_client_whose_streams_are_closed_starts_it_all_the_same(self):
        closed = subprocess.run(["sh", "-c", 'exec "$0" run --all "$@" <&- >&- 2>&-', WINNOW, "-R", "exclusive", "-B",
                                 str(self.builds[0])], env=self.environment, check=False)  # fmt: skip
        self.assertEqual(0, closed.returncode)
        self.assertIn("ready, process", self.winnow("daemon", "log").stdout)
        self.assertEqual("completed", self.newest_run()["state"])

    def points_into_run(self, link):
        try:
            return os.readlink(link).startswith(str(self.root / "run"))
        except OSError:
            return False

    def test_a_run_ends_with_its_client(self):
        client = self.start("run", "--all", "waits", "-B", str(self.builds[0]))
        pid_file = self.builds[0] / "waits.pid"
        self.assertTrue(within(30, lambda: pid_file.exists() and pid_file.read_text().strip()))
        pid = int(pid_file.read_text())
        client.kill()
        client.communicate()
        self.assertTrue(within(5, lambda: not alive(pid)), "the test outlived its client")

    def test_a_killed_daemon_is_told_and_replaced(self):
        client = self.start("run", "--all", "waits", "-B", str(self.builds[0]))
        pid_file = self.builds[0] / "waits.pid"
        self.assertTrue(within(30, lambda: pid_file.exists() and pid_file.read_text().strip()))
        os.kill(self.daemon_pid(), signal.SIGKILL)
        _, err = client.communicate(timeout=30)
        self.assertEqual(69, client.returncode, err)
        self.assertTrue(err.startswith("winnow: "), err)
        again = self.winnow("run", "--all", "exclusive.1", "-B", str(self.builds[0]))
        self.assertEqual(0, again.returncode, again.stdout + again.stderr)

    def test_whoever_is_told_that_it_stopped_finds_it_gone(self):
        for _ in range(10):
            self.winnow("daemon", "start")
            pid = self.daemon_pid()
            self.assertIn("stopped", self.winnow("daemon", "stop").stdout)
            self.assertFalse(alive(pid), "the daemon still has its files open")

    def test_a_daemon_of_another_version_is_stopped_as_the_message_says(self):
        self.winnow("daemon", "start")
        self.winnow("daemon", "stop")
        thread = threading.Thread(target=self.answer_as_another_version)
        thread.start()
        refused = self.winnow("run", "--all", "exclusive.1", "-B", str(self.builds[0]))
        self.assertIn("stop it with `winnow daemon stop`", refused.stderr)
        self.assertEqual(69, refused.returncode)
        stopped = self.winnow("daemon", "stop")
        thread.join(10)
        self.assertEqual((0, "stopped\n"), (stopped.returncode, stopped.stdout), stopped.stderr)

    def answer_as_another_version(self):
        """A stand-in: refuses who names a protocol, as a daemon does, until it is told to leave."""
        place = self.root / "run" / "winnow" / "socket"
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(place))
            listener.listen()
            request = b""
            while not request.startswith(b"DELETE /v1/status") or b"Winnow-Protocol" in request:
                connection, _ = listener.accept()
                with connection:
                    request = connection.recv(65536)
                    refuses = b"Winnow-Protocol" in request
                    body = b"another protocol; stop it with `winnow daemon stop`" if refuses else b"leaving"
                    status = b"426 Upgrade Required" if refuses else b"200 OK"
                    connection.sendall(b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s" % (status, len(body), body))
            place.unlink()


if __name__ == "__main__":
    unittest.main()
