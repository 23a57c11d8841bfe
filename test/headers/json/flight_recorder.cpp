//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/flight_recorder.hpp>

#include <boost/test/unit_test.hpp>

#include <sstream>
#include <stdexcept>

namespace {

BOOST_AUTO_TEST_CASE(flight_recorder) {
  const perf_timer::FlightRecorderOptions nowhere;
  BOOST_CHECK_THROW(perf_timer::FlightRecorder recorder(nowhere), std::invalid_argument);

  perf_timer::FlightRecorder recorder(
      {.directory = std::filesystem::temp_directory_path(), .slower_than = std::chrono::hours(1)});
  std::ostringstream out;
  out << perf_timer::SavedFlight{.file = "flight.json", .reasons = {"asked"}};
  BOOST_TEST(out.str() == "saved the trace flight.json\n  asked");
}

}  // namespace
