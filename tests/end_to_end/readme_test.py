#!/usr/bin/env python3
"""What the README tells to type exists, and its lists are those of the code."""

import functools
import os
import pathlib
import re
import shlex
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()
WINNOW = os.environ.get("WINNOW", "winnow")


def commands():
    """The words of every command of Winnow in a block of shell code or in backquotes."""
    blocks = re.findall(r"^```(?:sh|console)\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)
    lines = [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]
    lines += re.findall(r"`(winnow [^`]*)`", README)
    return [shlex.split(line, comments=True) for line in lines if line.startswith("winnow ")]


@functools.lru_cache(maxsize=None)
def help_of(*verb):
    done = subprocess.run([WINNOW, *verb, "--help"], capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else None


def verb_of(words):
    verb = [words[1]]
    if words[1] in ("graph", "daemon") or words[1:3] in (["history", "export"], ["history", "import"]):
        verb.append(words[2].split("|")[0])
    return verb


class Readme(unittest.TestCase):
    def test_every_command_and_option_exists(self):
        self.assertLess(20, len(commands()))
        for words in commands():
            with self.subTest(shlex.join(words)):
                told = help_of(*verb_of(words))
                self.assertIsNotNone(told, "no such verb")
                for option in (word for word in words[2:] if re.match(r"--?[a-zA-Z]", word)):
                    name = re.match(r"--[a-z-]+|-[a-zA-Z]", option).group()
                    self.assertRegex(told, rf"(?m)(^ *|,){name}\b")

    def test_the_exit_codes_are_those_of_the_code(self):
        header = (ROOT / "analyzer/model/exit_code.hpp").read_text()
        body = re.search(r"enum class ExitCode : int \{(.*?)\}", header, flags=re.DOTALL).group(1)
        section = re.search(r"^## Exit codes\n(.*?)^## ", README, flags=re.MULTILINE | re.DOTALL).group(1)
        self.assertEqual(sorted(re.findall(r"= (\d+)", body), key=int),
                         sorted(re.findall(r"(?:^|; |\n)(\d+) ", section), key=int))

    def test_files_it_names_are_there(self):
        named = re.findall(r"\]\(([^)#]+)\)", README) + re.findall(r"`((?:cmake|examples|tests)/[\w/.]+)`", README)
        self.assertLess(2, len(named))
        for name in named:
            with self.subTest(name):
                self.assertTrue((ROOT / name).exists())


if __name__ == "__main__":
    unittest.main()
