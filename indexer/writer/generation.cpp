// SPDX-License-Identifier: GPL-3.0-or-later
#include "writer/generation.h"

#include <xapian.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <ctime>
#include <exception>
#include <fstream>
#include <future>
#include <memory>
#include <mutex>
#include <thread>

#include "schema/columns.h"
#include "schema/durable.h"
#include "schema/schema.h"
#include "schema/stored_document.h"
#include "schema/text_index.h"
#include "text/analyzer.h"
#include "text/lexicon.h"
#include "vocabulary/learn.h"
#include "vocabulary/vocabulary_file.h"
#include "writer/entries.h"
#include "writer/guest.h"
#include "writer/text_builder.h"

namespace fundstelle::writer {
namespace {

/// Packed bytes that become one part: its postings are in memory, and each thread should get some.
constexpr std::uint64_t kMostPartBytes = 32 << 20;
constexpr std::uint64_t kLeastPartBytes = 1 << 20;
constexpr std::uint64_t kPartsAThread = 4;
/// Packed bytes that become one small database. Xapian gathers postings in trees of strings, whose
/// depth is paid in cache misses.
constexpr std::uint64_t kDatabaseBytes = 3 << 20;
/// Databases merged in one go; each holds five open files.
constexpr std::size_t kMergedAtOnce = 64;
/// Of the databases of a generation. Data stands in chunks of some 2 KB, which leave a sixth of
/// Xapian's usual blocks (8 KB) empty.
constexpr int kBlockBytes = 16 << 10;
/// Packed bytes dictionaries are learnt from.
constexpr std::uint64_t kSampleBytes = 8 << 20;

/// A block of a spool in the order of the generation.
struct Stretch {
  const Spool* spool = nullptr;
  const Spool::Block* block = nullptr;
};

/// Runs `work(index)` for every index below `count` on `jobs` threads while the calling thread says
/// how far it is. The first exception ends it all and is thrown on.
void run_parallel(unsigned jobs, std::size_t count, const std::function<void(std::size_t)>& work,
                  const std::function<void()>& tell) {
  std::atomic<std::size_t> next{0};
  std::atomic<bool> stop{false};
  std::mutex mutex;
  std::condition_variable changed;
  std::exception_ptr failure;
  std::size_t running = std::max<std::size_t>(1, std::min<std::size_t>(jobs, count));
  std::vector<std::jthread> threads;
  for (std::size_t t = running; t > 0; --t) {
    threads.emplace_back([&] {
      try {
        for (std::size_t i = next++; i < count && !stop; i = next++) work(i);
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (!failure) failure = std::current_exception();
        stop = true;
      }
      const std::lock_guard lock(mutex);
      --running;
      changed.notify_all();
    });
  }
  std::unique_lock lock(mutex);
  while (running > 0) {
    changed.wait_for(lock, std::chrono::milliseconds(100));
    if (stop) continue;
    lock.unlock();
    try {
      tell();
    } catch (...) {
      stop = true;
      lock.lock();
      if (!failure) failure = std::current_exception();
      continue;
    }
    lock.lock();
  }
  lock.unlock();
  threads.clear();
  if (failure) std::rethrow_exception(failure);
}

struct Learnt {
  std::shared_ptr<const WordData> words;
  schema::StoredCodec codec;
  std::vector<vocabulary::Harvest> harvests;  ///< by stretch
};

/// First pass: words and dictionaries. Both depend on the documents and their order only, not on
/// how the threads took turns.
Learnt learn(const std::vector<Stretch>& stretches, const WriterOptions& options,
             const std::shared_ptr<const WordData>& taken, const std::function<void()>& tell) {
  std::uint64_t bytes = 0;
  for (const Stretch& stretch : stretches) bytes += stretch.block->bytes;
  const auto stride = static_cast<std::uint32_t>(bytes / kSampleBytes + 1);

  // Part of the documents, spread evenly, is read for what is offered to someone typing.
  const double heard =
      std::min(1.0, static_cast<double>(vocabulary::kSampleBytes) / static_cast<double>(bytes + 1));
  std::vector<vocabulary::Harvest> harvests(stretches.size());

  std::vector<std::vector<std::string>> records(stretches.size());
  std::vector<std::vector<std::string>> passages(stretches.size());
  std::mutex mutex;
  std::vector<LexiconBuilder> free_builders;  // one for each thread at work
  run_parallel(
      options.jobs, stretches.size(),
      [&](std::size_t i) {
        LexiconBuilder builder;
        {
          const std::lock_guard lock(mutex);
          if (!free_builders.empty()) {
            builder = std::move(free_builders.back());
            free_builders.pop_back();
          }
        }
        stretches[i].spool->read(
            *stretches[i].block, [&](std::uint32_t number, PackedDocument&& document) {
              const bool sample = number % stride == 0;
              const Document record = schema::unpack_facts(document.facts);
              harvests[i].add(record);
              std::vector<std::string>* texts = nullptr;
              if (std::floor((number + 1) * heard) > std::floor(number * heard)) {
                texts = &harvests[i].sample.emplace_back();
                texts->push_back(record.title);
              }
              if (!taken) builder.add_text(record.title);
              for (std::string& packed : document.passages) {
                std::string text = schema::unpack_passage(packed).text;
                if (!taken) builder.add_text(text);
                if (texts != nullptr) texts->push_back(std::move(text));
                if (sample) passages[i].push_back(std::move(packed));
              }
              if (sample) records[i].push_back(std::move(document.record));
            });
        const std::lock_guard lock(mutex);
        free_builders.push_back(std::move(builder));
      },
      tell);

  std::shared_ptr<const WordData> words = taken;
  const auto settle_words = [&] {
    if (words) return;
    LexiconBuilder all;
    if (!free_builders.empty()) all = std::move(free_builders.front());
    for (std::size_t i = 1; i < free_builders.size(); ++i) all.add_counts(free_builders[i]);
    for (const std::filesystem::path& list : options.word_lists) {
      if (std::filesystem::exists(list)) all.add_word_list(list);
    }
    words = std::make_shared<const WordData>(
        std::move(all).finish(WordData::from_lists(options.stopwords_dir)));
  };
  std::vector<std::string> record_samples;
  std::vector<std::string> passage_samples;
  for (auto& block : records) {
    std::move(block.begin(), block.end(), std::back_inserter(record_samples));
  }
  for (auto& block : passages) {
    std::move(block.begin(), block.end(), std::back_inserter(passage_samples));
  }
  std::string record_dictionary;
  std::string passage_dictionary;
  run_parallel(
      options.jobs, 3,
      [&](std::size_t i) {
        if (i == 0) settle_words();
        if (i == 1) record_dictionary = schema::learn_dictionary(record_samples);
        if (i == 2) passage_dictionary = schema::learn_dictionary(passage_samples);
      },
      tell);
  return {std::move(words),
          schema::StoredCodec(std::move(record_dictionary), std::move(passage_dictionary)),
          std::move(harvests)};
}

/// One small database pair: the documents of some successive blocks.
struct Part {
  std::size_t first = 0, last = 0;  ///< stretches [first, last)
  Xapian::docid first_document = 1, first_passage = 1;
  std::uint32_t documents = 0, passages = 0;
  std::uint64_t text_bytes = 0;
  Labels labels;
  std::string hashes;
  std::vector<std::size_t> databases;  ///< numbers of its pairs of small databases
};

std::vector<Part> plan(const std::vector<Stretch>& stretches, unsigned jobs) {
  std::vector<Part> parts;
  std::uint64_t all = 0;
  for (const Stretch& stretch : stretches) all += stretch.block->bytes;
  const std::uint64_t part_bytes =
      std::clamp(all / (kPartsAThread * std::max(1U, jobs)), kLeastPartBytes, kMostPartBytes);
  std::uint64_t bytes = part_bytes;
  Xapian::docid document = 1;
  Xapian::docid passage = 1;
  for (std::size_t i = 0; i < stretches.size(); ++i) {
    const Spool::Counts counts = stretches[i].spool->wanted(*stretches[i].block);
    if (counts.documents == 0) continue;
    if (bytes >= part_bytes) {
      Part part;
      part.first = i;
      part.first_document = document;
      part.first_passage = passage;
      parts.push_back(part);
      bytes = 0;
    }
    parts.back().last = i + 1;
    parts.back().documents += counts.documents;
    parts.back().passages += counts.passages;
    bytes += stretches[i].block->bytes;
    document += counts.documents;
    passage += counts.passages;
  }
  return parts;
}

constexpr int kPartFlags = Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC |
                           Xapian::DB_DANGEROUS | Xapian::DB_BACKEND_GLASS;

std::filesystem::path part_dir(const std::filesystem::path& work, const char* which,
                               std::size_t index) {
  return work / (std::string(which) + "-" + std::to_string(index));
}

void write_part(const std::filesystem::path& work, std::size_t index, Part& part,
                const std::vector<Stretch>& stretches, EntryMaker& maker, TextBuilder& texts,
                std::vector<schema::ColumnsBuilder::DocumentRow>& rows,
                std::atomic<std::uint64_t>& done) {
  constexpr int kFlags = kPartFlags | Xapian::DB_NO_TERMLIST;  // nothing is ever deleted from it
  Xapian::WritableDatabase documents, passages;
  const auto open_pair = [&](std::size_t number) {
    part.databases.push_back(number);
    documents = Xapian::WritableDatabase(part_dir(work, "documents", number).string(), kFlags);
    passages = Xapian::WritableDatabase(part_dir(work, "passages", number).string(), kFlags);
  };
  const std::unique_ptr<TextBuilder::Part> text = texts.part(index);
  Xapian::docid docid = part.first_document;
  Xapian::docid passage_id = part.first_passage;
  std::uint64_t bytes = 0;
  open_pair(part.first);
  for (std::size_t i = part.first; i < part.last; ++i) {
    if (bytes >= kDatabaseBytes) {
      documents.commit();
      passages.commit();
      open_pair(i);
      bytes = 0;
    }
    bytes += stretches[i].block->bytes;
    stretches[i].spool->read(*stretches[i].block, [&](std::uint32_t, PackedDocument&& packed) {
      StoredEntries entries = maker.make(packed, docid, passage_id, part.labels);
      text->add(docid, passage_id, entries.title, entries.words);
      documents.replace_document(docid++, entries.document);
      for (const Xapian::Document& passage : entries.passages) {
        passages.replace_document(passage_id++, passage);
      }
      rows.push_back(std::move(entries.row));
      part.text_bytes += entries.text_bytes;
      std::string content = packed.record;
      for (const std::string& passage : packed.passages) content += passage;
      part.hashes += schema::sha256_of_text(content);
      ++done;
    });
  }
  text->close();
  texts.finished(index, *text);
  documents.commit();
  passages.commit();
}

/// Merges the parts into `target`. Their docid ranges are disjoint and stay as they are, so places
/// written in values stay right.
void merge(const std::filesystem::path& work, const char* which, const std::vector<Part>& parts,
           const std::filesystem::path& target) {
  std::vector<std::filesystem::path> level;
  for (const Part& part : parts) {
    for (const std::size_t number : part.databases) level.push_back(part_dir(work, which, number));
  }
  for (int round = 0; level.size() > kMergedAtOnce; ++round) {
    std::vector<std::filesystem::path> next;
    for (std::size_t i = 0; i < level.size(); i += kMergedAtOnce) {
      const std::size_t end = std::min(i + kMergedAtOnce, level.size());
      Xapian::Database all;
      for (std::size_t k = i; k < end; ++k) all.add_database(Xapian::Database(level[k].string()));
      next.push_back(work / (std::string(which) + "-merged-" + std::to_string(round) + "-" +
                             std::to_string(next.size())));
      all.compact(next.back().string(),
                  Xapian::DBCOMPACT_NO_RENUMBER | Xapian::Compactor::STANDARD);
      for (std::size_t k = i; k < end; ++k) std::filesystem::remove_all(level[k]);
    }
    level = std::move(next);
  }
  Xapian::Database all;
  for (const auto& part : level) all.add_database(Xapian::Database(part.string()));
  all.compact(target.string(), Xapian::DBCOMPACT_NO_RENUMBER | Xapian::Compactor::FULLER,
              kBlockBytes);
  for (const auto& part : level) std::filesystem::remove_all(part);
}

}  // namespace

std::string utc_now() { return schema::iso_time(static_cast<std::uint32_t>(std::time(nullptr))); }

schema::Manifest build_generation(
    const std::filesystem::path& target, const std::filesystem::path& work,
    const std::vector<const Spool*>& spools, const WriterOptions& options,
    const std::shared_ptr<const WordData>& taken,
    const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  std::vector<Stretch> stretches;
  std::uint64_t total = 0;
  for (const Spool* spool : spools) {
    total += spool->documents();
    for (const Spool::Block& block : spool->blocks()) stretches.push_back({spool, &block});
  }
  std::atomic<std::uint64_t> done{0};
  const auto tell = [&] {
    if (progress) progress(done, total);
  };

  Learnt learnt = learn(stretches, options, taken, tell);
  if (taken) std::ofstream(target / kWordsTaken).flush();
  learnt.codec.save(target);
  const std::shared_ptr<const WordData> words = learnt.words;
  // Beside the writing of postings, which needs nothing of it.
  std::future<std::string> fingerprint = std::async(std::launch::async, [words, target] {
    words->save(target / "words.zst");
    return Analyzer(words).fingerprint();
  });
  std::future<vocabulary::Vocabulary> offers =
      std::async(std::launch::async, [harvests = std::move(learnt.harvests), words]() mutable {
        return vocabulary::Vocabulary(std::move(harvests), Analyzer(words));
      });

  std::vector<Part> parts = plan(stretches, options.jobs);
  if (parts.empty()) parts.emplace_back();  // an index may be empty, its databases must exist
  TextBuilder texts(work);
  schema::ColumnsBuilder columns;
  std::mutex mutex;
  std::vector<std::unique_ptr<EntryMaker>> free_makers;
  run_parallel(
      options.jobs, parts.size(),
      [&](std::size_t i) {
        std::unique_ptr<EntryMaker> maker;
        {
          const std::lock_guard lock(mutex);
          if (!free_makers.empty()) {
            maker = std::move(free_makers.back());
            free_makers.pop_back();
          }
        }
        if (!maker) maker = std::make_unique<EntryMaker>(words, learnt.codec, texts.bundles());
        std::vector<schema::ColumnsBuilder::DocumentRow> rows;
        write_part(work, i, parts[i], stretches, *maker, texts, rows, done);
        const std::lock_guard lock(mutex);
        for (const auto& row : rows) columns.add(row);
        free_makers.push_back(std::move(maker));
      },
      tell);
  free_makers.clear();

  schema::Manifest manifest;
  Labels labels;
  std::string hashes;
  for (Part& part : parts) {
    labels.merge(part.labels);
    hashes += part.hashes;
    manifest.documents += part.documents;
    manifest.passages += part.passages;
    manifest.text_bytes += part.text_bytes;
  }
  {
    Xapian::WritableDatabase first(
        part_dir(work, "documents", parts.front().databases.front()).string(),
        Xapian::DB_OPEN | Xapian::DB_NO_SYNC | Xapian::DB_NO_TERMLIST);
    for (const auto& [key, label] : labels) first.set_metadata(key, label);
    first.commit();
  }
  // Databases are merged while the text is written, much of which is for one thread at a time.
  std::vector<std::future<void>> merging;
  for (const char* which : {"documents", "passages"}) {
    merging.push_back(std::async(options.jobs > 1 ? std::launch::async : std::launch::deferred,
                                 [&, which] { merge(work, which, parts, target / which); }));
  }
  texts.write(target, columns.last_document(), columns.last_passage(),
              [&](std::size_t count, const std::function<void(std::size_t)>& task) {
                run_parallel(options.jobs, count, task, tell);
              });
  std::move(columns).write(target);
  {
    const schema::TextIndex text(target);
    offers.get().write(target / vocabulary::kFileName, [&](const std::string& stem) {
      const auto term = text.find(std::string(schema::kStem) + stem);
      return term ? term->documents : 0U;
    });
  }
  for (std::future<void>& one : merging) one.get();
  manifest.fingerprint = fingerprint.get();
  if (options.guest)
    options.guest({target, work, spools, words, learnt.codec, options.jobs, options.dir});

  manifest.schema_version = schema::kSchemaVersion;
  manifest.program_version = options.program_version;
  manifest.created = utc_now();
  manifest.content_hash = schema::sha256_of_text(hashes);
  schema::write_manifest(target, manifest);
  return manifest;
}

}  // namespace fundstelle::writer
