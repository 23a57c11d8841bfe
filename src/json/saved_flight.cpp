//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/flight_recorder.hpp>

#include <ostream>

namespace perf_timer::inline v0_1 {

std::ostream& operator<<(std::ostream& out, const SavedFlight& saved) {
  if (saved.error)
    out << "can't save the trace " << saved.file.string() << ": " << saved.error.message();
  else
    out << "saved the trace " << saved.file.string();
  for (const std::string& reason : saved.reasons) out << "\n  " << reason;
  if (saved.slow_runs_before != 0 || saved.slow_steps_before != 0)
    out << "\n  before that, " << saved.slow_runs_before << " more runs and "
        << saved.slow_steps_before << " more steps were slow";
  if (saved.failed_before != 0)
    out << "\n  " << saved.failed_before << " traces before this one couldn't be saved";
  return out;
}

}  // namespace perf_timer::inline v0_1
