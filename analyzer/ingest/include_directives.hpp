// What one C, C++ or assembler file says it includes, whatever its conditions are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::ingest {

enum class IncludeUse : std::uint8_t {
  include,      ///< #include, #import, import of a header unit: the first file found is read
  include_next, ///< #include_next, .include: any file of the name may be the one that is read
  data,         ///< #embed, .incbin: its bytes are taken, nothing in it is a directive
  probe         ///< __has_include, __has_embed: only whether the file exists matters
};

enum class IncludeForm : std::uint8_t { quoted, angled, computed };

struct IncludeDirective {
  IncludeUse use = IncludeUse::include;
  IncludeForm form = IncludeForm::quoted;
  std::string name; ///< between the quotes; of a computed one, its tokens as written

  bool operator==(const IncludeDirective&) const = default;
};

/// A macro whose value may become the name of a header, or a part of one.
struct NamingMacro {
  std::string name;
  std::string parameters; ///< "(a, b)"; "" of a macro without any
  std::string value;

  bool operator==(const NamingMacro&) const = default;
};

struct FileDirectives {
  std::vector<IncludeDirective> includes; ///< in file order, each once
  std::vector<NamingMacro> macros;        ///< in file order
  std::vector<std::string> modules;       ///< "import a.b", "export module a.b", as written
  std::vector<std::string> literals;      ///< keys of names in string literals, each once
};

/// Takes both branches of every #if. Understands comments, line splices, digraphs, raw strings, and
/// assembler directives in string literals or between them. Any bytes are accepted; time is linear
/// in their number.
FileDirectives directives_in(std::string_view text);

/// Whether a macro of that value could name a header; shorter work than keeping every macro.
bool may_name_a_header(std::string_view value);

} // namespace winnow::ingest
