//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// How the times of an operation divide, by operations whose clock the tests set.
#include <perf_timer/operations.hpp>

#include <boost/system/error_code.hpp>
#include <boost/test/unit_test.hpp>

#include "started.hpp"

#include <cerrno>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>

BOOST_AUTO_TEST_SUITE(times)

using perf_timer::OperationSnapshot;
using perf_timer::detail::OperationCompletion;
using perf_timer::detail::OperationResult;
using perf_timer::detail::OperationSite;
using perf_timer::detail::Ticks;
using tracked::Started;

namespace {

/// Returns what is known of the operations of this name, of which each test has one of its own.
OperationSnapshot named(const std::string& name) {
  for (const auto& operation : perf_timer::operations())
    if (operation.operation == name) return operation;
  return {};
}

std::int64_t total(const perf_timer::DurationSummary& series) { return series.total.count(); }

/// An operation that starts at 1000. 0: it isn't known.
struct Row {
  const char* name;
  Ticks due, ready, begins, ends;
  OperationResult result = OperationResult::success;
};

/// Carries out the rows. Returns what is known of the operation of the last one.
OperationSnapshot seen_of(std::initializer_list<Row> rows) {
  static OperationSite site{"", false};
  const char* name = "";
  for (const Row& row : rows) {
    Started operation(site, name = row.name, 1000, row.due);
    if (row.ready != 0) operation.tracked_ready(row.ready);
    OperationCompletion completion(operation);
    completion.begin(row.result, row.begins);
    completion.end(row.ends);
  }
  return named(name);
}

}  // namespace

BOOST_AUTO_TEST_CASE(it_waits_is_queued_and_is_busy) {
  const OperationSnapshot seen = seen_of({{"async_divided", 0, 1300, 1370, 1372}});
  BOOST_TEST(seen.count == 1u);
  BOOST_TEST(total(seen.waiting) == 300);
  BOOST_TEST(total(seen.queued) == 70);
  BOOST_TEST(total(seen.busy) == 2);
}

BOOST_AUTO_TEST_CASE(without_a_sign_of_its_result_it_waits_until_its_handler_begins) {
  const OperationSnapshot seen = seen_of({{"async_undivided", 0, 0, 1370, 1372}});
  BOOST_TEST(total(seen.waiting) == 370);
  BOOST_TEST(seen.queued.count == 0u);
}

BOOST_AUTO_TEST_CASE(what_only_executes_is_queued_from_its_start) {
  const OperationSnapshot seen = seen_of({{"post_it", 0, 0, 1370, 1372}});
  BOOST_TEST(seen.waiting.count == 0u);
  BOOST_TEST(total(seen.queued) == 370);
}

BOOST_AUTO_TEST_CASE(a_timer_is_queued_from_when_it_is_due) {
  const struct {
    Ticks due, waited, queued;
  } rows[] = {{1200, 200, 50}, {900, 0, 250}, {1300, 250, 0}};
  Ticks waited = 0, queued = 0;
  for (const auto& row : rows) {
    const OperationSnapshot seen = seen_of({{"async_due", row.due, 0, 1250, 1250}});
    BOOST_TEST(total(seen.waiting) == (waited += row.waited));
    BOOST_TEST(total(seen.queued) == (queued += row.queued));
  }
}

BOOST_AUTO_TEST_CASE(of_a_cancelled_one_only_busy_time_is_known) {
  const OperationSnapshot seen =
      seen_of({{"async_cancelled", 5000, 0, 6000, 6007, OperationResult::cancelled},
               {"async_cancelled", 5000, 0, 6000, 6007, OperationResult::cancelled},
               {"async_cancelled", 5000, 0, 6000, 6007}});
  BOOST_TEST(seen.count == 3u);
  BOOST_TEST(seen.cancelled == 2u);
  BOOST_TEST(seen.failed == 0u);
  BOOST_TEST(seen.waiting.count == 1u);
  BOOST_TEST(total(seen.waiting) == 4000);
  BOOST_TEST(seen.busy.count == 3u);
  BOOST_TEST(total(seen.busy) == 21);
}

BOOST_AUTO_TEST_CASE(what_is_no_cancellation_of_asio_has_failed) {
  OperationSite site{"", false};
  const boost::system::error_code errors[] = {
      {ECANCELED, boost::system::system_category()},
      {ECANCELED, boost::system::generic_category()},
      {ECONNRESET, boost::system::system_category()},
      {},
  };
  for (const auto& error : errors) {
    Started operation(site, "async_result", 1000);
    OperationCompletion completion(operation);
    completion.invocation_begin(error, 7);
    completion.invocation_end();
  }
  const OperationSnapshot seen = named("async_result");
  BOOST_TEST(seen.count == 4u);
  BOOST_TEST(seen.cancelled == 1u);
  BOOST_TEST(seen.failed == 2u);
}

/// Stands for the category of standalone Asio's own.
class AsiosSystem : public std::error_category {
 public:
  [[nodiscard]] const char* name() const noexcept override { return "asio.system"; }
  [[nodiscard]] std::string message(int) const override { return {}; }
};

BOOST_AUTO_TEST_CASE(the_error_codes_of_standalone_asio_say_the_same) {
  OperationSite site{"", false};
  const AsiosSystem asios_system;
  const std::error_code errors[] = {
      {ECANCELED, asios_system},
      {ECONNRESET, asios_system},
      {ECANCELED, std::system_category()},
      {ECANCELED, std::generic_category()},
      {ECONNRESET, std::system_category()},
      {},
  };
  for (const auto& error : errors) {
    Started operation(site, "async_standard_result", 1000);
    OperationCompletion completion(operation);
    completion.invocation_begin(error, 7);
    completion.invocation_end();
  }
  const OperationSnapshot seen = named("async_standard_result");
  BOOST_TEST(seen.count == 6u);
  BOOST_TEST(seen.cancelled == 2u);
  BOOST_TEST(seen.failed == 3u);
}

BOOST_AUTO_TEST_CASE(a_failed_one_has_its_times) {
  const OperationSnapshot seen =
      seen_of({{"async_failed", 0, 1010, 1020, 1050, OperationResult::failure}});
  BOOST_TEST(seen.count == 1u);
  BOOST_TEST(seen.failed == 1u);
  BOOST_TEST(total(seen.waiting) == 10);
  BOOST_TEST(total(seen.queued) == 10);
  BOOST_TEST(total(seen.busy) == 30);
}

BOOST_AUTO_TEST_CASE(a_handler_that_executes_inline_is_busy_by_itself) {
  OperationSite site{"", false};
  Started around(site, "async_around", 1000);
  OperationCompletion outer(around);
  outer.begin(OperationResult::success, 1000);
  {
    Started inside(site, "async_inside", 1000);
    OperationCompletion inner(inside);
    inner.begin(OperationResult::success, 1100);
    inner.end(1400);
  }
  outer.end(2000);
  BOOST_TEST(total(named("async_around").busy) == 700);
  BOOST_TEST(total(named("async_inside").busy) == 300);
}

BOOST_AUTO_TEST_CASE(handlers_can_end_in_any_order) {
  // As when a stackful coroutine polls its context, and is suspended in that.
  OperationSite site{"", false};
  Started first(site, "async_suspended", 1000), second(site, "async_resumed", 1000);
  std::optional<OperationCompletion> outer(std::in_place, first), inner(std::in_place, second);
  outer->begin(OperationResult::success, 1000);
  inner->begin(OperationResult::success, 1100);
  outer->end(1400);
  outer.reset();
  inner->end(1900);
  inner.reset();
  BOOST_TEST(total(named("async_suspended").busy) == 400);
  BOOST_TEST(total(named("async_resumed").busy) == 800);
  Started later(site, "async_later", 2000);
  OperationCompletion after(later);
  after.begin(OperationResult::success, 2000);
  after.end(2001);
  BOOST_TEST(total(named("async_later").busy) == 1);
}

BOOST_AUTO_TEST_CASE(a_handler_that_seems_to_begin_before_its_operation_began_with_it) {
  // The clocks of two threads can differ by some nanoseconds.
  const OperationSnapshot seen = seen_of({{"async_early", 995, 0, 990, 995}});
  BOOST_TEST(total(seen.waiting) == 0);
  BOOST_TEST(total(seen.queued) == 0);
  BOOST_TEST(total(seen.busy) == 0);
}

BOOST_AUTO_TEST_CASE(a_handler_that_is_never_called_is_dropped) {
  OperationSite site{"", false};
  std::optional<Started> operation(std::in_place, site, "async_dropped", 1000);
  BOOST_TEST(named("async_dropped").open == 1u);
  {
    const OperationCompletion completion(*operation);
  }
  const OperationSnapshot seen = named("async_dropped");
  BOOST_TEST(seen.open == 0u);
  BOOST_TEST(seen.dropped == 1u);
  BOOST_TEST(seen.count == 0u);
}

BOOST_AUTO_TEST_CASE(an_operation_that_its_start_gives_up_is_dropped) {
  OperationSite site{"", false};
  {
    const Started operation(site, "async_given_up", 1000);
  }
  const OperationSnapshot seen = named("async_given_up");
  BOOST_TEST(seen.open == 0u);
  BOOST_TEST(seen.dropped == 1u);
}

BOOST_AUTO_TEST_CASE(a_handler_that_an_exception_leaves_has_ended) {
  OperationSite site{"", false};
  try {
    Started operation(site, "async_thrown", 1000);
    OperationCompletion completion(operation);
    completion.invocation_begin();
    throw std::runtime_error("left");
  } catch (const std::runtime_error&) {
  }
  const OperationSnapshot seen = named("async_thrown");
  BOOST_TEST(seen.count == 1u);
  BOOST_TEST(seen.open == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
