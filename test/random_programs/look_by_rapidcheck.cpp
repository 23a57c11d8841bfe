//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "common/long_mode.hpp"
#include "random_programs/look_for.hpp"

#include <rapidcheck.h>

#include <cstdlib>
#include <sstream>

namespace perf_timer::test::random_programs {

// RC_PARAMS in the environment (seed=..., reproduce=...) selects other programs.
std::string look_for_difference(const std::string& name, std::uint64_t programs,
                                const Check& check) {
  rc::detail::TestMetadata metadata;
  metadata.id = name;
  rc::detail::TestParams params = rc::detail::configuration().testParams;
  params.maxSuccess = static_cast<int>(programs);
  params.maxSize = most_choices;
  if (long_mode() == 1 && !std::getenv("RC_PARAMS")) params.seed = 1;
  const auto result = rc::detail::checkTestable(
      [&](const Choices& choices) {
        const std::string differs = check(choices);
        if (!differs.empty()) RC_FAIL(differs);
      },
      metadata, params);
  if (result.is<rc::detail::SuccessResult>()) return {};
  std::ostringstream text;
  rc::detail::printResultMessage(result, text);
  return text.str();
}

}  // namespace perf_timer::test::random_programs
