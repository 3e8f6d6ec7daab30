// The format, little-endian: magic and version, XXH3-64 of the rest, then names (count, each size
// and bytes), then files (count; each path, key, and four runs of words). Only the machine that
// wrote it reads it.
#include "analyzer/ingest/include_index.hpp"

#include <xxhash.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace winnow::ingest {
namespace {

constexpr std::string_view magic = "WINNOWI\4";

class Writer {
 public:
  void number(std::uint64_t value)
  {
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    text_.append(bytes, sizeof value);
  }

  void word(std::uint32_t value)
  {
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    text_.append(bytes, sizeof value);
  }

  void raw(std::string_view bytes) { text_ += bytes; }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

/// Reads what Writer wrote; damage makes everything after it zero and empty.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  std::uint64_t number() { return scalar<std::uint64_t>(); }

  std::uint32_t word() { return scalar<std::uint32_t>(); }

  std::string_view raw(std::size_t size)
  {
    sound_ = sound_ && size <= rest_.size();
    const std::string_view bytes = sound_ ? rest_.substr(0, size) : std::string_view();
    rest_.remove_prefix(bytes.size());
    return bytes;
  }

  [[nodiscard]] bool sound() const { return sound_; }

 private:
  template <class Number>
  Number scalar()
  {
    Number value = 0;
    if (const std::string_view bytes = raw(sizeof value); sound_) {
      std::memcpy(&value, bytes.data(), sizeof value);
    }
    return value;
  }

  std::string_view rest_;
  bool sound_ = true;
};

/// Writes files, and renumbers the names they use.
class FileWriter {
 public:
  explicit FileWriter(const NameTable& names) : names_(names), renumbered_(names.size(), unused) {}

  void write(std::uint32_t path, const ContentHash& key, const IndexedFile& file)
  {
    files_.word(number_of(path));
    files_.raw({reinterpret_cast<const char*>(key.bytes.data()), key.bytes.size()});
    files_.word(static_cast<std::uint32_t>(file.includes.size()));
    files_.word(static_cast<std::uint32_t>(file.macros.size()));
    files_.word(static_cast<std::uint32_t>(file.modules.size()));
    files_.word(static_cast<std::uint32_t>(file.literals.size()));
    for (const IndexedFile::Include& include : file.includes) {
      files_.word(number_of(include.name) << 4U | static_cast<std::uint32_t>(include.use) << 2U |
                  static_cast<std::uint32_t>(include.form));
    }
    for (const IndexedFile::Macro& macro : file.macros) {
      files_.word(number_of(macro.name));
      files_.word(number_of(macro.parameters));
      files_.word(number_of(macro.value));
    }
    for (const std::vector<std::uint32_t>* names : {&file.modules, &file.literals}) {
      for (const std::uint32_t name : *names) {
        files_.word(number_of(name));
      }
    }
    ++count_;
  }

  [[nodiscard]] std::string text() const
  {
    Writer body;
    body.word(static_cast<std::uint32_t>(used_.size()));
    for (const std::uint32_t name : used_) {
      body.word(static_cast<std::uint32_t>(names_.name(name).size()));
      body.raw(names_.name(name));
    }
    body.word(count_);
    body.raw(files_.text());
    return body.text();
  }

 private:
  static constexpr std::uint32_t unused = 0xffffffff;

  std::uint32_t number_of(std::uint32_t name)
  {
    if (renumbered_[name] == unused) {
      renumbered_[name] = static_cast<std::uint32_t>(used_.size());
      used_.push_back(name);
    }
    return renumbered_[name];
  }

  const NameTable& names_;
  std::vector<std::uint32_t> renumbered_;
  std::vector<std::uint32_t> used_;
  std::uint32_t count_ = 0;
  Writer files_;
};

bool is_sound(const IndexedFile& file, std::size_t names)
{
  return std::ranges::all_of(file.includes,
                             [&](const IndexedFile::Include& include) {
                               return include.name < names && include.form <= IncludeForm::computed;
                             }) &&
         std::ranges::all_of(file.macros,
                             [&](const IndexedFile::Macro& macro) {
                               return macro.name < names && macro.parameters < names &&
                                      macro.value < names;
                             }) &&
         std::ranges::all_of(file.modules, [&](std::uint32_t name) { return name < names; }) &&
         std::ranges::all_of(file.literals, [&](std::uint32_t name) { return name < names; });
}

IndexedFile read_file(Reader& reader)
{
  IndexedFile file;
  const std::uint32_t includes = reader.word();
  const std::uint32_t macros = reader.word();
  const std::uint32_t modules = reader.word();
  const std::uint32_t literals = reader.word();
  for (std::uint32_t i = 0; i < includes && reader.sound(); ++i) {
    const std::uint32_t word = reader.word();
    file.includes.push_back({static_cast<IncludeUse>(word >> 2U & 3U),
                             static_cast<IncludeForm>(word & 3U), word >> 4U});
  }
  for (std::uint32_t i = 0; i < macros && reader.sound(); ++i) {
    const std::uint32_t name = reader.word();
    const std::uint32_t parameters = reader.word();
    file.macros.push_back({name, parameters, reader.word()});
  }
  for (std::uint32_t i = 0; i < modules && reader.sound(); ++i) {
    file.modules.push_back(reader.word());
  }
  for (std::uint32_t i = 0; i < literals && reader.sound(); ++i) {
    file.literals.push_back(reader.word());
  }
  return file;
}

} // namespace

IncludeIndex IncludeIndex::from_bytes(std::string_view bytes)
{
  Reader reader(bytes);
  IncludeIndex index;
  constexpr std::size_t head = magic.size() + sizeof(std::uint64_t);
  if (bytes.size() < head || reader.raw(magic.size()) != magic ||
      reader.number() != XXH3_64bits(bytes.data() + head, bytes.size() - head)) {
    index.changed_ = true;
    return index;
  }
  const std::uint32_t names = reader.word();
  for (std::uint32_t i = 0; i < names && reader.sound(); ++i) {
    index.names_.id(reader.raw(reader.word()));
  }
  const std::uint32_t files = reader.word();
  bool sound = index.names_.size() == names;
  for (std::uint32_t i = 0; i < files && sound; ++i) {
    const std::uint32_t path = reader.word();
    Entry entry;
    const std::string_view key = reader.raw(entry.key.bytes.size());
    std::ranges::copy(key, entry.key.bytes.begin());
    entry.file = read_file(reader);
    sound = reader.sound() && path < names && is_sound(entry.file, names);
    index.entries_.insert_or_assign(path, std::move(entry));
  }
  if (!sound) {
    index = IncludeIndex();
    index.changed_ = true;
  }
  return index;
}

const IndexedFile* IncludeIndex::find(std::string_view path, const ContentHash& key)
{
  const auto found = entries_.find(names_.id(path));
  if (found == entries_.end() || !same_content(found->second.key, key)) {
    return nullptr;
  }
  found->second.used = true;
  return &found->second.file;
}

const IndexedFile& IncludeIndex::add(std::string_view path, const ContentHash& key,
                                     const FileDirectives& directives)
{
  IndexedFile file;
  for (const IncludeDirective& include : directives.includes) {
    file.includes.push_back({include.use, include.form, names_.id(include.name)});
  }
  for (const NamingMacro& macro : directives.macros) {
    file.macros.push_back(
        {names_.id(macro.name), names_.id(macro.parameters), names_.id(macro.value)});
  }
  for (const std::string& module : directives.modules) {
    file.modules.push_back(names_.id(module));
  }
  for (const std::string& literal : directives.literals) {
    file.literals.push_back(names_.id(literal));
  }
  changed_ = true;
  Entry& entry = entries_[names_.id(path)];
  entry = {key, std::move(file), key.known()};
  return entry.file;
}

std::string IncludeIndex::bytes() const
{
  FileWriter writer(names_);
  for (const auto& [path, entry] : entries_) {
    if (entry.used) {
      writer.write(path, entry.key, entry.file);
    }
  }
  const std::string body = writer.text();
  Writer whole;
  whole.raw(magic);
  whole.number(XXH3_64bits(body.data(), body.size()));
  whole.raw(body);
  return whole.text();
}

} // namespace winnow::ingest
