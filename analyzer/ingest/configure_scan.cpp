// A table of the commands that read, and variables as sets of texts.
#include "analyzer/ingest/configure_scan.hpp"

#include "analyzer/ingest/cmake_script.hpp"
#include "analyzer/ingest/git_head.hpp"
#include "analyzer/ingest/script_variables.hpp"
#include "analyzer/ingest/text_file.hpp"
#include "analyzer/model/wildcard.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <string_view>

namespace winnow::ingest {
namespace {

using What = ConfigureRead::What;

struct Script {
  std::string path; ///< absolute
  std::vector<CMakeCommand> commands;
};

bool is_one_of(std::string_view word, std::span<const std::string_view> words)
{
  return std::ranges::find(words, word) != words.end();
}

std::int64_t mtime_ns(const std::string& path)
{
  struct stat status {};

  return ::stat(path.c_str(), &status) == 0
             ? status.st_mtim.tv_sec * 1'000'000'000LL + status.st_mtim.tv_nsec
             : 0;
}

class Scan {
 public:
  explicit Scan(const Roots& roots) : roots_(roots), variables_(roots) {}

  void add(const std::string& path)
  {
    const Result<std::string> text = read_text_file(path);
    if (!text) {
      return;
    }
    Result<std::vector<CMakeCommand>> commands = parse_cmake_script(*text, path);
    if (commands) {
      scripts_.push_back({path, std::move(*commands)});
    } // else a template, which CMake lists as an input
  }

  std::vector<ConfigureRead> run()
  {
    for (const Script& script : scripts_) {
      variables_.define_functions(script.commands);
    }
    for (const Script& script : scripts_) {
      variables_.learn(script.path, script.commands);
    }
    for (const Script& script : scripts_) {
      for (const CMakeCommand& command : script.commands) {
        look_at(script, command);
      }
    }
    std::vector<ConfigureRead> reads;
    for (const auto& [pattern, what] : found_) {
      reads.push_back({what, pattern, {}});
    }
    return reads;
  }

 private:
  void look_at(const Script& script, const CMakeCommand& command)
  {
    if (command.name == "file") {
      look_at_file(script, command);
    } else if (command.name == "if" || command.name == "elseif") {
      look_at_condition(script, command);
    } else if (command.name == "aux_source_directory" && !command.arguments.empty()) {
      add_read(script, command.arguments[0].text + "/*", What::names);
    } else if (command.name == "include" && command.arguments.size() > 1) {
      add_read(script, command.arguments[0].text, What::names);
    } else if (is_one_of(command.name, running_commands)) {
      for (const CMakeArgument& argument : command.arguments) {
        if (argument.text.find('/') != std::string::npos && !argument.text.starts_with('-')) {
          add_read(script, argument.text, What::contents);
        }
      }
      if (asks_git(command)) {
        found_.emplace("HEAD", What::commit);
      }
    }
  }

  /// By the program's name, that of the variable that holds it, or what it is told to do.
  static bool asks_git(const CMakeCommand& command)
  {
    return std::ranges::any_of(command.arguments, [](const CMakeArgument& argument) {
      std::string word = argument.text;
      std::ranges::transform(word, word.begin(), [](unsigned char c) { return std::tolower(c); });
      return word == "git" || word.ends_with("/git") || word.starts_with("${git") ||
             is_one_of(word, questions_to_git);
    });
  }

  void look_at_file(const Script& script, const CMakeCommand& command)
  {
    if (command.arguments.size() < 2) {
      return;
    }
    const std::string& mode = command.arguments[0].text;
    if (is_one_of(mode, reading_modes)) {
      add_read(script, command.arguments[1].text, What::contents);
    } else if (mode == "COPY" || mode == "INSTALL") {
      for (std::size_t i = 1;
           i < command.arguments.size() && command.arguments[i].text != "DESTINATION"; ++i) {
        add_read(script, command.arguments[i].text, What::contents);
        add_read(script, command.arguments[i].text + "/*", What::contents);
      }
    } else if (mode.starts_with("GLOB")) {
      look_at_glob(script, command);
    }
  }

  void look_at_glob(const Script& script, const CMakeCommand& command)
  {
    for (std::size_t i = 2; i < command.arguments.size(); ++i) {
      const std::string& word = command.arguments[i].text;
      if (word == "RELATIVE" || word == "LIST_DIRECTORIES") {
        ++i;
      } else if (word != "CONFIGURE_DEPENDS" && word != "FOLLOW_SYMLINKS") {
        add_read(script, word, What::names);
      }
    }
  }

  void look_at_condition(const Script& script, const CMakeCommand& command)
  {
    for (std::size_t i = 0; i + 1 < command.arguments.size(); ++i) {
      const std::string& word = command.arguments[i].text;
      if (word == "EXISTS" || word == "IS_DIRECTORY") {
        add_read(script, command.arguments[i + 1].text, What::names);
        add_read(script, command.arguments[i + 1].text + "/*", What::names);
      }
    }
  }

  void add_read(const Script& script, const std::string& path, What what)
  {
    for (const std::string& pattern : variables_.patterns(script.path, path)) {
      const auto [at, added] = found_.emplace(pattern, what);
      if (!added && what == What::contents) {
        at->second = what;
      }
    }
  }

  static constexpr std::string_view reading_modes[] = {
      "READ",     "STRINGS",  "MD5",      "SHA1",     "SHA224",    "SHA256", "SHA384",   "SHA512",
      "SHA3_224", "SHA3_256", "SHA3_384", "SHA3_512", "COPY_FILE", "SIZE",   "TIMESTAMP"};
  static constexpr std::string_view questions_to_git[] = {"describe", "rev-parse", "rev-list",
                                                          "show-ref"};
  static constexpr std::string_view running_commands[] = {"execute_process", "try_compile",
                                                          "try_run"};

  const Roots& roots_;
  ScriptVariables variables_;
  std::vector<Script> scripts_;
  std::map<std::string, What> found_; ///< by pattern
};

std::string directory_of(const std::string& path)
{
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

bool touched_since(const ConfigureRead& read, const Roots& roots, const SourceState& now,
                   std::int64_t configured_ns)
{
  if (read.what == What::commit) {
    return head_moved_since(roots.source, configured_ns);
  }
  const std::string prefix = read.pattern.substr(0, read.pattern.find('*'));
  std::set<std::string> looked_at;
  if (read.what == What::names) {
    looked_at.insert(directory_of(prefix));
  }
  now.files.for_each_below(prefix, [&](std::string_view path, const ContentHash&) {
    if (matches(read.pattern, path)) {
      looked_at.insert(read.what == What::names ? directory_of(std::string(path))
                                                : std::string(path));
    }
  });
  return std::ranges::any_of(looked_at, [&](const std::string& path) {
    return mtime_ns(path.empty() ? roots.source : roots.absolute(path)) > configured_ns;
  });
}

} // namespace

std::vector<ConfigureRead> scan_configure_reads(std::span<const std::string> scripts,
                                                const Roots& roots)
{
  Scan scan(roots);
  for (const std::string& path : scripts) {
    if (origin_of(roots.graph_path(path)) == Origin::source) {
      scan.add(path);
    }
  }
  return scan.run();
}

void set_states(std::vector<ConfigureRead>& reads, const Roots& roots, const SourceState& now,
                std::int64_t configured_ns)
{
  for (ConfigureRead& read : reads) {
    if (!touched_since(read, roots, now, configured_ns)) {
      read.state = state_of(read, now);
    }
  }
}

} // namespace winnow::ingest
