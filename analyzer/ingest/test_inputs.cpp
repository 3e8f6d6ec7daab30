// Words of commands and environments, tried as paths and as names of targets.
#include "analyzer/ingest/test_inputs.hpp"

#include "analyzer/ingest/command_words.hpp"
#include "analyzer/ingest/text_file.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <set>

namespace winnow::ingest {

TestInputs::TestInputs(GraphBuilder& builder, RecordedFiles& files, const RecordedTargets& targets,
                       std::function<bool(FileId)> is_build_input)
    : builder_(builder),
      files_(files),
      targets_(targets),
      is_build_input_(std::move(is_build_input))
{}

std::vector<TestInput> TestInputs::inputs_of(const TestDescription& test)
{
  test_ = &test;
  found_.clear();
  if (test.origin == TestOrigin::not_built_placeholder) {
    add_target(test.key.name.substr(0, test.key.name.rfind("_NOT_BUILT")),
               EdgeKind::discovered_from);
    return std::move(found_);
  }
  for (std::size_t i = 0; i < test.command.size(); ++i) {
    add_word(test.command[i], i == 0 ? EdgeKind::executable : EdgeKind::argument);
  }
  // ctest itself resolves the bare name of a target; so may what stands in front of one.
  if (found_.empty()) {
    for (std::size_t i = 0; i < test.command.size() && found_.empty(); ++i) {
      add_target(test.command[i], EdgeKind::executable);
    }
  }
  add_built_targets();
  for (const std::vector<std::string>* values :
       {&test.properties.environment, &test.properties.environment_modification}) {
    for (const std::string& value : *values) {
      add_word(value, EdgeKind::environment);
    }
  }
  for (const std::string& file : test.properties.required_files) {
    add_path(file, EdgeKind::required_file);
  }
  add_working_directory();
  add_searched_programs();
  return std::move(found_);
}

std::vector<TestInput> TestInputs::declared(const DeclaredInputs& inputs)
{
  found_.clear();
  for (const std::string& file : inputs.files) {
    add_file(files_.input(file), EdgeKind::declared_input);
  }
  for (const std::string& directory : inputs.directories) {
    for (const FileId file : files_.below(lexically_normal(directory))) {
      found_.push_back({file, EdgeKind::declared_input});
    }
  }
  for (const std::string& glob : inputs.globs) {
    const std::string pattern =
        lexically_normal(glob.starts_with('/') ? glob : inputs.directory + "/" + glob);
    for (const FileId file : files_.matching(pattern)) {
      found_.push_back({file, EdgeKind::declared_input});
    }
  }
  return std::move(found_);
}

void TestInputs::add_word(const std::string& word, EdgeKind kind)
{
  for (const std::string& piece : path_pieces(word)) {
    add_path(piece, kind);
  }
}

/// Relative names may be meant from the working directory, and programs also from the test's own.
void TestInputs::add_path(const std::string& path, EdgeKind kind)
{
  if (path.starts_with('/')) {
    const std::string absolute = lexically_normal(path);
    if (const NamedFile* file = files_.existing_input(absolute)) {
      add_file(*file, kind);
    } else if (files_.is_inner_directory(absolute)) {
      for (const FileId below : files_.below(absolute)) {
        found_.push_back({below, EdgeKind::below_argument});
      }
    }
    return;
  }
  const std::string own = files_.roots().build + "/" + test_->key.directory;
  for (const std::string& directory : {test_->properties.working_directory, own}) {
    const std::string absolute = lexically_normal(directory + "/" + path);
    if (const NamedFile* file = files_.existing_input(absolute)) {
      add_file(*file, kind);
      return;
    }
    // A word may happen to be the name of a directory; only a path is taken for one.
    if (path.find('/') != std::string::npos && files_.is_inner_directory(absolute)) {
      for (const FileId below : files_.below(absolute)) {
        found_.push_back({below, EdgeKind::below_argument});
      }
      return;
    }
  }
}

void TestInputs::add_file(const NamedFile& file, EdgeKind kind)
{
  const bool first_program = is_program(file.file) && kind == EdgeKind::argument &&
                             std::none_of(found_.begin(), found_.end(), [](const TestInput& input) {
                               return input.kind == EdgeKind::executable;
                             });
  found_.push_back({file.file, first_program ? EdgeKind::executable : kind});
  for (const FileId link : file.links) {
    found_.push_back({link, kind});
  }
}

bool TestInputs::add_target(const std::string& name, EdgeKind kind)
{
  const std::optional<TargetId> target = targets_.find(name);
  if (!target) {
    return false;
  }
  for (const FileId artifact : builder_.target(*target).artifacts) {
    found_.push_back({artifact, kind});
  }
  return true;
}

/// `cmake --build DIR --target a b`: what such a test builds is what it tests.
void TestInputs::add_built_targets()
{
  const std::vector<std::string>& command = test_->command;
  if (std::find(command.begin(), command.end(), "--build") == command.end()) {
    return;
  }
  auto word = std::find_if(command.begin(), command.end(), [](const std::string& option) {
    return option == "--target" || option == "-t";
  });
  for (word = word == command.end() ? word : word + 1;
       word != command.end() && !word->starts_with('-'); ++word) {
    if (!add_target(*word, EdgeKind::argument)) {
      const NamedFile& output = files_.input(*word);
      if (builder_.producer(output.file)) {
        add_file(output, EdgeKind::argument);
      }
    }
  }
}

/// A test that is sent to a directory of the sources reads the data there; sources reach it by
/// being built.
void TestInputs::add_working_directory()
{
  const std::string& directory = test_->properties.working_directory;
  if (!is_within(directory, files_.roots().source) || is_within(directory, files_.roots().build) ||
      !files_.is_inner_directory(directory)) {
    return;
  }
  for (const FileId file : files_.below(directory)) {
    if (!is_build_input_(file) && !builder_.producer(file)) {
      found_.push_back({file, EdgeKind::below_argument});
    }
  }
}

/// A command of the project that is given nothing built, as a script may be, finds what it runs by
/// itself: in the build tree, if it is given that, else by a name in its text.
void TestInputs::add_searched_programs()
{
  std::vector<FileId> scripts;
  bool given_directory = false;
  for (const TestInput& input : found_) {
    if (builder_.producer(input.file)) {
      return;
    }
    if (input.kind == EdgeKind::executable || input.kind == EdgeKind::argument) {
      scripts.push_back(input.file);
    }
    given_directory |= input.kind == EdgeKind::below_argument;
  }
  if (scripts.empty() && !given_directory) {
    return;
  }
  const std::string& build = files_.roots().build;
  for (const std::string& word : test_->command) {
    const std::vector<std::string> pieces = path_pieces(word);
    if (std::find(pieces.begin(), pieces.end(), build) != pieces.end()) {
      add_programs_below(build);
      return;
    }
  }
  for (const FileId script : scripts) {
    add_programs_named_in(script);
  }
}

void TestInputs::add_programs_below(const std::string& directory)
{
  for (const FileId file : files_.below(directory)) {
    if (is_program(file)) {
      found_.push_back({file, EdgeKind::below_argument});
    }
  }
}

/// Only those below the directory in which the test works: elsewhere a name may be anything's.
void TestInputs::add_programs_named_in(FileId script)
{
  for (const std::string& word : words_of(script)) {
    const auto [begin, end] = programs().equal_range(word);
    for (auto program = begin; program != end; ++program) {
      const std::string path = files_.roots().absolute(builder_.path(program->second));
      if (is_within(path, test_->properties.working_directory)) {
        found_.push_back({program->second, EdgeKind::below_argument});
      }
    }
  }
}

/// What could be file names in a script; nothing of files too long to be one.
const std::vector<std::string>& TestInputs::words_of(FileId script)
{
  static constexpr std::string_view characters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.+-";
  static constexpr std::uintmax_t longest = 1 << 20;
  const auto [at, added] = script_words_.try_emplace(script);
  const std::string path = files_.roots().absolute(builder_.path(script));
  std::error_code failure;
  if (!added || std::filesystem::file_size(path, failure) > longest || failure) {
    return at->second;
  }
  const Result<std::string> text = read_text_file(path);
  const std::string_view rest = text ? std::string_view(*text) : std::string_view();
  std::set<std::string> words;
  for (std::size_t begin = rest.find_first_of(characters); begin < rest.size();) {
    const std::size_t end = std::min(rest.find_first_not_of(characters, begin), rest.size());
    words.emplace(rest.substr(begin, end - begin));
    begin = rest.find_first_of(characters, end);
  }
  at->second.assign(words.begin(), words.end());
  return at->second;
}

const std::unordered_multimap<std::string, FileId>& TestInputs::programs()
{
  if (programs_.empty()) {
    for (FileId file{0}; file.value < builder_.file_count(); ++file.value) {
      if (is_program(file)) {
        const std::string_view path = builder_.path(file);
        programs_.emplace(path.substr(path.rfind('/') + 1), file);
      }
    }
  }
  return programs_;
}

bool TestInputs::is_program(FileId file) const
{
  const std::optional<StepId> producer = builder_.producer(file);
  return producer && builder_.step(*producer).kind == StepKind::link;
}

} // namespace winnow::ingest
