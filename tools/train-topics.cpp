// SPDX-License-Identifier: GPL-3.0-or-later
//
// train-topics: learns the topic classifier from documents whose areas are known.
//
//   train-topics --train TRAIN.jsonl.zst [--output indexer/topics/model.bin]
//   train-topics --test TEST.jsonl.zst       measures the shipped model
//
// One linear support vector machine an area (liblinear, dual, L2 loss) over hashed words and letter
// runs, weighed by frequency and rarity, at length one. Every record is learnt twice: whole, and
// without the lines that report its way through parliament, which no other body prints. Thresholds
// and probabilities come from cross-validation within the training part; the test part is only
// measured. The same input gives the same bytes.
#include <linear.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "identity/identity.h"
#include "import/records.h"
#include "topics/features.h"
#include "topics/model.h"

namespace {

using namespace fundstelle;

constexpr double kCost = 0.2;  ///< C; 0.1 and 0.3 lose 0.004
constexpr std::size_t kFolds = 4;
constexpr std::size_t kFewest = 10;    ///< records a feature must occur in
constexpr double kCommonest = 0.3;     ///< share of records above which it says nothing
constexpr double kMinPrecision = 0.5;  ///< no threshold below which labels are mostly wrong

struct Sample {
  std::map<std::uint32_t, std::uint32_t> counts;  ///< by hash
  std::vector<bool> in_area;
};

using Nodes = std::vector<feature_node>;

/// Lines such as "1. Beratung, 16.10.2008 - BT-Plenarprotokoll 16/183": steps, not subjects.
std::string without_steps(const std::string& text) {
  std::string kept;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = std::string_view(text).substr(at, end - at);
    if (line.find(" - BT-") == std::string_view::npos &&
        line.find(" - BR-") == std::string_view::npos && !line.starts_with("Verkündung:")) {
      kept.append(line).push_back('\n');
    }
    at = end + 1;
  }
  return kept;
}

std::vector<Document> load(const std::string& file) {
  std::vector<Document> documents;
  std::string error;
  const bool whole = read_records(
      file,
      [&](RecordLine&& line) {
        if (!line.error.empty()) throw std::runtime_error(file + ": " + line.error);
        documents.push_back(std::move(line.document));
      },
      error);
  if (!whole) throw std::runtime_error(file + ": " + error);
  return documents;
}

std::vector<bool> areas_of(const Document& document) {
  const auto areas = identities(Axis::kTopic);
  std::vector<bool> in(areas.size(), false);
  for (const std::string& topic : document.topics) {
    const std::string slug = resolve_slug(Axis::kTopic, topic);
    for (std::size_t i = 0; i < areas.size(); ++i) {
      if (areas[i].slug == slug) in[i] = true;
    }
  }
  return in;
}

Sample sample_of(const Document& document) {
  Sample sample;
  for (const std::uint32_t hash : topic_features(document)) ++sample.counts[hash];
  sample.in_area = areas_of(document);
  return sample;
}

/// A linear classifier: weight of each feature, bias last.
std::vector<double> learn(const std::vector<Nodes>& samples, const std::vector<bool>& positive,
                          const std::vector<bool>& used, int features) {
  std::vector<double> labels;
  std::vector<feature_node*> rows;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (!used[i]) continue;
    labels.push_back(positive[i] ? 1 : -1);
    rows.push_back(const_cast<feature_node*>(samples[i].data()));  // liblinear only reads them
  }
  problem data{};
  data.l = static_cast<int>(rows.size());
  data.n = features + 1;
  data.y = labels.data();
  data.x = rows.data();
  data.bias = 1;
  parameter how{};
  how.solver_type = L2R_L2LOSS_SVC_DUAL;
  how.C = kCost;
  how.eps = 0.1;
  how.p = 0.1;
  srand(1);  // liblinear shuffles with rand()
  model* const learnt = train(&data, &how);
  const double sign = learnt->label[0] == 1 ? 1 : -1;
  std::vector<double> weights(learnt->w, learnt->w + features + 1);
  for (double& weight : weights) weight *= sign;
  model* freed = learnt;
  free_and_destroy_model(&freed);
  return weights;
}

double margin_of(const std::vector<double>& weights, const Nodes& sample) {
  double margin = 0;
  for (const feature_node& node : sample) {
    if (node.index > 0) margin += weights[static_cast<std::size_t>(node.index - 1)] * node.value;
  }
  return margin;
}

/// Slope and offset of the probability of a margin: logistic regression on one number with the
/// softened targets of Platt (1999), by Newton's steps, halved until they improve, as in Lin, Lin
/// and Weng (2007).
std::pair<double, double> calibrate(const std::vector<double>& margins,
                                    const std::vector<bool>& positive) {
  double yes = 0;
  for (const bool p : positive) yes += p ? 1 : 0;
  const double no = static_cast<double>(positive.size()) - yes;
  const double high = (yes + 1) / (yes + 2);
  const double low = 1 / (no + 2);
  const auto loss = [&](double slope, double offset) {
    double sum = 0;
    for (std::size_t i = 0; i < margins.size(); ++i) {
      const double z = slope * margins[i] + offset;
      const double softplus = z > 0 ? z + std::log1p(std::exp(-z)) : std::log1p(std::exp(z));
      sum += softplus - (positive[i] ? high : low) * z;
    }
    return sum;
  };
  double slope = 0;
  double offset = std::log((yes + 1) / (no + 1));
  double now = loss(slope, offset);
  for (int step = 0; step < 100; ++step) {
    double g1 = 0, g0 = 0, h11 = 1e-9, h10 = 0, h00 = 1e-9;
    for (std::size_t i = 0; i < margins.size(); ++i) {
      const double p = 1 / (1 + std::exp(-(slope * margins[i] + offset)));
      const double gap = p - (positive[i] ? high : low);
      const double bend = p * (1 - p);
      g1 += gap * margins[i];
      g0 += gap;
      h11 += bend * margins[i] * margins[i];
      h10 += bend * margins[i];
      h00 += bend;
    }
    const double det = h11 * h00 - h10 * h10;
    const double d1 = (h00 * g1 - h10 * g0) / det;
    const double d0 = (h11 * g0 - h10 * g1) / det;
    double pace = 1;
    while (pace > 1e-10 && loss(slope - pace * d1, offset - pace * d0) >= now) pace /= 2;
    const double then = loss(slope - pace * d1, offset - pace * d0);
    if (then >= now - 1e-7) break;
    slope -= pace * d1;
    offset -= pace * d0;
    now = then;
  }
  return {slope, offset};
}

/// Margin from which giving the label has the best F1, but is right at least kMinPrecision often.
double best_threshold(const std::vector<double>& margins, const std::vector<bool>& positive) {
  std::vector<std::size_t> order(margins.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return margins[a] != margins[b] ? margins[a] > margins[b] : a < b;
  });
  double all = 0;
  for (const bool p : positive) all += p ? 1 : 0;
  double right = 0, best = 0, threshold = margins[order.front()];
  for (std::size_t given = 1; given <= order.size(); ++given) {
    right += positive[order[given - 1]] ? 1 : 0;
    const double f1 = 2 * right / (static_cast<double>(given) + all);
    if (f1 <= best || right < kMinPrecision * static_cast<double>(given)) continue;
    best = f1;
    threshold = given < order.size() ? (margins[order[given - 1]] + margins[order[given]]) / 2
                                     : margins[order[given - 1]];
  }
  return threshold;
}

/// What is learnt for one area; `weights` beside the features.
struct LearntArea {
  float slope = 0, offset = 0, threshold = 0, scale = 0, bias = 0;
  std::vector<std::int8_t> weights;
};

LearntArea learn_area(const std::vector<Nodes>& rows, const std::vector<bool>& positive,
                      int features) {
  // Both forms of a record are in the same fold.
  std::vector<double> margins(rows.size());
  for (std::size_t fold = 0; fold < kFolds; ++fold) {
    std::vector<bool> used;
    for (std::size_t i = 0; i < rows.size(); ++i) used.push_back(i / 2 % kFolds != fold);
    const std::vector<double> learnt = learn(rows, positive, used, features);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (!used[i]) margins[i] = margin_of(learnt, rows[i]);
    }
  }
  LearntArea area;
  const auto [slope, offset] = calibrate(margins, positive);
  area.slope = static_cast<float>(slope);
  area.offset = static_cast<float>(offset);
  area.threshold =
      static_cast<float>(1 / (1 + std::exp(-(slope * best_threshold(margins, positive) + offset))));

  const std::vector<double> learnt =
      learn(rows, positive, std::vector<bool>(rows.size(), true), features);
  double largest = 1e-12;
  for (int i = 0; i < features; ++i) {
    largest = std::max(largest, std::abs(learnt[static_cast<std::size_t>(i)]));
  }
  area.scale = static_cast<float>(largest / 127);
  area.bias = static_cast<float>(learnt.back());
  for (int i = 0; i < features; ++i) {
    area.weights.push_back(
        static_cast<std::int8_t>(std::lround(learnt[static_cast<std::size_t>(i)] / largest * 127)));
  }
  return area;
}

struct Child {
  std::size_t area = 0;
  pid_t pid = -1;
  int from = -1;
};

template <typename Work>
Child start_child(std::size_t area, Work work) {
  int ends[2];
  if (pipe(ends) != 0) throw std::runtime_error("no pipe");
  const pid_t pid = fork();
  if (pid < 0) throw std::runtime_error("no process");
  if (pid > 0) {
    close(ends[1]);
    return {area, pid, ends[0]};
  }
  close(ends[0]);
  const LearntArea learnt = work();
  FILE* const out = fdopen(ends[1], "wb");
  fwrite(&learnt, offsetof(LearntArea, weights), 1, out);
  fwrite(learnt.weights.data(), 1, learnt.weights.size(), out);
  fclose(out);
  _exit(0);
}

LearntArea result_of(const Child& child) {
  LearntArea learnt;
  FILE* const in = fdopen(child.from, "rb");
  bool good = fread(&learnt, offsetof(LearntArea, weights), 1, in) == 1;
  for (int c; (c = fgetc(in)) != EOF;) learnt.weights.push_back(static_cast<std::int8_t>(c));
  fclose(in);
  int status = 0;
  waitpid(child.pid, &status, 0);
  good = good && WIFEXITED(status) && WEXITSTATUS(status) == 0;
  if (!good) throw std::runtime_error("learning an area failed; is there memory enough?");
  return learnt;
}

void train_model(const std::string& file, const std::string& output, unsigned jobs) {
  std::vector<Sample> samples;
  for (Document& document : load(file)) {
    samples.push_back(sample_of(document));
    for (Page& page : document.pages) page.text = without_steps(page.text);
    samples.push_back(sample_of(document));
  }
  std::map<std::uint32_t, std::size_t> spread;
  for (const Sample& sample : samples) {
    for (const auto& [hash, count] : sample.counts) ++spread[hash];
  }
  std::vector<std::uint32_t> hashes;  // a map is in order
  std::vector<std::uint8_t> rarity;
  std::unordered_map<std::uint32_t, int> index;
  for (const auto& [hash, n] : spread) {
    if (n < kFewest || static_cast<double>(n) > kCommonest * static_cast<double>(samples.size())) {
      continue;
    }
    const double idf = std::log(static_cast<double>(samples.size()) / static_cast<double>(n));
    rarity.push_back(static_cast<std::uint8_t>(
        std::clamp(std::lround(idf / TopicModel::kRarityStep), 1L, 255L)));
    hashes.push_back(hash);
    index[hash] = static_cast<int>(hashes.size());  // liblinear counts from 1
  }
  const int features = static_cast<int>(hashes.size());
  std::vector<Nodes> rows;
  for (const Sample& sample : samples) {
    Nodes nodes;
    double squares = 0;
    for (const auto& [hash, count] : sample.counts) {
      const auto found = index.find(hash);
      if (found == index.end()) continue;
      const double value = topic_frequency(count) *
                           static_cast<float>(rarity[static_cast<std::size_t>(found->second - 1)]) *
                           TopicModel::kRarityStep;
      nodes.push_back({found->second, value});
      squares += value * value;
    }
    for (feature_node& node : nodes) node.value /= std::sqrt(std::max(squares, 1e-12));
    nodes.push_back({features + 1, 1});
    nodes.push_back({-1, 0});
    rows.push_back(std::move(nodes));
  }
  std::cerr << samples.size() << " samples, " << features << " features\n";

  set_print_string_function([](const char*) {});
  const std::size_t count = identities(Axis::kTopic).size();
  std::vector<TopicArea> areas(count);
  std::vector<std::int8_t> weights(static_cast<std::size_t>(features) * count);
  // liblinear draws from rand(), which threads would share: a process for each area.
  std::vector<Child> running;
  for (std::size_t next = 0; next < count || !running.empty();) {
    if (next < count && running.size() < jobs) {
      std::vector<bool> positive;
      for (const Sample& sample : samples) positive.push_back(sample.in_area[next]);
      running.push_back(start_child(next, [&] { return learn_area(rows, positive, features); }));
      ++next;
      continue;
    }
    const LearntArea learnt = result_of(running.front());
    const std::size_t k = running.front().area;
    running.erase(running.begin());
    areas[k] = {std::string(identities(Axis::kTopic)[k].slug),
                learnt.slope,
                learnt.offset,
                learnt.threshold,
                learnt.scale,
                learnt.bias};
    for (std::size_t i = 0; i < hashes.size(); ++i) weights[i * count + k] = learnt.weights[i];
    std::cerr << areas[k].slug << ": threshold " << areas[k].threshold << '\n';
  }
  std::ofstream out(output, std::ios::binary | std::ios::trunc);
  const std::string bytes = pack_topic_model(areas, hashes, rarity, weights);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) throw std::runtime_error(output + ": cannot be written");
  std::cerr << output << ": " << bytes.size() << " bytes\n";
}

struct Counts {
  double right = 0, given = 0, wanted = 0;
  [[nodiscard]] double precision() const { return given == 0 ? 0 : right / given; }
  [[nodiscard]] double recall() const { return wanted == 0 ? 0 : right / wanted; }
  [[nodiscard]] double f1() const { return 2 * right / std::max(1.0, given + wanted); }
};

void measure(const std::string& file, bool steps) {
  const TopicModel& model = TopicModel::shipped();
  std::vector<Counts> counts(model.areas().size());
  struct Bin {
    double sum = 0, right = 0, n = 0;
  };
  std::vector<Bin> bins(10);
  Counts all;
  double none = 0, seconds = 0, error = 0, n = 0;
  for (Document& document : load(file)) {
    if (!steps) {
      for (Page& page : document.pages) page.text = without_steps(page.text);
    }
    const std::vector<bool> truth = areas_of(document);
    const auto start = std::chrono::steady_clock::now();
    const std::vector<double> found = model.probabilities(topic_features(document));
    seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    ++n;
    bool any = false;
    for (std::size_t k = 0; k < counts.size(); ++k) {
      const double p = found.empty() ? 0 : found[k];
      const bool given = p >= model.areas()[k].threshold;
      any |= given;
      counts[k].given += given;
      counts[k].wanted += truth[k];
      counts[k].right += given && truth[k];
      Bin& bin = bins[std::min<std::size_t>(9, static_cast<std::size_t>(p * 10))];
      bin.sum += p;
      bin.right += truth[k];
      ++bin.n;
    }
    none += any ? 0 : 1;
  }
  std::printf("%-22s %6s %6s %6s %6s\n", "area", "wanted", "prec", "recall", "F1");
  double macro = 0;
  for (std::size_t k = 0; k < counts.size(); ++k) {
    const Counts& c = counts[k];
    std::printf("%-22s %6.0f %6.3f %6.3f %6.3f\n", model.areas()[k].slug.c_str(), c.wanted,
                c.precision(), c.recall(), c.f1());
    all.right += c.right;
    all.given += c.given;
    all.wanted += c.wanted;
    macro += c.f1() / static_cast<double>(counts.size());
  }
  std::printf("micro: precision %.4f recall %.4f F1 %.4f; macro F1 %.4f\n", all.precision(),
              all.recall(), all.f1(), macro);
  std::printf("%.0f documents, %.1f %% without a label, %.3f ms each\n", n, 100 * none / n,
              1000 * seconds / n);
  std::printf("said / true, by tenths of probability:");
  for (const Bin& bin : bins) {
    if (bin.n == 0) continue;
    std::printf(" %.2f/%.2f", bin.sum / bin.n, bin.right / bin.n);
    error += std::abs(bin.sum - bin.right);
  }
  std::printf("\nexpected calibration error %.4f\n",
              error / (n * static_cast<double>(counts.size())));
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Learns the topic classifier from records with known areas, or measures it."};
  app.name("train-topics");
  std::string training, test, output = "indexer/topics/model.bin";
  bool without = false;
  unsigned jobs = 2;
  CLI::Option* const train_option =
      app.add_option("--train", training, "Records to learn from")->type_name("FILE.jsonl.zst");
  app.add_option("--output", output, "Where the model goes")->capture_default_str();
  CLI::Option* const test_option =
      app.add_option("--test", test, "Records to measure with")->type_name("FILE.jsonl.zst");
  app.add_flag("--without-steps", without, "Measure on titles and abstracts only");
  app.add_option("--jobs", jobs, "Areas learnt at a time; the result is the same")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  train_option->excludes(test_option);
  CLI11_PARSE(app, argc, argv);
  try {
    if (*train_option) {
      train_model(training, output, jobs);
    } else if (*test_option) {
      measure(test, !without);
    } else {
      std::cerr << app.help();
      return 2;
    }
  } catch (const std::exception& error) {
    std::cerr << "train-topics: " << error.what() << '\n';
    return 2;
  }
  return 0;
}
