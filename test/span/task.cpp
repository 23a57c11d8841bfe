//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "span/span_ref.hpp"

#include <perf_timer/detail/span/task.hpp>

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <thread>

namespace perf_timer::test {
namespace {

using detail::Span;
using detail::Task;

/// A task, with spans that are opened and closed as runs do.
struct OneTask {
  OneTask() = default;
  OneTask(const OneTask&) = delete;
  OneTask& operator=(const OneTask&) = delete;
  ~OneTask() { release(task); }

  SpanRef open(const SpanRef& parent = {}) {
    SpanRef span = elsewhere(parent);
    span.get()->task = task;
    task->opened(*span.get());
    return span;
  }
  /// A span of another task or of none.
  static SpanRef elsewhere(const SpanRef& parent = {}) {
    auto* const span = SpanPool<Span>::make();
    span->parent = detail::share(parent.get());
    span->depth = parent ? parent.get()->depth + 1 : 0;
    return SpanRef(span);
  }
  void close(const SpanRef& span) {
    span.get()->closed = true;
    static_cast<void>(task->closed(*span.get()));
  }
  /// Returns the span in which a counter begins on behalf of `current`.
  Span* count(const SpanRef& current) {
    const SpanRef other(task->count(current.get()));
    if (other) return other.get();
    Span* outermost = current.get();
    while (outermost->parent) outermost = outermost->parent;
    return outermost->counted_task ? outermost : nullptr;
  }
  Span* innermost() { return SpanRef(task->innermost()).get(); }  // only for comparison

  Task* const task = new Task;
};

BOOST_FIXTURE_TEST_SUITE(task_suite, OneTask)

BOOST_AUTO_TEST_CASE(nothing_is_open) { BOOST_TEST(innermost() == nullptr); }

BOOST_AUTO_TEST_CASE(runs_open_inside_each_other) {
  const auto a = open();
  BOOST_TEST(innermost() == a.get());
  const auto b = open(a);
  BOOST_TEST(innermost() == b.get());
  close(b);
  BOOST_TEST(innermost() == a.get());
  close(a);
  BOOST_TEST(innermost() == nullptr);
}

BOOST_AUTO_TEST_CASE(the_outer_run_ends_first) {
  const auto a = open(), b = open(a), c = open(b);
  close(b);
  BOOST_TEST(innermost() == c.get());
  close(a);
  BOOST_TEST(innermost() == c.get());
  close(c);
  BOOST_TEST(innermost() == nullptr);  // neither b nor a
}

BOOST_AUTO_TEST_CASE(a_branch_that_ended_before_is_skipped) {
  const auto a = open(), b = open(a), c = open(a);
  close(b);
  BOOST_TEST(innermost() == c.get());
  close(c);
  BOOST_TEST(innermost() == a.get());
}

BOOST_AUTO_TEST_CASE(what_a_run_of_another_task_is_inside_is_not_the_tasks) {
  const auto foreign = elsewhere();
  const auto a = open(foreign);
  BOOST_TEST(innermost() == a.get());
  close(a);
  BOOST_TEST(innermost() == nullptr);
}

BOOST_AUTO_TEST_CASE(the_counters_span_stays_when_its_run_has_ended) {
  const auto a = open();
  a.get()->counted_task = true;
  const auto b = open(a);
  close(a);
  close(b);
  BOOST_TEST(innermost() == a.get());
}

BOOST_AUTO_TEST_CASE(a_counter_that_begins_while_the_run_ends_goes_on) {
  const auto a = open();
  a.get()->closed = true;
  BOOST_TEST(count(a) == a.get());
  BOOST_TEST(task->closed(*a.get()));
  BOOST_TEST(innermost() == a.get());
}

BOOST_AUTO_TEST_CASE(a_counter_that_begins_when_the_run_has_ended_is_the_tasks) {
  const auto a = open();
  const auto b = open(a);
  close(b);
  close(a);
  BOOST_TEST(innermost() == nullptr);
  BOOST_TEST(count(b) == a.get());
  BOOST_TEST(innermost() == a.get());
}

BOOST_AUTO_TEST_CASE(where_no_run_is_open_there_is_one_counter) {
  const auto a = open();
  close(a);
  const auto b = open();
  close(b);
  BOOST_TEST(count(b) == b.get());
  BOOST_TEST(count(a) == b.get());
  BOOST_TEST(count(SpanRef()) == b.get());
  BOOST_TEST(!a.get()->counted_task);
}

BOOST_AUTO_TEST_CASE(an_open_run_has_its_own_counter) {
  const auto a = open();
  close(a);
  BOOST_TEST(count(a) == a.get());
  const auto foreign = elsewhere();
  BOOST_TEST(count(foreign) == foreign.get());
  BOOST_TEST(innermost() == a.get());
  const auto b = open();
  BOOST_TEST(count(b) == b.get());
  BOOST_TEST(innermost() == b.get());
}

BOOST_AUTO_TEST_CASE(a_counter_beside_an_open_run_is_not_the_tasks) {
  const auto a = open();
  close(a);
  const auto b = open();
  BOOST_TEST(count(a) == a.get());
  BOOST_TEST(innermost() == b.get());
}

BOOST_AUTO_TEST_CASE(it_keeps_what_is_innermost) {
  auto a = open();
  Span* const span = a.get();
  a = SpanRef();
  const SpanRef kept(task->innermost());
  BOOST_TEST(kept.get() == span);
  BOOST_TEST(span->references.load() == 2u);
}

BOOST_AUTO_TEST_CASE(references) {
  const SpanRef span = open();
  BOOST_TEST(span.get()->references.load() == 2u);
  auto* const other = new Task;
  other->opened(*span.get());
  BOOST_TEST(share(other) == other);
  release(other);
  BOOST_TEST(span.get()->references.load() == 3u);
  release(other);  // the last
  BOOST_TEST(span.get()->references.load() == 2u);
  release(static_cast<Task*>(nullptr));
}

BOOST_AUTO_TEST_CASE(others_look_while_runs_open_and_close) {
  const auto a = open();
  std::atomic<bool> over = false;
  int wrong = 0;
  std::thread looker([&] {
    while (!over) {
      const SpanRef seen(task->innermost());
      if (seen.get() != a.get() && seen.get()->parent != a.get()) ++wrong;
    }
  });
  for (int i = 0; i < 10'000; ++i) close(open(a));
  over = true;
  looker.join();
  BOOST_TEST(wrong == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
