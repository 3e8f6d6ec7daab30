#!/usr/bin/env python3
"""`winnow changed` tells whether a file that matches is part of a change, before anything is configured."""

import os
import shutil
import subprocess
import unittest

from daemon_case import DaemonCase


class Changed(DaemonCase):
    def setUp(self):
        super().setUp()
        self.write_project("add_test(NAME one COMMAND true)\n")
        self.source = self.place = self.root / "source"
        for name in ("net/http.cpp", "net/url.cpp", "docs/guide.md"):
            (self.source / name).parent.mkdir(exist_ok=True)
            (self.source / name).write_text(f"the text of {name}\n" * 20)
        self.git("checkout", "-q", "-b", "main")
        self.commit()
        self.git("checkout", "-q", "-b", "work")

    def git(self, *arguments):
        subprocess.run(["git", "-C", self.source, "-c", "user.name=T", "-c", "user.email=t@example.org", *arguments],
                       check=True, capture_output=True)

    def commit(self):
        self.git("add", "-A")
        self.git("commit", "-qm", "more")

    def changed(self, *arguments):
        done = self.winnow("changed", *arguments)
        self.assertEqual((0, ""), (done.returncode, done.stderr), done.stdout)
        return done.stdout

    def matches(self, expression, *arguments):
        told = self.changed("--match", expression, *(arguments or ("--since", "main")))
        return {"true\n": True, "false\n": False}[told]

    def refused(self, *arguments):
        done = self.winnow("changed", *arguments)
        self.assertEqual(2, done.returncode, done.stdout + done.stderr)
        self.assertTrue(done.stderr.startswith("winnow: "), done.stderr)
        return done.stderr

    # What counts

    def test_committed_and_uncommitted_and_untracked_files_count(self):
        self.assertFalse(self.matches("."))
        (self.source / "net/http.cpp").write_text("edited\n")
        self.assertTrue(self.matches("^net/"))
        self.assertFalse(self.matches("^docs/"))
        self.commit()
        self.assertTrue(self.matches("^net/.*[.]cpp$"))
        (self.source / "docs/new.md").touch()
        self.assertTrue(self.matches("new"))
        self.assertFalse(self.matches("nothing"))

    def test_a_deleted_file_counts(self):
        (self.source / "docs/guide.md").unlink()
        self.assertTrue(self.matches("^docs/guide[.]md$"))

    def test_a_renamed_file_counts_by_either_name(self):
        self.git("mv", "net/url.cpp", "docs/address.cpp")
        for committed in (False, True):
            with self.subTest(committed=committed):
                self.assertTrue(self.matches("^net/url"))
                self.assertTrue(self.matches("^docs/address"))
                self.assertFalse(self.matches("^net/address"))
            if not committed:
                self.commit()

    def test_the_change_is_stated_as_everywhere(self):
        (self.source / "net/http.cpp").write_text("edited\n")
        self.commit()
        (self.source / "docs/guide.md").write_text("edited\n")
        self.assertFalse(self.matches("^net/", "--from", "HEAD"))
        self.assertTrue(self.matches("^docs/", "--from", "HEAD"))
        self.assertTrue(self.matches("^net/", "--files", "net/http.cpp"))
        self.assertFalse(self.matches("^docs/", "--files", "net/http.cpp"))
        self.place = self.source / "net"
        self.assertTrue(self.matches("^net/http", "--files", "http.cpp"))
        self.assertTrue(self.matches("^net/http"))

    def test_paths_are_relative_to_the_source_root(self):
        for name in ("net/http.cpp", "docs/guide.md"):
            (self.source / name).write_text("edited\n")
        self.assertTrue(self.matches("^http[.]cpp$", "-S", "net", "--since", "main"))
        self.assertTrue(self.matches("^[.][.]/docs/", "-S", "net", "--since", "main"))

    def test_names_that_are_not_ascii_match(self):
        for name in (b"docs/caf\xc3\xa9", b"docs/caf\xe9"):
            file = os.fsencode(self.source) + b"/" + name
            with open(file, "w"):
                pass
            self.assertTrue(self.matches("^docs/caf.$"))
            os.unlink(file)

    def test_a_build_tree_in_the_sources_is_no_change(self):
        subprocess.run(["cmake", "-G", "Ninja", "-S", self.source, "-B", self.source / "build"], check=True,
                       capture_output=True)
        self.assertFalse(self.matches("."))

    # What is set

    def test_each_system_gets_its_variable(self):
        (self.source / "net/http.cpp").write_text("edited\n")
        arguments = ("--since", "main", "--output-variable", "net", "--match")
        self.assertEqual("##vso[task.setvariable variable=net]true\ntrue\n",
                         self.changed(*arguments, "^net/", "--ci", "azure"))
        self.environment["GITHUB_OUTPUT"] = str(self.root / "outputs")
        (self.root / "outputs").write_text("before=1\n")
        self.assertEqual("false\n", self.changed(*arguments, "^docs/", "--ci", "github"))
        self.assertEqual("before=1\nnet=false\n", (self.root / "outputs").read_text())
        self.place = self.root
        for _ in range(2):
            self.assertEqual("true\n", self.changed(*arguments, "net/", "--ci", "gitlab", "-S", self.source))
        self.assertEqual("net=true\nnet=true\n", (self.root / "winnow.env").read_text())

    # The last green state

    def test_since_the_last_green_state_asks_what_past_runs_know(self):
        build = self.configure()
        doubt = self.winnow("changed", "-B", build, "--since-last-green", "--match", "^net/")
        self.assertEqual("true\n", doubt.stdout)
        self.assertIn("no test", doubt.stderr)
        self.assertEqual(0, self.winnow("run", "-B", build, "--all").returncode)
        self.assertFalse(self.matches("^net/", "-B", build, "--since-last-green"))
        (self.source / "net/http.cpp").write_text("edited\n")
        self.assertTrue(self.matches("^net/", "-B", build, "--since-last-green"))
        self.assertFalse(self.matches("^docs/", "-B", build, "--since-last-green"))

    # What is refused

    def test_an_expression_that_is_none_is_pointed_at(self):
        self.assertIn('--match "net/(http" is no regular expression: missing ): net/(http, at character 1',
                      self.refused("--match", "net/(http"))
        self.assertRegex(self.refused("--match", "net/**+"), r"bad repetition operator: \S+, at character 5")

    def test_wrong_usage_is_refused(self):
        self.refused()
        self.assertIn("--since-last-green", self.refused("--match", "x", "--ci", "azure"))
        self.assertIn("needs --ci", self.refused("--match", "x", "--output-variable", "y"))
        self.assertIn("name of a variable", self.refused("--match", "x", "--ci", "azure", "--output-variable", "a;b"))
        self.refused("--match", "x", "--ci", "jenkins", "--output-variable", "y")
        self.assertIn("nowhere", self.refused("--match", "x", "-S", "nowhere"))
        self.assertIn("no_such_ref", self.refused("--match", "x", "--since", "no_such_ref"))
        self.environment.pop("GITHUB_OUTPUT", None)
        self.assertIn("GITHUB_OUTPUT",
                      self.refused("--match", "x", "--since", "main", "--ci", "github", "--output-variable", "y"))

    def test_without_git_only_named_files_can_be_asked_about(self):
        shutil.rmtree(self.source / ".git")
        self.assertIn("repository", self.refused("--match", "x"))
        self.assertTrue(self.matches("^net/", "--files", "net/http.cpp"))


if __name__ == "__main__":
    unittest.main()
