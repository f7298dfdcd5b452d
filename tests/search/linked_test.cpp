// SPDX-License-Identifier: GPL-3.0-or-later
//
// Papers of one affair, named at each hit; questions and answers cut apart.
#include <algorithm>

#include "data.h"
#include "search/index_documents.h"
#include "search/searcher.h"

using namespace fundstelle;
using fundstelle::test::ScratchDir;

namespace {

Document paper(const std::string& id, const std::string& number, const std::string& title,
               const std::string& type = "antrag", const std::string& body = "bt") {
  Document document;
  document.id = id;
  document.number = number;
  document.title = title;
  document.type = document.type_id = type;
  document.body = document.body_id = body;
  document.legislature = 19;
  document.pages.push_back({1, "xabu " + title + " " + id});
  return document;
}

std::vector<Hit> hits(const std::filesystem::path& dir, const std::vector<Document>& documents,
                      const std::string& q) {
  test::index_documents(dir, documents);
  SearchRequest request;
  request.q = q;
  return std::get<SearchAnswer>(Searcher(dir).search(request)).hits;
}

std::vector<std::string> linked(const std::vector<Hit>& all, const std::string& id) {
  std::vector<std::string> out;
  const auto hit =
      std::find_if(all.begin(), all.end(), [&](const Hit& one) { return one.id == id; });
  REQUIRE(hit != all.end());
  for (const LinkedPaper& one : hit->linked) out.push_back(one.relation + " " + one.id);
  std::sort(out.begin(), out.end());
  return out;
}

std::string text_of(const std::vector<SnippetPart>& parts) {
  std::string out;
  for (const SnippetPart& part : parts) out += part.hit ? "[" + part.text + "]" : part.text;
  return out;
}

using List = std::vector<std::string>;

}  // namespace

TEST_CASE("linked: question, answer, new print and correction are named both ways", "[search]") {
  const ScratchDir dir;
  Document question = paper("frage", "19/100", "Brücken", "kleine-anfrage");
  Document answer = paper("antwort", "19/200", "Brücken im Bestand", "antwort");
  answer.relations.push_back({RelationKind::kAnswers, "19/100", ""});
  answer.references = {"19/100"};
  Document correction = paper("berichtigung", "19/300", "Berichtigung", "antwort");
  correction.relations.push_back({RelationKind::kCorrects, "", "antwort"});
  const auto all = hits(dir.path(),
                        {question, answer, correction, paper("alt", "19/400", "Deiche und Siele"),
                         paper("neu", "19/400 (neu)", "Deiche, Siele und anderes mehr"),
                         // One number, several written questions: each is a paper of its own.
                         paper("s1", "19/500", "Wölfe", "schriftliche-frage"),
                         paper("s2", "19/500", "Luchse", "schriftliche-frage"),
                         // Another house counts for itself.
                         paper("fremd", "19/400", "Deiche und Siele", "antrag", "landtag-sh"),
                         paper("art", "19/400", "Deiche und Siele", "plenarprotokoll")},
                        "xabu");
  CHECK(linked(all, "frage") == List{"answered_by antwort"});
  CHECK(linked(all, "antwort") == List{"answers frage", "corrected_by berichtigung"});
  CHECK(linked(all, "berichtigung") == List{"corrects antwort"});
  CHECK(linked(all, "alt") == List{"version neu"});
  CHECK(linked(all, "neu") == List{"version alt"});
  CHECK(linked(all, "s1").empty());
  CHECK(linked(all, "fremd").empty());
  CHECK(linked(all, "art").empty());
}

TEST_CASE("linked: a number means the paper of the own house, or of the house printed beside it",
          "[search]") {
  const ScratchDir dir;
  const auto citing = [](const std::string& id, const std::string& text, const std::string& number,
                         RelationKind* relation = nullptr) {
    Document document = paper(id, "19/9" + std::to_string(id.size()), "Deiche " + id);
    document.date = "2020-05-01";
    document.pages[0].text = text;
    document.references = {number};
    if (relation != nullptr) document.relations.push_back({*relation, number, ""});
    return document;
  };
  const auto old = [](const std::string& id, const std::string& number, const std::string& body,
                      const std::string& date = "2019-01-01") {
    Document document = paper(id, number, "Siele " + id, "antrag", body);
    document.date = date;
    return document;
  };
  RelationKind answers = RelationKind::kAnswers;
  (void)hits(dir.path(),
             {old("berlin-1", "19/100", "be"), old("mv-6", "6/8347", "mv"),
              old("nrw-17", "17/50", "nw"), old("bayern-17", "17/50", "by"),
              old("mv-2021", "6/9000", "mv", "2021-01-01"), old("bt-7", "19/700", "bt"),
              old("sh-7", "19/700", "sh"), citing("a", "Siehe Drucksache 19/100.", "19/100"),
              citing("bb", "Siehe Drucksache 19/100 des Landtags, LT-Drs. 19/100.", "19/100"),
              citing("ccc", "Siehe Drucksache 6/8347.", "6/8347"),
              citing("dddd", "Antwort auf Drucksache 6/8347.", "6/8347", &answers),
              citing("eeeee", "Siehe Drucksache 17/50.", "17/50"),
              citing("ffffff", "Siehe Drucksache 6/9000.", "6/9000"),
              citing("ggggggg", "Siehe Drucksache 19/700.", "19/700", &answers)},
             "xabu");
  const Searcher searcher(dir.path());
  const auto links = [&](const std::string& id, bool cited_by = false) {
    const auto view = searcher.document(id);
    REQUIRE(view);
    List out;
    for (const auto& link : cited_by ? view->cited_by : view->cites)
      out.push_back(link.relation + " " + link.id);
    return out;
  };
  CHECK(links("a").empty());                // of the own legislature, but not here
  CHECK(links("bb") == List{" berlin-1"});  // said to be of a Land
  CHECK(links("ccc") == List{" mv-6"});     // no legislature of this house, one house has it
  CHECK(links("dddd") == List{" mv-6"});    // cited, but no house answers another
  CHECK(links("eeeee").empty());            // two houses have it
  CHECK(links("ffffff").empty());           // not printed yet
  CHECK(links("ggggggg") == List{"answers bt-7"});
  CHECK(links("mv-6", true) == List{" ccc", " dddd"});
  CHECK(links("berlin-1", true) == List{" bb"});
  CHECK(links("sh-7", true).empty());
}

TEST_CASE("pairs: question and answer of a passage are cut each around its words", "[search]") {
  const ScratchDir dir;
  Document document = paper("p", "19/1", "Papier", "antwort");
  std::string filler;
  for (int i = 0; i < 120; ++i) filler += "Das Übrige steht an anderer Stelle. ";
  const std::string asked = "1. Wie viele xedo gibt es im Land?";
  const std::string answered = filler + "Es gibt vier xedo. " + filler;
  document.pages[0].text = asked + "\n\n" + answered;
  const auto begin = static_cast<std::uint32_t>(asked.size() + 2);
  const auto end = static_cast<std::uint32_t>(document.pages[0].text.size());
  Section one{SectionKind::kQuestion, {"1"}, asked, {1, 0, 1, begin - 2}, {}, {}};
  Section two{SectionKind::kAnswer, {"1"}, answered, {1, begin, 1, end}, {}, {}};
  document.sections = {one, two};
  document.questions.push_back({"1", asked, answered, {}, 1});
  const auto all = hits(dir.path(), {document}, "xedo");
  REQUIRE(all.size() == 1);
  REQUIRE_FALSE(all[0].passages.empty());
  const PassageHit& passage = all[0].passages[0];
  CHECK(passage.kind == "question");
  CHECK(text_of(passage.question).find("Wie viele [xedo] gibt es") != std::string::npos);
  CHECK(text_of(passage.question).find("Übrige") == std::string::npos);
  CHECK(text_of(passage.answer).find("Wie viele") == std::string::npos);
  CHECK(passage.answer.size() >= 1);
  CHECK(text_of(passage.answer).size() < 400);
}
