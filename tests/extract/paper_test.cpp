// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "extract/interpret_paper.h"

using namespace fundstelle;

TEST_CASE("paper: a place that runs to the end stays on the last page with text", "[interpret]") {
  SourceText source;
  source.paged = true;
  source.pages = {{1, "Eine Frage?\n\nBegründung"}, {2, ""}};
  const Paper paper(source);
  const Span all = paper.span({0, paper.size()});
  CHECK(all.page == 1);
  CHECK(all.begin == 0);
  CHECK(all.end_page == 1);
  CHECK(all.end == source.pages[0].text.size());

  source.pages[1].text = "weiter";
  const Paper longer(source);
  const Span first_page =
      longer.span({0, static_cast<std::uint32_t>(longer.text().find("weiter"))});
  CHECK(first_page.end_page == 1);
  CHECK(first_page.end == source.pages[0].text.size());
}
