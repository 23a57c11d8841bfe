//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/accumulators/log_linear_buckets.hpp>
#include <perf_timer/accumulators/nearest_rank.hpp>
#include <perf_timer/detail/accumulators/bucket_counts.hpp>

#include <boost/assert.hpp>

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <ranges>
#include <utility>

namespace perf_timer::inline v0_1::accumulators {

/// Counts numbers, and returns any quantile of them within 0.4 %, from the first number on. The
/// buckets are those of `LogLinearBuckets`.
///
/// A negative number counts as 0; a NaN is left out. The least, the greatest and the count are
/// exact, and no estimate lies outside of the extremes.
///
/// Memory: a page of 256 bytes for each octave that has a number, at most 57 pages for
/// `std::int64_t`, and a table of pointers to them. An octave takes 1 KB more once one of its 128
/// buckets has more than 65 535 numbers. Otherwise adding doesn't allocate if the page exists.
///
/// Thread safety: distinct objects: safe. Shared objects: unsafe, except for const use.
template <class Value>
class LogLinearHistogram {
  using Buckets = LogLinearBuckets<Value>;

 public:
  LogLinearHistogram() = default;  ///< Has no numbers, and allocates nothing.
  /// Copies the numbers of `other`. Throws `std::bad_alloc`.
  LogLinearHistogram(const LogLinearHistogram& other) { merge(other); }
  /// Takes the numbers of `other`, which has none afterwards.
  LogLinearHistogram(LogLinearHistogram&& other) noexcept { swap(other); }
  /// Copies or takes the numbers of `other` in place of its own.
  LogLinearHistogram& operator=(LogLinearHistogram other) noexcept {
    swap(other);
    return *this;
  }
  ~LogLinearHistogram() = default;

  /// Adds `value`, `times` times. If it throws (`std::bad_alloc`), nothing was added.
  void add(Value value, std::uint64_t times = 1) {
    if constexpr (std::floating_point<Value>)
      if (std::isnan(value)) return;
    if (times == 0) return;
    value = std::max(value, Value{});
    buckets_.add(Buckets::index(value), times);
    count_ += times;
    // These branches are nearly never taken. Storing each time would make each sample wait for the
    // one before.
    if (value < min_) [[unlikely]]
      min_ = value;
    if (value > max_) [[unlikely]]
      max_ = value;
  }

  /// Adds each number of a range once, after `projection`. That costs less than one call for each.
  /// `least` and `greatest` are the bounds of the numbers; none may be negative or NaN. If it
  /// throws (`std::bad_alloc`), nothing was added.
  template <std::ranges::forward_range Range, class Projection = std::identity>
  void add_range(const Range& range, Value least, Value greatest, Projection projection = {}) {
    BOOST_ASSERT(Value{} <= least && least <= greatest);
    const auto begin = std::ranges::begin(range), end = std::ranges::end(range);
    auto counted = begin;  // elements before this are counted
    try {
      // Memory is made outside of the counting loop, because a call in it would slow it down.
      while ((counted = count_while_possible(counted, end, greatest, projection)) != end)
        buckets_.make_room(Buckets::index(std::invoke(projection, *counted)));
    } catch (...) {
      for (auto at = begin; at != counted; ++at)
        buckets_.decrement(Buckets::index(std::invoke(projection, *at)));
      throw;
    }
    count_ += static_cast<std::uint64_t>(std::ranges::distance(begin, end));
    min_ = std::min(min_, least);
    max_ = std::max(max_, greatest);
  }

  /// Allocates all that `add(value)` may ever need, so that it can't throw afterwards, however
  /// often it is called: 1.25 KB.
  void reserve(Value value) { buckets_.reserve(Buckets::page(value)); }

  /// The same for each value in [first, last].
  void reserve(Value first, Value last) {
    for (std::size_t n = Buckets::page(first); n <= Buckets::page(last); ++n) buckets_.reserve(n);
  }

  /// Adds all numbers of `other`. If it throws (`std::bad_alloc`), nothing was added.
  void merge(const LogLinearHistogram& other) {
    buckets_.merge(other.buckets_);
    count_ += other.count_;
    min_ = std::min(min_, other.min_);
    max_ = std::max(max_, other.max_);
  }

  /// Removes the numbers of `other`, all of which must have been added to this one. If `other` is
  /// an earlier copy of this histogram, what came since remains. The least and the greatest number
  /// are then within 0.4 %, like any quantile.
  void subtract(const LogLinearHistogram& other) noexcept {
    buckets_.subtract(other.buckets_);
    recount();
  }

  /// Returns how many numbers were added. A number that was added n times counts n times.
  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
  /// Returns the least number, or 0 if there are none. Exact, except after `subtract`.
  [[nodiscard]] Value min() const noexcept { return count_ == 0 ? Value{} : min_; }
  /// Returns the greatest number, or 0 if there are none. Exact, except after `subtract`.
  [[nodiscard]] Value max() const noexcept { return count_ == 0 ? Value{} : max_; }

  /// Returns a quantile within 0.4 %. With p for `probability`, it is the least number that at
  /// least `p * count()` numbers don't exceed (see `nearest_rank`). Exact for whole numbers below
  /// 256, for the least and for the greatest number. 0 if there are no numbers. Throws
  /// `std::invalid_argument` if `probability` is not in [0, 1].
  [[nodiscard]] Value quantile(double probability) const {
    const std::uint64_t rank = nearest_rank(probability, count_);
    if (rank <= 1) return min();
    if (rank == count_) return max_;
    return std::clamp(Buckets::middle(buckets_.bucket_of_rank(rank)), min_, max_);
  }

  /// Calls `action(first, last, count)` for each bucket that isn't empty, in ascending order:
  /// `count` numbers are neither less than `first` nor greater than `last`.
  template <class Action>
  void for_each_bucket(Action action) const {
    buckets_.for_each([&](std::size_t index, std::uint64_t count) {
      action(Buckets::first(index), Buckets::last(index), count);
    });
  }

  /// Returns the bytes used, including this object.
  [[nodiscard]] std::size_t memory() const noexcept { return sizeof(*this) + buckets_.memory(); }

  /// Exchanges the numbers of two histograms.
  void swap(LogLinearHistogram& other) noexcept {
    buckets_.swap(other.buckets_);
    std::swap(count_, other.count_);
    std::swap(min_, other.min_);
    std::swap(max_, other.max_);
  }

 private:
  static constexpr Value highest() noexcept {
    using Limits = std::numeric_limits<Value>;
    return Limits::has_infinity ? Limits::infinity() : Limits::max();
  }

  /// Counts until the first value that needs memory.
  template <class Iterator, class End, class Projection>
  Iterator count_while_possible(Iterator from, End to, Value greatest,
                                Projection& projection) noexcept {
    if constexpr (requires { Buckets::is_exact(greatest); })
      if (Buckets::is_exact(greatest))
        return count_while_possible(from, to, projection,
                                    [](Value value) { return Buckets::index_of_exact(value); });
    return count_while_possible(from, to, projection,
                                [](Value value) { return Buckets::index(value); });
  }

  template <class Iterator, class End, class Projection, class IndexOf>
  Iterator count_while_possible(Iterator from, End to, Projection& projection,
                                IndexOf index_of) noexcept {
    return buckets_.increment_each(from, to, [&](const auto& element) {
      const Value value = std::invoke(projection, element);
      BOOST_ASSERT(value >= Value{});
      return index_of(value);
    });
  }

  void recount() noexcept {
    Value low = highest();
    Value high{};
    count_ = 0;
    buckets_.for_each([&](std::size_t index, std::uint64_t count) {
      if (count_ == 0) low = Buckets::first(index);
      high = Buckets::last(index);
      count_ += count;
    });
    // The old bounds still hold, and may be tighter than the bucket's.
    min_ = count_ == 0 ? low : std::max(min_, low);
    max_ = count_ == 0 ? high : std::min(max_, high);
  }

  detail::BucketCounts<Buckets::page_count, Buckets::page_size> buckets_;
  std::uint64_t count_ = 0;  // the sum of all buckets
  Value min_ = highest();    // while empty: any number is less,
  Value max_{};              // and none is less than this
};

}  // namespace perf_timer::inline v0_1::accumulators
