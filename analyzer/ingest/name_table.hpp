// Names as numbers, so that each is stored and compared once.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace winnow::ingest {

class NameTable {
 public:
  std::uint32_t id(std::string_view name)
  {
    if (const auto found = ids_.find(name); found != ids_.end()) {
      return found->second;
    }
    const std::string& kept = names_.emplace_back(name);
    return ids_.emplace(kept, static_cast<std::uint32_t>(names_.size() - 1)).first->second;
  }

  [[nodiscard]] std::string_view name(std::uint32_t id) const { return names_[id]; }

  [[nodiscard]] std::size_t size() const { return names_.size(); }

 private:
  std::deque<std::string> names_; ///< stable addresses: keys of ids_ view into it
  std::unordered_map<std::string_view, std::uint32_t> ids_;
};

} // namespace winnow::ingest
