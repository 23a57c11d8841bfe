//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/recorder/lost_reason.hpp>

namespace perf_timer::inline v0_1::detail {
namespace {

struct Words {
  std::string_view sentence = "not lost";
  std::string_view remedy;
};

#define PERF_TIMER_LOST(name, sentence, or_else, remedy, and_also) \
  {sentence or_else, remedy and_also},
#define PERF_TIMER_PARTIAL(name, sentence, or_else, remedy, and_also) {sentence, remedy},

constexpr Words lost[lost_reason_count] = {{}, PERF_TIMER_LOST_REASONS(PERF_TIMER_LOST)};
constexpr Words partial[lost_reason_count] = {{}, PERF_TIMER_LOST_REASONS(PERF_TIMER_PARTIAL)};

#undef PERF_TIMER_LOST
#undef PERF_TIMER_PARTIAL

const Words& words_of(LostReason reason, bool is_partial) noexcept {
  const auto i = static_cast<std::size_t>(reason);
  return (is_partial ? partial : lost)[i < lost_reason_count ? i : 0];
}

}  // namespace

std::string_view to_string(LostReason reason, bool partial) noexcept {
  return words_of(reason, partial).sentence;
}

std::string_view remedy_of(LostReason reason, bool partial) noexcept {
  return words_of(reason, partial).remedy;
}

}  // namespace perf_timer::inline v0_1::detail
