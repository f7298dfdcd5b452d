// SPDX-License-Identifier: GPL-3.0-or-later
#include "index_command.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <ctime>
#include <exception>
#include <fstream>
#include <future>
#include <iostream>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <sstream>
#include <thread>
#include <unordered_map>
#include <utility>

#include "extract/extraction_version.h"
#include "file_walk.h"
#include "identity/identity.h"
#include "import/records.h"
#include "printed_text.h"
#include "read_journal.h"
#include "schema/last_run.h"
#include "topics/topics.h"

namespace fundstelle {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using Json = nlohmann::ordered_json;

std::atomic<int> g_signals{0};

/// Read no further file, write what is read.
bool stop_reading() { return g_signals > 0; }
/// Write nothing either.
bool give_up() { return g_signals > 1; }

/// State of a record file whose reading was ended: it is read again.
constexpr const char* kInterrupted = "interrupted";

struct Interrupted {};

/// What became of one file.
struct FileResult {
  SourceEntry entry;
  std::string outcome;  ///< "new", "unchanged", "duplicate", "skipped", "failed", "interrupted"
  std::string message;
  double seconds = 0;
  std::size_t pages = 0;
  std::vector<Warning> warnings;
  std::optional<std::size_t> same_as;  ///< file of this run with the same bytes
  std::uint64_t broken_lines = 0;
};

std::string file_head(const fs::path& path, std::size_t bytes) {
  std::ifstream in(path, std::ios::binary);
  std::string head(bytes, '\0');
  in.read(head.data(), static_cast<std::streamsize>(bytes));
  head.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  return head;
}

bool read_file(const fs::path& path, std::string& bytes) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return false;
  std::ostringstream out;
  out << in.rdbuf();
  bytes = std::move(out).str();
  return !in.bad();
}

bool counts_as_failure(const std::string& state) {
  return state != "ok" && state != to_string(ExtractState::kOk) &&
         state != to_string(ExtractState::kUnknownFormat);
}

/// A line on the terminal that is written over, at most five times a second.
class ProgressLine {
 public:
  ProgressLine() : on_(isatty(STDERR_FILENO) == 1), start_(Clock::now()) {}
  ~ProgressLine() { clear(); }

  void show(const std::string& text) {
    if (!on_) return;
    const auto now = Clock::now();
    if (now - last_ < std::chrono::milliseconds(200)) return;
    last_ = now;
    std::cerr << "\r\x1b[K" << text << std::flush;
    shown_ = true;
  }
  void clear() {
    if (shown_) std::cerr << "\r\x1b[K" << std::flush;
    shown_ = false;
  }
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(Clock::now() - start_).count();
  }

 private:
  bool on_;
  bool shown_ = false;
  Clock::time_point start_, last_{};
};

std::string time_left(double seconds, std::uint64_t done, std::uint64_t total) {
  if (done == 0 || seconds < 1) return "";
  const auto left =
      static_cast<long>(seconds / static_cast<double>(done) * static_cast<double>(total - done));
  char text[48];
  std::snprintf(text, sizeof text, ", %ld:%02ld left", left / 60, left % 60);
  return text;
}

/// One run of `index`. Files are read by several threads; their documents reach the writer in the
/// order of their paths, so that the same files give the same index.
class IndexRun {
 public:
  IndexRun(const IndexJob& job, Extractor& extractor, Writer& writer, FileWalk walk)
      : job_(job),
        extractor_(extractor),
        writer_(writer),
        walk_(std::move(walk)),
        journal_(job.writer.dir / "read-journal", job.reading) {
    results_.resize(walk_.files.size());
    for (const SourceEntry& source : writer_.sources()) {
      known_[source.path] = &source;
      if (!source.document_ids.empty()) known_content_[source.sha256].push_back(&source);
    }
  }

  void read_files() {
    survey_records();
    std::vector<std::jthread> threads;
    for (unsigned i = 0; i < std::max(1U, job_.writer.jobs); ++i) {
      threads.emplace_back([this] { work(); });
    }
    {
      std::unique_lock lock(mutex_);
      while (turn_ < results_.size() && !failure_ && !stop_reading()) {
        changed_.wait_for(lock, std::chrono::milliseconds(100));
        show_progress();
      }
    }
    changed_.notify_all();
    threads.clear();
    progress_.clear();
    if (failure_) std::rethrow_exception(failure_);
    if (give_up() || (stop_reading() && writer_.replaces_other_schema())) throw Interrupted();
    if (stop_reading()) {
      told_ = true;
      std::cerr << "fundstelle-indexer: interrupted; writing the " << turn_ << " of "
                << results_.size()
                << " files that were read (interrupt again to leave the index as it was)\n";
    }
    // What was not reached is as if it had not been named: its turn comes in the next run.
    for (std::size_t i = turn_; i < results_.size(); ++i) {
      if (results_[i].outcome != kInterrupted) results_[i] = FileResult();
    }
    for (FileResult& result : results_) {
      if (!result.same_as) continue;
      const FileResult& twin = results_[*result.same_as];
      if (twin.outcome.empty()) {
        result = FileResult();
        continue;
      }
      result.entry.document_ids = twin.entry.document_ids;
      result.entry.state = twin.entry.state;
      if (twin.outcome == "failed" || twin.outcome == "skipped") {
        result.outcome = twin.outcome;
        result.message = twin.message;
      }
    }
  }

  /// Sources of the index after this run; documents nobody names any more are removed.
  std::vector<SourceEntry> settle_sources() {
    std::vector<SourceEntry> sources;
    std::set<std::string> present;
    std::set<std::string> unreached;
    for (std::size_t i = 0; i < results_.size(); ++i) {
      if (results_[i].outcome.empty()) {
        unreached.insert(walk_.files[i].path.string());
        continue;
      }
      sources.push_back(results_[i].entry);
      present.insert(results_[i].entry.path);
    }
    std::vector<const SourceEntry*> stale;
    for (const SourceEntry& source : writer_.sources()) {
      if (present.contains(source.path)) {
        stale.push_back(&source);  // read again; what it gave before may be gone
      } else if (!unreached.contains(source.path) && vanished(source.path)) {
        stale.push_back(&source);
        ++vanished_;
      } else if (!writer_.replaces_other_schema()) {
        sources.push_back(source);
        if (source.extraction < kExtractionVersion && !unreached.contains(source.path)) {
          ++outdated_;
        }
      }
    }
    std::set<std::string_view> named;
    for (const SourceEntry& source : sources) {
      named.insert(source.document_ids.begin(), source.document_ids.end());
    }
    for (const SourceEntry* source : stale) {
      for (const std::string& id : source->document_ids) {
        if (!named.contains(id)) writer_.remove(id);
      }
    }
    std::sort(sources.begin(), sources.end(),
              [](const SourceEntry& a, const SourceEntry& b) { return a.path < b.path; });
    return sources;
  }

  CommitResult commit(std::vector<SourceEntry> sources) {
    const ProgressLine timer;
    CommitResult result =
        writer_.commit(std::move(sources), [&](std::uint64_t done, std::uint64_t total) {
          if (give_up()) throw Interrupted();
          if (stop_reading() && !told_) {
            told_ = true;
            progress_.clear();
            std::cerr << "fundstelle-indexer: writing what was read; interrupt again to leave the "
                         "index as it was\n";
          }
          progress_.show(
              "writing: " + (done == 0 ? "learning the words of " : std::to_string(done) + "/") +
              std::to_string(total) + " documents" + time_left(timer.seconds(), done, total));
        });
    progress_.clear();
    journal_.remove();
    return result;
  }

  void write_report(std::ostream& out) const {
    for (const FileResult& result : results_) {
      if (result.outcome.empty()) continue;  // not reached
      Json line;
      line["path"] = result.entry.path;
      line["state"] = result.entry.state;
      line["outcome"] = result.outcome;
      line["message"] = result.message.empty() ? Json(nullptr) : Json(result.message);
      line["id"] = result.entry.document_ids.size() == 1 ? Json(result.entry.document_ids.front())
                                                         : Json(nullptr);
      line["documents"] = result.entry.document_ids.size();
      line["seconds"] = result.seconds;
      line["pages"] = result.pages;
      line["warnings"] = Json::array();
      for (const Warning& warning : result.warnings) {
        line["warnings"].push_back({{"code", warning.code}, {"message", warning.message}});
      }
      out << line.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
    }
  }

  /// For whoever watches the service. A run that ended well does not fail for this file.
  void note_end(int exit_code) const {
    schema::LastRun last{
        std::time(nullptr), exit_code, {{"new", 0}, {"unchanged", 0}, {"failed", 0}}};
    for (const FileResult& result : results_) {
      ++last.files[result.outcome.empty() ? "unread" : result.outcome];
    }
    try {
      schema::write_last_run(job_.writer.dir, last);
    } catch (const std::exception& error) {
      std::cerr << "fundstelle-indexer: " << error.what() << '\n';
    }
  }

  /// Failures on stderr, the counts on stdout. Returns the exit code.
  int tell(const CommitResult& commit) const {
    std::map<std::string, std::uint64_t> outcomes;
    std::uint64_t told = 0;
    std::uint64_t broken_lines = 0;
    for (const FileResult& result : results_) {
      ++outcomes[result.outcome];
      broken_lines += result.broken_lines;
      if (result.outcome != "failed" && result.broken_lines == 0) continue;
      if (++told <= kToldFailures) {
        std::cerr << "fundstelle-indexer: " << result.entry.path << ": " << result.message << '\n';
      }
    }
    if (told > kToldFailures) {
      std::cerr << "fundstelle-indexer: " << told - kToldFailures
                << " more files failed; --report FILE lists them all\n";
    }
    std::ostringstream line;
    line << "files: " << outcomes["new"] << " read, " << outcomes["unchanged"] << " unchanged";
    if (outcomes["duplicate"] > 0) line << ", " << outcomes["duplicate"] << " duplicates";
    if (vanished_ > 0) line << ", " << vanished_ << " vanished";
    if (outcomes["skipped"] > 0) line << ", " << outcomes["skipped"] << " of other formats";
    line << ", " << outcomes["failed"] << " failed";
    if (resumed_ > 0) line << ", " << resumed_ << " had been read by a run that was killed";
    if (broken_lines > 0) line << ", " << broken_lines << " broken lines";
    if (taken_down_ > 0) line << ", " << taken_down_ << " taken down";
    const std::uint64_t unread = outcomes[""] + outcomes[kInterrupted];
    if (unread > 0) line << ", " << unread << " not read yet";
    line << "; documents: " << commit.added << " added, " << commit.replaced << " replaced, "
         << commit.removed << " removed, " << commit.documents << " in the index; "
         << static_cast<long>(progress_.seconds() * 10) / 10.0 << " s";
    std::cout << line.str() << std::endl;
    if (unread > 0) {
      std::cerr << "fundstelle-indexer: interrupted; run the same command again to go on\n";
    }
    if (outdated_ > 0) {
      std::cerr << "fundstelle-indexer: " << outdated_
                << " files outside the given paths were read by an older version; name them or "
                   "their folder to read them again\n";
    }
    return unread > 0 || outcomes["failed"] > 0 || broken_lines > 0 || !walk_.errors.empty() ? 1
                                                                                             : 0;
  }

 private:
  static constexpr std::uint64_t kToldFailures = 20;
  /// Files read ahead of the one whose documents are written next: bounds memory.
  static constexpr std::size_t kAhead = 64;

  void work() {
    try {
      while (true) {
        std::size_t index = 0;
        {
          std::unique_lock lock(mutex_);
          changed_.wait(lock, [&] { return over() || next_ < turn_ + kAhead; });
          if (over() || next_ >= results_.size()) return;
          index = next_++;
        }
        read_one(index);
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      changed_.notify_all();
    }
  }

  [[nodiscard]] bool over() const { return failure_ || stop_reading() || next_ >= results_.size(); }

  /// Waits until all files before this one are done. False: the run is over.
  bool wait_for_turn(std::size_t index) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return failure_ || stop_reading() || turn_ == index; });
    return turn_ == index && !failure_ && !stop_reading();
  }

  void finish(std::size_t index, std::size_t pages) {
    const std::lock_guard lock(mutex_);
    pages_ += pages;
    turn_ = index + 1;
    changed_.notify_all();
  }

  void read_one(std::size_t index) {
    const FoundFile& file = walk_.files[index];
    FileResult& result = results_[index];
    result.entry.path = file.path.string();
    result.entry.mtime_ns = file.mtime_ns;
    result.entry.bytes = file.bytes;
    result.entry.extraction = kExtractionVersion;

    const auto known = known_.find(result.entry.path);
    const SourceEntry* before = known == known_.end() ? nullptr : known->second;
    // Saved answers complete each other: one new among them, and all are read again.
    const bool answers = answers_changed_ && answer_files_.contains(index);
    const bool settled =
        before != nullptr && is_current(*before) && !worth_another_try(*before) && !answers;
    if (settled && before->mtime_ns == file.mtime_ns && before->bytes == file.bytes) {
      take_over(result, *before, "unchanged");
      if (wait_for_turn(index)) finish(index, 0);
      return;
    }

    const auto start = Clock::now();
    const fs::path& place = file.stored_at.empty() ? file.path : file.stored_at;
    const std::string head = file_head(place, 64 << 10);
    const ContentKind kind = sniff(head, file.path.filename().string());
    const bool records =
        kind == ContentKind::kJsonl || kind == ContentKind::kJsonlZst || kind == ContentKind::kJson;
    std::string bytes;
    if (!read_file(place, bytes)) {
      result.entry.state = to_string(ExtractState::kBroken);
      result.outcome = "failed";
      result.message = "cannot be read; check its permissions";
      keep_earlier(result, before);
      if (wait_for_turn(index)) finish(index, 0);
      return;
    }
    result.entry.sha256 = sha256_hex(bytes);
    if (settled && before->sha256 == result.entry.sha256) {
      take_over(result, *before, "unchanged");
      result.entry.mtime_ns = file.mtime_ns;
      if (wait_for_turn(index)) finish(index, 0);
      return;
    }
    if (const SourceEntry* twin = answers ? nullptr : known_twin(result.entry.sha256)) {
      take_over(result, *twin, "duplicate");
      if (wait_for_turn(index)) finish(index, 0);
      return;
    }
    if (const std::size_t first = claim(result.entry.sha256, index); first != index) {
      result.same_as = first;
      result.outcome = "duplicate";
      if (wait_for_turn(index)) finish(index, 0);
      return;
    }

    if (records) {
      bytes = std::string();
      if (!wait_for_turn(index)) return;
      read_record_file(place, kind, result);
      if (result.outcome == "failed" || result.outcome == kInterrupted) {
        keep_earlier(result, before);
      }
      result.seconds = std::chrono::duration<double>(Clock::now() - start).count();
      if (result.outcome != kInterrupted) finish(index, 0);
      return;
    }

    std::optional<Extraction> before_killed = journal_.find(result.entry.path, result.entry.sha256);
    if (before_killed) ++resumed_;
    Extraction extraction = before_killed ? std::move(*before_killed) : extractor_.extract(place);
    if (!before_killed && extraction.state == ExtractState::kOk) {
      journal_.put(result.entry.path, result.entry.sha256, extraction);
    }
    result.entry.state = to_string(extraction.state);
    result.message = extraction.message;
    result.warnings = extraction.document.warnings;
    result.pages = extraction.document.pages.size();
    const bool good = extraction.state == ExtractState::kOk;
    Writer::Prepared prepared;
    if (good) {
      resolve_identities(extraction.document);
      assign_topics(extraction.document);
      prepared = writer_.prepare(std::move(extraction.document));
    } else {
      result.outcome = counts_as_failure(result.entry.state) ? "failed" : "skipped";
      if (result.message.empty()) result.message = result.entry.state;
      keep_earlier(result, before);
    }
    result.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    if (!wait_for_turn(index)) return;
    if (good) {
      result.outcome = "new";
      result.entry.document_ids = {prepared.id()};
      count_taken_down(prepared.id());
      if (job_.keep_originals) writer_.keep_original(result.entry.sha256, bytes);
      writer_.add(std::move(prepared));
    }
    finish(index, result.pages);
  }

  /// The writer does not take what was removed on purpose; whoever indexes it is told.
  void count_taken_down(const std::string& id) {
    if (writer_.is_taken_down(id)) ++taken_down_;
  }

  /// Looks at all record files before any is read: papers, texts and matters in different files
  /// belong together.
  void survey_records() {
    for (std::size_t index = 0; index < walk_.files.size() && !stop_reading(); ++index) {
      const FoundFile& file = walk_.files[index];
      const fs::path& place = file.stored_at.empty() ? file.path : file.stored_at;
      const std::string start = file_head(place, 64);
      const std::size_t first = start.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
      if (first == std::string::npos ||
          (start[first] != '{' && start[first] != '[' && !start.starts_with("\x28\xB5\x2F\xFD")))
        continue;
      const ContentKind kind = sniff(file_head(place, 64 << 10), file.path.filename().string());
      if (kind != ContentKind::kJson && kind != ContentKind::kJsonl &&
          kind != ContentKind::kJsonlZst)
        continue;
      if (!record_files_.survey(place)) continue;
      answer_files_.insert(index);
      const auto known = known_.find(file.path.string());
      const SourceEntry* before = known == known_.end() ? nullptr : known->second;
      answers_changed_ = answers_changed_ || before == nullptr || !is_current(*before) ||
                         worth_another_try(*before) || before->mtime_ns != file.mtime_ns ||
                         before->bytes != file.bytes;
    }
  }

  [[nodiscard]] bool is_answer_file(const fs::path& place) const {
    return std::any_of(answer_files_.begin(), answer_files_.end(), [&](std::size_t index) {
      const FoundFile& file = walk_.files[index];
      return (file.stored_at.empty() ? file.path : file.stored_at) == place;
    });
  }

  /// Records on their way from a file to the writer.
  struct Batch {
    struct Item {
      RecordLine line;
      bool empty = false;  ///< no object at all
      Writer::Prepared prepared;
    };
    std::vector<Item> items;
    std::size_t bytes = 0, printed_texts = 0;

    [[nodiscard]] bool full() const {
      return items.size() >= kBatchRecords || bytes >= kBatchBytes || printed_texts >= kAhead;
    }
  };
  static constexpr std::size_t kBatchRecords = 512;
  static constexpr std::size_t kBatchBytes = 4 << 20;

  void prepare(Batch::Item& item) {
    item.empty = !parse_record(item.line);
    if (item.empty || !item.line.error.empty()) return;
    read_printed_text(item.line, extractor_);
    resolve_identities(item.line.document);
    assign_topics(item.line.document);
    item.prepared = writer_.prepare(std::move(item.line.document));
  }

  /// Everything of a batch that needs no order, on several threads.
  void prepare(Batch& batch) {
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    std::exception_ptr failure;
    {
      std::vector<std::jthread> threads;
      for (unsigned i = 0; i < std::max(1U, job_.writer.jobs); ++i) {
        threads.emplace_back([&] {
          try {
            for (std::size_t at = next++; at < batch.items.size() && !stop_reading(); at = next++) {
              prepare(batch.items[at]);
            }
          } catch (...) {
            const std::lock_guard lock(mutex);
            if (!failure) failure = std::current_exception();
          }
        });
      }
    }
    if (failure) std::rethrow_exception(failure);
  }

  void read_record_file(const fs::path& path, ContentKind kind, FileResult& result) {
    std::string error;
    const auto add = [&](Batch::Item& item) {
      if (item.empty) return;
      if (!item.line.error.empty()) {
        ++result.broken_lines;
        if (result.warnings.size() < kToldFailures) {
          result.warnings.push_back({"broken_line", item.line.place + ": " + item.line.error});
        }
        return;
      }
      result.entry.document_ids.push_back(item.prepared.id());
      count_taken_down(item.prepared.id());
      writer_.add(std::move(item.prepared));
      ++records_;
    };
    // One batch is read from the file while the one before is prepared; they are added in order.
    Batch batch;
    Batch ahead;
    std::future<void> preparing;
    const auto next_batch = [&] {
      if (preparing.valid()) {
        preparing.get();
        for (Batch::Item& item : ahead.items) {
          if (stop_reading()) break;
          add(item);
        }
      }
      ahead = std::exchange(batch, {});
      if (ahead.items.empty()) return;
      preparing = std::async(std::launch::async, [this, &ahead] { prepare(ahead); });
    };
    const bool whole = record_files_.read(
        path,
        [&](RecordLine&& line) {
          if (stop_reading()) return;
          batch.bytes += line.unparsed.size();
          for (const Page& page : line.document.pages) batch.bytes += page.text.size();
          if (line.printed_text || !line.original.empty()) ++batch.printed_texts;
          batch.items.emplace_back().line = std::move(line);
          if (batch.full()) next_batch();
        },
        error, /*parsed=*/false);
    next_batch();
    next_batch();
    if (kind == ContentKind::kJson && whole && result.entry.document_ids.empty() &&
        !is_answer_file(path)) {
      // Settings of programs, data of other kinds: none of ours, and no failure.
      result.broken_lines = 0;
      result.entry.state = to_string(ExtractState::kUnknownFormat);
      result.outcome = "skipped";
      result.message =
          result.warnings.empty() ? "no records in it" : result.warnings.front().message;
      return;
    }
    // Two records of one id: the later one stands, the file names it once.
    std::vector<std::string>& ids = result.entry.document_ids;
    std::sort(ids.begin(), ids.end());
    const auto repeated = std::unique(ids.begin(), ids.end());
    if (repeated != ids.end()) {
      result.warnings.push_back({"repeated_id", std::to_string(ids.end() - repeated) +
                                                    " records bear an id that stands above"});
      ids.erase(repeated, ids.end());
    }
    // Files that add to a document keep it in the index as well as the one that completed it.
    for (std::string& id : record_files_.documents_of(path)) ids.push_back(std::move(id));
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    if (stop_reading()) {
      // Its records so far are good and stay; without a hash it is read again.
      result.outcome = kInterrupted;
      result.entry.state = kInterrupted;
      result.entry.sha256.clear();
      return;
    }
    result.entry.state = to_string(whole ? ExtractState::kOk : ExtractState::kBroken);
    result.outcome = whole ? "new" : "failed";
    if (!whole) {
      result.message = error;
    } else if (result.broken_lines > 0) {
      result.message = std::to_string(result.broken_lines) + " records cannot be read; " +
                       result.warnings.front().message;
    }
  }

  /// Read by this version, and to be taken at its word.
  [[nodiscard]] bool is_current(const SourceEntry& before) const {
    return !job_.force && !writer_.replaces_other_schema() &&
           before.extraction == kExtractionVersion;
  }

  /// A failure that may have been the machine's, not the file's: unreadable, killed, out of time.
  static bool worth_another_try(const SourceEntry& before) {
    return (before.state == to_string(ExtractState::kBroken) && before.sha256.empty()) ||
           before.state == to_string(ExtractState::kLimit) ||
           before.state == to_string(ExtractState::kCrashed) || before.state == kInterrupted;
  }

  /// A file that can no longer be read takes nothing out of the index: what it gave before stays.
  static void keep_earlier(FileResult& result, const SourceEntry* before) {
    if (before == nullptr || before->document_ids.empty()) return;
    std::vector<std::string>& ids = result.entry.document_ids;
    ids.insert(ids.end(), before->document_ids.begin(), before->document_ids.end());
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    result.message += "; what it gave before stays in the index";
  }

  static void take_over(FileResult& result, const SourceEntry& from, const char* outcome) {
    result.entry.sha256 = from.sha256;
    result.entry.state = from.state;
    result.entry.document_ids = from.document_ids;
    result.outcome = outcome;
  }

  /// A source of the last commit with these bytes whose documents are all still there: also how a
  /// renamed file is recognised.
  const SourceEntry* known_twin(const std::string& sha256) const {
    const auto found = known_content_.find(sha256);
    if (found == known_content_.end()) return nullptr;
    for (const SourceEntry* source : found->second) {
      if (!is_current(*source)) continue;
      const bool all = std::all_of(source->document_ids.begin(), source->document_ids.end(),
                                   [&](const std::string& id) { return writer_.contains(id); });
      if (all) return source;
    }
    return nullptr;
  }

  std::size_t claim(const std::string& sha256, std::size_t index) {
    const std::lock_guard lock(mutex_);
    return claims_.emplace(sha256, index).first->second;
  }

  [[nodiscard]] bool vanished(const std::string& path) const {
    const auto covers = [&](const fs::path& folder) { return is_below(path, folder); };
    return std::any_of(walk_.complete.begin(), walk_.complete.end(), covers) &&
           std::none_of(walk_.unreadable.begin(), walk_.unreadable.end(), covers);
  }

  void show_progress() {
    const double seconds = progress_.seconds();
    char rate[64];
    std::snprintf(rate, sizeof rate, ", %.0f pages/s",
                  seconds > 0 ? static_cast<double>(pages_) / seconds : 0.0);
    std::string text = "reading: " + std::to_string(turn_) + "/" + std::to_string(results_.size()) +
                       " files" + rate;
    if (records_ > 0) text += ", " + std::to_string(records_) + " records";
    progress_.show(text + time_left(seconds, turn_, results_.size()));
  }

  const IndexJob& job_;
  Extractor& extractor_;
  Writer& writer_;
  const FileWalk walk_;
  std::unordered_map<std::string, const SourceEntry*> known_;                       ///< by path
  std::unordered_map<std::string, std::vector<const SourceEntry*>> known_content_;  ///< by sha256
  std::vector<FileResult> results_;  ///< beside walk_.files
  ProgressLine progress_;
  bool told_ = false;  ///< that the run was interrupted
  std::uint64_t vanished_ = 0;
  std::uint64_t outdated_ = 0;  ///< sources not walked, read by an older version
  std::atomic<std::uint64_t> records_{0};
  ReadJournal journal_;
  std::atomic<std::uint64_t> resumed_{0};     ///< files whose reading the journal had
  std::atomic<std::uint64_t> taken_down_{0};  ///< documents read that may not come back
  RecordFiles record_files_;
  std::set<std::size_t> answer_files_;  ///< files of walk_ with saved answers of DIP or OParl
  bool answers_changed_ = false;        ///< one of them is new or changed

  std::mutex mutex_;  ///< guards all below
  std::condition_variable changed_;
  std::size_t next_ = 0;  ///< file the next free thread takes
  std::size_t turn_ = 0;  ///< file whose documents are written next
  std::uint64_t pages_ = 0;
  std::unordered_map<std::string, std::size_t> claims_;  ///< content to the file that reads it
  std::exception_ptr failure_;
};

}  // namespace

void stop_on_signals() {
  struct sigaction action {};
  action.sa_handler = [](int) { ++g_signals; };
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

std::string json_quoted(std::string_view text) {
  return Json(std::string(text)).dump(-1, ' ', false, Json::error_handler_t::replace);
}

namespace {

/// An index of another schema is written anew: its sources outside the walk are read again too,
/// from where they lie or from the originals the index keeps.
void add_known_sources(const Writer& writer, const fs::path& index, FileWalk& walk) {
  std::set<fs::path> walked;
  for (const FoundFile& file : walk.files) walked.insert(file.path);
  std::uint64_t lost = 0;
  for (const SourceEntry& source : writer.sources()) {
    const bool gives =
        std::any_of(source.document_ids.begin(), source.document_ids.end(),
                    [&](const std::string& id) { return !writer.is_taken_down(id); });
    if (!gives || walked.contains(source.path)) continue;
    FoundFile file{source.path, source.mtime_ns, source.bytes, {}};
    std::error_code ignored;
    if (!fs::exists(file.path, ignored)) {
      if (source.sha256.size() != 64) continue;
      file.stored_at = schema::original_path(index, source.sha256);
      if (!fs::exists(file.stored_at, ignored)) {
        ++lost;
        continue;
      }
    }
    walk.files.push_back(std::move(file));
  }
  std::sort(walk.files.begin(), walk.files.end(),
            [](const FoundFile& a, const FoundFile& b) { return a.path < b.path; });
  std::cerr << "fundstelle-indexer: the index was made by another version; it is rebuilt from its "
            << walk.files.size() << " sources\n";
  if (lost > 0) {
    std::cerr << "fundstelle-indexer: " << lost
              << " sources are gone without an original and leave the index\n";
  }
}

}  // namespace

int run_index(const IndexJob& job, Extractor& extractor) {
  FileWalk walk = find_files(job.paths);
  for (const std::string& error : walk.errors) std::cerr << "fundstelle-indexer: " << error << '\n';
  if (walk.complete.empty()) {
    std::cerr << "fundstelle-indexer: none of the paths could be read; nothing done\n";
    return 2;
  }
  std::ofstream report;
  if (!job.report.empty()) {
    report.open(job.report, std::ios::trunc);
    if (!report) {
      std::cerr << "fundstelle-indexer: " << job.report.string() << ": cannot be written\n";
      return 2;
    }
  }
  WriterOptions options = job.writer;
  options.replace_other_schema = true;
  Writer writer(options);
  if (writer.replaces_other_schema()) add_known_sources(writer, job.writer.dir, walk);
  IndexRun run(job, extractor, writer, std::move(walk));
  try {
    run.read_files();
    const CommitResult result = run.commit(run.settle_sources());
    if (report.is_open()) run.write_report(report);
    const int exit_code = run.tell(result);
    run.note_end(exit_code);
    return exit_code;
  } catch (const Interrupted&) {
    std::cerr << "fundstelle-indexer: interrupted; the index is as it was before\n";
    return 2;
  }
}

}  // namespace fundstelle
