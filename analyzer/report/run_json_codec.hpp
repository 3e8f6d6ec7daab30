// Reads and writes the values of a run as JSON, both ways from one list of named fields per type.
//
// A type takes part by a function `fields(Visit&&, Tag<T>)` that calls visit("name", &T::member)
// for each member, an enum by `names(Tag<E>)`. Members that have their default value are not
// written, and members that are absent keep it: requests of 100,000 tests stay small. That is for
// messages between a client and a daemon of one protocol; in documents that people carry between
// versions and machines an absent member is an error, and member_reader.hpp reads those. Included
// by .cpp files only.
#pragma once

#include "analyzer/model/content_hash.hpp"
#include "analyzer/model/error.hpp"
#include "analyzer/model/shared.hpp"

#include <boost/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace winnow::report {

template <class T>
struct Tag {};

namespace json_codec {

namespace json = boost::json;

struct AnyMember {
  template <class Member>
  void operator()(std::string_view, Member) const
  {}
};

template <class T>
concept Described = requires
{
  fields(AnyMember{}, Tag<T>{});
};

inline json::value write(const std::string& text)
{
  return json::string(text);
}

inline json::value write(const ContentHash& hash)
{
  return json::string(hash.hex());
}

template <class T>

requires std::is_arithmetic_v<T> json::value write(T number)
{
  return number;
}

template <class E>

requires std::is_enum_v<E> json::value write(E value)
{
  return json::string(names(Tag<E>{})[static_cast<std::size_t>(value)]);
}

/// Whether a member need not be written; lists are compared by emptiness, their defaults are empty.
template <class T>
bool is_default(const T& value, const T& standard)
{
  if constexpr (Described<T>) {
    return false;
  } else {
    return value == standard;
  }
}

template <class T>
bool is_default(const std::vector<T>& list, const std::vector<T>&)
{
  return list.empty();
}

template <Described T>
bool is_default(const std::optional<T>& value, const std::optional<T>&)
{
  return !value;
}

template <class T>
json::value write(const std::optional<T>& value);
template <class T>
json::value write(const Shared<T>& value);
template <class T>
json::value write(const std::vector<T>& list);
template <class A, class B>
json::value write(const std::pair<A, B>& both);
template <Described T>
json::value write(const T& object);

template <class T>
json::value write(const std::optional<T>& value)
{
  return value ? write(*value) : json::value(nullptr);
}

template <class T>
json::value write(const Shared<T>& value)
{
  return write(*value);
}

template <class T>
json::value write(const std::vector<T>& list)
{
  json::array array;
  array.reserve(list.size());
  for (const T& element : list) {
    array.push_back(write(element));
  }
  return array;
}

template <class A, class B>
json::value write(const std::pair<A, B>& both)
{
  return json::array{write(both.first), write(both.second)};
}

template <Described T>
json::value write(const T& object)
{
  [[maybe_unused]] static const T defaults{};
  json::object written;
  fields(
      [&](std::string_view name, auto member) {
        if (!is_default(object.*member, defaults.*member)) {
          written.emplace(name, write(object.*member));
        }
      },
      Tag<T>{});
  return written;
}

/// What was wrong first, and where: "tests[3].command is not a list".
struct Fault {
  std::string place;
  std::string what;
};

using MaybeFault = std::optional<Fault>;

inline MaybeFault read(const json::value& value, std::string& text)
{
  if (!value.is_string()) {
    return Fault{"", "is not a text"};
  }
  text = value.get_string();
  return std::nullopt;
}

inline MaybeFault read(const json::value& value, ContentHash& hash)
{
  const auto read = value.is_string() ? ContentHash::from_hex(value.get_string()) : std::nullopt;
  if (!read) {
    return Fault{"", "is not the id of a content"};
  }
  hash = *read;
  return std::nullopt;
}

inline MaybeFault read(const json::value& value, bool& flag)
{
  if (!value.is_bool()) {
    return Fault{"", "is not true or false"};
  }
  flag = value.get_bool();
  return std::nullopt;
}

template <class T>

requires std::is_arithmetic_v<T> MaybeFault read(const json::value& value, T& number)
{
  boost::system::error_code error;
  number = value.to_number<T>(error);
  return error ? MaybeFault(Fault{"", "is not a number in its range"}) : std::nullopt;
}

template <class E>

requires std::is_enum_v<E> MaybeFault read(const json::value& value, E& element)
{
  std::size_t index = 0;
  for (const std::string_view name : names(Tag<E>{})) {
    if (value.is_string() && value.get_string() == name) {
      element = static_cast<E>(index);
      return std::nullopt;
    }
    ++index;
  }
  return Fault{"", "is not a word that is known here"};
}

template <class T>
MaybeFault read(const json::value& value, std::optional<T>& element);
template <class T>
MaybeFault read(const json::value& value, Shared<T>& element);
template <class T>
MaybeFault read(const json::value& value, std::vector<T>& list);
template <class A, class B>
MaybeFault read(const json::value& value, std::pair<A, B>& both);
template <Described T>
MaybeFault read(const json::value& value, T& object);

template <class T>
MaybeFault read(const json::value& value, std::optional<T>& element)
{
  if (value.is_null()) {
    element.reset();
    return std::nullopt;
  }
  return read(value, element.emplace());
}

template <class T>
MaybeFault read(const json::value& value, Shared<T>& element)
{
  return read(value, element.edit());
}

template <class T>
MaybeFault read(const json::value& value, std::vector<T>& list)
{
  if (!value.is_array()) {
    return Fault{"", "is not a list"};
  }
  const json::array& array = value.get_array();
  list.resize(array.size());
  for (std::size_t i = 0; i < array.size(); ++i) {
    if (MaybeFault fault = read(array[i], list[i])) {
      fault->place = "[" + std::to_string(i) + "]" + fault->place;
      return fault;
    }
    if constexpr (requires { share_with(list[i], list[i]); }) {
      share_with(list[i], list[i > 0 ? i - 1 : i]);
    }
  }
  return std::nullopt;
}

template <class A, class B>
MaybeFault read(const json::value& value, std::pair<A, B>& both)
{
  if (!value.is_array() || value.get_array().size() != 2) {
    return Fault{"", "is not a pair"};
  }
  if (MaybeFault fault = read(value.get_array()[0], both.first)) {
    return fault;
  }
  return read(value.get_array()[1], both.second);
}

template <Described T>
MaybeFault read(const json::value& value, T& object)
{
  if (!value.is_object()) {
    return Fault{"", "is not an object"};
  }
  const json::object& source = value.get_object();
  MaybeFault first;
  fields(
      [&](std::string_view name, auto member) {
        const json::value* found = first ? nullptr : source.if_contains(name);
        if (found == nullptr) {
          return;
        }
        if (MaybeFault fault = read(*found, object.*member)) {
          first = Fault{"." + std::string(name) + fault->place, fault->what};
        }
      },
      Tag<T>{});
  return first;
}

/// Paths and environments are bytes, not always UTF-8: they go through as they are.
inline Result<json::value> parse(std::string_view text, std::string_view what)
{
  json::parse_options options;
  options.allow_invalid_utf8 = true;
  boost::system::error_code error;
  json::value value = json::parse(text, error, {}, options);
  if (error) {
    return data_error("the " + std::string(what) + " is not JSON: " + error.message());
  }
  return value;
}

template <class T>
Result<T> read_whole(const json::value& value, std::string_view what)
{
  T object;
  if (const MaybeFault fault = read(value, object)) {
    const std::string_view place = fault->place;
    return data_error("the " + std::string(what) + " cannot be used: " +
                      (place.empty() ? "it" : std::string(place.substr(place.starts_with('.')))) +
                      " " + fault->what);
  }
  return object;
}

} // namespace json_codec
} // namespace winnow::report
