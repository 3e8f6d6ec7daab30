#!/usr/bin/env python3
"""Jobs that share a directory take the chunks of a plan one after the other, each once, whoever dies."""

import json
import os
import signal
import subprocess
import unittest

from daemon_case import DaemonCase, within

# `held` waits for the file `go`, and says when it has started.
TESTS = """
add_test(NAME held COMMAND sh -c "echo held >> '${HERE}/started'; until test -e '${HERE}/go'; do sleep 0.02; done")
foreach(name a b c)
  add_test(NAME ${name} COMMAND sh -c "echo ${name} >> '${HERE}/ran'; test ! -e '${HERE}/fail.${name}'")
endforeach()
"""


class Pull(DaemonCase):
    def setUp(self):
        super().setUp()
        self.write_project(TESTS)
        self.place = self.root
        self.build = self.configure()
        self.plan = self.root / "plan.json"
        self.shared = self.root / "shared"
        done = self.winnow("split", "-B", self.build, "--all", "--max-tests", "1", "-o", self.plan)
        self.assertEqual(0, done.returncode, done.stderr)
        chunks = json.loads(self.plan.read_text())["chunks"]
        self.chunks = {chunk["tests"][0]["name"]: chunk["index"] for chunk in chunks}

    def puller(self, *arguments):
        process = self.start("run", "-B", self.build, "--plan", self.plan, "--pull", self.shared, *arguments)
        self.addCleanup(self.end, process)
        return process

    @staticmethod
    def end(process):
        if process.poll() is None:
            process.kill()
        process.communicate()

    def pull(self, *arguments):
        return self.winnow("run", "-B", self.build, "--plan", self.plan, "--pull", self.shared, *arguments)

    def ended(self, process):
        out, err = process.communicate(timeout=60)
        return subprocess.CompletedProcess([], process.returncode, out, err)

    def merged(self):
        """(exit code, name → verdict) of what the directory has."""
        file = self.root / "merged.json"
        file.unlink(missing_ok=True)
        done = self.winnow("merge", "--plan", self.plan, self.shared, "--results", file)
        tests = json.loads(file.read_text())["tests"] if file.exists() else []
        return done.returncode, {test["name"]: test["verdict"] for test in tests}

    def ran(self):
        file = self.root / "ran"
        return sorted(file.read_text().split()) if file.exists() else []

    def held_by(self, *arguments):
        """A job that runs the chunk of `held`, and will for as long as it takes."""
        process = self.puller(*arguments)
        self.wait_for_file("started")
        return process

    def test_one_job_takes_all_chunks(self):
        (self.root / "go").touch()
        done = self.pull()
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertIn("no chunk of 4 is left\n", done.stdout)
        self.assertEqual((0, dict.fromkeys(["held", "a", "b", "c"], "passed")), self.merged())
        again = self.pull()
        self.assertEqual((0, "no chunk of 4 is left\n"), (again.returncode, again.stdout))
        self.assertEqual(["a", "b", "c"], self.ran())

    def test_jobs_share_the_chunks_and_run_each_once(self):
        holder = self.held_by()
        other = self.puller()
        self.assertTrue(within(30, lambda: self.ran() == ["a", "b", "c"]))
        self.assertIsNone(other.poll())  # what is held may still be left behind
        self.assertEqual(5, self.merged()[0])
        (self.root / "go").touch()
        for process in (holder, other):
            done = self.ended(process)
            self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertEqual((0, dict.fromkeys(["held", "a", "b", "c"], "passed")), self.merged())
        self.assertEqual((["a", "b", "c"], "held\n"), (self.ran(), (self.root / "started").read_text()))

    def test_the_chunk_of_a_killed_job_is_run_again_and_counts_once(self):
        holder = self.held_by()
        other = self.puller()
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        self.assertTrue(within(30, lambda: (self.root / "started").read_text() == "held\nheld\n"))
        (self.root / "go").touch()
        done = self.ended(other)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertIn(f"chunk {self.chunks['held']} of 4, which another job left behind\n", done.stdout)
        self.assertEqual((0, dict.fromkeys(["held", "a", "b", "c"], "passed")), self.merged())
        self.assertTrue((self.shared / f"chunk-{self.chunks['held']}.2.results.json").exists())

    def test_an_interrupted_job_gives_its_chunk_back(self):
        holder = self.held_by()
        holder.send_signal(signal.SIGINT)
        (self.root / "go").touch()
        self.assertEqual(130, self.ended(holder).returncode)
        self.assertTrue((self.shared / f"chunk-{self.chunks['held']}.1.released").exists())
        done = self.pull()
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertEqual((0, dict.fromkeys(["held", "a", "b", "c"], "passed")), self.merged())

    def test_a_job_that_gives_no_sign_loses_its_chunk_and_its_result_does_not_count(self):
        holder = self.held_by("--abandoned-after", "1s")
        os.kill(holder.pid, signal.SIGSTOP)
        other = self.puller("--abandoned-after", "1s")
        self.assertTrue(within(60, lambda: (self.root / "started").read_text() == "held\nheld\n"))
        os.kill(holder.pid, signal.SIGCONT)
        self.assertIn(self.ended(holder).returncode, (130, -signal.SIGINT))
        (self.root / "go").touch()
        self.assertEqual(0, self.ended(other).returncode)
        self.assertFalse((self.shared / f"chunk-{self.chunks['held']}.1.results.json").exists())
        self.assertEqual((0, dict.fromkeys(["held", "a", "b", "c"], "passed")), self.merged())

    def test_a_failure_is_that_of_the_job_that_ran_it_and_of_the_merge(self):
        for name in ("go", "fail.b"):
            (self.root / name).touch()
        done = self.pull()
        self.assertEqual(100, done.returncode, done.stdout + done.stderr)
        self.assertEqual(["a", "b", "c"], self.ran())
        code, verdicts = self.merged()
        self.assertEqual((100, "failed"), (code, verdicts["b"]))

    def test_a_directory_of_another_plan_is_refused(self):
        (self.root / "go").touch()
        self.pull()
        self.winnow("split", "-B", self.build, "--all", "--chunks", "2", "-o", self.plan)
        done = self.pull()
        self.assertEqual(2, done.returncode, done.stdout + done.stderr)
        self.assertIn(f"{self.shared} is in use for the plan", done.stderr)
        self.assertEqual(2, self.winnow("merge", "--plan", self.plan, self.shared).returncode)

    def test_wrong_usage_is_refused(self):
        for arguments in (["--chunk", "0"], ["--junit", "x"], ["--results", "x"], ["--detach"], ["--dry-run"],
                          ["--abandoned-after", "soon"]):
            with self.subTest(arguments):
                self.assertEqual(2, self.pull(*arguments).returncode)
        self.assertEqual(2, self.winnow("run", "-B", self.build, "--pull", self.shared).returncode)
        self.assertEqual(2, self.winnow("run", "-B", self.build, "--plan", "none", "--pull", self.shared).returncode)
        done = self.winnow("run", "-B", self.build, "--plan", self.plan, "--pull", "/proc/none")
        self.assertEqual((69, True), (done.returncode, "/proc/none" in done.stderr), done.stderr)

    def test_an_empty_directory_covers_nothing(self):
        self.shared.mkdir()
        self.assertEqual((5, {}), self.merged())


if __name__ == "__main__":
    unittest.main()
