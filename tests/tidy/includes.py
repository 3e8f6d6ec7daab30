"""Checks on #include lines: the one-way order between folders, and libraries kept to their folders."""

import re

from tree import Violation

# What each folder may include besides itself. Nothing here may become mutual.
_ANALYZER = {
    "analyzer/model": (),
    "analyzer/ingest": ("analyzer/model",),
    "analyzer/change": ("analyzer/model",),
    "analyzer/select": ("analyzer/model",),
    "analyzer/schedule": ("analyzer/model",),
    "analyzer/split": ("analyzer/model", "analyzer/schedule"),
    "analyzer/report": ("analyzer/model",),
}
_OF_ANALYZER = tuple(_ANALYZER)
ALLOWED = _ANALYZER | {
    "daemon/execute": _OF_ANALYZER,
    "daemon/store": _OF_ANALYZER,
    "daemon/engine": _OF_ANALYZER,
    "daemon/serve": _OF_ANALYZER + ("daemon/execute", "daemon/store", "daemon/engine"),
    "daemon/ci": _OF_ANALYZER,
    "daemon/client": _OF_ANALYZER,
    # The programs: wiring only.
    "daemon": _OF_ANALYZER
    + ("daemon/execute", "daemon/store", "daemon/engine", "daemon/serve", "daemon/ci", "daemon/client"),
}
# `--no-daemon` runs the daemon's core inside the client, and questions read its database where no daemon runs: the
# files that may know them.
EMBEDDING = {
    "daemon/client/embedded_daemon.cpp": ("daemon/serve",),
    "daemon/client/known_history.cpp": ("daemon/store",),
}

_TESTS = "tests/"
# Library headers, and the only places that may include them.
KEPT_TO = (
    (re.compile(r"^boost/graph/"), ("analyzer/model/", "tests/unit/analyzer/model/"), "Boost.Graph"),
    (re.compile(r"^boost/(beast|asio)[/.]"), ("daemon/", _TESTS), "Boost.Asio and Boost.Beast"),
    (re.compile(r"^curl/"), ("daemon/ci/",), "libcurl"),
    (re.compile(r"^sqlite3\.h"), ("daemon/store/", "tests/unit/daemon/store/"), "SQLite"),
)
# The analyzer is pure: no socket, no database, no thread.
_IMPURE = re.compile(r"^(thread|mutex|shared_mutex|condition_variable|future|sys/socket\.h|sys/un\.h|pthread\.h)$")


def include_order(tree):
    """Folders include only what the one-way order lets them."""
    for file in tree.below("analyzer/", "daemon/"):
        if not file.is_cpp:
            continue
        if file.folder not in ALLOWED:
            yield Violation(file.path, 1, f"folder {file.folder} has no place in the one-way include order")
            continue
        allowed = ALLOWED[file.folder] + (file.folder,) + EMBEDDING.get(file.path, ())
        for include in file.includes:
            folder = "/".join(include.target.split("/")[:-1][:2])
            if include.own and folder.startswith(("analyzer", "daemon", "tests")) and folder not in allowed:
                yield Violation(file.path, include.line, f"{file.folder} must not include {folder}")


def own_headers_from_the_root(tree):
    """A quoted include names a header by its path from the repository's root, or one that configuring generates."""
    generated = {path.rpartition("/")[2].removesuffix(".in") for path in tree.paths if path.endswith(".hpp.in")}
    for file in tree.below("analyzer/", "daemon/", "tests/"):
        if not file.is_cpp:
            continue
        for include in file.includes:
            if include.own and include.target not in tree.paths | generated:
                yield Violation(
                    file.path, include.line, f'"{include.target}" is no header by its path from the repository\'s root'
                )


def libraries_kept_to_their_folders(tree):
    """Boost.Graph, Asio, Beast and SQLite appear only where the design puts them."""
    for file in tree.below("analyzer/", "daemon/", "tests/"):
        if not file.is_cpp:
            continue
        for include in file.includes:
            for pattern, places, name in KEPT_TO:
                if pattern.match(include.target) and not file.path.startswith(places):
                    yield Violation(file.path, include.line, f"{name} may only be included in {', '.join(places)}")


def a_pure_analyzer(tree):
    """The analyzer knows no socket and no thread, and its scheduler no clock."""
    clock = re.compile(r"_clock::now\b")
    for file in tree.below("analyzer/"):
        if not file.is_cpp:
            continue
        for include in file.includes:
            if _IMPURE.match(include.target):
                yield Violation(file.path, include.line, f"the analyzer is pure: no <{include.target}>")
        if file.folder == "analyzer/schedule":
            for line, _ in file.grep(clock):
                yield Violation(file.path, line, "the scheduler has no clock; time comes in with its events")


CHECKS = (include_order, own_headers_from_the_root, libraries_kept_to_their_folders, a_pure_analyzer)
