#!/usr/bin/env python3
"""Checks the form of this repository's own code: `tidy.py [ROOT]` prints each violation, exit 1 if any."""

import pathlib
import sys

import form
import includes
import places
from tree import Tree

CHECKS = includes.CHECKS + form.CHECKS + places.CHECKS


def violations(root):
    """Everything that breaks a rule below `root`, as a list of Violation."""
    tree = Tree(root)
    return [violation for check in CHECKS for violation in check(tree)]


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2]
    found = violations(root)
    for violation in found:
        print(violation)
    print(f"tidy: {len(found)} violations of {len(CHECKS)} rules")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
