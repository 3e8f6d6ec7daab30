// Writes one small file.
#include "daemon/client/file_api_query.hpp"

#include <filesystem>
#include <fstream>
#include <string_view>

namespace winnow::client {
namespace {

namespace fs = std::filesystem;

/// As _winnow_query_file_api() of cmake/WinnowExport.cmake has it.
constexpr std::string_view query =
    R"({"requests":[{"kind":"codemodel","version":2},{"kind":"cache","version":2},
{"kind":"cmakeFiles","version":1},{"kind":"toolchains","version":1}]}
)";

} // namespace

void plant_file_api_query(const std::string& build)
{
  const fs::path directory = fs::path(build) / ".cmake/api/v1/query/client-winnow";
  const fs::path file = directory / "query.json";
  std::error_code ignored;
  if (!fs::exists(file, ignored)) {
    fs::create_directories(directory, ignored);
    std::ofstream(file, std::ios::binary) << query;
  }
}

} // namespace winnow::client
