#!/usr/bin/env python3
"""`winnow affected --explain` and `winnow why` say of skipped tests why they are."""

import time
import unittest

from small_project import MODULE, SmallProject

FILES = {
    "CMakeLists.txt": f"""
cmake_minimum_required(VERSION 3.24)
project(Explained LANGUAGES CXX)
include("{MODULE}")
winnow_enable()
enable_testing()
add_subdirectory(net)
add_subdirectory(data)
""",
    "net/CMakeLists.txt": """
add_library(net net.cpp)
add_executable(net_test net_test.cpp)
target_link_libraries(net_test PRIVATE net)
add_test(NAME net.one COMMAND net_test 1)
add_test(NAME net.two COMMAND net_test 2)
""",
    "net/net.h": "int net();\n",
    "net/net.cpp": '#include "net.h"\nint net() { return 0; }\n',
    "net/net_test.cpp": '#include "net.h"\nint main() { return net(); }\n',
    "data/CMakeLists.txt": """
add_test(NAME open COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/open.sh)
add_test(NAME closed COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/closed.sh)
winnow_test_inputs(TESTS closed FILES table.txt)
""",
    "data/open.sh": "exit 0\n",
    "data/closed.sh": "exit 0\n",
    "data/table.txt": "1\n",
    "data/more.dat": "1\n",
}


class Explanations(unittest.TestCase):
    def setUp(self):
        self.project = SmallProject(FILES)
        self.addCleanup(self.project.remove)
        self.project.configure()
        self.project.make()

    def skipped(self):
        """Of each skipped test its reasons: "kind file (rule)"."""
        selection = self.project.document("affected", "--explain")
        self.assertEqual(selection["skipped_count"], len(selection["skipped"]))
        self.assertEqual(len(selection["tests"]) + len(selection["skipped"]), selection["total"])

        def text(reason):
            return " ".join(filter(None, (reason["kind"], reason.get("file"), reason.get("rule"))))

        return {test["name"]: [text(reason) for reason in test["reasons"]] for test in selection["skipped"]}

    def test_every_test_is_either_selected_or_explained(self):
        self.project.write("net/net.h", "int net(); // the same\n")
        self.assertEqual(self.skipped(), {"open": ["unchanged_inputs"], "closed": ["unchanged_inputs"]})
        selection = self.project.document("affected", "--explain")
        inputs = {test["name"]: test["inputs"] for test in selection["skipped"]}
        self.assertEqual(inputs["closed"], {"sources": 2, "built": 0, "outside": 0, "tests": 0})

    def test_an_ignored_file_is_told_to_the_tests_beside_it(self):
        self.project.write("net/README.md", "prose\n")
        skipped = self.skipped()
        self.assertEqual(skipped["net.one"], ["unchanged_inputs", "ignored_file net/README.md harmless_files"])
        self.assertEqual(skipped["open"], ["unchanged_inputs"])
        text = self.project.winnow("why", "net.two").stdout
        self.assertIn("none of them changed", text)
        self.assertIn("net/README.md lies in its part of the project, and cannot matter (rule harmless_files)", text)

    def test_a_closed_test_says_why_a_file_beside_it_is_no_matter(self):
        self.project.write("data/more.dat", "2\n")
        self.assertEqual(self.skipped()["closed"], ["unchanged_inputs", "closed data/more.dat"])
        text = self.project.winnow("why", "closed").stdout
        self.assertIn("data/more.dat lies in its part of the project, but all inputs of the test are known", text)

    def test_text_names_tests_by_what_they_share(self):
        self.project.write("net/README.md", "prose\n")
        text = self.project.winnow("affected", "--explain").stdout
        self.assertIn("4 of 4 tests not affected\n", text)
        self.assertRegex(text, r"  none of their inputs changed\n    data/closed \(2 inputs\)  data/open \(1 input\)\n")
        self.assertRegex(text, r"README.md changed beside them, and cannot matter \(rule harmless_files\)\n"
                               r"    net/net.one \(\d+ inputs\)  net/net.two \(\d+ inputs\)\n")  # fmt: skip

    def test_why_tells_the_same_as_json(self):
        self.project.write("net/net.h", "int net(); // the same\n")
        self.project.write("net/README.md", "prose\n")
        selected = self.project.document("why", "net.one")
        self.assertEqual((selected["kind"], selected["version"]), ("winnow.explanation", 1))
        self.assertEqual(([test["name"] for test in selected["tests"]], selected["skipped"]), (["net.one"], []))
        self.assertEqual(selected["tests"][0]["reasons"][0]["file"], "net/net.h")
        skipped = self.project.document("why", "closed")
        self.assertEqual((skipped["tests"], [test["name"] for test in skipped["skipped"]]), ([], ["closed"]))
        file = self.project.document("why", "--file", "net/net.h")
        self.assertEqual((file["file"], file["standing"], file["fallback"]), ("net/net.h", "known", None))
        self.assertEqual({test["name"] for test in file["tests"]}, {"net.one", "net.two"})
        prose = self.project.document("why", "--file", "net/README.md")
        self.assertEqual((prose["standing"], prose["rule"], prose["tests"]), ("ignored", "harmless_files *.md", []))

    def test_names_have_no_room_for_reasons(self):
        done = self.project.winnow("affected", "--explain", "--format", "names")
        self.assertEqual(done.returncode, 2)
        self.assertIn("--explain tells reasons", done.stderr)


class ManyTests(unittest.TestCase):
    """A thousand tests of two hundred programs."""

    PROGRAMS, EACH = 200, 5

    def setUp(self):
        text = "cmake_minimum_required(VERSION 3.24)\nproject(Many LANGUAGES CXX)\nenable_testing()\n"
        files = {"common.h": "int common();\n"}
        for i in range(self.PROGRAMS):
            text += f"add_executable(p{i} p{i}.cpp)\n"
            files[f"p{i}.cpp"] = '#include "common.h"\nint main() {}\n'
            for j in range(self.EACH):
                text += f"add_test(NAME t{i}.{j} COMMAND p{i} {j})\n"
        self.project = SmallProject({"CMakeLists.txt": text, **files})
        self.addCleanup(self.project.remove)
        self.project.configure()
        self.project.winnow("graph", "record")

    def seconds(self, *arguments):
        start = time.monotonic()
        done = self.project.winnow(*arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return time.monotonic() - start, done.stdout

    def test_each_explanation_takes_little_and_text_stays_short(self):
        self.project.write("p7.cpp", "int main() { return 0; }\n")
        plain, _ = min(self.seconds("affected") for _ in range(3))
        explained, text = min(self.seconds("affected", "--explain") for _ in range(3))
        self.assertLess((explained - plain) / (self.PROGRAMS * self.EACH), 0.010)
        self.assertIn("995 of 1000 tests not affected", text)
        self.assertLess(len(text.splitlines()), 60)
        self.assertEqual(len(self.project.document("affected", "--explain")["skipped"]), 995)


if __name__ == "__main__":
    unittest.main()
