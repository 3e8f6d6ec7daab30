"""The files of a source tree as the tidy checks see them."""

import pathlib
import re
import subprocess
from dataclasses import dataclass
from functools import cached_property

# Fixture projects and the demo's monorepo stand for other people's code; the house rules do not bind them.
FOREIGN = ("tests/projects/", "examples/monorepo/")

_INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


@dataclass(frozen=True)
class Violation:
    """One place that breaks one rule."""

    path: str
    line: int
    message: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.message}"


@dataclass(frozen=True)
class Include:
    """One #include line; `own` tells "quoted" from <angled>."""

    line: int
    target: str
    own: bool


class SourceFile:
    """One tracked text file, read when first asked for."""

    def __init__(self, root, path):
        self.path = path
        self._absolute = root / path

    @property
    def folder(self):
        """The owning folder of the one-way order: analyzer/model, daemon/client, ..."""
        return "/".join(self.path.split("/")[:-1][:2])

    @property
    def is_cpp(self):
        return self.path.endswith((".cpp", ".hpp"))

    @property
    def is_cmake(self):
        return self.path.endswith(".cmake") or self.path.rsplit("/", 1)[-1] == "CMakeLists.txt"

    @property
    def is_script(self):
        return self.path.endswith((".py", ".sh")) or self.lines[:1] and self.lines[0].startswith("#!")

    @cached_property
    def lines(self):
        data = self._absolute.read_bytes()
        return [] if b"\0" in data else data.decode("utf-8", "replace").splitlines()

    @cached_property
    def includes(self):
        found = []
        for number, line in enumerate(self.lines, 1):
            if match := _INCLUDE.match(line):
                found.append(Include(number, match[2], match[1] == '"'))
        return found

    def grep(self, pattern):
        """Line number and match of the first match on each matching line."""
        for number, line in enumerate(self.lines, 1):
            if match := pattern.search(line):
                yield number, match


class Tree:
    """What git tracks below `root`, or would track: new files that it does not ignore are included."""

    def __init__(self, root):
        self.root = pathlib.Path(root)
        # A clone owned by another user (a container's volume) is still only read here.
        listed = subprocess.run(
            ["git", "-c", "safe.directory=*", "-C", str(root), "ls-files", "-z", "-co", "--exclude-standard"],
            check=True,
            stdout=subprocess.PIPE,
        ).stdout.decode()
        present = sorted({path for path in listed.split("\0") if path and (self.root / path).is_file()})
        self.files = [SourceFile(self.root, path) for path in present]
        self.house = [file for file in self.files if not file.path.startswith(FOREIGN)]
        self.paths = set(present)

    def below(self, *prefixes):
        return [file for file in self.house if file.path.startswith(prefixes)]

    def file(self, path):
        return next((file for file in self.files if file.path == path), None)
