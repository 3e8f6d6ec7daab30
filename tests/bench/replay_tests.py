"""The tests of a build tree, as CMake itself evaluates its CTest files."""

import pathlib
import subprocess
import tempfile
from dataclasses import dataclass, field

# Script mode has none of these commands, so that functions can stand in for them. Each call becomes a line of
# words, hexadecimal because any byte but NUL may be in one.
_RECORDER = r"""
function(@verb@)
  set(line "@verb@")
  string(HEX "${directory}" word)
  string(APPEND line " -${word}")
  math(EXPR last "${ARGC} - 1")
  foreach(i RANGE ${last})
    string(HEX "${ARGV${i}}" word)
    string(APPEND line " -${word}")
  endforeach()
  file(APPEND "${OUTPUT}" "${line}\n")
endfunction()
"""
_WALK = r"""
macro(set_directory_properties)
endmacro()
function(subdirs)
  foreach(subdirectory IN LISTS ARGV)
    if(NOT IS_ABSOLUTE "${subdirectory}")
      set(subdirectory "${BUILD}/${directory}/${subdirectory}")
    endif()
    file(RELATIVE_PATH subdirectory "${BUILD}" "${subdirectory}")
    _enter("${subdirectory}")
  endforeach()
endfunction()
function(_enter directory)
  if(EXISTS "${BUILD}/${directory}/CTestTestfile.cmake")
    include("${BUILD}/${directory}/CTestTestfile.cmake")
  endif()
endfunction()
_enter("")
"""
_EVALUATOR = "".join(
    ["cmake_minimum_required(VERSION 3.20)\n"]
    + [_RECORDER.replace("@verb@", verb) for verb in ("add_test", "set_tests_properties")]
    + [_WALK]
)

# Which of several tests runs first, what is shown of it, and where it was declared say nothing of its outcome.
_NOT_OUTCOME = {"_BACKTRACE_TRIPLES", "ATTACHED_FILES", "ATTACHED_FILES_ON_FAIL", "COST", "LABELS", "MEASUREMENT"}


@dataclass
class Test:
    command: list
    properties: dict = field(default_factory=dict)

    def texts(self):
        """All strings in which a file may be named."""
        named = ("ENVIRONMENT", "ENVIRONMENT_MODIFICATION", "REQUIRED_FILES")
        return [*self.command, *(self.properties[name] for name in named if name in self.properties)]


def listed_tests(build):
    """Tests by (directory relative to the build tree, name)."""
    with tempfile.TemporaryDirectory(prefix="replay-") as directory:
        script, output = pathlib.Path(directory, "evaluate.cmake"), pathlib.Path(directory, "calls")
        script.write_text(_EVALUATOR)
        output.touch()
        subprocess.run(
            ["cmake", f"-DBUILD={build}", f"-DOUTPUT={output}", "-P", script],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True,
        )  # fmt: skip
        calls = [(verb, *map(_decoded, words)) for verb, *words in map(str.split, output.open())]
    tests = {}
    for verb, folder, *words in calls:
        if verb == "add_test":
            tests[folder, words[0]] = Test(words[1:])
            continue
        begin = words.index("PROPERTIES")
        pairs = words[begin + 1 :]
        for name in words[:begin]:
            if (folder, name) in tests:
                values = zip(pairs[::2], pairs[1::2])
                tests[folder, name].properties |= {key: value for key, value in values if key not in _NOT_OUTCOME}
    return tests


def _decoded(word):
    return bytes.fromhex(word[1:]).decode("utf-8", "surrogateescape")
