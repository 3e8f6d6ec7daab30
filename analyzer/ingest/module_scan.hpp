// What a scan of one source found: the modules it uses, as P1689 has them (*.ddi).
#pragma once

#include "analyzer/model/error.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace winnow::ingest {

/// The logical names of the modules that the source uses, "a.b:part" of C++, "a.mod" of Fortran. A
/// data error names `path`.
Result<std::vector<std::string>> parse_module_scan(std::string_view text, const std::string& path);

/// Equal for the file name of a compiled module and for what scans call it: "a.b-part" for
/// "a.b:part" and "a.b-part.pcm", "a.mod" for "a.mod".
std::string module_key(std::string_view name);

} // namespace winnow::ingest
