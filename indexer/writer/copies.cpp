// SPDX-License-Identifier: GPL-3.0-or-later
#include "writer/copies.h"

#include <zstd.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <unordered_map>
#include <vector>

#include "schema/copies.h"
#include "text/drucksache_number.h"
#include "writer/sketch_file.h"

namespace fundstelle::writer {
namespace {

constexpr std::uint32_t kTellingLetters = 200;
constexpr std::size_t kTellingTitle = 20;
/// Of 32 classes: texts read from PDF and from HTML differ in heads, feet and tables.
constexpr std::size_t kAlikeBins = 20;
constexpr std::size_t kSameBins = 30;
constexpr std::size_t kComparedInGroup = 64;
constexpr std::uint32_t kMagic = 0x31504F43;  // "COP1"

std::uint64_t mixed(std::uint64_t value) {
  value ^= value >> 33;
  value *= 0xFF51AFD7ED558CCDULL;
  value ^= value >> 33;
  value *= 0xC4CEB9FE1A85EC53ULL;
  return value ^ (value >> 33);
}

struct Hash {
  std::uint64_t value = 0xCBF29CE484222325ULL;
  void add(std::string_view bytes) {
    for (const char c : bytes) {
      value ^= static_cast<unsigned char>(c);
      value *= 0x100000001B3ULL;
    }
    value ^= 0xFF;
    value *= 0x100000001B3ULL;
  }
  [[nodiscard]] std::uint64_t done() const { return mixed(value) | 1; }
};

bool is_letter(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0xC3;
}

/// Calls `take` with every run of letters and digits, ASCII in lower case. Hyphens, soft hyphens
/// and line breaks at hyphens part words here and there alike only within one reading; so they are
/// skipped: "Bundes-\nregierung" is "bundesregierung".
template <typename Take>
void each_word(std::string_view text, Take&& take) {
  std::string word;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto c = static_cast<unsigned char>(text[i]);
    if (c == 0xC2 && i + 1 < text.size()) {  // U+0080 to U+00BF: soft hyphen, blanks, quotes
      if (static_cast<unsigned char>(text[i + 1]) != 0xAD && !word.empty()) {
        take(word);
        word.clear();
      }
      ++i;
      continue;
    }
    if (c == 0xE2) {  // general punctuation
      if (!word.empty()) take(word);
      word.clear();
      i += 2;
      continue;
    }
    if (is_letter(c) || (c >= 0x80 && c < 0xC0)) {
      if (c >= 'A' && c <= 'Z') c = static_cast<unsigned char>(c + 32);
      word += static_cast<char>(c);
      continue;
    }
    if (c == '-' && !word.empty()) {
      std::size_t next = i + 1;
      while (next < text.size() && (text[next] == '\n' || text[next] == ' ')) ++next;
      if (next > i + 1 && next < text.size() && text[next] >= 'a' && text[next] <= 'z') {
        i = next - 1;
        continue;
      }
    }
    if (!word.empty()) take(word);
    word.clear();
  }
  if (!word.empty()) take(word);
}

std::uint8_t rank_of(const Document& document, std::string_view text) {
  unsigned rank = 0;
  if (document.paged) rank += 64;
  const std::string_view head = text.substr(0, 4000);
  if (head.find("Vorabfassung") == std::string_view::npos) rank += 32;
  for (const bool filled :
       {!document.title.empty(), !document.type.empty(), !document.number.empty(),
        !document.date.empty(), !document.authors.empty(), !document.groups.empty(),
        !document.ministries.empty(), !document.urls.empty(), !document.sections.empty()}) {
    rank += filled ? 1 : 0;
  }
  return static_cast<std::uint8_t>(rank);
}

}  // namespace

Sketch sketch_of(const Document& document) {
  Sketch sketch;
  sketch.matter = document.type == "Vorgang";
  std::string number;
  if (!document.number.empty()) {
    const auto parsed = parse_drucksache_number(document.number);
    number = parsed ? parsed->canonical() : document.number;
    Hash hash;
    hash.add(number);
    sketch.own = hash.done();
  }
  if (!document.body_id.empty()) {
    Hash hash;
    hash.add(document.body_id);
    sketch.body = hash.done();
  }
  if (!number.empty() && !document.body_id.empty()) {
    Hash hash;
    hash.add(document.body_id);
    hash.add(number);
    // A town numbers its papers without terms.
    hash.add(number.find('/') == std::string::npos && document.legislature
                 ? std::to_string(*document.legislature)
                 : "");
    sketch.number = hash.done();
  }
  Hash title;
  std::size_t title_letters = 0;
  each_word(document.title, [&](const std::string& word) {
    title.add(word);
    title_letters += word.size();
  });
  if (title_letters > 0) sketch.title = title.done();
  if (title_letters >= kTellingTitle && !document.date.empty()) {
    title.add(document.date);
    sketch.titled = title.done();
  }

  Hash letters;
  std::array<std::uint64_t, 3> last{};
  std::size_t words = 0;
  std::array<std::uint64_t, Sketch::kBins> least;
  least.fill(UINT64_MAX);
  std::string_view first_page;
  for (const Page& page : document.pages) {
    if (first_page.empty()) first_page = page.text;
    each_word(page.text, [&](const std::string& word) {
      sketch.length += static_cast<std::uint32_t>(word.size());
      Hash one;
      one.add(word);
      letters.add(word);
      last = {last[1], last[2], one.done()};
      if (++words < 3) return;
      const std::uint64_t run = mixed(last[0] * 3 + mixed(last[1] * 5 + last[2]));
      std::uint64_t& bin = least[run % Sketch::kBins];
      bin = std::min(bin, run / Sketch::kBins);
    });
  }
  for (std::size_t bin = 0; bin < least.size(); ++bin) {
    sketch.least[bin] = least[bin] == UINT64_MAX ? 0 : static_cast<std::uint16_t>(least[bin] | 1);
  }
  if (sketch.length > 0) sketch.letters = letters.done();
  sketch.rank = rank_of(document, first_page);
  return sketch;
}

bool are_copies(const Sketch& a, const Sketch& b) {
  if (a.matter || b.matter) return false;
  const auto differ = [](std::uint64_t one, std::uint64_t other) {
    return one != 0 && other != 0 && one != other;
  };
  if (differ(a.own, b.own) || differ(a.body, b.body)) return false;
  if (a.length < kTellingLetters || b.length < kTellingLetters) {
    // A few words say little: all must agree, and something beside the words.
    return a.letters == b.letters && a.letters != 0 && a.title == b.title && a.title != 0 &&
           ((a.number != 0 && a.number == b.number) || (a.titled != 0 && a.titled == b.titled));
  }
  if (a.letters == b.letters) return true;
  const bool named =
      (a.number != 0 && a.number == b.number) || (a.titled != 0 && a.titled == b.titled);
  if (!named) return false;
  // An excerpt is no copy, however alike.
  if (std::min(a.length, b.length) * 10ULL < std::max(a.length, b.length) * 7ULL) return false;
  std::size_t alike = 0;
  for (std::size_t bin = 0; bin < Sketch::kBins; ++bin) alike += a.least[bin] == b.least[bin];
  // Matters of one collective paper bear its number, each with a title and short steps of its own.
  return alike >= (differ(a.title, b.title) ? kSameBins : kAlikeBins);
}

std::vector<std::uint64_t> keys_of(const Sketch& sketch) {
  std::vector<std::uint64_t> keys;
  if (sketch.matter) return keys;
  for (const std::uint64_t key :
       {sketch.number, sketch.titled, sketch.length >= kTellingLetters ? sketch.letters : 0}) {
    if (key != 0) keys.push_back(key);
  }
  return keys;
}

namespace {

constexpr const char* kSketches = "sketches.bin";
constexpr const char* kSketchesElsewhere = "sketches-elsewhere.zst";

/// None if there is no such file.
std::map<std::string, Sketch> read_sketches(const std::filesystem::path& file) {
  std::map<std::string, Sketch> sketches;
  std::ifstream in(file, std::ios::binary);
  if (!in) return sketches;
  std::ostringstream packed;
  packed << in.rdbuf();
  const std::string bytes = std::move(packed).str();
  const auto damaged = [&] {
    return std::runtime_error(file.string() +
                              ": damaged; restore a backup or index into a new folder");
  };
  const unsigned long long size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > (1ULL << 36))
    throw damaged();
  std::string raw(size, '\0');
  if (ZSTD_decompress(raw.data(), raw.size(), bytes.data(), bytes.size()) != raw.size())
    throw damaged();
  std::string_view rest = raw;
  std::uint32_t magic = 0;
  if (rest.size() < sizeof magic) throw damaged();
  std::memcpy(&magic, rest.data(), sizeof magic);
  rest.remove_prefix(sizeof magic);
  if (magic != kMagic) throw damaged();
  std::string id;
  while (!rest.empty()) {
    Sketch sketch;
    if (!take_sketch(rest, id, sketch)) throw damaged();
    sketches[id] = sketch;
  }
  return sketches;
}

void write_sketches(const std::filesystem::path& file,
                    const std::map<std::string, Sketch>& sketches) {
  std::string raw(reinterpret_cast<const char*>(&kMagic), sizeof kMagic);
  for (const auto& [id, sketch] : sketches) put_sketch(raw, id, sketch);
  std::string packed(ZSTD_compressBound(raw.size()), '\0');
  const std::size_t size = ZSTD_compress(packed.data(), packed.size(), raw.data(), raw.size(), 1);
  if (ZSTD_isError(size) != 0) throw std::runtime_error("sketches cannot be compressed");
  std::ofstream out(file, std::ios::binary);
  out.write(packed.data(), static_cast<std::streamsize>(size));
  out.close();
  if (!out) throw std::runtime_error(file.string() + ": cannot be written");
}

std::map<std::string, std::string> find_among(const std::map<std::string, Sketch>& here,
                                              const std::map<std::string, Sketch>& there) {
  struct Entry {
    const std::string* id;
    const Sketch* sketch;
    bool elsewhere;
  };
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> groups;
  std::vector<Entry> entries;
  entries.reserve(here.size() + there.size());
  const auto enter = [&](const std::map<std::string, Sketch>& sketches, bool elsewhere) {
    for (const auto& [id, sketch] : sketches) {
      const auto index = static_cast<std::uint32_t>(entries.size());
      entries.push_back({&id, &sketch, elsewhere});
      for (const std::uint64_t key : keys_of(sketch)) groups[key].push_back(index);
    }
  };
  enter(here, false);
  enter(there, true);
  std::vector<std::uint32_t> leader(entries.size());
  for (std::uint32_t i = 0; i < leader.size(); ++i) leader[i] = i;
  const auto root = [&](std::uint32_t i) {
    while (leader[i] != i) i = leader[i] = leader[leader[i]];
    return i;
  };
  for (const auto& [key, members] : groups) {
    std::vector<std::uint32_t> kinds;  // one of each paper of this group
    for (const std::uint32_t member : members) {
      bool joined = false;
      for (const std::uint32_t kind : kinds) {
        if (!are_copies(*entries[kind].sketch, *entries[member].sketch)) continue;
        leader[root(member)] = root(kind);
        joined = true;
        break;
      }
      if (!joined && kinds.size() < kComparedInGroup) kinds.push_back(member);
    }
  }
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> papers;
  for (std::uint32_t i = 0; i < leader.size(); ++i) {
    if (root(i) != i) papers[root(i)].push_back(i);
  }
  std::map<std::string, std::string> copies;
  for (auto& [first, members] : papers) {
    members.push_back(first);
    const std::uint32_t listed =
        *std::min_element(members.begin(), members.end(), [&](std::uint32_t a, std::uint32_t b) {
          const Entry &one = entries[a], &other = entries[b];
          if (one.elsewhere != other.elsewhere) return one.elsewhere;
          return one.sketch->rank != other.sketch->rank ? one.sketch->rank > other.sketch->rank
                                                        : *one.id < *other.id;
        });
    for (const std::uint32_t member : members) {
      if (member != listed && !entries[member].elsewhere) {
        copies[*entries[member].id] = *entries[listed].id;
      }
    }
  }
  // The very same document, however short.
  for (const auto& [id, sketch] : there) {
    if (here.contains(id)) copies.try_emplace(id, id);
  }
  return copies;
}

}  // namespace

Copies::Copies() = default;
Copies::~Copies() = default;
Copies::Copies(Copies&&) noexcept = default;
Copies& Copies::operator=(Copies&&) noexcept = default;

void Copies::put(const std::string& id, const Sketch& sketch) {
  put_[id] = sketch;
  touched_.insert(id);
}

void Copies::erase(const std::string& id) {
  put_.erase(id);
  touched_.insert(id);
}

void Copies::restore(const std::string& id) {
  put_.erase(id);
  touched_.erase(id);
}

Copies::Sketches Copies::living() const {
  Sketches all = put_;
  if (delta_) {
    delta_->each([&](const std::string& id, const Sketch& sketch) {
      if (!touched_.contains(id)) all.emplace(id, sketch);
    });
  }
  if (generation_) {
    generation_->each([&](const std::string& id, const Sketch& sketch) {
      if (!touched_.contains(id) && !(delta_ && delta_->gone().contains(id))) {
        all.emplace(id, sketch);
      }
    });
  }
  return all;
}

std::map<std::string, std::string> Copies::find() const { return find_among(living(), elsewhere_); }

std::map<std::string, std::string> Copies::find(std::map<std::string, std::string> as_read) const {
  if (!elsewhere_.empty() || elsewhere_changed_) return find();
  // Whoever shares a key with a document of this session, as it was or as it is, and whoever shares
  // one with them, and so on: no paper has copies both among these and among the others.
  std::vector<std::uint64_t> keys;
  std::set<std::uint64_t> known_keys;
  const auto follow = [&](const Sketch& sketch) {
    for (const std::uint64_t key : keys_of(sketch)) {
      if (known_keys.insert(key).second) keys.push_back(key);
    }
  };
  for (const std::string& id : touched_) {
    std::optional<Sketch> before;
    if (delta_) before = delta_->find(id);
    if (!before && generation_) before = generation_->find(id);
    if (before) follow(*before);
  }
  Sketches related = put_;
  for (const auto& [id, sketch] : put_) follow(sketch);
  while (!keys.empty()) {
    const std::uint64_t key = keys.back();
    keys.pop_back();
    const auto take = [&](const std::string& id, const Sketch& sketch) {
      if (!touched_.contains(id) && related.emplace(id, sketch).second) follow(sketch);
    };
    if (delta_) delta_->with_key(key, take);
    if (generation_) {
      generation_->with_key(key, [&](const std::string& id, const Sketch& sketch) {
        if (!(delta_ && delta_->gone().contains(id))) take(id, sketch);
      });
    }
  }
  std::erase_if(as_read, [&](const auto& copy) {
    return touched_.contains(copy.first) || related.contains(copy.first);
  });
  as_read.merge(find_among(related, {}));
  return as_read;
}

void Copies::forget_elsewhere() {
  elsewhere_changed_ = elsewhere_changed_ || !elsewhere_.empty();
  elsewhere_.clear();
}

void Copies::add_elsewhere(const std::filesystem::path& generation,
                           const std::filesystem::path& delta) {
  Copies other;
  other.read(generation, delta);
  const Sketches theirs = other.living();
  const std::map<std::string, std::string> left = find_among(theirs, other.elsewhere_);
  for (const auto& [id, sketch] : theirs) {
    const auto listed = left.find(id);
    if (listed != left.end() && other.elsewhere_.contains(listed->second)) continue;
    elsewhere_[id] = sketch;
  }
  elsewhere_changed_ = true;
}

void Copies::read(const std::filesystem::path& generation, const std::filesystem::path& delta) {
  *this = Copies();
  const std::filesystem::path& newest = delta.empty() ? generation : delta;
  elsewhere_ = read_sketches(newest / kSketchesElsewhere);
  if (!delta.empty()) delta_ = std::make_unique<SketchFile>(delta / kSketches);
  generation_ = std::make_unique<SketchFile>(generation / kSketches);
  as_read_ = schema::read_copies(newest);
}

void Copies::write(const std::filesystem::path& target, const Sketches& sketches,
                   const std::set<std::string>& gone,
                   const std::map<std::string, std::string>& copies) const {
  SketchFile::write(target / kSketches, sketches, gone);
  if (!elsewhere_.empty()) write_sketches(target / kSketchesElsewhere, elsewhere_);
  schema::write_copies(target, copies);
}

void Copies::write_generation(const std::filesystem::path& target) const {
  const Sketches all = living();
  write(target, all, {}, find_among(all, elsewhere_));
}

void Copies::write_delta(const std::filesystem::path& target) const {
  Sketches sketches = put_;
  std::set<std::string> gone;
  if (delta_) {
    delta_->each([&](const std::string& id, const Sketch& sketch) {
      if (!touched_.contains(id)) sketches.emplace(id, sketch);
    });
    gone = delta_->gone();
  }
  gone.insert(touched_.begin(), touched_.end());
  write(target, sketches, gone, find(as_read_));
}

}  // namespace fundstelle::writer
