//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <boost/assert.hpp>
#include <boost/config.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>

namespace perf_timer::inline v0_1::detail {

/// How many numbers each bucket of a histogram has. Pages of buckets are made when they are needed,
/// and so is the table of pages, because many histograms stay empty. A page has 16 bits a bucket,
/// because most counts are small. Once one doesn't fit, the page gets a second one beside it, with
/// 64 bits a bucket. A count is the sum of both.
template <std::size_t PageCount, std::size_t PageSize>
class BucketCounts {
  using Small = std::uint16_t;
  using Page = std::array<Small, PageSize>;
  using WidePage = std::array<std::uint64_t, PageSize>;

 public:
  /// Adds to one bucket. If it throws (`std::bad_alloc`), nothing was added.
  void add(std::size_t bucket, std::uint64_t times) {
    Small& small = page(bucket / PageSize)[bucket % PageSize];
    if (times <= std::uint64_t{most} - small) [[likely]]
      small = static_cast<Small>(small + times);
    else
      wide_page(bucket / PageSize)[bucket % PageSize] += times;
  }

  /// Adds one to the bucket of each element, up to the first for which that needs memory. Returns
  /// where that is.
  template <class Iterator, class End, class BucketOf>
  Iterator increment_each(Iterator from, End to, BucketOf bucket_of) noexcept {
    if (!table_) return from;
    const auto& pages = table_->pages;
    for (; from != to; ++from) {
      const std::size_t bucket = bucket_of(*from);
      Page* const page = pages[bucket / PageSize].get();
      if (page == nullptr) break;
      Small& small = (*page)[bucket % PageSize];
      if (++small == 0) [[unlikely]] {
        small = most;
        break;
      }
    }
    return from;
  }
  /// Lets `increment_each` add one to this bucket. Throws `std::bad_alloc`.
  void make_room(std::size_t bucket) {
    Small& small = page(bucket / PageSize)[bucket % PageSize];
    if (small != most) return;
    wide_page(bucket / PageSize)[bucket % PageSize] += small;
    small = 0;
  }
  /// Undoes what `increment_each` added.
  void decrement(std::size_t bucket) noexcept {
    Small& small = (*find_page(bucket / PageSize))[bucket % PageSize];
    if (small != 0)
      --small;
    else
      --(*find_wide(bucket / PageSize))[bucket % PageSize];
  }

  /// Allocates everything that adding to a bucket of this page can ever need.
  void reserve(std::size_t n) {
    page(n);
    wide_page(n);
  }

  /// Adds all counts of `other`. If it throws (`std::bad_alloc`), nothing was added.
  void merge(const BucketCounts& other) {
    other.for_each_page([&](std::size_t n, const Page& theirs, const WidePage* wide) {
      const Page& mine = page(n);
      if (wide || is_too_small_for_sums(mine, theirs)) wide_page(n);
    });
    other.for_each_page([&](std::size_t n, const Page& theirs, const WidePage* wide) {
      add_page(*find_page(n), find_wide(n), theirs, wide);
    });
  }

  /// Removes the counts of `other`, all of which must have been added to this one.
  void subtract(const BucketCounts& other) noexcept {
    other.for_each_page([&](std::size_t n, const Page& their_page, const WidePage* their_wide) {
      Page* const page = find_page(n);
      if (!page) return;
      WidePage* const wide = find_wide(n);
      for (std::size_t i = 0; i < PageSize; ++i) {
        const std::uint64_t mine = sum(*page, wide, i), theirs = sum(their_page, their_wide, i);
        BOOST_ASSERT_MSG(theirs <= mine, "subtract only what was added");
        const std::uint64_t rest = mine - std::min(mine, theirs);
        (*page)[i] = wide ? Small{0} : static_cast<Small>(rest);
        if (wide) (*wide)[i] = rest;
      }
    });
  }

  /// Returns the first bucket up to which there are at least `rank` numbers, which must be no more
  /// than there are.
  [[nodiscard]] std::size_t bucket_of_rank(std::uint64_t rank) const noexcept {
    std::size_t found = PageCount * PageSize;
    for_each_page([&](std::size_t n, const Page& page, const WidePage* wide) {
      if (found != PageCount * PageSize) return;
      const std::uint64_t numbers = numbers_of(page, wide);
      if (numbers < rank) {
        rank -= numbers;
        return;
      }
      std::size_t i = 0;
      for (; sum(page, wide, i) < rank; ++i) rank -= sum(page, wide, i);
      found = n * PageSize + i;
    });
    BOOST_ASSERT_MSG(found != PageCount * PageSize, "there are fewer numbers than that rank");
    return found;
  }

  /// Calls `action(bucket, count)` for each that has a number, in ascending order.
  template <class Action>
  void for_each(Action action) const {
    for_each_page([&](std::size_t n, const Page& page, const WidePage* wide) {
      for (std::size_t i = 0; i < PageSize; i += at_once) {
        if (!wide && all_zero(page, i)) continue;
        for (std::size_t k = i; k < i + at_once; ++k)
          if (const std::uint64_t here = sum(page, wide, k); here != 0)
            action(n * PageSize + k, here);
      }
    });
  }

  /// Returns the bytes that were allocated.
  [[nodiscard]] std::size_t memory() const noexcept {
    if (!table_) return 0;
    std::size_t bytes = sizeof(Table) + (table_->wide ? sizeof(WidePages) : 0);
    for_each_page([&](std::size_t, const Page&, const WidePage* wide) {
      bytes += sizeof(Page) + (wide ? sizeof(WidePage) : 0);
    });
    return bytes;
  }

  void swap(BucketCounts& other) noexcept { table_.swap(other.table_); }

 private:
  static constexpr Small most = std::numeric_limits<Small>::max();
  static constexpr std::size_t at_once = sizeof(std::uint64_t) / sizeof(Small);
  static_assert(PageSize % at_once == 0);

  using WidePages = std::array<std::unique_ptr<WidePage>, PageCount>;
  struct Table {
    std::array<std::unique_ptr<Page>, PageCount> pages;
    std::unique_ptr<WidePages> wide;
    std::size_t begin = PageCount, end = 0;  // no page is outside
  };

  [[nodiscard]] Page* find_page(std::size_t n) const noexcept {
    return table_ ? table_->pages[n].get() : nullptr;
  }
  [[nodiscard]] WidePage* find_wide(std::size_t n) const noexcept {
    return table_ && table_->wide ? (*table_->wide)[n].get() : nullptr;
  }
  Page& page(std::size_t n) {
    Page* const existing = find_page(n);
    return existing != nullptr ? *existing : create_page(n);
  }

  // Out of line: otherwise compilers find `add` too long to inline.
  BOOST_NOINLINE Page& create_page(std::size_t n) {
    if (!table_) table_ = std::make_unique<Table>();
    table_->pages[n] = std::make_unique<Page>();
    table_->begin = std::min(table_->begin, n);
    table_->end = std::max(table_->end, n + 1);
    return *table_->pages[n];
  }
  /// Requires that there is a page.
  BOOST_NOINLINE WidePage& wide_page(std::size_t n) {
    auto& all = table_->wide;
    if (!all) all = std::make_unique<WidePages>();
    if (!(*all)[n]) (*all)[n] = std::make_unique<WidePage>();
    return *(*all)[n];
  }

  /// Calls `action(number, page, wide page or null)` for each page that there is.
  template <class Action>
  void for_each_page(Action action) const {
    if (!table_) return;
    for (std::size_t n = table_->begin; n < table_->end; ++n)
      if (const Page* const page = table_->pages[n].get()) action(n, *page, find_wide(n));
  }

  [[nodiscard]] static std::uint64_t sum(const Page& page, const WidePage* wide,
                                         std::size_t i) noexcept {
    return page[i] + (wide ? (*wide)[i] : 0);
  }

  // The loops below are simple, so that compilers can vectorise them.

  [[nodiscard]] static std::uint64_t numbers_of(const Page& page, const WidePage* wide) noexcept {
    std::uint32_t small = 0;  // enough for all of a page
    for (const Small one : page) small += one;
    std::uint64_t numbers = small;
    if (wide)
      for (const std::uint64_t one : *wide) numbers += one;
    return numbers;
  }

  [[nodiscard]] static bool all_zero(const Page& page, std::size_t i) noexcept {
    std::uint64_t together = 0;
    std::memcpy(&together, &page[i], sizeof(together));
    return together == 0;
  }

  [[nodiscard]] static bool is_too_small_for_sums(const Page& a, const Page& b) noexcept {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < PageSize; ++i) bits |= std::uint32_t{a[i]} + b[i];
    return bits > most;
  }

  /// Requires that there is room for the sums. The other page may be the same.
  static void add_page(Page& mine, WidePage* wide, const Page& other,
                       const WidePage* other_wide) noexcept {
    if (!wide) {
      for (std::size_t i = 0; i < PageSize; ++i) mine[i] = static_cast<Small>(mine[i] + other[i]);
      return;
    }
    for (std::size_t i = 0; i < PageSize; ++i) {
      (*wide)[i] += std::uint64_t{mine[i]} + other[i] + (other_wide ? (*other_wide)[i] : 0);
      mine[i] = 0;
    }
  }

  std::unique_ptr<Table> table_;
};

}  // namespace perf_timer::inline v0_1::detail
