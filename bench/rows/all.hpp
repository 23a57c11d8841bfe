//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "coroutines.hpp"
#include "flight.hpp"
#include "handlers.hpp"
#include "scopes.hpp"
#include "watched.hpp"

#include <chrono>
#include <string>

namespace perf_timer::rows {

namespace detail {

template <On on, Erased erased>
void handlers(const std::string& name, auto& action) {
  action(name + "/plain", Handler<on, erased, How::plain>{});
  action(name + "/instrumented", Handler<on, erased, How::instrumented>{});
  action(name + "/wrapped", Handler<on, erased, How::wrapped>{});
}

}  // namespace detail

/// The same program without this library.
[[nodiscard]] inline std::string compared_with(const std::string& name) {
  for (const std::string with : {"flight/", "watched/"})
    if (name.starts_with(with)) return compared_with(name.substr(with.size()));
  const bool synchronous = name.starts_with("scope/") || name.starts_with("two_readings/");
  return synchronous || name == "loop" ? "loop" : name.substr(0, name.rfind('/')) + "/plain";
}

/// Calls `action(name, row)` for every row that needs only one thread.
void for_each_row(auto action) {
  using std::chrono::steady_clock;
  action("loop", Nothing{});
  action("two_readings/steady_clock", TwoReadings<steady_clock>{});
  action("two_readings/tsc_clock", TwoReadings<tsc_clock>{});

  action("scope/PerfTimer", Scope<PerfTimer>{});
  action("scope/PerfTimer/tsc_clock", Scope<BasicPerfTimer<tsc_clock>>{});
  action("scope/PerfTimer/unfenced_clock", Scope<BasicPerfTimer<unfenced_clock>>{});
  action("scope/PerfTimer/AverageObserver", Scope<PerfTimer>{AverageObserver{}});
  action("scope/PerfTimer/PSquareObserver", Scope<PerfTimer>{PSquareObserver{}});
  action("scope/PerfTimer/function", DecoratedFunction{});
  action("scope/ThreadPerfTimer", Scope<ThreadPerfTimer>{});
  action("scope/AsioPerfTimer", Scope<AsioPerfTimer>{});
  action("scope/AsioPerfTimer/in_a_step", ScopeInAStep{});
  action("scope/PerfTimer/labelled", LabelledScope<PerfTimer>{});
  action("scope/AsioPerfTimer/labelled", LabelledScope<AsioPerfTimer>{});
  action("scope/PerfTimer/off", Scope<PerfTimer>{.enabled = false});
  action("scope/ThreadPerfTimer/off", Scope<ThreadPerfTimer>{.enabled = false});
  action("scope/AsioPerfTimer/off", Scope<AsioPerfTimer>{.enabled = false});

  detail::handlers<On::io_context, Erased::no>("handler/io_context/typed", action);
  detail::handlers<On::io_context, Erased::yes>("handler/io_context/erased", action);
  detail::handlers<On::strand, Erased::no>("handler/strand/typed", action);
  detail::handlers<On::strand, Erased::yes>("handler/strand/erased", action);
  detail::handlers<On::thread_pool, Erased::no>("handler/thread_pool/typed", action);
  detail::handlers<On::thread_pool, Erased::yes>("handler/thread_pool/erased", action);

  action("co_await/post/plain", AwaitPost<How::plain>{});
  action("co_await/post/instrumented", AwaitPost<How::instrumented>{});
  action("co_await/post/inside_a_run", AwaitPost<How::wrapped>{});
  action("co_await/child/plain", AwaitChild<Child::returns, How::plain>{});
  action("co_await/child/instrumented", AwaitChild<Child::returns, How::instrumented>{});
  action("co_await/child/decorated", AwaitChild<Child::returns, How::wrapped>{});
  action("co_await/suspending_child/plain", AwaitChild<Child::suspends, How::plain>{});
  action("co_await/suspending_child/instrumented",
         AwaitChild<Child::suspends, How::instrumented>{});
  action("co_await/suspending_child/decorated", AwaitChild<Child::suspends, How::wrapped>{});

  action("flight/scope/PerfTimer", Flight<Scope<PerfTimer>>{});
  action("flight/scope/AsioPerfTimer/in_a_step", Flight<ScopeInAStep>{});
  action("flight/handler/io_context/typed/instrumented",
         Flight<Handler<On::io_context, Erased::no, How::instrumented>>{});
  action("flight/handler/io_context/typed/wrapped",
         Flight<Handler<On::io_context, Erased::no, How::wrapped>>{});

  action("watched/scope/AsioPerfTimer/in_a_step", Watched<ScopeInAStep>{});
  action("watched/handler/io_context/typed/instrumented",
         Watched<Handler<On::io_context, Erased::no, How::instrumented>>{});
  action("watched/handler/io_context/typed/wrapped",
         Watched<Handler<On::io_context, Erased::no, How::wrapped>>{});
}

}  // namespace perf_timer::rows
