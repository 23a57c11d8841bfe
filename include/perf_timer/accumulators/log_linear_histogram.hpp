//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/accumulators/log_linear_buckets.hpp>
#include <perf_timer/accumulators/nearest_rank.hpp>

#include <boost/assert.hpp>
#include <boost/config.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <ranges>
#include <utility>

namespace perf_timer::inline v0_1::accumulators {

/// Counts numbers, and returns any quantile of them within 0.4 %, from the first number on. The
/// buckets are those of `LogLinearBuckets`.
///
/// A negative number counts as 0; a NaN is left out. The least, the greatest and the count are
/// exact, and no estimate lies outside of the extremes.
///
/// Memory: a page of 1 KB for each octave that has a number, at most 57 pages for `std::int64_t`,
/// and a table of pointers to them. Adding doesn't allocate if the page exists.
///
/// Thread safety: distinct objects: safe. Shared objects: unsafe, except for const use.
template <class Value>
class LogLinearHistogram {
  using Buckets = LogLinearBuckets<Value>;
  using Page = std::array<std::uint64_t, Buckets::page_size>;

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
    if (value != value || times == 0) return;
    value = std::max(value, Value{});
    const std::size_t index = Buckets::index(value);
    page(index / Buckets::page_size)[index % Buckets::page_size] += times;
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
      // Pages are made outside of the counting loop, because a call in it would slow it down.
      while ((counted = count_where_pages_are(counted, end, greatest, projection)) != end)
        page(Buckets::page(std::invoke(projection, *counted)));
    } catch (...) {
      for (auto at = begin; at != counted; ++at) {
        const std::size_t index = Buckets::index(std::invoke(projection, *at));
        --(*pages_[index / Buckets::page_size])[index % Buckets::page_size];
      }
      throw;
    }
    count_ += static_cast<std::uint64_t>(std::ranges::distance(begin, end));
    min_ = std::min(min_, least);
    max_ = std::max(max_, greatest);
  }

  /// Allocates what `add(value)` would allocate, so that `add(value)` can't throw afterwards.
  void reserve(Value value) { page(Buckets::page(value)); }

  /// The same for each value in [first, last].
  void reserve(Value first, Value last) {
    for (std::size_t n = Buckets::page(first); n <= Buckets::page(last); ++n) page(n);
  }

  /// Adds all numbers of `other`. If it throws (`std::bad_alloc`), nothing was added.
  void merge(const LogLinearHistogram& other) {
    for (std::size_t n = 0; n < pages_.size(); ++n) {
      if (other.pages_[n]) page(n);
    }
    for (std::size_t n = 0; n < pages_.size(); ++n) {
      if (!other.pages_[n]) continue;
      for (std::size_t i = 0; i < Buckets::page_size; ++i) {
        (*pages_[n])[i] += (*other.pages_[n])[i];
      }
    }
    count_ += other.count_;
    min_ = std::min(min_, other.min_);
    max_ = std::max(max_, other.max_);
  }

  /// Removes the numbers of `other`, all of which must have been added to this one. If `other` is
  /// an earlier copy of this histogram, what came since remains. The least and the greatest number
  /// are then within 0.4 %, like any quantile.
  void subtract(const LogLinearHistogram& other) noexcept {
    for (std::size_t n = 0; n < pages_.size(); ++n) {
      if (!pages_[n] || !other.pages_[n]) continue;
      for (std::size_t i = 0; i < Buckets::page_size; ++i) {
        std::uint64_t& mine = (*pages_[n])[i];
        const std::uint64_t theirs = (*other.pages_[n])[i];
        BOOST_ASSERT_MSG(theirs <= mine, "subtract only what was added");
        mine -= std::min(mine, theirs);
      }
    }
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
    std::uint64_t seen = 0;
    for (std::size_t n = 0; n < pages_.size(); ++n) {
      if (!pages_[n]) continue;
      for (std::size_t i = 0; i < Buckets::page_size; ++i) {
        seen += (*pages_[n])[i];
        if (seen < rank) continue;
        return std::clamp(Buckets::middle(n * Buckets::page_size + i), min_, max_);
      }
    }
    return max_;
  }

  /// Calls `action(first, last, count)` for each bucket that isn't empty, in ascending order:
  /// `count` numbers are neither less than `first` nor greater than `last`.
  template <class Action>
  void for_each_bucket(Action action) const {
    for (std::size_t n = 0; n < pages_.size(); ++n) {
      if (!pages_[n]) continue;
      for (std::size_t i = 0; i < Buckets::page_size; ++i) {
        const std::uint64_t count = (*pages_[n])[i];
        const std::size_t index = n * Buckets::page_size + i;
        if (count != 0) action(Buckets::first(index), Buckets::last(index), count);
      }
    }
  }

  /// Returns the bytes used, including this object.
  [[nodiscard]] std::size_t memory() const noexcept {
    const auto used = std::count_if(pages_.begin(), pages_.end(),
                                    [](const auto& page) { return page != nullptr; });
    return sizeof(*this) + static_cast<std::size_t>(used) * sizeof(Page);
  }

  /// Exchanges the numbers of two histograms.
  void swap(LogLinearHistogram& other) noexcept {
    pages_.swap(other.pages_);
    std::swap(count_, other.count_);
    std::swap(min_, other.min_);
    std::swap(max_, other.max_);
  }

 private:
  static constexpr Value highest() noexcept {
    using Limits = std::numeric_limits<Value>;
    return Limits::has_infinity ? Limits::infinity() : Limits::max();
  }

  Page& page(std::size_t n) {
    Page* const existing = pages_[n].get();
    return existing != nullptr ? *existing : create_page(n);
  }

  // Out of line: otherwise compilers find `add` too long to inline.
  BOOST_NOINLINE Page& create_page(std::size_t n) {
    return *(pages_[n] = std::make_unique<Page>());
  }

  /// Counts until the first value that has no page yet.
  template <class Iterator, class End, class Projection>
  Iterator count_where_pages_are(Iterator from, End to, Value greatest,
                                 Projection& projection) noexcept {
    if constexpr (requires { Buckets::is_exact(greatest); })
      if (Buckets::is_exact(greatest))
        return count_where_pages_are(from, to, projection, &Buckets::index_of_exact);
    return count_where_pages_are(from, to, projection, &Buckets::index);
  }

  template <class Iterator, class End, class Projection>
  Iterator count_where_pages_are(Iterator from, End to, Projection& projection,
                                 std::size_t (*index_of)(Value)) noexcept {
    for (; from != to; ++from) {
      const Value value = std::invoke(projection, *from);
      BOOST_ASSERT(value >= Value{});
      const std::size_t index = index_of(value);
      Page* const existing = pages_[index / Buckets::page_size].get();
      if (existing == nullptr) break;
      ++(*existing)[index % Buckets::page_size];
    }
    return from;
  }

  void recount() noexcept {
    Value low = highest();
    Value high{};
    count_ = 0;
    for (std::size_t n = 0; n < pages_.size(); ++n) {
      if (!pages_[n]) continue;
      for (std::size_t i = 0; i < Buckets::page_size; ++i) {
        if ((*pages_[n])[i] == 0) continue;
        const std::size_t index = n * Buckets::page_size + i;
        if (count_ == 0) low = Buckets::first(index);
        high = Buckets::last(index);
        count_ += (*pages_[n])[i];
      }
    }
    // The old bounds still hold, and may be tighter than the bucket's.
    min_ = count_ == 0 ? low : std::max(min_, low);
    max_ = count_ == 0 ? high : std::min(max_, high);
  }

  std::array<std::unique_ptr<Page>, Buckets::page_count> pages_;
  std::uint64_t count_ = 0;  // the sum of all pages
  Value min_ = highest();    // while empty: any number is less,
  Value max_{};              // and none is less than this
};

}  // namespace perf_timer::inline v0_1::accumulators
