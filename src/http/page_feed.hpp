//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/timer_snapshot.hpp>

#include "request.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// What the live page asks for once a second, /perf.json?page: a row for each timer, of which only
/// those are sent that have changed, and what its view shows. Thread safety: one thread at a time.
class PageFeed {
 public:
  /// Up to so many timers, all have their distributions; of more, only the one that is selected.
  static constexpr std::size_t most_followed = 24;
  /// So many answers are remembered. A page needs one.
  static constexpr std::size_t most_remembered = 16;

  /// Returns the answer, as JSON. Options of the request: `since`, the `id` of the answer that the
  /// page has; `of`, the name of the timer that is selected; `distributions`, "all" for those of
  /// any number of timers; `view`, "now" or "operations" for what these show. Throws
  /// `std::bad_alloc`, and what an observer throws.
  [[nodiscard]] std::string answer(const Request& request);

  /// Returns the rows that have changed, of these timers, as members of the answer.
  [[nodiscard]] std::string rows(std::span<const TimerSnapshot> timers, const Request& request);

 private:
  /// What a page has: rows by their hashes. That of a row is never zero.
  struct Told {
    std::uint64_t id = 0;
    std::vector<std::size_t> rows = {};
  };

  [[nodiscard]] static std::uint64_t first_id() noexcept;
  [[nodiscard]] Told take(const Request& request);

  std::deque<Told> told_;               // the latest last
  std::uint64_t last_id_ = first_id();  // no page of a former server has one of these
  bool is_tracked_ = false;
};

}  // namespace perf_timer::inline v0_1::detail
