// A walk along includes for each step; what walks have in common is looked up once.
#include "analyzer/ingest/include_scan.hpp"

#include <algorithm>
#include <utility>

namespace winnow::ingest {
namespace {

/// Sets the mark at `index` to `mark`; whether it was another one.
bool mark(std::vector<std::uint32_t>& marks, std::uint32_t index, std::uint32_t mark)
{
  if (marks.size() <= index) {
    marks.resize(index + index / 2 + 64);
  }
  return std::exchange(marks[index], mark) != mark;
}

} // namespace

IncludeScan::IncludeScan(FileTree& tree, SearchPaths& paths, IncludeReader& reader,
                         NameTable& names)
    : tree_(tree), paths_(paths), reader_(reader), names_(names), computed_(names)
{}

std::optional<FileTree::Found> IncludeScan::beside(PlaceId place, IncludeForm form,
                                                   std::string_view name)
{
  return form == IncludeForm::quoted && !name.starts_with('/')
             ? tree_.find(tree_.place(place).directory, name)
             : std::nullopt;
}

IncludeScan::PlaceIncludes& IncludeScan::includes_of(PlaceId place)
{
  if (includes_.size() <= place) {
    includes_.resize(tree_.place_count());
  }
  if (includes_[place].ready) {
    return includes_[place];
  }
  PlaceIncludes read;
  read.ready = true;
  const FileTree::FileNumber number = tree_.place(place).file;
  const FileTree::File file = tree_.file(number);
  const IncludeReader::Directives directives = reader_.read(file);
  read.settled = directives.settled;
  for (const IndexedFile::Include& include : directives.file.includes) {
    if (include.use == IncludeUse::probe) {
      continue;
    }
    if (include.form == IncludeForm::computed) {
      read.computed.push_back({include.use, include.form, include.name, {}});
    } else {
      read.named.push_back({include.use, include.form, include.name,
                            beside(place, include.form, names_.name(include.name))});
    }
  }
  if (defines_.size() <= number) {
    defines_.resize(tree_.file_count());
  }
  if (!defines_[number]) {
    defines_[number] = true;
    computed_.add(number, file.inside, directives.file);
  }
  if (includes_.size() <= place) {
    includes_.resize(tree_.place_count());
  }
  includes_[place] = std::move(read);
  return includes_[place];
}

/// One step's includes.
class IncludeScan::Walk {
 public:
  Walk(IncludeScan& scan, PathId path, const IncludeArguments& arguments,
       const std::string& directory)
      : scan_(scan), tree_(scan.tree_), path_(path), arguments_(arguments), directory_(directory)
  {
    generation_ = scan_.computed_.generation();
    ++scan_.walk_;
    if (scan_.leads_nowhere_.size() <= path) {
      scan_.leads_nowhere_.resize(path + 1);
    }
  }

  ScannedIncludes run(const std::string& source) &&
  {
    if (const auto root = tree_.find(source)) {
      visit(*root);
    } else {
      result_.complete = false;
    }
    for (const std::string& name : arguments_.forced) {
      read_forced(name);
    }
    do {
      follow();
    } while (resolve_computed() || repeat_excursions());
    return std::move(result_);
  }

  std::vector<FileTree::FileNumber> data_in(PlaceId place) &&
  {
    for (const Include& include : scan_.includes_of(place).named) {
      if (include.use == IncludeUse::data) {
        read(include);
      }
    }
    return std::move(result_.files);
  }

 private:
  /// The compiler's directory takes the place of the including file's.
  void read_forced(const std::string& name)
  {
    const auto here = tree_.find(tree_.directory(directory_).first, name);
    read({IncludeUse::include, IncludeForm::quoted, scan_.names_.id(name), here});
  }

  void follow()
  {
    while (!stack_.empty()) {
      const PlaceId place = stack_.back();
      stack_.pop_back();
      if (!tree_.file(tree_.place(place).file).inside) {
        outside_.push_back(place);
        make_excursion(place);
        continue;
      }
      const PlaceIncludes& includes = scan_.includes_of(place);
      result_.waits = result_.waits || !includes.settled;
      for (const Include& include : includes.named) {
        read(include);
      }
      for (const Include& include : includes.computed) {
        computed_.emplace_back(place, include);
      }
    }
  }

  void read(const Include& include)
  {
    const bool any = for_each_found(include, [&](const Found& found, std::uint32_t links) {
      visit_links(links);
      if (include.use == IncludeUse::data) {
        take(found);
      } else {
        visit(found);
      }
    });
    result_.waits = result_.waits || !any;
  }

  /// Calls visit(found, links) with what an include may read; false if there is nothing.
  template <class Visit>
  bool for_each_found(const Include& include, Visit&& visit)
  {
    const bool first_only = include.use == IncludeUse::include;
    const auto ends = [&](const Found& found) {
      return first_only && tree_.file(tree_.place(found.place).file).certain;
    };
    bool any = false;
    if (include.beside) {
      any = true;
      visit(*include.beside, 0U);
      if (ends(*include.beside)) {
        return true;
      }
    }
    if (include.use != IncludeUse::include) {
      // .incbin and .include start where the assembler runs
      if (const auto here =
              tree_.find(tree_.directory(directory_).first, scan_.names_.name(include.name))) {
        any = true;
        visit(*here, 0U);
      }
    }
    const bool angled = include.form == IncludeForm::angled;
    for (const SearchPaths::Match& match : scan_.paths_.find(include.name, path_, angled)) {
      any = true;
      visit(match.found, match.links);
      if (ends(match.found)) {
        break;
      }
    }
    return any;
  }

  void visit_links(std::uint32_t links)
  {
    for (const FileTree::FileNumber link : tree_.links(links)) {
      list(link);
    }
  }

  void list(FileTree::FileNumber file)
  {
    if (mark(scan_.file_walks_, file, scan_.walk_)) {
      result_.files.push_back(file);
    }
  }

  void take(const Found& found)
  {
    visit_links(found.links);
    list(tree_.place(found.place).file);
  }

  void visit(const Found& found)
  {
    take(found);
    if (mark(scan_.place_walks_, found.place, scan_.walk_)) {
      stack_.push_back(found.place);
    }
  }

  /// Follows includes between files outside, and visits what of them lies inside.
  void make_excursion(PlaceId start)
  {
    if (leads_nowhere(start)) {
      return;
    }
    ++scan_.excursion_;
    std::vector<PlaceId> met{start};
    mark(scan_.excursions_, start, scan_.excursion_);
    bool back = false;
    for (std::size_t next = 0; next < met.size(); ++next) {
      const PlaceIncludes& includes = scan_.includes_of(met[next]);
      for (const Include& include : includes.named) {
        back = step_outside(include, met) || back;
      }
      for (const Include& include : includes.computed) {
        const ComputedNames* names =
            scan_.computed_.same_for_all(include.name, include.use, step());
        if (names == nullptr) {
          computed_.emplace_back(met[next], include);
          back = true;
          continue;
        }
        for (const IncludeDirective& name : std::vector(names->names)) {
          back = step_outside(named(met[next], name), met) || back;
        }
      }
    }
    if (!back) {
      std::vector<bool>& nowhere = scan_.leads_nowhere_[path_];
      nowhere.resize(std::max(nowhere.size(), tree_.place_count()));
      for (const PlaceId place : met) {
        nowhere[place] = true;
      }
    }
  }

  bool leads_nowhere(PlaceId place)
  {
    if (std::exchange(scan_.nowhere_generation_, scan_.computed_.generation()) !=
        scan_.computed_.generation()) {
      scan_.leads_nowhere_.assign(scan_.leads_nowhere_.size(), {});
    }
    const std::vector<bool>& nowhere = scan_.leads_nowhere_[path_];
    return place < nowhere.size() && nowhere[place];
  }

  /// Whether an include of a file outside leads back inside; else what it finds is added to `met`.
  bool step_outside(const Include& include, std::vector<PlaceId>& met)
  {
    bool back = false;
    for_each_found(include, [&](const Found& found, std::uint32_t links) {
      if (tree_.file(tree_.place(found.place).file).inside) {
        back = true;
        visit_links(links);
        visit(found);
      } else if (!leads_nowhere(found.place) &&
                 mark(scan_.excursions_, found.place, scan_.excursion_)) {
        met.push_back(found.place);
      }
    });
    return back;
  }

  /// Macros met since may lead on from outside. Whether they did.
  bool repeat_excursions()
  {
    const std::size_t before = computed_.size();
    if (std::exchange(generation_, scan_.computed_.generation()) != scan_.computed_.generation()) {
      std::ranges::for_each(outside_, [&](PlaceId place) { make_excursion(place); });
    }
    return !stack_.empty() || computed_.size() != before;
  }

  /// Whether that led to files not met before.
  bool resolve_computed()
  {
    const std::vector<std::pair<PlaceId, Include>> all = computed_;
    for (const auto& [place, include] : all) {
      const bool inside = tree_.file(tree_.place(place).file).inside;
      const ComputedNames names = scan_.computed_.names(include.name, include.use, step());
      // .incbin of a name that is put together says nothing of it.
      const bool told = names.complete && include.use != IncludeUse::data;
      result_.complete = result_.complete && (told || !inside);
      for (const IncludeDirective& name : names.names) {
        if (inside) {
          read(named(place, name));
        } else {
          std::vector<PlaceId> met;
          step_outside(named(place, name), met);
          std::ranges::for_each(met, [&](PlaceId found) { make_excursion(found); });
        }
      }
    }
    return !stack_.empty();
  }

  Include named(PlaceId place, const IncludeDirective& name)
  {
    return {name.use, name.form, scan_.names_.id(name.name),
            scan_.beside(place, name.form, name.name)};
  }

  [[nodiscard]] ComputedIncludes::Step step() const
  {
    return {arguments_.macros, scan_.file_walks_, scan_.walk_};
  }

  IncludeScan& scan_;
  FileTree& tree_;
  PathId path_;
  const IncludeArguments& arguments_;
  const std::string& directory_;
  ScannedIncludes result_;
  std::vector<PlaceId> stack_;
  std::vector<PlaceId> outside_; ///< where files inside include files outside
  std::uint32_t generation_ = 0; ///< of macros, when excursions began
  std::vector<std::pair<PlaceId, Include>> computed_;
};

ScannedIncludes IncludeScan::scan(const std::string& source, PathId path,
                                  const IncludeArguments& arguments, const std::string& directory)
{
  return Walk(*this, path, arguments, directory).run(source);
}

std::vector<FileTree::FileNumber> IncludeScan::data_in(FileTree::PlaceId place, PathId path,
                                                       const IncludeArguments& arguments,
                                                       const std::string& directory)
{
  return Walk(*this, path, arguments, directory).data_in(place);
}

} // namespace winnow::ingest
