#!/usr/bin/env python3
"""Runs that need more memory than there is, and machines that lose memory or a cpu meanwhile."""

import json
import os
import pathlib
import subprocess
import sys
import unittest

from daemon_case import WINNOW, DaemonCase, within
from limited_group import LimitedGroup

# Takes so many megabytes, a few at a time, and keeps them for a while.
TAKES = """
import sys, time
megabytes, step, pause, keeps = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4])
kept = []
for taken in range(0, megabytes, step):
    kept.append(bytearray(b"x") * (step << 20))
    time.sleep(pause)
time.sleep(keeps)
"""

# Its parent fails rather than dies.
CHILD = """
import subprocess, sys
sys.exit(3 if subprocess.run([sys.executable, "-S", TAKES, *sys.argv[1:]]).returncode else 0)
"""

PYTHON = f"{sys.executable} -S"


def takes(name, megabytes, step=20, pause=0.0, keeps=0.3, program="takes.py"):
    return f"add_test(NAME {name} COMMAND {PYTHON} ${{HERE}}/{program} {megabytes} {step} {pause} {keeps})\n"


class Pressure(DaemonCase):
    controller = "memory"

    def setUp(self):
        super().setUp()
        try:
            self.group = LimitedGroup(self.controller)
        except OSError as why:
            self.skipTest(f"no cgroup with limits can be made here: {why}")
        self.addCleanup(self.group.__exit__)
        self.addCleanup(self.winnow, "daemon", "stop")  # before the group goes
        (self.root / "takes.py").write_text(TAKES)
        (self.root / "parent.py").write_text(CHILD.replace("TAKES", f'"{self.root}/takes.py"'))

    def inside(self, *arguments, program=WINNOW, where=None):
        """Started in the group, with a daemon that lives there."""
        return subprocess.Popen([program, *map(str, arguments)], env=self.environment, cwd=where or self.place, text=True,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                preexec_fn=self.group.enter)

    def run_inside(self, *arguments, **options):
        process = self.inside(*arguments, **options)
        out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def results(self):
        """By name: the records of all attempts."""
        tests = json.loads((self.root / "results.json").read_text())["tests"]
        return {test["name"]: test.get("attempts", [test]) for test in tests}

    def run_all(self, *options):
        return self.run_inside("run", "--all", "-B", self.build, "--results", self.root / "results.json", *options)

    def is_under_way(self):
        runs = json.loads(self.winnow("status", "--format", "json").stdout)["runs"]
        return runs and runs[0]["state"] == "running" and runs[0].get("finished", 0) > 2

    def project(self, tests):
        self.write_project(tests)
        self.build = self.configure()


class ShortMemory(Pressure):
    def test_a_suite_of_which_nothing_is_known_ends_right(self):
        self.group.limit_memory(300)
        self.project("".join(takes(f"t{number}", 60 + 20 * (number % 4)) for number in range(12)))
        run = self.run_all()
        self.assertEqual(0, run.returncode, run.stdout + run.stderr)
        verdicts = [[attempt["verdict"] for attempt in attempts] for attempts in self.results().values()]
        self.assertEqual(12, len(verdicts))
        for attempts in verdicts:
            self.assertIn(attempts, (["passed"], ["cancelled", "passed"]))
        self.assertNotIn("CRASH", run.stdout)

    def test_and_with_history_nobody_is_killed(self):
        self.group.limit_memory(400)
        self.project("".join(takes(f"t{number}", 60 + 20 * (number % 4)) for number in range(12)))
        self.assertEqual(0, self.run_all("-j1").returncode)
        before = self.group.oom_kills()
        run = self.run_all()
        self.assertEqual(0, run.returncode, run.stdout + run.stderr)
        self.assertNotIn("ENVIRONMENT", run.stdout)
        self.assertEqual(before, self.group.oom_kills())

    def test_the_youngest_is_ended_before_the_kernel_kills(self):
        self.group.limit_memory(300)
        self.project("".join(takes(f"grows{number}", 180, 2, 0.03) for number in range(2)))
        run = self.run_all("--junit", self.root / "results.xml")
        self.assertEqual(0, run.returncode, run.stdout + run.stderr)
        self.assertRegex(run.stdout, r"(?m)^ ENVIRONMENT \[ *[0-9.]+s\] grows[01]: ended while memory was short, with \d+ MB; again, alone$")
        self.assertRegex(run.stdout, r"(?m)^  TRY 2 PASS \[")
        self.assertIn("2 passed; 1 ran again alone, since memory was short", run.stdout)
        self.assertEqual(0, self.group.oom_kills())
        ended, = (attempts for attempts in self.results().values() if len(attempts) == 2)
        self.assertEqual([True, True], [attempt["environment"] for attempt in ended])
        self.assertGreater(ended[0]["peak_memory_bytes"], 80 << 20)
        self.assertIn('<property name="environment" value="ended while memory was short, with ', (self.root / "results.xml").read_text())
        self.assertNotIn("flakyFailure", (self.root / "results.xml").read_text())
        self.assertIn("no test was flaky", self.winnow("flaky", "-B", self.build).stdout)
        pressure = json.loads(self.winnow("status", "--format", "json").stdout)["status"]["use"]["pressure"]
        self.assertEqual({"short_of": "none", "tests_ended": 1, "tests_killed": 0}, pressure)
        self.assertIn("\nmemory ran out: 1 test ended by winnow, 0 killed by the kernel since the daemon started\n",
                      self.winnow("status").stdout)

    def test_below_make_the_token_of_who_is_ended_goes_back(self):
        self.group.limit_memory(300)
        self.project("".join(takes(f"grows{number}", 180, 2, 0.03) for number in range(2)))
        fifo = self.root / "fifo"
        os.mkfifo(fifo)
        tokens = os.open(fifo, os.O_RDWR)
        self.addCleanup(os.close, tokens)
        os.write(tokens, b"+")
        self.environment["MAKEFLAGS"] = f" -j2 --jobserver-auth=fifo:{fifo}"
        run = self.run_all()
        self.assertEqual(0, run.returncode, run.stdout + run.stderr)
        self.assertRegex(run.stdout, r"(?m)^ ENVIRONMENT .* grows[01]: ended while memory was short, with \d+ MB; again, alone$")
        self.assertEqual(0, self.group.oom_kills())
        os.write(tokens, b"|")
        self.assertEqual(b"+|", os.read(tokens, 10))

    def test_who_holds_a_lock_is_not_ended(self):
        self.group.limit_memory(300)
        self.project(takes("alone", 180, 2, 0.03) + takes("holds", 180, 2, 0.03) +
                     "set_tests_properties(holds PROPERTIES RESOURCE_LOCK db)\n")
        run = self.run_all()
        self.assertEqual(0, run.returncode, run.stdout + run.stderr)
        self.assertEqual(1, len(self.results()["holds"]))
        self.assertEqual(["cancelled", "passed"], [attempt["verdict"] for attempt in self.results()["alone"]])

    def test_who_needs_more_than_there_is_is_over_memory(self):
        self.group.limit_memory(200)
        self.project(takes("large", 400) + takes("small", 20) + takes("parent", 400, program="parent.py"))
        run = self.run_all("--retries", "3")
        self.assertEqual(100, run.returncode, run.stdout + run.stderr)
        results = self.results()
        self.assertEqual("passed", results["small"][-1]["verdict"])  # it may have been the youngest
        self.assertEqual("over memory", results["large"][-1]["verdict"])
        self.assertRegex(results["large"][-1]["reason"], r"^killed for want of memory though it ran alone: \d+ MB seen, of 200 MB$")
        self.assertRegex(results["parent"][-1]["reason"], "^exit code 3, and a process was killed for want of memory")
        self.assertRegex(run.stdout, r"(?m)MEMORY \[.*large: killed for want of memory")
        self.assertNotIn("CRASH", run.stdout)

    def test_in_ctests_place(self):
        self.group.limit_memory(150)
        self.project(takes("large", 300) + takes("small", 20))
        real = self.run_inside("--test-dir", self.build, "-j2", program="ctest")
        strict = self.run_inside("ctest", "--test-dir", self.build, "-j2", "--strict-ctest")
        self.assertEqual(8, real.returncode)
        self.assertEqual(8, strict.returncode)
        for outcome in (real, strict):
            self.assertRegex(outcome.stdout, r"large \.+Subprocess killed\*\*\*Exception: ")
        ours = self.run_inside("ctest", "--test-dir", self.build, "-j2")
        self.assertEqual(8, ours.returncode)
        self.assertRegex(ours.stderr, "(?m)^winnow: large: killed for want of memory, with .* MB; it runs again, alone$")
        self.assertRegex(ours.stdout, r"large \.+\*\*\*Failed  killed for want of memory though it ran alone: ")
        self.assertRegex(ours.stdout, "50% tests passed, 1 tests failed out of 2")


class LostMemory(Pressure):
    def test_a_limit_that_falls_while_tests_run(self):
        self.group.limit_memory(1000)
        self.project("".join(takes(f"t{number:02}", 100, 10, 0.02, 0.5) for number in range(16)))
        self.assertEqual(0, self.run_all().returncode)  # now it is known what they take
        process = self.inside("run", "--all", "-B", self.build, "--results", self.root / "results.json")
        self.assertTrue(within(30, self.is_under_way))
        self.assertTrue(within(30, lambda: self.lowers_limit(350)), "the limit could not be lowered")
        out, err = process.communicate(timeout=120)
        self.assertEqual(0, process.returncode, out + err)
        self.assertNotIn("CRASH", out)
        self.assertEqual({"passed"}, {attempts[-1]["verdict"] for attempts in self.results().values()})

    def lowers_limit(self, megabytes):
        """The kernel refuses (v1) while more is in use than it can take back."""
        try:
            self.group.limit_memory(megabytes)
            return True
        except OSError:
            return False


class LostCpu(Pressure):
    controller = "cpu"

    def test_a_quota_that_falls_while_tests_run(self):
        if (os.cpu_count() or 1) < 2:
            self.skipTest("there is one cpu only")
        busy = "i=0; while [ $i -lt 60000 ]; do i=$((i + 1)); done"
        self.project("".join(f'add_test(NAME t{number:02} COMMAND sh -c "{busy}")\n' for number in range(20)) +
                     "add_test(NAME wide COMMAND true)\n"
                     "set_tests_properties(wide PROPERTIES PROCESSORS 2 DEPENDS t00)\n")
        process = self.inside("run", "--all", "-B", self.build, "--results", self.root / "results.json")
        self.assertTrue(within(30, self.is_under_way))
        self.group.limit_cpus(1)
        out, err = process.communicate(timeout=120)
        self.assertEqual(0, process.returncode, out + err)
        self.assertIn("21 passed", out)


class LostAffinity(DaemonCase):
    def test_a_cpu_that_is_taken_from_the_daemon(self):
        cpus = sorted(os.sched_getaffinity(0))
        if len(cpus) < 2:
            self.skipTest("there is one cpu only")
        self.write_project('''
          add_test(NAME first COMMAND sh -c "touch ${HERE}/running; while [ ! -e ${HERE}/taken ]; do sleep 0.02; done; sleep 0.5")
          foreach(number RANGE 1 6)
            add_test(NAME held.${number} COMMAND sh -c "mkdir ${HERE}/held && sleep 0.05 && rmdir ${HERE}/held")
            set_tests_properties(held.${number} PROPERTIES PROCESSORS 2 PROCESSOR_AFFINITY ON DEPENDS first)
          endforeach()
        ''')
        build = self.configure()
        self.winnow("daemon", "start")
        process = self.start("run", "--all", "-B", build)
        self.assertTrue(within(30, (self.root / "running").exists))
        os.sched_setaffinity(self.daemon_pid(), cpus[:1])
        (self.root / "taken").touch()
        out, err = process.communicate(timeout=60)
        self.assertEqual(0, process.returncode, out + err)
        self.assertIn("7 passed", out)


if __name__ == "__main__":
    if not pathlib.Path("/proc/self/cgroup").exists():
        raise SystemExit(77)
    unittest.main()
