// SPDX-License-Identifier: GPL-3.0-or-later
//
// The five documents the product was conceived from, read from their bytes: every field their gold
// names is read, every field it gives as null is abstained from.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "data.h"
#include "extract/extract.h"
#include "identity/identity.h"

using namespace fundstelle;
using Json = nlohmann::json;

namespace {

std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string all_text(const Document& document) {
  std::string text;
  for (const Page& page : document.pages) text += page.text + "\n";
  return text;
}

bool abstained(const Document& document, const std::string& field) {
  return std::count(document.abstained.begin(), document.abstained.end(), field) > 0;
}

}  // namespace

TEST_CASE("interpret: the five seeds say all their gold says, and nothing it denies",
          "[interpret]") {
  FUNDSTELLE_REQUIRE_DATA(data);
  std::ifstream gold(data / "seeds/gold.jsonl");
  int documents = 0;
  for (std::string line; std::getline(gold, line);) {
    const Json expected = Json::parse(line);
    const std::string file = expected.at("file");
    INFO(file);
    const Extraction extraction = extract_bytes(read_file(data / "seeds" / file), file);
    REQUIRE(extraction.state == ExtractState::kOk);
    const Document& document = extraction.document;
    ++documents;

    const std::vector<std::pair<std::string, std::string>> fields = {
        {"type", document.type},           {"body", document.body},
        {"date", document.date},           {"title", document.title},
        {"place", document.place},         {"number", document.number},
        {"committee", document.committee}, {"agenda_item", document.agenda_item}};
    for (const auto& [name, value] : fields) {
      if (!expected.contains(name)) continue;
      INFO(name);
      if (expected[name].is_null()) {
        CHECK(value.empty());
        CHECK(abstained(document, name));
      } else {
        CHECK(value == expected[name].get<std::string>());
        CHECK(document.read.count(name) == 1);
      }
    }
    for (const char* list : {"authors", "groups", "ministries"}) {
      if (!expected.contains(list)) continue;
      INFO(list);
      const auto& value = list == std::string("authors")  ? document.authors
                          : list == std::string("groups") ? document.groups
                                                          : document.ministries;
      CHECK(value == expected[list].get<std::vector<std::string>>());
    }
    if (expected.contains("question_count")) {
      CHECK(document.questions.size() == expected["question_count"].get<std::size_t>());
      for (const Json& question : expected["questions"]) {
        const auto found = std::find_if(
            document.questions.begin(), document.questions.end(),
            [&](const Question& one) { return one.label == question["label"].get<std::string>(); });
        REQUIRE(found != document.questions.end());
        CHECK(found->text.rfind(question["starts_with"].get<std::string>(), 0) == 0);
        CHECK(found->answer.rfind(question["answer_starts_with"].get<std::string>(), 0) == 0);
        CHECK(found->answered_together_with ==
              question["answered_together_with"].get<std::vector<std::string>>());
      }
    }
    const std::string text = all_text(document);
    for (const std::string phrase : expected.value("must_not_contain", Json::array())) {
      if (phrase.find("caption") != std::string::npos) {
        const std::string caption = "Fishbowl auf der Bundeskonferenz 2018";
        const std::size_t first = text.find(caption);
        CHECK((first == std::string::npos || text.find(caption, first + 1) == std::string::npos));
        continue;
      }
      INFO(phrase);
      CHECK(text.find(phrase) == std::string::npos);
    }
    if (expected.contains("main_text_ends_with")) {
      const std::string ending = expected["main_text_ends_with"];
      const std::size_t last = text.find_last_not_of(" \n");
      REQUIRE(last != std::string::npos);
      CHECK(text.compare(last + 1 - ending.size(), ending.size(), ending) == 0);
    }
    if (expected.contains("line_numbers")) {
      for (int number = 1; number <= 30; ++number) {
        CHECK(text.find("\n" + std::to_string(number) + " ") == std::string::npos);
      }
    }
  }
  CHECK(documents == 5);
}

TEST_CASE("interpret: the days of an event are event dates, never the date of publication",
          "[interpret]") {
  FUNDSTELLE_REQUIRE_DATA(data);
  const std::string file = "002_0f2cfa63a6268e5c.txt";
  const Document document = extract_bytes(read_file(data / "seeds" / file), file).document;
  CHECK(document.dates.event == std::vector<std::string>{"2018-08-27", "2018-08-28"});
  CHECK(document.dates.published.empty());
  CHECK(document.date.empty());
}
