//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "operation_name.hpp"

#include <perf_timer/detail/tracking/handler_name.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace perf_timer::inline v0_1::detail {
namespace {

/// Returns whether it is a header of Boost, or of standalone Asio. A location there is of a
/// composed operation.
[[nodiscard]] bool is_of_library(std::string_view file) noexcept {
  if (!file.ends_with(".hpp") && !file.ends_with(".ipp")) return false;
  for (const std::string_view folder :
       {"/boost/", "/asio/impl/", "/asio/ssl/", "/asio/experimental/", "/asio/detail/"})
    if (file.find(folder) != std::string_view::npos) return true;
  return file.ends_with("/asio/co_composed.hpp");
}

/// Returns whether it is of a token that doesn't know where it stands, or of a coroutine that
/// `co_spawn` starts with or, of newer Asio, that is `&&` or `||`.
[[nodiscard]] bool is_unknown(const OperationLocation* location) noexcept {
  if (!location->file()) return true;
  const std::string_view file = location->file();
  return file.ends_with("/co_spawn.hpp") || file.ends_with("/awaitable_operators.hpp");
}

[[nodiscard]] bool is_composed(const OperationLocation* location) noexcept {
  return location && !is_unknown(location) && is_of_library(location->file());
}

[[nodiscard]] std::string text(const char* literal) { return literal ? literal : ""; }

void place(OperationName& name, const char* file, unsigned line, const char* function) {
  name.file = text(file);
  name.line = name.file.empty() ? 0 : line;
  // Of a lambda, `__func__` is that, and the handler's type says more.
  if (function && *function && function != std::string_view("operator()"))
    name.function = function_name(function);
}

/// Returns whether a location says more than the line of the `co_await`. It tells apart what one
/// `co_await` awaits. But a token that is a constant of a program, which is in no function, only
/// knows where it is defined.
[[nodiscard]] bool is_closer(const OperationLocation* location, const SourceLine& awaits) noexcept {
  if (!location || is_unknown(location) || is_composed(location)) return false;
  return !awaits.file || (location->function() && *location->function());
}

/// Returns whether it may be a further step of what the step has begun whose handler starts it. The
/// same callback can also start the same operation once more.
[[nodiscard]] bool goes_on(const OperationStart& start, const OperationName& name) {
  if (!is_composed(start.locations[0]) || !start.inside || start.awaits.file) return false;
  const OperationName& before = start.inside->name();
  const auto& around = before.composed;
  return name.handler == before.handler &&
         std::find(around.begin(), around.end(), name.composed.front()) != around.end();
}

/// Says of which composed operation it is a step. Of one that goes on, the outermost location is
/// that of some inner part. What it continues is what its last step's handler continues.
void part_of(OperationName& name, const OperationStart& start) {
  for (const OperationLocation* const at : start.locations)
    if (is_composed(at) && at->function()) name.composed.emplace_back(at->function());
  if (name.composed.empty()) return;
  name.part_of = name.composed.front();
  if (!goes_on(start, name)) return;
  const OperationName& before = start.inside->name();
  name.part_of = before.part_of;
  name.file = before.file;
  name.line = before.line;
  name.function = before.function;
  name.composed = before.composed;
}

}  // namespace

OperationName operation_name(const OperationStart& start) {
  OperationName name{.object = text(start.object), .name = text(start.name)};
  name.handler = handler_name(start.site->type);
  name.function = name.handler.function;
  name.file = name.handler.file;
  name.line = name.handler.line;
  const OperationLocation* const at = start.locations[0];
  if (is_closer(at, start.awaits))
    place(name, at->file(), static_cast<unsigned>(at->line()), at->function());
  else if (start.awaits.file)
    place(name, start.awaits.file, start.awaits.line, start.awaits.function);
  part_of(name, start);
  return name;
}

StepPlace place_of_step(const OperationStart& start, const OperationName& name) {
  if (name.composed.empty()) return StepPlace::first;
  if (!start.site->is_awaited) return StepPlace::unknown;
  if (goes_on(start, name)) return StepPlace::further;
  // A line is there for the first operation that a `co_await` starts. The next one can be of the
  // same call.
  return start.awaits.file ? StepPlace::first : StepPlace::unknown;
}

}  // namespace perf_timer::inline v0_1::detail
