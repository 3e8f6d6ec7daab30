#!/usr/bin/env python3
"""Checks that every C++ file is formatted: `formatting.py [ROOT]`; exit 77 (skipped) without clang-format 14."""

import pathlib
import re
import shutil
import subprocess
import sys

from tree import Tree

# Each major version formats a little differently; only the pinned one can judge.
MAJOR = 14
SKIPPED = 77


def formatter():
    """The pinned clang-format's path, or None."""
    for name in (f"clang-format-{MAJOR}", "clang-format"):
        path = shutil.which(name)
        if path:
            version = subprocess.run([path, "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout
            if re.search(rf"version {MAJOR}\.", version):
                return path
    return None


def main():
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2]
    path = formatter()
    if not path:
        print(f"formatting: clang-format {MAJOR} is not installed; nothing was checked")
        return SKIPPED
    files = [file.path for file in Tree(root).house if file.is_cpp]
    if not files:
        return 0
    judged = subprocess.run(
        [path, "--dry-run", "--style=file", *files], cwd=root, stderr=subprocess.PIPE, text=True, check=True
    )
    unformatted = sorted({warning.split(":", 1)[0] for warning in judged.stderr.splitlines() if "-Wclang-format" in warning})
    if unformatted:
        print("formatting: run: clang-format -i " + " ".join(unformatted))
    return 1 if unformatted else 0


if __name__ == "__main__":
    sys.exit(main())
