// SPDX-License-Identifier: GPL-3.0-or-later
#include "present/pages/document_thread.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>

namespace fundstelle::present {
namespace {

/// What the other paper is, seen from this one. `outward`: this one names the other.
struct Role {
  std::string_view relation, outward, inward;
};
// By how much they tell: a paper that answers and is cited too is called an answer.
constexpr Role kRoles[] = {{"answers", "Frage", "Antwort"},
                           {"corrects", "Berichtigt", "Berichtigung"},
                           {"supplements", "Ergänzt", "Ergänzung"},
                           {"follows_up", "Vorläufer", "Nachfrage"},
                           {"concerns", "Gegenstand", "Dazu"},
                           {"copy", "Andere Fassung", "Andere Fassung"},
                           {"", "hier genannt", "nennt dieses Dokument"}};

std::size_t rank_of(const std::string& relation) {
  std::size_t rank = 0;
  while (rank + 1 < std::size(kRoles) && kRoles[rank].relation != relation) ++rank;
  return rank;
}

std::string further_role(const FurtherLink& further, const std::string& via) {
  const Role& role = kRoles[rank_of(further.link.relation)];
  if (!role.relation.empty()) {
    return std::string(further.cited ? role.outward : role.inward) + " zu " + via;
  }
  return further.cited ? "genannt von " + via : "nennt " + via;
}

std::string name_of(const DocumentLink& link) {
  return link.number.empty() ? link.type_label : link.number;
}

std::optional<std::chrono::sys_days> day_of(const std::string& iso) {
  int year = 0;
  unsigned month = 0, day = 0;
  if (iso.size() != 10 || std::sscanf(iso.c_str(), "%4d-%2u-%2u", &year, &month, &day) != 3) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                         std::chrono::day(day)};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date);
}

std::optional<AnswerTime> between(const std::string& asked, const std::string& answered) {
  const auto from = day_of(asked), to = day_of(answered);
  if (!from || !to || *to < *from) return std::nullopt;
  return AnswerTime{asked, answered, static_cast<int>((*to - *from).count())};
}

/// The only paper of this house that answers or is answered; null if there are others.
const DocumentLink* only_answer(const std::vector<DocumentLink>& links, const std::string& body) {
  const DocumentLink* only = nullptr;
  for (const DocumentLink& link : links) {
    if (link.relation != "answers" || link.body_label != body) continue;
    if (only != nullptr) return nullptr;
    only = &link;
  }
  return only;
}

const std::string& first_known(const std::string& date, const std::string& other) {
  return date.empty() ? other : date;
}

}  // namespace

std::vector<ThreadEntry> thread_of(const ShownDocument& shown) {
  std::map<std::string, std::pair<std::size_t, ThreadEntry>> best;  // by id, with its rank
  const auto offer = [&](const DocumentLink& link, std::size_t rank, std::string role) {
    if (link.id == shown.document.id) return;
    const auto [at, fresh] = best.try_emplace(link.id);
    if (!fresh && at->second.first <= rank) return;
    at->second = {rank, {link, std::move(role), false}};
  };
  std::map<std::string, std::string> names;
  for (const DocumentLink& link : shown.cites) {
    const std::size_t rank = rank_of(link.relation);
    offer(link, rank, std::string(kRoles[rank].outward));
    names[link.id] = name_of(link);
  }
  for (const DocumentLink& link : shown.cited_by) {
    const std::size_t rank = rank_of(link.relation);
    offer(link, rank, std::string(kRoles[rank].inward));
    names[link.id] = name_of(link);
  }
  for (const FurtherLink& further : shown.further) {
    offer(further.link, std::size(kRoles) + rank_of(further.link.relation),
          further_role(further, names[further.via]));
  }
  if (best.empty()) return {};
  std::vector<ThreadEntry> thread;
  for (auto& [id, entry] : best) thread.push_back(std::move(entry.second));
  const Document& document = shown.document;
  ThreadEntry self;
  self.paper = {
      document.id, document.number, document.type, document.body, document.title, document.date,
      ""};
  self.here = true;
  thread.push_back(std::move(self));
  std::stable_sort(thread.begin(), thread.end(), [](const ThreadEntry& a, const ThreadEntry& b) {
    if (a.paper.date.empty() != b.paper.date.empty()) return b.paper.date.empty();
    return a.paper.date < b.paper.date;
  });
  return thread;
}

std::optional<AnswerTime> answer_time(const ShownDocument& shown) {
  const Document& document = shown.document;
  const Dates& dates = document.dates;
  const std::string& asked = first_known(dates.asked, dates.received);
  if (!asked.empty() && !dates.answered.empty()) return between(asked, dates.answered);
  if (const DocumentLink* question = only_answer(shown.cites, document.body)) {
    return between(first_known(question->asked, question->date),
                   first_known(dates.answered, document.date));
  }
  if (const DocumentLink* answer = only_answer(shown.cited_by, document.body)) {
    return between(first_known(asked, document.date), first_known(answer->answered, answer->date));
  }
  return std::nullopt;
}

}  // namespace fundstelle::present
