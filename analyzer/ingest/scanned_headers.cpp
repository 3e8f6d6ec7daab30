// Wiring between the steps of a graph and the include scan.
#include "analyzer/ingest/scanned_headers.hpp"

#include "analyzer/ingest/command_words.hpp"
#include "analyzer/ingest/compiler_files.hpp"
#include "analyzer/ingest/text_file.hpp"

#include <algorithm>
#include <array>

namespace winnow::ingest {
namespace {

constexpr std::array<std::string_view, 7> languages{"C",    "CXX", "OBJC", "OBJCXX",
                                                    "CUDA", "HIP", "ASM"};

/// The part of a rule's name by which CMake says what it compiles.
std::string_view language_of(std::string_view rule)
{
  return rule.substr(0, rule.find("_COMPILER__"));
}

/// The words around the compiler's, and the directory it runs in.
const DirectoryWords& compiler_words(const std::vector<DirectoryWords>& groups)
{
  const auto compiles = std::ranges::find_if(groups, [](const DirectoryWords& group) {
    return std::ranges::find(group.words, "-c") != group.words.end();
  });
  return compiles == groups.end() ? groups.back() : *compiles;
}

std::string key_of(const IncludeArguments& arguments)
{
  std::string key(arguments.standard ? "+" : "-");
  for (const auto* list : {&arguments.quote, &arguments.angle, &arguments.system, &arguments.after,
                           &arguments.forced}) {
    for (const std::string& item : *list) {
      key += item + '\n';
    }
    key += '\0';
  }
  for (const NamingMacro& macro : arguments.macros) {
    key += macro.name + macro.parameters + '=' + macro.value + '\n';
  }
  return key;
}

} // namespace

ScannedHeaders::ScannedHeaders(GraphBuilder& builder, RecordedFiles& files,
                               GeneratorInputs& generators, const SourceState* tracked,
                               IncludeIndex& index)
    : builder_(builder),
      files_(files),
      tree_(files.roots()),
      paths_(tree_, index.names()),
      reader_(files.roots(), tracked, index, generators),
      scan_(tree_, paths_, reader_, index.names())
{
  for (CompilerFile& compiler : read_compiler_files(files.roots().build)) {
    standard_[compiler.language] = std::move(compiler.include_directories);
  }
}

void ScannedHeaders::add_output(FileId file)
{
  tree_.add_output(files_.roots().absolute(builder_.path(file)));
}

void ScannedHeaders::add_command(StepId step, std::string_view rule, std::string_view command)
{
  const std::string_view language = language_of(rule);
  if (std::ranges::find(languages, language) == languages.end()) {
    return;
  }
  const std::vector<DirectoryWords> groups = command_words(command, files_.roots().build);
  const DirectoryWords& group = compiler_words(groups);
  IncludeArguments read = include_arguments(
      group.words, group.directory, [](const std::string& path) -> std::optional<std::string> {
        const Result<std::string> text = read_text_file(path);
        return text ? std::optional(*text) : std::nullopt;
      });
  std::string key = key_of(read);
  const IncludeArguments& arguments =
      arguments_.try_emplace(std::move(key), std::move(read)).first->second;
  const auto standard = standard_.find(language);
  static const std::vector<std::string> unknown;
  const SearchPaths::PathId path =
      paths_.add(arguments, standard == standard_.end() ? unknown : standard->second);
  commands_[step] = {path, &arguments, &*directories_.insert(group.directory).first};
}

ScannedHeaders::Headers ScannedHeaders::scan(StepId step, FileId source)
{
  const Command& command = commands_.at(step);
  const ScannedIncludes found = scan_.scan(files_.roots().absolute(builder_.path(source)),
                                           command.path, *command.arguments, *command.directory);
  Headers headers{{}, found.complete, found.waits};
  headers.files.reserve(found.files.size());
  for (const FileTree::FileNumber file : found.files) {
    headers.files.push_back(file_of(file));
  }
  return headers;
}

FileId ScannedHeaders::file_of(FileTree::FileNumber number)
{
  if (file_ids_.size() <= number) {
    file_ids_.resize(tree_.file_count());
  }
  if (!file_ids_[number]) {
    file_ids_[number] = builder_.file(files_.roots().graph_path(tree_.file(number).path));
  }
  return *file_ids_[number];
}

} // namespace winnow::ingest
