#!/usr/bin/env python3
"""What `winnow run` shows: lines and failures for people, a bar at a terminal, events for programs."""

import json
import re
import shlex
import unittest

from daemon_case import WINNOW, DaemonCase
from terminal import Terminal, screen_of

# The two failures write in turns, so that their outputs would mix if they were shown as they come.
TALK = "for i in 1 2 3 4 5 6 7 8 9; do echo $1 line $i; sleep 0.01; done; exit $2\n"
TESTS = """
add_test(NAME fails.one COMMAND sh ${HERE}/talk one 3)
add_test(NAME "fails two's" COMMAND sh ${HERE}/talk two 4)
add_test(NAME passes COMMAND sh -c "echo never shown")
add_test(NAME leaks COMMAND sh -c "sleep 611 & exit 0")
add_test(NAME hostile COMMAND sh -c "printf '\\\\033[2J\\\\007' && exit 1")
add_test(NAME gated COMMAND sh -c "echo x > ${HERE}/begun; while [ ! -e ${HERE}/go ]; do sleep 0.02; done")
"""
FAILURES = {"fails.one": 3, "fails two's": 4, "hostile": 1}


class RunDisplay(DaemonCase):
    def setUp(self):
        super().setUp()
        (self.root / "talk").write_text(TALK)
        self.write_project(TESTS)
        self.build = self.configure()

    def run_all(self, *arguments):
        return self.winnow("run", "--all", "-j2", "-E", "gated", "-B", self.build, *arguments)


class Lines(RunDisplay):
    """Where standard output is no terminal."""

    def setUp(self):
        super().setUp()
        self.done = self.run_all()
        self.body, self.repeated = self.done.stdout.split("\nfailures:\n")

    def test_each_test_has_a_line_with_its_verdict_time_and_place(self):
        self.assertEqual(100, self.done.returncode, self.done.stderr)
        self.assertRegex(self.body, r"^run [0-9a-z]+: 5 tests, 2 at once\n")
        lines = re.findall(r"^ *([A-Z]+) \[ *\d+\.\d{3}s\] \((\d)/5\) (.*)$", self.body, flags=re.MULTILINE)
        self.assertEqual(["1", "2", "3", "4", "5"], [place for _, place, _ in lines])
        failures = {("FAIL", f"{name}: exit code {code}") for name, code in FAILURES.items()}
        self.assertEqual(failures | {("PASS", "passes"), ("PASS", "leaks")},
                         {(verdict, rest) for verdict, _, rest in lines})
        self.assertRegex(self.repeated, r"\ndone in \d+\.\d{3}s: 2 passed, 3 failed\n$")

    def test_the_output_of_a_failure_stands_below_its_line_once_and_whole(self):
        for name, word in (("fails.one", "one"), ("fails two's", "two")):
            output = "".join(f"{word} line {i}\n" for i in range(1, 10))
            shown = f"{name}: exit code {FAILURES[name]}\n--- output of {name}\n{output}---\n"
            self.assertIn(shown, self.body)
            self.assertEqual(1, self.done.stdout.count(f"{word} line 5\n"))

    def test_the_output_of_a_pass_is_not_shown(self):
        self.assertNotIn("never shown", self.done.stdout)

    def test_control_sequences_of_a_test_are_shown_and_not_obeyed(self):
        self.assertIn("--- output of hostile\n\\x1b[2J\\x07\n---\n", self.body)
        self.assertNotRegex(self.done.stdout, "[\x1b\x07\r]")

    def test_what_was_left_running_is_named_below_the_test(self):
        self.assertRegex(self.body, r"(?m)^   PASS .* leaks\n        left running and ended: sleep 611$")
        self.assertEqual(1, self.done.stdout.count("left running"))

    def test_failures_are_repeated_each_with_the_command_that_runs_it_again(self):
        repeated = re.findall(r"^   FAIL (.*): exit code (\d)\n {8}(winnow .*)$", self.repeated, flags=re.MULTILINE)
        self.assertEqual(FAILURES, {name: int(code) for name, code, _ in repeated})
        for name, code, command in repeated:
            with self.subTest(name):
                words = shlex.split(command)
                again = self.winnow(*words[1:])
                self.assertEqual(100, again.returncode, again.stderr)
                self.assertIn(f"(1/1) {name}: exit code {code}\n", again.stdout)

    def test_without_failures_none_are_repeated(self):
        done = self.winnow("run", "--all", "passes", "-B", self.build)
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertNotIn("failures", done.stdout)
        self.assertEqual(3, len(done.stdout.splitlines()), done.stdout)


class Events(RunDisplay):
    """--format jsonl: each line an event."""

    def events(self):
        done = self.run_all("--format", "jsonl")
        self.assertEqual(100, done.returncode, done.stderr)
        events = [json.loads(line) for line in done.stdout.splitlines()]
        for event in events:
            self.assertEqual(("winnow.event", 1), (event["kind"], event["version"]))
        return events

    def test_they_tell_the_run_from_its_start_to_its_end(self):
        events = self.events()
        names = [event["event"] for event in events]
        self.assertEqual("run started", names[0])
        self.assertEqual(["chunk finished", "run finished"], names[-2:])
        self.assertEqual(["test finished"] * 5 + ["test started"] * 5, sorted(names[1:-2]))
        started, ended = events[0], events[-1]
        self.assertEqual((5, 2), (started["tests"], started["slots"]))
        self.assertEqual(self.newest_run()["run_id"], started["run_id"])
        self.assertLess(0, ended["lower_bound_us"])
        self.assertLessEqual(ended["lower_bound_us"], ended["duration_us"])

    def test_a_test_is_started_before_it_is_finished(self):
        begun, ended = [], []
        for event in self.events():
            if event["event"] == "test started":
                begun.append(event.get("test", 0))
            elif event["event"] == "test finished":
                ended.append(event["result"].get("index", 0))
                self.assertIn(ended[-1], begun)
        self.assertEqual([0, 1, 2, 3, 4], sorted(begun))
        self.assertEqual([0, 1, 2, 3, 4], sorted(ended))

    def test_a_result_says_what_became_of_the_test(self):
        results = {event["result"]["key"]["name"]: event["result"]
                   for event in self.events() if event["event"] == "test finished"}
        for name, code in FAILURES.items():
            result = results[name]
            self.assertEqual(("failed", f"exit code {code}", code),
                             (result["verdict"], result["reason"], result["exit_code"]))
        self.assertEqual(["sleep 611"], results["leaks"]["leaked"])
        self.assertEqual(len("never shown\n"), results["passes"]["output_bytes"])


class Bar(RunDisplay):
    """What runs now stands in the last line of a terminal."""

    def show(self, columns):
        terminal = Terminal([WINNOW, "run", "--all", "-B", self.build, "passes", "gated", "fails.one"],
                            self.environment, columns)
        self.addCleanup(terminal.close)
        return terminal

    def let_finish(self, terminal):
        (self.root / "go").touch()
        shown = terminal.read_to_end()
        self.assertEqual(100, terminal.process.wait(timeout=60), shown)
        return [line.rstrip() for line in screen_of(shown)]

    def test_it_is_drawn_while_tests_run_and_gone_in_the_end(self):
        terminal = self.show(columns=80)
        self.assertTrue(terminal.read_until(r"\[2/3[^]]*\] gated \(\d+s\)"), terminal.shown)
        self.assertRegex(screen_of(terminal.shown)[-1], r"^\[2/3[^]]*\] gated")
        screen = self.let_finish(terminal)
        self.assertEqual([], [line for line in screen if "/3] " in line or "/3," in line], "a bar is left")
        self.assertEqual(3, sum("/3) " in line for line in screen), screen)
        self.assertEqual("", screen[-1])
        self.assertRegex(screen[-2], r"^done in .*: 2 passed, 1 failed$")

    def test_lines_and_outputs_are_those_of_where_there_is_no_terminal(self):
        terminal = self.show(columns=80)
        terminal.read_until(r"\] gated")
        screen = self.let_finish(terminal)
        first = screen.index("--- output of fails.one")
        self.assertEqual([f"one line {i}" for i in range(1, 10)] + ["---"], screen[first + 1:first + 11])
        self.assertRegex(screen[screen.index("failures:") + 2], r"^ {8}winnow run --all -B \S+ fails\.one$")

    def test_it_never_fills_the_line_of_a_narrow_terminal(self):
        terminal = self.show(columns=12)
        self.assertTrue(terminal.read_until(r"\x1b\[K\[2/3\] gat"), terminal.shown)
        self.let_finish(terminal)
        bars = re.findall(r"(?:\r|\x1b\[K)(\[\d/3[^\r\n]*)", terminal.shown)
        self.assertLess(0, len(bars))
        self.assertEqual([], [bar for bar in bars if len(bar) > 11])


if __name__ == "__main__":
    unittest.main()
