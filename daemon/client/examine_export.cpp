// Looks at what CMake itself has told of the build tree.
#include "analyzer/ingest/export_file.hpp"
#include "analyzer/ingest/file_api.hpp"
#include "daemon/client/examination.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>

namespace winnow::client {
namespace {

constexpr int module_needs = 24;  ///< CMake 3.24
constexpr int types_at_once = 27; ///< CMake 3.27 answers a query of the module in the same run

/// The minor version of CMake 3, a large number for later ones.
int minor_of_cmake3(const std::string& version)
{
  int major = 0;
  int minor = 0;
  if (std::sscanf(version.c_str(), "%d.%d", &major, &minor) != 2) {
    return 0;
  }
  return major > 3 ? 1000 : minor;
}

enum class Exported { yes, no, damaged };

Exported examine_module(const BuildContext& context, Diagnosis& diagnosis)
{
  diagnosis.checked.emplace_back("module");
  const std::string& build = context.tree.roots.build;
  const Result<std::optional<ingest::Export>> exported =
      ingest::read_export(build + "/.winnow/export.json");
  if (exported.has_error()) {
    diagnosis.findings.push_back({"module",
                                  Severity::problem,
                                  "what Winnow's CMake module wrote cannot be read",
                                  exported.error().message,
                                  fmt::format("configure again: cmake {}", build),
                                  {}});
    return Exported::damaged;
  }
  if (exported->has_value()) {
    return Exported::yes;
  }
  const bool too_old = minor_of_cmake3(context.tree.cmake_version) < module_needs;
  diagnosis.findings.push_back(
      {"module",
       Severity::advice,
       "the project does not use Winnow's CMake module",
       "without it nobody tells of header-only libraries, declared inputs and stated resources",
       too_old
           ? std::string("configure with CMake 3.24 or newer, and see winnow_enable()")
           : fmt::format("add find_package(Winnow) and winnow_enable() to {}/CMakeLists.txt, or "
                         "configure with -DCMAKE_PROJECT_TOP_LEVEL_INCLUDES=<prefix>/lib/cmake/"
                         "Winnow/Winnow.cmake",
                         context.tree.roots.source),
       {}});
  return Exported::no;
}

void examine_types(const BuildContext& context, Exported exported, Diagnosis& diagnosis)
{
  diagnosis.checked.emplace_back("target_types");
  const std::string& build = context.tree.roots.build;
  const Result<std::vector<ingest::ApiTarget>> targets =
      ingest::read_file_api(build, context.tree.configuration);
  if (targets.has_error()) {
    diagnosis.findings.push_back(finding_of(
        "target_types", "CMake's file API has answered what cannot be read", targets.error()));
  } else if (targets->empty() && exported != Exported::yes) {
    diagnosis.findings.push_back(
        {"target_types",
         Severity::problem,
         "the types of the targets are not known",
         "CMake's file API has not been asked, and the module is not used: plugins cannot be told "
         "from other libraries, nor programs from tests",
         fmt::format("mkdir -p {0}/.cmake/api/v1/query && touch "
                     "{0}/.cmake/api/v1/query/codemodel-v2 && cmake {0}",
                     build),
         {}});
  }
}

void examine_cmake_version(const BuildContext& context, Exported exported, Diagnosis& diagnosis)
{
  diagnosis.checked.emplace_back("cmake_version");
  const int minor = minor_of_cmake3(context.tree.cmake_version);
  if (minor >= types_at_once || (exported == Exported::yes && minor >= module_needs)) {
    return;
  }
  diagnosis.findings.push_back(
      {"cmake_version",
       Severity::advice,
       fmt::format("CMake {} tells less than later ones", context.tree.cmake_version),
       minor < module_needs ? "Winnow's module needs 3.24"
                            : "before 3.27 its file API answers a question only when it configures "
                              "the next time, and before 4.2 it leaves out header-only libraries",
       "configure with a newer CMake, or use Winnow's module",
       {}});
}

} // namespace

void examine_export(const BuildContext& context, Diagnosis& diagnosis)
{
  const Exported exported = examine_module(context, diagnosis);
  examine_types(context, exported, diagnosis);
  examine_cmake_version(context, exported, diagnosis);
}

} // namespace winnow::client
