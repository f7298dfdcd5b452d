// SPDX-License-Identifier: GPL-3.0-or-later
#include "present/pages/pages.h"

#include <cstring>  // ctemplate forgets it

#include <ctemplate/template.h>
#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#include "present/address.h"
#include "present/files/citation.h"
#include "present/german.h"
#include "present/pages/narrowing.h"
#include "present/pages/page_parts.h"

namespace fundstelle::present {
namespace {

// Blank lines go, single line ends stay: they separate words in running text.
constexpr ctemplate::Strip kStrip = ctemplate::STRIP_BLANK_LINES;
constexpr std::array kTemplates{
    "layout.html",     "search_form.html", "start.html",    "results.html",     "document.html",
    "choice.html",     "help.html",        "problem.html",  "hit_head.html",    "marked_text.html",
    "paragraphs.html", "hit.html",         "chips.html",    "facet_value.html", "filter.html",
    "trend.html",      "chart.html",       "plot.html",     "asked.html",       "taking.html",
    "mappe.html",      "dossier.html",     "site_text.html"};

constexpr std::size_t kStartValues = 10;  ///< of a facet on the start page

void fill_collection(ctemplate::TemplateDictionary& dictionary, const Collection& collection) {
  dictionary.SetValue("DOCUMENTS", counted(collection.documents, "Dokument", "Dokumente"));
  if (collection.bodies > 1) {
    dictionary.SetValueAndShowSection("BODIES", german_count(collection.bodies), "HAS_BODIES");
  }
  if (!collection.newest_date.empty()) {
    ctemplate::TemplateDictionary* period = dictionary.AddSectionDictionary("PERIOD");
    period->SetValue("OLDEST", german_date(collection.oldest_date));
    period->SetValue("NEWEST", german_date(collection.newest_date));
  }
  if (!collection.indexed.empty()) {
    dictionary.SetValueAndShowSection("INDEXED", german_date(collection.indexed.substr(0, 10)),
                                      "HAS_INDEXED");
  }
}

/// What search engines and link previews show of a page.
void describe(ctemplate::TemplateDictionary& layout, const std::string& text) {
  layout.SetValueAndShowSection("DESCRIPTION", text, "DESCRIBED");
}

/// Characters that reorder all that follows them (embeddings, overrides, isolates: U+202A to
/// U+202E, U+2066 to U+2069) come with foreign text and would turn what stands beside it. Words of
/// scripts written from right to left need none of them.
void drop_reordering(std::string& html) {
  std::size_t to = 0;
  for (std::size_t at = 0; at < html.size();) {
    const auto byte = [&](std::size_t i) {
      return at + i < html.size() ? static_cast<unsigned char>(html[at + i]) : 0U;
    };
    const bool reorders =
        byte(0) == 0xE2 && ((byte(1) == 0x80 && byte(2) >= 0xAA && byte(2) <= 0xAE) ||
                            (byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9));
    if (reorders) {
      at += 3;
    } else {
      html[to++] = html[at++];
    }
  }
  html.resize(to);
}

}  // namespace

struct Pages::State {
  ctemplate::TemplateCache cache;
  std::map<std::string, std::string> assets;
  Site site;
  std::string openapi;

  /// "Hilfe – Fundstelle" with the name the service was given.
  [[nodiscard]] std::string named(const std::string& title) const {
    constexpr std::string_view kName = "Fundstelle";
    const std::size_t at = title.rfind(kName);
    const bool whole = at != std::string::npos && (at == 0 || at + kName.size() == title.size());
    if (!whole) return title;
    return title.substr(0, at) + site.name + title.substr(at + kName.size());
  }

  /// A page with the search form in its header, unless `form` is null (the start page has its own).
  template <typename Fill>
  std::string page(const char* content, const std::string& title, const SearchRequest* form,
                   Fill fill) const {
    ctemplate::TemplateDictionary layout("page");
    layout.SetValue("TITLE", named(title));
    layout.SetValue("SITE_NAME", site.name);
    for (const SiteText& text : site.texts) {
      ctemplate::TemplateDictionary* link = layout.AddSectionDictionary("SITE_TEXT");
      link->SetValue("URL", "/" + text.path);
      link->SetValue("NAME", text.title);
    }
    for (const auto& [name, address] : assets) {
      // "style.css" is {{STYLE_CSS}} in the templates.
      std::string variable = name;
      std::transform(variable.begin(), variable.end(), variable.begin(), [](unsigned char c) {
        return c == '.' || c == '-' ? '_' : static_cast<char>(std::toupper(c));
      });
      layout.SetValue(variable, address);
    }
    if (assets.contains("main.js")) layout.ShowSection("HAS_SCRIPT");
    if (form != nullptr) {
      ctemplate::TemplateDictionary* header = layout.AddSectionDictionary("HEADER_FORM");
      ctemplate::TemplateDictionary* included = header->AddIncludeDictionary("SEARCH_FORM");
      included->SetFilename("search_form.html");
      fill_search_form(*included, *form);
    }
    ctemplate::TemplateDictionary* body = layout.AddIncludeDictionary("CONTENT");
    body->SetFilename(content);
    fill(layout, *body);
    std::string html;
    if (!cache.ExpandNoLoad("layout.html", kStrip, &layout, nullptr, &html)) {
      throw TemplateError(std::string("cannot expand template ") + content);
    }
    drop_reordering(html);
    return html;
  }
};

Pages::Pages(const std::filesystem::path& templates, std::map<std::string, std::string> assets,
             Site site) {
  auto state = std::make_unique<State>();
  state->assets = std::move(assets);
  state->site = std::move(site);
  state->cache.SetTemplateRootDirectory(templates.string());
  for (const char* name : kTemplates) {
    if (!std::filesystem::is_regular_file(templates / name)) {
      throw TemplateError("template missing: " + (templates / name).string() +
                          "; --web must name the folder that holds templates/ and assets/");
    }
    if (!state->cache.LoadTemplate(name, kStrip)) {
      throw TemplateError("template does not parse: " + (templates / name).string());
    }
  }
  state->cache.Freeze();
  std::ifstream openapi(templates / "openapi.json", std::ios::binary);
  if (!openapi) {
    throw TemplateError("missing: " + (templates / "openapi.json").string());
  }
  state->openapi.assign(std::istreambuf_iterator<char>(openapi), {});
  state_ = std::move(state);
}

Pages::~Pages() = default;

const std::string& Pages::openapi_source() const { return state_->openapi; }

std::string Pages::start(const Collection& collection, const SearchAnswer& overview,
                         const std::vector<Example>& examples) const {
  return state_->page(
      "start.html", "Fundstelle – Suche in parlamentarischen Anfragen", nullptr,
      [&](ctemplate::TemplateDictionary& layout, ctemplate::TemplateDictionary& body) {
        describe(layout,
                 "Parlamentarische Anfragen, Antworten, Anträge und Protokolle durchsuchen: " +
                     counted(collection.documents, "Dokument", "Dokumente") +
                     ", jeder Treffer mit Seite und Zitat.");
        fill_collection(body, collection);
        ctemplate::TemplateDictionary* form = body.AddIncludeDictionary("SEARCH_FORM");
        form->SetFilename("search_form.html");
        fill_search_form(*form, SearchRequest{});
        form->ShowSection("AUTOFOCUS");
        if (!examples.empty()) body.ShowSection("EXAMPLES");
        for (const Example& example : examples) {
          SearchRequest request;
          request.q = example.q;
          ctemplate::TemplateDictionary* entry = body.AddSectionDictionary("EXAMPLE");
          entry->SetValue("Q", example.q);
          entry->SetValue("URL", search_address(request));
          entry->SetValue("COUNT", german_count(example.hits));
        }
        for (const FacetCounts& counts : overview.facets) {
          if (counts.values.empty()) continue;
          if (counts.facet == Facet::kBody) fill_levels(body, counts);
          if (counts.facet != Facet::kTopic && counts.facet != Facet::kType) continue;
          ctemplate::TemplateDictionary* group = body.AddSectionDictionary("GROUP");
          group->SetValue("NAME", std::string(facet_name(counts.facet)));
          group->SetValue("FACET_KEY", to_string(counts.facet));
          if (counts.distinct > kStartValues) {
            group->SetValueAndShowSection("ALL_COUNT", german_count(counts.distinct), "ALL");
          }
          std::size_t shown = 0;
          for (const FacetValue& value : counts.values) {
            if (++shown > kStartValues) break;
            SearchRequest request;
            request.filters.push_back({counts.facet, {value.slug}, {}});
            ctemplate::TemplateDictionary* entry = group->AddSectionDictionary("VALUE");
            entry->SetValue("LABEL", value.label);
            entry->SetValue("COUNT", german_count(value.count));
            entry->SetValue("URL", search_address(request));
          }
        }
      });
}

std::string Pages::results(const Results& results) const {
  const std::string& q = results.request.q;
  const std::string title = (q.empty() ? std::string("Alle Dokumente") : q) + " – Fundstelle";
  return state_->page(
      "results.html", title, &results.request,
      [&](ctemplate::TemplateDictionary& layout, ctemplate::TemplateDictionary& body) {
        layout.ShowSection("NOINDEX");
        layout.ShowSection("SKIP_TO_FILTERS");
        describe(layout, counted(results.answer.total, "Fundstelle", "Fundstellen") +
                             " in parlamentarischen Dokumenten zu „" + q + "“.");
        fill_results(body, results);
        fill_taking_along(body, results.request, results.answer);
        fill_feed_links(layout, results.request);
      });
}

std::string Pages::values(const SearchRequest& request, const SearchAnswer& answer, Facet facet,
                          const std::string& wanted) const {
  const std::string name(facet_name(facet));
  return state_->page(
      "filter.html", name + " – Fundstelle", &request,
      [&](ctemplate::TemplateDictionary& layout, ctemplate::TemplateDictionary& body) {
        layout.ShowSection("NOINDEX");
        const std::string own = std::string("facet=") + to_string(facet);
        const Target here{"/filter",
                          wanted.empty() ? own : own + "&suche=" + percent_encode(wanted)};
        body.SetValue("NAME", name);
        body.SetValue("FACET_KEY", to_string(facet));
        body.SetValue("WANTED", wanted);
        if (!request.q.empty()) body.SetValueAndShowSection("Q", request.q, "FOR_QUERY");
        ctemplate::TemplateDictionary* chips = body.AddIncludeDictionary("CHIPS");
        chips->SetFilename("chips.html");
        fill_chips(*chips, request, answer, here);
        body.SetValue("SEARCH_URL", search_address(first_page(request)));
        body.SetValue("TOTAL", counted(answer.total, unit_word(request, 1), unit_word(request, 2)));
        fill_hidden(body, request);
        std::size_t found = 0;
        for (const FacetCounts& counts : answer.facets) {
          if (counts.facet != facet) continue;
          found = fill_all_values(body, request, counts, wanted, here);
          if (counts.missing > 0) {
            body.SetValueAndShowSection("MISSING_COUNT", german_count(counts.missing), "MISSING");
          }
        }
        body.SetValue("FOUND", counted(found, "Wert", "Werte"));
        if (!wanted.empty()) {
          body.SetValueAndShowSection("ALL_URL", Target{"/filter", own}.address(request),
                                      "NARROWED");
        }
      });
}

std::string Pages::trend(const TrendView& view) const {
  const SearchRequest& search = view.request.search;
  const std::string title =
      "Verlauf: " + (search.q.empty() ? std::string("alle Dokumente") : search.q) + " – Fundstelle";
  return state_->page(
      "trend.html", title, &search,
      [&](ctemplate::TemplateDictionary& layout, ctemplate::TemplateDictionary& body) {
        layout.ShowSection("NOINDEX");
        fill_trend(body, view);
      });
}

std::string Pages::trend_picture(const TrendView& view) const {
  ctemplate::TemplateDictionary chart("chart");
  fill_chart(chart, view);
  std::string svg;
  if (!state_->cache.ExpandNoLoad("chart.html", kStrip, &chart, nullptr, &svg)) {
    throw TemplateError("cannot expand template chart.html");
  }
  return svg;
}

std::string Pages::asked(const AskedView& view) const {
  const SearchRequest form;
  const std::string title = view.request.title.empty() || view.answer == nullptr
                                ? std::string("Wurde das schon gefragt?")
                                : "Schon gefragt? " + view.request.title;
  return state_->page(
      "asked.html", title + " – Fundstelle", &form,
      [&](ctemplate::TemplateDictionary& layout, ctemplate::TemplateDictionary& body) {
        if (view.answer != nullptr) layout.ShowSection("NOINDEX");
        describe(layout,
                 "Zu jeder Frage eines Entwurfs die nächsten früheren Fragen und "
                 "Antworten, mit Seite und Zitat.");
        const auto pdfjs = state_->assets.find("pdfjs");
        fill_asked(body, view, pdfjs == state_->assets.end() ? std::string() : pdfjs->second);
      });
}

std::string Pages::document(const ShownDocument& shown) const {
  SearchRequest form;
  form.q = shown.q;
  std::string title = shown.document.title.empty() ? shown.document.id : shown.document.title;
  if (!shown.document.number.empty()) title = shown.document.number + ": " + title;
  return state_->page(
      "document.html", title + " – Fundstelle", &form,
      [&](ctemplate::TemplateDictionary& layout, ctemplate::TemplateDictionary& body) {
        if (!shown.q.empty()) layout.ShowSection("NOINDEX");
        describe(layout, citation(shown.document) + ": " + shown.document.title);
        const auto address = [this](const char* name) {
          const auto found = state_->assets.find(name);
          return found == state_->assets.end() ? std::string() : found->second;
        };
        fill_document(body, shown, {address("viewer.js"), address("pdfjs")});
      });
}

std::string Pages::choice(const std::string& number, const std::vector<Hit>& papers) const {
  const SearchRequest form;
  return state_->page("choice.html", "Drucksache " + number + " – Fundstelle", &form,
                      [&](ctemplate::TemplateDictionary&, ctemplate::TemplateDictionary& body) {
                        body.SetValue("NUMBER", number);
                        body.SetValue("COUNT", counted(papers.size(), "Dokument", "Dokumente"));
                        for (const Hit& paper : papers) {
                          fill_hit_head(*body.AddSectionDictionary("PAPER"), paper, {});
                        }
                      });
}

std::string Pages::help(const Collection& collection) const {
  const SearchRequest form;
  return state_->page(
      "help.html", "Hilfe – Fundstelle", &form,
      [&](ctemplate::TemplateDictionary& layout, ctemplate::TemplateDictionary& body) {
        describe(layout,
                 "Wie Fundstelle liest, was man eingibt: Wörter, Wortfolgen, Felder, Nummern, mit "
                 "Beispielen.");
        fill_collection(body, collection);
      });
}

std::string Pages::folder(const std::vector<CollectedEntry>& entries,
                          const std::string& base) const {
  const SearchRequest form;
  return state_->page(
      "mappe.html", "Mappe – Fundstelle", &form,
      [&](ctemplate::TemplateDictionary& layout, ctemplate::TemplateDictionary& body) {
        layout.ShowSection("NOINDEX");
        fill_folder(body, entries, base);
      });
}

std::string Pages::dossier(const Dossier& dossier) const {
  const SearchRequest form;
  return state_->page(
      "dossier.html", dossier.heading + " – Fundstelle", &form,
      [&](ctemplate::TemplateDictionary& layout, ctemplate::TemplateDictionary& body) {
        layout.ShowSection("NOINDEX");
        fill_dossier(body, dossier);
      });
}

std::string Pages::site_text(const SiteText& text) const {
  const SearchRequest form;
  return state_->page("site_text.html", text.title + " – Fundstelle", &form,
                      [&](ctemplate::TemplateDictionary&, ctemplate::TemplateDictionary& body) {
                        body.SetValue("HEADING", text.title);
                        body.SetValue("SAFE_HTML", text.html);
                      });
}

const Site& Pages::site() const { return state_->site; }

std::string Pages::asset(const std::string& name) const {
  const auto found = state_->assets.find(name);
  return found == state_->assets.end() ? std::string{} : found->second;
}

std::string Pages::problem(const Problem& problem, const std::string& back, const std::string& q,
                           const std::string& words) const {
  const ProblemKind& kind = problem_kind(problem.code);
  SearchRequest form;
  form.q = q;
  return state_->page(
      "problem.html", std::string(kind.title) + " – Fundstelle", &form,
      [&](ctemplate::TemplateDictionary& layout, ctemplate::TemplateDictionary& body) {
        layout.ShowSection("NOINDEX");
        body.SetIntValue("STATUS", kind.status);
        body.SetValue("HEADING", std::string(kind.title));
        body.SetValue("DETAIL", problem.detail);
        if (kind.status == 503) body.ShowSection("AGAIN");
        if (!back.empty()) body.SetValueAndShowSection("BACK_URL", back, "BACK");
        if (!words.empty()) {
          SearchRequest instead;
          instead.q = words;
          ctemplate::TemplateDictionary* offer = body.AddSectionDictionary("INSTEAD");
          offer->SetValue("WORDS", words);
          offer->SetValue("URL", search_address(instead));
        }
      });
}

}  // namespace fundstelle::present
