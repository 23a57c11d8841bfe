//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "common/long_mode.hpp"
#include "random_programs/look_for.hpp"

#include <cstddef>
#include <optional>
#include <random>
#include <utility>

namespace perf_timer::test::random_programs {
namespace {

struct Difference {
  Choices choices;
  std::string text;
};

/// The choices without `n` from there.
Choices without(Choices choices, std::size_t from, std::size_t n) {
  const auto first = choices.begin() + static_cast<std::ptrdiff_t>(from);
  choices.erase(first, first + static_cast<std::ptrdiff_t>(n));
  return choices;
}

/// A shorter sequence that differs, or one with a smaller number.
std::optional<Difference> smaller(const Choices& choices, const Check& check) {
  const auto tried = [&](Choices fewer) -> std::optional<Difference> {
    std::string text = check(fewer);
    if (text.empty()) return {};
    return Difference{std::move(fewer), std::move(text)};
  };
  for (std::size_t n = choices.size(); n != 0; n /= 2)
    for (std::size_t from = 0; from + n <= choices.size(); from += n)
      if (auto found = tried(without(choices, from, n))) return found;
  for (std::size_t i = 0; i < choices.size(); ++i)
    for (int by = 1; choices[i] >> (by - 1) != 0; ++by) {
      Choices lower = choices;
      lower[i] = static_cast<std::uint16_t>(choices[i] - (choices[i] >> (by - 1)));
      if (auto found = tried(std::move(lower))) return found;
    }
  return {};
}

}  // namespace

std::string look_for_difference(const std::string& name, std::uint64_t programs,
                                const Check& check) {
  std::mt19937 random(long_mode() == 1 ? 1 : std::random_device()());
  const auto up_to = [&](std::size_t most) { return random() % (most + 1); };
  for (std::uint64_t i = 0; i < programs; ++i) {
    Choices choices(up_to(most_choices));
    for (std::uint16_t& choice : choices) choice = static_cast<std::uint16_t>(up_to(0xffff));
    std::string text = check(choices);
    if (text.empty()) continue;
    Difference smallest{std::move(choices), std::move(text)};
    while (auto found = smaller(smallest.choices, check)) smallest = std::move(*found);
    return name + ", program " + std::to_string(i + 1) + ": " + smallest.text;
  }
  return {};
}

}  // namespace perf_timer::test::random_programs
