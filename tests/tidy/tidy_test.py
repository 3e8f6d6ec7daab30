#!/usr/bin/env python3
"""Tests the tidy checks: a clean tree passes, and each planted violation is the only one found."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

import form
import formatting
import tidy

CLEAN = {
    "analyzer/model/graph.hpp": "/// The graph.\n#pragma once\n#include <boost/graph/graph_traits.hpp>\n",
    "analyzer/model/graph.cpp": '// The graph, built.\n#include "analyzer/model/graph.hpp"\n',
    "analyzer/schedule/scheduler.hpp": '/// Decides.\n#pragma once\n#include "analyzer/model/graph.hpp"\n',
    "analyzer/split/plan.cpp": '// Cuts.\n#include "analyzer/schedule/scheduler.hpp"\n',
    "daemon/store/store.hpp": "/// Keeps.\n#pragma once\n#include <sqlite3.h>\n",
    "daemon/serve/server.hpp": '/// Serves.\n#pragma once\n#include "daemon/store/store.hpp"\n#include <boost/asio/ip/tcp.hpp>\n',
    "cmake/dev/version.hpp.in": "",
    "daemon/client/run.cpp": '// The verb run.\n#include "analyzer/model/graph.hpp"\n#include "version.hpp"\n',
    "daemon/client/embedded_daemon.cpp": '// Embeds.\n#include "daemon/serve/server.hpp"\n',
    "daemon/winnowd.cpp": '// Wires.\n#include "daemon/serve/server.hpp"\n',
    "tests/unit/analyzer/model/graph_test.cpp": '// Tests the graph.\n#include "analyzer/model/graph.hpp"\n',
    "tests/run": "#!/usr/bin/env bash\n# Runs.\n",
    "tests/projects/foreign/util/Helper.h": "int main() {} // TO" "DO: as people write it\n",
    "cmake/Winnow.cmake": "# winnow_enable() exports.\ninclude_guard(GLOBAL)\n\nfunction(winnow_enable)\nendfunction()\n"
    "function(_winnow_export)\nendfunction()\n",
    "cmake/dev/Dependencies.cmake": "need(fmt DEBIAN libfmt-dev)\nneed(Threads DEBIAN libc6-dev)\n",
    "cmake/dev/install-packages": "#!/usr/bin/env bash\n# Installs.\npackages='\ntext|libfmt-dev\n'\n",
    "cmake/dev/Warnings.cmake": "function(anything)\nendfunction()\n",
}

CLEAN_MODULE = CLEAN["cmake/Winnow.cmake"]
HEADER = "/// A header.\n#pragma once\n"
SOURCE = "// A source.\n"

# What is planted, where, and a part of the message it must cause.
PLANTED = (
    ("analyzer/model/a.cpp", SOURCE + '#include "daemon/store/store.hpp"\n', "analyzer/model must not include daemon/store"),
    ("analyzer/select/a.cpp", SOURCE + '#include "analyzer/schedule/scheduler.hpp"\n', "must not include analyzer/schedule"),
    ("analyzer/schedule/a.cpp", SOURCE + '#include "analyzer/split/plan.cpp"\n', "must not include analyzer/split"),
    ("daemon/store/a.cpp", SOURCE + '#include "daemon/serve/server.hpp"\n', "daemon/store must not include daemon/serve"),
    ("daemon/client/a.cpp", SOURCE + '#include "daemon/serve/server.hpp"\n', "daemon/client must not include daemon/serve"),
    ("daemon/client/a.cpp", SOURCE + '#include "daemon/store/store.hpp"\n', "daemon/client must not include daemon/store"),
    ("analyzer/more/a.cpp", SOURCE, "has no place"),
    ("analyzer/select/a.cpp", SOURCE + "#include <boost/graph/adjacency_list.hpp>\n", "Boost.Graph may only"),
    ("analyzer/report/a.cpp", SOURCE + "#include <boost/asio.hpp>\n", "Boost.Asio and Boost.Beast may only"),
    ("analyzer/report/a.cpp", SOURCE + "#include <boost/beast/http.hpp>\n", "Boost.Asio and Boost.Beast may only"),
    ("daemon/serve/a.cpp", SOURCE + "#include <sqlite3.h>\n", "SQLite may only"),
    ("analyzer/ingest/a.cpp", SOURCE + "#include <thread>\n", "the analyzer is pure"),
    ("analyzer/schedule/a.cpp", SOURCE + "auto t = std::chrono::steady_clock::now();\n", "no clock"),
    ("analyzer/model/a.cpp", SOURCE + '#include "graph.hpp"\n', "no header by its path"),
    ("analyzer/model/a.cpp", SOURCE + "// line\n" * form.MAX_LINES, "split it"),
    ("daemon/client/string_util.hpp", HEADER, "'util' says nothing"),
    ("daemon/common/a.txt", "a\n", "'common' says nothing"),
    ("analyzer/model/TestGraph.hpp", HEADER, "snake_case"),
    ("analyzer/model/graph.h", HEADER, "end in .hpp or .cpp"),
    ("analyzer/model/a.cpp", "#include <string>\n", "the first line is a // comment"),
    ("tests/end_to_end/a", "#!/bin/sh\nexit 0\n", "the first line of a script"),
    ("analyzer/model/a.hpp", "/// A header.\n", "no #pragma once"),
    ("analyzer/model/a.hpp", HEADER + "using namespace std;\n", "no `using namespace`"),
    ("README.md", "later: FIX" "ME\n", "finish it"),
    ("README.md", "see /ho" "me/someone/x\n", "one machine"),
    ("tests/unit/analyzer/gone/a_test.cpp", SOURCE, "no folder analyzer/gone"),
    ("cmake/Winnow.cmake", CLEAN_MODULE + "function(winnow_new)\nendfunction()\n", "winnow_new is not in the reference"),
    ("cmake/Winnow.cmake", "# winnow_old() is gone.\n" + CLEAN_MODULE, "winnow_old is in the reference but defined nowhere"),
    ("cmake/dev/Dependencies.cmake", "need(a DEBIAN liba-dev)\n", "liba-dev is not in"),
    ("cmake/dev/Dependencies.cmake", "need(b\n  DEBIAN libfmt-dev libb-dev)\n", "libb-dev is not in"),
    ("cmake/Winnow.cmake", CLEAN_MODULE + "macro(other)\nendmacro()\n", "needs the prefix"),
)


class Tidy(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory(prefix="winnow-tidy-")
        self.addCleanup(directory.cleanup)
        self.root = pathlib.Path(directory.name)
        subprocess.run(["git", "init", "-q", str(self.root)], check=True)
        for path, text in CLEAN.items():
            self.write(path, text)

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def found(self):
        return [str(violation) for violation in tidy.violations(self.root)]

    def test_a_clean_tree_passes(self):
        self.assertEqual([], self.found())

    def test_each_planted_violation_is_found_alone(self):
        for path, text, message in PLANTED:
            with self.subTest(path=path, message=message):
                self.write(path, text)
                found = self.found()
                self.assertEqual(1, len(found), found)
                self.assertTrue(found[0].startswith(path + ":"), found)
                self.assertIn(message, found[0])
                if path in CLEAN:
                    self.write(path, CLEAN[path])
                else:
                    (self.root / path).unlink()

    def test_a_long_file_with_a_reason_passes_until_it_is_short(self):
        path = "analyzer/model/graph.cpp"
        form.LONG_FILES[path] = "a reason"
        self.addCleanup(form.LONG_FILES.pop, path)
        self.assertEqual(1, len(self.found()))
        self.write(path, CLEAN[path] + "// line\n" * form.MAX_LINES)
        self.assertEqual([], self.found())

    def test_what_git_ignores_is_not_checked(self):
        self.write(".gitignore", "/build/\n")
        self.write("build/Helper.h", "")
        self.assertEqual([], self.found())

    def judge_format(self, text):
        self.write("analyzer/model/graph.cpp", text)
        (self.root / ".clang-format").write_text("BasedOnStyle: LLVM\n")
        script = pathlib.Path(__file__).with_name("formatting.py")
        done = subprocess.run([sys.executable, "-B", script, self.root], stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode == formatting.SKIPPED:
            self.skipTest(done.stdout)
        return done

    def test_formatted_code_passes(self):
        self.assertEqual(0, self.judge_format("// A source.\nint f();\n").returncode)

    def test_an_unformatted_file_is_named(self):
        done = self.judge_format("// A source.\nint   f( ) ;\n")
        self.assertEqual((1, "formatting: run: clang-format -i analyzer/model/graph.cpp\n"), (done.returncode, done.stdout))


if __name__ == "__main__":
    unittest.main()
