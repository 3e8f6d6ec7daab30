// wiregen SCHEMA HEADER SOURCE: writes the C++ for the messages of a .wire file.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "generator/emit.hpp"
#include "generator/schema.hpp"

namespace {

std::string read_file(const std::string& path)
{
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    throw std::runtime_error("cannot read " + path);
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_file(const std::string& path, const std::string& content)
{
  std::ofstream file(path, std::ios::binary);
  file << content;
  file.close();
  if (!file) {
    throw std::runtime_error("cannot write " + path);
  }
}

} // namespace

int main(int argc, char** argv)
{
  if (argc != 4) {
    std::cerr << "usage: wiregen SCHEMA HEADER SOURCE\n";
    return 2;
  }
  try {
    const auto messages = isobar::wire::parse_schema(read_file(argv[1]), argv[1]);
    const std::filesystem::path header = argv[2];
    const auto include = header.parent_path().filename() / header.filename();
    write_file(argv[2], isobar::wire::emit_header(messages));
    write_file(argv[3], isobar::wire::emit_source(messages, include.generic_string()));
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
  return 0;
}
