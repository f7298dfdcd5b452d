// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lines for the journal, on stderr: one event a line, fields by name, as logfmt or JSON. Whole
// lines only, whichever thread writes them.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace fundstelle {

enum class LogLevel { kDebug, kInfo, kWarn, kError, kOff };
enum class LogFormat { kLogfmt, kJson };

/// May be called again at any time.
void set_up_log(LogLevel level, LogFormat format);
[[nodiscard]] bool logs(LogLevel level);

/// Values are quoted and escaped as the format needs; what is no UTF-8 becomes '?' in JSON.
using LogFields = std::initializer_list<std::pair<std::string_view, std::string>>;
void log(LogLevel level, std::string_view event, LogFields fields = {});

}  // namespace fundstelle
