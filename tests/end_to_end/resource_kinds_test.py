#!/usr/bin/env python3
"""Kinds of resources that a project declares: shared, checked, told to tests and shown; budgets and named instances."""

import json
import os
import pathlib
import subprocess
import unittest

from daemon_case import WINNOW, DaemonCase, within

MODULE = pathlib.Path(__file__).resolve().parents[2] / "cmake" / "Winnow.cmake"
# A test that is alone with its unit in the directory `held`.
ALONE = 'sh -c "mkdir ${HERE}/held && sleep 0.15 && rmdir ${HERE}/held"'
# One that ends only once three of them have met.
MEET = 'sh -c "echo x > ${HERE}/met-$$0; while [ $(ls ${HERE} | grep -c ^met-) -lt 3 ]; do sleep 0.02; done"'
# One that runs until the file `go` is there.
GATE = 'sh -c "echo x > ${HERE}/begun-$$0; while [ ! -e ${HERE}/go ]; do sleep 0.02; done"'


class ResourceKinds(DaemonCase):
    def write(self, tests, settings=None):
        self.write_project(f"include({MODULE})\nwinnow_enable()\n" + tests)
        path = self.root / "source" / "winnow.json"
        path.unlink(missing_ok=True)
        if settings is not None:
            path.write_text(json.dumps(settings, indent=1))

    def line_of(self, text):
        """`CMakeLists.txt:N` of the line that begins so."""
        lines = (self.root / "source" / "CMakeLists.txt").read_text().splitlines()
        return f"CMakeLists.txt:{1 + next(i for i, line in enumerate(lines) if line.startswith(text))}"

    def run_all(self, *arguments, code=0):
        done = self.winnow("run", "--all", "-B", self.configure(), *arguments)
        self.assertEqual(code, done.returncode, done.stdout + done.stderr)
        return done

    def check_refused(self, tests, settings, *words, arguments=()):
        self.write(tests, settings)
        done = self.run_all(*arguments, code=2)
        for word in words:
            self.assertIn(word, done.stderr)
        self.assertFalse((self.root / "ran").exists())

    def status(self):
        return json.loads(self.winnow("status", "--format", "json").stdout)["status"]["use"]


class Sharing(ResourceKinds):
    TESTS = f"""
foreach(number RANGE 1 3)
  add_test(NAME t${{number}} COMMAND {ALONE})
  winnow_test_resources(TESTS t${{number}} CPU 0.01 RESOURCES license=1)
endforeach()
"""

    def test_two_build_trees_of_a_project_share_one_license(self):
        self.write(self.TESTS, {"run": {"resources": {"license": 1}}})
        trees = [self.configure("one"), self.configure("two")]
        runs = [self.start("run", "--all", "-B", tree) for tree in trees]
        for run in runs:
            out, err = run.communicate(timeout=120)
            self.assertEqual(0, run.returncode, out + err)

    def test_ctest_honours_it_too_but_not_to_the_letter(self):
        self.write(self.TESTS + "winnow_test_resources(CAPACITY license=1)\n")
        self.place = self.configure()
        self.assertEqual(0, self.winnow("ctest", "-j4").returncode)
        self.write(self.TESTS.replace(ALONE, MEET) + "winnow_test_resources(CAPACITY license=1)\n")
        self.configure()
        for command in ([WINNOW, "ctest", "--strict-ctest"], ["ctest"]):
            done = subprocess.run([*command, "-j4", "--timeout", "60"], cwd=self.place, env=self.environment,
                                  capture_output=True, text=True)
            self.assertEqual(0, done.returncode, done.stdout)
            for met in self.root.glob("met-*"):
                met.unlink()

    def test_ctest_refuses_what_is_not_declared(self):
        self.write(self.TESTS)
        self.place = self.configure()
        done = self.winnow("ctest", "-j4")
        self.assertNotEqual(0, done.returncode)
        self.assertIn(f"t1 ({self.line_of('  winnow_test')}) asks for 1 of the resource license, which is not declared",
                      done.stderr)
        self.assertEqual(0, self.winnow("ctest", "-N").returncode)
        self.assertEqual(0, self.winnow("ctest", "-j1", "--strict-ctest").returncode)

    def test_rules_state_what_tests_take(self):
        tests = "".join(f"add_test(NAME t{number} COMMAND {ALONE})\n" for number in range(3))
        rule = {"tests": ["t*"], "resources": {"license": 2}, "cpu": 0.01}
        self.write(tests, {"run": {"resources": {"license": 3}, "rules": [rule]}})
        self.run_all()

    def test_what_is_in_use_is_shown(self):
        self.write(f"""
add_test(NAME holds COMMAND {GATE})
set_tests_properties(holds PROPERTIES RESOURCE_LOCK database)
winnow_test_resources(TESTS holds CPU 1 MEMORY 64MiB RESOURCES license=2 machine:gpu=1)
""", {"run": {"resources": {"license": 3, "machine:gpu": 4}}})  # fmt: skip
        self.assertEqual([], self.status()["resources"])
        run = self.start("run", "--all", "-B", self.configure())
        self.assertTrue(within(30, lambda: list(self.root.glob("begun-*"))))
        use = self.status()
        self.assertEqual([{"project": "", "name": "machine:gpu", "used": 1, "capacity": 4},
                          {"project": "Small", "name": "license", "used": 2, "capacity": 3}], use["resources"])
        self.assertEqual([{"project": "Small", "name": "database"}], use["locks"])
        self.assertEqual(64 << 20, use["memory_bytes"]["used"])
        self.assertEqual(1, use["cpu"]["used"])
        shown = self.winnow("status").stdout
        self.assertIn("\nlicense: 2 of 3 in use, in Small\n", shown)
        self.assertIn("\nmachine:gpu: 1 of 4 in use, of the machine\n", shown)
        self.assertIn("\nlock database: held, in Small\n", shown)
        self.assertRegex(shown, r"\ncpu: 1.00 of \d+ in use")
        self.assertIn("\nmemory: 64.0 MiB of ", shown)
        (self.root / "go").touch()
        run.communicate(timeout=60)
        self.assertEqual(0, self.status()["cpu"]["used"])


class RulesEverywhere(ResourceKinds):
    """What winnow.json states of tests counts under ctest and in plans as it does under `winnow run`."""

    NAMES = ("t0", "t1", "t2")
    RULE = {"tests": ["t*"], "cpu": 0.01}

    def write_tests(self, command, rule, **run):
        self.write("".join(f"add_test(NAME {name} COMMAND {command})\n" for name in self.NAMES),
                   {"run": {"rules": [{**self.RULE, **rule}], **run}})
        self.place = self.configure()

    def ctest(self, *arguments, code=0):
        done = self.winnow("ctest", *arguments)
        self.assertEqual(code, done.returncode, done.stdout + done.stderr)
        return done

    def test_ctest_heeds_kinds_and_memory(self):
        self.write_tests(ALONE, {"resources": {"license": 1}}, resources={"license": 1})
        self.ctest("-j4")
        self.write_tests(ALONE, {"memory": "60MiB"}, capacity={"memory": "100MiB"})
        self.ctest("-j4")
        self.write_tests(ALONE, {"memory": "900TiB"})
        self.ctest("-j4")  # alone, which is all that ctest could have done for it

    def test_ctest_to_the_letter_does_not(self):
        self.write_tests(MEET, {"resources": {"license": 1}}, resources={"license": 1})
        self.ctest("-j4", "--strict-ctest", "--timeout", "60")

    def test_the_number_of_j_stays_the_most(self):
        self.write_tests(ALONE, {})
        self.ctest("-j1")
        self.write_tests(MEET, {}, capacity={"cpu": 1})
        self.ctest("-j3", "--timeout", "60")
        for met in self.root.glob("met-*"):
            met.unlink()
        self.write_tests(ALONE, {}, capacity={"cpu": 1})
        self.ctest("-j")

    def test_ctest_runs_nothing_again_for_a_rule(self):
        self.write_tests('sh -c "echo x >> ${HERE}/runs; false"', {"retries": 3})
        self.ctest("-j1", code=8)
        self.assertEqual(len(self.NAMES), len((self.root / "runs").read_text().split()))

    def test_ctest_refuses_what_run_refuses(self):
        self.write_tests("true", {"resources": {"license": 2}}, resources={"license": 1})
        for verb in ("run --all", "ctest", "split --all --chunks 1"):
            with self.subTest(verb=verb):
                done = self.winnow(*verb.split())
                self.assertEqual(2, done.returncode)
                self.assertRegex(done.stderr, r"^winnow: t0 \(winnow.json:\d+\) asks for 2 of the resource license, of which ")
        self.ctest("-N")

    def predicted(self, rule, *arguments, **run):
        self.write_tests("sleep 0.3", rule, **run)
        plan = self.winnow("split", "--all", "--chunks", "1", "--format", "json", *arguments)
        self.assertEqual(0, plan.returncode, plan.stderr)
        return json.loads(plan.stdout)["chunks"][0]["predicted_seconds"]

    def test_plans_know_what_keeps_tests_apart(self):
        self.write_tests("sleep 0.3", {})
        self.assertEqual(0, self.winnow("run", "--all").returncode)
        self.assertLess(self.predicted({}), 0.6)
        self.assertGreater(self.predicted({"resources": {"license": 1}}, resources={"license": 1}), 0.85)
        self.assertGreater(self.predicted({"memory": "60MiB"}, capacity={"memory": "100MiB"}), 0.85)
        self.assertGreater(self.predicted({"memory": "60MiB"}, "--memory", "100MiB"), 0.85)
        self.assertGreater(self.predicted({"cpu": 1}, capacity={"cpu": 1}), 0.85)
        self.assertLess(self.predicted({"cpu": 1}, "-j4", capacity={"cpu": 1}), 0.6)


class Told(ResourceKinds):
    def test_tests_are_told_what_they_have(self):
        check = 'sh -c [[echo "GPUS=[$GPUS] OMP=[$OMP_NUM_THREADS]" > "$0"]] '
        self.write("".join(f"add_test(NAME {name} COMMAND {check} ${{HERE}}/{name}.txt)\n"
                           for name in ("plain", "gpu", "wide", "own")) + """
winnow_test_resources(TESTS gpu RESOURCES gpu=2)
winnow_test_resources(TESTS wide CPU 2)
set_tests_properties(own PROPERTIES ENVIRONMENT "OMP_NUM_THREADS=7;GPUS=mine")
winnow_test_resources(TESTS own RESOURCES gpu=4)
""", {"run": {"resources": {"gpu": {"capacity": 4, "environment": {"GPUS": "{count} gpus"}}}}})  # fmt: skip
        self.environment["OMP_NUM_THREADS"] = "64"
        self.run_all("-j2")
        told = {name: (self.root / f"{name}.txt").read_text().strip() for name in ("plain", "gpu", "wide", "own")}
        self.assertEqual({"plain": "GPUS=[] OMP=[1]", "gpu": "GPUS=[2 gpus] OMP=[1]", "wide": "GPUS=[] OMP=[2]",
                          "own": "GPUS=[mine] OMP=[7]"}, told)  # fmt: skip
        self.place = self.root / "build"
        self.assertEqual(0, self.winnow("ctest").returncode)
        self.assertEqual("GPUS=[] OMP=[64]", (self.root / "plain.txt").read_text().strip())
        self.assertEqual("GPUS=[2 gpus] OMP=[64]", (self.root / "gpu.txt").read_text().strip())


class Refused(ResourceKinds):
    ADD = 'add_test(NAME t COMMAND sh -c "echo x > ${HERE}/ran")\n'

    def check_statement(self, statement, settings, *words):
        tests = self.ADD + statement + "\n"
        self.write(tests)
        self.check_refused(tests, settings, f"winnow: t ({self.line_of('winnow_test')}) ", *words)

    def test_a_kind_that_is_not_declared(self):
        self.check_statement("winnow_test_resources(TESTS t RESOURCES licence=1)",
                             {"run": {"resources": {"license": 1}}}, "did you mean license?")
        self.check_statement("winnow_test_resources(TESTS t RESOURCES gpu=1)", None, "gpu, which is not declared")

    def test_more_than_there_are(self):
        self.check_statement("winnow_test_resources(TESTS t RESOURCES gpu=2 CAPACITY gpu=1)", None,
                             "asks for 2 of the resource gpu, of which there are 1 (CMakeLists.txt:")
        self.check_statement("winnow_test_resources(TESTS t RESOURCES gpu=1)", {"run": {"resources": {"gpu": 0}}},
                             "of which there are 0 (winnow.json:")

    def test_what_the_schema_does_not_allow(self):
        gpu = {"capacity": 8, "schema": {"multipleOf": 2}}
        self.check_statement("winnow_test_resources(TESTS t RESOURCES gpu=3)", {"run": {"resources": {"gpu": gpu}}},
                             "a test asks for a multiple of 2 (winnow.json:")

    def test_capacities_that_differ(self):
        self.check_refused(self.ADD + "winnow_test_resources(CAPACITY gpu=2)\n", {"run": {"resources": {"gpu": 3}}},
                           "there are 3 of the resource gpu as winnow.json:", "and 2 as CMakeLists.txt:")

    def test_more_memory_than_there_is(self):
        tests = self.ADD + "winnow_test_resources(TESTS t MEMORY 512MiB)\n"
        self.write(tests)
        place = self.line_of("winnow_test")
        for arguments, settings in ((("--memory", "100MiB"), None),
                                    ((), {"run": {"capacity": {"memory": "100MiB"}}})):  # fmt: skip
            self.check_refused(tests, settings, f"t states that it takes 512.0 MiB of memory ({place})", "100.0 MiB",
                               arguments=arguments)
        self.check_refused(self.ADD + "winnow_test_resources(TESTS t MEMORY 900TiB)\n", None, "states that it takes")

    def test_budgets_that_are_none(self):
        self.write(self.ADD)
        build = self.configure()
        for memory in ("0", "-1GiB", "2 GiB", "many", "101%", "1e400", "nan"):
            with self.subTest(memory=memory):
                done = self.winnow("run", "--all", "-B", build, f"--memory={memory}")
                self.assertEqual(2, done.returncode)
                self.assertIn("is no size above 0", done.stderr)

    def test_damaged_exports_name_the_place(self):
        self.write(self.ADD + "winnow_test_resources(TESTS t CPU 1)\n")
        export = self.configure() / ".winnow" / "export.json"
        text = export.read_text()
        for cpu in ("1e400", "-1", "0", "99999999999"):
            export.write_text(text.replace('"cpu":1', f'"cpu":{cpu}'))
            done = self.winnow("run", "--all", "-B", self.root / "build")
            self.assertNotEqual(0, done.returncode)
            self.assertIn("cpu is no number of cpus above zero", done.stdout + done.stderr)


class Budgets(ResourceKinds):
    TESTS = f"""
foreach(number RANGE 1 3)
  add_test(NAME t${{number}} COMMAND {ALONE})
  winnow_test_resources(TESTS t${{number}} CPU 0.01 MEMORY 60MiB)
endforeach()
"""

    def test_memory_of_a_run(self):
        self.write(self.TESTS)
        self.run_all("--memory", "100MiB")
        self.write(self.TESTS, {"run": {"capacity": {"memory": "119MiB"}}})
        self.run_all()

    def test_memory_of_a_daemon(self):
        self.write(self.TESTS)
        self.assertEqual(0, self.winnow("daemon", "start", "--memory", "100MiB").returncode)
        self.assertEqual(100 << 20, self.status()["memory_bytes"]["capacity"])
        self.run_all()
        refused = self.winnow("daemon", "start", "--memory", "200MiB")
        self.assertEqual(2, refused.returncode)
        self.assertIn("a daemon runs already", refused.stderr)
        self.winnow("daemon", "stop")
        self.environment["WINNOW_MEMORY"] = "much"
        for arguments in ((), ("--no-daemon",)):
            done = self.winnow("run", "--all", "-B", self.root / "build", *arguments)
            self.assertNotEqual(0, done.returncode)
            self.assertIn("WINNOW_MEMORY is 'much'", done.stderr)

    def test_cpus_of_a_run(self):
        tests = "".join(f"add_test(NAME t{number} COMMAND {ALONE})\nwinnow_test_resources(TESTS t{number} CPU 1)\n"
                        for number in range(3))  # fmt: skip
        self.write(tests, {"run": {"capacity": {"cpu": 1}}})
        self.run_all()


class NamedInstances(ResourceKinds):
    SPEC = {"version": {"major": 1, "minor": 0}, "local": [{"gpus": [{"id": "a", "slots": 2}]}]}
    TESTS = """
add_test(NAME t COMMAND sh -c [[test "$CTEST_RESOURCE_GROUP_0_GPUS" = id:a,slots:2]])
set_tests_properties(t PROPERTIES RESOURCE_GROUPS gpus:2)
"""

    def test_a_spec_file_is_taken_from_option_settings_and_cmake(self):
        file = self.root / "source" / "slots.json"
        self.write(self.TESTS)
        file.write_text(json.dumps(self.SPEC))
        self.run_all(code=100)
        self.place = self.root / "source"
        self.run_all("--resource-spec-file", "slots.json")
        self.place = self.root
        self.write(self.TESTS, {"run": {"resource_spec_file": "slots.json"}})
        self.run_all()
        self.write("set(CTEST_RESOURCE_SPEC_FILE ${CMAKE_SOURCE_DIR}/slots.json)\n" + self.TESTS)
        self.run_all()

    def test_a_spec_file_that_is_none_is_refused(self):
        self.write(self.TESTS)
        (self.root / "bad.json").write_text("[]")
        for name in ("bad.json", "missing.json"):
            self.assertIn(name, self.run_all("--resource-spec-file", name, code=2).stderr)

    def test_what_asks_for_too_much_is_not_run(self):
        (self.root / "slots.json").write_text(json.dumps(self.SPEC))
        self.write(self.TESTS.replace("gpus:2)\n", "gpus:3)\n"))
        done = self.run_all("--resource-spec-file", "slots.json", code=100)
        self.assertIn("nsufficient resources", done.stdout + done.stderr)


class Processors(ResourceKinds):
    def test_odd_numbers_are_read_as_ctest_reads_them(self):
        odd = ("0", "-1", "4294967296", "99999999999999999999", "2147483647", "many")
        self.write("".join(f"add_test(NAME t{i} COMMAND true)\nset_tests_properties(t{i} PROPERTIES PROCESSORS {n})\n"
                           for i, n in enumerate(odd)))  # fmt: skip
        self.run_all()
        self.place = self.root / "build"
        self.assertEqual(0, self.winnow("ctest", "-j2").returncode)
        self.assertEqual(0, subprocess.run(["ctest", "-j2"], cwd=self.place, capture_output=True).returncode)


if __name__ == "__main__":
    unittest.main()
