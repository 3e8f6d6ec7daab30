// Reads a plan and compares the sources it was made of with those of now.
//
// A plan pins what runs: whatever differs from the state it was made of could affect a test that
// it leaves out. So a dirty work tree is fine only where it was as dirty, to the byte, when the
// plan was made. Rejected: to demand a clean one, which forbids planning what is being worked on;
// to ignore it, which runs too little.
#include "daemon/client/plan_file.hpp"

#include "analyzer/report/path_text.hpp"
#include "analyzer/report/plan_json.hpp"
#include "daemon/client/named_file.hpp"
#include "daemon/client/uncommitted_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>

namespace winnow::client {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view make_anew = "make it anew with `winnow split`";

/// How JSON holds the graph path of the plan's own file.
std::string own_path(const std::string& plan_file, const Roots& roots)
{
  std::error_code failure;
  const fs::path absolute = fs::weakly_canonical(plan_file, failure);
  return failure ? "" : report::utf8_or_percent(roots.graph_path(absolute.string()));
}

bool same_state(const FileVersion& planned, const FileVersion& now, const Roots& roots)
{
  std::error_code failure;
  const bool both_gone = !planned.hash.known() && !now.hash.known() &&
                         !fs::exists(fs::symlink_status(roots.absolute(now.path), failure));
  return both_gone || same_content(planned.hash, now.hash);
}

/// The files whose state is not that of the plan; both lists are as planned_uncommitted() makes
/// them.
std::vector<std::string> differing(const std::vector<FileVersion>& planned,
                                   const std::vector<FileVersion>& now, const Roots& roots)
{
  std::map<std::string_view, const FileVersion*> left;
  for (const FileVersion& file : planned) {
    left.emplace(file.path, &file);
  }
  std::vector<std::string> paths;
  for (const FileVersion& file : now) {
    const auto before = left.find(file.path);
    if (before == left.end() || !same_state(*before->second, file, roots)) {
      paths.push_back(file.path);
    }
    if (before != left.end()) {
      left.erase(before);
    }
  }
  for (const auto& [path, file] : left) {
    paths.emplace_back(path);
  }
  return paths;
}

std::string commit_text(const std::string& commit)
{
  return commit.empty() ? "no commit" : "commit " + commit;
}

Result<void> check_sources(const Plan& plan, const std::string& file, const BuildContext& context)
{
  const std::string& head = context.work_tree.sources.commit;
  if (plan.commit != head) {
    return user_error(fmt::format("the plan {} was made for {}, and the work tree is at {}; check "
                                  "that commit out, or {}",
                                  file, commit_text(plan.commit), commit_text(head), make_anew));
  }
  const Result<std::vector<FileVersion>> now = planned_uncommitted(context, file);
  if (now.has_error()) {
    return now.error();
  }
  std::vector<FileVersion> planned = plan.uncommitted;
  const std::string own = own_path(file, context.tree.roots);
  std::erase_if(planned, [&](const FileVersion& version) { return version.path == own; });
  const std::vector<std::string> paths = differing(planned, *now, context.tree.roots);
  if (paths.empty()) {
    return {};
  }
  const std::string others = paths.size() > 1 ? fmt::format(" and {} more", paths.size() - 1) : "";
  return user_error(fmt::format("the work tree is not as it was when the plan {} was made: {}{} "
                                "differs; restore it, or {}",
                                file, report::path_text(paths.front()), others, make_anew));
}

Result<void> check_chunk(const Plan& plan, const PlanOptions& options)
{
  if (!options.chunk || *options.chunk < plan.chunks.size()) {
    return {};
  }
  const std::string range = plan.chunks.empty()
                                ? "has none"
                                : fmt::format("has those from 0 to {}", plan.chunks.size() - 1);
  return user_error(
      fmt::format("there is no chunk {}: the plan {} {}", *options.chunk, options.file, range));
}

} // namespace

Result<Plan> plan_in(const std::string& file)
{
  const Result<std::string> text = content_of(file, "plan");
  if (text.has_error()) {
    return text.error();
  }
  Result<Plan> plan = report::plan_from_json(*text);
  return plan ? std::move(plan)
              : data_error(fmt::format("{}: {}; `winnow split -o FILE` writes plans", file,
                                       plan.error().message));
}

Result<Plan> read_plan(const PlanOptions& options, const BuildContext& context)
{
  Result<Plan> plan = plan_in(options.file);
  if (plan.has_error()) {
    return plan.error();
  }
  for (const Result<void>& check :
       {check_sources(*plan, options.file, context), check_chunk(*plan, options)}) {
    if (check.has_error()) {
      return check.error();
    }
  }
  return plan;
}

Result<std::vector<FileVersion>> planned_uncommitted(const BuildContext& context,
                                                     const std::string& plan_file)
{
  Result<std::vector<FileVersion>> files = uncommitted_files(context);
  if (files.has_error()) {
    return files.error();
  }
  const std::string own = plan_file.empty() ? "" : own_path(plan_file, context.tree.roots);
  for (FileVersion& file : *files) {
    file.path = report::utf8_or_percent(file.path);
  }
  std::erase_if(*files, [&](const FileVersion& file) { return file.path == own; });
  std::ranges::sort(*files, {}, &FileVersion::path);
  return files;
}

std::vector<Chunk> wanted_chunks(const Plan& plan, const PlanOptions& options)
{
  return options.chunk ? std::vector<Chunk>{plan.chunks[*options.chunk]} : plan.chunks;
}

} // namespace winnow::client
