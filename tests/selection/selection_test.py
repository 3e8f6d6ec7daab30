#!/usr/bin/env python3
"""Tests the harness itself: its generator, its stub compiler, its truth, and that a lost edge is a miss."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import types
import unittest

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import build_shapes  # noqa: E402
import data_shapes  # noqa: E402
import edits  # noqa: E402
import results  # noqa: E402
import seed_results  # noqa: E402
import test_shapes  # noqa: E402
import truth  # noqa: E402
from generate import ALL_SHAPES, generate  # noqa: E402
from layers import LAYERS  # noqa: E402
from trial import chosen  # noqa: E402
from work_tree import WorkTree  # noqa: E402

PROGRAMS = {name: os.environ[name.upper()] for name in ("winnow", "stub_compiler", "drop_edges")}


def tools(real=False):
    return types.SimpleNamespace(
        winnow=PROGRAMS["winnow"], stub=PROGRAMS["stub_compiler"], drop_edges=PROGRAMS["drop_edges"], real=real, build_jobs=2
    )


class Scratch(unittest.TestCase):
    """A directory of the test's own."""

    def setUp(self):
        directory = tempfile.TemporaryDirectory(prefix="winnow-selection-")
        self.addCleanup(directory.cleanup)
        self.root = pathlib.Path(directory.name)


class Generator(unittest.TestCase):
    def test_the_same_seed_gives_the_same_project_and_edits(self):
        first, second = generate(7), generate(7)
        self.assertEqual(first.files(first.start), second.files(second.start))
        done = [[(edit.kind, edit.flavour, edit.changed) for edit in edits.edit_sequence(one, 10)] for one in (first, second)]
        self.assertEqual(done[0], done[1])
        self.assertNotEqual(first.files(first.start), generate(8).files(generate(8).start))

    def test_every_project_has_eight_tests_three_layers_and_a_generated_file(self):
        for seed in range(40):
            project = generate(seed)
            files = project.files(project.start)
            self.assertGreaterEqual(len(project.tests_in(project.start)), 8, seed)
            for layer in LAYERS:
                self.assertTrue(any(path.startswith(f"{layer}/{layer}") for path in files), (seed, layer))
            self.assertTrue(any("add_custom_command(OUTPUT" in str(text) for text in files.values()), seed)

    def test_every_shape_and_every_kind_of_edit_comes_up(self):
        shapes, kinds = set(), set()
        for seed in range(40):
            project = generate(seed)
            shapes |= project.shapes
            kinds |= {edit.kind for edit in edits.edit_sequence(project, 15)}
        self.assertLessEqual({shape.__name__ for shape in ALL_SHAPES} | {"static", "shared", "object", "interface"}, shapes)
        self.assertEqual(set(edits.KINDS), kinds)

    def test_an_edit_names_the_files_that_it_changes(self):
        project = generate(3)
        before = project.start
        for edit in edits.edit_sequence(project, 20):
            self.assertEqual(edit.changed, edits.differing(project, before, edit.state))
            before = edit.state


    def test_what_an_edit_brought_in_is_often_edited_next(self):
        followed = 0
        for seed in range(20):
            project = generate(seed)
            done = [{one.name for one in edit.done} for edit in edits.edit_sequence(project, 15, ("header", "source", "shadow"))]
            for first, second in zip(done, done[1:]):
                followed += any(second & set(project.followers.get(toggle, [])) for toggle in first)
        self.assertGreater(followed, 10)


class StubCompiler(Scratch):
    def compiled(self, text, *options):
        (self.root / "a.cpp").write_text(text)
        out = self.root / "a.o"
        command = [PROGRAMS["stub_compiler"], "/usr/bin/g++", *options, "-MD", "-MT", "a.o", "-MF", "a.d", "-o", "a.o", "-c", "a.cpp"]
        subprocess.run(command, cwd=self.root, check=True)
        return out.read_text()

    def test_code_and_options_change_an_object_and_comments_do_not(self):
        plain = self.compiled("int f() { return 1; }\n")
        self.assertEqual(plain, self.compiled("// said\nint f() {\n  return 1; }\n\n"))
        self.assertNotEqual(plain, self.compiled("int f() { return 2; }\n"))
        self.assertNotEqual(plain, self.compiled("int f() { return 1; }\n", "-O2"))

    def test_a_precompiled_header_is_made_again_from_its_text(self):
        (self.root / "all.hxx").write_text('#include "part.h"\n')
        (self.root / "all.cxx").write_text("")
        command = [PROGRAMS["stub_compiler"], "/usr/bin/g++", "-x", "c++-header", "-include", self.root / "all.hxx",
                   "-MD", "-MT", "all.hxx.gch", "-MF", "all.d", "-o", "all.hxx.gch", "-c", "all.cxx"]  # fmt: skip
        made = []
        for value in (1, 2):
            (self.root / "part.h").write_text(f"int part = {value};\n")
            subprocess.run(command, cwd=self.root, check=True)
            self.assertIn("part.h", (self.root / "all.d").read_text())
            made.append((self.root / "all.hxx.gch").read_text())
        self.assertNotEqual(*made)

    def test_a_definition_changes_the_objects_that_use_it(self):
        used, unused = "int f() { return N; }\n", "int f() { return 1; }\n"
        self.assertNotEqual(self.compiled(used, "-DN=1"), self.compiled(used, "-DN=2"))
        self.assertEqual(self.compiled(unused, "-DN=1"), self.compiled(unused, "-DN=2"))

    def test_the_depfile_names_the_headers(self):
        (self.root / "a.h").write_text("#define N 1\n")
        self.compiled('#include "a.h"\nint f() { return N; }\n')
        self.assertRegex((self.root / "a.d").read_text(), r"a\.o: .*a\.cpp.* a\.h")

    def test_a_source_that_does_not_preprocess_makes_no_object(self):
        with self.assertRaises(subprocess.CalledProcessError):
            self.compiled('#include "absent.h"\n')
        self.assertFalse((self.root / "a.o").exists())


class Truth(Scratch):
    def test_real_programs_open_what_the_generator_says(self):
        shapes = {
            *data_shapes.SHAPES,
            test_shapes.plugins,
            test_shapes.scripts,
            test_shapes.importing_scripts,
            test_shapes.discovered_cases,
        }
        project = generate(1, shapes)
        tree = WorkTree(self.root, project, tools(real=True))
        tree.write(project.start)
        tree.build_clean(project.start)
        said = truth.tests_of(tree, project.start)
        opened = self.opened_by_tests(tree)
        for key, made_of in said.items():
            self.assertEqual(opened[key], self.files_of(made_of), key)

    def files_of(self, made_of):
        """Every file of the tree that the truth holds for opened."""
        files = set()
        for path, content in [*made_of["opened"].items(), *made_of["libraries"].items()]:
            below = [f"{path}/{name}" for name, _ in content] if isinstance(content, list) else [path]
            files.update(str(pathlib.Path(one)) for one in below)
        return files

    def opened_by_tests(self, tree):
        """(directory, name) -> the files below the root that the test's processes opened or executed."""
        command = ["ctest", "--test-dir", str(tree.build), "--show-only=json-v1"]
        listing = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        directories = {test.name: test.directory for test in tree.project.tests_in(tree.project.start)}
        opened = {}
        for test in listing["tests"]:
            properties = {one["name"]: one["value"] for one in test["properties"]}
            where = properties["WORKING_DIRECTORY"]
            environment = dict(os.environ) | dict(value.split("=", 1) for value in properties.get("ENVIRONMENT", []))
            trace = self.root / "trace"
            traced = ["strace", "-f", "-qq", "-e", "trace=open,openat,execve", "-o", str(trace), *test["command"]]
            done = subprocess.run(traced, cwd=where, env=environment, capture_output=True, check=False)
            self.assertEqual(done.returncode, 0, test["name"])
            opened[directories[test["name"]], test["name"]] = self.in_trace(trace.read_text(), where)
        return opened

    def in_trace(self, text, where):
        paths = re.findall(r'(?:open|openat|execve)\((?:AT_FDCWD, )?"([^"]+)".*= \d+$', text, re.MULTILINE)
        # strace writes bytes beyond ASCII as octal escapes.
        decoded = [path.encode().decode("unicode_escape").encode("latin-1").decode() for path in paths]
        absolute = {os.path.normpath(os.path.join(where, path)) for path in decoded}
        return {path for path in absolute if path.startswith(str(self.root)) and os.path.isfile(path)}


# An edit, and which test depends on it through edges of each kind alone.
PLANTED = {
    ("data", "file read in every way"): {
        "header": "shared.header",
        "source": "shared.source",
        "implicit_input": "shared.implicit",
        "depfile_input": "shared.depfile",
        "named_in_command": "shared.named",
        "executable": "shared.header",
        "argument": "shared.argument",
        "environment": "shared.environment",
        "required_file": "shared.required",
        "below_argument": "shared.directory",
        "declared_input": "shared.declared",
    },
    ("source", "source of a module (ordered)"): {"ordered_before": "plugin.ordered"},
    ("generator", "script that a generator imports and a test runs"): {"mentioned": "runs_shell.test"},
    ("data", "script that another test is given and one imports"): {"mentioned_in_script": "script.sourcing.sh"},
    ("source", "program that sets up"): {"fixture_setup": "fixture.user1"},
    ("source", "program in front of another test"): {"depends": "chain.second"},
}


class Lost(Scratch):
    """What is not seen is missed: `shapes` make a project in which `settings` hold."""

    shapes = frozenset()
    settings = "{}"

    def setUp(self):
        super().setUp()
        self.project = generate(1, self.shapes)
        self.project.add("winnow.json", "settings", [self.settings])
        self.tree = WorkTree(self.root, self.project, tools())
        self.tree.write(self.project.start)
        self.base = self.tree.commit()

    def edited(self, kind, flavour):
        state = self.project.start.copy()
        next(one for one in edits.candidates(self.project, state) if (one.kind, one.flavour) == (kind, flavour)).change(state)
        self.tree.write(state)
        return state

    def missed(self, graph, differences):
        known = {test.key: test for test in self.project.tests}
        answer = self.tree.affected("--from", self.base, "--graph", str(graph))
        return {name for directory, name in differences if not chosen(answer, known[directory, name])}


class LostRules(Lost):
    shapes = {data_shapes.staged_data}
    settings = '{"selection": {"shipped_rules": {"staged_files": "nothing", "shared_data": "nothing"}}}'

    def test_data_in_the_build_tree_is_a_miss_where_its_rule_is_off(self):
        self.tree.build_clean(self.project.start)
        graph = self.tree.record()
        self.edited("data", "file put into the build tree")
        staging = {test.key: ["opened"] for test in self.project.tests if test.name == "staging.test"}
        self.assertEqual(self.missed(graph, staging), {"staging.test"})


class LostReaders(Lost):
    shapes = {data_shapes.data_with_other_readers}
    settings = '{"selection": {"shipped_rules": {"shared_data": "nothing"}}}'

    def test_data_that_another_test_is_given_is_a_miss_where_its_rule_is_off(self):
        self.tree.build_clean(self.project.start)
        graph = self.tree.record()
        readers = {test.key: ["opened"] for test in self.project.tests if "/checked/" in "".join(test.reads)}
        for settings, missed in (("{}", set()), (self.settings, {name for _, name in readers})):
            (self.tree.source / "winnow.json").write_text(settings)
            self.base = self.tree.commit()
            for number in (1, 2):
                path = next(path for path in self.project.contents if path.endswith(f"checked/table{number}.csv"))
                (self.tree.source / path).write_text(f"edited {settings}\n")
            self.assertEqual(self.missed(graph, readers), missed)


class LostEdges(Lost):
    """Without `output` edges every program counts as changed, which misses nothing; cleanups only come along;
    `discovered_from` matters to trees that were never built."""

    shapes = {
        build_shapes.importing_generators,
        data_shapes.shared_data,
        test_shapes.importing_scripts,
        test_shapes.plugins,
        test_shapes.fixtures,
        test_shapes.depends,
        test_shapes.discovered_cases,
    }
    # Edges alone shall tell: the rule would select for a plugin, too.
    settings = '{"selection": {"shipped_rules": {"plugins": "nothing"}}}'

    def graph_without(self, graph, kind):
        fewer = self.root / f"{kind}.graph"
        done = subprocess.run([PROGRAMS["drop_edges"], graph, str(fewer), kind], check=True, capture_output=True, text=True)
        self.assertGreater(int(done.stdout), 0, f"there was no edge of the kind {kind}")
        return fewer

    def test_each_kind_of_edges_that_is_not_seen_is_a_miss(self):
        tree = self.tree
        tree.build_clean(self.project.start)
        before = truth.tests_of(tree, self.project.start)
        graph = self.root / "whole.graph"
        shutil.copy(tree.record(), graph)
        fewer = {kind: self.graph_without(graph, kind) for losses in PLANTED.values() for kind in losses}
        for (kind, flavour), losses in PLANTED.items():
            state = self.edited(kind, flavour)
            tree.put_aside()
            tree.build_clean(state)
            differences = truth.differing(before, truth.tests_of(tree, state))
            tree.bring_back()
            self.assertEqual(self.missed(graph, differences), set(), flavour)
            for lost, test in losses.items():
                self.assertIn(test, self.missed(fewer[lost], differences), f"{lost} was dropped")
            tree.write(self.project.start)

    def test_a_lost_discovery_is_a_miss_before_the_first_build(self):
        self.tree.configure(self.project.start)
        graph = self.tree.record()
        fewer = self.graph_without(graph, "discovered_from")
        self.edited("source", "program that lists its cases")
        listed = {test.key: ["opened"] for test in self.project.tests if test.discovered_by}
        self.assertEqual(self.missed(graph, listed), set())
        self.assertEqual(self.missed(fewer, listed), {name for _, name in listed})


class Results(Scratch):
    record = {"seed": 1, "edit": 0, "kind": "source", "flavour": "comment", "changed": ["a.cpp"], "way": "recorded"}

    def test_only_finished_seeds_of_the_same_winnow_count(self):
        file = self.root / "results.jsonl"
        first = seed_results.SeedResults(file, "one")
        first.append(1, [self.record | {"truth": 0, "total": 3, "selected": 0, "companions": 0, "missed": {}, "fallback": None}])
        with file.open("a") as interrupted:
            interrupted.write(json.dumps(self.record | {"seed": 2, "measured": "one"}) + "\n")
        again = seed_results.SeedResults(file, "one")
        self.assertEqual(again.finished, {1})
        self.assertEqual([record["seed"] for record in again.complete()], [1])
        self.assertEqual(seed_results.SeedResults(file, "another").finished, set())

    def test_a_gap_covers_only_what_it_names(self):
        gaps = [("source", "comment", "*", "nothing sees it"), ("data", "*", "built", "nothing sees it")]
        self.assertEqual(results.gap_of(self.record, gaps), gaps[0])
        self.assertIsNone(results.gap_of(self.record | {"flavour": "constant"}, gaps))
        self.assertIsNone(results.gap_of(self.record | {"kind": "data"}, gaps))

    def test_misses_and_refusals_are_in_the_summary(self):
        seen = self.record | {"truth": 2, "total": 3, "selected": 1, "companions": 0, "missed": {"tests/a": ["opened"]}, "fallback": None}
        refused = self.record | {"truth": 1, "refused": "no graph"}
        text = results.summary([seen, refused])
        self.assertIn("tests/a differs in opened", text)
        self.assertRegex(text, r"source +1 +2 +1 +1 +1 +0 +2 +1 +0.50")

    def test_goals_are_for_kinds_that_should_not_fall_back(self):
        wide = self.record | {"truth": 1, "total": 3, "selected": 3, "companions": 0, "missed": {}, "fallback": "unknown_file"}
        many = [wide] * results.ANSWERS_FOR_A_MEDIAN
        self.assertRegex(results.beyond_goals(many), r"source: falls back in 10 of 10[\s\S]*source: the median .* 3.00")
        self.assertEqual(results.beyond_goals([one | {"kind": "unknown"} for one in many]), "")
        few = [one | {"fallback": None} for one in many[1:]]
        self.assertEqual(results.beyond_goals(few), "")
        self.assertEqual(results.beyond_goals([one | {"selected": 1} for one in few + few]), "")
        self.assertIn("source, comment: 3 for 1 in 1 queries, 1 of them fallbacks", results.summary([wide]))

    def test_a_goal_that_is_not_met_fails_the_run(self):
        run = pathlib.Path(__file__).with_name("run")
        form = [run, "--seeds", "1..1", "--edits", "1", "--kinds", "source", "--winnow", PROGRAMS["winnow"],
                "--stub", PROGRAMS["stub_compiler"], "--results", self.root / "results.jsonl"]  # fmt: skip
        self.assertEqual(subprocess.run(form, capture_output=True, text=True, check=False).returncode, 0)
        lines = (self.root / "results.jsonl").read_text().splitlines()
        fallen = [json.dumps(json.loads(line) | ({"fallback": "unknown_file"} if "way" in line else {})) for line in lines]
        (self.root / "results.jsonl").write_text("\n".join(fallen) + "\n")
        done = subprocess.run(form, capture_output=True, text=True, check=False)
        self.assertIn("source: falls back in", done.stdout)
        self.assertEqual(done.returncode, 1)

    def test_a_gap_that_is_met_without_a_miss_may_be_closed(self):
        gaps = [("source", "comment", "*", "nothing sees it"), ("data", "*", "built", "nothing sees it")]
        fine = self.record | {"truth": 1, "total": 3, "selected": 1, "companions": 0, "missed": {}, "fallback": None}
        self.assertEqual(results.closed_gaps([fine], gaps), gaps[:1])
        self.assertEqual(results.closed_gaps([fine, fine | {"missed": {"tests/a": ["opened"]}}], gaps), [])


if __name__ == "__main__":
    unittest.main()
