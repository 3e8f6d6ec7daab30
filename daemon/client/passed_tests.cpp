// Read whole, written whole.
#include "daemon/client/passed_tests.hpp"

#include "daemon/client/whole_file.hpp"

#include <fmt/format.h>
#include <sys/file.h>

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <utility>

namespace winnow::client {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view first_line = "winnow.ctest-passed 1\n";
constexpr std::string_view last_word = "end\t";

std::string path_in(const std::string& build_dir)
{
  return build_dir + "/.winnow/ctest-passed";
}

std::string escaped(std::string_view text)
{
  std::string result;
  for (const char character : text) {
    switch (character) {
    case '\\':
      result += "\\\\";
      break;
    case '\n':
      result += "\\n";
      break;
    case '\t':
      result += "\\t";
      break;
    default:
      result += character;
    }
  }
  return result;
}

std::string unescaped(std::string_view text)
{
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\\' || at + 1 == text.size()) {
      result += text[at];
      continue;
    }
    const char kind = text[++at];
    result += kind == 'n' ? '\n' : (kind == 't' ? '\t' : kind);
  }
  return result;
}

/// The words of a line; empty unless there are as many as expected.
template <std::size_t count>
std::optional<std::array<std::string_view, count>> words_of(std::string_view line)
{
  std::array<std::string_view, count> words;
  for (std::size_t at = 0; at < count; ++at) {
    const std::size_t end = line.find('\t');
    if ((end == std::string_view::npos) != (at + 1 == count)) {
      return std::nullopt;
    }
    words[at] = line.substr(0, end);
    line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
  }
  return words;
}

bool add_content(std::string_view line, PassedTests& tests)
{
  const auto words = words_of<4>(line);
  const auto status = words ? Digest::from_hex((*words)[1]) : std::nullopt;
  const auto content = words ? Digest::from_hex((*words)[2]) : std::nullopt;
  if (!status || !content) {
    return false;
  }
  tests.contents.insert_or_assign(unescaped((*words)[3]), KnownContent{*status, *content});
  return true;
}

bool add_pass(std::string_view line, PassedTests& tests)
{
  const auto words = words_of<6>(line);
  const auto state = words ? Digest::from_hex((*words)[1]) : std::nullopt;
  if (!state) {
    return false;
  }
  TestPass pass{*state};
  const std::string_view time = (*words)[2];
  if (std::from_chars(time.data(), time.data() + time.size(), pass.passed_us).ptr !=
      time.data() + time.size()) {
    return false;
  }
  tests.passes.insert_or_assign(
      ConfiguredTest{unescaped((*words)[3]), {unescaped((*words)[4]), unescaped((*words)[5])}},
      pass);
  return true;
}

/// Held as long as it lives; without it where it cannot be had.
class Lock {
 public:
  explicit Lock(const std::string& path)
      : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666))
  {
    while (file_ >= 0 && ::flock(file_, LOCK_EX) != 0 && errno == EINTR) {
    }
  }

  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

  ~Lock()
  {
    if (file_ >= 0) {
      ::close(file_);
    }
  }

 private:
  int file_;
};

} // namespace

std::string passed_tests_text(const PassedTests& tests)
{
  std::string text(first_line);
  for (const auto& [path, known] : tests.contents) {
    text += fmt::format("content\t{}\t{}\t{}\n", known.status.hex(), known.content.hex(),
                        escaped(path));
  }
  for (const auto& [test, pass] : tests.passes) {
    text += fmt::format("pass\t{}\t{}\t{}\t{}\t{}\n", pass.state.hex(), pass.passed_us,
                        escaped(test.configuration), escaped(test.key.directory),
                        escaped(test.key.name));
  }
  return text + fmt::format("{}{}\n", last_word, digest_of(text).hex());
}

Result<PassedTests> parse_passed_tests(std::string_view text)
{
  if (!text.starts_with(first_line)) {
    return data_error("is not what this version of winnow writes");
  }
  const Error damaged = data_error("is damaged");
  const std::size_t end = text.rfind(last_word);
  if (end == std::string_view::npos ||
      text.substr(end) != fmt::format("{}{}\n", last_word, digest_of(text.substr(0, end)).hex())) {
    return damaged;
  }
  PassedTests tests;
  std::string_view lines = text.substr(first_line.size(), end - first_line.size());
  while (!lines.empty()) {
    const std::size_t length = std::min(lines.find('\n'), lines.size() - 1);
    const std::string_view line = lines.substr(0, length);
    lines.remove_prefix(length + 1);
    if (!(line.starts_with("pass\t") ? add_pass(line, tests) : add_content(line, tests))) {
      return damaged;
    }
  }
  return tests;
}

bool remembers_passes(const std::string& build_dir)
{
  std::error_code error;
  return fs::exists(path_in(build_dir), error) || error;
}

Result<PassedTests> read_passed_tests(const std::string& build_dir)
{
  const std::string path = path_in(build_dir);
  std::error_code error;
  if (!fs::exists(path, error) && !error) {
    return PassedTests();
  }
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text; // a file that cannot be read leaves it empty, and throws nothing
  text << file.rdbuf();
  if (!file.is_open() || file.bad() || !fs::is_regular_file(path, error)) {
    return environment_error(path + " cannot be read");
  }
  Result<PassedTests> tests = parse_passed_tests(text.view());
  if (!tests) {
    return Error{tests.error().kind, fmt::format("{} {}", path, tests.error().message)};
  }
  return tests;
}

Result<void> change_passed_tests(const std::string& build_dir,
                                 const std::function<void(PassedTests&)>& change)
{
  const std::string path = path_in(build_dir);
  std::error_code ignored;
  fs::create_directories(fs::path(path).parent_path(), ignored);
  const Lock lock(path + ".lock");
  Result<PassedTests> before = read_passed_tests(build_dir);
  PassedTests tests = before ? std::move(*before) : PassedTests();
  change(tests);
  const std::string trouble = write_whole_file(path, passed_tests_text(tests));
  if (!trouble.empty()) {
    fs::remove(path, ignored);
    return environment_error(fmt::format("cannot write {}: {}", path, trouble));
  }
  return {};
}

} // namespace winnow::client
