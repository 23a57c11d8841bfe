//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//

// Writes the page of timers with hostile names to the file that the command line names.
#include <perf_timer/html_page.hpp>
#include <perf_timer/write_html.hpp>

#include "../hostile.hpp"

#include <fstream>

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::ofstream out{argv[1], std::ios::binary};
  perf_timer::write_html(out, perf_timer::test::hostile_timers());
  return out.flush() ? 0 : 1;
}
