//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "row.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>

#include <future>
#include <type_traits>

/// \file
/// What a handler costs through an executor. Each handler posts the next.

namespace perf_timer::rows {

namespace asio = boost::asio;

enum class How { plain, instrumented, wrapped };
enum class Erased { no, yes };
enum class On { io_context, strand, thread_pool };

template <class Loop, class Executor>
struct Relay {
  Loop& loop;
  const Executor& executor;

  void operator()() {
    if (loop.KeepRunning()) asio::post(executor, Relay(*this));
  }
};

template <On on, Erased erased, How how>
struct Handler {
  void operator()(auto& loop) const {
    AsioPerfTimer timer("handler", silent());
    std::conditional_t<on == On::thread_pool, asio::thread_pool, asio::io_context> context(1);
    const auto inner = [&] {
      if constexpr (on == On::strand)
        return asio::make_strand(context);
      else
        return context.get_executor();
    }();
    const auto executor = [&] {
      if constexpr (how == How::plain)
        return inner;
      else if constexpr (how == How::instrumented)
        return instrument(inner);
      else
        return timer.wrap(inner);
    }();
    if constexpr (erased == Erased::yes)
      post_and_run(loop, context, asio::any_io_executor(executor));
    else
      post_and_run(loop, context, executor);
  }

 private:
  template <class Loop, class Executor>
  static void post_and_run(Loop& loop, auto& context, const Executor& executor) {
    asio::post(executor, Relay<Loop, Executor>{loop, executor});
    if constexpr (on == On::thread_pool)
      context.join();
    else
      context.run();
  }
};

}  // namespace perf_timer::rows
