"""A test case with a daemon of its own, and with build trees whose tests are a few lines of shell."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import unittest

WINNOW = os.environ.get("WINNOW", "winnow")


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


class DaemonCase(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="wd-"))
        self.place = self.root  # where commands are given
        self.addCleanup(shutil.rmtree, self.root, ignore_errors=True)
        (self.root / "run").mkdir(mode=0o700)
        self.environment = dict(os.environ, XDG_STATE_HOME=str(self.root / "state"),
                                XDG_RUNTIME_DIR=str(self.root / "run"))
        self.environment.pop("WINNOW_DAEMON", None)
        self.addCleanup(self.winnow, "daemon", "stop")

    def write_project(self, tests):
        """A project of tests without anything to build; HERE is the directory of the case."""
        source = self.root / "source"
        source.mkdir(exist_ok=True)
        (source / "CMakeLists.txt").write_text("cmake_minimum_required(VERSION 3.24)\n"
                                               "project(Small LANGUAGES NONE)\n"
                                               "enable_testing()\n" + tests)
        subprocess.run(["git", "-C", source, "init", "-q"], check=True)

    def configure(self, name="build"):
        build = self.root / name
        subprocess.run(["cmake", "-G", "Ninja", "-S", self.root / "source", "-B", build, f"-DHERE={self.root}"],
                       check=True, capture_output=True)
        return build

    def start(self, *arguments):
        return subprocess.Popen([WINNOW, *map(str, arguments)], env=self.environment, cwd=self.place, text=True,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def winnow(self, *arguments):
        process = self.start(*arguments)
        out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def daemon_pid(self):
        return json.loads(self.winnow("daemon", "status").stdout)["pid"]

    def newest_run(self):
        return json.loads(self.winnow("status", "--format", "json").stdout)["runs"][0]

    def wait_for_file(self, name):
        path = self.root / name
        self.assertTrue(within(30, lambda: path.exists() and path.stat().st_size > 0), f"no {name}")
        return path.read_text()
