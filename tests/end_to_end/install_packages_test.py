#!/usr/bin/env python3
"""cmake/dev/install-packages installs exactly what is missing, and says what is needed where it cannot."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "cmake" / "dev" / "install-packages"
NEEDED = re.findall(r"^[^|#\n]+\|([\w.+-]+)$", SCRIPT.read_text(), re.MULTILINE)

# Stand-ins for the machine's package tools: HAVE and OFFERED list "name version" of what is installed and on offer.
DPKG_QUERY = """#!/bin/sh
field=$3 name=$4
while read -r have version; do
  if [ "$have" = "$name" ]; then
    case $field in *Status*) printf installed ;; *) printf %s "$version" ;; esac
    exit 0
  fi
done <"$HAVE"
exit 1
"""
APT_CACHE = """#!/bin/sh
while read -r name version; do
  [ "$name" = "$2" ] && echo "  Candidate: $version"
done <"$OFFERED"
exit 0
"""
APT_GET = '#!/bin/sh\necho "$*" >>"$CALLS"\n'
SUDO = '#!/bin/sh\necho sudo >>"$CALLS"\nexec "$@"\n'


class InstallPackages(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory(prefix="install-packages-")
        self.addCleanup(directory.cleanup)
        self.directory = pathlib.Path(directory.name)
        self.bin = self.directory / "bin"
        self.bin.mkdir()
        for tool in ("bash", "env", "awk", "sh", "cat", "dpkg"):
            path = shutil.which(tool)
            if not path:
                self.skipTest(f"{tool} is not on this machine")
            (self.bin / tool).symlink_to(path)
        for name, text in (("dpkg-query", DPKG_QUERY), ("apt-cache", APT_CACHE), ("apt-get", APT_GET), ("sudo", SUDO)):
            self.tool(name, text)

    def tool(self, name, text):
        (self.bin / name).write_text(text)
        (self.bin / name).chmod(0o755)

    def run_script(self, have, offered=()):
        """Exit code, standard error, and how apt-get was called, with `sudo` before a call through it."""
        environment = {"PATH": str(self.bin)}
        for variable, names in (("HAVE", have), ("OFFERED", offered)):
            file = self.directory / variable
            file.write_text("".join(f"{name}\n" for name in names))
            environment[variable] = str(file)
        calls = self.directory / "calls"
        calls.write_text("")
        environment["CALLS"] = str(calls)
        done = subprocess.run(
            ["bash", str(SCRIPT)], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stderr, [line for line in calls.read_text().splitlines() if line != "sudo"]

    @staticmethod
    def versions(names, version="1.81.0-5"):
        return [f"{name} {version}" for name in names]

    def test_with_everything_there_nothing_is_called(self):
        self.assertEqual((0, "", []), self.run_script(self.versions(NEEDED)))

    def test_only_what_is_missing_is_installed(self):
        have = [name for name in NEEDED if name not in ("cmake", "libre2-dev")]
        code, _, calls = self.run_script(self.versions(have), self.versions(NEEDED))
        self.assertEqual(0, code)
        self.assertEqual(2, len(calls), calls)
        self.assertTrue(calls[0].endswith(" update"), calls)
        self.assertTrue(calls[1].endswith("install -y --no-install-recommends cmake libre2-dev"), calls)

    def test_a_newer_default_boost_serves(self):
        others = [name for name in NEEDED if "boost" not in name]
        default = [name.replace("1.81", "") for name in NEEDED if "boost" in name]
        code, _, calls = self.run_script(self.versions(others), self.versions(default, "1.83.0.2"))
        self.assertEqual(0, code)
        self.assertTrue(calls[1].endswith(" ".join(default)), calls)
        self.assertEqual((0, "", []), self.run_script(self.versions(others) + self.versions(default, "1.83.0.2")))

    def test_an_older_default_boost_does_not(self):
        others = [name for name in NEEDED if "boost" not in name]
        default = [name.replace("1.81", "") for name in NEEDED if "boost" in name]
        code, stderr, calls = self.run_script(self.versions(others), self.versions(default, "1.74.0.3"))
        self.assertEqual(69, code)
        self.assertIn("it has: 1.74.0.3", stderr)
        self.assertEqual(1, len(calls), "nothing is installed")

    def test_elsewhere_it_lists_what_is_needed(self):
        (self.bin / "apt-get").unlink()
        code, stderr, _ = self.run_script([])
        self.assertEqual(69, code)
        for name in NEEDED:
            self.assertIn(f" {name}\n", stderr)

    @unittest.skipIf(os.geteuid() == 0, "root needs no sudo")
    def test_without_sudo_a_user_is_told_the_command(self):
        (self.bin / "sudo").unlink()
        code, stderr, calls = self.run_script(self.versions(name for name in NEEDED if name != "cmake"))
        self.assertEqual((69, []), (code, calls))
        self.assertIn("apt-get install --no-install-recommends cmake", stderr)


if __name__ == "__main__":
    unittest.main()
