//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#define BOOST_TEST_NO_MAIN
#include "registered.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>

namespace {

using namespace explored;

void check(const Registered& test) {
  static_cast<void>(fetch_asked());
  const Explored explored = explore(test.make, test.effort);
  BOOST_TEST_MESSAGE("  " << explored.executions << " executions, "
                          << (explored.all ? "which are all" : "chosen at random"));
  BOOST_REQUIRE_MESSAGE(explored.error.empty(), explored.error);
  const std::vector<Asked> asked = fetch_asked();
  for (const std::string& name : test.needed)
    BOOST_CHECK_MESSAGE(
        std::any_of(asked.begin(), asked.end(), [&](const Asked& one) { return one.name == name; }),
        "nobody asks for " << name);
  const bool all =
      std::getenv("PERF_TIMER_LONG") != nullptr;  // also those of which nothing is said
  for (const Asked& one : asked) {
    const bool is_needed =
        std::find(test.needed.begin(), test.needed.end(), one.name) != test.needed.end();
    if ((!is_needed && !all) || one.file.find("test/weak_orders") != std::string::npos) continue;
    const Explored without = explore(test.make, test.effort, &one);
    const bool found = !without.error.empty();
    BOOST_TEST_MESSAGE("  without "
                       << one.name << " (" << one.file.substr(one.file.rfind('/') + 1) << ":"
                       << one.line << "): "
                       << (found ? "found in execution " + std::to_string(without.executions)
                                 : "nothing shows"));
    BOOST_CHECK_MESSAGE(found || !is_needed, "nothing shows without " << one.name);
  }
}

}  // namespace

bool init_unit_test() {
  for (const Registered* const test : Registered::all())
    boost::unit_test::framework::master_test_suite().add(
        boost::unit_test::make_test_case([test] { check(*test); }, test->name, __FILE__, __LINE__));
  return true;
}

int main(int argc, char** argv) {
  return boost::unit_test::unit_test_main(init_unit_test, argc, argv);
}
