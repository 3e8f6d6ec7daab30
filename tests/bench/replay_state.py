"""What decides the outcome of each test in a clean build: command, properties, and the content of what it is made of.

Files that a running test opens without their names standing in its command, environment or script are not seen.
"""

import hashlib
import json
import os
import pathlib
import re
import subprocess

from replay_tests import listed_tests
from replay_workspace import project_files

_WORD = re.compile(r"[\w.+-]+")


def read_state(workspace, commit, whole):
    """The state as JSON can carry it; files are named relative to the workspace."""
    if whole == "not configured":
        return {"commit": commit, "whole": whole, "tests": [], "targets": []}
    reader = _Reader(workspace)
    tests = [
        {"directory": directory, "name": name, "command": test.command, "properties": test.properties,
         "files": reader.contents(reader.files_of(directory, test))}
        for (directory, name), test in listed_tests(workspace.build).items()
    ]  # fmt: skip
    return {"commit": commit, "whole": whole, "tests": tests, "targets": _targets(workspace)}


def tests_by_key(state):
    return {(test["directory"], test["name"]): test for test in state["tests"]}


def changed_tests(before, after):
    """Keys of the tests of `after` that are new or differ from `before` in anything."""
    old = tests_by_key(before)
    return {key for key, test in tests_by_key(after).items() if old.get(key) != test}


def programs(test):
    """The files of a test that the build made, relative to the build tree."""
    return {path.removeprefix("build/") for path in test["files"] if path.startswith("build/")}


class _Reader:
    def __init__(self, workspace):
        self._workspace = workspace
        roots = "|".join(re.escape(str(root)) for root in (workspace.source, workspace.build))
        self._named = re.compile(f"(?:{roots})[^\\s;:,=\"']*")
        made = [path for path in project_files(workspace.build) if _is_elf(path)]
        self._loadable = _by_loaded_name(made)
        self._programs = {path.name: path for path in made if ".so" not in path.name}
        self._needed = _needed_names(made)
        self._hashes = {}

    def files_of(self, directory, test):
        """Every file that the test's texts name, with what those load, run or import in turn."""
        found, waiting = set(), [file for text in test.texts() for file in self._files_in(text)]
        if not test.command[0].startswith("/"):
            waiting.append(self._workspace.build / directory / test.command[0])
        while waiting:
            file = waiting.pop()
            if file not in found and file.is_file():
                found.add(file)
                waiting += self._used_by(file)
        return found

    def contents(self, files):
        for file in files - self._hashes.keys():
            self._hashes[file] = hashlib.sha256(file.read_bytes()).hexdigest()
        named = {str(file.relative_to(self._workspace.directory)): self._hashes[file] for file in files}
        return dict(sorted(named.items()))

    def _files_in(self, text):
        for match in self._named.finditer(text):
            path = pathlib.Path(match[0])
            if path.is_file():
                yield path
            elif path.is_dir() and self._workspace.source in path.parents:
                yield from project_files(path)

    def _used_by(self, file):
        if file in self._needed:
            return [self._loadable[name] for name in self._needed[file] if name in self._loadable]
        if file.suffix not in (".py", ".sh", ".cmake"):
            return []
        words = set(_WORD.findall(file.read_text(errors="replace")))
        imported = [path for path in file.parent.glob(f"*{file.suffix}") if path.stem in words]
        return [*imported, *(self._programs[word] for word in words & self._programs.keys())]


def _is_elf(path):
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _by_loaded_name(made):
    """Shared libraries by every name in their directory that leads to them."""
    names = {}
    for directory in {path.parent for path in made if ".so" in path.name}:
        for path in directory.iterdir():
            if ".so" in path.name:
                names[path.name] = path.resolve()
    return names


def _needed_names(made):
    needed = {path: [] for path in made}
    for path in made:
        listing = subprocess.run(["readelf", "-d", path], stdout=subprocess.PIPE, text=True, check=True).stdout
        needed[path] = re.findall(r"\(NEEDED\).*\[(.*)\]", listing)
    return needed


def _targets(workspace):
    """Name, artifacts, dependencies, sources and directory of every target that CMake's File API tells of.

    Artifacts are relative to the build tree, sources and directories to the repository.
    """

    def in_repository(path):
        return os.path.relpath(workspace.project / path, workspace.source)

    reply = workspace.build / ".cmake" / "api" / "v1" / "reply"
    index = json.loads(max(reply.glob("index-*.json")).read_text())
    model = json.loads((reply / index["reply"]["client-replay"]["codemodel-v2"]["jsonFile"]).read_text())
    targets = []
    for entry in model["configurations"][0]["targets"]:
        target = json.loads((reply / entry["jsonFile"]).read_text())
        targets.append({
            "id": target["id"],
            "name": target["name"],
            "directory": in_repository(target["paths"]["source"]),
            "artifacts": [artifact["path"] for artifact in target.get("artifacts", [])],
            "sources": [in_repository(source["path"]) for source in target.get("sources", [])],
            "dependencies": [needed["id"] for needed in target.get("dependencies", [])],
        })
    return targets
