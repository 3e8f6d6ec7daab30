#!/usr/bin/env python3
"""cmake/dev/install-packages installs exactly what is missing, as who may, and says what is needed where it cannot."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "cmake" / "dev" / "install-packages"
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
APT_GET = '#!/bin/sh\necho "${VIA_SUDO-}apt-get $*" >>"$CALLS"\n'
SUDO = '#!/bin/sh\nVIA_SUDO="sudo " exec "$@"\n'
DEBIAN = 'ID=debian\nVERSION_ID="12"\n'
# A relative of Debian, one that is none though it has Debian's tools, and one without a name.
MINT, FEDORA, NAMELESS = 'ID=linuxmint\nID_LIKE="ubuntu debian"\n', 'ID=fedora\nID_LIKE="rhel"\n', "VERSION_ID=1\n"

IS_ROOT = os.geteuid() == 0
NOBODY = 65534  # a user that is not root, for a test that is


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
        # A copy, for users who may not enter the directory of the sources.
        self.script = shutil.copy(SCRIPT, self.directory)
        self.os_release = DEBIAN
        self.user = None  # who runs the script; None is whoever runs the test

    def tool(self, name, text):
        (self.bin / name).write_text(text)
        (self.bin / name).chmod(0o755)

    def be_no_root(self):
        if IS_ROOT:
            self.user = NOBODY
            self.directory.chmod(0o755)

    def file(self, name, text):
        """A file that the script's user may write."""
        path = self.directory / name
        path.write_text(text)
        path.chmod(0o666)
        return str(path)

    def run_script(self, have, offered=(), script=None):
        """Exit code, standard error, and how apt-get was called, with `sudo` in front of a call through it."""
        calls = self.file("calls", "")
        environment = {
            "PATH": str(self.bin),
            "HAVE": self.file("have", "".join(f"{name}\n" for name in have)),
            "OFFERED": self.file("offered", "".join(f"{name}\n" for name in offered)),
            "OS_RELEASE": self.file("os-release", self.os_release),
            "CALLS": calls,
        }
        done = subprocess.run(["bash", str(script or self.script)], env=environment, user=self.user, text=True,
                              stdin=subprocess.DEVNULL, capture_output=True, check=False)
        return done.returncode, done.stderr, pathlib.Path(calls).read_text().splitlines()

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

    @unittest.skipUnless(IS_ROOT, "only root can be root")
    def test_root_needs_no_sudo(self):
        _, _, calls = self.run_script([], self.versions(NEEDED))
        self.assertEqual(["apt-get", "apt-get"], [call.split()[0] for call in calls])

    def test_who_is_not_root_installs_with_sudo(self):
        self.be_no_root()
        code, stderr, calls = self.run_script([], self.versions(NEEDED))
        self.assertEqual(0, code, stderr)
        self.assertEqual(2, len(calls), calls)
        for call, ending in zip(calls, (" update", " ".join(["install -y --no-install-recommends", *NEEDED]))):
            self.assertTrue(call.startswith("sudo apt-get "), call)
            self.assertTrue(call.endswith(ending), call)

    def test_who_is_not_root_needs_no_sudo_when_nothing_is_missing(self):
        self.be_no_root()
        (self.bin / "sudo").unlink()
        self.assertEqual((0, "", []), self.run_script(self.versions(NEEDED)))

    def test_a_relative_of_debian_serves(self):
        self.os_release = MINT
        self.assertEqual((0, "", []), self.run_script(self.versions(NEEDED)))

    def assert_lists_what_is_needed(self, script=None):
        code, stderr, calls = self.run_script(self.versions(NEEDED), script=script)
        self.assertEqual((69, []), (code, calls), stderr)
        self.assertIn("this is not Debian or a relative of it", stderr)
        for name in NEEDED:
            self.assertIn(f" {name}\n", stderr)

    def test_another_distribution_is_told_what_is_needed(self):
        for other in (FEDORA, NAMELESS):
            with self.subTest(other):
                self.os_release = other
                self.assert_lists_what_is_needed()

    def test_both_commands_of_the_readme_say_so_and_end(self):
        for tool in ("dirname", "mktemp", "mkdir", "rm"):
            (self.bin / tool).symlink_to(shutil.which(tool))
        self.os_release = FEDORA
        for command in ("examples/demo", "tests/run"):
            with self.subTest(command):
                self.assert_lists_what_is_needed(ROOT / command)

    def test_a_system_without_debian_s_tools_is_told_what_is_needed(self):
        for tool in ("apt-get", "dpkg-query"):
            with self.subTest(tool):
                text = (self.bin / tool).read_text()
                (self.bin / tool).unlink()
                self.assert_lists_what_is_needed()
                self.tool(tool, text)

    def test_without_sudo_a_user_is_told_the_command(self):
        self.be_no_root()
        (self.bin / "sudo").unlink()
        code, stderr, calls = self.run_script(self.versions(name for name in NEEDED if name != "cmake"))
        self.assertEqual((69, []), (code, calls))
        self.assertIn("apt-get install --no-install-recommends cmake", stderr)


if __name__ == "__main__":
    unittest.main()
