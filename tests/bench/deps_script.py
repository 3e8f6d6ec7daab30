#!/usr/bin/env python3
"""What one would write without Winnow: the programs that a change affects, from `ninja -t deps` and build.ninja.

    deps_script.py BUILD-DIRECTORY FILE...      files as the compiler names them
"""

import collections
import pathlib
import subprocess
import sys


def objects_reading(build, files):
    """Outputs whose record in ninja's log of headers names one of the files."""
    found, output = set(), None
    listing = subprocess.Popen(["ninja", "-C", build, "-t", "deps"], stdout=subprocess.PIPE, text=True)
    for line in listing.stdout:
        if line.startswith("    "):
            if line[4:-1] in files:
                found.add(output)
        elif ": #deps" in line:
            output = line.partition(": #deps")[0]
    if listing.wait() != 0:
        sys.exit("deps_script: ninja -t deps failed")
    return found


def users_and_programs(build):
    """For each file the outputs made of it, and the outputs that are linked programs."""
    users, programs = collections.defaultdict(list), set()
    with open(pathlib.Path(build, "build.ninja"), encoding="utf-8") as statements:
        for line in statements:
            if not line.startswith("build "):
                continue
            outputs, _, rest = line[6:].partition(": ")
            rule, _, inputs = rest.partition(" ")
            if rule == "phony":
                continue
            if "_EXECUTABLE_LINKER__" in rule:
                programs.update(outputs.split())
            for name in inputs.partition("||")[0].split():
                users[name].extend(outputs.split())
    return users, programs


def main():
    build, files = sys.argv[1], set(sys.argv[2:])
    users, programs = users_and_programs(build)
    reached = objects_reading(build, files)
    waiting = [*reached, *files]
    while waiting:
        for output in users.get(waiting.pop(), ()):
            if output not in reached:
                reached.add(output)
                waiting.append(output)
    print(*sorted(reached & programs), sep="\n")


if __name__ == "__main__":
    main()
