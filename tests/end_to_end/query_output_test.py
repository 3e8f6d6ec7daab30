#!/usr/bin/env python3
"""What queries print: a graph as counts, drawing and document; a selection as names and targets, with NUL and colours."""

import json
import re
import unittest
from collections import Counter

from small_project import SmallProject

FILES = {
    "CMakeLists.txt": """
cmake_minimum_required(VERSION 3.24)
project(Small LANGUAGES C)
enable_testing()
foreach(name IN ITEMS near far)
  add_library(${name} STATIC ${name}.c)
  add_executable(${name}_test ${name}_test.c)
  target_link_libraries(${name}_test PRIVATE ${name})
  add_test(NAME ${name} COMMAND ${name}_test)
endforeach()
add_test(NAME "a script" COMMAND sh ${CMAKE_SOURCE_DIR}/script.sh $<TARGET_FILE:near_test>)
add_test(NAME unknown COMMAND sh -c true)
""",
    "near.h": "int near(void);\n",
    "near.c": '#include "near.h"\nint near(void) { return 1; }\n',
    "far.c": "int far(void) { return 2; }\n",
    "near_test.c": '#include "near.h"\nint main(void) { return near() - 1; }\n',
    "far_test.c": "int far(void);\nint main(void) { return far() - 2; }\n",
    "script.sh": "exec \"$1\"\n",
}  # fmt: skip
# From a header to the tests it can affect: the names of the nodes, and of the edges between them.
CHAIN = ["near.h", "C_COMPILER__near_", "@build/CMakeFiles/near.dir/near.c.o", "C_STATIC_LIBRARY_LINKER__near_",
         "@build/libnear.a", "C_EXECUTABLE_LINKER__near_test_", "@build/near_test", "near"]  # fmt: skip
EDGES = ["header", "output", "source", "output", "implicit_input", "output", "executable"]


class QueryOutput(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.project = SmallProject(FILES)
        cls.addClassCleanup(cls.project.remove)
        cls.project.configure()
        cls.project.make()
        cls.recorded = cls.printed("graph", "record")

    @classmethod
    def printed(cls, *arguments):
        done = cls.project.winnow(*arguments)
        assert (done.returncode, done.stderr) == (0, ""), (arguments, done)
        return done.stdout


class WholeGraph(QueryOutput):
    def test_its_document_has_the_way_from_a_header_to_a_test(self):
        document = self.project.document("graph", "show")
        self.assertEqual(("winnow.graph", 1), (document["kind"], document["version"]))
        names = [node.get("file") or node.get("step") or node["test"] for node in document["nodes"]]
        edges = {(names[start], names[end]): kind for start, end, kind in document["edges"]}
        self.assertEqual(EDGES, [edges.get(link) for link in zip(CHAIN, CHAIN[1:])])
        nodes = dict(zip(names, document["nodes"]))
        self.assertEqual({"step": "C_COMPILER__near_", "kind": "compile", "target": "near"}, nodes["C_COMPILER__near_"])
        self.assertEqual(self.project.git("hash-object", self.project.source / "near.h").strip(),
                         nodes["near.h"]["hash"])
        self.assertEqual([False, True], [nodes[name]["built"] for name in ("near.h", "@build/libnear.a")])
        self.assertEqual([True, False], [nodes[name]["mapped"] for name in ("a script", "unknown")])

    def test_its_drawing_has_the_nodes_and_edges_of_its_document(self):
        document = self.project.document("graph", "show")
        lines = self.printed("graph", "show", "--format", "dot").splitlines()
        self.assertEqual((["digraph winnow {", "  rankdir=LR;"], "}"), (lines[:2], lines[-1]))
        shapes = {"file": "note", "step": "ellipse", "test": "box"}
        nodes, edges = [], []
        for line in lines[2:-1]:
            node = re.fullmatch(r'  n(\d+) \[label="(.*)", shape=(\w+)\];', line)
            edge = re.fullmatch(r'  n(\d+) -> n(\d+) \[label="(\w+)"\];', line)
            self.assertTrue(node or edge, line)
            if node:
                nodes.append(node.groups())
            else:
                edges.append([int(edge[1]), int(edge[2]), edge[3]])
        self.assertEqual(document["edges"], edges)
        self.assertEqual([(str(i), node.get("file", node.get("step", node.get("test"))).removeprefix("@"),
                           shapes[next(iter(node))]) for i, node in enumerate(document["nodes"])], nodes)

    def test_dot_is_what_is_shown_without_being_asked(self):
        self.assertEqual(self.printed("graph", "show", "--format", "dot"), self.printed("graph", "show"))

    def test_its_counts_are_those_of_its_document(self):
        document = self.project.document("graph", "show")
        stats = self.project.document("graph", "stats")
        self.assertEqual(("winnow.graph_stats", 1), (stats["kind"], stats["version"]))
        kinds = Counter(next(iter(node)) for node in document["nodes"])
        self.assertEqual([kinds["file"], kinds["step"], kinds["test"]],
                         [stats[name]["total"] for name in ("files", "steps", "tests")])
        steps = Counter(node["kind"] for node in document["nodes"] if "step" in node)
        self.assertEqual(steps, {kind: stats["steps"][kind] for kind in steps})
        edges = Counter(kind for _, _, kind in document["edges"])
        self.assertEqual(edges | {"total": len(document["edges"])},
                         {kind: count for kind, count in stats["edges"].items() if count})
        self.assertEqual((4, 2, 2, 4, 1), (steps["compile"], steps["archive"], steps["link"], stats["targets"],
                                           stats["tests"]["unmapped"]))

    def test_its_counts_for_people_say_the_same_and_where_it_comes_from(self):
        stats = self.project.document("graph", "stats")
        text = self.printed("graph", "stats")
        for name, count in (("files", stats["files"]["total"]), ("  compile", 4), ("  archive", 2), ("  link", 2),
                            ("targets", 4), ("tests", 4), ("  unmapped", 1),
                            ("  header", stats["edges"]["header"])):
            self.assertRegex(text, rf"(?m)^{name} +{count}$")
        self.assertNotIn("declared_input", text, "what does not occur is left out")
        head = self.project.git("rev-parse", "HEAD").strip()
        version = self.printed("--version").split()[-1]
        for name, fact in (("project", "Small"), ("commit", head), ("generator", "Ninja"),
                           ("recorded by", f"winnow {version}")):
            self.assertRegex(text, rf"(?m)^{name} +{re.escape(fact)}$")
        self.assertEqual(head, stats["origin"]["commit"])
        self.assertEqual(version, stats["origin"]["winnow_version"])

    def test_a_recording_says_what_was_recorded_and_where(self):
        stats = self.project.document("graph", "stats")
        said = re.fullmatch(r"Recorded (\d+) tests, (\d+) files, (\d+) steps and (\d+) edges in (.*)\.\n", self.recorded)
        self.assertEqual([stats[name]["total"] for name in ("tests", "files", "steps", "edges")],
                         [int(number) for number in said.groups()[:4]])
        self.assertEqual(stats["bytes"], self.project.build.joinpath(said[5]).stat().st_size)


class OneSelection(QueryOutput):
    """After an edit of the header near.h."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.project.write("near.h", "int near(void); /* edited */\n")

    def affected(self, *arguments):
        return self.printed("affected", "--since", "main", *arguments)

    def test_names_stand_one_on_a_line_or_end_in_nul(self):
        self.assertEqual("a script\nnear\nunknown\n", self.affected("--format", "names"))
        self.assertEqual("a script\0near\0unknown\0", self.affected("--format", "names", "-0"))

    def test_targets_are_what_ninja_can_be_asked_for(self):
        self.assertEqual("near_test\n", self.affected("--format", "targets"))
        self.assertEqual("near_test\0", self.affected("--format", "targets", "-0"))
        targets = self.affected("--format", "targets").split()
        commands = self.project.run("ninja", "-C", self.project.build, "-t", "commands", *targets).stdout
        self.assertIn("near.c", commands)
        self.assertNotIn("far.c", commands)

    def test_names_can_be_run(self):
        names = self.affected("--format", "names", "-0").split("\0")[:-1]
        self.project.make()
        self.addCleanup(self.project.winnow, "daemon", "stop")
        self.assertRegex(self.printed("run", "--all", *names), r"(?m)^done in .*: 3 passed$")

    def test_colours_frame_the_text_and_change_nothing_of_it(self):
        plain = self.affected()
        coloured = self.affected("--color", "always")
        self.assertNotIn("\x1b", plain)
        self.assertEqual(plain, self.affected("--color", "never"))
        self.assertEqual(plain, re.sub(r"\x1b\[\d*m", "", coloured))
        self.assertIn("\x1b[1mnear.h\x1b[0m\x1b[2m (modified)\x1b[0m\n", coloured)
        self.assertEqual(coloured.count("\x1b[0m"), len(re.findall(r"\x1b\[[12]m", coloured)))

    def test_explanations_are_coloured_too(self):
        coloured = self.printed("why", "near", "--color", "always")
        self.assertTrue(coloured.startswith("\x1b[1mnear is affected\x1b[0m\n"), coloured)
        self.assertEqual(self.printed("why", "near"), re.sub(r"\x1b\[\d*m", "", coloured))


if __name__ == "__main__":
    unittest.main()
