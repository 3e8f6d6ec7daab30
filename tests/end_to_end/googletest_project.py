#!/usr/bin/env python3
"""A built copy of the GoogleTest project as Debian ships it, in a git repository; run alone it makes the copy.

The directory is WINNOW_GOOGLETEST; a finished build in it is used again.
"""

import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys

SHIPPED = pathlib.Path("/usr/src/googletest")
SKIPPED = 77


def run(*command, **options):
    return subprocess.run([str(word) for word in command], check=True, stdin=subprocess.DEVNULL, **options)


class GoogleTest:
    """The copy: `source` is a repository with everything committed, `build` its build tree, both at a fixed place."""

    def __init__(self, directory):
        self.source = directory / "googletest"
        self.build = directory / "build"
        self._finished = directory / "finished"

    def make(self):
        if self._finished.exists():
            self.restore()
            return
        shutil.rmtree(self.source, ignore_errors=True)
        shutil.rmtree(self.build, ignore_errors=True)
        shutil.copytree(SHIPPED, self.source)
        self._git("init", "-q", "-b", "main")
        self._git("config", "user.name", "test")
        self._git("config", "user.email", "test@localhost")
        self._git("add", "-A")
        self._git("commit", "-q", "-m", "GoogleTest as shipped")
        launcher = ["-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"] if shutil.which("ccache") else []
        run(
            "cmake", "-S", self.source, "-B", self.build, "-G", "Ninja", "-DCMAKE_CXX_FLAGS=-O0", *launcher,
            "-Dgtest_build_tests=ON", "-Dgmock_build_tests=ON",
        )  # fmt: skip
        self.rebuild()
        self._finished.touch()

    def _git(self, *arguments):
        run("git", "-C", self.source, *arguments)

    def rebuild(self):
        run("cmake", "--build", self.build, stdout=subprocess.DEVNULL)

    def restore(self):
        """Back to what is committed, built."""
        self._git("checkout", "-q", "--", ".")
        self._git("clean", "-qfd")
        self.rebuild()

    def executables(self):
        """sha256 by name of every program the build made."""
        found = {}
        for folder in (self.build / "googletest", self.build / "googlemock"):
            for path in folder.iterdir():
                if path.is_file() and os.access(path, os.X_OK) and ".so" not in path.name:
                    found[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
        return found

    def commands(self):
        """The words of each test's command."""
        commands = {}
        for folder in ("googletest", "googlemock"):
            text = (self.build / folder / "CTestTestfile.cmake").read_text()
            for name, command in re.findall(r"^add_test\(\"?([^\s\"]+)\"? (.*)\)$", text, re.MULTILINE):
                commands[name] = re.findall(r'"([^"]*)"', command)
        return commands

    def scripts(self):
        """The Python script of each test that runs one."""
        found = {name: next((word for word in words if word.endswith(".py")), None)
                 for name, words in self.commands().items()}
        return {name: script for name, script in found.items() if script}

    def tests(self):
        """For each test the programs it runs: its command, or those its Python script and what that imports name."""
        programs, scripts = set(self.executables()), self.scripts()
        return {name: programs & self._names(words, scripts.get(name)) for name, words in self.commands().items()}

    @staticmethod
    def _names(words, script):
        if not script:
            return {pathlib.Path(words[0]).name}
        return set(re.findall(r"['\"]([\w-]+)['\"]", pathlib.Path(script).read_text()))


def shared():
    """The copy that the tests of one build tree of Winnow share."""
    if not SHIPPED.is_dir():
        print(f"{SHIPPED} is missing; on Debian: apt-get install googletest")
        sys.exit(SKIPPED)
    directory = pathlib.Path(os.environ["WINNOW_GOOGLETEST"])
    directory.mkdir(parents=True, exist_ok=True)
    return GoogleTest(directory)


if __name__ == "__main__":
    copy = shared()
    copy.make()
    print(f"{len(copy.tests())} tests, {len(copy.executables())} programs")
