// SPDX-License-Identifier: GPL-3.0-or-later
//
// JSON that is written without a tree: a million short values cost more to build than to write.
#pragma once

#include <algorithm>
#include <charconv>
#include <concepts>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fundstelle {

/// A text as a JSON string. What is no UTF-8 becomes U+FFFD.
void append_json(std::string& out, std::string_view text);

/// Of a field. Literals are looked at by the compiler and written as they are.
class JsonName {
 public:
  template <std::size_t N>
  consteval JsonName(const char (&literal)[N])  // NOLINT(google-explicit-constructor)
      : text_(literal, N - 1), plain_(true) {
    for (const char c : text_) plain_ = plain_ && c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
  }
  JsonName(const std::convertible_to<std::string_view> auto& text)  // NOLINT
      : text_(text) {}

 private:
  friend class JsonWriter;
  std::string_view text_;
  bool plain_ = false;
};

/// Writes one value, piece by piece; sets the commas. Whoever opens a bracket closes it. What takes
/// a name writes a field of the open object.
class JsonWriter {
 public:
  JsonWriter() = default;
  /// For so many bytes no room is sought again.
  explicit JsonWriter(std::size_t room) { out_.resize(room); }

  JsonWriter& open(char bracket) {
    separate();
    return put(bracket);
  }
  JsonWriter& open(JsonName name, char bracket) { return key(name).open(bracket); }
  JsonWriter& close(char bracket) { return put(bracket); }
  /// The next value belongs to it.
  JsonWriter& key(JsonName name) {
    separate();
    if (!name.plain_) {
      quote(name.text_);
      return put(':');
    }
    char* to = room(name.text_.size() + 3);
    *to++ = '"';
    to = std::copy(name.text_.begin(), name.text_.end(), to);
    *to++ = '"';
    *to = ':';
    size_ += name.text_.size() + 3;
    return *this;
  }

  JsonWriter& null() { return raw("null"); }
  JsonWriter& flag(bool on) { return raw(on ? "true" : "false"); }
  JsonWriter& number(std::integral auto number) {
    separate();
    constexpr std::size_t kDigits = 24;
    char* const to = room(kDigits);
    size_ += static_cast<std::size_t>(std::to_chars(to, to + kDigits, number).ptr - to);
    return *this;
  }
  JsonWriter& real(double number);
  JsonWriter& text(std::string_view text) {
    separate();
    quote(text);
    return *this;
  }
  JsonWriter& text_or_null(std::string_view text) {
    return text.empty() ? null() : this->text(text);
  }
  JsonWriter& texts(const std::vector<std::string>& list) {
    open('[');
    for (const std::string& one : list) text(one);
    return close(']');
  }
  /// What is JSON already.
  JsonWriter& raw(std::string_view json) {
    separate();
    return put(json);
  }

  JsonWriter& number(JsonName name, std::integral auto value) { return key(name).number(value); }
  JsonWriter& text(JsonName name, std::string_view value) { return key(name).text(value); }
  JsonWriter& text_or_null(JsonName name, std::string_view value) {
    return key(name).text_or_null(value);
  }
  JsonWriter& texts(JsonName name, const std::vector<std::string>& list) {
    return key(name).texts(list);
  }

  [[nodiscard]] std::string take() && {
    out_.resize(size_);
    return std::move(out_);
  }

 private:
  /// Where the next so many bytes go; size_ is for the caller to raise.
  char* room(std::size_t bytes) {
    if (out_.size() - size_ < bytes) out_.resize(std::max(2 * size_, size_ + bytes + 256));
    return out_.data() + size_;
  }
  JsonWriter& put(char c) {
    *room(1) = c;
    ++size_;
    return *this;
  }
  JsonWriter& put(std::string_view bytes) {
    std::copy(bytes.begin(), bytes.end(), room(bytes.size()));
    size_ += bytes.size();
    return *this;
  }
  void separate() {
    if (size_ == 0) return;
    const char last = out_[size_ - 1];
    if (last != '{' && last != '[' && last != ':') put(',');
  }
  void quote(std::string_view text);

  std::string out_;  ///< and room behind what has been written
  std::size_t size_ = 0;
};

}  // namespace fundstelle
