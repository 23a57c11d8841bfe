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

#define PERF_TIMER_WORDS(name, sentence, remedy) {sentence, remedy},

constexpr Words words[lost_reason_count] = {{}, PERF_TIMER_LOST_REASONS(PERF_TIMER_WORDS)};

#undef PERF_TIMER_WORDS

const Words& words_of(LostReason reason) noexcept {
  const auto i = static_cast<std::size_t>(reason);
  return words[i < lost_reason_count ? i : 0];
}

}  // namespace

std::string_view to_string(LostReason reason) noexcept { return words_of(reason).sentence; }

std::string_view remedy_of(LostReason reason) noexcept { return words_of(reason).remedy; }

}  // namespace perf_timer::inline v0_1::detail
