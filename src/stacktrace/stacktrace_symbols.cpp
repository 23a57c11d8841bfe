//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "symbol_thread.hpp"

#include <perf_timer/detail/platform/backtrace.hpp>
#include <perf_timer/stacktrace_symbols.hpp>

#ifndef BOOST_STACKTRACE_USE_BACKTRACE
#define BOOST_STACKTRACE_LINK  // else the compiler's own, which knows exported functions only
#endif
#include <boost/stacktrace/frame.hpp>

#include <cstdint>
#include <utility>

namespace perf_timer::inline v0_1 {
namespace {

std::vector<StackFrame> find(std::span<const void* const> addresses) {
  std::vector<StackFrame> frames;
  frames.reserve(addresses.size());
  for (const void* const address : addresses) {
    const boost::stacktrace::frame found(address);
    std::string function = found.name();
    if (function.empty() || function.starts_with("0x")) function = detail::linked_name(address);
    std::string file = found.source_file();
    const auto line = file.empty() ? 0 : static_cast<std::uint32_t>(found.source_line());
    frames.push_back({address, std::move(function), std::move(file), line});
  }
  return frames;
}

}  // namespace

std::vector<StackFrame> stacktrace_symbols(std::span<const void* const> addresses) {
  return detail::on_symbol_thread(&find, addresses);
}

}  // namespace perf_timer::inline v0_1
