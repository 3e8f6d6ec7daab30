// Chooses the texts, and keeps the keys that can be asked for.
#include "analyzer/ingest/recorded_sayings.hpp"

#include "analyzer/ingest/command_words.hpp"
#include "analyzer/ingest/said_keys.hpp"
#include "analyzer/ingest/text_file.hpp"
#include "analyzer/model/said_key.hpp"
#include "analyzer/model/script_extension.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>

namespace winnow::ingest {
namespace {

/// Whether a test hands its program to another one as text.
bool is_inline_code(std::string_view word)
{
  return word == "-c" || word == "-e" || word == "--eval";
}

/// `cmake -E` only does what its arguments say, `cmake -P` what its script says.
bool is_plain_cmake(std::span<const std::string> words, std::size_t at)
{
  if (tool_in(words[at]) != cmake_tool || at + 1 == words.size()) {
    return false;
  }
  const auto ends = [](const std::string& word) { return word == "-P" || tool_in(word) != ""; };
  const auto end = std::ranges::find_if(words.subspan(at + 1), ends);
  return words[at + 1] == "-E" || (end != words.end() && *end == "-P");
}

std::string text_of(std::span<const std::string> words)
{
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!is_plain_cmake(words, i)) {
      text += " " + words[i]; // one line: no word begins a comment
    }
  }
  return text;
}

std::string_view last_component(std::string_view path)
{
  return path.substr(path.rfind('/') + 1);
}

} // namespace

RecordedSayings::RecordedSayings(GraphBuilder& builder, RecordedFiles& files)
    : builder_(builder), files_(files), root_key_(directory_key(files.roots().source))
{
  std::string last;
  files_.for_each_source([&](std::string_view path) {
    std::string_view directory = directory_of(path);
    if (directory == last) {
      return;
    }
    last = directory;
    for (; !directory.empty(); directory = directory_of(directory)) {
      directories_.insert(directory_key(directory));
    }
  });
}

void RecordedSayings::say(Sayer by, std::string_view key)
{
  if (names_script(key)) {
    naming_scripts_[std::string(key)].push_back(by);
  }
  const bool is_kept = key == any_file || said_key_of(key) == key;
  if (is_kept && (!key.ends_with('/') || directories_.contains(key))) {
    std::visit([&](auto sayer) { builder_.add_said(sayer, key); }, by);
  }
}

void RecordedSayings::add_test(TestId test, const TestDescription& description,
                               std::span<const TestInput> inputs)
{
  const Roots& roots = files_.roots();
  bool is_understood = description.origin == TestOrigin::not_built_placeholder;
  for (const TestInput& input : inputs) {
    const bool built = builder_.producer(input.file).has_value();
    const bool script = !built && (input.kind == EdgeKind::below_argument
                                       ? has_script_extension(builder_.path(input.file))
                                       : is_script(input.file));
    is_understood |= (built || script) && input.kind != EdgeKind::below_argument;
    if (script) {
      add_script(input.file);
    }
  }
  const std::vector<std::string>& command = description.command;
  for (std::size_t i = 0; i < command.size(); ++i) {
    is_understood |= is_inline_code(command[i]) || is_plain_cmake(command, i);
  }
  if (!is_understood && !command.empty()) {
    say(test, any_file);
  }
  const TestProperties& properties = *description.properties;
  if (properties.working_directory == roots.source) {
    say(test, any_file);
  } else if (is_within(properties.working_directory, roots.source) &&
             !is_within(properties.working_directory, roots.build)) {
    say(test, directory_key(properties.working_directory));
  }
  std::string text = text_of(command);
  for (const std::vector<std::string>* words :
       {&properties.environment, &properties.environment_modification,
        &properties.required_files}) {
    text += text_of(*words);
  }
  find_keys_in_text(text, TextForm::shell, roots, [&](std::string_view key) { say(test, key); });
}

void RecordedSayings::add_step(StepId step, const CommandNames& names,
                               std::span<const FileId> inputs)
{
  static constexpr std::size_t most_inputs = 64;
  const bool is_custom = builder_.step(step).kind == StepKind::custom;
  const auto [at, added] = keys_.try_emplace(&names);
  if (added) {
    at->second = keys_of_command(names, is_custom || builder_.step(step).kind == StepKind::link);
  }
  for (const std::string& key : at->second) {
    say(step, key);
  }
  if (builder_.step(step).kind == StepKind::compile) {
    return;
  }
  for (const FileId input : inputs) {
    const bool text = is_custom && inputs.size() <= most_inputs &&
                      origin_of(builder_.path(input)) == Origin::source;
    if (!builder_.producer(input) && (text || is_script(input))) {
      add_script(input);
    }
  }
}

/// A custom command says all its words; of a link the linker's own are told by their dashes.
std::vector<std::string> RecordedSayings::keys_of_command(const CommandNames& names,
                                                          bool runs_commands)
{
  const Roots& roots = files_.roots();
  std::vector<std::string> keys;
  const auto add = [&](std::string_view key) { keys.emplace_back(key); };
  for (const DirectoryWords& group : names.words) {
    if (group.directory == roots.source && &group != &names.words.front()) {
      add(any_file);
    } else if (is_within(group.directory, roots.source) &&
               !is_within(group.directory, roots.build)) {
      add(directory_key(group.directory));
    }
    for (std::size_t i = 0; i < group.words.size(); ++i) {
      const std::string& word = group.words[i];
      if (is_plain_cmake(group.words, i)) {
        continue;
      }
      const bool is_option = word.starts_with('-');
      if (runs_commands && (!is_option || word.find('=') != std::string::npos)) {
        find_keys_in_text(word, TextForm::shell, roots, add);
      } else if (word == "-m") {
        add(any_file); // a module, found by its name
      }
      for (const std::string& piece : path_pieces(word)) {
        if (const std::string_view tool = tool_in(piece); !tool.empty()) {
          add(tool);
        }
        if (word.starts_with("-D") && piece.starts_with('/') &&
            lexically_normal(piece) == roots.source) {
          add(any_file);
        }
      }
    }
  }
  std::ranges::sort(keys);
  const auto repeated = std::ranges::unique(keys);
  keys.erase(repeated.begin(), repeated.end());
  return keys;
}

bool RecordedSayings::is_said_by_literal(std::string_view key) const
{
  const std::string_view said = said_key_of(key);
  return key == root_key_ || names_script(key) ||
         (said.ends_with('/') ? directories_.contains(said) : !said.empty());
}

void RecordedSayings::add_literal(FileId file, std::string_view key)
{
  // What configuring writes may hold the path of the sources.
  if (key == root_key_ && origin_of(builder_.path(file)) == Origin::build) {
    say(file, any_file);
  }
  if (const std::string_view said = said_key_of(key); !said.empty()) {
    say(file, said);
  }
  if (names_script(key) && said_key_of(key) != key) {
    say(file, key);
  }
}

void RecordedSayings::add_script(FileId file)
{
  static constexpr std::uintmax_t longest = 1 << 20;
  if (!scripts_.insert(file).second) {
    return;
  }
  const std::string path = files_.roots().absolute(builder_.path(file));
  std::error_code failure;
  const bool is_short = std::filesystem::file_size(path, failure) <= longest && !failure;
  const Result<std::string> text = read_text_file(path);
  if (!is_short || !text) {
    say(file, any_file);
    return;
  }
  const bool is_shell = path.ends_with("sh") || last_component(path).find('.') == std::string::npos;
  find_keys_in_text(*text, is_shell ? TextForm::shell : TextForm::other, files_.roots(),
                    [&](std::string_view key) { say(file, key); });
}

bool RecordedSayings::is_script(FileId file) const
{
  const std::string path = files_.roots().absolute(builder_.path(file));
  if (has_script_extension(path)) {
    return true;
  }
  std::array<char, 2> begin{};
  return last_component(path).find('.') == std::string_view::npos &&
         std::ifstream(path).read(begin.data(), begin.size()) && begin == std::array{'#', '!'};
}

/// What such a script reads nobody knows.
void RecordedSayings::add_unread_scripts()
{
  files_.for_each_source([&](std::string_view path) {
    const std::optional<FileId> file = builder_.find_file(path);
    if (!has_script_extension(path) || (file && scripts_.contains(*file))) {
      return;
    }
    for (const std::string_view key : {file_key(path), extension_key(path)}) {
      if (const auto named = naming_scripts_.find(key); named != naming_scripts_.end()) {
        for (const Sayer by : named->second) {
          say(by, any_file);
        }
        naming_scripts_.erase(named);
      }
    }
  });
}

void RecordedSayings::add_unread_files()
{
  add_unread_scripts();
  std::vector<std::string> unread;
  files_.for_each_source([&](std::string_view path) {
    const FileKind kind = file_kind(path);
    if ((kind == FileKind::source || kind == FileKind::configuration ||
         !foreign_tool_of(path).empty()) &&
        !builder_.find_file(path)) {
      unread.emplace_back(path);
    }
  });
  for (const std::string& path : unread) {
    builder_.file(path);
  }
}

} // namespace winnow::ingest
