"""A small CMake project in a git repository of its own, and the `winnow` command beside it."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile

WINNOW = os.environ.get("WINNOW", "winnow")
MODULE = pathlib.Path(__file__).resolve().parents[2] / "cmake" / "Winnow.cmake"


class SmallProject:
    """`root` is a scratch directory; the repository is `top`, the sources are `source`, the build tree is `build`."""

    def __init__(self, files, below="."):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="winnow-small-")).resolve()
        self.top = self.root / "repository"
        self.source = (self.top / below).resolve()
        self.build = self.source / "build"
        (self.root / "run").mkdir(mode=0o700)
        # A compiler cache of the caller would bring back objects that do not fit a header that came since.
        kept = {name: value for name, value in os.environ.items()
                if not name.startswith("CCACHE_") and not name.endswith("_COMPILER_LAUNCHER")}  # fmt: skip
        self.environment = dict(kept, XDG_STATE_HOME=str(self.root / "state"), XDG_RUNTIME_DIR=str(self.root / "run"),
                                HOME=str(self.root), GIT_CONFIG_NOSYSTEM="1")  # fmt: skip
        self.top.mkdir()
        self.git("init", "-q", "-b", "main")
        self.write(".gitignore", "/build/\n")
        for name, text in files.items():
            self.write(name, text)
        self.commit()

    def remove(self):
        shutil.rmtree(self.root, ignore_errors=True)

    def write(self, name, text):
        """Writes a file of the sources; None removes it."""
        path = self.source / name
        if text is None:
            path.unlink()
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def run(self, *command, cwd=None):
        return subprocess.run([str(word) for word in command], cwd=cwd or self.source, env=self.environment,
                              check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL)  # fmt: skip

    def shell(self, command):
        return self.run("sh", "-ec", command)

    def git(self, *arguments):
        settings = ["-c", "user.name=t", "-c", "user.email=t@localhost", "-c", "commit.gpgsign=false"]
        return self.run("git", *settings, *arguments, cwd=self.top).stdout

    def commit(self):
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "a state")

    def configure(self, *arguments):
        self.run("cmake", "-G", "Ninja", "-S", self.source, "-B", self.build, *arguments)

    def make(self, *targets):
        self.run("ninja", "-C", self.build, *targets)

    def winnow(self, *arguments):
        return subprocess.run([WINNOW, *arguments], cwd=self.source, env=self.environment, capture_output=True,
                              text=True, timeout=120, stdin=subprocess.DEVNULL)  # fmt: skip

    def keep(self):
        """Takes a copy of the repository with its build tree, time stamps included, that restore() comes back to."""
        self.run("cp", "-a", self.top, self.root / "kept", cwd=self.root)

    def restore(self):
        shutil.rmtree(self.top)
        self.run("cp", "-a", self.root / "kept", self.top, cwd=self.root)

    def document(self, *arguments):
        """What the command prints as JSON."""
        done = self.winnow(*arguments, "--format", "json")
        assert done.stdout, done.stderr
        return json.loads(done.stdout)
