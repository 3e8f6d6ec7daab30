// Languages and builds that CMake knows nothing of, told by names of files and of programs.
#pragma once

#include <string_view>

namespace winnow {

/// What runs or builds files of a name: "python" for `x.py` and `requirements.txt`, "cargo" for
/// `lib.rs` and `Cargo.toml`; "" where that is no such language. One name stands for all programs
/// of a language.
std::string_view foreign_tool_of(std::string_view path);

/// The runner that a word of a command or text names: "python" in `/usr/bin/python3.11`,
/// `libpython3.so` and `Python3_EXECUTABLE`, "cmake" in `ctest` and `CMAKE_COMMAND`; "" in any
/// other.
std::string_view tool_in(std::string_view word);

inline constexpr std::string_view cmake_tool = "cmake";

} // namespace winnow
