// A value that copies have in common until one of them is changed.
#pragma once

#include <memory>
#include <utility>

namespace winnow {

/// As large as a pointer or two, however large the value: for what most of many objects have alike.
template <class T>
class Shared {
 public:
  Shared() : value_(initial()) {}

  Shared(T value) : value_(std::make_shared<T>(std::move(value))) {}

  const T& operator*() const { return *value_; }

  const T* operator->() const { return value_.get(); }

  operator const T&() const { return *value_; }

  /// The value to be changed, of this object alone. Ends with the next copy of the object.
  T& edit()
  {
    if (value_.use_count() != 1) {
      value_ = std::make_shared<T>(*value_);
    }
    return *value_;
  }

  /// Gives up a value of its own for that of `other`, should they be equal.
  void share_with(const Shared& other)
  {
    if (value_ != other.value_ && *value_ == *other.value_) {
      value_ = other.value_;
    }
  }

  bool operator==(const Shared& other) const
  {
    return value_ == other.value_ || *value_ == *other.value_;
  }

 private:
  static const std::shared_ptr<T>& initial()
  {
    static const auto value = std::make_shared<T>();
    return value;
  }

  std::shared_ptr<T> value_;
};

} // namespace winnow
