// One thing that a test runs or reads.
#pragma once

#include "analyzer/model/edge_kind.hpp"
#include "analyzer/model/ids.hpp"

namespace winnow::ingest {

struct TestInput {
  FileId file;
  EdgeKind kind;
};

} // namespace winnow::ingest
