// Finds the files of annotations, and puts each form where its system looks for it.
#include "daemon/client/annotation_option.hpp"

#include "analyzer/change/repository.hpp"
#include "analyzer/report/annotations.hpp"
#include "daemon/client/whole_file.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <CLI/Validators.hpp>
#include <fmt/format.h>

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string_view>

namespace winnow::client {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view system_files = "/usr/";

/// The file below `top` whose path from there is the longest end of `path`; nothing if none is.
std::optional<std::string> file_of_repository(const fs::path& top, std::string_view path)
{
  if (path.starts_with(system_files)) {
    return std::nullopt;
  }
  const std::string normal = fs::path(path).lexically_normal().string();
  std::string_view end = normal;
  while (end.starts_with("../")) {
    end.remove_prefix(3);
  }
  while (end.starts_with('/')) {
    end.remove_prefix(1);
  }
  for (;;) {
    std::error_code absent;
    if (!end.empty() && fs::is_regular_file(top / end, absent)) {
      return std::string(end);
    }
    const std::size_t slash = end.find('/');
    if (slash == std::string_view::npos) {
      return std::nullopt;
    }
    end.remove_prefix(slash + 1);
  }
}

Result<void> write(const char* path, const std::string& text)
{
  const std::string failure = write_whole_file(path, text);
  return failure.empty() ? Result<void>()
                         : environment_error(fmt::format("cannot write {}: {}", path, failure));
}

} // namespace

CLI::Option* add_annotation_option(CLI::App& verb, std::string& system)
{
  return verb
      .add_option("--annotations", system,
                  fmt::format("Show failures beside the change: github and azure by lines, gitlab "
                              "in {}, buildkite in {}",
                              gitlab_annotations, buildkite_annotations))
      ->type_name("SYSTEM")
      ->check(CLI::IsMember({"github", "azure", "gitlab", "buildkite"}));
}

Result<void> write_annotations(const std::string& system, std::span<const KeptAttempt> attempts)
{
  if (system.empty()) {
    return {};
  }
  const std::string here = fs::current_path().string();
  const Result<change::Repository> repository = change::find_repository(here);
  const fs::path top = repository ? repository->top : here;
  const std::vector<report::Annotation> annotations = report::annotations_of(
      attempts, [&](std::string_view path) { return file_of_repository(top, path); });
  if (system == "gitlab") {
    return write(gitlab_annotations, report::gitlab_code_quality(annotations));
  }
  if (system == "buildkite") {
    return write(buildkite_annotations, report::buildkite_annotation(annotations));
  }
  fmt::print("{}", system == "github" ? report::github_annotations(annotations)
                                      : report::azure_annotations(annotations));
  return {};
}

} // namespace winnow::client
