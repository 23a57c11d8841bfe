//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <boost/accumulators/framework/accumulator_base.hpp>
#include <boost/accumulators/framework/depends_on.hpp>
#include <boost/accumulators/framework/extractor.hpp>
#include <boost/accumulators/framework/parameters/sample.hpp>
#include <boost/mpl/placeholders.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>

/// \file
/// Accumulators for count, total, mean and standard deviation of durations. They add whole
/// nanoseconds in integers too wide to overflow, and divide only when asked. So they are exact, and
/// merging is adding. Boost's `mean` and `variance` can't be merged, and neither they nor Welford's
/// update are exact. Welford's update also costs more: a division for each sample. A batch costs
/// less than its samples one by one, because rare cases are looked for once.

namespace perf_timer::inline v0_1::statistics {

/// Sums of a batch of samples that are all in [0, 2^32) ns, so that no sum overflows. Nearly all
/// batches are like that.
struct SmallSamples {
  std::uint64_t count = 0;  ///< at least 1, less than 2^31
  std::uint64_t sum = 0;
  std::uint64_t squares_low = 0, squares_high = 0;
  std::int64_t min = 0, max = 0;

  /// Returns nothing if the batch is empty, or if a sample is outside of that range.
  [[nodiscard]] static std::optional<SmallSamples> of(
      std::span<const std::chrono::nanoseconds> samples) noexcept;
};

/// Number and sum of samples.
class ExactTotal {
 public:
  void add(std::int64_t sample) noexcept {  // not negative
    const auto value = static_cast<std::uint64_t>(sample);
    ++count_;
    low_ += value;
    high_ += low_ < value ? 1U : 0U;
  }

  void add(const SmallSamples& samples) noexcept {
    add(static_cast<std::int64_t>(samples.sum));
    count_ += samples.count - 1;
  }

  void merge(const ExactTotal& other) noexcept {
    count_ += other.count_;
    low_ += other.low_;
    high_ += other.high_ + (low_ < other.low_ ? 1U : 0U);
  }

  /// `other` must have been added before.
  void subtract(const ExactTotal& other) noexcept {
    count_ -= other.count_;
    high_ -= other.high_ + (low_ < other.low_ ? 1U : 0U);
    low_ -= other.low_;
  }

  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
  /// Returns the sum. Beyond 292 years it returns the greatest duration that there is.
  [[nodiscard]] std::int64_t total() const noexcept;
  /// Rounded to the nearest, and right even if `total` isn't. 0 without samples.
  [[nodiscard]] std::int64_t mean() const noexcept;

 private:
  friend class ExactSquares;

  std::uint64_t count_ = 0;
  std::uint64_t low_ = 0, high_ = 0;  // the sum is high_ * 2^64 + low_
};

/// Sum of the squares of samples.
class ExactSquares {
 public:
  void add(std::int64_t sample) noexcept {  // not negative
    const auto value = static_cast<std::uint64_t>(sample);
    if (value <= half_mask) [[likely]] {  // up to 4.29 s
      add_limbs(value * value, 0, 0);
    } else {
      add_wide(value);
    }
  }

  void add(const SmallSamples& samples) noexcept {
    add_limbs(samples.squares_low, samples.squares_high, 0);
  }

  void merge(const ExactSquares& other) noexcept {
    add_limbs(other.limbs_[0], other.limbs_[1], other.limbs_[2]);
  }

  /// `other` must have been added before.
  void subtract(const ExactSquares& other) noexcept {
    bool borrow = false;
    for (std::size_t i = 0; i < limbs_.size(); ++i) {
      const std::uint64_t before = limbs_[i];
      limbs_[i] = before - other.limbs_[i] - (borrow ? 1U : 0U);
      borrow = borrow ? before <= other.limbs_[i] : before < other.limbs_[i];
    }
  }

  /// Standard deviation of the population, as in the original perf-timer. 0 without samples.
  [[nodiscard]] double stddev(const ExactTotal& total) const noexcept;

 private:
  static constexpr std::uint64_t half_mask = 0xffff'ffff;

  void add_limbs(std::uint64_t low, std::uint64_t middle, std::uint64_t high) noexcept {
    limbs_[0] += low;
    const std::uint64_t carry = limbs_[0] < low ? 1U : 0U;
    limbs_[1] += carry;
    high += limbs_[1] < carry ? 1U : 0U;
    limbs_[1] += middle;
    high += limbs_[1] < middle ? 1U : 0U;
    limbs_[2] += high;
  }

  void add_wide(std::uint64_t value) noexcept;

  std::array<std::uint64_t, 3> limbs_{};  // least significant limb first
};

namespace impl {

template <class Sample>
class exact_total_impl : public boost::accumulators::accumulator_base, public ExactTotal {
 public:
  using result_type = ExactTotal;

  template <class Args>
  explicit exact_total_impl(const Args&) {}

  template <class Args>
  void operator()(const Args& args) noexcept {
    add(args[boost::accumulators::sample]);
  }

  result_type result(boost::accumulators::dont_care) const noexcept { return *this; }
};

template <class Sample>
class exact_stddev_impl : public boost::accumulators::accumulator_base, public ExactSquares {
 public:
  using result_type = double;

  template <class Args>
  explicit exact_stddev_impl(const Args&) {}

  template <class Args>
  void operator()(const Args& args) noexcept {
    add(args[boost::accumulators::sample]);
  }

  template <class Args>
  result_type result(const Args& args) const noexcept;
};

}  // namespace impl

namespace tag {

struct exact_total : boost::accumulators::depends_on<> {
  using impl = statistics::impl::exact_total_impl<boost::mpl::_1>;
};

struct exact_stddev : boost::accumulators::depends_on<exact_total> {
  using impl = statistics::impl::exact_stddev_impl<boost::mpl::_1>;
};

}  // namespace tag

inline constexpr boost::accumulators::extractor<tag::exact_total> exact_total{};
inline constexpr boost::accumulators::extractor<tag::exact_stddev> exact_stddev{};

template <class Sample>
template <class Args>
double impl::exact_stddev_impl<Sample>::result(const Args& args) const noexcept {
  return stddev(exact_total(args));
}

}  // namespace perf_timer::inline v0_1::statistics
