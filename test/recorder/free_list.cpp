//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/sanitizers.hpp>
#include <perf_timer/detail/recorder/free_list.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <set>
#include <thread>
#include <vector>

namespace perf_timer::test {
namespace {

using detail::FreeList;
namespace ut = boost::unit_test;

/// With a sanitizer every block comes from the heap.
boost::test_tools::assertion_result recycles(ut::test_unit_id) {
  return !detail::has_address_sanitizer && !detail::has_thread_sanitizer;
}

std::vector<void*> take(std::size_t many) {
  std::vector<void*> blocks(many);
  for (auto& block : blocks) block = FreeList::allocate();
  return blocks;
}

void give_back(const std::vector<void*>& blocks) {
  for (auto* block : blocks) FreeList::deallocate(block);
}

void on_another_thread(auto action) { std::thread(action).join(); }

BOOST_AUTO_TEST_SUITE(free_list)

BOOST_AUTO_TEST_CASE(blocks_are_aligned_and_apart) {
  auto blocks = take(1000);
  for (auto* block : blocks) {
    BOOST_REQUIRE(reinterpret_cast<std::uintptr_t>(block) % FreeList::block_size == 0);
    std::fill_n(static_cast<unsigned char*>(block), FreeList::block_size, 0xab);
  }
  BOOST_TEST((std::set<void*>(blocks.begin(), blocks.end()).size() == blocks.size()));
  give_back(blocks);
}

BOOST_AUTO_TEST_CASE(what_was_given_back_last_is_taken_first, *ut::precondition(recycles)) {
  const auto blocks = take(3);
  give_back(blocks);
  const auto again = take(3);
  BOOST_TEST((again == std::vector<void*>{blocks[2], blocks[1], blocks[0]}));
  give_back(again);
}

BOOST_AUTO_TEST_CASE(a_thread_that_ends_leaves_its_blocks_to_others, *ut::precondition(recycles)) {
  std::vector<void*> left;
  on_another_thread([&] {
    left = take(10);
    give_back(left);
  });
  on_another_thread([&] {
    auto* const block = FreeList::allocate();
    BOOST_TEST((std::find(left.begin(), left.end(), block) != left.end()));
    FreeList::deallocate(block);
  });
}

// One thread opens runs and another closes them, so the blocks circulate.
BOOST_AUTO_TEST_CASE(blocks_that_always_go_one_way_come_back, *ut::precondition(recycles)) {
  std::set<void*> seen;
  std::vector<void*> on_the_way;
  std::atomic<int> turn = 0;  // even: the taker's turn, odd: the giver's
  constexpr int turns = 200;
  std::thread giver([&] {
    for (int mine = 1; mine < turns; mine += 2) {
      while (turn != mine) std::this_thread::yield();
      give_back(on_the_way);
      turn = mine + 1;
    }
  });
  for (int mine = 0; mine < turns; mine += 2) {
    while (turn != mine) std::this_thread::yield();
    on_the_way = take(64);
    seen.insert(on_the_way.begin(), on_the_way.end());
    turn = mine + 1;
  }
  giver.join();
  BOOST_TEST(seen.size() <= 64u * 10);  // there were 6400 runs
}

BOOST_AUTO_TEST_CASE(no_block_has_two_owners) {
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  std::atomic<void*> exchange = nullptr;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 10'000; ++i) {
        auto* const block = static_cast<std::uint64_t*>(FreeList::allocate());
        const auto mark = reinterpret_cast<std::uintptr_t>(&block);
        *block = mark;
        std::this_thread::yield();
        if (*block != mark) ++wrong;
        if (auto* const others = exchange.exchange(block)) FreeList::deallocate(others);
      }
    });
  for (auto& thread : threads) thread.join();
  FreeList::deallocate(exchange);
  BOOST_TEST(wrong == 0);
}

/// Constructed before the thread first uses the list, so destroyed after the list is closed.
struct Late {
  void* kept = nullptr;
  bool* worked = nullptr;
  ~Late() {
    if (!worked) return;
    FreeList::deallocate(kept);
    auto blocks = take(300);
    *worked = std::find(blocks.begin(), blocks.end(), nullptr) == blocks.end();
    give_back(blocks);
  }
};

BOOST_AUTO_TEST_CASE(it_works_to_the_very_end_of_a_thread) {
  bool worked = false;
  on_another_thread([&] {
    static thread_local Late late;
    late.worked = &worked;
    late.kept = FreeList::allocate();
    give_back(take(10));
  });
  BOOST_TEST(worked);
}

struct Small : detail::Recycled<Small> {
  std::uint64_t value = 7;
};

BOOST_AUTO_TEST_CASE(objects_live_in_blocks, *ut::precondition(recycles)) {
  auto* const first = new Small;
  BOOST_TEST(first->value == 7u);
  delete first;
  auto* const second = new (std::nothrow) Small;
  BOOST_TEST(second == first);
  delete second;
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
