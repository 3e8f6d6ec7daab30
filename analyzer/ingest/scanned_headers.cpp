// Wiring between the steps of a graph and the include scan.
#include "analyzer/ingest/scanned_headers.hpp"

#include "analyzer/ingest/command_words.hpp"
#include "analyzer/ingest/compiler_files.hpp"
#include "analyzer/ingest/text_file.hpp"

#include <algorithm>
#include <array>

namespace winnow::ingest {
namespace {

constexpr std::array<std::string_view, 8> languages{"C",    "CXX", "OBJC", "OBJCXX",
                                                    "CUDA", "HIP", "ASM",  "Fortran"};

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
      names_(index.names()),
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

void ScannedHeaders::add_command(StepId step, FileId source, std::string_view rule,
                                 std::string_view command)
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
  commands_[step] = {path, &arguments, &*directories_.insert(group.directory).first, source};
}

ScannedHeaders::Headers ScannedHeaders::scan(StepId step)
{
  const Command& command = commands_.at(step);
  const ScannedIncludes found = scan_.scan(files_.roots().absolute(builder_.path(command.source)),
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

void ScannedHeaders::read_directives(FileId file)
{
  if (const auto found = tree_.find(files_.roots().absolute(builder_.path(file)))) {
    const IncludeReader::Directives directives =
        reader_.read(tree_.file(tree_.place(found->place).file));
    if (std::ranges::any_of(directives.file.includes, [](const IndexedFile::Include& include) {
          return include.use == IncludeUse::data;
        })) {
      takes_data_.emplace(file, found->place);
    }
  }
}

std::vector<FileId> ScannedHeaders::data_in(FileId file, StepId step)
{
  std::vector<FileId> files;
  const auto place = takes_data_.find(file);
  const auto command = commands_.find(step);
  if (place == takes_data_.end() || command == commands_.end()) {
    return files;
  }
  const Command& compiles = command->second;
  for (const FileTree::FileNumber data :
       scan_.data_in(place->second, compiles.path, *compiles.arguments, *compiles.directory)) {
    files.push_back(file_of(data));
  }
  return files;
}

std::unordered_set<std::string_view> ScannedHeaders::last_components_named() const
{
  std::unordered_set<std::string_view> named;
  for (std::uint32_t name = 0; name < names_.size(); ++name) {
    const std::string_view text = names_.name(name);
    named.insert(text.substr(text.rfind('/') + 1));
  }
  return named;
}

void ScannedHeaders::for_each_directive(
    const std::function<void(FileId, const Directive&)>& visit) const
{
  reader_.for_each([&](const std::string& path, const IndexedFile& directives) {
    const auto file = builder_.find_file(files_.roots().graph_path(path));
    if (!file) {
      return;
    }
    for (const IndexedFile::Include& include : directives.includes) {
      visit(*file, {names_.name(include.name), include.form == IncludeForm::computed,
                    include.use == IncludeUse::probe});
    }
  });
}

std::span<const std::string> ScannedHeaders::forced_by(StepId step) const
{
  return commands_.at(step).arguments->forced;
}

void ScannedHeaders::record_searches()
{
  for (SearchPaths::PathId path = 0; path < paths_.size(); ++path) {
    search_of(path); // numbered in their own order
  }
  for (const auto& [step, command] : commands_) {
    builder_.step(step).search = search_of(command.path);
    for (const std::string& forced : command.arguments->forced) {
      if (!forced.starts_with('/')) {
        builder_.add_include(command.source, NameForm::anywhere, lexically_normal(forced));
      }
    }
  }
  for (FileTree::PlaceId place = 0; place < tree_.place_count(); ++place) {
    const FileTree::Place& at = tree_.place(place);
    const std::string& path = tree_.file(at.file).path;
    if (path.substr(0, path.rfind('/')) != tree_.path(at.directory)) {
      linked_.insert(file_of(at.file));
    }
  }
  reader_.for_each([&](const std::string& path, const IndexedFile& directives) {
    record_includes(path, directives);
  });
  for (const FileId file : linked_) {
    builder_.add_include(file, NameForm::computed, "");
  }
}

SearchId ScannedHeaders::search_of(SearchPaths::PathId path)
{
  if (searches_.size() <= path) {
    searches_.resize(paths_.size());
  }
  if (!searches_[path]) {
    SearchRecord record;
    record.first_angled = static_cast<std::uint32_t>(paths_.first_angled(path));
    for (const FileTree::DirectoryId directory : paths_.directories(path)) {
      record.directories.push_back(directory_name(tree_.path(directory)));
    }
    searches_[path] = builder_.search(record);
  }
  return *searches_[path];
}

std::string ScannedHeaders::directory_name(const std::string& path) const
{
  const Roots& roots = files_.roots();
  if (path == roots.source) {
    return {};
  }
  return path == roots.build ? std::string("@build") : roots.graph_path(path);
}

/// Files outside that the graph does not have share one name: all that counts is where they are.
void ScannedHeaders::record_includes(const std::string& path, const IndexedFile& directives)
{
  const std::optional<FileId> known = builder_.find_file(files_.roots().graph_path(path));
  const FileId includer = known ? *known : builder_.file("/");
  for (const IndexedFile::Include& include : directives.includes) {
    const std::string_view name = names_.name(include.name);
    if (include.form == IncludeForm::computed) {
      builder_.add_include(includer, NameForm::computed, "");
    } else if (name.starts_with('/')) {
      builder_.add_include(includer, NameForm::whole, files_.roots().graph_path(name));
    } else {
      const bool ends = include.use == IncludeUse::include || include.use == IncludeUse::probe;
      const NameForm form = !ends                                 ? NameForm::anywhere
                            : include.form == IncludeForm::angled ? NameForm::angled
                                                                  : NameForm::quoted;
      builder_.add_include(includer, form, lexically_normal(name));
    }
  }
}

} // namespace winnow::ingest
