//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "shares.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace perf_timer::inline v0_1::detail {
namespace {

struct Share {
  double exact;  // percent
  long long shown;
  [[nodiscard]] double missing() const { return exact - static_cast<double>(shown); }
};

[[nodiscard]] bool is_less_than_one(const Share& share) { return share.exact < 1; }

}  // namespace

std::vector<std::string> shares(std::span<const std::chrono::nanoseconds> parts) {
  double whole = 0;
  for (const auto part : parts) whole += static_cast<double>(part.count());
  if (whole <= 0) return {};
  std::vector<Share> shares;
  double exact = 0;
  long long left = 0;
  for (const auto part : parts) {
    const double percent = 100 * static_cast<double>(part.count()) / whole;
    shares.push_back({percent, static_cast<long long>(std::floor(percent))});
    if (is_less_than_one(shares.back())) continue;
    exact += percent;
    left -= shares.back().shown;
  }
  // Those that miss most are rounded up, so that the sum is what it is when rounded.
  for (left += std::llround(exact); left > 0; --left) {
    const auto most =
        std::max_element(shares.begin(), shares.end(), [](const auto& a, const auto& b) {
          return (is_less_than_one(a) ? -1 : a.missing()) <
                 (is_less_than_one(b) ? -1 : b.missing());
        });
    ++most->shown;
  }
  std::vector<std::string> texts;
  for (const Share& share : shares)
    texts.push_back(is_less_than_one(share) && share.exact > 0 ? "<1%"
                                                               : std::to_string(share.shown) + "%");
  return texts;
}

}  // namespace perf_timer::inline v0_1::detail
