// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/word_data.h"

#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string_view>

#include "text/fold.h"

namespace fundstelle {

namespace {

constexpr std::string_view kMagic = "fundstelle-words 1\n";

/// FNV-1a with a final mix (MurmurHash3's), so that sums of hashes stay well spread.
std::uint64_t hash_entry(std::string_view entry) {
  std::uint64_t hash = 14695981039346656037ull;
  for (const char c : entry) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  hash ^= hash >> 33;
  hash *= 0xff51afd7ed558ccdull;
  hash ^= hash >> 33;
  hash *= 0xc4ceb9fe1a85ec53ull;
  return hash ^ (hash >> 33);
}

/// Calls visit(line) for every entry, in no order: one letter for the list, then its fields.
template <typename Visit>
void for_each_entry(const WordData& words, const Visit& visit) {
  std::string line;
  if (words.switched_off.compounds) visit(line.assign("o\tcompounds"));
  if (words.switched_off.gender) visit(line.assign("o\tgender"));
  if (words.switched_off.hyphens) visit(line.assign("o\thyphens"));
  for (const auto& word : words.stop_words) visit(line.assign("s\t").append(word));
  for (const auto& [word, base] : words.irregular) {
    visit(line.assign("i\t").append(word).append("\t").append(base));
  }
  for (const auto& [word, forms] : words.abbreviations) {
    line.assign("a\t").append(word);
    for (const auto& form : forms) line.append("\t").append(form);
    visit(line);
  }
  for (const auto& [key, printed] : words.short_forms) {
    visit(line.assign("k\t").append(key).append("\t").append(printed));
  }
  for (const auto& [word, entry] : words.lexicon) {
    line.assign("l\t").append(word).append("\t").append(std::to_string(entry.frequency));
    line.append("\t").append(std::to_string(entry.heads));
    if (entry.noun || entry.listed || entry.name) line += '\t';
    if (entry.noun) line += 'n';
    if (entry.listed) line += 'w';
    if (entry.name) line += 'p';
    visit(line);
  }
  for (const auto& word : words.whole_words) visit(line.assign("w\t").append(word));
  for (const auto& [part, count] : words.modifiers) {
    visit(line.assign("m\t").append(part).append("\t").append(std::to_string(count)));
  }
}

std::vector<std::string_view> split_fields(std::string_view line) {
  std::vector<std::string_view> fields;
  for (std::size_t begin = 0;;) {
    const std::size_t tab = line.find('\t', begin);
    fields.push_back(line.substr(begin, tab - begin));
    if (tab == std::string_view::npos) return fields;
    begin = tab + 1;
  }
}

void switch_off(SwitchedOff& off, std::string_view name) {
  if (name == "compounds") {
    off.compounds = true;
  } else if (name == "gender") {
    off.gender = true;
  } else if (name == "hyphens") {
    off.hyphens = true;
  } else {
    throw TextError("compounds, gender or hyphens expected");
  }
}

void add_entry(WordData& words, std::string_view line) {
  const auto fields = split_fields(line);
  if (fields.size() < 2 || fields[0].size() != 1) throw TextError("unknown entry");
  std::string word(fields[1]);
  switch (fields[0][0]) {
    case 'o':
      switch_off(words.switched_off, word);
      return;
    case 's':
      words.stop_words.insert(std::move(word));
      return;
    case 'k':
      if (fields.size() != 3) break;
      words.short_forms.emplace(std::move(word), fields[2]);
      return;
    case 'w':
      words.whole_words.insert(std::move(word));
      return;
    case 'm':
      if (fields.size() != 3) break;
      words.modifiers.emplace(std::move(word),
                              static_cast<std::uint32_t>(std::stoul(std::string(fields[2]))));
      return;
    case 'i':
      if (fields.size() != 3) break;
      words.irregular.emplace(std::move(word), fields[2]);
      return;
    case 'a':
      for (std::size_t i = 2; i < fields.size(); ++i) {
        words.abbreviations[word].emplace_back(fields[i]);
      }
      return;
    case 'l': {
      if (fields.size() < 4) break;
      LexiconEntry entry;
      entry.frequency = static_cast<std::uint32_t>(std::stoul(std::string(fields[2])));
      entry.heads = static_cast<std::uint32_t>(std::stoul(std::string(fields[3])));
      if (fields.size() > 4) {
        entry.noun = fields[4].find('n') != std::string_view::npos;
        entry.listed = fields[4].find('w') != std::string_view::npos;
        entry.name = fields[4].find('p') != std::string_view::npos;
      }
      words.lexicon.emplace(std::move(word), entry);
      return;
    }
    default:
      break;
  }
  throw TextError("unknown entry");
}

/// Lines of a list without comments and blanks; every line must be UTF-8.
template <typename Visit>
void read_list(const std::filesystem::path& file, const Visit& visit) {
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    throw TextError(file.string() + ": cannot be read; is the folder of word lists complete?");
  }
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    for (std::size_t at = 0; at < line.size();) {
      const auto c = text::decode(line, at);
      if (c.bytes == 0) {
        throw TextError(file.string() + ":" + std::to_string(number) +
                        ": not UTF-8; save the list as UTF-8");
      }
      at += c.bytes;
    }
    if (const auto comment = line.find('#'); comment != std::string::npos) line.resize(comment);
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r' || line.back() == '\t')) {
      line.pop_back();
    }
    if (line.empty()) continue;
    try {
      visit(std::string_view(line));
    } catch (const TextError& error) {
      throw TextError(file.string() + ":" + std::to_string(number) + ": " + error.what());
    }
  }
}

/// Letters and digits of an abbreviation, folded: "M-V" and "MV" are "mv", "z. B." is "zb".
std::string abbreviation_key(std::string_view printed) {
  std::string key;
  for (const auto& atom : text::scan_atoms(printed)) {
    key += text::fold_letters(printed.substr(atom.begin, atom.end - atom.begin));
  }
  return key;
}

}  // namespace

WordData WordData::from_lists(const std::filesystem::path& stopwords_dir) {
  WordData words;
  read_list(stopwords_dir / "german.txt",
            [&](std::string_view line) { words.stop_words.insert(text::fold_letters(line)); });
  read_list(stopwords_dir / "abbreviations.txt", [&](std::string_view line) {
    const auto fields = split_fields(line);
    if (fields.size() < 2) throw TextError("abbreviation TAB long form expected");
    const std::string key = abbreviation_key(fields[0]);
    if (key.empty()) throw TextError("an abbreviation has letters");
    words.short_forms.emplace(key, fields[0]);
    auto& forms = words.abbreviations[key];
    for (std::size_t i = 1; i < fields.size(); ++i) {
      const std::string form(fields[i]);
      if (std::find(forms.begin(), forms.end(), form) == forms.end()) forms.push_back(form);
    }
  });
  for (auto& [word, forms] : words.abbreviations) std::sort(forms.begin(), forms.end());
  read_list(stopwords_dir / "whole.txt",
            [&](std::string_view line) { words.whole_words.insert(text::fold_letters(line)); });
  read_list(stopwords_dir / "irregular.txt", [&](std::string_view line) {
    // base form, then the forms that belong to it, separated by blanks
    std::istringstream fields{std::string(line)};
    std::string base, form;
    fields >> base;
    if (base.starts_with('=')) {  // kept as it is: "=note"
      const std::string kept = text::fold_letters(base.substr(1));
      words.irregular.emplace(kept, "=" + kept);
      while (fields >> form) words.irregular.emplace(text::fold_letters(form), "=" + kept);
      return;
    }
    if (!(fields >> form)) throw TextError("base form and at least one other form expected");
    do {
      words.irregular.emplace(text::fold_letters(form), text::fold_letters(base));
    } while (fields >> form);
  });
  if (const auto off = stopwords_dir / "switched-off.txt"; std::filesystem::exists(off)) {
    read_list(off, [&](std::string_view line) { switch_off(words.switched_off, line); });
  }
  return words;
}

std::string WordData::hash() const {
  std::uint64_t sum = 0;
  for_each_entry(*this, [&](const std::string& line) { sum += hash_entry(line); });
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  for (int shift = 60; shift >= 0; shift -= 4) hex += kDigits[(sum >> shift) & 0xF];
  return hex;
}

void WordData::save(const std::filesystem::path& file) const {
  std::vector<std::string> lines;
  lines.reserve(lexicon.size() + stop_words.size() + abbreviations.size() + irregular.size());
  for_each_entry(*this, [&](const std::string& line) { lines.push_back(line); });
  std::sort(lines.begin(), lines.end());
  std::string text;
  for (const auto& line : lines) text.append(line).append("\n");

  std::string packed(ZSTD_compressBound(text.size()), '\0');
  const std::size_t size = ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 9);
  if (ZSTD_isError(size) != 0) throw TextError(file.string() + ": " + ZSTD_getErrorName(size));
  packed.resize(size);

  std::filesystem::path temporary = file;
  temporary += ".tmp" + std::to_string(::getpid());
  {
    std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
    out << kMagic << hash() << '\n' << packed;
    out.flush();
    if (!out) {
      std::error_code ignored;
      std::filesystem::remove(temporary, ignored);
      throw TextError(file.string() + ": cannot be written; is the disk full?");
    }
  }
  std::error_code failed;
  std::filesystem::rename(temporary, file, failed);
  if (failed) throw TextError(file.string() + ": " + failed.message());
}

WordData WordData::load(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in)
    throw TextError(file.string() + ": cannot be read; the index is incomplete, build it again");
  std::string content{std::istreambuf_iterator<char>(in), {}};
  const auto damaged = [&](const std::string& how) {
    return TextError(file.string() + ": damaged (" + how + "); build the index again");
  };
  if (content.size() < kMagic.size() + 17 || content.compare(0, kMagic.size(), kMagic) != 0) {
    throw damaged("not a word file of this version");
  }
  const std::string stored = content.substr(kMagic.size(), 16);
  const std::string_view packed = std::string_view(content).substr(kMagic.size() + 17);
  const auto size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > (1ull << 31)) {
    throw damaged("not compressed as expected");
  }
  std::string text(size, '\0');
  const std::size_t got = ZSTD_decompress(text.data(), text.size(), packed.data(), packed.size());
  if (ZSTD_isError(got) != 0 || got != size) throw damaged("cannot be unpacked");

  WordData words;
  words.lexicon.reserve(size / 16);
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = text.find('\n', begin);
    if (end == std::string::npos) end = text.size();
    try {
      add_entry(words, std::string_view(text).substr(begin, end - begin));
    } catch (const std::exception&) {
      throw damaged("unknown entry");
    }
    begin = end + 1;
  }
  if (words.hash() != stored) throw damaged("its words do not have the hash it names");
  return words;
}

}  // namespace fundstelle
