// SPDX-License-Identifier: GPL-3.0-or-later
#include "writer/copies.h"

#include <catch2/catch.hpp>

#include "data.h"

using namespace fundstelle;
using namespace fundstelle::writer;

namespace {

std::string words(int from, int to) {
  std::string text;
  for (int i = from; i < to; ++i)
    text += "wort" + std::to_string(i * 7919 % 100003) + (i % 9 == 0 ? ".\n" : " ");
  return text;
}

Document paper(const std::string& number, const std::string& title, const std::string& text) {
  Document document;
  document.body_id = "bundestag";
  document.number = number;
  document.title = title;
  document.date = "2040-01-02";
  document.pages.push_back({1, text});
  return document;
}

bool copies(const Document& a, const Document& b) {
  const bool there = are_copies(sketch_of(a), sketch_of(b));
  CHECK(there == are_copies(sketch_of(b), sketch_of(a)));
  return there;
}

}  // namespace

TEST_CASE("copies: what counts as one paper", "[writer][copies]") {
  const std::string text = words(0, 600);
  const Document one = paper("21/64", "Bäume an Bahnstrecken", text);
  // Another reading: a head, a foot, a lost paragraph, soft hyphens.
  Document other = paper("21 / 64", "Bäume an Bahnstrecken",
                         "Kopf der Seite\n" + words(0, 280) + words(300, 600) + "Druck: Haus");
  other.pages[0].text.replace(other.pages[0].text.find("wort"), 4, "wo\xC2\xADrt");
  CHECK(copies(one, other));
  CHECK_FALSE(copies(one, paper("21/65", "Bäume an Bahnstrecken", text)));
  CHECK_FALSE(copies(one, paper("21/64", "Bäume an Bahnstrecken", words(2000, 2600))));
  CHECK_FALSE(copies(one, paper("21/64", "Bäume an Bahnstrecken", words(0, 300))));
  Document elsewhere = one;
  elsewhere.body_id = "landtag-mv";
  CHECK_FALSE(copies(one, elsewhere));
  // No number on one side: the letters tell, or title and day.
  CHECK(copies(one, paper("", "", text)));
  CHECK(copies(one, paper("", "Bäume an Bahnstrecken", words(20, 600))));
  Document matter = one;
  matter.type = "Vorgang";
  CHECK_FALSE(copies(one, matter));
  // Steps of two matters in one collective paper.
  CHECK_FALSE(
      copies(paper("21/64", "Frage nach Bäumen im Norden", words(0, 60) + "Nr. 12"),
             paper("21/64", "Frage nach Büschen im Süden", words(0, 50) + "Nr. 13 im Band")));
}

TEST_CASE("copies: which is listed does not depend on the order, and is kept on disk",
          "[writer][copies]") {
  const std::string text = words(0, 600);
  const Document plain = paper("21/64", "Bäume", text);
  Document paged = paper("21/64", "Bäume", text + " Fuß");
  paged.paged = true;
  Document preliminary = paged;
  preliminary.pages[0].text = "Vorabfassung – wird ersetzt\n" + text;
  const std::map<std::string, std::string> expected = {{"a", "c"}, {"b", "c"}};
  const std::vector<std::pair<std::string, const Document*>> all = {
      {"a", &preliminary}, {"b", &plain}, {"c", &paged}};
  Copies forth;
  for (const auto& [id, document] : all) forth.put(id, sketch_of(*document));
  CHECK(forth.find() == expected);
  Copies back;
  for (auto it = all.rbegin(); it != all.rend(); ++it) back.put(it->first, sketch_of(*it->second));
  CHECK(back.find() == expected);

  const test::ScratchDir scratch;
  back.write(scratch.path());
  Copies read;
  read.read(scratch.path());
  CHECK(read.find() == expected);
  // Another shard that lists the same paper: all of ours are its copies, and it is known for good.
  // Of two shards that know each other one lists it.
  std::filesystem::create_directories(scratch.path() / "a");
  std::filesystem::create_directories(scratch.path() / "b");
  Copies first;
  first.put("x", sketch_of(plain));
  first.put("y", sketch_of(paper("21/65", "Büsche", words(700, 1300))));
  first.write(scratch.path() / "a");
  Copies second = back;
  second.add_elsewhere(scratch.path() / "a");
  second.write(scratch.path() / "b");
  Copies again;
  again.read(scratch.path() / "b");
  CHECK(again.find() == std::map<std::string, std::string>{{"a", "x"}, {"b", "x"}, {"c", "x"}});
  CHECK(again.is_elsewhere("y"));
  first.add_elsewhere(scratch.path() / "b");
  CHECK(first.find().empty());
  again.forget_elsewhere();
  CHECK(again.find() == expected);

  read.erase("c");
  CHECK(read.find() == std::map<std::string, std::string>{{"b", "a"}});
}
