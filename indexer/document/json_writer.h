// SPDX-License-Identifier: GPL-3.0-or-later
//
// JSON that is written without a tree: a million short values cost more to build than to write.
#pragma once

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
  explicit JsonWriter(std::size_t room) { out_.reserve(room); }

  JsonWriter& open(char bracket) {
    separate();
    out_ += bracket;
    return *this;
  }
  JsonWriter& open(JsonName name, char bracket) { return key(name).open(bracket); }
  JsonWriter& close(char bracket) {
    out_ += bracket;
    return *this;
  }
  /// The next value belongs to it.
  JsonWriter& key(JsonName name) {
    separate();
    if (name.plain_) {
      out_ += '"';
      out_ += name.text_;
      out_ += "\":";
    } else {
      append_json(out_, name.text_);
      out_ += ':';
    }
    return *this;
  }

  JsonWriter& null() { return raw("null"); }
  JsonWriter& flag(bool on) { return raw(on ? "true" : "false"); }
  JsonWriter& number(std::integral auto number) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    return raw({digits, static_cast<std::size_t>(end - digits)});
  }
  JsonWriter& real(double number);
  JsonWriter& text(std::string_view text) {
    separate();
    append_json(out_, text);
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
    out_ += json;
    return *this;
  }

  JsonWriter& number(JsonName name, std::integral auto value) { return key(name).number(value); }
  JsonWriter& text(JsonName name, std::string_view value) { return key(name).text(value); }
  JsonWriter& text_or_null(JsonName name, std::string_view value) {
    return key(name).text_or_null(value);
  }
  JsonWriter& texts(JsonName name, const std::vector<std::string>& list) {
    return key(name).texts(list);
  }

  [[nodiscard]] std::string take() && { return std::move(out_); }

 private:
  void separate() {
    if (out_.empty()) return;
    const char last = out_.back();
    if (last != '{' && last != '[' && last != ':') out_ += ',';
  }
  std::string out_;
};

}  // namespace fundstelle
