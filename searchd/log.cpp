// SPDX-License-Identifier: GPL-3.0-or-later
#include "log.h"

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <ctime>

namespace fundstelle {
namespace {

std::atomic<LogLevel> least{LogLevel::kInfo};
std::atomic<LogFormat> form{LogFormat::kLogfmt};

constexpr std::string_view kNames[] = {"debug", "info", "warn", "error", "off"};
/// A line that stays whole in a pipe (PIPE_BUF), cut beyond.
constexpr std::size_t kMostBytes = 4000;

std::string now() {
  const auto time = std::chrono::system_clock::now();
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  const auto millis =
      std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count() % 1000;
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  char text[96];
  std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", utc.tm_year + 1900,
                utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec,
                static_cast<int>(millis));
  return text;
}

/// Length of the UTF-8 sequence that begins here; 0: none does.
std::size_t sequence(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  const std::size_t length = first < 0x80                    ? 1
                             : first >= 0xC2 && first < 0xE0 ? 2
                             : first >= 0xE0 && first < 0xF0 ? 3
                             : first >= 0xF0 && first < 0xF5 ? 4
                                                             : 0;
  if (length == 0 || at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((static_cast<unsigned char>(text[at + i]) & 0xC0) != 0x80) return 0;
  }
  return length;
}

/// In double quotes. No line end, no control character leaves as it is: nobody writes lines of his
/// own into the log.
void quote(std::string& line, std::string_view value) {
  line += '"';
  for (std::size_t at = 0; at < value.size() && line.size() < kMostBytes;) {
    const std::size_t length = sequence(value, at);
    const auto byte = static_cast<unsigned char>(value[at]);
    if (length == 0) {
      line += '?';
    } else if (length > 1) {
      line.append(value, at, length);
    } else if (byte == '"' || byte == '\\') {
      line += '\\';
      line += static_cast<char>(byte);
    } else if (byte < 0x20 || byte == 0x7F) {
      char escaped[8];
      std::snprintf(escaped, sizeof escaped, "\\u%04x", byte);
      line += escaped;
    } else {
      line += static_cast<char>(byte);
    }
    at += length == 0 ? 1 : length;
  }
  line += '"';
}

bool is_plain(std::string_view value) {
  if (value.empty()) return false;
  for (const char c : value) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '.' || c == '-' || c == '_' || c == '/' || c == ':' || c == '+';
    if (!plain) return false;
  }
  return true;
}

bool is_number(std::string_view value) {
  if (value.empty() || value.size() > 15) return false;
  for (const char c : value) {
    if (c < '0' || c > '9') return false;
  }
  return value.size() == 1 || value.front() != '0';
}

}  // namespace

void set_up_log(LogLevel level, LogFormat format) {
  least = level;
  form = format;
}

bool logs(LogLevel level) { return level >= least && level != LogLevel::kOff; }

void log(LogLevel level, std::string_view event, LogFields fields) {
  if (!logs(level)) return;
  const bool json = form == LogFormat::kJson;
  std::string line;
  const auto field = [&](std::string_view name, std::string_view value) {
    if (line.size() >= kMostBytes) return;
    if (json) {
      line += line.empty() ? "{\"" : ",\"";
      line.append(name).append("\":");
    } else {
      if (!line.empty()) line += ' ';
      line.append(name).append("=");
    }
    if (json ? is_number(value) : is_plain(value)) {
      line += value;
    } else {
      quote(line, value);
    }
  };
  field("ts", now());
  field("level", kNames[static_cast<int>(level)]);
  field("event", event);
  for (const auto& [name, value] : fields) field(name, value);
  line += json ? "}\n" : "\n";
  // One write: lines of several threads do not mix.
  (void)!::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace fundstelle
