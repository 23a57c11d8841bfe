//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// How well short pieces of code are measured, of which it is known how long they take. Prints a
// table: what one piece takes among many, and what a reading before it and one after it say, with a
// fence and without one. A reading's own time is subtracted.
#include <perf_timer/detail/clock/steady_now.hpp>
#include <perf_timer/tsc_clock.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <numeric>
#include <random>
#include <utility>
#include <vector>

namespace {

using perf_timer::detail::steady_now;
using perf_timer::detail::steady_now_unfenced;

constexpr int rounds = 25;
constexpr int pieces = 2000;

/// The least of all rounds, as neighbours on the machine only add to it.
template <class Function>
double least(Function round) {
  double result = std::numeric_limits<double>::max();
  for (int i = 0; i < rounds; ++i) result = std::min(result, round());
  return result;
}

template <class Piece>
double among_many(Piece piece) {
  std::size_t x = 1;
  return least([&] {
    const auto begin = steady_now();
    for (int i = 0; i < pieces; ++i) x = piece(x);
    return static_cast<double>(steady_now() - begin) / pieces;
  });
}

template <class Now, class Piece>
double by_readings(Now now, Piece piece) {
  std::size_t x = 1;
  return least([&] {
    std::int64_t sum = 0;
    for (int i = 0; i < pieces; ++i) {
      const auto begin = now();
      x = piece(x);
      sum += now() - begin;
    }
    return static_cast<double>(sum) / pieces;
  });
}

void keep(std::size_t& x) { asm volatile("" : "+r"(x)); }

template <class Piece>
void row(const char* what, int n, Piece piece) {
  const auto nothing = [](std::size_t x) { return x; };
  const double fenced = by_readings(steady_now, piece) - by_readings(steady_now, nothing);
  const double unfenced =
      by_readings(steady_now_unfenced, piece) - by_readings(steady_now_unfenced, nothing);
  std::printf("| %d %s | %.0f | %.0f | %.0f |\n", n, what, among_many(piece), fenced, unfenced);
}

/// A ring of places that a processor can't foresee, larger than its caches.
std::vector<std::size_t> ring() {
  std::vector<std::size_t> order(std::size_t{1} << 23), next(order.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::shuffle(order.begin(), order.end(), std::mt19937_64(1));
  for (std::size_t i = 0; i < order.size(); ++i) next[order[i]] = order[(i + 1) % order.size()];
  return next;
}

}  // namespace

int main() {
  if (!perf_timer::tsc_clock::uses_counter())
    std::puts("the counter isn't used here, so there is no difference");
  std::puts("| a piece of | ns | with fences | without |\n| --- | --- | --- | --- |");
  for (const int n : {10, 30, 100, 300, 1000})
    row("multiplications", n, [n](std::size_t x) {
      for (int i = 0; i < n; ++i) {
        x = x * 3 + 1;
        keep(x);
      }
      return x;
    });
  const std::vector<std::size_t> places = ring();
  for (const int n : {1, 3, 10, 30})
    row("accesses to memory", n, [&, n](std::size_t x) {
      for (int i = 0; i < n; ++i) x = places[x];
      keep(x);
      return x;
    });
}
