// Writes a graph image: orders the parts, renumbers what refers to them, and packs the edges.
#include "analyzer/model/graph_layout.hpp"

#include "analyzer/model/graph_format.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <map>
#include <numeric>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>

namespace winnow {
namespace {

namespace format = graph_format;

/// A permutation: where each collected item goes, and which item stands at each place.
struct Order {
  std::vector<std::uint32_t> place_of;
  std::vector<std::uint32_t> item_at;
};

template <class Less>
Order order_by(std::size_t count, Less less)
{
  Order order;
  order.item_at.resize(count);
  std::iota(order.item_at.begin(), order.item_at.end(), 0U);
  std::ranges::stable_sort(order.item_at, less);
  order.place_of.resize(count);
  for (std::uint32_t place = 0; place < count; ++place) {
    order.place_of[order.item_at[place]] = place;
  }
  return order;
}

class Layout {
 public:
  explicit Layout(GraphParts parts)
      : parts_(std::move(parts)),
        files_(order_by(parts_.files.size(),
                        [&](std::uint32_t a, std::uint32_t b) {
                          return parts_.files[a].path < parts_.files[b].path;
                        })),
        targets_(order_by(parts_.targets.size(),
                          [&](std::uint32_t a, std::uint32_t b) {
                            const TargetRecord& x = parts_.targets[a];
                            const TargetRecord& y = parts_.targets[b];
                            return std::tie(x.name, x.directory) < std::tie(y.name, y.directory);
                          })),
        tests_(order_by(parts_.tests.size(), [&](std::uint32_t a, std::uint32_t b) {
          return parts_.tests[a].key < parts_.tests[b].key;
        }))
  {}

  GraphImage write()
  {
    write_files();
    write_steps();
    write_targets();
    write_tests();
    write_directories();
    write_searches();
    write_includes();
    write_definitions();
    write_edges();
    return assemble();
  }

 private:
  format::StringRef text(std::string_view value)
  {
    if (value.size() > std::numeric_limits<std::uint32_t>::max() - strings_.size()) {
      throw std::length_error("a graph holds at most 4 GiB of names");
    }
    const format::StringRef ref{static_cast<std::uint32_t>(strings_.size()),
                                static_cast<std::uint32_t>(value.size())};
    strings_ += value;
    return ref;
  }

  template <class Tag>
  format::Run run(const std::vector<Id<Tag>>& ids, const Order& order)
  {
    const format::Run run{static_cast<std::uint32_t>(refs_.size()),
                          static_cast<std::uint32_t>(ids.size())};
    for (const Id<Tag> id : ids) {
      refs_.push_back(order.place_of[id.value]);
    }
    return run;
  }

  void write_files()
  {
    for (const std::uint32_t item : files_.item_at) {
      const GraphParts::File& file = parts_.files[item];
      file_rows_.push_back(
          {text(file.path), file.producer ? file.producer->value : format::none, file.hash});
    }
  }

  void write_steps()
  {
    for (const StepRecord& step : parts_.steps) {
      step_rows_.push_back(
          {step.fingerprint, text(step.rule),
           step.target ? targets_.place_of[step.target->value] : format::none,
           step.search ? step.search->value : format::none, static_cast<std::uint8_t>(step.kind),
           static_cast<std::uint8_t>(step.headers),
           static_cast<std::uint16_t>(step.built_by_default),
           step.definitions ? step.definitions->value : format::none, step.frame_fingerprint});
    }
  }

  void write_targets()
  {
    for (const std::uint32_t item : targets_.item_at) {
      const TargetRecord& target = parts_.targets[item];
      target_rows_.push_back({text(target.name), text(target.type), text(target.directory),
                              run(target.artifacts, files_)});
    }
  }

  void write_tests()
  {
    for (const std::uint32_t item : tests_.item_at) {
      const TestRecord& test = parts_.tests[item];
      test_rows_.push_back({test.fingerprint, text(test.key.directory), text(test.key.name),
                            text(test.source_directory), text(test.defined_at),
                            run(test.targets, targets_), static_cast<std::uint8_t>(test.mapping),
                            static_cast<std::uint8_t>(test.origin), 0, 0});
    }
  }

  void write_directories()
  {
    const auto number = [&](const std::vector<std::string>& directories) {
      for (const std::string& directory : directories) {
        number_of_directory_.emplace(directory, 0);
      }
    };
    for (const SearchRecord& search : parts_.searches) {
      number(search.directories);
    }
    for (const std::vector<DefinitionRecord>& list : parts_.definitions) {
      for (const DefinitionRecord& definition : list) {
        number(definition.directories);
      }
    }
    for (auto& [directory, place] : number_of_directory_) {
      place = static_cast<std::uint32_t>(directories_.size());
      directories_.push_back(text(directory));
    }
  }

  format::Run run_of_directories(const std::vector<std::string>& directories)
  {
    const format::Run run{static_cast<std::uint32_t>(refs_.size()),
                          static_cast<std::uint32_t>(directories.size())};
    for (const std::string& directory : directories) {
      refs_.push_back(number_of_directory_.at(directory));
    }
    return run;
  }

  void write_searches()
  {
    for (const SearchRecord& search : parts_.searches) {
      search_rows_.push_back({run_of_directories(search.directories), search.first_angled, 0});
    }
  }

  struct Named {
    std::string_view name;
    std::uint32_t form;
    std::vector<std::uint32_t> places;
  };

  void write_includes()
  {
    std::vector<Named> rows;
    for (const auto& [name, files] : parts_.includers) {
      const std::string_view key = name;
      rows.push_back({key.substr(0, key.size() - 1), static_cast<std::uint32_t>(key.back()), {}});
      for (const FileId file : files) {
        rows.back().places.push_back(files_.place_of[file.value]);
      }
    }
    for (const auto& [key, sayers] : parts_.sayers) {
      rows.push_back({key, static_cast<std::uint32_t>(NameForm::word), nodes_of(sayers)});
    }
    std::ranges::sort(rows, {}, [](const Named& row) { return std::tuple(row.name, row.form); });
    for (Named& row : rows) {
      std::ranges::sort(row.places);
      const auto repeated = std::ranges::unique(row.places);
      row.places.erase(repeated.begin(), repeated.end());
      const format::Run run{static_cast<std::uint32_t>(refs_.size()),
                            static_cast<std::uint32_t>(row.places.size())};
      refs_.insert(refs_.end(), row.places.begin(), row.places.end());
      include_rows_.push_back({text(row.name), run, row.form, 0});
    }
  }

  [[nodiscard]] std::vector<std::uint32_t> nodes_of(const GraphParts::Sayers& sayers) const
  {
    const auto steps_from = static_cast<std::uint32_t>(parts_.files.size());
    const auto tests_from = static_cast<std::uint32_t>(steps_from + parts_.steps.size());
    std::vector<std::uint32_t> nodes;
    for (const FileId file : sayers.files) {
      nodes.push_back(files_.place_of[file.value]);
    }
    for (const StepId step : sayers.steps) {
      nodes.push_back(steps_from + step.value);
    }
    for (const TestId test : sayers.tests) {
      nodes.push_back(tests_from + tests_.place_of[test.value]);
    }
    return nodes;
  }

  void write_definitions()
  {
    for (const std::vector<DefinitionRecord>& list : parts_.definitions) {
      definition_lists_.push_back({static_cast<std::uint32_t>(definition_rows_.size()),
                                   static_cast<std::uint32_t>(list.size())});
      for (const DefinitionRecord& definition : list) {
        definition_rows_.push_back(
            {text(definition.name), definition.value, run_of_directories(definition.directories)});
      }
    }
  }

  void write_edges()
  {
    const auto file = [&](std::uint32_t id) { return files_.place_of[id]; };
    const auto step = [&](std::uint32_t id) {
      return static_cast<std::uint32_t>(parts_.files.size()) + id;
    };
    const auto test = [&](std::uint32_t id) {
      return static_cast<std::uint32_t>(parts_.files.size() + parts_.steps.size()) +
             tests_.place_of[id];
    };
    std::vector<EdgeList> lists;
    const auto add = [&](EdgeList& edges, auto from, auto to) {
      edges.renumber(from, to);
      lists.push_back(std::move(edges));
    };
    add(parts_.file_to_step, file, step);
    add(parts_.step_to_file, step, file);
    add(parts_.file_to_test, file, test);
    add(parts_.test_to_test, test, test);
    forward_ = pack_forward(std::move(lists),
                            parts_.files.size() + parts_.steps.size() + parts_.tests.size());
  }

  template <class Row>
  void append(format::Section which, const std::vector<Row>& rows)
  {
    append(which, rows.data(), rows.size());
  }

  template <class Row>
  void append(format::Section which, const Row* rows, std::size_t count)
  {
    begin_section(which, count * sizeof(Row));
    const auto* bytes = reinterpret_cast<const std::byte*>(rows);
    image_.insert(image_.end(), bytes, bytes + count * sizeof(Row));
  }

  void begin_section(format::Section which, std::size_t size)
  {
    image_.resize((image_.size() + 7) / 8 * 8);
    header_.sections[which] = {image_.size(), size};
  }

  /// Valid until the image grows again.
  template <class Row>
  Row* room_for(format::Section which, std::size_t count)
  {
    begin_section(which, count * sizeof(Row));
    const std::size_t offset = image_.size();
    image_.resize(offset + count * sizeof(Row));
    return reinterpret_cast<Row*>(image_.data() + offset);
  }

  void append_edges()
  {
    append(format::forward, forward_.offsets);
    append(format::forward_neighbours, forward_.neighbours);
    const std::vector<std::uint32_t> reverse = transposed_offsets(forward_);
    append(format::reverse, reverse);
    const std::size_t count = forward_.neighbours.size();
    transpose(forward_, reverse,
              {room_for<PackedNeighbour>(format::reverse_neighbours, count), count});
  }

  /// What the image will need, so that it is not copied while it grows.
  [[nodiscard]] std::size_t expected_size() const
  {
    const auto bytes = [](const auto& rows) { return rows.size() * sizeof(rows[0]) + 7; };
    return sizeof(format::Header) + bytes(file_rows_) + bytes(step_rows_) + bytes(target_rows_) +
           bytes(test_rows_) + bytes(refs_) + bytes(directories_) + bytes(search_rows_) +
           bytes(include_rows_) + bytes(definition_rows_) + bytes(definition_lists_) +
           2 * (bytes(forward_.offsets) + bytes(forward_.neighbours)) + bytes(strings_);
  }

  GraphImage assemble()
  {
    const GraphOrigin& origin = parts_.origin;
    header_.origin = {text(origin.project),        text(origin.commit),
                      text(origin.generator),      text(origin.configuration),
                      text(origin.compiler),       text(origin.build_stamp),
                      text(origin.winnow_version), text(origin.configure_reads)};
    image_.reserve(expected_size());
    image_.resize(sizeof(format::Header));
    append(format::files, file_rows_);
    append(format::steps, step_rows_);
    append(format::targets, target_rows_);
    append(format::tests, test_rows_);
    append(format::refs, refs_);
    append(format::directories, directories_);
    append(format::searches, search_rows_);
    append(format::includes, include_rows_);
    append(format::definitions, definition_rows_);
    append(format::definition_lists, definition_lists_);
    append_edges();
    append(format::strings, strings_.data(), strings_.size());

    header_.magic = format::magic;
    header_.version = format::version;
    header_.header_size = sizeof(format::Header);
    header_.image_size = image_.size();
    std::memcpy(image_.data(), &header_, sizeof header_);
    header_.checksum = format::checksum_of(image_);
    std::memcpy(image_.data(), &header_, sizeof header_);
    return std::make_shared<const std::vector<std::byte>>(std::move(image_));
  }

  GraphParts parts_;
  Order files_;
  Order targets_;
  Order tests_;
  format::Header header_{};
  std::vector<format::FileRow> file_rows_;
  std::vector<format::StepRow> step_rows_;
  std::vector<format::TargetRow> target_rows_;
  std::vector<format::TestRow> test_rows_;
  std::vector<std::uint32_t> refs_;
  std::map<std::string_view, std::uint32_t> number_of_directory_;
  std::vector<format::StringRef> directories_;
  std::vector<format::SearchRow> search_rows_;
  std::vector<format::IncludeRow> include_rows_;
  std::vector<format::DefinitionRow> definition_rows_;
  std::vector<format::Run> definition_lists_;
  Adjacency forward_;
  std::string strings_;
  std::vector<std::byte> image_;
};

} // namespace

GraphImage lay_out(GraphParts parts)
{
  return Layout(std::move(parts)).write();
}

} // namespace winnow
