// Sources in a scratch directory, and what scanning them for one compile command finds.
#pragma once

#include "analyzer/ingest/scanned_headers.hpp"
#include "tests/support/scratch_directory.hpp"
#include "tests/unit/analyzer/ingest/written_files.hpp"

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace winnow::tests {

/// The source root is "s", the build root "b"; commands run in the latter.
class ScanProject {
 public:
  struct Result {
    std::set<std::string> files; ///< graph paths of what lies inside, the source left out
    std::set<std::string> outside;
    bool complete;
    bool waits;
  };

  ScanProject()
  {
    const std::string place = std::filesystem::canonical(scratch_.path()).string();
    roots_ = {place + "/s", place + "/b"};
    std::filesystem::create_directories(roots_.build);
    write("s/x.cpp", "");
  }

  [[nodiscard]] const Roots& roots() const { return roots_; }

  [[nodiscard]] std::string place() const
  {
    return roots_.source.substr(0, roots_.source.size() - 2);
  }

  void write(const std::string& name, std::string_view text) const
  {
    write_file(place() + "/" + name, text);
  }

  /// A step will make `output`, a path in the build tree, from these sources.
  void will_make(const std::string& output, const std::vector<std::string>& inputs)
  {
    made_.emplace_back("@build/" + output, inputs);
  }

  /// Scans s/x.cpp for `c++ OPTIONS -c s/x.cpp`.
  [[nodiscard]] Result scan(const std::string& options, ingest::IncludeIndex& index) const
  {
    const std::string command = "c++ " + options + " -c " + roots_.source + "/x.cpp";
    const ingest::CompilerCall call = *ingest::compiler_call(
        "CXX_COMPILER__x", ingest::command_words(ingest::shell_words(command), roots_.build));
    GraphBuilder builder;
    ingest::RecordedFiles files(builder, roots_, nullptr);
    ingest::GeneratorInputs generators(builder, files);
    ingest::ScannedHeaders headers(builder, files, generators, nullptr, index);
    for (const auto& [output, inputs] : made_) {
      const StepId step = builder.add_step({StepKind::custom, {}, {}, "CUSTOM_COMMAND", 0});
      builder.add_output(step, builder.file(output));
      for (const std::string& input : inputs) {
        generators.add(step, builder.file(input));
      }
      headers.add_output(builder.file(output));
    }
    const StepId step = builder.add_step({StepKind::compile, {}, {}, "CXX_COMPILER__x", 0});
    const FileId source = builder.file("x.cpp");
    headers.add_command(step, source, call);
    const ingest::ScannedHeaders::Headers found = headers.scan(step);
    Result result{{}, {}, found.complete, found.waits};
    for (const FileId file : found.files) {
      const std::string path(builder.path(file));
      if (file != source) {
        (origin_of(path) == Origin::external ? result.outside : result.files).insert(path);
      }
    }
    return result;
  }

  [[nodiscard]] Result scan(const std::string& options = "-I../s") const
  {
    ingest::IncludeIndex index;
    return scan(options, index);
  }

 private:
  ScratchDirectory scratch_;
  Roots roots_;
  std::vector<std::pair<std::string, std::vector<std::string>>> made_;
};

using Paths = std::set<std::string>;

/// Compares two sets of paths element by element.
#define CHECK_PATHS(actual, ...)                                                                   \
  BOOST_TEST((actual) == (winnow::tests::Paths __VA_ARGS__), boost::test_tools::per_element())

} // namespace winnow::tests
