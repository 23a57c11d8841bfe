//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// A function's notes, in the place of a result's time.
#include <perf_timer/detail/tracking/function_notes.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(function_notes)

using perf_timer::detail::FunctionNotes;
using perf_timer::detail::Operation;

namespace {

constexpr int all = FunctionNotes::handed_down | FunctionNotes::strands_own |
                    FunctionNotes::unwinding | FunctionNotes::uncounted;

}  // namespace

BOOST_AUTO_TEST_CASE(a_time_has_none) {
  for (const perf_timer::detail::Ticks time : {0LL, 15LL, 0x7fff'ffff'ffff'ffffLL}) {
    const FunctionNotes notes(time);
    BOOST_TEST(!notes.is_function());
    BOOST_TEST(!notes.has(all));
    BOOST_TEST(notes.continued() == nullptr);
  }
}

BOOST_AUTO_TEST_CASE(a_function_has_those_that_were_set) {
  FunctionNotes notes;
  BOOST_TEST(notes.is_function());
  BOOST_TEST(!notes.has(all));
  notes.set(FunctionNotes::unwinding);
  const FunctionNotes kept(notes.kept());
  BOOST_TEST(kept.has(FunctionNotes::unwinding));
  BOOST_TEST(!kept.has(all & ~FunctionNotes::unwinding));
}

BOOST_AUTO_TEST_CASE(and_the_step_that_it_goes_on_with) {
  alignas(FunctionNotes::alignment) const char step = 0;
  const auto* const address = reinterpret_cast<const Operation*>(&step);
  FunctionNotes notes;
  BOOST_TEST(notes.continued() == nullptr);
  notes.set(FunctionNotes::uncounted);
  notes.set_continued(address);
  notes.set(FunctionNotes::handed_down);
  const FunctionNotes kept(notes.kept());
  BOOST_TEST(kept.is_function());
  BOOST_TEST(kept.continued() == address);
  BOOST_TEST(!kept.has(FunctionNotes::strands_own | FunctionNotes::unwinding));
}

BOOST_AUTO_TEST_SUITE_END()
