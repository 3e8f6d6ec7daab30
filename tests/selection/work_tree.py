"""One source tree under git with its build tree: writing states into it, building them, and asking `winnow`."""

import json
import os
import pathlib
import shutil
import subprocess

from project import Link

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
# Far above what a step takes; reached only by a program that hangs.
HANGS_AFTER_SECONDS = 300
# Stands in front of the compiler, so that the compiler can become another one.
_COMPILER = """#!/bin/sh
# A compiler of version {version}.
case $1 in
  --version | -dump*version) {real} "$@" | sed 's/12[.]2[.]0/12.2.{version}/g'; exit ;;
esac
exec {real} -U__GNUC_PATCHLEVEL__ -D__GNUC_PATCHLEVEL__={version} -falign-functions={alignment} "$@"
"""


class BuildFailed(Exception):
    """A state cannot be configured or built; the text is what the tool said."""


class Refused(Exception):
    """`winnow` gave no answer; the text is what it said."""


class WorkTree:
    """Everything lies below `root`; `tools` are the programs to use."""

    def __init__(self, root, project, tools):
        self.root = root
        self.project = project
        self.tools = tools
        self.source = root / "source"
        in_source = project.seed % 3 == 0
        self.build = self.source / "build" if in_source else root / "build"
        self.with_module = project.seed % 4 != 3
        self.written = {}
        self.environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("CTEST_", "WINNOW_", "CMAKE_", "GIT_", "MAKEFLAGS", "CCACHE_"))
        } | {
            "XDG_STATE_HOME": str(root / "state"),
            "XDG_RUNTIME_DIR": str(root / "run"),
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_AUTHOR_NAME": "a",
            "GIT_AUTHOR_EMAIL": "a@example.com",
            "GIT_COMMITTER_NAME": "a",
            "GIT_COMMITTER_EMAIL": "a@example.com",
        }
        (root / "run").mkdir(parents=True, mode=0o700)
        (root / "compiler").mkdir()
        self.source.mkdir()
        (self.source / ".gitignore").write_text("/build/\n/aside/\n")
        self._git("init", "-q", "-b", "main")
        if "FETCHED_FROM" in project.cache:
            self._make_fetched(root / "fetched")

    def _make_fetched(self, place):
        """A repository with two tags, for FetchContent."""
        place.mkdir()
        lists = "add_library(fetched INTERFACE)\ntarget_include_directories(fetched INTERFACE ${CMAKE_CURRENT_SOURCE_DIR})\n"
        (place / "CMakeLists.txt").write_text(lists)
        self._git("init", "-q", "-b", "main", place=place)
        for number in (1, 2):
            (place / "fetched.h").write_text(f"#define VALUE_fetched {number}\n")
            self._git("add", "-A", place=place)
            self._git("commit", "-q", "-m", "state", place=place)
            self._git("tag", f"v{number}", place=place)

    # States of the sources.

    def write(self, state):
        """Brings the source tree to a state; files that do not differ are not touched."""
        files = self.project.files(state)
        for path in self.written.keys() - files.keys():
            (self.source / path).unlink()
        for path, text in files.items():
            if self.written.get(path) == text:
                continue
            target = self.source / path
            target.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(text, Link):
                target.unlink(missing_ok=True)
                target.symlink_to(text.target)
            else:
                target.write_text(text)
        self.written = files
        self._write_compilers(state.compiler)

    def commit(self):
        """The commit of all that is there now."""
        self._git("add", "-A")
        self._git("commit", "-q", "--allow-empty", "-m", "state")
        return self._git("rev-parse", "HEAD").strip()

    def _write_compilers(self, version):
        for name, real in (("c++", "/usr/bin/g++"), ("cc", "/usr/bin/gcc")):
            compiler = self.root / "compiler" / name
            text = _COMPILER.format(real=real, version=version, alignment=16 << version % 2)
            if not compiler.exists() or compiler.read_text() != text:
                compiler.write_text(text)
                compiler.chmod(0o755)

    # Builds.

    def configure(self, state):
        """Configures the build tree for the state's options, fresh or again."""
        options = {
            "CMAKE_CXX_COMPILER": str(self.root / "compiler" / "c++"),
            "CMAKE_C_COMPILER": str(self.root / "compiler" / "cc"),
        }
        if not self.tools.real:
            stub = str(self.tools.stub)
            options |= {f"CMAKE_{language}_{role}_LAUNCHER": stub for language in ("C", "CXX") for role in ("COMPILER", "LINKER")}
            options |= {"CMAKE_AR": stub, "CMAKE_RANLIB": "/bin/true"}
            # Try-compiles would cost as much as the rest of the configuration.
            options |= {f"CMAKE_{language}_{known}": "TRUE" for language in ("C", "CXX") for known in ("COMPILER_WORKS", "ABI_COMPILED")}
        if self.with_module:
            options["CMAKE_PROJECT_TOP_LEVEL_INCLUDES"] = str(REPOSITORY / "cmake" / "Winnow.cmake")
        options |= self._options(state)
        words = [f"-D{name}={value}" for name, value in options.items()]
        self._run_build(["cmake", "-G", "Ninja", "-S", str(self.source), "-B", str(self.build), *words])

    def set_options(self, state):
        """What a user types to change a cache variable of a configured tree."""
        words = [f"-D{name}={value}" for name, value in self._options(state).items() if name != "CMAKE_TOOLCHAIN_FILE"]
        self._run_build(["cmake", *words, str(self.build)])

    def _options(self, state):
        options = self.project.options(state)
        return {name: value.replace("SOURCE", str(self.source)) for name, value in options.items()}

    def build_all(self):
        self._run_build(["cmake", "--build", str(self.build), "--parallel", str(self.tools.build_jobs)])

    def build_clean(self, state):
        shutil.rmtree(self.build, ignore_errors=True)
        self.configure(state)
        self.build_all()

    def put_aside(self):
        """Moves the build tree away, so that another takes its path."""
        self._remove_aside()
        self.build.rename(self._aside)

    def bring_back(self):
        shutil.rmtree(self.build, ignore_errors=True)
        self._aside.rename(self.build)

    def _remove_aside(self):
        shutil.rmtree(self._aside, ignore_errors=True)

    @property
    def _aside(self):
        return self.build.parent / "aside"

    # Questions.

    def record(self):
        """Records the graph; the path of its file."""
        said = self._winnow("graph", "record", "-B", str(self.build))
        return said.rpartition(" in ")[2].strip().removesuffix(".")

    def affected(self, *words):
        """The document `winnow affected` prints."""
        return json.loads(self._winnow("affected", "-B", str(self.build), "--format", "json", *words))

    def _winnow(self, *words):
        done = self._run([str(self.tools.winnow), *words])
        if done.returncode != 0:
            raise Refused(f"winnow {' '.join(words)} ended with {done.returncode}: {done.stderr.strip()}")
        return done.stdout

    def _git(self, *words, place=None):
        done = self._run(["git", "-C", str(place or self.source), *words])
        if done.returncode != 0:
            raise RuntimeError(f"git {' '.join(words)}: {done.stderr}")
        return done.stdout

    def _run_build(self, command):
        done = self._run(command)
        if done.returncode != 0:
            raise BuildFailed(f"{' '.join(command)}:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")

    def _run(self, command):
        return subprocess.run(
            command,
            cwd=self.root,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=HANGS_AFTER_SECONDS,
            check=False,
        )
