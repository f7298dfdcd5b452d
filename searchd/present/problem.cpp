// SPDX-License-Identifier: GPL-3.0-or-later
#include "present/problem.h"

#include <array>
#include <nlohmann/json.hpp>

namespace fundstelle::present {
namespace {

constexpr auto kKinds = std::to_array<ProblemKind>({
    {"bad_request", 400, "Die Anfrage ist fehlerhaft"},
    {"bad_encoding", 400, "Die Adresse ist falsch kodiert"},
    {"bad_parameter", 400, "Ein Parameter hat einen ungültigen Wert"},
    {"unknown_parameter", 400, "Ein Parameter ist unbekannt"},
    {"invalid_cursor", 400, "Der Cursor ist ungültig"},
    {"page_too_deep", 400, "So weit hinten liegen keine Seiten"},
    {"unknown_address", 404, "Diese Adresse gibt es nicht"},
    {"document_not_found", 404, "Dieses Dokument gibt es hier nicht"},
    {"original_not_found", 404, "Zu diesem Dokument liegt keine Originaldatei vor"},
    {"number_not_found", 404, "Eine Drucksache mit dieser Nummer gibt es hier nicht"},
    {"document_removed", 410, "Dieses Dokument wurde entfernt"},
    {"method_not_allowed", 405, "Diese Methode ist hier nicht erlaubt"},
    {"too_many_questions", 400, "Das sind zu viele Fragen auf einmal"},
    {"bad_line", 400, "Eine Zeile des Stapels ist nicht lesbar"},
    {"revision_changed", 409, "Der Index wurde inzwischen erneuert"},
    {"batch_too_long", 413, "Der Stapel hat zu viele Zeilen"},
    {"draft_too_large", 413, "Der Entwurf ist zu lang"},
    {"request_too_large", 413, "Die Anfrage ist zu groß"},
    {"answer_too_large", 413, "Die Antwort wäre zu groß"},
    {"address_too_long", 414, "Die Adresse ist zu lang"},
    {"too_many_requests", 429, "Das waren zu viele Anfragen auf einmal"},
    {"internal_error", 500, "Hier ist ein Fehler passiert"},
    {"query_too_slow", 503, "Die Suche dauert zu lange"},
    {"overloaded", 503, "Der Dienst ist gerade überlastet"},
    {"shutting_down", 503, "Der Dienst wird gerade beendet"},
    {"index_unavailable", 503, "Der Index ist gerade nicht erreichbar"},
});

}  // namespace

const ProblemKind& problem_kind(std::string_view code) {
  for (const ProblemKind& kind : kKinds) {
    if (kind.code == code) return kind;
  }
  return kKinds.front();
}

std::span<const ProblemKind> problem_kinds() { return kKinds; }

std::string problem_json(const Problem& problem) {
  const ProblemKind& kind = problem_kind(problem.code);
  nlohmann::ordered_json json;
  json["type"] = "about:blank";
  json["title"] = kind.title;
  json["status"] = kind.status;
  json["code"] = kind.code;
  json["detail"] = problem.detail.empty() ? std::string(kind.title) + "." : problem.detail;
  if (!problem.parameter.empty()) json["parameter"] = problem.parameter;
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace fundstelle::present
