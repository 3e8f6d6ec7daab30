// opendir and readdir; only links, and what has no type, are looked at themselves.
#include "analyzer/ingest/findable_headers.hpp"

#include "analyzer/ingest/canonical_paths.hpp"

#include <sys/stat.h>

#include <dirent.h>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace winnow::ingest {
namespace {

constexpr std::string_view parent = "../";

std::string_view directory_of(std::string_view path)
{
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

bool is_root(std::string_view directory)
{
  return directory.empty() || directory == build_directory;
}

std::string_view last_component(std::string_view path)
{
  return path.substr(path.rfind('/') + 1);
}

} // namespace

void FindableHeaders::add_name(std::string_view name)
{
  int parents = 0;
  for (; name.starts_with(parent); name.remove_prefix(parent.size())) {
    ++parents;
  }
  most_parents_ = std::max(most_parents_, parents);
  if (name.empty() || !names_.emplace(name).second) {
    return;
  }
  for (std::size_t slash = name.rfind('/'); slash != std::string_view::npos && slash > 0;
       slash = name.rfind('/', slash - 1)) {
    if (!directories_named_.emplace(name.substr(0, slash)).second) {
      return; // so are those above
    }
  }
}

void FindableHeaders::add_file(std::string_view graph_path)
{
  if (origin_of(graph_path) != Origin::external) {
    files_.emplace_back(graph_path);
  }
}

void FindableHeaders::add_directory(std::string_view directory)
{
  if (origin_of(directory) != Origin::external) {
    directories_.emplace(directory);
  }
}

void FindableHeaders::leave_out(const Graph& graph)
{
  known_.reserve(graph.file_count());
  for (FileId file{0}; file.value < graph.file_count(); ++file.value) {
    known_.insert(graph.path(file));
  }
}

class FindableHeaders::Walk {
 public:
  explicit Walk(const FindableHeaders& sought) : sought_(sought) {}

  std::vector<std::string> run() &&
  {
    for (const std::string& directory : with_parents()) {
      list(absolute(directory), "");
    }
    for (const std::string& file : sought_.files_) {
      struct stat status {};

      if (::lstat(sought_.roots_.absolute(file).c_str(), &status) == 0) {
        add(file);
      }
    }
    std::ranges::sort(found_);
    const auto repeated = std::ranges::unique(found_);
    found_.erase(repeated.begin(), repeated.end());
    return std::move(found_);
  }

 private:
  [[nodiscard]] Texts with_parents() const
  {
    Texts all = sought_.directories_;
    for (std::string_view directory : sought_.directories_) {
      for (int i = 0; i < sought_.most_parents_ && !is_root(directory); ++i) {
        directory = directory_of(directory);
        all.emplace(directory);
      }
    }
    return all;
  }

  [[nodiscard]] std::string absolute(std::string_view directory) const
  {
    const Roots& roots = sought_.roots_;
    if (is_root(directory)) {
      return directory.empty() ? roots.source : roots.build;
    }
    return roots.absolute(directory);
  }

  /// `prefix` is what of a name has led to the directory, with a slash behind it.
  void list(const std::string& directory, const std::string& prefix)
  {
    DIR* stream = ::opendir(directory.c_str());
    if (stream == nullptr) {
      return;
    }
    std::string name = prefix;
    while (const dirent* entry = ::readdir(stream)) {
      name.resize(prefix.size());
      name += entry->d_name;
      const bool is_name = sought_.names_.contains(name);
      const bool leads_on = sought_.directories_named_.contains(name);
      if (is_name || leads_on) {
        take(directory + "/" + entry->d_name, entry->d_type, is_name, leads_on ? name + "/" : "");
      }
    }
    ::closedir(stream);
  }

  /// `prefix` is "" where no name leads into it.
  void take(const std::string& path, std::uint8_t type, bool is_name, const std::string& prefix)
  {
    if (type == DT_REG) {
      add_if(is_name, path);
    } else if (type == DT_DIR) {
      enter(path, prefix);
    } else if (type == DT_LNK || type == DT_UNKNOWN) {
      struct stat status {};

      if (::stat(path.c_str(), &status) != 0) {
        return;
      }
      if (S_ISREG(status.st_mode)) {
        add_if(is_name, path);
      } else if (S_ISDIR(status.st_mode)) {
        const std::string real = canonical_.follow(path).path;
        add_if(!prefix.empty() && real != path, path);
        enter(real, prefix);
      }
    }
  }

  void add_if(bool is_meant, const std::string& path)
  {
    if (is_meant) {
      add(sought_.roots_.graph_path(path));
    }
  }

  void add(std::string graph_path)
  {
    if (!sought_.known_.contains(graph_path)) {
      found_.push_back(std::move(graph_path));
    }
  }

  void enter(const std::string& path, const std::string& prefix)
  {
    if (!prefix.empty() && origin_of(sought_.roots_.graph_path(path)) != Origin::external) {
      list(path, prefix);
    }
  }

  const FindableHeaders& sought_;
  CanonicalPaths canonical_;
  std::vector<std::string> found_;
};

std::vector<std::string> FindableHeaders::find() const
{
  return Walk(*this).run();
}

std::vector<std::string> headers_not_in(const Graph& graph, const Roots& roots)
{
  if (!graph.knows_includes()) {
    return {};
  }
  FindableHeaders headers(roots);
  bool any_computed = false;
  std::string_view last;
  std::vector<bool> met(graph.file_count());
  graph.for_each_include([&](FileId includer, NameForm form, std::string_view name) {
    const std::string_view path = graph.path(includer);
    if (!met[includer.value] && origin_of(path) != Origin::external) {
      headers.add_directory(directory_of(path));
      met[includer.value] = true;
    }
    if (form == NameForm::computed) {
      any_computed = true;
    } else if (form == NameForm::whole) {
      headers.add_file(name);
    } else if (name != last) {
      headers.add_name(name);
      last = name;
    }
  });
  for (SearchId search{0}; search.value < graph.search_count(); ++search.value) {
    for (const std::string_view directory : graph.directories(search)) {
      headers.add_directory(directory);
    }
  }
  // Such a directive means any file that is called as one that is read.
  for (FileId file{0}; any_computed && file.value < graph.file_count(); ++file.value) {
    headers.add_name(last_component(graph.path(file)));
  }
  headers.leave_out(graph);
  return headers.find();
}

} // namespace winnow::ingest
