// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/records.h"

#include <fcntl.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "document/interchange.h"
#include "import/answers.h"

namespace fundstelle {
namespace {

constexpr std::size_t kMaxLineBytes = 64 << 20;
constexpr std::size_t kChunkBytes = 1 << 18;
constexpr std::string_view kZstdMagic = "\x28\xB5\x2F\xFD";

/// Bytes of a file, decompressed if it is zstd (whatever its name says).
class ByteStream {
 public:
  explicit ByteStream(const std::filesystem::path& file) : in_(kChunkBytes), out_(kChunkBytes) {
    fd_ = open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd_ < 0) error_ = std::string("cannot be opened: ") + std::strerror(errno);
  }
  ~ByteStream() {
    if (fd_ >= 0) close(fd_);
  }
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;

  /// The next bytes; empty at the end or after an error.
  std::string_view next() {
    if (!error_.empty()) return {};
    if (first_) {
      first_ = false;
      fill();
      if (std::string_view(in_.data(), input_.size).starts_with(kZstdMagic)) {
        stream_.reset(ZSTD_createDStream());
      } else {
        return {in_.data(), input_.size};
      }
    }
    if (!stream_) {
      fill();
      return {in_.data(), input_.size};
    }
    while (error_.empty()) {
      if (input_.pos == input_.size && !more_output_) {
        fill();
        if (input_.size == 0) {
          if (error_.empty() && unfinished_) error_ = "ends in the middle of a zstd frame";
          return {};
        }
      }
      ZSTD_outBuffer output{out_.data(), out_.size(), 0};
      const std::size_t hint = ZSTD_decompressStream(stream_.get(), &output, &input_);
      if (ZSTD_isError(hint) != 0) {
        error_ = std::string("is damaged zstd: ") + ZSTD_getErrorName(hint);
        return {};
      }
      unfinished_ = hint != 0;
      more_output_ = output.pos == output.size;
      if (output.pos > 0) return {out_.data(), output.pos};
    }
    return {};
  }
  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  void fill() {
    ssize_t got = 0;
    do {
      got = read(fd_, in_.data(), in_.size());
    } while (got < 0 && errno == EINTR);
    if (got < 0) error_ = std::string("cannot be read: ") + std::strerror(errno);
    input_ = {in_.data(), got > 0 ? static_cast<std::size_t>(got) : 0, 0};
  }

  struct Free {
    void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
  };
  int fd_ = -1;
  bool first_ = true, unfinished_ = false, more_output_ = false;
  std::vector<char> in_, out_;
  ZSTD_inBuffer input_{nullptr, 0, 0};
  std::unique_ptr<ZSTD_DStream, Free> stream_;
  std::string error_;
};

namespace fs = std::filesystem;
using answers::Json;
using answers::Kind;

constexpr std::size_t kMaxJsonBytes = 1UL << 30;
constexpr int kMaxDepth = 64;

struct BadJson : std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::string line_and_column(std::string_view bytes, std::size_t at) {
  at = std::min(at, bytes.size());
  const std::string_view before = bytes.substr(0, at);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t newline = before.rfind('\n');
  const std::size_t column = newline == std::string_view::npos ? at : at - newline - 1;
  return "line " + std::to_string(line) + ", column " +
         std::to_string(std::max<std::size_t>(column, 1));
}

/// Throws BadJson; what() tells the place.
Json parse_json(std::string_view bytes) {
  try {
    return Json::parse(bytes, [&](int depth, Json::parse_event_t, Json&) {
      if (depth > kMaxDepth) throw BadJson("nested more than 64 deep");
      return true;
    });
  } catch (const nlohmann::json::parse_error& error) {
    const bool ends = error.byte > bytes.size();
    throw BadJson(ends ? "ends early (" + line_and_column(bytes, bytes.size()) +
                             "): cut off; save the answer again"
                       : "is no JSON at " + line_and_column(bytes, error.byte) + " (byte " +
                             std::to_string(error.byte) + "); save the answer again");
  }
}

/// One record and where it stands.
struct Item {
  const Json* object = nullptr;
  std::uint64_t number = 0;
  std::string place;
};

bool is_record(const Json& object) {
  if (!object.is_object() || !object.contains("id")) return false;
  for (const char* name : {"text", "pages", "sections", "title"}) {
    if (object.contains(name)) return true;
  }
  return false;
}

/// A list of an interface, no record or object of its own; else nullptr.
const Json* list_in(const Json& value) {
  if (is_record(value) || answers::recognise(value)) return nullptr;
  return answers::list_of(value);
}

/// Texts of Files that stand within other objects: kept apart from what is known of the object.
void strip_texts(Json& object) {
  if (object.is_object()) {
    if (answers::text(object, "type").find("oparl.org") != std::string::npos) object.erase("text");
  }
  if (object.is_structured()) {
    for (Json& inner : object) strip_texts(inner);
  }
}

/// Which of two savings of one object counts: the newer; of equals any, but always the same.
bool counts_more(const Json& a, const Json& b) {
  for (const char* name : {"aktualisiert", "modified"}) {
    const std::string first = answers::text(a, name);
    const std::string second = answers::text(b, name);
    if (first != second) return first > second;
  }
  return a > b;
}

/// Members the one lacks are taken from the other.
void complete(Json& object, const Json& other) {
  for (auto it = other.begin(); it != other.end(); ++it) {
    if (!object.contains(it.key()) || object[it.key()].is_null()) object[it.key()] = it.value();
  }
}

enum class Form { kNothing, kLines, kWhole };

Form form_of(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  const std::size_t begin = head.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return Form::kNothing;
  head.remove_prefix(begin);
  if (head.front() == '[') return Form::kWhole;
  if (head.front() != '{') return Form::kLines;
  const std::size_t newline = head.find('\n');
  if (newline == std::string_view::npos) return Form::kLines;
  return Json::accept(head.substr(0, newline)) ? Form::kLines : Form::kWhole;
}

/// All lines of a file. False if it cannot be read to its end.
bool each_line(const fs::path& file,
               const std::function<bool(std::string_view, std::uint64_t, bool too_long)>& take,
               std::string& error) {
  ByteStream bytes(file);
  std::string rest;
  std::uint64_t number = 0;
  bool too_long = false;
  for (std::string_view chunk = bytes.next(); !chunk.empty(); chunk = bytes.next()) {
    while (!chunk.empty()) {
      const std::size_t end = chunk.find('\n');
      const std::string_view piece = chunk.substr(0, end);
      if (!too_long && rest.size() + piece.size() > kMaxLineBytes) {
        too_long = true;
        rest.clear();
      }
      if (end == std::string_view::npos) {
        if (!too_long) rest += piece;
        break;
      }
      ++number;
      if (!too_long && !rest.empty()) rest += piece;
      if (!take(rest.empty() ? piece : std::string_view(rest), number, too_long)) return true;
      rest.clear();
      too_long = false;
      chunk.remove_prefix(end + 1);
    }
  }
  // A line the file breaks off in is no line.
  if (too_long || (!rest.empty() && bytes.error().empty())) take(rest, number + 1, too_long);
  error = bytes.error();
  return error.empty();
}

bool whole_bytes(const fs::path& file, std::string& out, std::string& error) {
  ByteStream bytes(file);
  for (std::string_view chunk = bytes.next(); !chunk.empty(); chunk = bytes.next()) {
    if (out.size() + chunk.size() > kMaxJsonBytes) {
      error = "is one JSON value of more than 1 GB; save it as one object a line";
      return false;
    }
    out += chunk;
  }
  error = bytes.error();
  if (out.starts_with("\xEF\xBB\xBF")) out.erase(0, 3);
  return error.empty();
}

std::string head_of(const fs::path& file) {
  ByteStream bytes(file);
  std::string head;
  for (std::string_view chunk = bytes.next(); !chunk.empty(); chunk = bytes.next()) {
    head += chunk;
    if (head.size() >= kChunkBytes) break;
  }
  return head;
}

}  // namespace

struct RecordFiles::State {
  /// What is known of one object, and which file has its text.
  struct Known {
    Kind kind = Kind::kOther;
    Json object;  ///< without text
    std::size_t first_file = 0;
    std::optional<std::size_t> text_file;
    Json text_from;  ///< stamp of the saving whose text counts
    std::size_t text_bytes = 0;
  };
  std::vector<fs::path> files;
  std::map<fs::path, std::size_t> number_of;
  std::map<std::string, Known> known;
  std::vector<std::set<std::string>> mentioned;  ///< by file: keys
  bool planned = false;
  std::map<std::string, std::vector<std::string>> parts;  ///< document key to keys it is made of
  std::map<std::string, std::string> document_of;         ///< key to document key
  std::vector<std::vector<std::string>> complete_in;      ///< by file: document keys
  std::map<std::string, std::vector<std::string>> wanted_texts;  ///< document key to text keys
  std::map<std::string, std::size_t> still_wanted;
  std::map<std::string, std::string> texts;

  [[nodiscard]] const Json* find(const std::string& key) const {
    const auto found = known.find(key);
    return found == known.end() ? nullptr : &found->second.object;
  }

  /// Notes one object and those within it. False: of no interface known.
  bool note(const Json& object, std::size_t file) {
    const auto recognised = answers::recognise(object);
    if (!recognised) return false;
    note_one(object, *recognised, file);
    if (recognised->key.starts_with("oparl ")) {
      answers::each_embedded(
          object, [&](const Json& inner) { note_one(inner, *answers::recognise(inner), file); });
    }
    return true;
  }

  void note_one(const Json& object, const answers::Recognised& recognised, std::size_t file) {
    mentioned[file].insert(recognised.key);
    Json plain = object;
    const std::string text = answers::text_of_object(object);
    plain.erase("text");
    strip_texts(plain);
    auto [place, fresh] = known.try_emplace(recognised.key);
    Known& entry = place->second;
    if (fresh) {
      entry.kind = recognised.kind;
      entry.first_file = file;
      entry.object = plain;
    } else if (counts_more(plain, entry.object)) {
      const Json before = std::exchange(entry.object, plain);
      complete(entry.object, before);
    } else {
      complete(entry.object, plain);
    }
    if (text.empty()) return;
    // The newest text, of equals the longest, of those the first met.
    const bool better = !entry.text_file || counts_more_text(plain, text.size(), entry);
    if (!better) return;
    entry.text_file = file;
    entry.text_bytes = text.size();
    entry.text_from = Json{{"aktualisiert", answers::text(plain, "aktualisiert")},
                           {"modified", answers::text(plain, "modified")}};
  }

  static bool counts_more_text(const Json& plain, std::size_t bytes, const Known& entry) {
    for (const char* name : {"aktualisiert", "modified"}) {
      const std::string first = answers::text(plain, name);
      const std::string second = answers::text(entry.text_from, name);
      if (first != second) return first > second;
    }
    return bytes > entry.text_bytes;
  }

  void survey_value(const Json& value, std::size_t file) {
    if (const Json* list = list_in(value)) {
      for (const Json& object : *list) note(object, file);
    } else {
      note(value, file);
    }
  }

  /// Which objects make one document, and with which file it is complete.
  void plan() {
    if (planned) return;
    planned = true;
    complete_in.assign(files.size(), {});
    std::set<std::string> named_files;
    for (const auto& [key, entry] : known) {
      if (entry.object.contains("deleted") && entry.object["deleted"] == true) continue;
      if (entry.kind == Kind::kPaper || entry.kind == Kind::kMeeting ||
          entry.kind == Kind::kAgendaItem) {
        for (const std::string& file : answers::files_of(entry.object)) named_files.insert(file);
      }
    }
    const auto part = [&](const std::string& of, const std::string& key) {
      parts[of].push_back(key);
      document_of[key] = of;
    };
    for (const auto& [key, entry] : known) {
      // A deleted object stays as a stub that says so; its document goes.
      if (entry.object.contains("deleted") && entry.object["deleted"] == true) continue;
      switch (entry.kind) {
        case Kind::kDrucksache:
        case Kind::kPlenarprotokoll:
        case Kind::kVorgang:
        case Kind::kPaper:
        case Kind::kMeeting:
          part(key, key);
          break;
        case Kind::kVorgangsposition:
          part("dip vorgang " + answers::text(entry.object, "vorgang_id"), key);
          break;
        case Kind::kAgendaItem: {
          const std::string meeting = meeting_of(key, entry.object);
          part(meeting.empty() ? key : meeting, key);
          break;
        }
        case Kind::kFile:
          if (!named_files.contains(key)) part(key, key);
          break;
        default:
          break;
      }
    }
    for (const auto& [document, keys] : parts) {
      std::vector<std::string>& wanted = wanted_texts[document];
      std::size_t complete_file = files.size();
      for (const std::string& key : keys) {
        const Known& entry = known.at(key);
        complete_file = std::min(complete_file, entry.first_file);
        if (entry.text_file) wanted.push_back(key);
        for (const std::string& file : answers::files_of(entry.object)) {
          document_of.emplace(file, document);
          const auto found = known.find(file);
          if (found != known.end() && found->second.text_file) wanted.push_back(file);
        }
      }
      for (const std::string& key : wanted) {
        complete_file = std::max(complete_file, *known.at(key).text_file);
        ++still_wanted[key];
      }
      complete_in[complete_file].push_back(document);
    }
  }

  /// The Meeting an AgendaItem belongs to, if it is among the files.
  [[nodiscard]] std::string meeting_of(const std::string& key, const Json& item) const {
    if (const auto named = item.find("meeting"); named != item.end() && named->is_string()) {
      std::string meeting = "oparl " + named->get<std::string>();
      if (known.contains(meeting)) return meeting;
    }
    const auto found = item_meetings.find(key);
    return found == item_meetings.end() ? std::string() : found->second;
  }
  std::map<std::string, std::string> item_meetings;

  void keep_texts(const Json& object, std::size_t file) {
    const auto keep = [&](const Json& one) {
      const auto recognised = answers::recognise(one);
      if (!recognised) return;
      const auto found = known.find(recognised->key);
      if (found == known.end() || found->second.text_file != file) return;
      if (!still_wanted.contains(recognised->key)) return;
      std::string text = answers::text_of_object(one);
      if (text.size() == found->second.text_bytes)
        texts.try_emplace(recognised->key, std::move(text));
    };
    keep(object);
    if (answers::text(object, "type").find("oparl.org") != std::string::npos)
      answers::each_embedded(object, keep);
  }

  void give(std::size_t file, const TakeRecord& take) {
    std::uint64_t number = 0;
    const answers::Lookup lookup = [this](const std::string& key) { return find(key); };
    const answers::Texts text_of = [this](const std::string& key) {
      const auto found = texts.find(key);
      return found == texts.end() ? std::string() : found->second;
    };
    for (const std::string& key : complete_in[file]) {
      RecordLine record;
      record.line = ++number;
      const auto found = known.find(key);
      const Known* entry = found == known.end() ? nullptr : &found->second;
      record.place = key;
      std::vector<const Json*> steps;
      for (const std::string& part : parts[key]) {
        if (part != key) steps.push_back(&known.at(part).object);
      }
      const Kind kind = entry != nullptr ? entry->kind : Kind::kVorgang;
      switch (kind) {
        case Kind::kDrucksache:
        case Kind::kPlenarprotokoll: {
          record.document = answers::paper_of_dip(entry->object, key, kind, lookup);
          std::string text = text_of(key);
          record.printed_text = !text.empty();
          if (!text.empty()) record.document.pages.push_back({1, std::move(text)});
          break;
        }
        case Kind::kVorgang:
          record.document =
              answers::matter_of_dip(entry != nullptr ? &entry->object : nullptr, steps, key);
          break;
        case Kind::kPaper:
          record.document = answers::paper_of_oparl(entry->object, key, lookup, text_of);
          record.printed_text = !record.document.pages.empty();
          break;
        case Kind::kMeeting:
          record.document = answers::meeting_of_oparl(entry->object, key, steps, lookup, text_of);
          break;
        default:
          record.document = answers::single_of_oparl(entry->object, key, kind, lookup, text_of);
          record.printed_text = kind == Kind::kFile && !record.document.pages.empty();
          break;
      }
      if (record.document.pages.empty() && entry != nullptr)
        record.original = file_beside(entry->object, files[file]);
      Document& document = record.document;
      if (document.pages.empty() && document.title.empty()) {
        record.error =
            document.id + " has neither text nor title; save the answer that holds its text";
      }
      take(std::move(record));
      for (const std::string& wanted : wanted_texts[key]) {
        if (--still_wanted[wanted] == 0) texts.erase(wanted);
      }
    }
  }

  /// The main file of an OParl Paper if it lies beside the record under its name.
  [[nodiscard]] fs::path file_beside(const Json& object, const fs::path& record) const {
    for (const std::string& key : answers::files_of(object)) {
      const Json* file = find(key);
      if (file == nullptr) continue;
      const std::string name = answers::text(*file, "fileName");
      if (name.empty() || name.find('/') != std::string::npos || name == "." || name == "..")
        continue;
      std::error_code ignored;
      if (fs::is_regular_file(record.parent_path() / name, ignored))
        return record.parent_path() / name;
    }
    return {};
  }
};

RecordFiles::RecordFiles() : state_(std::make_unique<State>()) {}
RecordFiles::~RecordFiles() = default;

bool RecordFiles::survey(const fs::path& file) {
  State& state = *state_;
  const std::size_t number = state.files.size();
  state.files.push_back(file);
  state.number_of[file] = number;
  state.mentioned.emplace_back();
  state.planned = false;
  std::string error;
  const auto note_items = [&](const Json& value) {
    state.survey_value(value, number);
    const auto meetings = [&](const Json& one) {
      const auto items = one.is_object() ? one.find("agendaItem") : one.end();
      if (!one.is_object() || items == one.end()) return;
      const auto meeting = answers::recognise(one);
      if (!meeting || meeting->kind != Kind::kMeeting || !items->is_array()) return;
      for (const Json& item : *items) {
        const std::string id =
            item.is_string() ? item.get<std::string>() : answers::text(item, "id");
        if (!id.empty()) state.item_meetings["oparl " + id] = meeting->key;
      }
    };
    if (const Json* list = list_in(value)) {
      for (const Json& one : *list) meetings(one);
    } else {
      meetings(value);
    }
  };
  switch (form_of(head_of(file))) {
    case Form::kNothing:
      return false;
    case Form::kWhole: {
      std::string bytes;
      if (!whole_bytes(file, bytes, error)) return false;
      try {
        note_items(parse_json(bytes));
      } catch (const BadJson&) {
        return false;  // told by read()
      }
      break;
    }
    case Form::kLines: {
      bool first = true;
      each_line(
          file,
          [&](std::string_view line, std::uint64_t line_number, bool too_long) {
            if (line_number == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
            if (too_long || line.find_first_not_of(" \t\r") == std::string_view::npos) return true;
            try {
              const Json value = parse_json(line);
              // A file of interchange records is streamed later, not looked through now.
              if (first && !answers::recognise(value) && list_in(value) == nullptr) return false;
              first = false;
              note_items(value);
            } catch (const BadJson&) {
              return !first;
            }
            return true;
          },
          error);
      break;
    }
  }
  return !state.mentioned[number].empty();
}

bool RecordFiles::read(const fs::path& file, const TakeRecord& take, std::string& error,
                       bool parsed) {
  State& state = *state_;
  state.plan();
  const auto known = state.number_of.find(file);
  const bool surveyed = known != state.number_of.end() && !state.mentioned[known->second].empty();
  const std::size_t number = surveyed ? known->second : 0;

  const auto refuse = [&](std::uint64_t line, std::string place, std::string why) {
    RecordLine record;
    record.line = line;
    record.place = std::move(place);
    record.error = std::move(why);
    take(std::move(record));
  };
  // An object: of an interface known, an interchange record, or neither.
  const auto take_object = [&](const Json& object, std::uint64_t line, const std::string& place,
                               std::string_view bytes) {
    const auto recognised = answers::recognise(object);
    if (recognised && surveyed) {
      state.keep_texts(object, number);
      if (recognised->kind == Kind::kAktivitaet || recognised->kind == Kind::kPerson) {
        refuse(line, place,
               "is an Aktivität or a Person of DIP, which are no papers; not imported, and not "
               "needed");
      }
      return;
    }
    if (bytes.empty() && !is_record(object)) {
      refuse(line, place,
             "is of no kind known; records have an id and text or title, answers of DIP and OParl "
             "objects keep the fields of their interface");
      return;
    }
    RecordLine record;
    record.line = line;
    record.place = place;
    record.unparsed = bytes.empty() ? object.dump() : std::string(bytes);
    if (!parsed || parse_record(record)) take(std::move(record));
  };
  const auto take_value = [&](const Json& value, std::uint64_t line, const std::string& place,
                              std::string_view bytes) {
    const Json* list = list_in(value);
    if (list == nullptr) {
      take_object(value, line, place.empty() ? "the file" : place, bytes);
      return;
    }
    std::uint64_t count = 0;
    for (const Json& object : *list) {
      ++count;
      take_object(object, line == 0 ? count : line,
                  (place.empty() ? "" : place + ", ") + "object " + std::to_string(count), {});
    }
  };

  const std::string head = head_of(file);
  bool whole = true;
  if (form_of(head) == Form::kWhole) {
    std::string bytes;
    whole = whole_bytes(file, bytes, error);
    if (whole) {
      try {
        take_value(parse_json(bytes), 0, "", {});
      } catch (const BadJson& bad) {
        error = bad.what();
        whole = false;
      }
    }
  } else {
    whole = each_line(
        file,
        [&](std::string_view line, std::uint64_t line_number, bool too_long) {
          const std::string place = "line " + std::to_string(line_number);
          if (too_long) {
            refuse(line_number, place, "line is longer than 64 MB; split the document");
            return true;
          }
          if (line_number == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
          if (line.find_first_not_of(" \t\r") == std::string_view::npos) return true;
          if (!surveyed) {
            take_object(Json(), line_number, place, line);
            return true;
          }
          try {
            take_value(parse_json(line), line_number, place, line);
          } catch (const BadJson& bad) {
            refuse(line_number, place, bad.what());
          }
          return true;
        },
        error);
  }
  if (surveyed) state.give(number, take);
  return whole;
}

std::vector<std::string> RecordFiles::documents_of(const fs::path& file) const {
  State& state = *state_;
  state.plan();
  std::vector<std::string> ids;
  const auto known = state.number_of.find(file);
  if (known == state.number_of.end()) return ids;
  for (const std::string& key : state.mentioned[known->second]) {
    const auto document = state.document_of.find(key);
    if (document != state.document_of.end()) ids.push_back(answers::document_id(document->second));
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

bool parse_record(RecordLine& record) {
  if (record.unparsed.empty()) return true;
  const std::string bytes = std::exchange(record.unparsed, {});
  try {
    record.document = from_interchange(bytes);
  } catch (const InterchangeError& trouble) {
    record.error = trouble.what();
    // The last page of a list may hold no object at all.
    const Json value = Json::parse(bytes, nullptr, false);
    const Json* list = value.is_discarded() ? nullptr : list_in(value);
    return list == nullptr || !list->empty();
  }
  return true;
}

bool read_records(const fs::path& file, const TakeRecord& take, std::string& error) {
  RecordFiles files;
  files.survey(file);
  return files.read(file, take, error);
}

}  // namespace fundstelle
