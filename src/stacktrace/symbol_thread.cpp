//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "symbol_thread.hpp"

#include <perf_timer/detail/platform/process_id.hpp>
#include <perf_timer/detail/platform/signals_blocked.hpp>

#include <atomic>
#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

/// What somebody wants to know, on the stack of who waits for it.
struct Question {
  std::vector<StackFrame> (*find)(std::span<const void* const>);
  std::span<const void* const> addresses;
  std::vector<StackFrame> frames{};
  std::exception_ptr error{};
  bool is_answered = false;  // guarded by the thread's mutex
  Question* next = nullptr;  // likewise
};

/// Never destroyed, because the thread stays, and a process may ask late.
class SymbolThread {
 public:
  explicit SymbolThread(const SymbolThread* of_parent) : of_parent_(of_parent) {}
  SymbolThread(const SymbolThread&) = delete;
  SymbolThread& operator=(const SymbolThread&) = delete;

  /// Returns this process's. A lock would stay locked in the child of a fork, so there is none.
  static SymbolThread& instance() {
    static constinit std::atomic<SymbolThread*> made{nullptr};
    SymbolThread* known = made.load();
    while (!known || known->process_ != process_id()) {
      auto mine = std::make_unique<SymbolThread>(known);
      if (made.compare_exchange_strong(known, mine.get())) known = mine.release();
    }
    return *known;
  }

  void ask(Question& question) {
    std::unique_lock lock(mutex_);
    begin();
    Question** last = &first_;
    while (*last) last = &(*last)->next;
    *last = &question;
    changed_.notify_all();
    changed_.wait(lock, [&] { return question.is_answered; });
  }

 private:
  void begin() {
    if (has_begun_) return;
    const SignalsBlocked blocked;
    std::thread([this] { answer_all(); }).detach();
    has_begun_ = true;
  }

  [[noreturn]] void answer_all() noexcept {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [this] { return first_ != nullptr; });
      Question& question = *std::exchange(first_, first_->next);
      lock.unlock();
      try {
        question.frames = question.find(question.addresses);
      } catch (...) {
        question.error = std::current_exception();
      }
      lock.lock();
      question.is_answered = true;
      changed_.notify_all();
    }
  }

  const long process_ = process_id();
  [[maybe_unused]] const SymbolThread* const of_parent_;  // so that it isn't seen as leaked
  std::mutex mutex_;
  std::condition_variable changed_;
  bool has_begun_ = false;     // guarded by `mutex_`
  Question* first_ = nullptr;  // likewise
};

}  // namespace

std::vector<StackFrame> on_symbol_thread(
    std::vector<StackFrame> (*find)(std::span<const void* const>),
    std::span<const void* const> addresses) {
  Question question{find, addresses};
  SymbolThread::instance().ask(question);
  if (question.error) std::rethrow_exception(question.error);
  return std::move(question.frames);
}

}  // namespace perf_timer::inline v0_1::detail
