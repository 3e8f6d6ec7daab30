#!/usr/bin/env python3
"""Whatever happens to the snapshots, the build tree and the machine: a right selection, or a message that says why not."""

import os
import shutil
import subprocess
import threading
import unittest

from small_project import WINNOW, SmallProject

FILES = {
    "CMakeLists.txt": """
cmake_minimum_required(VERSION 3.20)
project(Adverse LANGUAGES C)
enable_testing()
add_library(core STATIC core.c)
add_executable(core_test main.c)
target_link_libraries(core_test PRIVATE core)
add_executable(other_test other.c)
add_test(NAME core COMMAND core_test)
add_test(NAME other COMMAND other_test)
""",
    "core.h": "int core(void);\n",
    "core.c": '#include "core.h"\nint core(void) { return 0; }\n',
    "main.c": '#include "core.h"\nint main(void) { return core(); }\n',
    "other.c": "int main(void) { return 0; }\n",
}
NOBODY = 65534


class Adverse(unittest.TestCase):
    """The project is built at HEAD, and core.c is edited."""

    @classmethod
    def setUpClass(cls):
        cls.project = SmallProject(FILES)
        cls.addClassCleanup(cls.project.remove)
        cls.project.configure()
        cls.project.make()
        cls.project.winnow("graph", "record")
        cls.project.write("core.c", FILES["core.c"].replace("0", "1"))
        cls.project.keep()

    def setUp(self):
        self.addCleanup(self.project.restore)

    def affected(self, *more):
        return self.project.winnow("affected", "--from", "HEAD", "--format", "names", *more)

    def refused(self, done, *words, code=2):
        self.assertEqual(code, done.returncode, done.stderr)
        for word in words:
            self.assertIn(word, done.stderr)


def damages(whole):
    """What is left of a file that was damaged in many places, one at a time."""
    for at in [0, 8, 12, 24, 64, *range(256, len(whole), len(whole) // 4), len(whole) - 1]:
        yield whole[:at]
        yield whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :]
    yield whole + b"more"
    yield bytes(len(whole))


class Snapshots(Adverse):
    def test_a_graph_damaged_anywhere_is_set_aside_and_made_anew(self):
        (graph,) = (self.project.build / ".winnow/graphs").glob("*.graph")
        whole = graph.read_bytes()
        for damaged in damages(whole):
            graph.write_bytes(damaged)
            done = self.affected()
            self.assertEqual((0, "core\n"), (done.returncode, done.stdout), done.stderr)
            self.assertIn("set aside", done.stderr)
            self.assertEqual("", self.affected().stderr)

    def test_a_graph_damaged_anywhere_is_not_imported(self):
        carried = self.project.root / "carried.graph"
        self.project.winnow("graph", "export", "-o", str(carried))
        whole = carried.read_bytes()
        for damaged in damages(whole):
            carried.write_bytes(damaged)
            self.refused(self.project.winnow("graph", "import", str(carried)), str(carried))
        carried.write_bytes(whole)
        self.assertEqual(0, self.project.winnow("graph", "import", str(carried)).returncode)

    def test_readers_and_writers_at_once_do_not_disturb_each_other(self):
        failures = []

        def repeat(times, expected, *arguments):
            for _ in range(times):
                done = self.project.winnow(*arguments)
                if done.returncode != 0 or not done.stdout.startswith(expected):
                    failures.append((arguments, done.returncode, done.stdout, done.stderr))

        affected = ("affected", "--from", "HEAD", "--format", "names")
        threads = [threading.Thread(target=repeat, args=(8, "Recorded", "graph", "record")) for _ in range(2)]
        threads += [threading.Thread(target=repeat, args=(12, "core\n", *affected)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([], failures)


class BuildTrees(Adverse):
    def test_a_build_that_runs_meanwhile_drops_nothing(self):
        rounds = "for i in 1 2 3; do touch core.h main.c other.c; ninja -C build >/dev/null; done"
        with subprocess.Popen(["sh", "-ec", rounds], cwd=self.project.source) as build:
            while build.poll() is None:
                done = self.affected()
                self.assertEqual(0, done.returncode, done.stderr)
                self.assertIn("core", done.stdout.splitlines())
            self.assertEqual(0, build.returncode)
        self.assertEqual("core\n", self.affected().stdout)

    def test_one_that_was_moved_is_refused(self):
        moved = self.project.source / "moved"
        self.project.build.rename(moved)
        self.refused(self.affected("-B", str(moved)), "moved", str(self.project.build), "cmake -G Ninja")

    def test_one_that_was_copied_is_refused(self):
        copied = self.project.root / "copied"
        shutil.copytree(self.project.build, copied)
        self.addCleanup(shutil.rmtree, copied)
        self.refused(self.affected("-B", str(copied)), "copied", str(self.project.build))

    def test_one_whose_sources_were_moved_is_refused(self):
        moved = self.project.root / "moved"
        self.project.source.rename(moved)
        self.addCleanup(moved.rename, self.project.source)
        self.addCleanup(self.project.source.rmdir)
        self.project.source.mkdir()
        self.refused(self.affected("-B", str(moved / "build")), "moved")


class ReadOnlyTrees(Adverse):
    """As somebody who may read everything and write nothing."""

    def setUp(self):
        super().setUp()
        if os.geteuid() != 0 or not shutil.which("setpriv"):
            self.skipTest("only root, with setpriv, can be somebody else")
        self.home = self.project.root / "home"
        self.home.mkdir(mode=0o700)
        os.chown(self.home, NOBODY, NOBODY)
        self.addCleanup(shutil.rmtree, self.home)
        self.project.root.chmod(0o755)
        self.project.run("chmod", "-R", "a+rX", self.project.top)

    def by_nobody(self, *arguments):
        environment = dict(
            self.project.environment, HOME=str(self.home), XDG_STATE_HOME=str(self.home), XDG_RUNTIME_DIR=str(self.home),
            GIT_CONFIG_COUNT="1", GIT_CONFIG_KEY_0="safe.directory", GIT_CONFIG_VALUE_0="*",
        )  # fmt: skip
        become = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        if subprocess.run([*become, WINNOW, "--version"], env=environment, capture_output=True).returncode != 0:
            self.skipTest("nobody may run winnow here")
        return subprocess.run(
            [*become, WINNOW, *arguments], cwd=self.project.source, env=environment, capture_output=True, text=True, timeout=120
        )

    def affected_by_nobody(self, *more):
        return self.by_nobody("affected", "--from", "HEAD", "--format", "names", *more)

    def test_a_recorded_one_is_selected_from(self):
        done = self.affected_by_nobody()
        self.assertEqual((0, "core\n", ""), (done.returncode, done.stdout, done.stderr))

    def test_one_that_was_never_recorded_is_selected_from_and_said(self):
        shutil.rmtree(self.project.build / ".winnow")
        done = self.affected_by_nobody()
        self.assertEqual((0, "core\n"), (done.returncode, done.stdout), done.stderr)
        self.assertIn("Permission denied", done.stderr)

    def test_a_recording_that_cannot_be_kept_is_no_success(self):
        shutil.rmtree(self.project.build / ".winnow")
        done = self.by_nobody("graph", "record")
        self.assertEqual((69, ""), (done.returncode, done.stdout), done.stderr)
        self.assertIn("graph export", done.stderr)
        carried = self.home / "carried.graph"
        self.assertEqual(0, self.by_nobody("graph", "export", "-o", str(carried)).returncode)
        self.assertTrue(carried.exists())

    def test_where_it_would_have_to_be_configured_that_is_said(self):
        self.project.write("CMakeLists.txt", FILES["CMakeLists.txt"] + "# a comment\n")
        self.refused(self.affected_by_nobody(), "could not configure", "--no-configure", code=96)
        done = self.affected_by_nobody("--no-configure")
        self.assertEqual((0, "core\nother\n"), (done.returncode, done.stdout), done.stderr)

    def test_what_may_not_be_read_is_named(self):
        for name in ("CMakeCache.txt", "build.ninja"):
            with self.subTest(name):
                shutil.rmtree(self.project.build / ".winnow", ignore_errors=True)
                (self.project.build / name).chmod(0o600)
                self.refused(self.affected_by_nobody(), name, "Permission denied")
                (self.project.build / name).chmod(0o644)


class ManyFiles(Adverse):
    def test_a_hundred_thousand_changed_files_need_little_memory(self):
        for directory in range(100):
            place = self.project.source / "docs" / str(directory)
            place.mkdir(parents=True)
            for number in range(1000):
                (place / f"{number}.md").touch()
        with subprocess.Popen(
            [WINNOW, "affected", "--from", "HEAD", "--format", "names"], cwd=self.project.source,
            env=self.project.environment, stdout=subprocess.PIPE, text=True,
        ) as query:  # fmt: skip
            self.assertEqual("core\n", query.stdout.read())
            _, status, used = os.wait4(query.pid, 0)
            query.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(0, query.returncode)
        print(f"100,000 files: {used.ru_utime:.1f} s of processor time, {used.ru_maxrss // 1024} MB")
        self.assertLess(used.ru_maxrss, 256 * 1024)


if __name__ == "__main__":
    unittest.main()
