// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/document_wire.h"

#include <cstring>
#include <map>
#include <type_traits>
#include <vector>

namespace fundstelle {
namespace {

// Each struct is described once, by a function that hands its fields to a writer or a reader: the
// two cannot disagree.
template <class Wire>
void fields(Wire& wire, Page& v) {
  wire(v.number, v.text);
}
template <class Wire>
void fields(Wire& wire, Span& v) {
  wire(v.page, v.begin, v.end_page, v.end);
}
template <class Wire>
void fields(Wire& wire, Speaker& v) {
  wire(v.name, v.group, v.role);
}
template <class Wire>
void fields(Wire& wire, Section& v) {
  wire(v.kind, v.labels, v.text, v.span, v.speaker, v.agenda_item);
}
template <class Wire>
void fields(Wire& wire, QuestionPart& v) {
  wire(v.label, v.text, v.answer, v.answered_together_with, v.page);
}
template <class Wire>
void fields(Wire& wire, Question& v) {
  wire(v.label, v.text, v.answer, v.answered_together_with, v.page, v.parts);
}
template <class Wire>
void fields(Wire& wire, Relation& v) {
  wire(v.kind, v.number, v.id);
}
template <class Wire>
void fields(Wire& wire, Reading& v) {
  wire(v.span, v.how);
}
template <class Wire>
void fields(Wire& wire, Warning& v) {
  wire(v.code, v.message);
}
template <class Wire>
void fields(Wire& wire, Source& v) {
  wire(v.media_type, v.sha256, v.bytes);
}
template <class Wire>
void fields(Wire& wire, Dates& v) {
  wire(v.asked, v.received, v.answered, v.decided, v.published, v.event, v.modified);
}
template <class Wire>
void fields(Wire& wire, Document& v) {
  wire(v.id, v.type, v.type_id, v.body, v.body_id, v.legislature, v.number, v.title, v.date,
       v.dates, v.authors, v.groups, v.group_ids, v.ministries, v.ministry_ids, v.topics,
       v.topic_ids, v.topic_scores, v.keywords, v.committee, v.agenda_item, v.place, v.attachments,
       v.withheld, v.references, v.relations, v.urls, v.language, v.paged, v.pages, v.sections,
       v.questions, v.source, v.read, v.abstained, v.warnings, v.first_seen, v.extra);
}
template <class Wire>
void fields(Wire& wire, Extraction& v) {
  wire(v.state, v.message, v.document, v.seconds);
}

class Writer {
 public:
  template <class... T>
  void operator()(T&... values) {
    (put(values), ...);
  }
  std::string bytes;

 private:
  template <class T>
  void put(T& value) {
    if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
      bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
    } else {
      fields(*this, value);
    }
  }
  void put(std::string& value) {
    count(value.size());
    bytes += value;
  }
  template <class T>
  void put(std::vector<T>& values) {
    count(values.size());
    for (T& value : values) put(value);
  }
  template <class T>
  void put(std::optional<T>& value) {
    count(value ? 1 : 0);
    if (value) put(*value);
  }
  template <class T>
  void put(std::map<std::string, T>& values) {
    count(values.size());
    for (auto& [key, value] : values) {
      count(key.size());
      bytes += key;
      put(value);
    }
  }
  void count(std::uint64_t n) { put(n); }
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  template <class... T>
  void operator()(T&... values) {
    (get(values), ...);
  }
  [[nodiscard]] bool complete() const { return !failed_ && rest_.empty(); }

 private:
  template <class T>
  void get(T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      char c = 0;
      get(c);
      value = c != 0;
    } else if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
      if (rest_.size() < sizeof value) return fail();
      std::memcpy(&value, rest_.data(), sizeof value);
      rest_.remove_prefix(sizeof value);
    } else {
      fields(*this, value);
    }
  }
  void get(std::string& value) {
    const std::uint64_t n = count();
    value.assign(rest_.substr(0, n));
    rest_.remove_prefix(n);
  }
  template <class T>
  void get(std::vector<T>& values) {
    // Every element takes at least one byte, so a count beyond what is left is a lie.
    for (std::uint64_t n = count(); n > 0 && !failed_; --n) get(values.emplace_back());
  }
  template <class T>
  void get(std::optional<T>& value) {
    if (count() != 0) get(value.emplace());
  }
  template <class T>
  void get(std::map<std::string, T>& values) {
    for (std::uint64_t n = count(); n > 0 && !failed_; --n) {
      std::string key;
      get(key);
      get(values[key]);
    }
  }
  std::uint64_t count() {
    std::uint64_t n = 0;
    get(n);
    if (n > rest_.size()) {
      fail();
      return 0;
    }
    return n;
  }
  void fail() {
    failed_ = true;
    rest_ = {};
  }

  std::string_view rest_;
  bool failed_ = false;
};

}  // namespace

std::string to_wire(const Extraction& extraction) {
  Writer writer;
  fields(writer, const_cast<Extraction&>(extraction));  // the writer only reads
  return std::move(writer.bytes);
}

std::optional<Extraction> from_wire(std::string_view bytes) {
  Reader reader(bytes);
  Extraction extraction;
  fields(reader, extraction);
  if (!reader.complete() || extraction.state > ExtractState::kCrashed) return std::nullopt;
  return extraction;
}

}  // namespace fundstelle
