// SPDX-License-Identifier: GPL-3.0-or-later
//
// fundstelle-indexer: the only program that writes an index.
#include <signal.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "backup_command.h"
#include "coverage_command.h"
#include "extract/extract.h"
#include "index_command.h"
#include "inspect_command.h"
#include "schema/layout.h"
#include "takedown_command.h"
#include "verify_command.h"
#include "writer/remote_copy.h"
#include "writer/writer.h"

namespace {

namespace fs = std::filesystem;
using namespace fundstelle;

constexpr const char* kExamples =
    "Examples:\n"
    "  fundstelle-indexer index --index archiv papers/ press/ records.jsonl.zst\n"
    "  fundstelle-indexer inspect 2001234.pdf\n"
    "  fundstelle-indexer stats --index archiv\n"
    "Exit codes: 0 done, 1 done with some failures, 2 usage or nothing could be done.";

/// Word lists lie beside an installed program, else where this build found them.
fs::path stopwords_dir() {
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
  const fs::path installed = program.parent_path() / "../share/fundstelle/stopwords";
  if (fs::is_directory(installed, ignored)) return installed;
  return FUNDSTELLE_STOPWORDS_DIR;
}

WriterOptions writer_options(const std::string& index, unsigned jobs,
                             const std::string& lists = {}) {
  WriterOptions options;
  options.dir = index;
  options.stopwords_dir = lists.empty() ? stopwords_dir() : fs::path(lists);
  options.word_lists = {"/usr/share/dict/ngerman", "/usr/share/dict/ogerman"};
  options.jobs = jobs;
  options.program_version = FUNDSTELLE_VERSION;
  return options;
}

/// Merging opens many small databases at once.
void raise_file_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 65536);
    setrlimit(RLIMIT_NOFILE, &limit);
  }
}

/// Letters to insert, remove or replace to make one word of the other.
std::size_t edits_between(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row[b.size()];
}

/// "; did you mean X?" if one of the names is near.
std::string nearest(const std::string& typed, const std::vector<std::string>& names) {
  std::string best;
  std::size_t fewest = std::max<std::size_t>(2, typed.size() / 3) + 1;
  for (const std::string& name : names) {
    const std::size_t edits = edits_between(typed, name);
    if (edits >= fewest) continue;
    fewest = edits;
    best = name;
  }
  return best.empty() ? std::string() : "; did you mean " + best + "?";
}

/// A command or option nobody knows, said before what is missing is complained about. Empty: none.
std::string unknown_word(const CLI::App& app, int argc, char** argv) {
  if (argc < 2) return {};
  const std::string first = argv[1];
  std::vector<std::string> names;
  const CLI::App* command = nullptr;
  for (const CLI::App* one : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(one->get_name());
    if (one->get_name() == first) command = one;
  }
  if (command == nullptr) {
    if (first.starts_with('-')) return {};
    return "unknown command '" + first + "'" + nearest(first, names);
  }
  names.clear();
  for (const CLI::Option* option : command->get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  for (int i = 2; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--") break;
    if (!argument.starts_with("--")) continue;
    const std::string name = argument.substr(0, argument.find('='));
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      return "unknown option '" + name + "'" + nearest(name, names);
    }
  }
  return {};
}

int run_check(const std::string& index) {
  const std::vector<std::string> problems = check_index(index);
  for (const std::string& problem : problems) std::cout << problem << '\n';
  if (!problems.empty()) {
    std::cerr << "fundstelle-indexer: " << problems.size() << " problems found\n";
    return 1;
  }
  const IndexStats stats = index_stats(index);
  std::cout << "sound: " << stats.documents << " documents, " << stats.passages
            << " passages, revision " << stats.current.revision << '\n';
  return 0;
}

int run_stats(const std::string& index) {
  const IndexStats stats = index_stats(index);
  std::cout << "documents       " << stats.documents << '\n'
            << "passages        " << stats.passages << '\n'
            << "dead documents  " << stats.dead_documents << '\n'
            << "generation      " << stats.current.generation << '\n'
            << "delta           " << stats.current.delta << '\n'
            << "revision        " << stats.current.revision << '\n'
            << "fingerprint     " << stats.current.fingerprint << '\n'
            << "text bytes      " << stats.text_bytes << "\n\n";
  const double text = stats.text_bytes == 0 ? 1.0 : static_cast<double>(stats.text_bytes);
  const auto line = [&](const std::string& name, std::uint64_t bytes) {
    std::cout << std::left << std::setw(22) << name << std::right << std::setw(15) << bytes
              << std::fixed << std::setprecision(3) << std::setw(10)
              << static_cast<double>(bytes) / text << '\n';
  };
  std::cout << std::left << std::setw(22) << "component" << std::right << std::setw(15) << "bytes"
            << std::setw(10) << "/ text" << '\n';
  std::uint64_t sum = 0;
  std::uint64_t originals = 0;
  for (const auto& [component, bytes] : stats.bytes_by_component) {
    if (component == "originals") {
      originals = bytes;
      continue;
    }
    sum += bytes;
    if (bytes > 0) line(component, bytes);
  }
  line("index", sum);
  line("originals (apart)", originals);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  signal(SIGPIPE, SIG_IGN);
  CLI::App app{"Reads parliamentary papers and makes them searchable."};
  app.name("fundstelle-indexer");
  app.footer(kExamples);
  app.set_help_flag("-h,--help", "Show this help");
  app.set_version_flag("--version", std::string("fundstelle-indexer ") + FUNDSTELLE_VERSION);
  app.require_subcommand(1);

  std::string index;
  std::string lists;
  std::string words_from;
  std::vector<std::string> copies_of;
  std::vector<std::string> files;
  std::string id;
  std::vector<std::string> paths;
  bool json = false;
  ExtractOptions extract_options;
  extract_options.word_list = "/usr/share/dict/ngerman";
  IndexJob job;
  RemoveJob removal;
  unsigned jobs = std::max(1U, std::thread::hardware_concurrency());
  bool no_originals = false;
  const auto needs_index = [&](CLI::App* command) {
    command->add_option("--index", index, "Folder of the index")->required()->type_name("DIR");
    return command;
  };
  CLI::App* const index_command = needs_index(
      app.add_subcommand("index", "Add and refresh files and folders; what vanished is removed"));
  index_command->add_option("--jobs", jobs, "Files read and parts written at a time")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  index_command->add_option("--report", job.report, "Write one JSON line a file")
      ->type_name("FILE.jsonl");
  index_command
      ->add_option("--lists", lists,
                   "Stop words and abbreviations a new index is made with, instead of ours")
      ->type_name("DIR");
  index_command
      ->add_option("--words-from", words_from,
                   "Cut words as this other index does, instead of learning them: for shards")
      ->type_name("DIR");
  index_command
      ->add_option("--copies-of", copies_of,
                   "Leave papers to this other shard that it lists, too (may be repeated; writes a "
                   "whole generation)")
      ->type_name("DIR")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  bool remote = false;
  index_command->add_flag("--remote", remote,
                          "Beside it a database that xapian-tcpsrv can serve, for shards on other "
                          "machines (writes a whole generation)");
  index_command->add_flag("--force", job.force, "Read every file again, changed or not");
  index_command->add_flag("--no-originals", no_originals, "Do not keep the original files");
  index_command->add_option("PATH", job.paths, "Files and folders")->required();
  index_command->add_flag("--ocr", extract_options.ocr,
                          "Recognise the text of scanned pages (needs tesseract-ocr-deu)");
  CLI::App* const inspect_command =
      app.add_subcommand("inspect", "Show what is read from a file, without an index");
  inspect_command->add_flag("--json", json, "As interchange record");
  inspect_command->add_flag("--ocr", extract_options.ocr, "Recognise the text of scanned pages");
  inspect_command->add_option("FILE", files, "PDF, HTML, XML, text, Markdown or records")
      ->required();
  CLI::App* const check_command =
      needs_index(app.add_subcommand("check", "Read everything back and look for damage"));
  CLI::App* const stats_command =
      needs_index(app.add_subcommand("stats", "Counts, and bytes by component"));
  CLI::App* const verify_command = app.add_subcommand(
      "verify", "Read sources again and compare; without an index: read files twice");
  verify_command->add_option("--index", index, "Folder of the index")->type_name("DIR");
  verify_command->add_option("PATH", paths, "Only sources at or below these paths");
  CLI::App* const coverage_command =
      needs_index(app.add_subcommand("coverage", "Fields read and not read, by body"));
  coverage_command->add_flag("--json", json, "As one JSON object");
  CLI::App* const remove_command =
      needs_index(app.add_subcommand("remove",
                                     "Take one document down, for good: indexing does not bring it "
                                     "back, its address answers 410 with the reason"));
  remove_command->add_option("ID", removal.id, "Id of the document")->required();
  remove_command->add_option("--reason", removal.reason, "Why, as readers are told; one line")
      ->required()
      ->type_name("TEXT");
  remove_command->add_flag("--erase", removal.erase,
                           "Write the whole index anew, so that no byte of it stays on the disk");
  CLI::App* const takedowns_command =
      needs_index(app.add_subcommand("takedowns", "What was taken down, when and why"));
  takedowns_command->add_flag("--json", json, "One JSON object a line");
  CLI::App* const readmit_command = needs_index(
      app.add_subcommand("readmit", "End a takedown: the next index brings the document back"));
  readmit_command->add_option("ID", id, "Id of the document")->required();

  BackupJob backup;
  CLI::App* const backup_command = needs_index(app.add_subcommand(
      "backup", "Copy the index while it is served and written, and read the copy back"));
  backup_command->add_option("TARGET", backup.target, "Folder that does not exist yet")->required();
  backup_command
      ->add_option("--earlier", backup.earlier, "Link to this earlier backup what is the same")
      ->type_name("DIR");
  backup_command->add_flag("--link", backup.link,
                           "Hard links to the index instead of copies, to be taken elsewhere");
  std::string source;
  CLI::App* const restore_command = needs_index(
      app.add_subcommand("restore", "Put a backup in the place of the index, while it is served"));
  restore_command->add_option("SOURCE", source, "Folder made by backup")->required();

  if (const std::string unknown = unknown_word(app, argc, argv); !unknown.empty()) {
    std::cerr << "fundstelle-indexer: " << unknown << "\nRun with --help for more information.\n";
    return 2;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }

  try {
    if (*verify_command && index.empty() && paths.empty()) {
      std::cerr << "fundstelle-indexer: verify needs --index DIR or files\n";
      return 2;
    }
    if (*index_command || *inspect_command || *verify_command) {
      // Forks its helper while this process is small and has one thread.
      Extractor extractor({}, extract_options);
      ExtractOptions recognizing = extract_options;
      recognizing.ocr = true;
      std::optional<Extractor> recognizer;
      if (*verify_command && !index.empty()) recognizer.emplace(ExtractLimits(), recognizing);
      raise_file_limit();
      if (*inspect_command) return run_inspect(files, json, extractor);
      if (*verify_command) {
        return index.empty() ? run_verify_files(paths, extractor)
                             : run_verify(index, paths, extractor, *recognizer);
      }
      stop_on_signals();
      tell_sudden_end(index);
      job.writer = writer_options(index, jobs, lists);
      job.writer.words_from = words_from;
      job.writer.copies_of.assign(copies_of.begin(), copies_of.end());
      if (!copies_of.empty()) job.writer.new_generation = true;
      if (remote) {
        job.writer.guest = writer::write_remote_copy;
        job.writer.new_generation = true;
      }
      job.keep_originals = !no_originals;
      job.reading = extract_options.ocr ? "ocr" : "";
      return run_index(job, extractor);
    }
    raise_file_limit();
    if (*remove_command || *restore_command || *readmit_command) tell_sudden_end(index);
    if (*check_command) return run_check(index);
    if (*coverage_command) return run_coverage(index, json);
    if (*stats_command) return run_stats(index);
    if (*remove_command) {
      removal.writer = writer_options(index, jobs);
      return run_remove(removal);
    }
    if (*backup_command) {
      backup.index = index;
      return run_backup(backup);
    }
    if (*restore_command) return run_restore(source, writer_options(index, jobs));
    if (*takedowns_command) return run_takedowns(index, json);
    if (*readmit_command) return run_readmit(writer_options(index, jobs), id);
  } catch (const std::exception& error) {
    std::cerr << "fundstelle-indexer: " << error.what() << '\n';
  }
  return 2;
}
