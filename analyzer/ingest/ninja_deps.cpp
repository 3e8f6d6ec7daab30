// Format after ninja's deps_log.h; numbers are little-endian.
#include "analyzer/ingest/ninja_deps.hpp"

#include "analyzer/ingest/text_file.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <utility>

namespace winnow::ingest {
namespace {

constexpr std::string_view header = "# ninjadeps\n";
constexpr std::uint32_t known_version = 4;
constexpr std::uint32_t deps_bit = 0x80000000U;
constexpr std::uint32_t largest_record = (1U << 19) - 1; // ninja's own limit

static_assert(std::endian::native == std::endian::little, "the log is read as it stands");

std::uint32_t number_at(std::string_view bytes, std::size_t at)
{
  std::uint32_t number = 0;
  std::memcpy(&number, bytes.data() + at, sizeof number);
  return number;
}

/// Adds the path of one record; false if it is not the next one, which means the log is damaged
/// from here.
bool add_path(std::string_view record, NinjaDeps& deps)
{
  if (record.size() < 4) {
    return false;
  }
  const std::uint32_t checksum = number_at(record, record.size() - 4);
  std::string_view name = record.substr(0, record.size() - 4);
  for (int padding = 0; padding < 3 && name.ends_with('\0'); ++padding) {
    name.remove_suffix(1);
  }
  if (checksum != ~static_cast<std::uint32_t>(deps.paths.size())) {
    return false;
  }
  deps.paths.emplace_back(name);
  return true;
}

/// Where the newest record of each path begins; 0 for none.
using NewestRecords = std::vector<std::size_t>;

bool note_record(std::string_view record, std::size_t at, const NinjaDeps& deps,
                 NewestRecords& newest)
{
  if (record.size() < 12) {
    return false;
  }
  std::uint32_t largest = number_at(record, 0);
  for (std::size_t i = 12; i < record.size(); i += 4) {
    largest = std::max(largest, number_at(record, i));
  }
  if (largest >= deps.paths.size()) {
    return false;
  }
  newest.resize(deps.paths.size());
  newest[number_at(record, 0)] = at;
  return true;
}

NinjaDepsRecord decode(std::string_view record)
{
  NinjaDepsRecord decoded;
  decoded.output = number_at(record, 0);
  decoded.mtime_ns = static_cast<std::int64_t>(
      static_cast<std::uint64_t>(number_at(record, 8)) << 32 | number_at(record, 4));
  // The header and all records have sizes that are multiples of four.
  decoded.inputs = {reinterpret_cast<const std::uint32_t*>(record.data() + 12),
                    (record.size() - 12) / 4};
  return decoded;
}

} // namespace

std::size_t NinjaDeps::input_count() const
{
  std::size_t count = 0;
  for (const NinjaDepsRecord& record : records) {
    count += record.inputs.size();
  }
  return count;
}

Result<NinjaDeps> parse_ninja_deps(std::string log, const std::string& path)
{
  NinjaDeps deps{std::make_unique<const std::string>(std::move(log)), {}, {}};
  const std::string_view bytes = *deps.log;
  if (bytes.size() < header.size() + 4 || !bytes.starts_with(header)) {
    return data_error(
        fmt::format("{} is no ninja dependency log; build again after deleting it", path));
  }
  const std::uint32_t version = number_at(bytes, header.size());
  if (version != known_version) {
    return data_error(fmt::format("{} has version {}, and only version {} can be read", path,
                                  version, known_version));
  }
  NewestRecords newest;
  std::size_t at = header.size() + 4;
  while (bytes.size() - at >= 4) {
    const std::uint32_t head = number_at(bytes, at);
    const std::uint32_t size = head & ~deps_bit;
    if (size > largest_record || size % 4 != 0 || size > bytes.size() - at - 4) {
      break;
    }
    const std::string_view record = bytes.substr(at + 4, size);
    if (!((head & deps_bit) != 0 ? note_record(record, at, deps, newest)
                                 : add_path(record, deps))) {
      break;
    }
    at += 4 + size;
  }
  for (const std::size_t begin : newest) {
    if (begin != 0) {
      deps.records.push_back(decode(bytes.substr(begin + 4, number_at(bytes, begin) & ~deps_bit)));
    }
  }
  return deps;
}

Result<NinjaDeps> read_ninja_deps(const std::string& path)
{
  if (::access(path.c_str(), F_OK) != 0 && errno == ENOENT) {
    return NinjaDeps{};
  }
  Result<std::string> log = read_text_file(path);
  if (!log) {
    return log.error();
  }
  return parse_ninja_deps(std::move(*log), path);
}

} // namespace winnow::ingest
