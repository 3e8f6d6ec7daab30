// A plan as a matrix of Azure Pipelines, also in every row of another matrix.
#include "analyzer/report/ci_matrix.hpp"
#include "analyzer/report/json_places.hpp"
#include "analyzer/report/path_text.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <utility>

namespace winnow::report {
namespace {

namespace json = boost::json;

/// Of the name of a row, that of the chunk included.
constexpr std::size_t longest_name = 100;

bool is_letter(char c)
{
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

/// Azure's rule for names of a matrix.
bool is_row_name(std::string_view name)
{
  return !name.empty() && is_letter(name.front()) && std::ranges::all_of(name, [](char c) {
    return is_letter(c) || c == '_' || std::isdigit(static_cast<unsigned char>(c)) != 0;
  });
}

/// Azure does not tell them apart by case.
bool same_variable(std::string_view a, std::string_view b)
{
  return std::ranges::equal(a, b, [](unsigned char one, unsigned char other) {
    return std::tolower(one) == std::tolower(other);
  });
}

class RowsReader {
 public:
  RowsReader(std::string_view text, const std::string& file)
      : text_(text), file_(file), places_(text)
  {}

  Result<std::vector<AzureRow>> read(const json::value& whole) const
  {
    if (places_.repeated()) {
      return fault(places_.key(*places_.repeated()), *places_.repeated() + " is there twice");
    }
    if (!whole.is_object()) {
      return fault(0, "a matrix is an object of jobs with their variables");
    }
    if (whole.get_object().empty()) {
      return fault(0, "the matrix has no job, so that no chunk would run");
    }
    std::vector<AzureRow> rows;
    for (const auto& [name, variables] : whole.get_object()) {
      Result<AzureRow> row = row_of(name, variables);
      if (!row) {
        return row.error();
      }
      rows.push_back(std::move(*row));
    }
    return rows;
  }

  [[nodiscard]] Error fault(std::size_t offset, std::string_view what) const
  {
    const TextPlace place = place_at(text_, offset);
    return data_error(fmt::format("{}:{}:{}: {}", file_, place.line, place.column, what));
  }

 private:
  [[nodiscard]] Result<AzureRow> row_of(std::string_view name, const json::value& variables) const
  {
    const std::string path(name);
    if (!is_row_name(name)) {
      return fault(places_.key(path),
                   fmt::format("\"{}\" is no name of a job: letters, digits and underscores, the "
                               "first a letter",
                               name_text(name)));
    }
    if (!variables.is_object()) {
      return fault(places_.value(path), fmt::format("{} is no object of variables", path));
    }
    AzureRow row{path, {}};
    for (const auto& [variable, value] : variables.get_object()) {
      const std::string place = fmt::format("{}.{}", path, std::string_view(variable));
      if (value.is_object() || value.is_array() || value.is_null()) {
        return fault(places_.value(place), fmt::format("{} is no text", name_text(place)));
      }
      row.variables.emplace_back(variable, value.is_string() ? std::string(value.get_string())
                                                             : json::serialize(value));
    }
    return row;
  }

  std::string_view text_;
  const std::string& file_;
  JsonPlaces places_;
};

/// Whether a row would hide what tells a job its chunk.
Result<void> check_variables(const AzureRow& row, const std::vector<CiVariable>& own)
{
  for (const auto& [name, value] : row.variables) {
    for (const CiVariable& variable : own) {
      if (same_variable(name, variable.name)) {
        return user_error(
            fmt::format("the job {} of the matrix has a variable {}, which says which "
                        "chunk runs; give it another name",
                        row.name, name));
      }
    }
  }
  return {};
}

Result<std::string> row_name(const AzureRow& row, const CiJob& job)
{
  std::string name = fmt::format("{}{}chunk_{}", row.name, row.name.empty() ? "" : "_", job.chunk);
  if (name.size() > longest_name) {
    return user_error(fmt::format("the name {} is longer than the {} characters that Azure "
                                  "Pipelines takes; shorten {}",
                                  name, longest_name, row.name));
  }
  return name;
}

} // namespace

Result<std::vector<AzureRow>> azure_rows(std::string_view text, const std::string& file)
{
  json::stream_parser parser;
  boost::system::error_code error;
  const std::size_t read = parser.write_some(text.data(), text.size(), error);
  if (!error && read == text.size()) {
    parser.finish(error);
  } else if (!error) {
    error = json::error::extra_data;
  }
  if (error) {
    const TextPlace place = place_at(text, std::min(read, text.size()));
    return data_error(
        fmt::format("{}:{}:{}: not JSON: {}", file, place.line, place.column, error.message()));
  }
  return RowsReader(text, file).read(parser.release());
}

Result<std::string> azure_matrix(const CiMatrix& matrix, std::span<const AzureRow> rows)
{
  const AzureRow bare;
  const std::span<const AzureRow> all = rows.empty() ? std::span(&bare, 1) : rows;
  if (const auto checked = check_job_count(CiSystem::azure, all.size() * matrix.jobs.size());
      !checked) {
    return checked.error();
  }
  json::object document;
  for (const AzureRow& row : all) {
    for (const CiJob& job : matrix.jobs) {
      const std::vector<CiVariable> own = ci_variables(job);
      const Result<std::string> name = row_name(row, job);
      if (const Result<void> free = check_variables(row, own); !free || !name) {
        return !free ? free.error() : name.error();
      }
      json::object variables;
      for (const auto& [variable, value] : row.variables) {
        variables.emplace(variable, value);
      }
      for (const CiVariable& variable : own) {
        variables.emplace(variable.name, variable.value);
      }
      document.emplace(*name, std::move(variables));
    }
  }
  return json::serialize(document) + '\n';
}

} // namespace winnow::report
