//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/span/account.hpp>

#include <boost/test/unit_test.hpp>

#include <thread>
#include <vector>

namespace perf_timer::test {
namespace {

using detail::Account;
using detail::Ticks;
using Shared = detail::AccountOps<true>;
using PerThread = detail::AccountOps<false>;

BOOST_AUTO_TEST_SUITE(account)

BOOST_AUTO_TEST_CASE(is_exact_while_a_thread_is_in_and_when_it_has_left) {
  Account account;
  BOOST_TEST(Shared::read(account, 50) == 0);
  Shared::enter(account, 100);
  BOOST_TEST(Shared::read(account, 100) == 0);
  BOOST_TEST(Shared::read(account, 107) == 7);
  Shared::leave(account, 110);
  BOOST_TEST(Shared::read(account, 110) == 10);
  BOOST_TEST(Shared::read(account, 999) == 10);
}

BOOST_AUTO_TEST_CASE(two_threads_count_double) {
  Account account;
  Shared::enter(account, 100);
  Shared::enter(account, 104);
  BOOST_TEST(Shared::read(account, 110) == 10 + 6);
  Shared::leave(account, 110);
  BOOST_TEST(Shared::read(account, 115) == 10 + 11);
  Shared::leave(account, 120);
  BOOST_TEST(Shared::read(account, 200) == 10 + 16);
}

BOOST_AUTO_TEST_CASE(as_many_threads_as_there_is_room_for) {
  constexpr Ticks most = Shared::threads_mask;
  Account account;
  for (Ticks i = 0; i < most; ++i) Shared::enter(account, 1000 - i);
  const Ticks sum = most * (most - 1) / 2;
  BOOST_TEST(Shared::read(account, 1000) == sum);
  BOOST_TEST(Shared::read(account, 1001) == sum + most);
  for (Ticks i = 0; i < most; ++i) Shared::leave(account, 1001);
  BOOST_TEST(Shared::read(account, 5000) == sum + most);
}

BOOST_AUTO_TEST_CASE(a_clock_that_goes_back_makes_it_negative) {
  Account account;
  Shared::enter(account, 100);
  BOOST_TEST(Shared::read(account, 90) == -10);
  Shared::leave(account, 95);
  BOOST_TEST(Shared::read(account, 999) == -5);
  Shared::enter(account, 10);
  BOOST_TEST(Shared::read(account, 16) == 1);
}

BOOST_AUTO_TEST_CASE(charged_time_adds_to_measured_time) {
  Account account;
  Shared::charge(account, 5);
  Shared::enter(account, 100);
  Shared::charge(account, -2);
  BOOST_TEST(Shared::read(account, 110) == 13);
}

BOOST_AUTO_TEST_CASE(readings_may_be_longer_than_what_an_account_holds) {
  for (const Ticks epoch :
       {Ticks{1} << 53, (Ticks{1} << 54) - 3, Ticks{1'800'000'000} * 1'000'000'000,
        -(Ticks{1} << 54) - 3, Ticks{-5}}) {
    BOOST_TEST_CONTEXT("readings from " << epoch) {
      Account account;
      Shared::enter(account, epoch);
      Shared::enter(account, epoch + 1);
      BOOST_TEST(Shared::read(account, epoch + 10) == 19);
      Shared::leave(account, epoch + 10);
      Shared::leave(account, epoch + 10);
      BOOST_TEST(Shared::read(account, epoch + 20) == 19);
    }
  }
}

BOOST_AUTO_TEST_CASE(it_holds_a_hundred_days) {
  constexpr Ticks day = Ticks{24} * 60 * 60 * 1'000'000'000;
  Account account;
  Shared::enter(account, 7);
  BOOST_TEST(Shared::read(account, 7 + 100 * day) == 100 * day);
  Shared::leave(account, 7 + 100 * day);
  BOOST_TEST(Shared::read(account, 0) == 100 * day);
}

BOOST_AUTO_TEST_CASE(a_clock_for_each_thread_knows_only_what_was_charged) {
  Account account;
  PerThread::enter(account, 100);
  PerThread::charge(account, 7);
  BOOST_TEST(PerThread::read(account, 999) == 7);
  PerThread::leave(account, 200);
  PerThread::charge(account, -10);
  BOOST_TEST(PerThread::read(account, 999) == -3);
}

BOOST_AUTO_TEST_CASE(four_threads_at_once) {
  Account shared, per_thread;
  std::vector<std::thread> threads;
  for (Ticks t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (Ticks i = 0; i < 10'000; ++i) {
        Shared::enter(shared, i);
        Shared::leave(shared, i + t);
        PerThread::charge(per_thread, t);
      }
    });
  for (auto& thread : threads) thread.join();
  BOOST_TEST(Shared::read(shared, 0) == 60'000);
  BOOST_TEST(PerThread::read(per_thread, 0) == 60'000);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
