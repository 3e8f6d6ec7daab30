// Names states and lists by digests of what is in them.
#include "daemon/store/state_table.hpp"

#include "analyzer/model/content_hash.hpp"

#include <string>

namespace winnow::store {
namespace {

std::string digest_of(const std::vector<FileVersion>& files)
{
  std::string facts;
  for (const FileVersion& file : files) {
    facts += file.path + '\0' + file.hash.hex() + '\0';
  }
  return hash_content(facts).hex();
}

} // namespace

StateTable::StateTable(Connection& connection) : connection_(&connection) {}

std::int64_t StateTable::keep(const TestedState& state)
{
  const std::int64_t uncommitted = keep_list(state.uncommitted);
  const std::int64_t beside_git = keep_list(state.beside_git);
  const auto number = [](const Statement& row) { return row.integer(0); };
  Statement select =
      connection_->prepare("SELECT state FROM states WHERE commit_id = ? AND settings = ?"
                           " AND uncommitted = ? AND beside_git = ?");
  if (const auto known =
          select.with(state.commit, state.settings, uncommitted, beside_git).first(number)) {
    return *known;
  }
  connection_
      ->prepare("INSERT INTO states (commit_id, settings, uncommitted, beside_git)"
                " VALUES (?, ?, ?, ?)")
      .with(state.commit, state.settings, uncommitted, beside_git)
      .execute();
  return connection_->last_row();
}

std::int64_t StateTable::keep_list(const std::vector<FileVersion>& files)
{
  const std::string digest = digest_of(files);
  const auto number = [](const Statement& row) { return row.integer(0); };
  Statement select = connection_->prepare("SELECT list FROM file_lists WHERE digest = ?");
  if (const auto known = select.with(digest).first(number)) {
    return *known;
  }
  connection_->prepare("INSERT INTO file_lists (digest) VALUES (?)").with(digest).execute();
  const std::int64_t list = connection_->last_row();
  Statement insert = connection_->prepare(
      "INSERT INTO listed_files (list, position, path, content) VALUES (?, ?, ?, ?)");
  std::int64_t position = 0;
  for (const FileVersion& file : files) {
    const std::string content = file.hash.known() ? file.hash.hex() : "";
    insert.with(list, position++, file.path, content).execute();
  }
  return list;
}

void StateTable::prune()
{
  connection_->execute("DELETE FROM states WHERE state NOT IN"
                       " (SELECT tested FROM standings WHERE tested IS NOT NULL"
                       "  UNION SELECT clean FROM standings WHERE clean IS NOT NULL"
                       "  UNION SELECT dirty FROM standings WHERE dirty IS NOT NULL"
                       "  UNION SELECT tested FROM runs WHERE tested IS NOT NULL);"
                       "DELETE FROM file_lists WHERE list NOT IN"
                       " (SELECT uncommitted FROM states UNION SELECT beside_git FROM states);"
                       "DELETE FROM listed_files WHERE list NOT IN (SELECT list FROM file_lists);");
}

} // namespace winnow::store
