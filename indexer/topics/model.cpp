// SPDX-License-Identifier: GPL-3.0-or-later
#include "topics/model.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <stdexcept>

#include "topics/features.h"

// The model becomes part of the program: no path to find at run time, none to lose.
// FUNDSTELLE_TOPIC_MODEL is set by this room's CMakeLists.txt.
asm(".pushsection .rodata\n"
    ".balign 16\n"
    ".global fundstelle_topic_model\n"
    "fundstelle_topic_model:\n"
    ".incbin \"" FUNDSTELLE_TOPIC_MODEL
    "\"\n"
    ".global fundstelle_topic_model_end\n"
    "fundstelle_topic_model_end:\n"
    ".byte 0\n"
    ".popsection\n");
extern "C" {
extern const char fundstelle_topic_model[];
extern const char fundstelle_topic_model_end[];
}

namespace fundstelle {
namespace {

static_assert(std::endian::native == std::endian::little, "model.bin is read as it lies");

constexpr std::string_view kMagic = "FTM1";
constexpr std::size_t kMaxAreas = 256;
constexpr std::size_t kMaxFeatures = 1'000'000;

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  std::string_view take(std::size_t size) {
    if (size > rest_.size()) throw std::runtime_error("topic model: too short");
    const std::string_view part = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return part;
  }
  template <typename T>
  T value() {
    T result;
    std::memcpy(&result, take(sizeof result).data(), sizeof result);
    return result;
  }
  template <typename T>
  std::vector<T> values(std::size_t count) {
    std::vector<T> result(count);
    if (count > 0) std::memcpy(result.data(), take(count * sizeof(T)).data(), count * sizeof(T));
    return result;
  }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

template <typename T>
void put(std::string& out, const T& value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

}  // namespace

TopicModel::TopicModel(std::string_view bytes) {
  ByteReader in(bytes);
  if (in.take(kMagic.size()) != kMagic) throw std::runtime_error("topic model: not a model");
  const auto areas = in.value<std::uint32_t>();
  const auto features = in.value<std::uint32_t>();
  if (areas > kMaxAreas || features > kMaxFeatures) {
    throw std::runtime_error("topic model: damaged head");
  }
  for (std::uint32_t i = 0; i < areas; ++i) {
    TopicArea area;
    area.slug = in.take(in.value<std::uint8_t>());
    area.slope = in.value<float>();
    area.offset = in.value<float>();
    area.threshold = in.value<float>();
    area.scale = in.value<float>();
    area.bias = in.value<float>();
    areas_.push_back(std::move(area));
  }
  hashes_ = in.values<std::uint32_t>(features);
  const auto rarity = in.values<std::uint8_t>(features);
  weights_ = in.values<std::int8_t>(static_cast<std::size_t>(features) * areas);
  if (!in.at_end() || !std::is_sorted(hashes_.begin(), hashes_.end())) {
    throw std::runtime_error("topic model: damaged");
  }
  for (const std::uint8_t step : rarity) rarity_.push_back(static_cast<float>(step) * kRarityStep);
  first_.resize((1U << 16) + 1);
  for (std::size_t i = 0, key = 0; key < first_.size(); ++key) {
    while (i < hashes_.size() && (hashes_[i] >> 16) < key) ++i;
    first_[key] = static_cast<std::uint32_t>(i);
  }
}

const TopicModel& TopicModel::shipped() {
  static const TopicModel model(std::string_view(
      fundstelle_topic_model,
      static_cast<std::size_t>(fundstelle_topic_model_end - fundstelle_topic_model)));
  return model;
}

std::vector<double> TopicModel::probabilities(std::span<const std::uint32_t> features) const {
  // Counts by place in the model; kept per thread, as clearing what was touched is cheap and
  // clearing everything is not.
  thread_local std::vector<std::uint32_t> counts;
  if (counts.size() < hashes_.size()) counts.resize(hashes_.size(), 0);
  std::vector<std::uint32_t> met;
  for (const std::uint32_t hash : features) {
    const std::uint32_t key = hash >> 16;
    for (std::uint32_t i = first_[key]; i < first_[key + 1]; ++i) {
      if (hashes_[i] != hash) continue;
      if (counts[i]++ == 0) met.push_back(i);
      break;
    }
  }
  if (met.empty()) return {};
  std::sort(met.begin(), met.end());  // sums do not depend on the order of words

  std::vector<float> margins(areas_.size(), 0.0F);
  float squares = 0;
  for (const std::uint32_t i : met) {
    const float value = topic_frequency(counts[i]) * rarity_[i];
    counts[i] = 0;
    squares += value * value;
    const std::int8_t* row = &weights_[static_cast<std::size_t>(i) * areas_.size()];
    for (std::size_t area = 0; area < margins.size(); ++area) {
      margins[area] += value * static_cast<float>(row[area]);
    }
  }
  const float length = std::sqrt(std::max(squares, 1e-12F));
  std::vector<double> result;
  for (std::size_t k = 0; k < areas_.size(); ++k) {
    const TopicArea& area = areas_[k];
    const double margin = margins[k] / length * area.scale + area.bias;
    result.push_back(1 / (1 + std::exp(-(area.slope * margin + area.offset))));
  }
  return result;
}

std::string pack_topic_model(std::span<const TopicArea> areas,
                             std::span<const std::uint32_t> hashes,
                             std::span<const std::uint8_t> rarity,
                             std::span<const std::int8_t> weights) {
  std::string out(kMagic);
  put(out, static_cast<std::uint32_t>(areas.size()));
  put(out, static_cast<std::uint32_t>(hashes.size()));
  for (const TopicArea& area : areas) {
    put(out, static_cast<std::uint8_t>(area.slug.size()));
    out += area.slug;
    for (const float value : {area.slope, area.offset, area.threshold, area.scale, area.bias}) {
      put(out, value);
    }
  }
  for (const std::uint32_t hash : hashes) put(out, hash);
  for (const std::uint8_t step : rarity) put(out, step);
  for (const std::int8_t weight : weights) put(out, weight);
  return out;
}

}  // namespace fundstelle
