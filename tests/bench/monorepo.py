"""A built copy of the example monorepo."""

import shutil
import subprocess
import sys

import measure


def built(directory):
    """Its build tree, `build` in the directory; the sources beside it are a repository with one commit."""
    source, build = directory / "monorepo", directory / "build"
    shutil.copytree(measure.ROOT / "examples" / "monorepo", source)
    for command in (
        ["git", "init", "-q", source],
        ["git", "-C", source, "add", "-A"],
        ["git", "-C", source, "-c", "user.name=bench", "-c", "user.email=bench@localhost", "commit", "-qm", "as shipped"],
    ):
        subprocess.run([str(word) for word in command], check=True)
    launcher = ["-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"] if shutil.which("ccache") else []
    for command in (
        ["cmake", "-S", source, "-B", build, "-G", "Ninja", *launcher],
        ["cmake", "--build", build],
    ):
        done = subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=False)
        if done.returncode != 0:
            sys.stdout.buffer.write(done.stdout)
            sys.exit("bench: the monorepo does not build")
    return build
