#!/usr/bin/env python3
"""Who runs beside whom: by stated memory, and by what tests of which nothing is known are seen to need."""

import json
import os
import pathlib
import unittest

from daemon_case import DaemonCase

MODULE = pathlib.Path(__file__).resolve().parents[2] / "cmake" / "Winnow.cmake"
# Being one of those that take more than half of the memory means to be alone in the directory `held`.
LARGE = """
include(%s)
winnow_enable()
foreach(number RANGE 1 4)
  add_test(NAME large.${number} COMMAND sh -c "mkdir ${HERE}/held && sleep 0.1 && rmdir ${HERE}/held")
  winnow_test_resources(TESTS large.${number} MEMORY %dMiB CPU 0.01)
endforeach()
"""
WAITING = """
foreach(number RANGE 1 30)
  add_test(NAME waits.${number} COMMAND sleep 0.7)
endforeach()
"""
COMPUTING = """
foreach(number RANGE 1 4)
  add_test(NAME computes.${number} COMMAND sh -c "i=0; while [ $i -lt 150000 ]; do i=$((i + 1)); done")
endforeach()
"""


def most_at_once(results):
    """Of the tests in a results document, how many ran at the same time."""
    moments = []
    for test in results["tests"]:
        start = test["started_us"]
        moments += [(start, 1), (start + test["duration_us"], -1)]
    running = most = 0
    for _, change in sorted(moments):
        running += change
        most = max(most, running)
    return most


class Resources(DaemonCase):
    def run_all(self, *arguments):
        done = self.winnow("run", "--all", "-B", self.configure(), "--results", self.root / "results.json", *arguments)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        return json.loads((self.root / "results.json").read_text())

    def test_two_that_state_more_than_half_of_the_memory_do_not_meet(self):
        memory_mb = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") >> 20
        self.write_project(LARGE % (MODULE, memory_mb * 6 // 10))
        self.assertEqual(1, most_at_once(self.run_all()))

    def test_tests_that_wait_run_beside_each_other_at_the_first_run(self):
        self.write_project(WAITING)
        self.assertGreater(most_at_once(self.run_all("-j1")), 8)

    def test_tests_that_compute_do_not(self):
        self.write_project(COMPUTING)
        self.assertEqual(1, most_at_once(self.run_all("-j1")))


if __name__ == "__main__":
    unittest.main()
