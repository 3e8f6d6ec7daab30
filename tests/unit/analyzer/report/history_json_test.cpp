// The document `winnow.history`, there and back.
#include "analyzer/report/history_json.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace winnow;
using namespace winnow::report;

BOOST_AUTO_TEST_SUITE(a_history_document)

BOOST_AUTO_TEST_CASE(is_read_back_exactly)
{
  const History history{
      {{"net", "http"}, {.duration_us = 5'000'000'000, .cpu_us = 7, .attempts = 3}},
      {{"", "caf\xe9 100%"}, {.peak_memory_bytes = 1ULL << 40, .last = Verdict::timed_out}}};
  const History read = history_from_json(history_to_json(history)).value();
  BOOST_REQUIRE(read.size() == history.size());
  for (const auto& [key, known] : history) {
    BOOST_TEST_CONTEXT(key.display())
    {
      BOOST_REQUIRE(read.contains(key));
      BOOST_TEST(read.at(key).duration_us == known.duration_us);
      BOOST_TEST(read.at(key).cpu_us == known.cpu_us);
      BOOST_TEST(read.at(key).peak_memory_bytes == known.peak_memory_bytes);
      BOOST_TEST(read.at(key).attempts == known.attempts);
      BOOST_TEST((read.at(key).last == known.last));
    }
  }
}

BOOST_AUTO_TEST_CASE(says_what_is_wrong)
{
  const auto error = [](const std::string& tests) {
    return history_from_json(R"({"kind":"winnow.history","version":1,"tests":)" + tests + "}")
        .error()
        .message;
  };
  BOOST_TEST(error("7") == "the history cannot be used: tests is not a list");
  BOOST_TEST(error(R"([{"directory":"","name":"a","duration_us":1,"cpu_us":1,)"
                   R"("peak_memory_bytes":1,"attempts":1,"last":"great"}])") ==
             "the history cannot be used: tests[0].last is no verdict");
  BOOST_TEST(error(R"([{"directory":"","name":"a"}])") ==
             "the history cannot be used: tests[0].duration_us is missing");
  for (const std::string number : {"-1", "1e999", "0e315"}) {
    BOOST_TEST(error(R"([{"directory":"","name":"a","duration_us":)" + number + "}]") ==
               "the history cannot be used: tests[0].duration_us is not a number of at least 0");
  }
}

BOOST_AUTO_TEST_SUITE_END()
