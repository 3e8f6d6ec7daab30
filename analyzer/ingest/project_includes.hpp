// The directives of a project's files: from the index where their content is known, else read.
#pragma once

#include "analyzer/ingest/generator_inputs.hpp"
#include "analyzer/ingest/include_scan.hpp"
#include "analyzer/model/change.hpp"

#include <cstdint>
#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

namespace winnow::ingest {

/// An output that is missing, or older than something it is made from, will be made anew. What it
/// then includes is not known; what it can include is taken to be spelled out in what it is made
/// from: every word in there that ends like a header's name counts as an include, and so does every
/// header among those files. Not found: names a generator puts together from parts.
class ProjectIncludes : public IncludeReader {
 public:
  /// `tracked` may be null. All must outlive this.
  ProjectIncludes(const Roots& roots, const SourceState* tracked, IncludeIndex& index,
                  GeneratorInputs& generators);

  Directives read(const FileTree::File& file) override;

  /// Calls visit(path, directives) with every file read so far.
  template <class Visit>
  void for_each(Visit&& visit) const
  {
    for (const auto& [path, known] : known_) {
      visit(path, *known.file);
    }
  }

 private:
  struct Known {
    const IndexedFile* file;
    bool settled;
  };

  Known look_up(const FileTree::File& file);
  const IndexedFile& on_disk(const std::string& path);
  const IndexedFile& expected(const std::vector<std::string>& made_from,
                              const IndexedFile* present);
  const std::vector<std::uint32_t>& header_names_of(const std::string& path);
  [[nodiscard]] ContentHash tracked_hash(const std::string& graph_path) const;
  [[nodiscard]] ContentHash stamp_of(const std::string& path) const;

  const Roots& roots_;
  const SourceState* tracked_;
  IncludeIndex& index_;
  GeneratorInputs& generators_;
  std::int64_t started_ns_;
  std::unordered_map<std::string, Known> known_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> header_names_;
  std::deque<IndexedFile> expected_;
  IndexedFile unreadable_;
};

/// The words of a text that end like the name of a header, each once.
std::vector<std::string> header_names_in(std::string_view text);

} // namespace winnow::ingest
