"""One checkout and one build tree, always at the same two paths, in which the states of a history are built."""

import json
import os
import pathlib
import shutil
import subprocess
import sys

# A compiler cache in direct mode does not see a header that appears before the one it knows; without it every
# source is preprocessed, and a hit is for the same text. Its settings come from here alone.
CACHE_SETTINGS = {"CCACHE_NODIRECT": "1", "CCACHE_CONFIGPATH": os.devnull, "CCACHE_MAXSIZE": "20G"}

# -O0 and no debug information: cheap, and a changed line number alone is no changed program.
QUICK = ["-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_C_FLAGS_DEBUG=-O0", "-DCMAKE_CXX_FLAGS_DEBUG=-O0"]


class Workspace:
    """`source` is a clone, `build` its build tree; `built` names the commit that `build` is a clean build of."""

    def __init__(self, directory, definitions, source_dir, jobs):
        self.directory = directory.resolve()
        self.source = self.directory / "source"
        self.build = self.directory / "build"
        self.project = self.source / source_dir
        self._definitions = definitions
        self._jobs = jobs
        self._built = self.directory / "built.json"
        self._log = self.directory / "builds.log"
        self._launchers = []
        if shutil.which("ccache"):
            for name in [name for name in os.environ if name.startswith("CCACHE_")]:
                del os.environ[name]
            os.environ.update(CACHE_SETTINGS | {"CCACHE_DIR": str(self.directory / "ccache")})
            self._launchers = [f"-DCMAKE_{language}_COMPILER_LAUNCHER=ccache" for language in ("C", "CXX")]

    def clone(self, repository):
        if not (self.source / ".git").exists():
            self.directory.mkdir(parents=True, exist_ok=True)
            subprocess.run(["git", "clone", "-q", "--no-checkout", repository, self.source], check=True)

    def git(self, *arguments):
        command = ["git", "-C", str(self.source), *arguments]
        return subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE).stdout.decode()

    def commits(self, span, paths):
        """(parent, commit) pairs, oldest first; with paths the parent is the commit before it in the list."""
        listed = self.git("rev-list", "--first-parent", "--reverse", span, "--", *paths).split()
        if not listed:
            return []
        parents = [self.git("rev-parse", f"{listed[0]}^").strip(), *listed[:-1]]
        return list(zip(parents, listed))

    def subject(self, commit):
        return self.git("log", "-1", "--format=%s", commit).strip()

    def changed_files(self, parent, commit):
        listed = self.git("diff", "--name-only", "--no-renames", "-z", parent, commit)
        return [name for name in listed.split("\0") if name]

    def check_out(self, commit):
        self.git("checkout", "-q", "--detach", "--force", commit)
        self.git("clean", "-qffdx")

    def built(self):
        """The commit that the build tree is a clean build of, or None."""
        if not self._built.exists():
            return None
        state = json.loads(self._built.read_text())
        return state["commit"] if state["definitions"] == self._definitions else None

    def leave_built_state(self):
        self._built.unlink(missing_ok=True)

    def build_clean(self, commit):
        """Configures and builds `commit` from nothing; whether all of it could be built."""
        self.leave_built_state()
        shutil.rmtree(self.build, ignore_errors=True)
        self.check_out(commit)
        query = self.build / ".cmake" / "api" / "v1" / "query" / "client-replay"
        query.mkdir(parents=True)
        (query / "codemodel-v2").touch()
        configure = ["cmake", "-S", self.project, "-B", self.build, "-G", "Ninja", *QUICK, *self._launchers]
        if self._logged([*configure, *self._definitions]).returncode != 0:
            return "not configured"
        whole = self.build_more()
        self._built.write_text(json.dumps({"commit": commit, "definitions": self._definitions}))
        return whole

    def build_more(self):
        """What ninja does in the tree as it stands; a target that fails does not stop the others."""
        done = self._logged(["ninja", "-C", self.build, "-k", "0", f"-j{self._jobs}"])
        return "whole" if done.returncode == 0 else "in part"

    def configure_if_stale(self):
        self._logged(["ninja", "-C", self.build, "build.ninja"])

    def would_link(self):
        """Paths in the build tree that `ninja -n` names as to be linked."""
        environment = os.environ | {"NINJA_STATUS": ""}
        done = subprocess.run(
            ["ninja", "-n", "-k", "0"], cwd=self.build, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, text=True, errors="replace", check=False,
        )  # fmt: skip
        lines = (line.partition(" ") for line in done.stdout.splitlines())
        return {rest.rpartition(" ")[2].strip("'\"") for first, _, rest in lines if first == "Linking"}

    def _logged(self, command):
        with open(self._log, "ab") as log:
            log.write(f"\n== {' '.join(str(word) for word in command)}\n".encode())
            log.flush()
            return subprocess.run(
                [str(word) for word in command], stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                check=False,
            )  # fmt: skip

    def only_for(self, repository):
        """Ends the program where the directory holds the replay of something else."""
        kept = self.directory / "replay.json"
        mine = {"repository": str(repository), "project": str(self.project), "definitions": self._definitions}
        if kept.exists() and json.loads(kept.read_text()) != mine:
            sys.exit(f"replay: {self.directory} holds {kept.read_text()}; use another directory for this one")
        self.directory.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(mine))


def project_files(directory):
    """Regular files below a directory, without what CMake and git keep for themselves."""
    for folder, subfolders, names in os.walk(directory):
        subfolders[:] = [name for name in subfolders if name not in ("CMakeFiles", ".git", ".cmake", ".winnow")]
        for name in names:
            path = pathlib.Path(folder, name)
            if path.is_file() and not path.is_symlink():
                yield path
