//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "random_programs/journal.hpp"

#include <algorithm>
#include <sstream>
#include <string_view>

namespace perf_timer::test::random_programs {
namespace {

void print(std::ostream& out, const std::vector<Journal::Event>& events, std::size_t i) {
  if (i >= events.size()) {
    out << "nothing more";
    return;
  }
  const auto& event = events[i];
  out << event.what << ' ' << event.who << ' ' << event.value << " at " << event.at;
}

bool is_same(const Journal::Event& a, const Journal::Event& b) {
  return std::string_view(a.what) == b.what && a.who == b.who && a.value == b.value && a.at == b.at;
}

}  // namespace

std::optional<std::string> Journal::first_difference(const Journal& other) const {
  const auto differs = std::mismatch(events_.begin(), events_.end(), other.events_.begin(),
                                     other.events_.end(), is_same)
                           .first;
  const auto i = static_cast<std::size_t>(differs - events_.begin());
  if (i == events_.size() && i == other.events_.size()) return std::nullopt;
  std::ostringstream out;
  out << "event " << i << ": ";
  print(out, events_, i);
  out << ", but ";
  print(out, other.events_, i);
  for (std::size_t before = i > 4 ? i - 4 : 0; before < i; ++before) {
    out << (before + 4 == i || before == 0 ? "; after " : ", ");
    print(out, events_, before);
  }
  return out.str();
}

}  // namespace perf_timer::test::random_programs
