"""What each test of a clean build is made of, by content. Shares nothing with the analyzer: two such answers, from
clean builds of two states at one path, say which tests a change can affect."""

import hashlib
import json
import pathlib
import re
import subprocess

# How a test is scheduled, named or reported changes no outcome.
_NO_OUTCOME = {"LABELS", "COST", "PROCESSORS", "RESOURCE_LOCK", "RUN_SERIAL", "ATTACHED_FILES", "ATTACHED_FILES_ON_FAIL"}


class Reading:
    """Reads files and libraries of one build, each once."""

    def __init__(self, tree):
        self.tree = tree
        self._contents = {}
        self._libraries = {}

    def content(self, path):
        """The content of a file, or of all files below a directory; None where there is nothing."""
        path = pathlib.Path(path)
        if path not in self._contents:
            self._contents[path] = self._read(path)
        return self._contents[path]

    def _read(self, path):
        if path.is_dir():
            below = sorted(inner for inner in path.rglob("*") if inner.is_file())
            return [(str(inner.relative_to(path)), self.content(inner)) for inner in below]
        if not path.exists():
            return None
        return hashlib.sha256(path.read_bytes()).hexdigest()

    def libraries(self, path):
        """The project's shared libraries that a program or library loads, its libraries' included."""
        if path not in self._libraries:
            found = self._needed(path)
            self._libraries[path] = sorted({inner for one in found for inner in [one, *self.libraries(one)]})
        return self._libraries[path]

    def _needed(self, path):
        with open(path, "rb") as file:
            start = file.read(4)
        if start == b"#!/b":
            return re.findall(r"^# needed (.*)$", pathlib.Path(path).read_text(), re.MULTILINE)
        if start != b"\x7fELF":
            return []
        said = subprocess.run(["ldd", path], capture_output=True, text=True, check=False).stdout
        return [place for place in re.findall(r"=> (\S+) \(", said) if place.startswith(str(self.tree.root))]


def tests_of(tree, state):
    """(directory, name) -> what the test is made of, from what is built in the work tree now."""
    reading = Reading(tree)
    known = {test.key: test for test in tree.project.tests_in(state)}
    described = _described(tree, known)
    if described.keys() != known.keys():
        raise RuntimeError(f"ctest lists other tests than were generated: {described.keys() ^ known.keys()}")
    found = {key: _made_of(reading, described[key], known[key]) for key in known}
    for key, test in known.items():
        for other in test.follows:
            found[key]["follows"] = {part: value for part, value in found[other].items() if part != "properties"}
    return found


def _described(tree, known):
    """(directory, name) -> ctest's own description of the test."""
    command = ["ctest", "--test-dir", str(tree.build), "--show-only=json-v1"]
    listing = json.loads(subprocess.run(command, env=tree.environment, capture_output=True, check=True).stdout)
    directories = {}
    for directory, name in known:
        directories.setdefault(name, []).append(directory)
    described = {}
    for test in listing["tests"]:
        candidates = directories.get(test["name"], ["?"])
        if len(candidates) > 1:
            where = next(one["value"] for one in test["properties"] if one["name"] == "WORKING_DIRECTORY")
            candidates = [str(pathlib.Path(where).relative_to(tree.build))]
        described[candidates[0], test["name"]] = test
    return described


def _made_of(reading, described, known):
    tree = reading.tree
    command = described.get("command", [])
    properties = {one["name"]: one["value"] for one in described["properties"] if one["name"] not in _NO_OUTCOME}
    opened = {}
    for word in command:
        path = word.rpartition("=")[2]
        if path.startswith(str(tree.root)) and pathlib.Path(path).is_file():
            opened[path] = reading.content(path)
        elif path.startswith(str(tree.source)) and not path.startswith(str(tree.build)) and pathlib.Path(path).is_dir():
            opened[path] = reading.content(path)
    for place in known.reads + known.loads:
        path = str(tree.build / place[6:]) if place.startswith("build:") else str(tree.source / place)
        opened[path] = reading.content(path)
    programs = [path for path, content in opened.items() if isinstance(content, str)]
    libraries = {one: reading.content(one) for program in programs for one in reading.libraries(program)}
    return {"command": command, "properties": properties, "opened": opened, "libraries": libraries}


def differing(before, after):
    """The tests that are new or made of something else, each with the parts that differ."""
    differences = {}
    for key, made_of in after.items():
        if key not in before:
            differences[key] = ["new"]
        elif made_of != before[key]:
            differences[key] = [part for part in made_of if made_of[part] != before[key].get(part)]
    return differences
