// SPDX-License-Identifier: GPL-3.0-or-later
#include "research/text_output.h"

#include <cerrno>
#include <cstring>
#include <fstream>

#include "research/evaluation.h"

namespace fundstelle::research {
namespace {

int keep_open(std::FILE*) { return 0; }

}  // namespace

TextOutput::TextOutput(std::filesystem::path file)
    : file_(file == "-" ? std::filesystem::path() : std::move(file)), out_(stdout, keep_open) {
  if (file_.empty()) return;
  out_ = {std::fopen(file_.c_str(), "wb"), std::fclose};
  if (!out_) throw ResearchError(file_.string() + ": cannot be written: " + std::strerror(errno));
}

void TextOutput::write(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), out_.get()) == text.size()) return;
  throw ResearchError((file_.empty() ? "standard output" : file_.string()) +
                      ": cannot be written: " + std::strerror(errno));
}

void TextOutput::close() {
  if (std::fflush(out_.get()) == 0) return;
  throw ResearchError((file_.empty() ? "standard output" : file_.string()) +
                      ": cannot be written: " + std::strerror(errno));
}

void TextOutput::put_beside(const std::string& record) const {
  if (file_.empty()) return;
  const std::string beside = file_.string() + ".provenance.json";
  std::ofstream out(beside, std::ios::binary);
  out << record << '\n';
  out.close();
  if (!out) throw ResearchError(beside + ": cannot be written");
}

}  // namespace fundstelle::research
