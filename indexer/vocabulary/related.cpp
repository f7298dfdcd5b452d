// SPDX-License-Identifier: GPL-3.0-or-later
#include "vocabulary/related.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace fundstelle::vocabulary {
namespace {

constexpr std::size_t kRank = 128;       ///< dimensions kept
constexpr std::size_t kOversample = 16;  ///< more are computed, for accuracy
constexpr int kPowerSteps = 2;
constexpr double kContextSmoothing = 0.75;
/// Singular values count with this power (Levy et al.: 0 or 0.5 beats 1).
constexpr double kSingularPower = 0.5;
constexpr std::size_t kBlock = 64;  ///< rows compared at a time, to stay in the cache

struct Weighted {
  std::uint32_t column = 0;
  float weight = 0;
};
using Sparse = std::vector<std::vector<Weighted>>;

/// Rows of `width` numbers.
struct Dense {
  std::size_t width = 0;
  std::vector<float> values;
  Dense(std::size_t rows, std::size_t wide) : width(wide), values(rows * wide, 0.0F) {}
  [[nodiscard]] std::size_t rows() const { return width == 0 ? 0 : values.size() / width; }
  float* row(std::size_t i) { return values.data() + i * width; }
  [[nodiscard]] const float* row(std::size_t i) const { return values.data() + i * width; }
};
using Square = std::vector<double>;

Sparse pointwise_information(const Company& company) {
  std::vector<double> column_sum(company.columns, 0.0);
  std::vector<double> row_sum(company.rows.size(), 0.0);
  for (std::size_t i = 0; i < company.rows.size(); ++i) {
    for (const Company::Cell& cell : company.rows[i]) {
      column_sum[cell.column] += cell.count;
      row_sum[i] += cell.count;
    }
  }
  double smoothed_total = 0;
  for (double& sum : column_sum) {
    sum = std::pow(sum, kContextSmoothing);
    smoothed_total += sum;
  }
  Sparse out(company.rows.size());
  for (std::size_t i = 0; i < company.rows.size(); ++i) {
    for (const Company::Cell& cell : company.rows[i]) {
      const double expected = row_sum[i] * column_sum[cell.column] / smoothed_total;
      const double information = std::log(static_cast<double>(cell.count) / expected);
      if (information > 0) out[i].push_back({cell.column, static_cast<float>(information)});
    }
  }
  return out;
}

Dense times(const Sparse& matrix, const Dense& right) {
  Dense out(matrix.size(), right.width);
  for (std::size_t i = 0; i < matrix.size(); ++i) {
    float* to = out.row(i);
    for (const Weighted& cell : matrix[i]) {
      const float* from = right.row(cell.column);
      for (std::size_t k = 0; k < right.width; ++k) to[k] += cell.weight * from[k];
    }
  }
  return out;
}

Dense transposed_times(const Sparse& matrix, std::size_t columns, const Dense& right) {
  Dense out(columns, right.width);
  for (std::size_t i = 0; i < matrix.size(); ++i) {
    const float* from = right.row(i);
    for (const Weighted& cell : matrix[i]) {
      float* to = out.row(cell.column);
      for (std::size_t k = 0; k < right.width; ++k) to[k] += cell.weight * from[k];
    }
  }
  return out;
}

Square gram(const Dense& matrix) {
  const std::size_t n = matrix.width;
  // Sums of a block in float (fast), sums of blocks in double (exact enough).
  Square out(n * n, 0.0);
  std::vector<float> part(n * n);
  for (std::size_t begin = 0; begin < matrix.rows(); begin += kBlock) {
    std::fill(part.begin(), part.end(), 0.0F);
    const std::size_t end = std::min(begin + kBlock, matrix.rows());
    for (std::size_t i = begin; i < end; ++i) {
      const float* row = matrix.row(i);
      for (std::size_t a = 0; a < n; ++a) {
        float* to = part.data() + a * n;
        for (std::size_t b = 0; b < n; ++b) to[b] += row[a] * row[b];
      }
    }
    for (std::size_t k = 0; k < out.size(); ++k) out[k] += part[k];
  }
  return out;
}

Dense times_square(const Dense& matrix, const std::vector<float>& square, std::size_t wide) {
  Dense out(matrix.rows(), wide);
  for (std::size_t i = 0; i < matrix.rows(); ++i) {
    const float* from = matrix.row(i);
    float* to = out.row(i);
    for (std::size_t a = 0; a < matrix.width; ++a) {
      const float* column = square.data() + a * wide;
      for (std::size_t b = 0; b < wide; ++b) to[b] += from[a] * column[b];
    }
  }
  return out;
}

/// Columns made orthonormal through the Cholesky factor of their inner products; twice, for the
/// first time loses digits.
void orthonormalize(Dense& matrix) {
  const std::size_t n = matrix.width;
  for (int round = 0; round < 2; ++round) {
    Square g = gram(matrix);
    double trace = 0;
    for (std::size_t i = 0; i < n; ++i) trace += g[i * n + i];
    const double ridge = 1e-10 * trace / static_cast<double>(n) + 1e-30;
    // g = L L^T, L below the diagonal.
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j <= i; ++j) {
        double sum = g[i * n + j] + (i == j ? ridge : 0.0);
        for (std::size_t k = 0; k < j; ++k) sum -= g[i * n + k] * g[j * n + k];
        g[i * n + j] = i == j ? std::sqrt(std::max(sum, ridge)) : sum / g[j * n + j];
      }
    }
    // Each row r becomes x with x L^T = r.
    for (std::size_t r = 0; r < matrix.rows(); ++r) {
      float* row = matrix.row(r);
      for (std::size_t i = 0; i < n; ++i) {
        double sum = row[i];
        for (std::size_t k = 0; k < i; ++k) sum -= g[i * n + k] * row[k];
        row[i] = static_cast<float>(sum / g[i * n + i]);
      }
    }
  }
}

/// Eigenvalues and vectors (columns of `vectors`) of a symmetric matrix: Jacobi's rotations.
void eigen(Square matrix, std::size_t n, std::vector<double>& values, Square& vectors) {
  vectors.assign(n * n, 0.0);
  for (std::size_t i = 0; i < n; ++i) vectors[i * n + i] = 1.0;
  double whole = 0;
  for (const double value : matrix) whole += value * value;
  for (int sweep = 0; sweep < 30; ++sweep) {
    double off = 0;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = i + 1; j < n; ++j) off += matrix[i * n + j] * matrix[i * n + j];
    }
    if (off <= 1e-18 * whole) break;
    for (std::size_t p = 0; p < n; ++p) {
      for (std::size_t q = p + 1; q < n; ++q) {
        const double apq = matrix[p * n + q];
        if (apq == 0.0) continue;
        const double theta = (matrix[q * n + q] - matrix[p * n + p]) / (2.0 * apq);
        const double t =
            (theta >= 0 ? 1.0 : -1.0) / (std::abs(theta) + std::sqrt(theta * theta + 1));
        const double c = 1.0 / std::sqrt(t * t + 1);
        const double s = t * c;
        for (std::size_t k = 0; k < n; ++k) {
          const double kp = matrix[k * n + p];
          const double kq = matrix[k * n + q];
          matrix[k * n + p] = c * kp - s * kq;
          matrix[k * n + q] = s * kp + c * kq;
        }
        for (std::size_t k = 0; k < n; ++k) {
          const double pk = matrix[p * n + k];
          const double qk = matrix[q * n + k];
          matrix[p * n + k] = c * pk - s * qk;
          matrix[q * n + k] = s * pk + c * qk;
          const double vp = vectors[k * n + p];
          const double vq = vectors[k * n + q];
          vectors[k * n + p] = c * vp - s * vq;
          vectors[k * n + q] = s * vp + c * vq;
        }
      }
    }
  }
  values.resize(n);
  for (std::size_t i = 0; i < n; ++i) values[i] = matrix[i * n + i];
}

/// Rows as points of length 1 whose inner product is the similarity.
Dense embed(const Sparse& matrix, std::size_t columns) {
  const std::size_t width = std::min({kRank + kOversample, matrix.size(), columns});
  Dense start(columns, width);
  std::uint64_t state = 0x9E3779B97F4A7C15ULL;  // fixed: the same texts give the same neighbours
  for (float& value : start.values) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    value = static_cast<float>(static_cast<double>(state >> 40) / (1 << 24) - 0.5);
  }
  Dense basis = times(matrix, start);
  orthonormalize(basis);
  for (int step = 0; step < kPowerSteps; ++step) {
    Dense back = transposed_times(matrix, columns, basis);
    orthonormalize(back);
    basis = times(matrix, back);
    orthonormalize(basis);
  }
  std::vector<double> values;
  Square vectors;
  eigen(gram(transposed_times(matrix, columns, basis)), width, values, vectors);
  std::vector<std::size_t> order(width);
  for (std::size_t i = 0; i < width; ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return values[a] != values[b] ? values[a] > values[b] : a < b;
  });
  const std::size_t kept = std::min(kRank, width);
  std::vector<float> turn(width * kept, 0.0F);
  for (std::size_t b = 0; b < kept; ++b) {
    // Eigenvalues are squares of singular values.
    const double scale = std::pow(std::max(values[order[b]], 0.0), kSingularPower / 2);
    for (std::size_t a = 0; a < width; ++a) {
      turn[a * kept + b] = static_cast<float>(vectors[a * width + order[b]] * scale);
    }
  }
  Dense points = times_square(basis, turn, kept);
  for (std::size_t i = 0; i < points.rows(); ++i) {
    float* row = points.row(i);
    double length = 0;
    for (std::size_t k = 0; k < kept; ++k) length += static_cast<double>(row[k]) * row[k];
    const float factor = length > 0 ? static_cast<float>(1.0 / std::sqrt(length)) : 0.0F;
    for (std::size_t k = 0; k < kept; ++k) row[k] *= factor;
  }
  return points;
}

}  // namespace

std::vector<std::vector<Neighbour>> nearest_rows(const Company& company, std::size_t wanted) {
  std::vector<std::vector<Neighbour>> out(company.rows.size());
  if (company.rows.size() < 2 || company.columns < 2 || wanted == 0) return out;
  const Dense points = embed(pointwise_information(company), company.columns);
  const std::size_t count = points.rows();
  const std::size_t width = points.width;
  const auto nearer = [](const Neighbour& a, const Neighbour& b) {
    return a.similarity != b.similarity ? a.similarity > b.similarity : a.row < b.row;
  };
  // Heaps with the farthest on top.
  const auto offer = [&](std::vector<Neighbour>& heap, const Neighbour& one) {
    if (heap.size() < wanted) {
      heap.push_back(one);
      std::push_heap(heap.begin(), heap.end(), nearer);
    } else if (nearer(one, heap.front())) {
      std::pop_heap(heap.begin(), heap.end(), nearer);
      heap.back() = one;
      std::push_heap(heap.begin(), heap.end(), nearer);
    }
  };
  // The points of a block lie crosswise, so that one point is compared with all of them at once.
  std::vector<float> crosswise(width * kBlock);
  std::vector<float> sums(kBlock);
  for (std::size_t begin = 0; begin < count; begin += kBlock) {
    const std::size_t size = std::min(kBlock, count - begin);
    std::fill(crosswise.begin(), crosswise.end(), 0.0F);
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t k = 0; k < width; ++k) crosswise[k * kBlock + i] = points.row(begin + i)[k];
    }
    for (std::size_t j = begin; j < count; ++j) {
      std::fill(sums.begin(), sums.end(), 0.0F);
      const float* row = points.row(j);
      for (std::size_t k = 0; k < width; ++k) {
        const float* column = crosswise.data() + k * kBlock;
        for (std::size_t i = 0; i < kBlock; ++i) sums[i] += row[k] * column[i];
      }
      for (std::size_t i = 0; i < size && begin + i < j; ++i) {
        offer(out[begin + i], {static_cast<std::uint32_t>(j), sums[i]});
        offer(out[j], {static_cast<std::uint32_t>(begin + i), sums[i]});
      }
    }
  }
  for (auto& heap : out) std::sort_heap(heap.begin(), heap.end(), nearer);
  return out;
}

}  // namespace fundstelle::vocabulary
