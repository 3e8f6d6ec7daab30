// Wiring between the steps of a graph and the include scan.
#include "analyzer/ingest/scanned_headers.hpp"

#include "analyzer/ingest/compiler_files.hpp"
#include "analyzer/ingest/findable_headers.hpp"
#include "analyzer/model/literal_key.hpp"

#include <algorithm>

namespace winnow::ingest {

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

void ScannedHeaders::add_command(StepId step, FileId source, const CompilerCall& call)
{
  const auto [path, added] = paths_of_calls_.try_emplace(&call);
  if (added) {
    const auto standard = standard_.find(call.language);
    static const std::vector<std::string> unknown;
    path->second =
        paths_.add(call.arguments, standard == standard_.end() ? unknown : standard->second);
  }
  commands_[step] = {&call, path->second, source};
}

ScannedHeaders::Headers ScannedHeaders::scan(StepId step)
{
  const Command& command = commands_.at(step);
  const ScannedIncludes found =
      scan_.scan(files_.roots().absolute(builder_.path(command.source)), command.path,
                 command.call->arguments, command.call->directory);
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
  for (const FileTree::FileNumber data : scan_.data_in(
           place->second, compiles.path, compiles.call->arguments, compiles.call->directory)) {
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

std::vector<std::string> ScannedHeaders::add_findable()
{
  std::vector<std::string> unlisted = findable();
  files_.leave_out_listed(unlisted);
  for (const std::string& path : unlisted) {
    builder_.file(path);
  }
  std::erase_if(unlisted,
                [](const std::string& path) { return origin_of(path) != Origin::source; });
  return unlisted;
}

/// As headers_not_in() has it of a finished graph.
std::vector<std::string> ScannedHeaders::findable() const
{
  const Roots& roots = files_.roots();
  FindableHeaders headers(roots);
  bool any_computed = !linked_.empty();
  std::unordered_set<std::uint32_t> met;
  reader_.for_each([&](const std::string& path, const IndexedFile& directives) {
    headers.add_directory(directory_name(path.substr(0, path.rfind('/'))));
    for (const IndexedFile::Include& include : directives.includes) {
      const std::string_view name = names_.name(include.name);
      if (include.form == IncludeForm::computed) {
        any_computed = true;
      } else if (!met.insert(include.name).second) {
        continue;
      } else if (name.starts_with('/')) {
        headers.add_file(roots.graph_path(name));
      } else {
        headers.add_name(lexically_normal(name));
      }
    }
  });
  for (const auto& [step, command] : commands_) {
    for (const std::string& forced : command.call->arguments.forced) {
      if (!forced.starts_with('/')) {
        headers.add_name(lexically_normal(forced));
      }
    }
  }
  for (SearchPaths::PathId path = 0; path < paths_.size(); ++path) {
    for (const FileTree::DirectoryId directory : paths_.directories(path)) {
      headers.add_directory(directory_name(tree_.path(directory)));
    }
  }
  const auto count = static_cast<std::uint32_t>(builder_.file_count());
  for (FileId file{0}; any_computed && file.value < count; ++file.value) {
    const std::string_view path = builder_.path(file);
    headers.add_name(path.substr(path.rfind('/') + 1));
  }
  return headers.find();
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
  return commands_.at(step).call->arguments.forced;
}

void ScannedHeaders::record_searches()
{
  for (SearchPaths::PathId path = 0; path < paths_.size(); ++path) {
    search_of(path); // numbered in their own order
  }
  for (const auto& [step, command] : commands_) {
    builder_.step(step).search = search_of(command.path);
    for (const std::string& forced : command.call->arguments.forced) {
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

void ScannedHeaders::record_literals(const DataNames& names)
{
  if (names.empty()) {
    return;
  }
  for (const FileId source : not_understood_) {
    builder_.add_include(source, NameForm::literal, unreadable_literals);
  }
  std::vector<bool> wanted(names_.size());
  for (std::uint32_t name = 0; name < names_.size(); ++name) {
    wanted[name] = names.contains(names_.name(name));
  }
  reader_.for_each([&](const std::string& path, const IndexedFile& indexed) {
    if (std::ranges::none_of(indexed.literals, [&](std::uint32_t name) { return wanted[name]; })) {
      return;
    }
    const auto file = builder_.find_file(files_.roots().graph_path(path));
    for (const std::uint32_t name : indexed.literals) {
      if (file && wanted[name]) {
        builder_.add_include(*file, NameForm::literal, names_.name(name));
      }
    }
  });
}

void ScannedHeaders::for_each_literal(
    const std::function<bool(std::string_view)>& wanted,
    const std::function<void(FileId, std::string_view)>& visit) const
{
  for (const FileId source : not_understood_) {
    visit(source, unreadable_literals);
  }
  enum class Wanted : std::uint8_t { unasked, yes, no };
  std::vector<Wanted> answers(names_.size()); // most names are of directives
  reader_.for_each([&](const std::string& path, const IndexedFile& indexed) {
    const std::string graph_path = files_.roots().graph_path(path);
    const auto file =
        origin_of(graph_path) == Origin::external ? std::nullopt : builder_.find_file(graph_path);
    if (!file) {
      return;
    }
    for (const std::uint32_t name : indexed.literals) {
      if (answers[name] == Wanted::unasked) {
        answers[name] = wanted(names_.name(name)) ? Wanted::yes : Wanted::no;
      }
      if (answers[name] == Wanted::yes) {
        visit(*file, names_.name(name));
      }
    }
  });
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
