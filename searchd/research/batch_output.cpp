// SPDX-License-Identifier: GPL-3.0-or-later
#include "research/batch_output.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

namespace fundstelle::research {
namespace {

constexpr std::size_t kKeptBytes = 4U << 20;  ///< lines of an entry that may wait in memory

int keep_open(std::FILE*) { return 0; }

[[noreturn]] void cannot(const std::filesystem::path& file, const char* what) {
  throw ResearchError(file.string() + ": cannot be " + what + ": " + std::strerror(errno));
}

/// What an interrupted batch left complete.
struct Left {
  std::size_t entries = 0;
  std::uint64_t bytes = 0, log_bytes = 0;
};

Left left_of(const std::filesystem::path& file, const std::string& provenance) {
  Left left;
  const std::uint64_t size = std::filesystem::file_size(file);
  std::ifstream log(BatchOutput::log_of(file), std::ios::binary);
  if (!log) {
    throw ResearchError(file.string() + ": cannot be resumed, its log " +
                        BatchOutput::log_of(file).string() + " is missing");
  }
  std::string line;
  // A line without an end was being written when the batch died.
  if (!std::getline(log, line) || log.eof()) return left;
  if (line != provenance) {
    throw ResearchError(file.string() +
                        ": comes from another batch, index or program; name another file"
                        "\n  there: " +
                        line + "\n  now:   " + provenance);
  }
  left.log_bytes = line.size() + 1;
  while (std::getline(log, line) && !log.eof()) {
    const nlohmann::json record = nlohmann::json::parse(line, nullptr, false);
    if (!record.is_object() || !record.contains("end")) break;
    const auto end = record["end"].get<std::uint64_t>();
    if (end > size) break;  // the log survived a power cut, its lines did not
    left.bytes = end;
    left.log_bytes += line.size() + 1;
    ++left.entries;
  }
  return left;
}

}  // namespace

std::filesystem::path BatchOutput::log_of(const std::filesystem::path& file) {
  return file.string() + ".log.jsonl";
}

BatchOutput::BatchOutput(std::filesystem::path file, const std::string& provenance,
                         const std::string& head, bool resume)
    : file_(std::move(file)), out_(stdout, keep_open), log_file_(nullptr, std::fclose) {
  if (file_.empty()) {
    put(head);
    return;
  }
  if (std::filesystem::exists(file_)) {
    if (!resume) {
      throw ResearchError(file_.string() +
                          ": exists already; --resume goes on with it, or name another file");
    }
    const Left left = left_of(file_, provenance);
    if (left.entries > 0) {
      std::filesystem::resize_file(file_, left.bytes);
      std::filesystem::resize_file(log_of(file_), left.log_bytes);
      done_ = turn_ = left.entries;
      bytes_ = left.bytes;
      open("ab");
      return;
    }
  }
  open("wb");
  log(provenance);
  put(head);
}

BatchOutput::~BatchOutput() = default;

void BatchOutput::open(const char* mode) {
  // The log first: a FILE without one cannot be resumed.
  log_file_ = File(std::fopen(log_of(file_).c_str(), mode), std::fclose);
  if (!log_file_) cannot(log_of(file_), "written");
  out_ = File(std::fopen(file_.c_str(), mode), std::fclose);
  if (!out_) cannot(file_, "written");
}

void BatchOutput::put(std::string_view lines) {
  bytes_ += lines.size();
  if (std::fwrite(lines.data(), 1, lines.size(), out_.get()) != lines.size()) {
    cannot(file_.empty() ? "standard output" : file_, "written");
  }
}

void BatchOutput::log(const std::string& record) {
  if (std::fflush(out_.get()) != 0) cannot(file_.empty() ? "standard output" : file_, "written");
  if (!log_file_) return;
  const std::string line = record + "\n";
  if (std::fwrite(line.data(), 1, line.size(), log_file_.get()) != line.size() ||
      std::fflush(log_file_.get()) != 0) {
    cannot(log_of(file_), "written");
  }
}

void BatchOutput::advance() {
  for (auto next = waiting_.find(turn_); next != waiting_.end(); next = waiting_.find(turn_)) {
    put(next->second.lines);
    next->second.lines.clear();
    if (!next->second.finished) break;
    nlohmann::ordered_json record = nlohmann::ordered_json::parse(next->second.record);
    record["end"] = bytes_;
    log(record.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    waiting_.erase(next);
    ++turn_;
  }
  moved_.notify_all();
}

void BatchOutput::write(std::size_t entry, std::string_view lines) {
  std::unique_lock lock(mutex_);
  std::string& kept = waiting_[entry].lines;
  if (entry != turn_ && kept.size() + lines.size() > kKeptBytes) {
    moved_.wait(lock, [&] { return aborted_ || entry == turn_; });
  }
  if (aborted_) throw ResearchError("the batch was given up");
  if (entry != turn_) {
    waiting_[entry].lines += lines;
    return;
  }
  advance();
  put(lines);
}

void BatchOutput::finish(std::size_t entry, std::string record) {
  const std::lock_guard lock(mutex_);
  Waiting& own = waiting_[entry];
  own.record = std::move(record);
  own.finished = true;
  if (entry == turn_) advance();
}

void BatchOutput::abort() noexcept {
  const std::lock_guard lock(mutex_);
  aborted_ = true;
  moved_.notify_all();
}

}  // namespace fundstelle::research
