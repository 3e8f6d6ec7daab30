// Fuzzes the replies of CMake's File API.
#include "analyzer/ingest/file_api.hpp"
#include "analyzer/ingest/target_places.hpp"
#include "tests/fuzz/fuzz_input.hpp"

using namespace winnow;

/// Lines "%%" part the index, the codemodel and one target.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  static const tests::FuzzDirectory directory;
  const auto [index, rest] = tests::cut(tests::text_of(data, size), "\n%%\n");
  const auto [codemodel, target] = tests::cut(rest, "\n%%\n");
  const std::string reply = ".cmake/api/v1/reply/";
  directory.write(reply + "index-1.json", index);
  directory.write(reply + "codemodel.json", codemodel);
  directory.write(reply + "target.json", target);
  (void)ingest::read_file_api(directory.path(), "Debug");
  const Roots roots{"/source", directory.path()};
  (void)ingest::TargetPlacesReader(roots, "Debug").find("a");
  return 0;
}
