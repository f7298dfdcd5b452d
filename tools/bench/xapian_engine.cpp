// SPDX-License-Identifier: GPL-3.0-or-later
//
// Plain Xapian as its manual shows it: TermGenerator, QueryParser, ValueCountMatchSpy. German
// stemmer with the default strategy, stop words of ours not needed (BM25 discounts them). The index
// is compacted before it is searched. A document counts for its first topic only: a value slot
// holds one.
#include <xapian.h>

#include <array>
#include <stdexcept>

#include "engine.h"

namespace fundstelle::bench {
namespace {

constexpr Xapian::valueno kType = 0, kBody = 1, kYear = 2, kTopic = 3, kDay = 4;

class Plain : public Engine {
 public:
  explicit Plain(const std::filesystem::path& index) : database_((index / "db").string()) {
    parser_.set_database(database_);
    parser_.set_stemmer(Xapian::Stem("german"));
    parser_.set_default_op(Xapian::Query::OP_AND);
  }

  std::uint64_t ask(const Question& question, bool facets) override {
    const std::string joint = question.kind == "or3" ? " OR " : " ";
    std::string text;
    for (const std::string& word : question.words) text += (text.empty() ? "" : joint) + word;
    if (question.kind == "phrase2") text = '"' + text + '"';
    Xapian::Query query = parser_.parse_query(text);
    if (!question.body.empty()) {
      query = {Xapian::Query::OP_FILTER, query, Xapian::Query("XB" + question.body)};
    }
    if (question.from != 0) {
      query = {Xapian::Query::OP_FILTER, query,
               Xapian::Query(Xapian::Query::OP_VALUE_RANGE, kDay, std::to_string(question.from),
                             std::to_string(question.to))};
    }
    Xapian::Enquire enquire(database_);
    enquire.set_query(query);
    std::array<Xapian::ValueCountMatchSpy, 4> spies = {
        Xapian::ValueCountMatchSpy(kType), Xapian::ValueCountMatchSpy(kBody),
        Xapian::ValueCountMatchSpy(kYear), Xapian::ValueCountMatchSpy(kTopic)};
    if (facets) {
      for (Xapian::ValueCountMatchSpy& spy : spies) enquire.add_matchspy(&spy);
    }
    const Xapian::MSet hits = enquire.get_mset(0, kHits, facets ? database_.get_doccount() : 0);
    for (auto hit = hits.begin(); hit != hits.end(); ++hit) {
      shown_ += hit.get_document().get_data().size();
    }
    for (const Xapian::ValueCountMatchSpy& spy : spies) {
      for (auto value = spy.top_values_begin(50); value != spy.top_values_end(50); ++value) {
        shown_ += value.get_termfreq();
      }
    }
    return hits.get_matches_estimated();
  }

 private:
  Xapian::Database database_;
  Xapian::QueryParser parser_;
  std::uint64_t shown_ = 0;  // what is read must not be optimised away
};

}  // namespace

std::unique_ptr<Engine> open_xapian(const std::filesystem::path& index) {
  return std::make_unique<Plain>(index);
}

void index_xapian(std::istream& in, const std::filesystem::path& index) {
  std::filesystem::create_directories(index);
  const std::string grown = (index / "grown").string();
  {
    Xapian::WritableDatabase database(grown, Xapian::DB_CREATE);
    Xapian::TermGenerator generator;
    generator.set_stemmer(Xapian::Stem("german"));
    for (Record record; read_record(in, record);) {
      Xapian::Document document;
      generator.set_document(document);
      generator.index_text(record.title);
      generator.increase_termpos();
      generator.index_text(record.text);
      document.add_boolean_term("Q" + record.id);
      document.add_boolean_term("XB" + record.body);
      document.add_value(kType, record.type);
      document.add_value(kBody, record.body);
      document.add_value(kYear, record.day.substr(0, 4));
      if (!record.topics.empty()) document.add_value(kTopic, record.topics.front());
      document.add_value(kDay, record.day);
      document.set_data(record.title + '\n' + record.text);
      database.add_document(document);
    }
    database.commit();
    database.compact((index / "db").string());
  }
  std::filesystem::remove_all(grown);
}

}  // namespace fundstelle::bench
