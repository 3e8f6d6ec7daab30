// Follows `include` from file to file.
#include "daemon/client/preset_files.hpp"

#include "daemon/client/environment_variable.hpp"

#include <fmt/format.h>
#include <sys/utsname.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <utility>

namespace winnow::client {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_file = 16 << 20;
constexpr std::size_t deepest_include = 100;

std::string system_name()
{
  struct utsname names {};

  return ::uname(&names) == 0 ? names.sysname : "Linux";
}

Result<std::string> content_of(const std::string& path)
{
  std::error_code error;
  if (fs::is_directory(path, error)) {
    return user_error(fmt::format("{} is a directory, not a preset file", path));
  }
  // No more is read, even of what has no size, as a pipe, or no end, as /dev/zero.
  std::ifstream stream(path, std::ios::binary);
  std::array<char, 4096> piece{};
  std::string content;
  do {
    stream.read(piece.data(), piece.size());
    content.append(piece.data(), static_cast<std::size_t>(stream.gcount()));
    if (content.size() > longest_file) {
      return user_error(
          fmt::format("{} has more than {} bytes; no preset file has", path, longest_file));
    }
  } while (stream);
  if (!stream.is_open() || stream.bad()) {
    return user_error(fmt::format("cannot read the preset file {}", path));
  }
  return content;
}

class FileReader {
 public:
  FileReader(const PresetPlace& place, std::span<const std::string> environment)
      : place_(place), environment_(environment)
  {}

  Result<PresetFiles> read()
  {
    const fs::path source(place_.source_dir);
    const std::string project = (source / "CMakePresets.json").string();
    const std::string user = (source / "CMakeUserPresets.json").string();
    std::error_code ignored;
    std::string first = place_.file.empty() ? project : (source / place_.file).string();
    if (place_.file.empty() && fs::exists(user, ignored)) {
      first = user;
      if (fs::exists(project, ignored)) {
        included_by_user_ = project;
      }
    }
    if (!fs::exists(first, ignored)) {
      return user_error(place_.file.empty() ? fmt::format("there is neither CMakePresets.json nor "
                                                          "CMakeUserPresets.json in {}",
                                                          place_.source_dir)
                                            : fmt::format("there is no preset file {}", first));
    }
    if (const auto done = read_file(first); !done) {
      return done.error();
    }
    return std::move(read_);
  }

 private:
  /// The index of the file.
  Result<std::size_t> read_file(const std::string& path)
  {
    std::error_code ignored;
    const auto same = std::ranges::find_if(read_.files, [&](const PresetFile& file) {
      return fs::equivalent(path, file.path, ignored);
    });
    if (same != read_.files.end()) {
      const auto index = static_cast<std::size_t>(same - read_.files.begin());
      if (std::ranges::find(open_, index) != open_.end()) {
        return user_error(fmt::format("{} includes itself, by way of what it includes", path));
      }
      return index;
    }
    const Result<std::string> content = content_of(path);
    if (!content) {
      return content.error();
    }
    Result<PresetDocument> document = preset_document_from_json(*content, path);
    if (!document) {
      return document.error();
    }
    const std::size_t index = read_.files.size();
    read_.files.push_back({path, document->version, {index}});
    if (const auto taken = take_presets(*document, index); !taken) {
      return taken.error();
    }
    open_.push_back(index);
    if (open_.size() > deepest_include) {
      return user_error(fmt::format("{} is included through too many others", path));
    }
    if (const auto done = read_includes(*document, index); !done) {
      return done.error();
    }
    open_.pop_back();
    return index;
  }

  Result<void> take_presets(PresetDocument& document, std::size_t file)
  {
    const auto take = [&](std::vector<WrittenPreset>& from, std::vector<PlacedPreset>& to,
                          std::set<std::string>& names, std::string_view kind) -> Result<void> {
      for (WrittenPreset& preset : from) {
        if (!names.insert(preset.name).second) {
          return user_error(fmt::format("{}: the {} preset \"{}\" is there for the second time",
                                        read_.files[file].path, kind, preset.name));
        }
        to.push_back({std::move(preset), file});
      }
      return {};
    };
    if (const auto taken = take(document.configure, read_.configure, configure_, "configure");
        !taken) {
      return taken;
    }
    return take(document.test, read_.test, test_, "test");
  }

  Result<void> read_includes(const PresetDocument& document, std::size_t index)
  {
    const fs::path directory = fs::path(read_.files[index].path).parent_path();
    for (const std::string& include : document.include) {
      const Expansion path = included_path(include, document.version, directory.string());
      if (!path.replaced()) {
        return user_error(fmt::format("{}: include \"{}\": {}", read_.files[index].path, include,
                                      path.outcome == Expansion::Outcome::vendor
                                          ? path.text + " is a vendor's own"
                                          : path.text));
      }
      const Result<std::size_t> included = read_file((directory / path.text).string());
      if (!included) {
        return user_error(
            fmt::format("{} (included by {})", included.error().message, read_.files[index].path));
      }
      make_reachable(index, *included);
    }
    if (index == 0 && included_by_user_) {
      const Result<std::size_t> project = read_file(*included_by_user_);
      if (!project) {
        return project.error();
      }
      make_reachable(index, *project);
    }
    return {};
  }

  void make_reachable(std::size_t from, std::size_t to)
  {
    const std::set<std::size_t> beyond = read_.files[to].reachable;
    read_.files[from].reachable.insert(beyond.begin(), beyond.end());
  }

  Expansion included_path(const std::string& include, int version, const std::string& directory)
  {
    if (version < 7) {
      return {Expansion::Outcome::replaced, include};
    }
    return replace_macros(include, [&](std::string_view space, std::string_view name) {
      if (space.empty() && name == "fileDir" && version >= 9) {
        return Expansion{Expansion::Outcome::replaced, directory};
      }
      const std::optional<Expansion> value =
          space == "penv" || version >= 9
              ? macro_of_file(place_, version, environment_, space, name)
              : std::nullopt;
      return value.value_or(
          wrong_macro(fmt::format("there is no macro ${}{{{}}} here", space, name)));
    });
  }

  const PresetPlace& place_;
  std::span<const std::string> environment_;
  std::optional<std::string> included_by_user_;
  PresetFiles read_;
  std::vector<std::size_t> open_;
  std::set<std::string> configure_;
  std::set<std::string> test_;
};

} // namespace

std::optional<Expansion> macro_of_file(const PresetPlace& place, int version,
                                       std::span<const std::string> environment,
                                       std::string_view space, std::string_view name)
{
  const auto value = [](std::string text) {
    return Expansion{Expansion::Outcome::replaced, std::move(text)};
  };
  const auto since = [&](int needed, std::string text) {
    return version >= needed
               ? value(std::move(text))
               : wrong_macro(fmt::format("${{{}}} needs version {} of preset files; this file "
                                         "says {}",
                                         name, needed, version));
  };
  if (space == "penv") {
    return name.empty() ? wrong_macro("$penv{} names no variable")
                        : value(std::string(variable_of(environment, name).value_or("")));
  }
  if (!space.empty()) {
    return std::nullopt;
  }
  const fs::path source(place.source_dir);
  if (name == "sourceDir") {
    return value(place.source_dir);
  }
  if (name == "sourceParentDir") {
    return value(source.parent_path().string());
  }
  if (name == "sourceDirName") {
    return value(source.filename().string());
  }
  if (name == "dollar") {
    return value("$");
  }
  if (name == "hostSystemName") {
    return since(3, system_name());
  }
  if (name == "pathListSep") {
    return since(5, ":");
  }
  return std::nullopt;
}

Result<PresetFiles> read_preset_files(const PresetPlace& place,
                                      std::span<const std::string> environment)
{
  return FileReader(place, environment).read();
}

} // namespace winnow::client
