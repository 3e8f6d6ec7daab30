// By the first bytes of each format.
#include "analyzer/model/own_documents.hpp"

#include "analyzer/model/graph_format.hpp"
#include "analyzer/model/packed_image.hpp"

#include <span>

namespace winnow {

bool is_own_document(std::string_view beginning)
{
  const std::string_view graph(graph_format::magic.data(), graph_format::magic.size());
  return beginning.starts_with(json_beginning) || beginning.starts_with(page_beginning) ||
         beginning.starts_with(pipeline_beginning) || beginning.starts_with(graph) ||
         is_packed_image(std::as_bytes(std::span(beginning))) ||
         (beginning.starts_with("<?xml") &&
          beginning.substr(0, telling_bytes).find(junit_mark) != std::string_view::npos);
}

} // namespace winnow
