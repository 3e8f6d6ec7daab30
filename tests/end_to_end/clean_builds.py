"""The truth about an edit: the programs that clean builds of both states, at one path, make differently."""

import hashlib
import shutil


class CleanBuilds:
    """`programs` are the names of those that tests run; `configure` are the arguments of cmake beside the paths."""

    def __init__(self, project, programs, configure=("cmake", "-G", "Ninja")):
        self.project = project
        self.programs = programs
        self.configure = configure
        self.tree = project.source / "build" / "clean"
        self.at_base = self._contents()

    def changed(self):
        """The programs that are other ones now than at base."""
        now = self._contents()
        return {name for name in self.programs if now[name] != self.at_base[name]}

    def _contents(self):
        shutil.rmtree(self.tree, ignore_errors=True)
        self.project.run(*self.configure, "-S", self.project.source, "-B", self.tree)
        self.project.run("ninja", "-C", self.tree)
        return {name: hashlib.sha256((self.tree / name).read_bytes()).hexdigest() for name in self.programs}
