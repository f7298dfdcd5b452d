// SPDX-License-Identifier: GPL-3.0-or-later
//
// The trained topic classifier: one linear classifier an area over hashed features, weights in one
// byte each. Made by tools/train-topics, compiled into the program from model.bin.
//
// model.bin, little-endian:
//   "FTM1"  u32 areas  u32 features
//   areas times:    u8 length, slug; f32 slope, f32 offset (margin to probability), f32 threshold,
//                   f32 scale of its weights, f32 bias
//   features times: u32 hash, ascending
//   features times: u8 rarity, in steps of kRarityStep
//   features times: i8 weight an area
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fundstelle {

/// Classifier of one area.
struct TopicArea {
  std::string slug;
  float slope = 1, offset = 0;  ///< probability = 1 / (1 + exp(-(slope * margin + offset)))
  float threshold = 0.5F;       ///< probability from which the label is given
  float scale = 0;              ///< weight of one step
  float bias = 0;
};

/// A label the classifier gives and how sure it is.
struct TopicScore {
  std::size_t area = 0;  ///< index into areas()
  double probability = 0;
};

class TopicModel {
 public:
  static constexpr float kRarityStep = 1.0F / 16;

  /// Throws std::runtime_error if the bytes are no model.
  explicit TopicModel(std::string_view bytes);

  /// The model this program was built with.
  [[nodiscard]] static const TopicModel& shipped();

  [[nodiscard]] std::span<const TopicArea> areas() const { return areas_; }

  /// Probability of every area, in the order of areas(). Thread-safe. `features` as made by
  /// topic_features(). Empty if the model knows none of them.
  [[nodiscard]] std::vector<double> probabilities(std::span<const std::uint32_t> features) const;

 private:
  std::vector<TopicArea> areas_;
  std::vector<std::uint32_t> hashes_;
  std::vector<std::uint32_t> first_;  ///< of hashes_ by their upper 16 bits
  std::vector<float> rarity_;
  std::vector<std::int8_t> weights_;  ///< a row of areas for each feature
};

/// Bytes of a model; the reverse of the constructor above. `rarity` and `weights` beside `hashes`.
[[nodiscard]] std::string pack_topic_model(std::span<const TopicArea> areas,
                                           std::span<const std::uint32_t> hashes,
                                           std::span<const std::uint8_t> rarity,
                                           std::span<const std::int8_t> weights);

}  // namespace fundstelle
