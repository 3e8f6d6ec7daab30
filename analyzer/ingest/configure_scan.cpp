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
    for (const std::string& script : programs_) {
      reads.push_back({What::program, roots_.graph_path(script), {}});
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
      if (command.name == "execute_process" || command.name == "exec_program") {
        look_at_programs(script, command);
      } else {
        look_at_tried(script, command);
      }
    }
  }

  /// Other programs than those that only tell of the machine may read what they want.
  void look_at_programs(const Script& script, const CMakeCommand& command)
  {
    const std::vector<CMakeArgument>& words = command.arguments;
    bool is_program = command.name == "exec_program";
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (is_program && !is_harmless_call(words, i) &&
          !is_one_of(lower(words[i].text), harmless_programs)) {
        programs_.insert(script.path);
      }
      is_program = words[i].text == "COMMAND";
    }
  }

  /// Whether the program is only asked for its version, or is CMake in the place of a simple one.
  static bool is_harmless_call(std::span<const CMakeArgument> words, std::size_t program)
  {
    const auto word = [&](std::size_t i) {
      return program + i < words.size() ? std::string_view(words[program + i].text) : "";
    };
    return is_one_of(word(1), questions_to_all) ||
           (word(1) == "-E" && !is_one_of(word(2), starters));
  }

  /// What try_compile() and try_run() compile, where only a variable names it.
  void look_at_tried(const Script& script, const CMakeCommand& command)
  {
    constexpr std::size_t last_plain = 3;
    bool is_source = false;
    for (std::size_t i = 0; i < command.arguments.size(); ++i) {
      const std::string& word = command.arguments[i].text;
      const bool keyword = !word.empty() && word.find_first_not_of(keyword_characters) == word.npos;
      is_source = word == "SOURCES" || (is_source && !keyword);
      const bool variable = word.starts_with("${") && word.find('}') == word.size() - 1;
      if (keyword || word.find('/') != std::string::npos ||
          !(is_source || (i <= last_plain && variable))) {
        continue;
      }
      for (const std::string& pattern : variables_.patterns(script.path, word)) {
        if (pattern.find('*') != std::string::npos) {
          programs_.insert(script.path);
        } else {
          found_[pattern] = What::contents;
        }
      }
    }
  }

  static std::string lower(std::string word)
  {
    std::ranges::transform(word, word.begin(), [](unsigned char c) { return std::tolower(c); });
    return word.substr(word.rfind('/') + 1);
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

  /// Programs, in lower case, and variables that hold one, that tell of the machine or of git.
  static constexpr std::string_view harmless_programs[] = {"git",
                                                           "${git_executable}",
                                                           "${git_program}",
                                                           "${git}",
                                                           "uname",
                                                           "hostname",
                                                           "date",
                                                           "whoami",
                                                           "id",
                                                           "nproc",
                                                           "getconf",
                                                           "ldconfig",
                                                           "lsb_release",
                                                           "sw_vers",
                                                           "xcrun",
                                                           "xcode-select",
                                                           "pkg-config",
                                                           "pkgconf",
                                                           "${pkg_config_executable}",
                                                           "${cmake_c_compiler}",
                                                           "${cmake_cxx_compiler}",
                                                           "${cmake_fortran_compiler}",
                                                           "${cmake_cuda_compiler}",
                                                           "${cmake_linker}",
                                                           "${cmake_ar}"};
  static constexpr std::string_view questions_to_all[] = {"--version", "-version", "-dumpversion",
                                                          "-dumpmachine"};
  static constexpr std::string_view starters[] = {"", "env", "chdir", "time"}; ///< of cmake -E
  static constexpr std::string_view keyword_characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_";

  const Roots& roots_;
  ScriptVariables variables_;
  std::vector<Script> scripts_;
  std::map<std::string, What> found_; ///< by pattern
  std::set<std::string> programs_;    ///< scripts that start one which may read anything
};

std::string directory_of(const std::string& path)
{
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

bool touched_since(const ConfigureRead& read, const Roots& roots, const SourceState& now,
                   std::int64_t configured_ns)
{
  if (read.what == What::program) {
    return false;
  }
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
