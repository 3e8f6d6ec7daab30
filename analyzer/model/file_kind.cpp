// One table of names and extensions.
#include "analyzer/model/file_kind.hpp"

#include "analyzer/model/script_extension.hpp"

#include <algorithm>

namespace winnow {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view source_extensions[] = {
    "c",   "cc",  "cpp", "cxx", "c++", "C",    "cu",  "m",    "mm",   "S",   "s",   "asm", "f",
    "f77", "f90", "f95", "f03", "f08", "for",  "ftn", "fpp",  "F",    "F77", "F90", "F95", "F03",
    "F08", "FOR", "FTN", "FPP", "ixx", "cppm", "ccm", "cxxm", "c++m", "mpp", "hip"};

constexpr std::string_view header_extensions[] = {
    "h",   "hh",  "hpp", "hxx", "h++", "H",  "inc", "inl",       "ipp", "tpp",
    "txx", "tcc", "def", "cuh", "icc", "ii", "pch", "modulemap", "x",   "tbl"};

constexpr std::string_view configuration_names[] = {
    "CMakeLists.txt",    "CMakePresets.json", "CMakeUserPresets.json",
    "CTestCustom.cmake", "conanfile.txt",     "conanfile.py",
    "conan.lock",        "vcpkg.json",        "vcpkg-configuration.json",
    "winnow.json"};

template <std::size_t N>
bool contains(const std::string_view (&table)[N], std::string_view word)
{
  return std::ranges::find(table, word) != std::end(table);
}

} // namespace

std::string_view base_name(std::string_view path)
{
  return path.substr(path.rfind('/') + 1);
}

std::string_view directory_of(std::string_view path)
{
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? ""sv : path.substr(0, slash);
}

std::string_view extension_of(std::string_view path)
{
  const std::string_view name = base_name(path);
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? ""sv : name.substr(dot + 1);
}

FileKind file_kind(std::string_view path)
{
  const std::string_view name = base_name(path);
  const std::string_view extension = extension_of(path);
  if (contains(configuration_names, name) || extension == "cmake") {
    return FileKind::configuration;
  }
  if (contains(source_extensions, extension)) {
    return FileKind::source;
  }
  if (has_script_extension(path)) {
    return FileKind::script;
  }
  const bool plain_name = name.find('.') == std::string_view::npos;
  return plain_name || contains(header_extensions, extension) ? FileKind::header : FileKind::other;
}

bool may_be_no_header(std::string_view path)
{
  const std::string_view extension = extension_of(path);
  return extension.empty() || extension == "tbl" || extension == "x";
}

} // namespace winnow
