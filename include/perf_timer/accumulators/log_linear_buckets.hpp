//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <algorithm>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace perf_timer::inline v0_1::accumulators {

/// Maps numbers to the buckets of `LogLinearHistogram`. Every octave (from a power of two to the
/// next) has 128 buckets of equal width. The idea comes from HdrHistogram
/// (https://hdrhistogram.org) and, with a proof of the error, from DDSketch (Masson, Rim, Lee, VLDB
/// 2019). An error relative to the value needs buckets that grow with the value. If they grow by
/// powers of two, finding one is a shift and no logarithm.
///
/// The relative error is at most 1/256, or 0.4 %: a bucket's middle is at most half a width from
/// what is in the bucket, and a width is at most 1/128 of the least value in it.
///
/// `index` is monotone. Buckets are counted from 0, and stored in pages of `page_size`, one page an
/// octave. Values below zero belong to bucket 0.
template <class Value>
struct LogLinearBuckets;

/// Whole numbers: every number below 256 has a bucket of its own.
template <std::integral Value>
struct LogLinearBuckets<Value> {
  /// Bits of a bucket's place in its octave.
  static constexpr int page_bits = 7;
  /// Buckets of a page, which is one octave.
  static constexpr std::size_t page_size = std::size_t{1} << page_bits;
  /// Pages that hold every value of the type.
  static constexpr std::size_t page_count =
      static_cast<std::size_t>(std::max(1, std::numeric_limits<Value>::digits - page_bits + 1));

  /// Returns the bucket of `value`, counted from 0.
  static constexpr std::size_t index(Value value) noexcept {
    const auto bits = static_cast<std::uint64_t>(std::max(value, Value{}));
    if (bits < page_size) return static_cast<std::size_t>(bits);
    if (bits >> std::numeric_limits<double>::digits != 0) [[unlikely]]
      return index_by_shifting(bits);
    return index_of_exact(value);
  }

  /// Returns whether `index_of_exact` takes every value from zero to this one.
  static constexpr bool is_exact(Value greatest) noexcept {
    return static_cast<std::uint64_t>(greatest) >> std::numeric_limits<double>::digits == 0;
  }

  /// The same as `index`, for values that a `double` holds exactly: its exponent is the octave, and
  /// the first bits of its fraction are the bucket. That costs half of what counting zeros costs.
  static constexpr std::size_t index_of_exact(Value value) noexcept {
    const auto whole = static_cast<std::int64_t>(value);
    if (whole < static_cast<std::int64_t>(page_size)) return static_cast<std::size_t>(whole);
    const auto number = static_cast<double>(whole);
    return static_cast<std::size_t>((std::bit_cast<std::uint64_t>(number) >> dropped_bits) -
                                    first_key) +
           page_size;
  }

  /// Returns the page of `value`: `index(value) / page_size`.
  static constexpr std::size_t page(Value value) noexcept { return index(value) / page_size; }

  /// Returns the least value of a bucket.
  static constexpr Value first(std::size_t index) noexcept {
    if (index < page_size) return static_cast<Value>(index);
    return static_cast<Value>(static_cast<std::uint64_t>(index % page_size + page_size)
                              << shift_of(index));
  }

  /// Returns the greatest value of a bucket.
  static constexpr Value last(std::size_t index) noexcept {
    return static_cast<Value>(first(index) + static_cast<Value>(width(index) - 1));
  }

  /// Returns the value in the middle of a bucket, which stands for all of them.
  static constexpr Value middle(std::size_t index) noexcept {
    return static_cast<Value>(first(index) + static_cast<Value>((width(index) - 1) / 2));
  }

 private:
  static_assert(std::numeric_limits<double>::is_iec559);
  static constexpr int dropped_bits = std::numeric_limits<double>::digits - 1 - page_bits;
  static constexpr std::uint64_t first_key =
      std::bit_cast<std::uint64_t>(static_cast<double>(page_size)) >> dropped_bits;

  static constexpr std::size_t index_by_shifting(std::uint64_t bits) noexcept {
    // `bit_width` returns an `int` since LWG 3656, and before that a type as wide as the number.
    const int shift = static_cast<int>(std::bit_width(bits)) - page_bits - 1;
    // The leading one stays in, and so moves each octave one page up.
    return (static_cast<std::size_t>(shift) << page_bits) + static_cast<std::size_t>(bits >> shift);
  }

  static constexpr std::size_t shift_of(std::size_t index) noexcept {
    return std::max<std::size_t>(1, index / page_size) - 1;
  }
  static constexpr std::uint64_t width(std::size_t index) noexcept {
    return std::uint64_t{1} << shift_of(index);
  }
};

/// Floating-point numbers from 2^-128 (3e-39) to 2^128 (3e38), the range of a `float`. There is no
/// unit to choose: the bucket is the exponent and the first seven bits of the fraction of an IEEE
/// 754 `double`. Smaller numbers count as 0; greater ones belong to the last bucket.
template <std::floating_point Value>
struct LogLinearBuckets<Value> {
  static_assert(std::numeric_limits<double>::is_iec559);

  /// Bits of a bucket's place in its octave.
  static constexpr int page_bits = 7;
  /// Buckets of a page, which is one octave.
  static constexpr std::size_t page_size = std::size_t{1} << page_bits;

  /// Pages that hold every value. One is for 0, so that each octave has its own.
  static constexpr std::size_t page_count = 257;

  /// Returns the bucket of `value`, counted from 0. A NaN belongs to bucket 0.
  static constexpr std::size_t index(Value value) noexcept {
    const auto number = static_cast<double>(value);
    if (!(number >= least)) return 0;
    const std::uint64_t key = (std::bit_cast<std::uint64_t>(number) >> dropped_bits) - least_key;
    return page_size + static_cast<std::size_t>(std::min(key, greatest_key));
  }

  /// Returns the page of `value`: `index(value) / page_size`.
  static constexpr std::size_t page(Value value) noexcept { return index(value) / page_size; }

  /// Returns the lower bound of a bucket, which belongs to it.
  static constexpr Value first(std::size_t index) noexcept {
    return static_cast<Value>(bound(index));
  }

  /// Returns the upper bound of a bucket, which belongs to the next one. That of the last bucket is
  /// infinity.
  static constexpr Value last(std::size_t index) noexcept {
    if (index == page_size + greatest_key) return std::numeric_limits<Value>::infinity();
    return static_cast<Value>(index < page_size ? least : bound(index + 1));
  }

  /// Returns the value in the middle of a bucket, which stands for all of them. Of bucket 0 it is
  /// 0.
  static constexpr Value middle(std::size_t index) noexcept {
    if (index < page_size) return 0;
    const double low = bound(index);
    return static_cast<Value>(low + (bound(index + 1) - low) / 2);
  }

 private:
  static constexpr int dropped_bits = 52 - page_bits;
  static constexpr double least = 0x1p-128;
  static constexpr std::uint64_t least_key = std::bit_cast<std::uint64_t>(least) >> dropped_bits;
  static constexpr std::uint64_t greatest_key = (page_count - 1) * page_size - 1;

  static constexpr double bound(std::size_t index) noexcept {
    if (index < page_size) return 0;
    return std::bit_cast<double>((index - page_size + least_key) << dropped_bits);
  }
};

}  // namespace perf_timer::inline v0_1::accumulators
