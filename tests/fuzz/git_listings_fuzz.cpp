// Fuzzes what git prints of trees, of its index and of where a repository is.
#include "analyzer/change/commit_state.hpp"
#include "analyzer/change/hidden_files.hpp"
#include "analyzer/change/repository.hpp"
#include "tests/fuzz/fuzz_input.hpp"

using namespace winnow;

/// All readers are given the same bytes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::string_view text = tests::text_of(data, size);
  const Roots roots{"/top/source", "/top/source/build", "", ""};
  (void)change::state_in_listing(text, change::Repository{"/top", "source/", false}, roots,
                                 std::string(40, 'a'));
  (void)change::hidden_files_in(text);
  (void)change::split_at_nul(text);
  (void)change::repository_in(change::GitOutput{0, std::string(text), ""}, roots.source);
  (void)change::repository_in(change::GitOutput{128, "", std::string(text)}, roots.source);
  return 0;
}
