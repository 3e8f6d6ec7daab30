"""Checks that things are where a reader looks for them: unit tests, and the CMake module's reference."""

import re

from tree import Violation

MODULE = "cmake/Winnow.cmake"
_DEFINITION = re.compile(r"^\s*(?:function|macro)\s*\(\s*(\w+)", re.IGNORECASE)
_REFERENCE = re.compile(r"\b(winnow_\w+)\s*\(")


def unit_tests_at_the_mirrored_path(tree):
    """tests/unit/analyzer/x/y_test.cpp tests the folder analyzer/x."""
    folders = {file.path.rsplit("/", 1)[0] for file in tree.files if "/" in file.path}
    for file in tree.below("tests/unit/"):
        if not file.path.endswith(".cpp"):
            continue
        mirrored = file.path.removeprefix("tests/unit/").rpartition("/")[0]
        if mirrored not in folders:
            yield Violation(file.path, 1, f"there is no folder {mirrored or 'above it'} that this could test")


def _top_comment(file):
    """The module's leading comment, as one string."""
    text = []
    in_bracket = None
    for line in file.lines:
        if in_bracket:
            if in_bracket in line:
                in_bracket = None
            text.append(line)
        elif match := re.match(r"^#\[(=*)\[", line):
            in_bracket = f"]{match[1]}]"
            text.append(line)
        elif line.startswith("#") or not line.strip() or line.startswith("include_guard("):
            text.append(line)
        else:
            break
    return "\n".join(text)


def a_documented_module(tree):
    """Every public CMake function stands in the reference on top of the module, and nothing else does."""
    module = tree.file(MODULE)
    defined = {}
    for file in tree.below("cmake/"):
        if file.path.startswith("cmake/dev/") or not file.is_cmake:
            continue
        for line, match in file.grep(_DEFINITION):
            if not match[1].startswith(("winnow_", "_winnow_")):
                yield Violation(file.path, line, f"{match[1]} needs the prefix winnow_ (public) or _winnow_")
            elif match[1].startswith("winnow_"):
                defined[match[1]] = (file.path, line)
    documented = set(_REFERENCE.findall(_top_comment(module))) if module else set()
    for name in sorted(defined.keys() - documented):
        yield Violation(*defined[name], f"{name} is not in the reference on top of {MODULE}")
    for name in sorted(documented - defined.keys()):
        yield Violation(MODULE, 1, f"{name} is in the reference but defined nowhere")


CHECKS = (unit_tests_at_the_mirrored_path, a_documented_module)
