"""What simpler tools would select for a change: by target, and by what `ninja -n` would link."""

import pathlib

from replay_state import programs, tests_by_key

_COMPILED = {".c", ".cc", ".cpp", ".cxx", ".h", ".hh", ".hpp", ".hxx", ".ipp", ".inc", ".inl", ".S"}


def is_cmake_file(path):
    return path.endswith((".cmake", ".cmake.in")) or path.rpartition("/")[2] == "CMakeLists.txt"


def target_level(before, after, changed_files):
    """Tests of `after` whose programs' targets depend on a target that owns a changed file.

    A file is owned by the targets that list it, a source or header that none lists by those of the nearest
    directory that has targets. A change of CMake's own files affects everything.
    """
    tests = tests_by_key(after)
    if any(is_cmake_file(file) for file in changed_files):
        return set(tests)
    affected = {owner for state in (before, after) for file in changed_files for owner in _owners(state, file)}
    size = -1
    while size != len(affected):
        size = len(affected)
        affected |= {target["id"] for target in after["targets"] if affected & set(target["dependencies"])}
    artifacts = {path for target in after["targets"] if target["id"] in affected for path in target["artifacts"]}
    return {key for key, test in tests.items() if programs(test) & artifacts}


def _owners(state, file):
    listing = [target["id"] for target in state["targets"] if file in target["sources"]]
    if listing or pathlib.PurePosixPath(file).suffix not in _COMPILED:
        return listing
    for directory in pathlib.PurePosixPath(file).parents:
        nearest = [target["id"] for target in state["targets"] if target["directory"] == str(directory)]
        if nearest:
            return nearest
    return []


def linked_tests(state, linked):
    """Tests of the state of whose files one is in `linked`, paths in the build tree."""
    return {key for key, test in tests_by_key(state).items() if programs(test) & linked}
