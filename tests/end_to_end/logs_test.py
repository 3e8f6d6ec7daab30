#!/usr/bin/env python3
"""winnow logs shows what a test has written, and with -f what it writes while it runs."""

import unittest

from daemon_case import DaemonCase

TESTS = """
add_test(NAME speaks COMMAND sh -c "echo one; echo x > ${HERE}/begun
  while [ ! -e ${HERE}/go1 ]; do sleep 0.02; done; echo two
  while [ ! -e ${HERE}/go2 ]; do sleep 0.02; done; echo three")
add_test(NAME later COMMAND sh -c "echo at last")
set_tests_properties(later PROPERTIES DEPENDS speaks)
add_subdirectory(a)
add_subdirectory(b)
"""


class Logs(DaemonCase):
    def setUp(self):
        super().setUp()
        for name in "ab":
            (self.root / "source" / name).mkdir(parents=True)
            (self.root / "source" / name / "CMakeLists.txt").write_text("add_test(NAME same COMMAND sh -c \"echo in %s\")"
                                                                       % name)
        self.write_project(TESTS)
        self.build = self.configure()

    def begin(self):
        started = self.winnow("run", "--all", "--detach", "-B", self.build)
        self.assertEqual(0, started.returncode, started.stderr)
        self.wait_for_file("begun")

    def let(self, name):
        (self.root / name).touch()

    def test_a_running_test_is_followed_until_it_ends(self):
        self.begin()
        follower = self.start("logs", "speaks", "-f")
        self.assertEqual("one\n", follower.stdout.readline())
        self.let("go1")
        self.assertEqual("two\n", follower.stdout.readline())
        self.let("go2")
        out, err = follower.communicate(timeout=60)
        self.assertEqual(("three\n", "", 0), (out, err, follower.returncode))

    def test_what_there_is_so_far_is_printed_at_once(self):
        self.begin()
        shown = self.winnow("logs", "speaks")
        self.assertEqual(("one\n", 0), (shown.stdout, shown.returncode), shown.stderr)
        self.let("go1")
        self.let("go2")

    def test_a_waiting_test_is_waited_for(self):
        self.begin()
        unknown = self.winnow("logs", "later")
        self.assertEqual(2, unknown.returncode)
        self.assertIn("no kept run has started a test later", unknown.stderr)
        follower = self.start("logs", "-f", "later")
        self.let("go1")
        self.let("go2")
        out, err = follower.communicate(timeout=60)
        self.assertEqual(("at last\n", 0), (out, follower.returncode), err)

    def test_a_finished_test_is_printed_with_and_without_following(self):
        self.let("go1")
        self.let("go2")
        run = self.winnow("run", "--all", "-B", self.build)
        self.assertEqual(0, run.returncode, run.stdout + run.stderr)
        for arguments in (["logs", "speaks"], ["logs", "-f", "speaks"]):
            shown = self.winnow(*arguments)
            self.assertEqual(("one\ntwo\nthree\n", 0), (shown.stdout, shown.returncode), shown.stderr)

    def test_a_name_that_repeats_must_be_told_apart(self):
        self.let("go1")
        self.let("go2")
        self.winnow("run", "--all", "-B", self.build)
        shown = self.winnow("logs", "same")
        self.assertEqual(2, shown.returncode)
        self.assertIn("a/same, b/same", shown.stderr)
        self.assertEqual("in b\n", self.winnow("logs", "b/same").stdout)


if __name__ == "__main__":
    unittest.main()
