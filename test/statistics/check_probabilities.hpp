//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <boost/test/unit_test.hpp>

#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

namespace perf_timer::test {

/// Checks that the `Estimator` called `name` rejects invalid probabilities and says why.
template <class Estimator>
void check_refuses_bad_probabilities(const std::string& name) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  constexpr double infinity = std::numeric_limits<double>::infinity();
  struct Row {
    std::vector<double> given;
    std::string complaint;
  };
  for (const Row& row : std::vector<Row>{
           {{1.5}, "quantile 1.5 is outside [0, 1]"},
           {{0.5, 99}, "quantile 99 is outside [0, 1]"},
           {{-0.1, 0.5}, "quantile -0.1 is outside [0, 1]"},
           {{1.0000001}, "quantile 1.0000001 is outside [0, 1]"},
           {{nan}, "quantile nan is outside [0, 1]"},
           {{0.5, nan}, "quantile nan is outside [0, 1]"},
           {{infinity}, "quantile inf is outside [0, 1]"},
           {{0.9, 0.5}, "quantile 0.5 follows 0.9 and so doesn't increase"},
           {{0.5, 0.5}, "quantile 0.5 follows 0.5 and so doesn't increase"},
           {{}, "no quantile was given"},
       }) {
    const std::string message =
        name + ": " + row.complaint + "; give probabilities such as {0.5, 0.9, 0.99}";
    BOOST_CHECK_EXCEPTION(Estimator(row.given), std::invalid_argument,
                          [&](const std::invalid_argument& error) {
                            BOOST_TEST(error.what() == message);
                            return true;
                          });
  }
}

}  // namespace perf_timer::test
