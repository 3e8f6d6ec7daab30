#!/usr/bin/env python3
"""On a full disk no result is told before it is kept, and a run whose results cannot be kept has not passed."""

import subprocess
import sys
import unittest

from daemon_case import WINNOW, DaemonCase, within

TESTS = """
foreach(number RANGE 1 4)
  add_test(NAME gated.${number} COMMAND sh -c
    "echo x > ${HERE}/begun; while [ ! -e ${HERE}/go ]; do sleep 0.02; done")
endforeach()
"""


def mount_small_disk(directory):
    directory.mkdir()
    return subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", directory], capture_output=True)


class FullDisk(DaemonCase):
    def setUp(self):
        super().setUp()
        self.state = self.root / "state"
        mounted = mount_small_disk(self.state)
        if mounted.returncode != 0:
            self.skipTest(f"no small disk can be mounted: {mounted.stderr.decode()}")
        # Before the daemon has ended it cannot be unmounted; cleanups run in reverse.
        self.addCleanup(subprocess.run, ["umount", self.state], check=True)
        self.addCleanup(self.winnow, "daemon", "stop")
        self.write_project(TESTS)
        self.build = self.configure()

    def fill_disk(self):
        with open(self.state / "filler", "wb", buffering=0) as filler:
            try:
                while True:
                    filler.write(bytes(4096))
            except OSError:
                pass

    def run_on_full_disk(self, *arguments):
        """The client of a run whose tests end on a full disk; what it prints goes to files."""
        outputs = {name: self.root / name for name in ("out", "err")}
        with open(outputs["out"], "w") as out, open(outputs["err"], "w") as err:
            client = subprocess.Popen([WINNOW, *map(str, arguments)], env=self.environment, cwd=self.root,
                                      stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        self.addCleanup(client.kill)
        self.wait_for_file("begun")
        self.fill_disk()
        (self.root / "go").touch()
        return client, outputs

    def test_results_are_told_once_there_is_room(self):
        client, outputs = self.run_on_full_disk("run", "--all", "-j4", "-B", self.build)
        self.assertTrue(within(30, lambda: "results cannot be kept" in outputs["out"].read_text()))
        self.assertNotIn("PASS", outputs["out"].read_text())
        self.assertEqual(0, self.newest_run().get("finished", 0))
        (self.state / "filler").unlink()
        self.assertEqual(0, client.wait(timeout=60), outputs["err"].read_text())
        out = outputs["out"].read_text()
        self.assertIn("results are kept again", out)
        self.assertEqual(4, out.count("PASS"))
        self.assertEqual(("completed", 4), (self.newest_run()["state"], self.newest_run()["finished"]))

    def test_a_run_that_cannot_be_kept_is_incomplete(self):
        self.environment["WINNOW_STORE_SECONDS"] = "0.3"
        client, outputs = self.run_on_full_disk("run", "--all", "-j4", "-B", self.build)
        self.assertEqual(5, client.wait(timeout=60), outputs["err"].read_text())
        out = outputs["out"].read_text()
        self.assertNotIn("PASS", out)
        self.assertRegex(out, r"incomplete in .*: no tests, 4 without a result")
        refused = self.winnow("run", "--all", "-B", self.build)
        self.assertEqual(69, refused.returncode, refused.stdout)
        self.assertIn("winnow: ", refused.stderr)
        (self.state / "filler").unlink()
        again = self.winnow("run", "--all", "-B", self.build)
        self.assertEqual(0, again.returncode, again.stdout + again.stderr)

    def test_ctest_tells_it_on_standard_error(self):
        self.environment["WINNOW_STORE_SECONDS"] = "0.3"
        client, outputs = self.run_on_full_disk("ctest", "-j4", "--test-dir", self.build)
        self.assertEqual(5, client.wait(timeout=60), outputs["err"].read_text())
        self.assertNotIn("Passed", outputs["out"].read_text())
        self.assertIn("winnow: results cannot be kept", outputs["err"].read_text())
        self.assertNotIn("No tests were found", outputs["err"].read_text())


if __name__ == "__main__":
    program = unittest.main(exit=False)
    if program.result.skipped and len(program.result.skipped) == program.result.testsRun:
        sys.exit(77)
    sys.exit(not program.result.wasSuccessful())
