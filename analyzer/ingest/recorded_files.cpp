// Lookup of files, cached by the name they were asked for.
#include "analyzer/ingest/recorded_files.hpp"

#include <sys/stat.h>

#include <fnmatch.h>

#include <algorithm>
#include <filesystem>

namespace winnow::ingest {
namespace {

namespace fs = std::filesystem;

/// Directories of a build tree that hold nothing a step or test would read without naming it.
bool holds_records(const std::string& name)
{
  static constexpr std::string_view names[] = {"CMakeFiles", ".cmake", ".winnow", ".git",
                                               "Testing"};
  return std::ranges::find(names, name) != std::end(names) || name.ends_with("-subbuild");
}

/// What CMake writes for itself, ninja, ctest and cpack.
bool is_record(const std::string& name)
{
  static constexpr std::string_view names[] = {"CMakeCache.txt",        "build.ninja",
                                               "cmake_install.cmake",   ".ninja_log",
                                               "CTestTestfile.cmake",   "compile_commands.json",
                                               "DartConfiguration.tcl", ".ninja_deps",
                                               "CPackConfig.cmake",     "CPackSourceConfig.cmake"};
  return std::ranges::find(names, name) != std::end(names);
}

/// Directories of a source tree that hold no sources of it.
bool is_foreign(const fs::path& directory, const Roots& roots)
{
  return directory.filename() == ".git" || directory == roots.build;
}

/// Calls `visit` with each regular file below `directory`, in no order.
template <class Visitor>
void walk(const std::string& directory, const Roots& roots, Visitor&& visit)
{
  std::error_code ignored;
  fs::recursive_directory_iterator end;
  for (fs::recursive_directory_iterator at(directory, fs::directory_options::skip_permission_denied,
                                           ignored);
       at != end; at.increment(ignored)) {
    if (at->is_directory(ignored) && is_foreign(at->path(), roots)) {
      at.disable_recursion_pending();
    } else if (at->is_regular_file(ignored)) {
      visit(at->path().string());
    }
  }
}

} // namespace

RecordedFiles::RecordedFiles(GraphBuilder& builder, const Roots& roots, const SourceState* tracked)
    : builder_(builder), roots_(roots), tracked_(tracked)
{}

std::string RecordedFiles::absolute(std::string_view path) const
{
  if (path.starts_with('/')) {
    return lexically_normal(path);
  }
  std::string whole;
  whole.reserve(roots_.build.size() + 1 + path.size());
  whole += roots_.build;
  whole += '/';
  whole += path;
  return lexically_normal(whole);
}

FileId RecordedFiles::output(std::string_view path)
{
  return builder_.file(output_path(path));
}

std::string RecordedFiles::output_path(std::string_view path)
{
  return roots_.graph_path(canonical_.resolve_directory(absolute(path)).path);
}

std::optional<FileId> RecordedFiles::find_output(std::string_view path)
{
  return produced(canonical_.resolve_directory(absolute(path)).path);
}

const NamedFile& RecordedFiles::input(std::string_view path)
{
  if (const NamedFile* named = named_before(path)) {
    return *named;
  }
  return inputs_.emplace(path, resolve(absolute(path))).first->second;
}

const NamedFile* RecordedFiles::named_before(std::string_view path) const
{
  const auto found = inputs_.find(path);
  return found == inputs_.end() ? nullptr : &found->second;
}

std::optional<FileId> RecordedFiles::produced(const std::string& absolute_path) const
{
  const std::optional<FileId> file = builder_.find_file(roots_.graph_path(absolute_path));
  return file && builder_.producer(*file) ? file : std::nullopt;
}

NamedFile RecordedFiles::resolve(const std::string& absolute_path)
{
  const CanonicalPath named = canonical_.resolve_directory(absolute_path);
  const std::optional<FileId> output = produced(named.path);
  const CanonicalPath real = output ? named : canonical_.follow(absolute_path);
  NamedFile resolved{output ? *output : builder_.file(roots_.graph_path(real.path)), {}};
  for (const std::string& link : real.links) {
    resolved.links.push_back(builder_.file(roots_.graph_path(link)));
  }
  return resolved;
}

const NamedFile* RecordedFiles::existing_input(const std::string& absolute_path)
{
  const auto [at, added] = existing_.try_emplace(absolute_path);
  if (added && (is_made(absolute_path) || is_file_below_roots(absolute_path))) {
    at->second = resolve(absolute_path);
  }
  return at->second ? &*at->second : nullptr;
}

/// A target is often called as the directory it is built in; a path means the directory.
bool RecordedFiles::is_made(const std::string& absolute_path)
{
  const std::string named = canonical_.resolve_directory(absolute_path).path;
  const std::optional<FileId> output = produced(named);
  const bool is_name = output && builder_.step(*builder_.producer(*output)).kind == StepKind::phony;
  return output && !(is_name && status(named).directory);
}

bool RecordedFiles::is_file_below_roots(const std::string& absolute_path)
{
  const std::string real = canonical_.follow(absolute_path).path;

  struct stat status {};

  return origin_of(roots_.graph_path(real)) != Origin::external &&
         ::stat(real.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

bool RecordedFiles::is_inner_directory(const std::string& absolute_path)
{
  const auto [at, added] = inner_directories_.try_emplace(absolute_path, false);
  if (added) {
    const std::string real = canonical_.follow(absolute_path).path;

    struct stat status {};

    at->second = origin_of(roots_.graph_path(real)) != Origin::external &&
                 !is_within(roots_.source, real) && !is_within(roots_.build, real) &&
                 ::stat(real.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
  }
  return at->second;
}

std::string RecordedFiles::directory_path(const std::string& absolute_directory)
{
  return roots_.graph_path(canonical_.follow(absolute_directory).path);
}

/// As graph paths.
std::vector<std::string> RecordedFiles::sources_below(const std::string& absolute_directory) const
{
  std::vector<std::string> paths;
  if (!is_within(absolute_directory, roots_.source) ||
      is_within(absolute_directory, roots_.build)) {
    return paths;
  }
  if (!tracked_) {
    walk(absolute_directory, roots_,
         [&](const std::string& file) { paths.push_back(roots_.graph_path(file)); });
    return paths;
  }
  const std::string prefix = absolute_directory == roots_.source
                                 ? std::string()
                                 : roots_.graph_path(absolute_directory) + "/";
  tracked_->files.for_each_below(
      prefix, [&](std::string_view path, const ContentHash&) { paths.emplace_back(path); });
  return paths;
}

const std::vector<FileId>& RecordedFiles::below(const std::string& absolute_directory)
{
  const std::string directory = canonical_.follow(absolute_directory).path;
  const auto [at, added] = below_.try_emplace(directory);
  if (!added) {
    return at->second;
  }
  for (const std::string& path : sources_below(directory)) {
    at->second.push_back(builder_.file(path));
  }
  std::string prefix = roots_.graph_path(directory);
  if (!prefix.ends_with('/')) { // the build tree itself does
    prefix += '/';
  }
  const auto count = static_cast<std::uint32_t>(builder_.file_count());
  for (FileId file{0}; file.value < count; ++file.value) {
    if (!builder_.path(file).starts_with(prefix)) {
      continue;
    }
    const std::optional<StepId> producer = builder_.producer(file);
    const StepKind kind = producer ? builder_.step(*producer).kind : StepKind::other;
    if (kind != StepKind::compile && kind != StepKind::phony) {
      at->second.push_back(file);
    }
  }
  return at->second;
}

void RecordedFiles::for_each_source(const std::function<void(std::string_view)>& visit) const
{
  if (tracked_ != nullptr) {
    tracked_->files.for_each([&](std::string_view path, const ContentHash&) { visit(path); });
  } else {
    walk(roots_.source, roots_, [&](const std::string& file) { visit(roots_.graph_path(file)); });
  }
}

bool RecordedFiles::is_listed(std::string_view graph_path) const
{
  return tracked_ != nullptr && tracked_->files.contains(graph_path);
}

void RecordedFiles::leave_out_listed(std::vector<std::string>& graph_paths) const
{
  if (tracked_ != nullptr) {
    FileListing::InOrder listed(tracked_->files);
    std::erase_if(graph_paths,
                  [&](const std::string& path) { return listed.find(path).has_value(); });
  }
}

std::vector<FileId> RecordedFiles::matching(const std::string& absolute_pattern)
{
  const std::size_t wildcard = absolute_pattern.find_first_of("*?[");
  std::vector<FileId> files;
  for (const std::string& path :
       sources_below(absolute_pattern.substr(0, absolute_pattern.rfind('/', wildcard)))) {
    if (::fnmatch(absolute_pattern.c_str(), roots_.absolute(path).c_str(), 0) == 0) {
      files.push_back(builder_.file(path));
    }
  }
  return files;
}

RecordedFiles::Status RecordedFiles::status(FileId file)
{
  const auto [at, added] = statuses_.try_emplace(file);
  if (added) {
    at->second = status(roots_.absolute(builder_.path(file)));
  }
  return at->second;
}

RecordedFiles::Status RecordedFiles::status(const std::string& absolute_path)
{
  const auto [at, added] = statuses_by_path_.try_emplace(absolute_path);

  struct stat status {};

  if (added &&
      (::stat(absolute_path.c_str(), &status) == 0 ||
       ::stat(roots_.absolute_in_alias(roots_.graph_path(absolute_path)).c_str(), &status) == 0)) {
    at->second = {status.st_mtim.tv_sec * 1'000'000'000LL + status.st_mtim.tv_nsec,
                  S_ISDIR(status.st_mode)};
  }
  return at->second;
}

ContentHash RecordedFiles::content_of(FileId file) const
{
  const std::string_view path = builder_.path(file);
  if (tracked_ && origin_of(path) == Origin::source) {
    if (const std::optional<ContentHash> known = tracked_->files.find(path)) {
      return *known;
    }
  }
  // Where the tree is must not matter for what configuring wrote.
  const ContentHash hash = hash_file_without_roots(roots_.absolute(path), roots_);
  return hash.known() ? hash : hash_file_without_roots(roots_.absolute_in_alias(path), roots_);
}

void RecordedFiles::add_configured_files(std::int64_t configured_ns, Fetched fetched)
{
  add_files_below(roots_.build, configured_ns, fetched);
  // A scratch tree uses what the tree has that it stands in for.
  std::error_code ignored;
  if (!roots_.build_alias.empty()) {
    add_configured_sources(configured_ns);
    for (const fs::directory_entry& entry :
         fs::directory_iterator(roots_.build_alias + "/_deps", ignored)) {
      if (!fs::exists(roots_.build + "/_deps/" + entry.path().filename().string(), ignored)) {
        add_files_below(entry.path().string(), configured_ns, fetched);
      }
    }
  }
}

/// In a scratch tree that is what no commit has; elsewhere nobody could tell.
void RecordedFiles::add_configured_sources(std::int64_t until_ns)
{
  std::error_code ignored;
  fs::recursive_directory_iterator end;
  for (fs::recursive_directory_iterator at(roots_.source,
                                           fs::directory_options::skip_permission_denied, ignored);
       at != end; at.increment(ignored)) {
    const std::string path = at->path().string();
    if (at->is_directory(ignored)) {
      // A .git inside is a submodule's.
      if (is_foreign(at->path(), roots_) || fs::exists(at->path() / ".git", ignored)) {
        at.disable_recursion_pending();
      }
    } else if (at->is_regular_file(ignored) && tracked_ != nullptr &&
               !tracked_->files.contains(roots_.graph_path(path)) &&
               status(path).mtime_ns <= until_ns) {
      builder_.file(roots_.graph_path(path));
    }
  }
}

void RecordedFiles::add_files_below(const std::string& directory, std::int64_t until_ns,
                                    Fetched fetched)
{
  std::error_code ignored;
  fs::recursive_directory_iterator end;
  for (fs::recursive_directory_iterator at(directory, fs::directory_options::skip_permission_denied,
                                           ignored);
       at != end; at.increment(ignored)) {
    const std::string name = at->path().filename().string();
    const std::string path = at->path().string();
    if (at->is_symlink(ignored)) {
      continue;
    }
    if (at->is_directory(ignored)) {
      if (holds_records(name) || path == roots_.source ||
          (fetched == Fetched::left_out && name == "_deps")) {
        at.disable_recursion_pending();
      }
    } else if (at->is_regular_file(ignored) && !is_record(name) && !produced(path) &&
               status(path).mtime_ns <= until_ns) {
      builder_.file(roots_.graph_path(path));
    }
  }
}

void RecordedFiles::record_contents(OutsideContents& outside)
{
  const auto count = static_cast<std::uint32_t>(builder_.file_count());
  for (FileId file{0}; file.value < count; ++file.value) {
    const std::string_view path = builder_.path(file);
    if (builder_.producer(file)) {
      continue;
    }
    if (origin_of(path) == Origin::external) {
      builder_.set_recorded_hash(file, outside.content(std::string(path)));
    } else if (!newer_.contains(file)) {
      builder_.set_recorded_hash(file, content_of(file));
    }
  }
}

} // namespace winnow::ingest
