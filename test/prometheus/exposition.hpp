//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace perf_timer::test {

/// A line of Prometheus' text, read back.
struct Series {
  std::string metric;
  std::map<std::string, std::string> labels;
  double value = 0;
};

/// All series of a text in the exposition format 0.0.4, read as Prometheus reads it: one a line,
/// of a metric whose type was told before, no two of the same labels. Throws `std::runtime_error`
/// with the line that isn't so.
class Exposition {
 public:
  explicit Exposition(std::string_view text);

  [[nodiscard]] const std::vector<Series>& series() const noexcept { return series_; }
  [[nodiscard]] const std::map<std::string, std::string>& types() const noexcept { return types_; }

  /// The value of the one series of a metric that has at least these labels; fails the test if
  /// there isn't exactly one.
  [[nodiscard]] double value(std::string_view metric,
                             const std::map<std::string, std::string>& labels) const;
  [[nodiscard]] std::size_t count(std::string_view metric,
                                  const std::map<std::string, std::string>& labels = {}) const;

 private:
  [[nodiscard]] std::vector<const Series*> find(
      std::string_view metric, const std::map<std::string, std::string>& labels) const;

  std::vector<Series> series_;
  std::map<std::string, std::string> types_;
};

}  // namespace perf_timer::test
