//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/span/open_run.hpp>

#include "driver.hpp"

#include "common/aligned_memory.hpp"

#include <new>
#include <vector>

namespace {

/// While it is set, allocations of blocks fail on this thread.
thread_local bool heap_is_empty = false;

}  // namespace

// Only blocks are over-aligned, so only they use these operators. A sanitizer has both of its own.
void* operator new(std::size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
  return heap_is_empty
             ? nullptr
             : perf_timer::test::allocate_aligned(static_cast<std::size_t>(alignment), size);
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  void* const block = operator new(size, alignment, std::nothrow);
  if (!block) throw std::bad_alloc();
  return block;
}
void operator delete(void* block, std::align_val_t) noexcept {
  perf_timer::test::free_aligned(block);
}
void operator delete(void* block, std::size_t, std::align_val_t) noexcept {
  perf_timer::test::free_aligned(block);
}

namespace perf_timer::test {
namespace {

/// Holds all blocks. The heap must be empty.
class AllBlocks {
 public:
  AllBlocks() {
    try {
      for (;;) blocks_.push_back(detail::FreeList::allocate());
    } catch (const std::bad_alloc&) {
    }
  }
  AllBlocks(const AllBlocks&) = delete;
  AllBlocks& operator=(const AllBlocks&) = delete;
  ~AllBlocks() {
    for (auto* block : blocks_) detail::FreeList::deallocate(block);
  }

 private:
  std::vector<void*> blocks_;
};

/// The same of spans.
template <class S>
class AllSpans {
 public:
  AllSpans() {
    while (S* const span = detail::SpanPool<S>::make()) span->parent = std::exchange(first_, span);
  }
  AllSpans(const AllSpans&) = delete;
  AllSpans& operator=(const AllSpans&) = delete;
  ~AllSpans() {
    while (first_) {
      S* const span = static_cast<S*>(std::exchange(first_, first_->parent));
      detail::SpanPool<S>::free(span);
    }
  }

 private:
  detail::Span* first_ = nullptr;
};

struct EmptyHeap {
  EmptyHeap() { heap_is_empty = true; }
  EmptyHeap(const EmptyHeap&) = delete;
  EmptyHeap& operator=(const EmptyHeap&) = delete;
  ~EmptyHeap() { heap_is_empty = false; }
};

/// Neither the heap nor the free lists have any blocks left.
struct NoMemory {
  const EmptyHeap heap;
  const AllBlocks blocks;
  const AllSpans<detail::Span> spans;
  const AllSpans<detail::ProcessorSpan> processor_spans;
};

BOOST_FIXTURE_TEST_SUITE(no_memory, CleanThread)

BOOST_AUTO_TEST_CASE_TEMPLATE(a_run_that_cannot_be_opened_is_lost, Clock, Clocks) {
  OpenRun<Clock> around;
  {
    const NoMemory here;
    OpenRun<Clock> run;
    compute<Clock>(2);
    const auto times = run.close();
    check_lost(times, LostReason::no_memory);
    BOOST_TEST(times.elapsed == 2);
  }
  check_busy(around.close(), 2);
}

// Asio calls it where exceptions aren't allowed.
BOOST_AUTO_TEST_CASE_TEMPLATE(a_capture_is_made_all_the_same, Clock, Clocks) {
  SuspendedRun<Clock> run(1);
  const NoMemory here;
  {
    detail::Capture captured, copy;
    in_step<Clock>(run.here, [&] {
      captured = capture_here<Clock>(nullptr);
      copy = captured;
    });
    const detail::Capture moved = std::move(captured);
    BOOST_TEST(moved.made());
    BOOST_TEST(moved.span() == run.here.span());
    BOOST_TEST(copy.span() == moved.span());
    BOOST_TEST(moved.in() == 0u);
    in_step<Clock>(copy, [] { compute<Clock>(2); });
  }
  check_busy(run.close(), 3);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_is_measured_already_needs_none, Clock, Clocks) {
  SuspendedRun<Clock> run(1);
  const NoMemory here;
  in_step<Clock>(run.here, [] { compute<Clock>(2); });
  check_busy(run.close(), 3);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
