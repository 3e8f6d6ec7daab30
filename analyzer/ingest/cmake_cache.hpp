// CMakeCache.txt: the settings of a build tree.
#pragma once

#include "analyzer/model/error.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace winnow::ingest {

struct CacheEntry {
  std::string type; ///< BOOL, STRING, PATH, FILEPATH, STATIC, INTERNAL or UNINITIALIZED
  std::string value;
  std::string help;
};

using CMakeCache = std::map<std::string, CacheEntry, std::less<>>; ///< by name

/// `NAME:TYPE=VALUE` lines, each after its help in lines that start with `//`; `#` is a comment.
CMakeCache parse_cmake_cache(std::string_view text);

/// A user error when the tree was not configured.
Result<CMakeCache> read_cmake_cache(const std::string& build);

/// "" for entries that are not there.
std::string value_of(const CMakeCache& cache, std::string_view name);

/// Whether CMake code or a user could have given the entry another value.
bool is_setting(const CacheEntry& entry);

/// Whether the entry was given by -D and no CMake code has claimed it since. What a project
/// declares looks the same whether its user set it or not.
bool was_given(const CacheEntry& entry);

} // namespace winnow::ingest
