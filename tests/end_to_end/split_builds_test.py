#!/usr/bin/env python3
"""How `winnow split` cuts for jobs that build, and for jobs that have little time."""

import json
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from daemon_case import DaemonCase

# Four programs with four tests each, whose names say nothing of the program: in turns, each job would build all four.
PROJECT = """
cmake_minimum_required(VERSION 3.24)
project(Shared LANGUAGES C)
enable_testing()
add_library(core STATIC core.c)
foreach(number RANGE 0 15)
  math(EXPR of "${number} % 4")
  if(NOT TARGET program${of})
    add_executable(program${of} main.c)
    target_link_libraries(program${of} PRIVATE core)
  endif()
  add_test(NAME test${number} COMMAND program${of} ${number})
endforeach()
"""

FILES = {"CMakeLists.txt": PROJECT, "core.c": "int core(void) { return 0; }\n",
         "main.c": "int core(void);\nint main(void) { return core(); }\n"}


class SplitBuilds(DaemonCase):
    @classmethod
    def setUpClass(cls):
        cls.source = pathlib.Path(tempfile.mkdtemp(prefix="wb-"))
        cls.addClassCleanup(shutil.rmtree, cls.source, ignore_errors=True)
        for name, text in FILES.items():
            (cls.source / name).write_text(text)
        subprocess.run(["cmake", "-G", "Ninja", "-S", cls.source, "-B", cls.source / "build"], check=True,
                       capture_output=True)

    def setUp(self):
        super().setUp()
        self.place = self.source

    def split(self, *arguments):
        """What is said, and the plan of all tests as a document."""
        file = self.root / "plan.json"
        done = self.winnow("split", "--all", "-j1", *arguments, "-o", file)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        return done, json.loads(file.read_text())

    def test_tests_of_one_program_go_to_one_job(self):
        done, plan = self.split("--chunks", "4")
        self.assertEqual([["program0"], ["program1"], ["program2"], ["program3"]],
                         sorted(chunk["targets"] for chunk in plan["chunks"]))
        self.assertEqual(4, plan["predicted_seconds"])  # each guessed to take a second
        # Every job builds the library.
        self.assertIn(f"together they build {plan['build_ratio']:.2f} times what one job would", done.stdout)
        self.assertGreater(plan["build_ratio"], 1)
        self.assertLess(plan["build_ratio"], 2)

    def test_of_jobs_that_build_the_time_for_that_counts(self):
        _, without = self.split("--chunks", "2")
        _, plan = self.split("--chunks", "2", "--build")
        self.assertEqual([0, 0], [chunk["build_seconds"] for chunk in without["chunks"]])
        for chunk in plan["chunks"]:
            self.assertGreater(chunk["build_seconds"], 1)
        self.assertAlmostEqual(plan["predicted_seconds"],
                               max(chunk["build_seconds"] + chunk["predicted_seconds"] for chunk in plan["chunks"]))
        self.assertGreaterEqual(plan["predicted_seconds"], plan["lower_bound_seconds"])

    def test_what_a_job_takes_besides_leaves_less_of_the_target(self):
        _, all_of_it = self.split("--target-time", "8s")
        _, half_of_it = self.split("--target-time", "8s", "--job-overhead", "4s")
        self.assertEqual(2, len(all_of_it["chunks"]))
        self.assertEqual(4, len(half_of_it["chunks"]))

    def test_an_overhead_that_leaves_no_time_is_refused(self):
        done = self.winnow("split", "--all", "--target-time", "1m", "--job-overhead", "60s")
        self.assertEqual(2, done.returncode, done.stdout + done.stderr)
        self.assertIn("leaves no time for tests", done.stderr)
        done = self.winnow("split", "--all", "--chunks", "2", "--job-overhead", "60s")
        self.assertEqual(2, done.returncode, done.stdout + done.stderr)

    def test_a_target_that_no_number_of_jobs_meets_is_said(self):
        done, plan = self.split("--target-time", "1500ms", "--job-overhead", "1s")
        self.assertEqual(16, len(plan["chunks"]))
        self.assertRegex(done.stderr, r"winnow: no number of jobs keeps to 1\.\d* ?s: chunk 0, with test\d+ that "
                                      r"cannot be parted, is predicted to take 2")
        done, _ = self.split("--target-time", "2s", "--job-overhead", "1s")
        self.assertNotIn("no number of jobs", done.stderr)


if __name__ == "__main__":
    unittest.main()
