// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where a table goes: a file or standard output, with the record of what it was made of.
#pragma once

#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace fundstelle::research {

using Sink = std::function<void(std::string_view)>;

class TextOutput {
 public:
  /// `file` empty or "-": standard output. Throws ResearchError.
  explicit TextOutput(std::filesystem::path file);

  void write(std::string_view text);
  [[nodiscard]] Sink sink() {
    return [this](std::string_view text) { write(text); };
  }
  /// Everything has reached the system, or ResearchError.
  void close();
  [[nodiscard]] bool to_standard_output() const { return file_.empty(); }
  /// Puts `record` beside the file, as FILE.provenance.json. Nothing on standard output.
  void put_beside(const std::string& record) const;

 private:
  std::filesystem::path file_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> out_;
};

}  // namespace fundstelle::research
