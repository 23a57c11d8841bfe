//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <boost/test/unit_test.hpp>

namespace perf_timer::test {

/// The decorator of a test, or of a suite as a whole, that fails if it isn't over after so many
/// seconds. An emulator on a busy machine is much slower.
inline boost::unit_test::decorator::timeout hangs_after(unsigned seconds) {
#ifdef PERF_TIMER_EMULATOR
  seconds *= 8;
#endif
  return boost::unit_test::decorator::timeout(seconds);
}

}  // namespace perf_timer::test
