//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace perf_timer::test::random_programs {

/// All that a running program can observe, in order. Measuring changes nothing: the journal of a
/// program is the same with the library, without it, and with timers that are switched off.
class Journal {
 public:
  /// One thing that was observed. Times are since the program began. `what` is a literal.
  struct Event {
    const char* what;
    std::int64_t who;
    std::int64_t value;
    std::int64_t at;
  };

  explicit Journal(std::int64_t began) : began_(began) {}

  void note(const char* what, std::int64_t now, std::int64_t who, std::int64_t value = 0) {
    events_.push_back({what, who, value, now - began_});
  }

  /// Returns where the other one, of the same program run in another way, first differs.
  [[nodiscard]] std::optional<std::string> first_difference(const Journal& other) const;
  [[nodiscard]] std::size_t size() const { return events_.size(); }

 private:
  std::int64_t began_;
  std::vector<Event> events_;
};

}  // namespace perf_timer::test::random_programs
