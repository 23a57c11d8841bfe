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

/// A parsed line of Prometheus' text.
struct Series {
  std::string metric;
  std::map<std::string, std::string> labels;
  double value = 0;
};

/// All series of a text in the exposition format 0.0.4, with the rules of Prometheus: one series a
/// line, the metric's type comes first, and no two series have the same labels. Throws
/// `std::runtime_error` with the first line that breaks a rule.
class Exposition {
 public:
  explicit Exposition(std::string_view text);

  [[nodiscard]] const std::vector<Series>& series() const noexcept { return series_; }
  [[nodiscard]] const std::map<std::string, std::string>& types() const noexcept { return types_; }

  /// The value of the series of this metric that has at least these labels. Fails the test unless
  /// there is exactly one.
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
