// A chain of the graph in words that a reviewer understands.
#pragma once

#include "analyzer/model/graph.hpp"
#include "analyzer/model/reach.hpp"

#include <span>
#include <string>
#include <vector>

namespace winnow::report {

/// "is included by" "net/client.cpp".
struct ChainPhrase {
  std::string verb;
  std::string object;
};

/// A chain with the build's mechanics folded away: a compile step stands as its source, an archive
/// or link step as the base name of what it makes, another step as the file it makes. Object files
/// are not mentioned, unless something else uses the object, nor are phony steps and scans.
struct ChainWords {
  std::string subject; ///< what the chain starts at; "" for an empty chain
  std::vector<ChainPhrase> phrases;
};

ChainWords chain_words(const Graph& graph, std::span<const ChainLink> chain);

/// `phrases` as they continue a sentence: "included by net/client.cpp, compiled into libnet.a".
std::string phrases_text(std::span<const ChainPhrase> phrases);

/// "net/url.h is included by net/client.cpp, compiled into libnet.a, linked into http_test, run by
/// test net/http"; "" for an empty chain.
std::string chain_text(const Graph& graph, std::span<const ChainLink> chain);

/// A node on its own: the path of a file, "test net/http", what a step stands as.
std::string node_text(const Graph& graph, NodeId node);

} // namespace winnow::report
