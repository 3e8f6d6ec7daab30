// Words that name something that is there.
#include "daemon/client/test_dependencies.hpp"

#include "analyzer/ingest/cmake_values.hpp"
#include "analyzer/ingest/compiled_in_paths.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace winnow::client {
namespace {

namespace fs = std::filesystem;

/// Which packages of the machine own; their files count where a test names them.
bool is_of_system(std::string_view directory)
{
  static constexpr std::string_view tops[] = {"/bin",  "/dev", "/etc",  "/lib", "/lib64",
                                              "/proc", "/run", "/sbin", "/sys", "/usr"};
  return directory == "/" ||
         std::ranges::any_of(tops, [&](std::string_view top) { return is_within(directory, top); });
}

std::string in_directory(const std::string& directory, std::string_view name)
{
  return lexically_normal(name.starts_with('/') ? std::string(name)
                                                : fmt::format("{}/{}", directory, name));
}

/// The parts of a word that could be paths: "--in=a/b", "x:y", the text of `sh -c`.
std::vector<std::string_view> names_in(std::string_view word)
{
  std::vector<std::string_view> names{word};
  if (word.starts_with('@')) { // a file with more words
    names.push_back(word.substr(1));
  }
  if (const std::size_t equals = word.find('='); equals != std::string_view::npos) {
    names.push_back(word.substr(equals + 1));
  }
  if (word.find('/') == std::string_view::npos) {
    return names;
  }
  static constexpr std::string_view ends = " \t\n:;,='\"()<>|&";
  while (!word.empty()) {
    const std::size_t end = std::min(word.find_first_of(ends), word.size());
    const std::string_view name = word.substr(0, end);
    if (const std::size_t slash = name.find('/'); slash != std::string_view::npos) {
      names.push_back(name);
      if (name.starts_with('-')) { // -I/some/where
        names.push_back(name.substr(slash));
      }
    }
    word.remove_prefix(std::min(end + 1, word.size()));
  }
  return names;
}

void add_list(std::string_view list, std::vector<std::string>& directories)
{
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(':'), list.size());
    if (end > 0) {
      directories.emplace_back(list.substr(0, end));
    }
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

/// Where the dynamic linker is told to look, in whatever way the test sets that.
std::vector<std::string> library_path_of(const TestDescription& test)
{
  static constexpr std::string_view variable = "LD_LIBRARY_PATH=";
  std::vector<std::string> directories;
  if (const char* const own = std::getenv("LD_LIBRARY_PATH")) {
    add_list(own, directories);
  }
  for (const std::string& setting : test.properties->environment) {
    if (setting.starts_with(variable)) {
      add_list(std::string_view(setting).substr(variable.size()), directories);
    }
  }
  for (const std::string& setting : test.properties->environment_modification) {
    if (setting.starts_with(variable)) { // NAME=operation:value
      const std::size_t colon = setting.find(':');
      add_list(std::string_view(setting).substr(std::min(colon, setting.size() - 1) + 1),
               directories);
    }
  }
  return directories;
}

/// What compilers read: __FILE__ is in many programs.
bool is_source(const std::string& path)
{
  static constexpr std::string_view extensions[] = {
      ".c", ".C",  ".cc",  ".cpp", ".cppm", ".cu",  ".cxx", ".c++", ".f",   ".F90", ".f90", ".h",
      ".H", ".hh", ".hpp", ".hxx", ".h++",  ".inc", ".inl", ".ipp", ".ixx", ".m",   ".mm",  ".tcc"};
  return std::ranges::find(extensions, fs::path(path).extension().native()) != std::end(extensions);
}

bool is_script(const std::string& path)
{
  static constexpr std::string_view extensions[] = {".bash", ".bats", ".cmake", ".js", ".lua",
                                                    ".pl",   ".py",   ".rb",    ".sh", ".tcl"};
  if (std::ranges::find(extensions, fs::path(path).extension().native()) != std::end(extensions)) {
    return true;
  }
  char start[2] = "";
  return std::ifstream(path, std::ios::binary).read(start, 2) && start[0] == '#' && start[1] == '!';
}

/// The directory that a pattern cannot leave.
std::string directory_of_glob(const std::string& pattern, const std::string& start)
{
  const std::size_t wild = std::min(pattern.find_first_of("*?["), pattern.size());
  const std::size_t slash = pattern.rfind('/', wild);
  return slash == std::string::npos ? start : in_directory(start, pattern.substr(0, slash));
}

} // namespace

/// The search for what one test depends on.
struct DependencySearch::Search {
  DependencySearch& in;
  const TestDescription& test;
  std::vector<std::string> library_path;
  TestDependencies found;

  void doubt(std::string cause)
  {
    if (found.doubt.empty()) {
      found.doubt = std::move(cause);
    }
  }

  [[nodiscard]] std::string absolute(std::string_view name) const
  {
    return in_directory(test.properties->working_directory, name);
  }

  void add_file(const std::string& path)
  {
    if (!found.paths.insert(path).second) {
      return;
    }
    const auto& libraries = in.libraries_.of(path, library_path);
    if (!libraries.doubt.empty()) {
      doubt(libraries.doubt);
    }
    add_compiled_in(path);
    for (const std::string& library : libraries.paths) {
      if (found.paths.insert(library).second) {
        add_compiled_in(library);
      }
    }
  }

  void add_compiled_in(const std::string& program)
  {
    if (!is_within(program, in.roots_.build)) {
      return;
    }
    const Result<std::vector<std::string>>& names = in.compiled_into(program);
    if (!names) {
      return doubt(names.error().message);
    }
    for (const std::string& name : *names) {
      const Kind kind = in.kind_of(name);
      if (kind == Kind::file && !is_source(name)) {
        add_file(name);
      } else if (kind == Kind::directory && is_within(name, in.roots_.build)) {
        found.on_any_program = true; // of what else is there, the test may have written much itself
      } else if (kind == Kind::directory) {
        add_directory(name);
      }
    }
  }

  void add_directory(const std::string& path)
  {
    if (path == in.roots_.build) {
      doubt("it is given the build tree");
    } else if (!is_of_system(path)) {
      found.paths.insert(path);
    }
  }

  /// Of what must be there.
  void add_needed(const std::string& path)
  {
    switch (in.kind_of(path)) {
    case Kind::file:
      return add_file(path);
    case Kind::directory:
      return add_directory(path);
    case Kind::nothing:
      return doubt(path + " is missing");
    }
  }

  /// The files it names.
  std::vector<std::string> add_named(std::string_view word)
  {
    std::vector<std::string> files;
    for (const std::string_view name : names_in(word)) {
      if (name.empty() || name == "." || name == ".." || name.size() > 4096) {
        continue;
      }
      const std::string path = absolute(name);
      const Kind kind = in.kind_of(path);
      if (kind == Kind::file) {
        add_file(path);
        files.push_back(path);
      } else if (kind == Kind::directory) {
        add_directory(path);
      }
    }
    return files;
  }

  [[nodiscard]] bool is_of_sources(const std::string& path) const
  {
    return is_within(path, in.roots_.source) && !is_within(path, in.roots_.build);
  }

  /// A script finds others beside it.
  void add_surroundings(const std::string& script)
  {
    if (is_of_sources(script)) {
      add_directory(fs::path(script).parent_path().string());
    }
  }

  void add_command()
  {
    const std::optional<std::string> program =
        test.command.empty() ? std::nullopt : in.programs_.program_of(test);
    if (!program || in.kind_of(*program) != Kind::file) {
      return doubt("its program is missing");
    }
    add_file(*program);
    if (is_script(*program)) {
      add_surroundings(*program);
    }
    const bool is_own = is_within(*program, in.roots_.build);
    // sh, python3 and cmake may be told anywhere what to run; true alone is not.
    found.on_any_program =
        found.on_any_program || is_script(*program) || (!is_own && test.command.size() > 1);
    bool is_first = !is_own; // of python3, sh, cmake -P: what they interpret
    for (const std::string& word : std::span(test.command).subspan(1)) {
      for (const std::string& file : add_named(word)) {
        if (is_first || is_script(file)) {
          add_surroundings(file);
        }
        is_first = false;
      }
    }
  }

  void add_properties()
  {
    const TestProperties& properties = test.properties;
    for (const std::string& file : properties.required_files) {
      add_needed(absolute(file));
    }
    for (const auto* settings : {&properties.environment, &properties.environment_modification}) {
      for (const std::string& setting : *settings) {
        add_named(std::string_view(setting).substr(std::min(setting.find('='), setting.size())));
      }
    }
    for (const auto& [name, value] : properties.others) {
      if (name == "_CMAKE_TEST_BUILD_DEPENDS") {
        for (const std::string& file : ingest::expand_list(value)) {
          add_needed(in_directory(in.roots_.build, file));
        }
      }
    }
    if (is_of_sources(properties.working_directory)) {
      add_directory(properties.working_directory);
    }
  }

  void add_declared()
  {
    const auto inputs = in.declared_.find(test.key.name);
    if (inputs == in.declared_.end()) {
      return;
    }
    for (const ingest::DeclaredInputs* declared : inputs->second) {
      for (const auto* paths : {&declared->files, &declared->directories}) {
        for (const std::string& path : *paths) {
          add_needed(lexically_normal(path));
        }
      }
      for (const std::string& glob : declared->globs) {
        add_needed(directory_of_glob(glob, declared->directory));
      }
      for (const std::string& target : declared->targets) {
        const auto artifact = in.artifacts_.find(target);
        add_needed(artifact == in.artifacts_.end() ? "target " + target : artifact->second);
        found.on_any_program = false;
      }
    }
  }
};

DependencySearch::DependencySearch(Roots roots, CTestPrograms& programs, ingest::Export exported)
    : roots_(std::move(roots)),
      programs_(programs),
      exported_(std::move(exported)),
      libraries_(ingest::system_library_directories())
{
  for (const ingest::DeclaredInputs& inputs : exported_.inputs) {
    for (const std::string& test : inputs.tests) {
      declared_[test].push_back(&inputs);
    }
  }
  for (const ingest::ExportedTarget& target : exported_.targets) {
    artifacts_.emplace(target.name, target.artifact);
  }
}

DependencySearch::Kind DependencySearch::kind_of(const std::string& path)
{
  const auto [at, added] = kinds_.try_emplace(path, Kind::nothing);
  if (added) {
    struct stat info {};

    if (::stat(path.c_str(), &info) == 0) {
      at->second = S_ISREG(info.st_mode)   ? Kind::file
                   : S_ISDIR(info.st_mode) ? Kind::directory
                                           : Kind::nothing;
    }
  }
  return at->second;
}

const Result<std::vector<std::string>>& DependencySearch::compiled_into(const std::string& program)
{
  const auto known = compiled_into_.find(program);
  if (known != compiled_into_.end()) {
    return known->second;
  }
  const std::array directories{roots_.source, roots_.build};
  return compiled_into_.emplace(program, ingest::compiled_in_paths(program, directories))
      .first->second;
}

TestDependencies DependencySearch::of(const TestDescription& test)
{
  Search search{*this, test, library_path_of(test), {}};
  search.add_command();
  search.add_properties();
  search.add_declared();
  return std::move(search.found);
}

} // namespace winnow::client
