// The files the dynamic linker would load along with a program.
#pragma once

#include "analyzer/ingest/needed_libraries.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace winnow::ingest {

/// Looks where the dynamic linker does, and in more places rather than in fewer: of a name that is
/// in several directories of the search paths all files count. What a program loads by itself
/// (dlopen) is not known.
class LoadedLibraries {
 public:
  struct Files {
    std::vector<std::string> paths; ///< without the program
    std::string doubt;              ///< what was not found or understood; "" for nothing
  };

  /// `system_directories`: where every program's libraries are looked for.
  explicit LoadedLibraries(std::vector<std::string> system_directories);

  /// Of the program at `path`, with the directories of an LD_LIBRARY_PATH. Files are looked at
  /// once; what changes afterwards is not seen.
  const Files& of(const std::string& path, const std::vector<std::string>& library_path);

 private:
  const Result<NeededLibraries>& needed_by(const std::string& path);
  [[nodiscard]] std::vector<std::string> found(const std::string& name,
                                               const std::vector<std::string>& directories);
  Files find(const std::string& path, const std::vector<std::string>& library_path);
  /// The dynamic linker passes over those of other architectures.
  bool is_loadable(const std::string& path);

  std::vector<std::string> system_directories_;
  std::map<std::string, Result<NeededLibraries>> needed_;
  std::map<std::pair<std::string, std::vector<std::string>>, Files> files_;
  std::map<std::string, bool> loadable_;
};

/// The directories of /etc/ld.so.conf, and those that need no mention.
std::vector<std::string> system_library_directories();

} // namespace winnow::ingest
