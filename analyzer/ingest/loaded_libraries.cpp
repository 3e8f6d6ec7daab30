// Follows what is needed from file to file.
#include "analyzer/ingest/loaded_libraries.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <utility>

namespace winnow::ingest {
namespace {

namespace fs = std::filesystem;

/// Of its lines only those that are a directory count: what they include is listed beside it.
void add_listed(const fs::path& configuration, std::vector<std::string>& directories)
{
  std::ifstream file(configuration);
  for (std::string line; std::getline(file, line);) {
    line.erase(line.find_last_not_of(" \t\r") + 1);
    if (line.starts_with('/')) {
      directories.push_back(std::move(line));
    }
  }
}

} // namespace

std::vector<std::string> system_library_directories()
{
  std::vector<std::string> directories;
  add_listed("/etc/ld.so.conf", directories);
  std::error_code ignored;
  std::vector<fs::path> parts;
  for (fs::directory_iterator at("/etc/ld.so.conf.d", ignored), end; !ignored && at != end;
       at.increment(ignored)) {
    parts.push_back(at->path());
  }
  std::ranges::sort(parts);
  for (const fs::path& part : parts) {
    add_listed(part, directories);
  }
  for (const char* known : {"/lib64", "/usr/lib64", "/lib", "/usr/lib", "/usr/local/lib"}) {
    directories.emplace_back(known);
  }
  return directories;
}

LoadedLibraries::LoadedLibraries(std::vector<std::string> system_directories)
    : system_directories_(std::move(system_directories))
{}

const LoadedLibraries::Files& LoadedLibraries::of(const std::string& path,
                                                  const std::vector<std::string>& library_path)
{
  const auto [at, added] = files_.try_emplace({path, library_path});
  if (added) {
    at->second = find(path, library_path);
  }
  return at->second;
}

const Result<NeededLibraries>& LoadedLibraries::needed_by(const std::string& path)
{
  const auto known = needed_.find(path);
  return known != needed_.end() ? known->second
                                : needed_.emplace(path, read_needed_libraries(path)).first->second;
}

bool LoadedLibraries::is_loadable(const std::string& path)
{
  const auto [at, added] = loadable_.try_emplace(path);
  if (added) {
    std::error_code absent;
    at->second = fs::is_regular_file(path, absent) && needed_by(path).has_value();
  }
  return at->second;
}

std::vector<std::string> LoadedLibraries::found(const std::string& name,
                                                const std::vector<std::string>& directories)
{
  std::vector<std::string> paths;
  if (name.find('/') != std::string::npos) {
    return is_loadable(name) ? std::vector{name} : paths;
  }
  for (const std::string& directory : directories) {
    if (std::string path = fmt::format("{}/{}", directory, name); is_loadable(path)) {
      paths.push_back(std::move(path));
    }
  }
  for (const std::string& directory : system_directories_) {
    if (!paths.empty()) {
      break;
    }
    if (std::string path = fmt::format("{}/{}", directory, name); is_loadable(path)) {
      paths.push_back(std::move(path));
    }
  }
  return paths;
}

LoadedLibraries::Files LoadedLibraries::find(const std::string& path,
                                             const std::vector<std::string>& library_path)
{
  Files files;
  std::vector<std::string> directories = library_path;
  std::set<std::string> names;
  std::vector<std::string> open{path};
  while (!open.empty()) {
    const std::string file = std::move(open.back());
    open.pop_back();
    const Result<NeededLibraries>& needed = needed_by(file);
    if (!needed) {
      files.doubt = needed.error().message;
      return files;
    }
    // A RUNPATH counts for one file alone, an RPATH for all below it: here each does.
    directories.insert(directories.end(), needed->directories.begin(), needed->directories.end());
    for (const std::string& name : needed->names) {
      if (!names.insert(name).second) {
        continue;
      }
      const std::vector<std::string> paths = found(name, directories);
      if (paths.empty()) {
        files.doubt = fmt::format("{}, which {} needs, is not found", name, file);
        return files;
      }
      files.paths.insert(files.paths.end(), paths.begin(), paths.end());
      open.insert(open.end(), paths.begin(), paths.end());
    }
  }
  return files;
}

} // namespace winnow::ingest
