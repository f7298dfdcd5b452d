// SPDX-License-Identifier: GPL-3.0-or-later
//
// Many numbers of which few differ, in one byte or two each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace fundstelle::search {

/// Scores and frequencies repeat (few words, few lengths): each place has the number of its value
/// among those that occur, if there are at most 65,536 of them and that is shorter.
class Coded {
 public:
  Coded() = default;
  explicit Coded(const std::vector<float>& values);

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] float operator[](std::size_t i) const {
    switch (form_) {
      case Form::kOne:
        return values_[0];
      case Form::kBytes:
        return values_[bytes_[i]];
      case Form::kWords:
        return values_[words_[i]];
      default:
        return values_[i];
    }
  }
  /// Calls take(i, value) for every place, in order.
  template <typename Take>
  void for_each(Take&& take) const {
    switch (form_) {
      case Form::kOne:
        for (std::size_t i = 0; i < size_; ++i) take(i, values_[0]);
        break;
      case Form::kBytes:
        for (std::size_t i = 0; i < size_; ++i) take(i, values_[bytes_[i]]);
        break;
      case Form::kWords:
        for (std::size_t i = 0; i < size_; ++i) take(i, values_[words_[i]]);
        break;
      default:
        for (std::size_t i = 0; i < size_; ++i) take(i, values_[i]);
    }
  }
  /// The `wanted`th highest value, or the least of all if there are no more.
  [[nodiscard]] float highest(std::size_t wanted) const;
  [[nodiscard]] std::size_t bytes() const {
    return values_.capacity() * sizeof(float) + bytes_.capacity() +
           words_.capacity() * sizeof(std::uint16_t);
  }

 private:
  enum class Form : std::uint8_t { kPlain, kOne, kBytes, kWords };
  Form form_ = Form::kPlain;
  std::size_t size_ = 0;
  std::vector<float> values_;  // ascending, each once, unless kPlain
  std::vector<std::uint8_t> bytes_;
  std::vector<std::uint16_t> words_;
};

}  // namespace fundstelle::search
