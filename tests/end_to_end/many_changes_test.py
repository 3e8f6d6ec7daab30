#!/usr/bin/env python3
"""More changed files than git can hold at once: each counts, and those that only have another time do not."""

import os
import subprocess
import unittest

from small_project import SmallProject

COUNT = 66_000  # the kernel lets a process map 65,530 files
FILES = {
    "CMakeLists.txt": """
cmake_minimum_required(VERSION 3.20)
project(Many C)
enable_testing()
add_executable(a a.c)
add_test(NAME a COMMAND a)
add_executable(b b.c)
add_test(NAME b COMMAND b)
""",
    "a.c": "int main(void) { return 0; }\n",
    "b.c": "int main(void) { return 0; }\n",
}


def document(i):
    return f"docs/{i // 1000}/{i}.md"


class ManyChanges(unittest.TestCase):
    def commit_documents(self, project):
        """In one pack: so many objects of their own would take most of the test."""
        stream = [b"commit refs/heads/main\ncommitter t <t@localhost> 0 +0000\ndata 0\n"
                  b"from refs/heads/main^0\n"]  # fmt: skip
        stream += [b"M 644 inline %s\ndata %d\n%d\n\n" % (document(i).encode(), len(b"%d\n" % i), i) for i in range(COUNT)]
        subprocess.run(["git", "fast-import", "--quiet"], cwd=project.top, env=project.environment, input=b"".join(stream), check=True)
        project.git("reset", "-q", "--hard")

    def test_every_tracked_file_is_rewritten(self):
        project = SmallProject(FILES)
        self.addCleanup(project.remove)
        self.commit_documents(project)
        project.configure()
        project.make()
        self.assertEqual(project.document("affected", "--from", "HEAD")["changes"], [])
        for i in range(COUNT):
            path = project.source / document(i)
            with path.open("wb") as file:
                file.write(b"%d\n" % i if i < 10 else b"%d changed\n" % i)
            if i < 10:
                os.utime(path, (1, 1))
        project.write("a.c", FILES["a.c"] + "// edited\n")
        os.utime(project.source / "b.c", (1, 1))
        selection = project.document("affected", "--from", "HEAD")
        self.assertIsNone(selection["fallback"])
        self.assertEqual([test["name"] for test in selection["tests"]], ["a"])
        self.assertEqual(len(selection["changes"]), COUNT - 10 + 1)


if __name__ == "__main__":
    unittest.main()
