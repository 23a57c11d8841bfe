//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "probabilities.hpp"

#include <array>
#include <charconv>
#include <stdexcept>
#include <string>

namespace perf_timer::inline v0_1::statistics {

namespace {

// Returns the shortest text that reads back as the same number, so that 1.0000001 isn't shown as 1.
std::string text(double number) {
  std::array<char, 32> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  return {buffer.data(), end};
}

[[noreturn]] void throw_invalid(std::string_view observer, const std::string& what) {
  throw std::invalid_argument(std::string(observer) + ": " + what +
                              "; give probabilities such as {0.5, 0.9, 0.99}");
}

}  // namespace

std::vector<double> checked_probabilities(std::string_view observer,
                                          std::vector<double> probabilities) {
  if (probabilities.empty()) throw_invalid(observer, "no quantile was given");
  double previous = -1;
  for (const double p : probabilities) {
    if (!(p >= 0 && p <= 1)) {  // so that a NaN fails
      throw_invalid(observer, "quantile " + text(p) + " is outside [0, 1]");
    }
    if (p <= previous) {
      throw_invalid(observer, "quantile " + text(p) + " isn't greater than " + text(previous) +
                                  ", the one before it");
    }
    previous = p;
  }
  return probabilities;
}

}  // namespace perf_timer::inline v0_1::statistics
