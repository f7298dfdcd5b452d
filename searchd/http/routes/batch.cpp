// SPDX-License-Identifier: GPL-3.0-or-later
//
// Many searches in one request: JSON lines in, JSON lines out. What a line gets wrong costs that
// line. An answer ends when it is full or its time is over, and says where to go on.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>

#include "http/routes/batch.h"
#include "http/routes/routes.h"
#include "present/address.h"
#include "present/files/batch.h"
#include "research/query_file.h"

namespace fundstelle::http {
namespace {

using present::BatchField;
using research::QueryEntry;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kBigBatch = 1U << 20;  ///< counts as one of the big answers
constexpr std::uint64_t kRoomForEnd = 16U << 10;
constexpr std::uint32_t kChunk = 2000, kTextChunk = 200;

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// JSON can carry what no address can: line ends and tabs become blanks as there, other control
/// characters are refused.
bool become_one_line(std::string& text) {
  for (char& c : text) {
    if (c == '\t' || c == '\n' || c == '\r') c = ' ';
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) return false;
  }
  return true;
}

Problem bad_line(std::string detail) { return {"bad_line", std::move(detail), ""}; }

/// What one line asks for.
struct Wanted {
  SearchRequest request;
  std::uint64_t hits = kBatchHits;
  std::vector<const BatchField*> fields;
  bool with_text = false, with_record = false;
};

std::variant<Wanted, Problem> read_wanted(Parameters parameters) {
  Wanted wanted;
  const std::string hits = take(parameters, "hits"), fields = take(parameters, "fields");
  if (hits == "all") {
    wanted.hits = kMostBatchHits;
  } else if (!hits.empty()) {
    const auto count = number(hits);
    if (!count || *count > kMostBatchHits) {
      return Problem{"bad_parameter",
                     "Der Parameter „hits“ ist „all“ oder eine Zahl von 0 bis " +
                         std::to_string(kMostBatchHits) + ".",
                     "hits"};
    }
    wanted.hits = *count;
  }
  for (const char* name : {"page", "size"}) {
    if (!parameters.contains(name)) continue;
    return Problem{"bad_parameter",
                   std::string("Den Parameter „") + name +
                       "“ gibt es hier nicht: „hits“ sagt, wie viele Treffer kommen.",
                   name};
  }
  auto outcome = read_search(parameters, {UnknownNames::kRefuse, {}});
  if (auto* bad = std::get_if<Problem>(&outcome)) return *bad;
  wanted.request = std::get<SearchRequest>(std::move(outcome));
  auto chosen = present::read_batch_fields(fields, wanted.request.unit);
  if (auto* bad = std::get_if<Problem>(&chosen)) return *bad;
  wanted.fields = std::get<std::vector<const BatchField*>>(std::move(chosen));
  for (const BatchField* field : wanted.fields) {
    if (field->text) wanted.with_text = true;
    if (field->record) wanted.with_record = true;
  }
  wanted.request.snippets = std::any_of(wanted.fields.begin(), wanted.fields.end(),
                                        [](const BatchField* field) { return field->snippet; });
  wanted.request.whole_passages = wanted.with_text;
  wanted.request.histogram = false;
  return wanted;
}

std::variant<Wanted, Problem> read_line(const QueryEntry& entry, const Parameters& for_all) {
  if (!entry.malformed.empty()) return bad_line(entry.malformed);
  Parameters parameters = for_all;
  std::size_t bytes = entry.id.size() + entry.text.size();
  for (const auto& [name, value] : entry.filters) {
    parameters[name] = value;
    bytes += name.size() + value.size();
  }
  if (parameters.contains("q"))
    return bad_line("Die Suche steht in „query“ und noch einmal in „q“.");
  parameters["q"] = entry.text;
  if (bytes > kMostBatchLineBytes) {
    return bad_line("Eine Zeile darf höchstens " + std::to_string(kMostBatchLineBytes / 1024) +
                    " KiB lang sein.");
  }
  for (auto& [name, value] : parameters) {
    std::string checked = name;
    if (become_one_line(checked) && become_one_line(value)) continue;
    return Problem{"bad_encoding", "Die Zeile enthält Steuerzeichen.", ""};
  }
  return read_wanted(std::move(parameters));
}

}  // namespace

/// One answer in the making.
class Service::Routes::Batch {
 public:
  explicit Batch(const Routes& routes)
      : routes_(routes), most_(routes.service.limits_.answer_bytes) {}

  void read() {
    const std::string& type = routes_.request.content_type;
    const bool known = std::any_of(std::begin(kBatchTypes), std::end(kBatchTypes),
                                   [&](std::string_view one) { return type.starts_with(one); });
    if (!known) {
      throw Refused{{"bad_request",
                     "Erwartet werden Zeilen aus JSON mit Content-Type: application/x-ndjson.",
                     ""}};
    }
    for_all_ = decoded(routes_.request);
    const std::string line = take(for_all_, "line"), given = take(for_all_, "given");
    cursor_ = take(for_all_, "cursor");
    expected_revision_ = take(for_all_, "revision");
    if (!line.empty()) first_line_ = position("line", line);
    if (!given.empty()) given_ = position("given", given);
    if (for_all_.contains("q")) {
      throw Refused{
          {"bad_parameter", "Die Suchen stehen in den Zeilen, nicht in der Adresse.", "q"}};
    }
    // What holds for every line is wrong once, not once a line.
    auto outcome = read_wanted(for_all_);
    if (auto* bad = std::get_if<Problem>(&outcome)) throw Refused{*bad};

    const std::string& body = routes_.request.body;
    const auto lines = static_cast<std::size_t>(std::count(body.begin(), body.end(), '\n'));
    if (lines > kMostBatchLines) {
      throw Refused{{"batch_too_long",
                     "Ein Stapel hat höchstens " + std::to_string(kMostBatchLines) +
                         " Zeilen. Bitte in Teilen senden.",
                     ""}};
    }
    entries_ = research::read_query_lines(body);
    if (entries_.empty()) {
      throw Refused{{"bad_request", "Der Stapel enthält keine Zeile.", ""}};
    }
    while (first_ < entries_.size() && entries_[first_].line < first_line_) ++first_;
  }

  Response answer() {
    started_ = Clock::now();
    begin();
    for (std::size_t i = first_; i < entries_.size(); ++i) {
      const bool over = Clock::now() - started_ > kBatchPatience || !fits();
      if (over && end_.records > 0) {
        stop_at(i, "", 0);
        break;
      }
      const bool continued = i == first_ && (!cursor_.empty() || given_ > 0);
      if (!answer_line(i, continued ? cursor_ : "", continued ? given_ : 0)) break;
    }
    out_ += present::batch_end(end_);
    Response response = body_response("application/x-ndjson", std::move(out_), kDataPolicy);
    response.headers.emplace_back("Cache-Control", "no-store");
    response.headers.emplace_back("X-Fundstelle-Revision", revision_);
    if (!end_.next.empty()) {
      response.headers.emplace_back("Link", "<" + routes_.base() + end_.next + ">; rel=\"next\"");
    }
    return response;
  }

 private:
  static std::uint64_t position(const std::string& name, const std::string& value) {
    const auto read = number(value);
    if (read) return *read;
    throw Refused{{"bad_parameter",
                   "Der Parameter „" + name +
                       "“ steht in der Adresse, mit der es weitergeht; er "
                       "ist eine Zahl.",
                   name}};
  }

  /// The first record. Everything in one answer is of one revision.
  void begin() {
    const IndexState state = routes_.service.backend_.state();
    if (!expected_revision_.empty() && expected_revision_ != state.revision) {
      throw Refused{{"revision_changed",
                     "Der Stapel begann mit Revision " + expected_revision_.substr(0, 40) +
                         "; der Index hat jetzt Revision " + state.revision +
                         ". Bitte von vorn beginnen, oder ohne „revision“ weitermachen.",
                     "revision"}};
    }
    revision_ = state.revision;
    present::BatchHead head{"fundstelle-searchd " FUNDSTELLE_VERSION,
                            revision_,
                            state.fingerprint,
                            state.documents,
                            entries_.size(),
                            static_cast<std::size_t>(first_line_),
                            {for_all_.begin(), for_all_.end()}};
    out_ = present::batch_head(head);
  }

  void stop_at(std::size_t entry, const std::string& cursor, std::uint64_t given) {
    std::string address = "/api/v1/batch?";
    for (const auto& [name, value] : for_all_) {
      address += present::percent_encode(name) + "=" + present::percent_encode(value) + "&";
    }
    address += "revision=" + present::percent_encode(revision_) +
               "&line=" + std::to_string(entries_[entry].line);
    if (!cursor.empty()) {
      address += "&given=" + std::to_string(given) + "&cursor=" + present::percent_encode(cursor);
    }
    end_.next = std::move(address);
  }

  [[nodiscard]] bool fits() const { return out_.size() + kRoomForEnd <= most_; }

  void finish(std::uint64_t hits, const std::string& cursor) {
    out_ += present::batch_line_end(cursor);
    ++end_.records;
    end_.hits += hits;
  }

  void fail(const present::BatchLine& line, const Problem& problem) {
    out_ += present::batch_problem(line, problem);
    ++end_.records;
    ++end_.failed;
  }

  /// False: the answer ends here.
  bool answer_line(std::size_t i, const std::string& cursor, std::uint64_t given) {
    const QueryEntry& entry = entries_[i];
    const present::BatchLine line{entry.line, entry.id};
    auto read = read_line(entry, for_all_);
    if (auto* bad = std::get_if<Problem>(&read)) {
      fail(line, *bad);
      return true;
    }
    auto& wanted = std::get<Wanted>(read);
    SearchRequest& request = wanted.request;
    // A cursor of the client's own leads somewhere into the list; one of ours has its number too.
    const bool from_list = !request.snippets && !wanted.with_text && request.facets.empty() &&
                           (cursor.empty() ? request.cursor.empty() : given > 0);
    if (from_list) {
      request.budget = time_left();
      if (auto listed = routes_.service.backend_.list(request, wanted.hits)) {
        return answer_listed(i, wanted, *listed, cursor, given);
      }
    }
    if (!cursor.empty()) request.cursor = cursor;
    const std::size_t line_begin = out_.size();
    const std::uint32_t chunk = wanted.with_text ? kTextChunk : kChunk;
    const std::uint64_t most = wanted.hits > given ? wanted.hits - given : 0;
    std::uint64_t written = 0;
    request.size = static_cast<std::uint32_t>(std::clamp<std::uint64_t>(most, 1, chunk));
    for (bool begun = false;;) {
      request.budget = time_left();
      auto outcome = routes_.service.backend_.search(request);
      if (auto* bad = std::get_if<Problem>(&outcome)) {
        out_.resize(line_begin);
        return refused(i, *bad, cursor, given);
      }
      const auto& answer = std::get<SearchAnswer>(outcome);
      if (answer.revision != revision_) return changed(i, line_begin, cursor, given);
      const std::size_t chunk_begin = out_.size();
      if (!begun) out_ += present::batch_line_begin(line, request, answer, given);
      const std::uint64_t before = written;
      for (const Hit& hit : answer.hits) {
        if (written == most || !fits()) break;
        if (written > 0) out_ += ',';
        present::append_batch_hit(out_, hit, wanted.fields);
        ++written;
      }
      if (!fits()) {
        out_.resize(chunk_begin);
        written = before;
        if (begun) {
          finish(written, request.cursor);
          stop_at(i, request.cursor, given + written);
          return false;
        }
        if (end_.records > 0) {
          stop_at(i, cursor, given);
          return false;
        }
        if (request.size == 1) {
          fail(line, too_large());
          return true;
        }
        request.size = std::max(1U, request.size / 4);
        continue;
      }
      begun = true;
      if (written == most || answer.cursor.empty()) {
        // A cursor leads on to hits beyond those asked for.
        finish(written, most > 0 ? answer.cursor : std::string());
        return true;
      }
      request.cursor = answer.cursor;
      request.facets.clear();
      request.size = static_cast<std::uint32_t>(std::min<std::uint64_t>(most - written, chunk));
      if (Clock::now() - started_ > kBatchPatience) {
        finish(written, request.cursor);
        stop_at(i, request.cursor, given + written);
        return false;
      }
    }
  }

  /// The same from a list of all hits: a search for each chunk would rank them all anew.
  bool answer_listed(std::size_t i, const Wanted& wanted,
                     const std::variant<Listing, Problem>& outcome, const std::string& cursor,
                     std::uint64_t given) {
    if (const auto* bad = std::get_if<Problem>(&outcome)) return refused(i, *bad, cursor, given);
    const auto& listing = std::get<Listing>(outcome);
    const ListingFacts& facts = listing.facts();
    const std::size_t line_begin = out_.size();
    if (facts.revision != revision_) return changed(i, line_begin, cursor, given);
    const present::BatchLine line{entries_[i].line, entries_[i].id};
    SearchAnswer told;
    told.total = facts.total;
    told.total_all_words = facts.total_all_words;
    told.query.relaxed = facts.relaxed;
    told.query.understood = facts.understood;
    told.query.ignored = facts.ignored;
    out_ += present::batch_line_begin(line, wanted.request, told, given);
    const bool passages = wanted.request.unit == Unit::kPassage;
    std::vector<Hit> hits(1);
    if (passages) hits[0].passages.emplace_back();
    const std::size_t first = std::min<std::uint64_t>(given, listing.size());
    std::size_t at = first;
    for (bool full = !fits(); at < listing.size() && !full;) {
      if (wanted.with_record) {
        hits = listing.hits(at, kChunk, false);
      } else {
        hits[0].id = listing.id(at);
        hits[0].score = listing.score(at);
        hits[0].all_words = listing.all_words(at);
        if (passages) hits[0].passages[0].passage = listing.passage(at);
      }
      for (const Hit& hit : hits) {
        const std::size_t hit_begin = out_.size();
        if (at > first) out_ += ',';
        present::append_batch_hit(out_, hit, wanted.fields);
        full = !fits();
        if (full) {
          out_.resize(hit_begin);
          break;
        }
        ++at;
      }
      full = full || ((at - first) % kChunk == 0 && Clock::now() - started_ > kBatchPatience);
    }
    const std::string next =
        at > 0 && at < facts.total && wanted.hits > 0 ? listing.cursor(at - 1) : std::string();
    if (at >= listing.size()) {
      finish(at - first, next);
      return true;
    }
    if (at > first) {
      finish(at - first, next);
      stop_at(i, next, at);
      return false;
    }
    out_.resize(line_begin);
    if (end_.records > 0) {
      stop_at(i, cursor, given);
      return false;
    }
    fail(line, too_large());
    return true;
  }

  /// The line cannot be answered; false: not in this answer.
  bool refused(std::size_t i, const Problem& problem, const std::string& cursor,
               std::uint64_t given) {
    // A budget cut short by the lines before is no fault of this one: it gets its own.
    if (problem.code == "query_too_slow" && end_.records > 0) {
      stop_at(i, cursor, given);
      return false;
    }
    fail({entries_[i].line, entries_[i].id}, problem);
    return true;
  }

  [[nodiscard]] std::chrono::milliseconds time_left() const {
    return std::max(std::chrono::milliseconds(1000),
                    std::chrono::duration_cast<std::chrono::milliseconds>(
                        started_ + kBatchPatience - Clock::now()));
  }

  static Problem too_large() {
    return {"answer_too_large",
            "Schon der erste Treffer ist größer, als dieser Dienst auf einmal gibt.", ""};
  }

  /// The index was renewed while we read: what was said so far stands, the rest is another
  /// answer's.
  bool changed(std::size_t i, std::size_t line_begin, const std::string& cursor,
               std::uint64_t given) {
    out_.resize(line_begin);
    if (end_.records == 0 && expected_revision_.empty() && !restarted_) {
      restarted_ = true;
      begin();
      return answer_line(i, cursor, given);
    }
    stop_at(i, cursor, given);
    return false;
  }

  const Routes& routes_;
  const std::uint64_t most_;
  Parameters for_all_;
  std::vector<QueryEntry> entries_;
  std::uint64_t first_line_ = 0, given_ = 0;
  std::size_t first_ = 0;  ///< of entries_
  std::string cursor_, expected_revision_, revision_, out_;
  present::BatchEnd end_;
  Clock::time_point started_;
  bool restarted_ = false;
};

Response Service::Routes::api_batch() const {
  Batch batch(*this);
  batch.read();
  // Seconds of work each: few at once, so that readers find a free thread.
  const std::shared_ptr<std::atomic<int>> running = service.batches_;
  if (running->fetch_add(1) >= service.limits_.batches) {
    running->fetch_sub(1);
    throw Refused{{"overloaded",
                   "Gerade wird schon ein anderer Stapel beantwortet. Bitte gleich noch einmal.",
                   ""}};
  }
  const std::shared_ptr<void> slot(nullptr, [running](void*) { running->fetch_sub(1); });
  std::shared_ptr<void> place = place_for(std::min(kBigBatch, service.limits_.answer_bytes));
  Response response = batch.answer();
  if (response.body->size() >= kBigBatch) response.until_sent = std::move(place);
  return response;
}

}  // namespace fundstelle::http
