// Small graphs from text, one edge per line.
#pragma once

#include "analyzer/model/change.hpp"
#include "analyzer/model/graph.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::tests {

/// Reads lines of words; empty ones are skipped.
///   compile net/url.o : net/url.cpp net/url.h     the first input is the source, the rest headers
///   compile? a.o : a.cpp                          headers not recorded
///   archive|link|custom|phony|scan OUT : IN…
///   input STEP-OUTPUT KIND FILE…                  further inputs of a step
///   module STEP-OUTPUT FILE                       a compiled module that the step makes as well
///   output STEP-OUTPUT FILE                       what the step makes as well
///   configure IN…                                 inputs of the step that re-runs CMake
///   target NAME TYPE DIRECTORY ARTIFACT STEP-OUTPUT…   owns the steps that have these outputs
///   test DIR/NAME in SOURCE-DIR [executable FILE] [argument FILE] [declared_input FILE] …
///   needs DIR/NAME fixture_setup|fixture_cleanup|depends DIR/OTHER   the first needs the other
///   search STEP-OUTPUT QUOTE-ONLY DIR…            where it looks for includes; "." is the root,
///   the
///                                                 first QUOTE-ONLY are for "…" only
///   include FILE quoted|angled|anywhere|whole|computed [NAME]   a directive in the file
///   says file|step|test FILE|STEP-OUTPUT|TEST KEY   what a text or command says of files
///   file PATH                                     one that nothing reads
///   content PATH TEXT                             recorded content of a file
///   command STEP-OUTPUT TEXT                      what the step's fingerprint is made of
///   definitions STEP-OUTPUT NAME=VALUE…           of the step's command
///   told STEP-OUTPUT DIR…                         directories that a definition in it names
///   default STEP-OUTPUT…                          custom commands that ninja runs by default
///   properties DIR/NAME TEXT                      the same of a test
///   defined DIR/NAME FILE:LINE                    where a test is defined
///   placeholder DIR/NAME                          the test stands for what is not built yet
///   reads names|contents|program STATE PATTERN          what configuring looked at
///   compiler WORD                                 that the graph was recorded with
/// A test without inputs is unmapped. SOURCE-DIR "." is the root.
Graph graph_from(std::string_view text);

/// A change of modified files ("path"), added ("+path"), deleted ("-path"), renamed ("old>new"),
/// renamed without an edit ("old=>new").
Change change_of(std::initializer_list<std::string_view> files);

/// The display name of a test split into its key.
TestKey key_from(std::string_view display);

} // namespace winnow::tests
