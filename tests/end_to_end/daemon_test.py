#!/usr/bin/env python3
"""One daemon per user: it serves every client, keeps locks between build trees, and outlives no need."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

WINNOW = os.environ.get("WINNOW", "winnow")

# Holding the lock means to be alone in the directory `held`.
PROJECT = """
cmake_minimum_required(VERSION 3.24)
project(Locked LANGUAGES NONE)
enable_testing()
foreach(number RANGE 1 8)
  add_test(NAME exclusive.${number} COMMAND sh -c "mkdir ${HELD} && sleep 0.05 && rmdir ${HELD}")
  set_tests_properties(exclusive.${number} PROPERTIES RESOURCE_LOCK held)
endforeach()
add_test(NAME waits COMMAND sh -c "echo $$ > ${CMAKE_BINARY_DIR}/waits.pid; exec sleep 600")
"""


def alive(pid):
    """Whether the process runs. One that is reaped while its file is open gives ESRCH on reading."""
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def within(seconds, condition):
    """Whether the condition comes true in that time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


class Daemon(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="wd-"))
        self.addCleanup(shutil.rmtree, self.root, ignore_errors=True)
        (self.root / "run").mkdir(mode=0o700)
        self.environment = dict(os.environ, XDG_STATE_HOME=str(self.root / "state"),
                                XDG_RUNTIME_DIR=str(self.root / "run"))
        self.environment.pop("WINNOW_DAEMON", None)
        self.addCleanup(self.winnow, "daemon", "stop")
        source = self.root / "source"
        source.mkdir()
        (source / "CMakeLists.txt").write_text(PROJECT)
        subprocess.run(["git", "-C", source, "init", "-q"], check=True)
        self.builds = [self.root / "one", self.root / "two"]
        for build in self.builds:
            subprocess.run(["cmake", "-G", "Ninja", "-S", source, "-B", build, f"-DHELD={self.root}/held"],
                           check=True, capture_output=True)

    def start(self, *arguments):
        return subprocess.Popen([WINNOW, *arguments], env=self.environment, cwd=self.root, text=True,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def winnow(self, *arguments):
        process = self.start(*arguments)
        out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def daemon_pid(self):
        return json.loads(self.winnow("daemon", "status").stdout)["pid"]

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
        os.kill(int(pid_file.read_text()), signal.SIGKILL)
        self.assertEqual(69, client.returncode, err)
        self.assertTrue(err.startswith("winnow: "), err)
        again = self.winnow("run", "--all", "exclusive.1", "-B", str(self.builds[0]))
        self.assertEqual(0, again.returncode, again.stdout + again.stderr)


if __name__ == "__main__":
    unittest.main()
