// SPDX-License-Identifier: GPL-3.0-or-later
//
// SQLite FTS5 as its manual shows it: one full-text table (unicode61, no stems), metadata beside
// it, order by rank. For facets the hits are put into a temporary table and counted four times.
#include <sqlite3.h>

#include <stdexcept>

#include "engine.h"

namespace fundstelle::bench {
namespace {

class Statement {
 public:
  Statement(sqlite3* database, const std::string& sql) : database_(database) {
    check(sqlite3_prepare_v2(database, sql.c_str(), -1, &statement_, nullptr));
  }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement() { sqlite3_finalize(statement_); }

  Statement& bind(int place, const std::string& text) {
    check(sqlite3_bind_text(statement_, place, text.data(), static_cast<int>(text.size()),
                            SQLITE_TRANSIENT));
    return *this;
  }
  Statement& bind(int place, std::int64_t number) {
    check(sqlite3_bind_int64(statement_, place, number));
    return *this;
  }
  bool step() {
    const int result = sqlite3_step(statement_);
    if (result != SQLITE_ROW && result != SQLITE_DONE) check(result);
    return result == SQLITE_ROW;
  }
  /// All rows; ready to be bound again.
  std::uint64_t run() {
    std::uint64_t rows = 0;
    while (step()) ++rows;
    sqlite3_reset(statement_);
    return rows;
  }

 private:
  void check(int result) {
    if (result != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(database_));
  }
  sqlite3* database_;
  sqlite3_stmt* statement_ = nullptr;
};

class Database {
 public:
  explicit Database(const std::filesystem::path& file) {
    if (sqlite3_open(file.c_str(), &handle_) != SQLITE_OK) {
      throw std::runtime_error("cannot open " + file.string());
    }
  }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database() { sqlite3_close(handle_); }
  [[nodiscard]] sqlite3* get() const { return handle_; }
  void run(const std::string& sql) const { Statement(handle_, sql).run(); }

 private:
  sqlite3* handle_ = nullptr;
};

constexpr const char* kFrom =
    " FROM words JOIN papers ON papers.id = words.rowid WHERE words MATCH ?1";
constexpr const char* kFilter = " AND papers.day BETWEEN ?2 AND ?3 AND papers.body = ?4";

class Fts5 : public Engine {
 public:
  explicit Fts5(const std::filesystem::path& index) : database_(index / "fts5.db") {
    database_.run("PRAGMA cache_size = -262144");  // 256 MiB
    database_.run("PRAGMA temp_store = MEMORY");
    database_.run("CREATE TEMP TABLE hits (id INTEGER PRIMARY KEY)");
  }

  std::uint64_t ask(const Question& question, bool facets) override {
    const std::string joint = question.kind == "or3" ? " OR " : " ";
    std::string match;
    for (const std::string& word : question.words) {
      match +=
          (match.empty() ? "" : joint) + (question.kind == "phrase2" ? word : '"' + word + '"');
    }
    if (question.kind == "phrase2") match = '"' + match + '"';
    const std::string where = std::string(kFrom) + (question.from != 0 ? kFilter : "");
    const auto bound = [&](const std::string& sql) {
      Statement statement(database_.get(), sql);
      statement.bind(1, match);
      if (question.from != 0) {
        statement.bind(2, std::int64_t{question.from})
            .bind(3, std::int64_t{question.to})
            .bind(4, question.body);
      }
      return statement.run();
    };
    const std::uint64_t shown = bound("SELECT papers.name, words.title, words.text" + where +
                                      " ORDER BY words.rank LIMIT " + std::to_string(kHits));
    if (!facets) return shown;
    database_.run("DELETE FROM hits");
    bound("INSERT INTO hits SELECT papers.id" + where);
    for (const char* facet : {"type", "body", "day / 10000"}) {
      database_.run(std::string("SELECT ") + facet +
                    ", count(*) FROM hits JOIN papers USING (id) GROUP BY 1 ORDER BY 2 DESC");
    }
    database_.run(
        "SELECT topic, count(*) FROM hits JOIN topics USING (id) GROUP BY 1 ORDER BY 2 DESC");
    Statement count(database_.get(), "SELECT id FROM hits");
    return count.run();
  }

 private:
  Database database_;
};

}  // namespace

std::unique_ptr<Engine> open_sqlite(const std::filesystem::path& index) {
  return std::make_unique<Fts5>(index);
}

void index_sqlite(std::istream& in, const std::filesystem::path& index) {
  std::filesystem::create_directories(index);
  const Database database(index / "fts5.db");
  for (const char* sql :
       {"PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA cache_size = -262144",
        "CREATE VIRTUAL TABLE words USING fts5(title, text)",
        "CREATE TABLE papers (id INTEGER PRIMARY KEY, name TEXT, type TEXT, body TEXT, day "
        "INTEGER)",
        "CREATE TABLE topics (id INTEGER, topic TEXT, PRIMARY KEY (id, topic)) WITHOUT ROWID",
        "BEGIN"}) {
    database.run(sql);
  }
  {
    Statement words(database.get(), "INSERT INTO words (rowid, title, text) VALUES (?1, ?2, ?3)");
    Statement papers(database.get(), "INSERT INTO papers VALUES (?1, ?2, ?3, ?4, ?5)");
    Statement topics(database.get(), "INSERT OR IGNORE INTO topics VALUES (?1, ?2)");
    std::int64_t row = 0;
    for (Record record; read_record(in, record);) {
      ++row;
      words.bind(1, row).bind(2, record.title).bind(3, record.text).run();
      papers.bind(1, row).bind(2, record.id).bind(3, record.type).bind(4, record.body);
      papers.bind(5, std::int64_t{std::stol(record.day)}).run();
      for (const std::string& topic : record.topics) topics.bind(1, row).bind(2, topic).run();
    }
  }
  database.run("COMMIT");
  database.run("INSERT INTO words(words) VALUES ('optimize')");
}

}  // namespace fundstelle::bench
