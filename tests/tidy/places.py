"""Checks that things are where one looks for them: unit tests, the CMake module's reference, needed packages."""

import re

from tree import Violation

MODULE = "cmake/Winnow.cmake"
DEPENDENCIES = "cmake/dev/Dependencies.cmake"
INSTALLER = "cmake/dev/install-packages"

_INSTALLED = re.compile(r"^[^|#]+\|([a-z0-9.+-]+)$")
_NEEDED = re.compile(r"\bDEBIAN ([a-z][a-z0-9.+ -]*)\)")
# Packages that others in the list depend on.
_COMES_ALONG = ("libc6-dev",)
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


def packages_that_are_installed(tree):
    """What the build asks Debian for is what install-packages installs."""
    dependencies, installer = tree.file(DEPENDENCIES), tree.file(INSTALLER)
    if not dependencies or not installer:
        return
    installed = {match[1] for _, match in installer.grep(_INSTALLED)} | set(_COMES_ALONG)
    for line, match in dependencies.grep(_NEEDED):
        for package in match[1].split():
            if package not in installed:
                yield Violation(DEPENDENCIES, line, f"{package} is not in {INSTALLER}")


CHECKS = (unit_tests_at_the_mirrored_path, a_documented_module, packages_that_are_installed)
