// Evaluated directly where that is possible, and by CMake where it is not.
#include "analyzer/ingest/ctest_custom.hpp"

#include "analyzer/ingest/cmake_interpreter.hpp"
#include "analyzer/ingest/cmake_values.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>
#include <utility>

namespace winnow::ingest {
namespace {

namespace fs = std::filesystem;

constexpr const char* old_name = "CTestCustom.ctest";

/// Knows nothing beyond plain CMake.
class PlainScript : private CMakeInterpreter {
 public:
  explicit PlainScript(const std::string& directory) : CMakeInterpreter(directory) {}

  void run(const std::string& file)
  {
    if (!problem_) {
      evaluate_file(file);
    }
  }

  [[nodiscard]] const std::optional<Error>& problem() const { return problem_; }

  [[nodiscard]] const EnvironmentChanges& environment() const { return variables_.environment(); }

  [[nodiscard]] std::map<std::string, std::string> variables() const
  {
    return {variables_.values().begin(), variables_.values().end()};
  }

 private:
  bool execute(const CMakeCommand& /*command*/, const Arguments& /*arguments*/,
               const std::string& /*file*/) override
  {
    return false;
  }
};

/// Files of the old name below a directory, links to directories followed once each.
class OldFiles {
 public:
  std::vector<std::string> below(const fs::path& directory)
  {
    add(directory);
    return std::move(files_);
  }

 private:
  void add(const fs::path& directory)
  {
    std::error_code error;
    for (fs::directory_iterator entry(directory, error), end; !error && entry != end;
         entry.increment(error)) {
      std::error_code ignored;
      if (!fs::is_directory(entry->path(), ignored)) {
        if (entry->path().filename() == old_name) {
          files_.push_back(entry->path().string());
        }
      } else if (!fs::is_symlink(entry->path(), ignored) ||
                 links_.insert(fs::canonical(entry->path(), ignored)).second) {
        add(entry->path());
      }
    }
  }

  std::vector<std::string> files_;
  std::set<fs::path> links_;
};

std::vector<std::string> files_in(const std::string& build_dir)
{
  std::error_code ignored;
  if (std::string file = build_dir + "/CTestCustom.cmake"; fs::exists(file, ignored)) {
    return {std::move(file)};
  }
  return fs::exists(build_dir + "/" + old_name, ignored) ? OldFiles().below(build_dir)
                                                         : std::vector<std::string>();
}

using Variables = std::map<std::string, std::string>;

std::vector<std::string> list_of(const Variables& variables, const char* name)
{
  const auto found = variables.find(name);
  return found == variables.end() ? std::vector<std::string>() : expand_list(found->second);
}

/// What is no number is 0, and a negative one keeps all, too.
std::optional<std::size_t> size_of(const Variables& variables, const char* name)
{
  const auto found = variables.find(name);
  return found == variables.end() ? std::nullopt
                                  : std::optional(static_cast<std::size_t>(std::max(
                                        std::strtol(found->second.c_str(), nullptr, 10), 0L)));
}

void take(const Variables& variables, CTestCustom& custom)
{
  custom.ignored_tests = list_of(variables, "CTEST_CUSTOM_TESTS_IGNORE");
  custom.before_tests = list_of(variables, "CTEST_CUSTOM_PRE_TEST");
  custom.after_tests = list_of(variables, "CTEST_CUSTOM_POST_TEST");
  custom.limits.kept_of_passed = size_of(variables, "CTEST_CUSTOM_MAXIMUM_PASSED_TEST_OUTPUT_SIZE");
  custom.limits.kept_of_failed = size_of(variables, "CTEST_CUSTOM_MAXIMUM_FAILED_TEST_OUTPUT_SIZE");
  if (const auto found = variables.find("CTEST_CUSTOM_TEST_OUTPUT_TRUNCATION");
      found != variables.end()) {
    const bool known =
        found->second == "tail" || found->second == "middle" || found->second == "head";
    (known ? custom.limits.truncation : custom.bad_truncation) = found->second;
  }
}

/// The variables that CMake ends with.
Result<Variables> evaluated(const std::vector<std::string>& files, const std::string& build_dir,
                            const CMakeEvaluator& evaluator)
{
  const Result<std::string> recorded =
      evaluator({files, build_dir, {{"CMAKE_SOURCE_DIR", ""}, {"CMAKE_BINARY_DIR", ""}}, {}});
  if (!recorded) {
    return recorded.error();
  }
  const Result<CMakeRecording> recording = parse_recording(*recorded);
  return recording ? Result<Variables>(recording->after) : recording.error();
}

} // namespace

CTestCustom read_ctest_custom(const std::string& build_dir, const CMakeEvaluator& evaluator)
{
  CTestCustom custom;
  custom.files = files_in(build_dir);
  if (custom.files.empty()) {
    return custom;
  }
  PlainScript plain(build_dir);
  for (const std::string& file : custom.files) {
    plain.run(file);
  }
  custom.by_cmake = plain.problem().has_value();
  if (!custom.by_cmake) {
    take(plain.variables(), custom);
    custom.environment = plain.environment();
  } else if (!evaluator) {
    custom.problem = plain.problem()->message;
    custom.unevaluated = true;
  } else if (const Result<Variables> variables = evaluated(custom.files, build_dir, evaluator)) {
    take(*variables, custom);
  } else {
    custom.problem = variables.error().message;
  }
  return custom;
}

void ignore_tests(const CTestCustom& custom, TestListing& listing)
{
  if (custom.ignored_tests.empty()) {
    return;
  }
  const std::set<std::string> names(custom.ignored_tests.begin(), custom.ignored_tests.end());
  std::size_t kept = 0;
  for (std::size_t i = 0; i < listing.tests.size(); ++i) {
    if (!names.contains(listing.tests[i].key.name)) {
      if (kept != i) {
        listing.tests[kept] = std::move(listing.tests[i]);
        listing.backtraces[kept] = std::move(listing.backtraces[i]);
        if (!listing.property_texts.empty()) {
          listing.property_texts[kept] = std::move(listing.property_texts[i]);
        }
      }
      ++kept;
    }
  }
  listing.tests.resize(kept);
  listing.backtraces.resize(kept);
  listing.property_texts.resize(std::min(kept, listing.property_texts.size()));
}

} // namespace winnow::ingest
