#!/usr/bin/env python3
"""Under make's job server `winnow ctest` runs as many tests as there are tokens, and loses none of them."""

import os
import pathlib
import shutil
import signal
import subprocess
import unittest

from daemon_case import WINNOW, DaemonCase, within

WINNOW_PATH = shutil.which(WINNOW)
CONNECTED = "Connected to MAKE jobserver\n"
# Each test says that it has started, waits until it may end, and says so.
TEST = """#!/bin/sh
echo "start $1" >> log
while [ ! -e go ]; do sleep 0.02; done
sleep 0.1
echo "end $1" >> log
"""


class Tokens:
    """A job server with so many tokens, in a pipe or in a FIFO."""

    def __init__(self, count, fifo=None):
        if fifo is None:
            self.reader, self.writer = os.pipe()
            self.auth = f"{self.reader},{self.writer}"
            self.passed = (self.reader, self.writer)
        else:
            os.mkfifo(fifo)
            self.reader = self.writer = os.open(fifo, os.O_RDWR)
            self.auth = f"fifo:{fifo}"
            self.passed = ()
        os.write(self.writer, b"+" * count)

    def left(self):
        """Takes all of them out."""
        os.write(self.writer, b"|")
        return os.read(self.reader, 1000).decode()[:-1]

    def close(self):
        for descriptor in {self.reader, self.writer}:
            os.close(descriptor)


class JobServer(DaemonCase):
    def setUp(self):
        super().setUp()
        self.tree = self.root / "tree"
        self.tree.mkdir()
        self.place = self.tree
        self.environment.pop("MAKEFLAGS", None)
        script = self.tree / "test.sh"
        script.write_text(TEST)
        script.chmod(0o755)

    def write_tests(self, count, properties=""):
        names = [f"t{number}" for number in range(count)]
        (self.tree / "CTestTestfile.cmake").write_text(
            "".join(f"add_test({name} {self.tree}/test.sh {name})\n" for name in names)
            + (f"set_tests_properties({' '.join(names)} PROPERTIES {properties})\n" if properties else ""))

    def tokens(self, count, fifo=None):
        tokens = Tokens(count, fifo)
        self.addCleanup(tokens.close)
        return tokens

    def begin(self, tokens, *arguments, **more):
        environment = dict(self.environment, MAKEFLAGS=f" -j9 --jobserver-auth={tokens.auth}", **more)
        return subprocess.Popen([WINNOW_PATH, *arguments], env=environment, cwd=self.tree, text=True,
                                pass_fds=tokens.passed, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE)

    def go(self):
        (self.tree / "go").touch()

    def log(self):
        path = self.tree / "log"
        return path.read_text().splitlines() if path.exists() else []

    def started(self, count):
        return within(30, lambda: len(self.log()) >= count)

    def wait_until_finished(self, count):
        self.assertTrue(within(30, lambda: self.newest_run()["finished"] == count), self.newest_run())

    def most_at_once(self):
        most = now = 0
        for line in self.log():
            now += 1 if line.startswith("start") else -1
            most = max(most, now)
        self.assertEqual(0, now)
        return most

    def expect_at_once(self, most, tokens, *arguments, **more):
        """So many tests run at once, no more, and the tokens are there afterwards."""
        before = tokens.left()
        os.write(tokens.writer, before.encode())
        client = self.begin(tokens, *arguments, **more)
        self.assertTrue(self.started(most), self.log())
        self.go()
        out, err = client.communicate(timeout=60)
        self.assertEqual((0, ""), (client.returncode, err), out)
        self.assertEqual(most, self.most_at_once())
        self.assertEqual(before, tokens.left())
        return out

    def test_one_test_more_than_tokens_runs_at_once(self):
        self.write_tests(7)
        out = self.expect_at_once(3, self.tokens(2, self.root / "fifo"), "ctest", "-j")
        self.assertTrue(out.startswith(f"Test project {self.tree}\n{CONNECTED}    Start "), out)
        self.assertEqual(1, out.count(CONNECTED))

    def test_a_pipe_does_as_well_and_processors_cost_nothing(self):
        self.write_tests(5, "PROCESSORS 4")
        self.expect_at_once(2, self.tokens(1), "ctest", "-j")

    def test_without_tokens_one_test_runs_at_a_time(self):
        self.write_tests(3)
        self.expect_at_once(1, self.tokens(0), "ctest", "-j0")

    def test_more_tokens_than_tests_of_j_are_left_alone(self):
        self.write_tests(5)
        self.expect_at_once(2, self.tokens(6), "ctest", "-j2")

    def test_without_a_daemon_it_is_the_same(self):
        self.write_tests(5)
        self.expect_at_once(3, self.tokens(2), "ctest", "-j", WINNOW_DAEMON="0")

    def test_tokens_that_come_later_are_taken(self):
        self.write_tests(3)
        tokens = self.tokens(0)
        client = self.begin(tokens, "ctest", "-j")
        self.assertTrue(self.started(1))
        os.write(tokens.writer, b"xy")
        self.assertTrue(self.started(3), self.log())
        self.go()
        client.communicate(timeout=60)
        self.assertEqual("xy", "".join(sorted(tokens.left())))

    def test_tests_that_cannot_run_lose_no_token(self):
        self.go()
        self.write_tests(6)
        with (self.tree / "CTestTestfile.cmake").open("a") as file:
            file.write("add_test(setup /bin/false)\nset_tests_properties(setup PROPERTIES FIXTURES_SETUP f)\n"
                       "set_tests_properties(t1 t2 PROPERTIES FIXTURES_REQUIRED f)\n"
                       "set_tests_properties(t3 PROPERTIES DISABLED TRUE)\n"
                       "set_tests_properties(t4 t5 PROPERTIES RESOURCE_LOCK l)\n"
                       "add_test(absent ./absent)\n")
        for arguments in ([], ["--repeat", "until-pass:2"], ["--stop-on-failure"]):
            tokens = self.tokens(2)
            client = self.begin(tokens, "ctest", "-j", *arguments)
            client.communicate(timeout=60)
            self.assertEqual(8, client.returncode)
            self.assertEqual("++", tokens.left(), arguments)

    def test_an_interrupted_run_gives_everything_back(self):
        self.write_tests(6)
        for signals in ([signal.SIGINT], [signal.SIGTERM], [signal.SIGINT, signal.SIGTERM]):
            tokens = self.tokens(2)
            client = self.begin(tokens, "ctest", "-j")
            self.assertTrue(self.started(3))
            client.send_signal(signals[0])
            self.wait_until_finished(3)  # those that had not started
            for another in signals[1:]:
                client.send_signal(another)
            if len(signals) == 1:
                self.go()
            out, _ = client.communicate(timeout=60)
            self.assertEqual(130, client.returncode, out)
            self.assertEqual("++", tokens.left(), signals)
            for left in ("log", "go"):
                (self.tree / left).unlink(missing_ok=True)

    def test_a_daemon_that_dies_takes_no_token_along(self):
        self.write_tests(6)
        tokens = self.tokens(2)
        client = self.begin(tokens, "ctest", "-j")
        self.assertTrue(self.started(3))
        os.kill(self.daemon_pid(), signal.SIGKILL)
        _, err = client.communicate(timeout=60)
        self.assertNotEqual(0, client.returncode)
        self.assertIn("daemon", err)
        self.assertEqual("++", tokens.left())
        self.winnow("daemon", "start")  # ends what the other left running

    def test_cleanups_of_an_interrupted_run_need_tokens_like_all(self):
        self.write_tests(4)
        with (self.tree / "CTestTestfile.cmake").open("a") as file:
            file.write("add_test(setup /bin/true)\nset_tests_properties(setup PROPERTIES FIXTURES_SETUP f)\n"
                       f"add_test(cleanup /bin/touch {self.tree}/cleaned)\n"
                       "set_tests_properties(cleanup PROPERTIES FIXTURES_CLEANUP f)\n"
                       "set_tests_properties(t0 t1 t2 t3 PROPERTIES FIXTURES_REQUIRED f)\n")
        tokens = self.tokens(1)
        client = self.begin(tokens, "ctest", "-j")
        self.assertTrue(self.started(2))
        client.send_signal(signal.SIGINT)
        self.wait_until_finished(3)  # the setup, and two that had not started
        self.go()
        client.communicate(timeout=60)
        self.assertTrue((self.tree / "cleaned").exists())
        self.assertEqual("+", tokens.left())

    def test_a_client_that_is_killed_leaves_no_run_behind(self):
        self.write_tests(4)
        tokens = self.tokens(1)
        client = self.begin(tokens, "ctest", "-j")
        self.assertTrue(self.started(2))
        client.kill()
        client.communicate(timeout=60)
        self.assertTrue(within(30, lambda: self.newest_run()["state"] == "cancelled"))

    def test_recipes_of_one_make_share_its_jobs(self):
        self.go()
        for part in ("a", "b"):
            (self.tree / part).mkdir()
            (self.tree / part / "CTestTestfile.cmake").write_text(
                "".join(f"add_test({part}{n} {self.tree}/test.sh {part}{n})\n"
                        f"set_tests_properties({part}{n} PROPERTIES WORKING_DIRECTORY {self.tree})\n" for n in range(6)))
        (self.tree / "Makefile").write_text(f"all: a b\na b:\n\t+@{WINNOW_PATH} ctest -j --test-dir $@\n.PHONY: a b\n")
        done = subprocess.run(["make", "-j3", "all"], cwd=self.tree, env=self.environment, capture_output=True,
                              text=True, timeout=120)
        self.assertEqual((0, ""), (done.returncode, done.stderr), done.stdout)
        self.assertEqual(2, done.stdout.count(CONNECTED))
        self.assertEqual(24, len(self.log()))
        self.assertEqual(3, self.most_at_once())

    def test_a_recipe_that_make_does_not_let_in_is_told_once(self):
        self.go()
        self.write_tests(3)
        (self.tree / "Makefile").write_text(f"many:\n\t@{WINNOW_PATH} ctest -j\none:\n\t@{WINNOW_PATH} ctest\n")
        make = lambda target: subprocess.run(["make", "-j3", target], cwd=self.tree, env=self.environment,
                                             capture_output=True, text=True, timeout=120)
        many = make("many")
        self.assertEqual(0, many.returncode, many.stdout)
        self.assertNotIn(CONNECTED, many.stdout)
        if many.stderr:  # a make before 4.4, which names descriptors that it has closed
            self.assertRegex(many.stderr, r"\Awinnow: the job server that MAKEFLAGS names is out of reach: .*\+.*\n\Z")
        self.assertEqual("", make("one").stderr)  # which needs none

    def test_what_is_no_job_server_is_told_and_does_without(self):
        self.go()
        self.write_tests(3)
        file = os.open(os.devnull, os.O_RDWR)
        self.addCleanup(os.close, file)
        ends = os.pipe()
        others = os.pipe()
        for descriptor in (*ends, *others):
            self.addCleanup(os.close, descriptor)
        for auth, passed, why in ((f"fifo:{self.root}/absent", (), "No such file or directory"),
                                  (f"fifo:{self.root}", (), "cannot open"),
                                  ("97,98", (), "descriptor 97 is closed"),
                                  (f"{file},{file}", (file,), "is another file"),
                                  (f"{ends[0]},{others[1]}", (ends[0], others[1]), "not the ends of one pipe")):
            tokens = Tokens(0)
            tokens.close()
            tokens.auth, tokens.passed = auth, passed
            client = self.begin(tokens, "ctest", "-j")
            out, err = client.communicate(timeout=60)
            self.assertEqual((0, 1), (client.returncode, err.count("\n")), err)
            self.assertIn(why, err)
            self.assertNotIn(CONNECTED, out)
            client = self.begin(tokens, "ctest", "-j", "--strict-ctest")
            self.assertEqual("", client.communicate(timeout=60)[1])

    def test_what_runs_nothing_or_agrees_with_an_older_ctest_takes_no_part(self):
        self.go()
        self.write_tests(2)
        tokens = self.tokens(1)
        for arguments in (["-N"], ["--print-labels"], ["--show-only=json-v1"], ["-j", "--strict-ctest"]):
            client = self.begin(tokens, "ctest", *arguments)
            self.assertNotIn(CONNECTED, client.communicate(timeout=60)[0])
        client = self.begin(tokens, "ctest", "-R", "nobody")
        self.assertIn(CONNECTED, client.communicate(timeout=60)[0])  # as ctest 4.3 has it
        self.assertEqual("+", tokens.left())

    def test_winnow_run_shares_the_jobs_too(self):
        script = pathlib.Path(shutil.copy(self.tree / "test.sh", self.root / "test.sh"))
        self.write_project("".join(f"add_test(NAME t{n} COMMAND {script} t{n})\n"
                                   f"set_tests_properties(t{n} PROPERTIES WORKING_DIRECTORY {self.tree})\n"
                                   for n in range(5)))
        build = self.configure()
        out = self.expect_at_once(2, self.tokens(1), "run", "--all", "-j4", "--format", "jsonl", "-B", str(build))
        self.assertNotIn("start wanted", out)


if __name__ == "__main__":
    unittest.main()
