// SPDX-License-Identifier: GPL-3.0-or-later
#include "printed_text.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <set>

namespace fundstelle {
namespace {

/// Text as a file without a name, for as long as the object lives.
class TextFile {
 public:
  explicit TextFile(std::string_view text) : fd_(memfd_create("text", MFD_CLOEXEC)) {
    std::size_t done = 0;
    while (fd_ >= 0 && done < text.size()) {
      const ssize_t n = write(fd_, text.data() + done, text.size() - done);
      if (n <= 0) break;
      done += static_cast<std::size_t>(n);
    }
    good_ = fd_ >= 0 && done == text.size();
  }
  ~TextFile() {
    if (fd_ >= 0) close(fd_);
  }
  TextFile(const TextFile&) = delete;
  TextFile& operator=(const TextFile&) = delete;

  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(fd_); }

 private:
  int fd_ = -1;
  bool good_ = false;
};

}  // namespace

Document joined(Document said, Document shown) {
  std::set<std::string> given;
  const auto text = [&](const char* field, std::string& to, std::string& from) {
    if (from.empty()) return;
    to = std::move(from);
    given.insert(field);
  };
  const auto list = [&](const char* field, std::vector<std::string>& to,
                        std::vector<std::string>& from, std::vector<std::string>* slugs) {
    if (from.empty()) return;
    to = std::move(from);
    if (slugs != nullptr) slugs->clear();
    given.insert(field);
  };
  shown.id = said.id;
  if (!said.type.empty()) shown.type_id = said.type_id;
  if (!said.body.empty()) shown.body_id = said.body_id;
  text("type", shown.type, said.type);
  text("body", shown.body, said.body);
  text("number", shown.number, said.number);
  text("title", shown.title, said.title);
  text("date", shown.date, said.date);
  text("dates.asked", shown.dates.asked, said.dates.asked);
  text("dates.received", shown.dates.received, said.dates.received);
  text("dates.answered", shown.dates.answered, said.dates.answered);
  text("dates.decided", shown.dates.decided, said.dates.decided);
  text("dates.published", shown.dates.published, said.dates.published);
  text("committee", shown.committee, said.committee);
  text("agenda_item", shown.agenda_item, said.agenda_item);
  text("place", shown.place, said.place);
  if (said.legislature) {
    shown.legislature = said.legislature;
    given.insert("legislature");
  }
  // Interfaces name the first few authors; the paper names them all.
  if (shown.authors.size() < said.authors.size())
    list("authors", shown.authors, said.authors, nullptr);
  list("groups", shown.groups, said.groups, &shown.group_ids);
  list("ministries", shown.ministries, said.ministries, &shown.ministry_ids);
  list("topics", shown.topics, said.topics, &shown.topic_ids);
  list("keywords", shown.keywords, said.keywords, nullptr);
  for (std::string& url : said.urls) {
    if (std::find(shown.urls.begin(), shown.urls.end(), url) == shown.urls.end())
      shown.urls.push_back(std::move(url));
  }
  for (std::string& number : said.references) {
    if (std::find(shown.references.begin(), shown.references.end(), number) ==
        shown.references.end())
      shown.references.push_back(std::move(number));
  }
  for (Relation& relation : said.relations) {
    const bool known =
        std::any_of(shown.relations.begin(), shown.relations.end(), [&](const Relation& one) {
          return one.number == relation.number && one.id == relation.id;
        });
    if (!known) shown.relations.push_back(std::move(relation));
  }
  for (const std::string& field : given)
    shown.read.insert_or_assign(field, Reading{Span{}, "record"});
  std::erase_if(shown.abstained, [&](const std::string& field) { return given.contains(field); });
  shown.warnings.insert(shown.warnings.begin(), said.warnings.begin(), said.warnings.end());
  shown.extra = std::move(said.extra);
  return shown;
}

void read_printed_text(RecordLine& record, Extractor& extractor) {
  Document& document = record.document;
  Extraction read;
  if (!record.original.empty()) {
    read = extractor.extract(record.original);
  } else if (record.printed_text && document.pages.size() == 1) {
    const TextFile file(document.pages.front().text);
    if (!file.good()) return;
    read = extractor.extract(file.path());
    read.document.source = {};  // the text is part of a record, not a file
  } else {
    return;
  }
  if (read.state == ExtractState::kOk) {
    document = joined(std::move(document), std::move(read.document));
    return;
  }
  document.warnings.push_back(
      {"text_not_interpreted",
       std::string(to_string(read.state)) + (read.message.empty() ? "" : ": " + read.message)});
}

}  // namespace fundstelle
