// SPDX-License-Identifier: GPL-3.0-or-later
#include "writer/copies.h"

#include <catch2/catch.hpp>
#include <random>

#include "data.h"
#include "schema/copies.h"

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
  back.write_generation(scratch.path());
  Copies read;
  read.read(scratch.path(), {});
  CHECK(read.find() == expected);
  // Another shard that lists the same paper: all of ours are its copies, and it is known for good.
  // Of two shards that know each other one lists it.
  std::filesystem::create_directories(scratch.path() / "a");
  std::filesystem::create_directories(scratch.path() / "b");
  Copies first;
  first.put("x", sketch_of(plain));
  first.put("y", sketch_of(paper("21/65", "Büsche", words(700, 1300))));
  first.write_generation(scratch.path() / "a");
  back.add_elsewhere(scratch.path() / "a", {});
  back.write_generation(scratch.path() / "b");
  Copies again;
  again.read(scratch.path() / "b", {});
  CHECK(again.find() == std::map<std::string, std::string>{{"a", "x"}, {"b", "x"}, {"c", "x"}});
  CHECK(again.is_elsewhere("y"));
  first.add_elsewhere(scratch.path() / "b", {});
  CHECK(first.find().empty());
  again.forget_elsewhere();
  CHECK(again.find() == expected);

  read.erase("c");
  CHECK(read.find() == std::map<std::string, std::string>{{"b", "a"}});
}

TEST_CASE("copies: a delta tells what all sketches together tell", "[writer][copies]") {
  std::mt19937 random(3);
  const auto below = [&](unsigned end) { return static_cast<unsigned>(random() % end); };
  const auto some_sketch = [&] {
    Sketch sketch;
    const auto key = [&](std::uint64_t kind, unsigned of) {
      const std::uint64_t which = below(of);
      return which == 0 ? 0 : (kind << 56U) + (which << 40U) + 1;
    };
    sketch.number = sketch.own = key(1, 40);
    sketch.titled = sketch.title = key(2, 30);
    sketch.letters = key(3, 60);
    sketch.length = 1000;
    sketch.least.fill(static_cast<std::uint16_t>(1 + 2 * below(2)));
    sketch.rank = static_cast<std::uint8_t>(below(3));
    sketch.matter = below(9) == 0;
    return sketch;
  };
  std::map<std::string, Sketch> living;
  const auto told = [&] {
    Copies all;
    for (const auto& [id, sketch] : living) all.put(id, sketch);
    return all.find();
  };
  const test::ScratchDir scratch;
  std::filesystem::path generation = scratch.path() / "gen";
  std::filesystem::create_directories(generation);
  {
    Copies all;
    for (int i = 0; i < 300; ++i) {
      const std::string id = "d" + std::to_string(i);
      all.put(id, living[id] = some_sketch());
    }
    all.write_generation(generation);
    CHECK(schema::read_copies(generation) == told());
    CHECK(told().size() > 20);
  }
  std::filesystem::path delta;
  std::size_t differed = 0;
  for (int round = 0; round < 40; ++round) {
    Copies copies;
    copies.read(generation, delta);
    const auto before = copies.find();
    for (unsigned change = below(4); change < 4; ++change) {
      const std::string id = "d" + std::to_string(below(330));
      switch (below(4)) {
        case 0:
          copies.erase(id);
          living.erase(id);
          break;
        case 1:  // taken out and put back
          if (!living.contains(id)) break;
          copies.erase(id);
          copies.restore(id);
          copies.put(id, living[id]);
          break;
        default:
          copies.put(id, living[id] = some_sketch());
      }
    }
    CHECK(copies.find() == told());
    differed += before == told() ? 0 : 1;
    const std::filesystem::path made = scratch.path() / std::to_string(round);
    std::filesystem::create_directories(made);
    if (round % 15 == 14) {
      copies.write_generation(made);
      generation = made;
      delta.clear();
    } else {
      copies.write_delta(made);
      delta = made;
      CHECK(std::filesystem::file_size(made / "sketches.bin") * 2 <
            std::filesystem::file_size(generation / "sketches.bin"));
    }
    CHECK(schema::read_copies(made) == told());
  }
  CHECK(differed > 10);
}
