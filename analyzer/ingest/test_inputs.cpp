// Words of commands and environments, tried as paths and as names of targets.
#include "analyzer/ingest/test_inputs.hpp"

#include "analyzer/ingest/command_words.hpp"
#include "analyzer/ingest/text_words.hpp"

#include <algorithm>
#include <unordered_set>

namespace winnow::ingest {

std::vector<TestInput> TestInputs::inputs_of(const TestDescription& test, DirectoryUse directories,
                                             ScriptUse scripts)
{
  test_ = &test;
  directories_ = directories;
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
       {&test.properties->environment, &test.properties->environment_modification}) {
    for (const std::string& value : *values) {
      add_word(value, EdgeKind::environment);
    }
  }
  for (const std::string& file : test.properties->required_files) {
    add_path(file, EdgeKind::required_file);
  }
  add_working_directory();
  if (directories_ == DirectoryUse::whole) {
    add_searched_programs();
  }
  if (scripts == ScriptUse::mentions) {
    add_mentioned_files();
  }
  return std::move(found_);
}

bool TestInputs::knows_targets(const DeclaredInputs& inputs)
{
  return !inputs.targets.empty() && std::ranges::all_of(inputs.targets, [&](const auto& name) {
    const std::optional<TargetId> target = targets_.find(name);
    return target && !builder_.target(*target).artifacts.empty();
  });
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
  for (const std::string& target : inputs.targets) {
    add_target(target, EdgeKind::declared_input);
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
      add_directory(absolute);
    }
    return;
  }
  const std::string own = files_.roots().build + "/" + test_->key.directory;
  for (const std::string& directory : {test_->properties->working_directory, own}) {
    const std::string absolute = lexically_normal(directory + "/" + path);
    if (const NamedFile* file = files_.existing_input(absolute)) {
      add_file(*file, kind);
      return;
    }
    // A word may happen to be the name of a directory; only a path is taken for one.
    if (path.find('/') != std::string::npos && files_.is_inner_directory(absolute)) {
      add_directory(absolute);
      return;
    }
  }
}

void TestInputs::add_directory(const std::string& path)
{
  for (const FileId file : files_.below(path)) {
    if (directories_ == DirectoryUse::whole || !is_built(file)) {
      found_.push_back({file, EdgeKind::below_argument});
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
  const std::string& directory = test_->properties->working_directory;
  if (!is_within(directory, files_.roots().source) || is_within(directory, files_.roots().build) ||
      !files_.is_inner_directory(directory)) {
    return;
  }
  for (const FileId file : files_.below(directory)) {
    if (!steps_.is_build_input(file) && !builder_.producer(file)) {
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
  for (const std::string& name : names_in(script)) {
    const auto [begin, end] = programs().equal_range(name);
    for (auto program = begin; program != end; ++program) {
      const std::string path = files_.roots().absolute(builder_.path(program->second));
      if (is_within(path, test_->properties->working_directory)) {
        found_.push_back({program->second, EdgeKind::below_argument});
      }
    }
  }
}

/// Scripts import and source each other, and open data by its name.
void TestInputs::add_mentioned_files()
{
  std::vector<FileId> scripts;
  std::unordered_set<FileId> known;
  for (const TestInput& input : found_) {
    known.insert(input.file);
    if (input.kind != EdgeKind::below_argument && !builder_.producer(input.file) &&
        mentioned_.is_script(input.file)) {
      scripts.push_back(input.file);
    }
  }
  if (scripts.empty()) {
    return;
  }
  const auto [at, added] = behind_.try_emplace({std::move(scripts), directories_given()});
  if (added) {
    at->second =
        mentioned_.behind(at->first.first, at->first.second, MentionedFiles::Follow::scripts);
  }
  for (const FileId file : at->second) {
    if (origin_of(builder_.path(file)) == Origin::source && !known.contains(file)) {
      found_.push_back({file, EdgeKind::mentioned_in_script});
    }
  }
}

/// Directories of the sources in which a script of the test may look for others.
std::vector<std::string> TestInputs::directories_given()
{
  std::vector<std::string> directories;
  const auto add = [&](const std::string& path) {
    if (is_within(path, files_.roots().source) && !is_within(path, files_.roots().build) &&
        files_.is_inner_directory(path)) {
      directories.push_back(path);
    }
  };
  add(test_->properties->working_directory);
  for (const std::vector<std::string>* words : {&test_->command, &test_->properties->environment,
                                                &test_->properties->environment_modification}) {
    for (const std::string& word : *words) {
      for (const std::string& piece : path_pieces(word)) {
        add(lexically_normal(
            piece.starts_with('/') ? piece : test_->properties->working_directory + "/" + piece));
      }
    }
  }
  return directories;
}

/// Each component of what could be a path in a script, once.
const std::set<std::string>& TestInputs::names_in(FileId script)
{
  const auto [at, added] = script_names_.try_emplace(script);
  if (added) {
    for (const std::string& word : file_words(files_.roots().absolute(builder_.path(script)))) {
      std::size_t begin = 0;
      for (std::size_t end = word.find('/'); end != std::string::npos;
           end = word.find('/', begin)) {
        at->second.insert(word.substr(begin, end - begin));
        begin = end + 1;
      }
      at->second.insert(word.substr(begin));
    }
  }
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

/// A target's file, a link to one, an object, or for a compiler to read. What else a link step
/// leaves may be data: POST_BUILD commands belong to it.
bool TestInputs::is_built(FileId file) const
{
  const std::optional<StepId> producer = builder_.producer(file);
  if (!producer) {
    return false;
  }
  const StepRecord& step = builder_.step(*producer);
  if (step.kind == StepKind::archive || step.kind == StepKind::link) {
    return step.target && std::ranges::count(builder_.target(*step.target).artifacts, file) > 0;
  }
  return step.kind == StepKind::compile || step.rule.starts_with("CMAKE_SYMLINK_") ||
         steps_.is_compiled(file);
}

bool TestInputs::is_program(FileId file) const
{
  const std::optional<StepId> producer = builder_.producer(file);
  return producer && builder_.step(*producer).kind == StepKind::link;
}

} // namespace winnow::ingest
