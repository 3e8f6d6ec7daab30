// A real git repository in a scratch directory.
#pragma once

#include "tests/support/scratch_directory.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace winnow::tests {

/// Commits need nothing of the machine's own git settings.
class GitProject {
 public:
  explicit GitProject(const std::string& init_arguments = "-b main")
  {
    std::filesystem::create_directories(path());
    git("init -q " + init_arguments);
  }

  [[nodiscard]] std::string path() const { return scratch_ / "project"; }

  [[nodiscard]] std::string beside(const std::string& name) const { return scratch_ / name; }

  /// Runs git with a shell's words in the repository, or in `directory`.
  void git(const std::string& words, const std::string& directory = {}) const
  {
    const std::string command =
        "cd '" + (directory.empty() ? path() : directory) +
        "' && HOME=/dev/null GIT_CONFIG_NOSYSTEM=1 git -c user.name=n -c user.email=n@localhost "
        "-c commit.gpgsign=false -c protocol.file.allow=always " +
        words + " >/dev/null 2>&1";
    if (std::system(command.c_str()) != 0) {
      throw std::runtime_error("failed: " + command);
    }
  }

  void write(const std::string& name, const std::string& content) const
  {
    const std::filesystem::path file = path() + "/" + name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << content;
  }

  void remove(const std::string& name) const { std::filesystem::remove(path() + "/" + name); }

  void commit_all() const
  {
    git("add -A");
    git("commit -q --allow-empty -m change");
  }

 private:
  ScratchDirectory scratch_;
};

} // namespace winnow::tests
