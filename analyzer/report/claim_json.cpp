// The document `winnow.claim`, written and read.
#include "analyzer/report/claim_json.hpp"

#include "analyzer/report/member_reader.hpp"
#include "analyzer/report/test_key_json.hpp"

#include <optional>

namespace winnow::report {
namespace {

namespace json = boost::json;

/// Of microseconds since the Unix epoch that a double holds exactly.
constexpr double latest_us = 9e15;

} // namespace

std::string claim_to_json(const ChunkClaim& claim)
{
  json::object object;
  object.emplace("kind", "winnow.claim");
  object.emplace("version", 1);
  object.emplace("plan", json_text(claim.plan_id));
  object.emplace("chunk", claim.chunk);
  object.emplace("attempt", claim.attempt);
  object.emplace("host", json_text(claim.owner.host));
  object.emplace("pid_space", json_text(claim.owner.pid_space));
  object.emplace("pid", claim.owner.pid);
  object.emplace("process_start", json_text(claim.owner.process_start));
  object.emplace("claimed_us", claim.claimed_us);
  return json::serialize(object) + '\n';
}

Result<ChunkClaim> claim_from_json(std::string_view text)
{
  const Result<json::value> value = parse_document(text, "winnow.claim", "claim");
  if (!value) {
    return value.error();
  }
  std::optional<std::string> fault;
  const MemberReader reader(*value, "", fault);
  ChunkClaim claim;
  claim.plan_id = reader.text("plan");
  claim.chunk = reader.count("chunk");
  claim.attempt = reader.count("attempt");
  claim.owner.host = reader.text("host");
  claim.owner.pid_space = reader.text("pid_space");
  claim.owner.pid = reader.count("pid");
  claim.owner.process_start = reader.text("process_start");
  const double claimed_us = reader.number("claimed_us");
  if (claimed_us > latest_us) {
    reader.fail("claimed_us", "is no time");
  } else {
    claim.claimed_us = static_cast<std::int64_t>(claimed_us);
  }
  if (fault) {
    return data_error("the claim cannot be used: " + *fault);
  }
  return claim;
}

} // namespace winnow::report
