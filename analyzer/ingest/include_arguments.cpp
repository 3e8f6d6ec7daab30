// A table of options that take a directory or a file; everything else is passed over.
#include "analyzer/ingest/include_arguments.hpp"

#include "analyzer/ingest/character_set.hpp"
#include "analyzer/ingest/command_words.hpp"
#include "analyzer/model/roots.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace winnow::ingest {
namespace {

enum class Meaning {
  quote,
  angle,
  system,
  after,
  forced,
  define,
  sysroot,
  prefix,
  prefixed_angle,
  prefixed_after,
  skipped
};

struct Option {
  std::string_view name;
  Meaning meaning;
};

/// Longer names stand before those they begin with.
constexpr std::array options{
    Option{"-iquote", Meaning::quote},
    Option{"-isystem-after", Meaning::after},
    Option{"-isystem", Meaning::system},
    Option{"-cxx-isystem", Meaning::system},
    Option{"-stdlib++-isystem", Meaning::system},
    Option{"-idirafter", Meaning::after},
    Option{"-isysroot", Meaning::sysroot},
    Option{"-imacros", Meaning::forced},
    Option{"-include-pch", Meaning::skipped},
    Option{"-include", Meaning::forced},
    Option{"-iprefix", Meaning::prefix},
    Option{"-iwithprefixbefore", Meaning::prefixed_angle},
    Option{"-iwithprefix", Meaning::prefixed_after},
    Option{"--include-directory-after", Meaning::after},
    Option{"--include-directory", Meaning::angle},
    Option{"--include", Meaning::forced},
    Option{"--imacros", Meaning::forced},
    Option{"--sysroot", Meaning::sysroot},
    Option{"--define-macro", Meaning::define},
    Option{"-I", Meaning::angle},
    Option{"-D", Meaning::define},
};

constexpr auto second_characters = [] {
  std::array<char, options.size()> all{};
  std::ranges::transform(options, all.begin(), [](const Option& option) { return option.name[1]; });
  return all;
}();

/// Most words of a command are none of the options, which this tells of most of them.
constexpr CharacterSet begin_option({second_characters.data(), second_characters.size()});

constexpr int deepest_response = 8;

class ArgumentReader {
 public:
  ArgumentReader(const std::string& directory, const ReadResponse& read)
      : directory_(directory), read_(read)
  {}

  void read_words(std::span<const std::string> words, int depth)
  {
    for (const std::string& word : words) {
      if (word.starts_with('@') && depth < deepest_response) {
        if (const auto text = read_(absolute(word.substr(1)))) {
          for (const DirectoryWords& group : command_words(shell_words(*text), directory_)) {
            read_words(group.words, depth + 1);
          }
          continue;
        }
      }
      read_word(word);
    }
  }

  IncludeArguments finish() &&
  {
    for (auto* list : {&found_.quote, &found_.angle, &found_.system, &found_.after}) {
      for (std::string& directory : *list) {
        directory = absolute(below_sysroot(directory));
      }
    }
    return std::move(found_);
  }

 private:
  void read_word(std::string_view word)
  {
    if (word == "-Xclang" || word == "-Xpreprocessor" || word == "-Xcompiler") {
      return; // the next word is meant for the compiler as well
    }
    if (word.starts_with("-Wp,")) {
      for (word.remove_prefix(3); !word.empty();) {
        word.remove_prefix(1);
        const std::size_t end = std::min(word.find(','), word.size());
        read_word(word.substr(0, end));
        word.remove_prefix(end);
      }
      return;
    }
    if (pending_) {
      take(*std::exchange(pending_, std::nullopt), word);
      return;
    }
    if (!word.starts_with('-')) {
      return;
    }
    if (word == "-nostdinc") {
      found_.standard = false;
      return;
    }
    if (word.size() == 1 || !begin_option.contains(word[1])) {
      return;
    }
    for (const Option& option : options) {
      if (!word.starts_with(option.name)) {
        continue;
      }
      std::string_view value = word.substr(option.name.size());
      const bool long_name = option.name.starts_with("--");
      if (long_name && !value.empty() && !value.starts_with('=')) {
        continue;
      }
      value.remove_prefix(long_name && value.starts_with('=') ? 1 : 0);
      if (value.empty()) {
        pending_ = option.meaning;
      } else {
        take(option.meaning, value);
      }
      return;
    }
  }

  void take(Meaning meaning, std::string_view value)
  {
    switch (meaning) {
    case Meaning::quote:
      found_.quote.emplace_back(value);
      break;
    case Meaning::angle:
      found_.angle.emplace_back(value);
      break;
    case Meaning::system:
      found_.system.emplace_back(value);
      break;
    case Meaning::after:
      found_.after.emplace_back(value);
      break;
    case Meaning::forced:
      found_.forced.emplace_back(value);
      break;
    case Meaning::sysroot:
      sysroot_ = value;
      break;
    case Meaning::prefix:
      prefix_ = value;
      break;
    case Meaning::prefixed_angle:
      found_.angle.push_back(prefix_ + std::string(value));
      break;
    case Meaning::prefixed_after:
      found_.after.push_back(prefix_ + std::string(value));
      break;
    case Meaning::define:
      define(value);
      break;
    case Meaning::skipped:
      break;
    }
  }

  void define(std::string_view definition)
  {
    const std::size_t equals = definition.find('=');
    if (equals == std::string_view::npos) {
      return;
    }
    const std::size_t open = std::min(equals, definition.find('('));
    const std::string_view value = definition.substr(equals + 1);
    if (may_name_a_header(value)) {
      found_.macros.push_back({std::string(definition.substr(0, open)),
                               std::string(definition.substr(open, equals - open)),
                               std::string(value)});
    }
  }

  [[nodiscard]] std::string below_sysroot(const std::string& directory) const
  {
    static constexpr std::string_view variable = "$SYSROOT";
    if (directory.starts_with('=')) {
      return sysroot_ + directory.substr(1);
    }
    return directory.starts_with(variable) ? sysroot_ + directory.substr(variable.size())
                                           : directory;
  }

  [[nodiscard]] std::string absolute(const std::string& path) const
  {
    return lexically_normal(path.starts_with('/') ? path : directory_ + "/" + path);
  }

  const std::string& directory_;
  const ReadResponse& read_;
  IncludeArguments found_;
  std::optional<Meaning> pending_;
  std::string sysroot_;
  std::string prefix_;
};

} // namespace

IncludeArguments include_arguments(std::span<const std::string> words, const std::string& directory,
                                   const ReadResponse& read)
{
  ArgumentReader reader(directory, read);
  reader.read_words(words, 0);
  return std::move(reader).finish();
}

} // namespace winnow::ingest
