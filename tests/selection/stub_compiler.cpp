// A stand-in for compiling, archiving and linking, so that a clean build costs little: it really
// preprocesses (depfiles are real), and writes hashes where object code would be.
//
//   stub_compiler COMPILER ARGUMENTS…   compiles with -c, else links; as CMake's launcher calls it
//   stub_compiler qc ARCHIVE OBJECTS…   archives
//   stub_compiler run HASH CASES WORD…  what a "linked" program does: it lists its cases, or makes
//                                       the header and the depfile of IN OUT DEP
//
// An object is the hash of its preprocessed tokens, of the options that change code, of the
// compiler and of the source's name; an archive is its objects; a program is a shell script that
// carries the hash of all that was linked into it and one `# needed` line for each shared library.
#include <sys/wait.h>

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;

using Words = std::vector<std::string>;

/// FNV-1a of parts, each ended by a NUL so that "ab" "c" differs from "a" "bc".
class Hash {
 public:
  void add(std::string_view text)
  {
    for (const char c : text) {
      mix(static_cast<unsigned char>(c));
    }
    mix(0);
  }

  /// The text's tokens; blanks between them do not count.
  void add_tokens(std::string_view text)
  {
    bool blank = true;
    for (const char c : text) {
      if (std::isspace(static_cast<unsigned char>(c)) == 0) {
        mix(static_cast<unsigned char>(c));
        blank = false;
      } else if (!blank) {
        mix(' ');
        blank = true;
      }
    }
    mix(0);
  }

  [[nodiscard]] std::uint64_t value() const { return value_; }

 private:
  void mix(unsigned char byte) { value_ = (value_ ^ byte) * 1099511628211ULL; }

  std::uint64_t value_ = 14695981039346656037ULL;
};

[[noreturn]] void fail(const std::string& message)
{
  std::fprintf(stderr, "stub_compiler: %s\n", message.c_str());
  std::exit(1);
}

std::string content(const std::string& path)
{
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    fail("cannot read " + path);
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

void write(const std::string& path, const std::string& text)
{
  std::error_code ignored;
  fs::remove(path, ignored); // a new file, as linkers make one
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.flush();
  if (!file) {
    fail("cannot write " + path);
  }
}

/// What a command prints; ends this program as the command ended where that was a failure.
std::string output_of(const Words& command)
{
  int ends[2];
  if (::pipe(ends) != 0) {
    fail("no pipe");
  }
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
    std::vector<char*> arguments;
    for (const std::string& word : command) {
      arguments.push_back(const_cast<char*>(word.c_str()));
    }
    arguments.push_back(nullptr);
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  std::string text;
  char buffer[65536];
  for (ssize_t got = ::read(ends[0], buffer, sizeof buffer); got > 0;
       got = ::read(ends[0], buffer, sizeof buffer)) {
    text.append(buffer, static_cast<std::size_t>(got));
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  if (status != 0) {
    std::exit(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
  }
  return text;
}

/// Response files replaced by the words in them.
Words expanded(const Words& words)
{
  Words all;
  for (const std::string& word : words) {
    if (!word.starts_with('@')) {
      all.push_back(word);
      continue;
    }
    std::ifstream file(word.substr(1));
    for (std::string inner; file >> inner;) {
      all.push_back(inner);
    }
  }
  return all;
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words)
{
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool starts_with_one_of(std::string_view word, std::initializer_list<std::string_view> beginnings)
{
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](std::string_view beginning) { return word.starts_with(beginning); });
}

/// The path in the string literals that follow at `.incbin`, which may be several joined ones.
std::string embedded_path(std::string_view text)
{
  std::string path;
  for (const char c : text) {
    const bool between = c == '"' || c == '\\' || c == ' ';
    if (!between) {
      path += c;
    } else if (!path.empty()) {
      break;
    }
  }
  return path;
}

void add_embedded_files(Hash& hash, std::string_view text, const Words& directories)
{
  constexpr std::string_view directive = ".incbin";
  for (std::size_t at = text.find(directive); at != std::string_view::npos;
       at = text.find(directive, at + 1)) {
    const std::string path = embedded_path(text.substr(at + directive.size(), 4096));
    for (const std::string& directory : directories) {
      if (const fs::path file = fs::path(directory) / path; fs::exists(file)) {
        hash.add(content(file.string()));
        break;
      }
    }
  }
}

struct Compilation {
  Words preprocess;       ///< the command that preprocesses, and writes the depfile
  Words directories{"."}; ///< where `.incbin` looks
  std::string output;
  std::string precompiled; ///< used instead of the header it was made from
  std::string source;
  Hash hash;
};

/// Takes the word at `at` and those that belong to it; returns how many.
std::size_t take_option(Compilation& compilation, const Words& words, std::size_t at)
{
  const std::string& word = words[at];
  const std::string next = at + 1 < words.size() ? words[at + 1] : "";
  if (word == "-o") {
    compilation.output = next;
    return 2;
  }
  if (word == "-c") {
    return 1;
  }
  if (word == "-include" && fs::exists(next + ".gch") && compilation.precompiled.empty()) {
    compilation.precompiled = next;
    return 2;
  }
  if (is_one_of(word, {"-isystem", "-iquote", "-include", "-imacros", "-MF", "-MT", "-MQ", "-I",
                       "-D", "-U", "-x"})) {
    compilation.preprocess.insert(compilation.preprocess.end(), {word, next});
    return 2;
  }
  compilation.preprocess.push_back(word);
  if (word.starts_with("-I")) {
    compilation.directories.push_back(word.substr(2));
  } else if (!word.starts_with('-')) {
    compilation.source = word;
  } else if (!starts_with_one_of(word, {"-D", "-U", "-M", "-W"})) {
    compilation.hash.add(word);
  }
  return 1;
}

/// A line for each case that the source lists by `list_case(argc, argv, "NAME")`.
std::string listed_cases(std::string_view text)
{
  constexpr std::string_view call = "list_case(argc, argv, \"";
  std::string lines;
  for (std::size_t at = text.find(call); at != std::string_view::npos;
       at = text.find(call, at + 1)) {
    const std::size_t begin = at + call.size();
    lines += "case " + std::string(text.substr(begin, text.find('"', begin) - begin)) + "\n";
  }
  return lines;
}

int compile(const Words& words)
{
  Compilation compilation;
  compilation.preprocess = {words[0], "-E", "-P"};
  compilation.hash.add(content(words[0]));
  for (std::size_t at = 1; at < words.size();) {
    at += take_option(compilation, words, at);
  }
  if (!compilation.precompiled.empty()) {
    // While the precompiled header itself is made again, its old form plays no part.
    if (fs::absolute(compilation.output).lexically_normal() ==
        fs::absolute(compilation.precompiled + ".gch").lexically_normal()) {
      compilation.preprocess.insert(compilation.preprocess.end(),
                                    {"-include", compilation.precompiled});
    } else {
      compilation.hash.add(content(compilation.precompiled + ".gch"));
    }
  }
  const std::string text = output_of(compilation.preprocess);
  compilation.hash.add_tokens(text);
  compilation.hash.add(fs::path(compilation.source).filename().string());
  add_embedded_files(compilation.hash, text, compilation.directories);
  write(compilation.output,
        "object " + std::to_string(compilation.hash.value()) + "\n" + listed_cases(text));
  return 0;
}

/// The file whose content an option of the linker brings in, if it does.
std::optional<std::string> linked_file(const std::string& word)
{
  for (const std::string_view option :
       {"-Wl,--version-script=", "-Wl,--dynamic-list=", "-Wl,-T,", "-T"}) {
    if (word.starts_with(option) && word.size() > option.size()) {
      return word.substr(option.size());
    }
  }
  return std::nullopt;
}

/// The names in the lines of cases, each followed by a blank.
std::string cases_in(const std::string& code)
{
  std::string names;
  std::istringstream lines(code);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("case ")) {
      names += line.substr(5) + " ";
    }
  }
  return names;
}

int link(const std::string& self, const Words& words)
{
  Hash hash;
  hash.add(content(words[0]));
  std::string output;
  std::string needed;
  std::string cases;
  for (std::size_t at = 1; at < words.size(); ++at) {
    const std::string& word = words[at];
    if (word == "-o") {
      output = words[++at];
    } else if (const auto file = linked_file(word)) {
      hash.add(content(*file));
    } else if (word.ends_with(".so") && !word.starts_with('-')) {
      hash.add(fs::path(word).filename().string());
      needed += "# needed " + fs::absolute(word).lexically_normal().string() + "\n";
    } else if (word.ends_with(".o") || word.ends_with(".a")) {
      const std::string code = content(word);
      hash.add(code);
      cases += cases_in(code);
    } else {
      hash.add(word);
    }
  }
  const std::string number = std::to_string(hash.value());
  write(output,
        "#!/bin/sh\nexec '" + self + "' run " + number + " '" + cases + "' \"$@\"\n" + needed);
  fs::permissions(output, fs::perms::owner_exec, fs::perm_options::add);
  return 0;
}

int archive(const Words& words)
{
  std::string members;
  for (std::size_t at = 2; at < words.size(); ++at) {
    members += fs::path(words[at]).filename().string() + " " + content(words[at]);
  }
  write(words[1], members);
  return 0;
}

/// Reads `in` and the files it `uses`, and writes a header and a depfile as the real tool would.
void make_header(const std::string& number, const std::string& in, const std::string& out,
                 const std::string& depfile)
{
  Hash hash;
  hash.add(number);
  const std::string text = content(in);
  hash.add(text);
  std::string used;
  constexpr std::string_view uses = "uses ";
  for (std::size_t at = text.find(uses); at != std::string::npos; at = text.find(uses, at + 1)) {
    const std::size_t begin = at + uses.size();
    const fs::path path =
        fs::path(in).parent_path() / text.substr(begin, text.find('\n', at) - begin);
    hash.add(content(path.string()));
    used += " " + path.string();
  }
  write(out, "#define VALUE_tooled " + std::to_string(hash.value() % 10000) + "\n");
  write(depfile, out + ": " + in + used + "\n");
}

int run(const Words& words)
{
  if (words.size() > 3 && words[3] == "--gtest_list_tests") { // since CMake 4.2 with more options
    std::istringstream cases(words[2]);
    for (std::string name; cases >> name;) {
      std::printf("suite.\n  %s\n", name.c_str());
    }
  } else if (words.size() == 6) {
    make_header(words[1], words[3], words[4], words[5]);
  }
  return 0;
}

} // namespace

int main(int argc, char** argv)
{
  if (argc < 3) {
    fail("usage: stub_compiler COMPILER ARGUMENTS… | qc ARCHIVE OBJECTS… | run HASH CASES WORD…");
  }
  const Words words = expanded({argv + 1, argv + argc});
  if (words[0] == "qc") {
    return archive(words);
  }
  if (words[0] == "run") {
    return run(words);
  }
  const bool compiles = std::find(words.begin(), words.end(), "-c") != words.end();
  return compiles ? compile(words) : link(fs::canonical("/proc/self/exe").string(), words);
}
