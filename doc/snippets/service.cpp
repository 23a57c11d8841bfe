//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//

// What the documents show of perf_timer::http.
#include <perf_timer/serve.hpp>

#include <cstdlib>

int main(int argc, char**) {
  if (argc == 1) return EXIT_SUCCESS;  // the port may be somebody's
  auto service = perf_timer::serve({.port = 9464});
}
