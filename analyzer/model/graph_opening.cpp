// Opens a graph: takes an image from a file or from memory, and trusts it only if it is sound.
#include "analyzer/model/graph.hpp"
#include "analyzer/model/graph_bytes.hpp"
#include "analyzer/model/graph_rows.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

namespace winnow {
namespace {

enum class Content { unchecked, sound };

/// Binds the sections where the image is sound.
std::string fault_of(GraphBytes& image, GraphSource source, Content content)
{
  std::string fault = image.fault_in_form();
  if (fault.empty() && content == Content::unchecked) {
    fault = image.fault_in_content();
  }
  if (fault.empty()) {
    image.bind_sections();
    if (source == GraphSource::elsewhere) {
      fault = fault_in_rows(image);
    }
  }
  return fault;
}

/// An error's message is the fault alone.
Result<std::shared_ptr<const GraphBytes>> image_in(std::shared_ptr<const MappedFile> file,
                                                   GraphSource source)
{
  const Content content = source == GraphSource::this_machine && file->was_checked()
                              ? Content::sound
                              : Content::unchecked;
  auto image = std::make_shared<GraphBytes>();
  image->bytes = file->bytes();
  image->file = std::move(file);
  if (image->bytes.empty()) {
    return data_error("it is empty");
  }
  if (content == Content::unchecked) {
    image->file->read_ahead(); // a query reads little
  }
  if (std::string fault = fault_of(*image, source, content); !fault.empty()) {
    return data_error(std::move(fault));
  }
  if (content == Content::unchecked) {
    image->file->note_checked();
  }
  return image;
}

} // namespace

Result<Graph> Graph::open(const std::string& path, GraphSource source)
{
  std::shared_ptr<const MappedFile> file = MappedFile::open(path);
  if (file == nullptr) {
    const int cause = errno;
    const std::string fault =
        fmt::format("cannot read the graph {}: {}", path, std::strerror(cause));
    const bool exhausted = cause == ENOMEM || cause == EMFILE || cause == ENFILE;
    return exhausted ? environment_error(fault) : user_error(fault);
  }
  const auto image = image_in(std::move(file), source);
  if (!image) {
    return data_error(
        fmt::format("cannot use the graph {}: {}; record it again with `winnow graph record`", path,
                    image.error().message));
  }
  return Graph(*image);
}

Result<Graph> Graph::from_image(GraphImage bytes, GraphSource source)
{
  auto image = std::make_shared<GraphBytes>();
  image->owned = std::move(bytes);
  image->bytes = *image->owned;
  const Content content = source == GraphSource::this_process ? Content::sound : Content::unchecked;
  if (const std::string fault = fault_of(*image, source, content); !fault.empty()) {
    return data_error("cannot use the graph: " + fault);
  }
  return Graph(std::move(image));
}

void Graph::drop_pages() const
{
  if (image_->file != nullptr) {
    image_->file->drop_pages();
  }
}

} // namespace winnow
