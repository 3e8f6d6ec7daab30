"""Checks on the form of files: size, names, first line, and what must not be in them."""

import re

from tree import Violation

MAX_LINES = 400
# Files that may be longer, each with the reason; an entry that is no longer needed is a violation itself.
LONG_FILES = {}

_NAME_PARTS = re.compile(r"[._-]")
_FORBIDDEN_PARTS = {"util", "utils", "helper", "helpers", "manager", "common", "impl"}
_SNAKE_CASE = re.compile(r"^[a-z0-9]+(_[a-z0-9]+)*\.(cpp|hpp|py)$")
_OTHER_CPP_SUFFIXES = (".h", ".hh", ".hxx", ".cc", ".cxx", ".c++")
_CPP_PURPOSE = re.compile(r"^///? \S")
_UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX)\b")
_MACHINE_PATH = re.compile(r"(?<![\w.$})])/(home|root|work|Users)/\w|https?://(deb|registry)\.")
_USING_NAMESPACE = re.compile(r"^\s*using\s+namespace\b")


def short_files(tree):
    """A file of more than 400 lines has an entry with a reason."""
    for file in tree.house:
        if not (file.is_cpp or file.is_cmake or file.is_script):
            continue
        count = len(file.lines)
        if count > MAX_LINES and file.path not in LONG_FILES:
            yield Violation(file.path, count, f"{count} lines; split it, or give a reason in LONG_FILES")
        if count <= MAX_LINES and file.path in LONG_FILES:
            yield Violation(file.path, count, "is short enough: remove its entry from LONG_FILES")


def names_that_say_what_a_file_holds(tree):
    """snake_case, one pair of suffixes, and no name that could hold anything."""
    for file in tree.house:
        name = file.path.rsplit("/", 1)[-1]
        parts = {part for step in file.path.lower().split("/") for part in _NAME_PARTS.split(step)}
        for part in sorted(parts & _FORBIDDEN_PARTS):
            yield Violation(file.path, 1, f"'{part}' says nothing about what it holds")
        if name.endswith((".cpp", ".hpp", ".py")) and not _SNAKE_CASE.match(name) and name != "__init__.py":
            yield Violation(file.path, 1, "file names are snake_case")
        if name.endswith(_OTHER_CPP_SUFFIXES):
            yield Violation(file.path, 1, "C++ files end in .hpp or .cpp")


def a_purpose_on_top(tree):
    """The first line says what the file is for; in a script the line after #!."""
    for file in tree.house:
        if file.is_cpp:
            if not file.lines or not _CPP_PURPOSE.match(file.lines[0]):
                yield Violation(file.path, 1, "the first line is a // comment that says the file's purpose")
        elif file.is_script:
            first = file.lines[1:] if file.lines and file.lines[0].startswith("#!") else file.lines
            if not first or not re.match(r'^(# \S|"""\S)', first[0]):
                yield Violation(file.path, 1, "the first line of a script says its purpose")


def headers(tree):
    """Headers are included once and bring in no names."""
    for file in tree.house:
        if not file.path.endswith(".hpp"):
            continue
        if "#pragma once" not in file.lines:
            yield Violation(file.path, 1, "no #pragma once")
        for line, _ in file.grep(_USING_NAMESPACE):
            yield Violation(file.path, line, "no `using namespace` in a header")


def nothing_unfinished_or_local(tree):
    """No unfinished marks, and no path or address of one machine."""
    for file in tree.house:
        for line, match in file.grep(_UNFINISHED):
            yield Violation(file.path, line, f"{match[0]}: finish it, or write it down as an issue")
        for line, match in file.grep(_MACHINE_PATH):
            yield Violation(file.path, line, f"a path or address of one machine: {match[0]}...")


CHECKS = (short_files, names_that_say_what_a_file_holds, a_purpose_on_top, headers, nothing_unfinished_or_local)
