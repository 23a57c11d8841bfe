//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/executor_access.hpp>
#include <perf_timer/detail/asio/ts_interface.hpp>
#include <perf_timer/detail/platform/asio.hpp>
#include <perf_timer/perf_executor.hpp>

#include PERF_TIMER_ASIO_EXECUTION_HEADER(blocking.hpp)
#include PERF_TIMER_ASIO_HEADER(is_executor.hpp)
#include PERF_TIMER_ASIO_HEADER(prefer.hpp)
#include PERF_TIMER_ASIO_HEADER(query.hpp)
#include PERF_TIMER_ASIO_HEADER(require.hpp)
#include PERF_TIMER_ASIO_HEADER(strand.hpp)

#include <concepts>
#include <memory>
#include <type_traits>
#include <utility>

namespace perf_timer::inline v0_1::detail {

/// What an instrumented executor is in effect, and how its type follows its inner executor.
template <class Executor>
struct Instrumented;

template <class Inner, class Clock>
struct Instrumented<PerfExecutor<Inner, Clock>> {
  using Effective = PerfExecutor<Inner, Clock>;
  template <class OtherInner>
  using WithInner = PerfExecutor<OtherInner, Clock>;
};

template <class Executor>
concept AnInstrumentedExecutor = requires { typename Instrumented<Executor>::Effective; };

/// A strand of an instrumented executor is an instrumented strand.
template <AnInstrumentedExecutor Executor>
struct Instrumented<asio::strand<Executor>> {
  using Below = typename Instrumented<Executor>::Effective;
  using Effective = typename Instrumented<Below>::template WithInner<
      asio::strand<typename Below::inner_executor_type>>;
  // `require` and `prefer` turn a strand into a strand.
  template <class OtherStrand>
  using WithInner = asio::strand<typename Instrumented<Executor>::template WithInner<
      typename OtherStrand::inner_executor_type>>;
};

/// Tells of an executor that is derived from an instrumented strand. Not defined.
template <AnInstrumentedExecutor Executor>
std::bool_constant<has_ts_interface<Executor>> ts_interface_of_strand(
    const asio::strand<Executor>&);
template <class Executor>
concept DerivedFromInstrumentedStrand =
    requires(const Executor& executor) { detail::ts_interface_of_strand(executor); };

/// What an instrumented strand is in effect, and what Asio's own strands take from it when they are
/// made of it: the executor below, and the strand's state.
template <class Executor>
struct StrandParts {
  using Effective = typename Instrumented<asio::strand<Executor>>::Effective;
  using Below = typename Instrumented<asio::strand<Executor>>::Below;
  using State = typename Effective::inner_executor_type::implementation_type;

  Effective effective;

  [[nodiscard]] Executor below() const {
    using Inner = typename Below::inner_executor_type;
    Below executor = ExecutorAccess::make<typename Below::clock>(
        Inner(ExecutorAccess::inner(effective).get_inner_executor()),
        ExecutorAccess::binding(effective), ExecutorAccess::capture(effective));
    if constexpr (std::same_as<Below, Executor>)
      return executor;
    else
      return ExecutorAccess::strand_of<Executor>(std::move(executor));
  }

  template <class Other>
    requires std::convertible_to<Executor, Other>
  operator Other() const {
    return below();
  }
  operator State() const noexcept { return effective.get_inner_executor().impl_; }
};

}  // namespace perf_timer::inline v0_1::detail

namespace PERF_TIMER_ASIO_NAMESPACE {

/// \cond
template <perf_timer::detail::DerivedFromInstrumentedStrand Executor>
struct is_executor<Executor>
    : decltype(perf_timer::detail::ts_interface_of_strand(std::declval<const Executor&>())){};
/// \endcond

/// A strand of a `PerfExecutor`, or of such a strand. Asio's own would hand its queue down: others'
/// functions would then execute inside one step. So this is the same as instrumenting a strand:
/// `make_strand(instrument(context))` measures what `instrument(make_strand(context))` does. If a
/// timer wraps the executor, each function is a run.
///
/// It has the members of every other strand. Like a `PerfExecutor`, it is three words.
///
/// Thread safety: distinct objects: safe. Shared objects: safe for const members.
template <perf_timer::detail::AnInstrumentedExecutor Executor>
class strand<Executor> {
  using Traits = perf_timer::detail::Instrumented<strand>;
  using Effective = typename Traits::Effective;
  using Below = typename Traits::Below;
  using Access = perf_timer::detail::ExecutorAccess;
  template <class OtherStrand>
  using WithInner = typename Traits::template WithInner<OtherStrand>;

  template <class Property>
  static constexpr bool is_always = std::convertible_to<Property, execution::blocking_t::always_t>;

 public:
  using inner_executor_type = Executor;  ///< The executor that executes.

  /// Makes a strand. Throws `std::bad_alloc`.
  template <class From>
    requires(!std::same_as<From, strand> && std::convertible_to<const From&, Executor>)
  explicit strand(const From& from) : strand(Made(), make(Executor(from))) {}

  strand(const strand& other) noexcept : executor_(other.executor_) {}
  strand(strand&& other) noexcept : executor_(std::move(other.executor_)) {}
  strand& operator=(const strand& other) noexcept {
    executor_ = other.executor_;
    return *this;
  }
  strand& operator=(strand&& other) noexcept {
    executor_ = std::move(other.executor_);
    return *this;
  }
  ~strand() { std::destroy_at(&executor_); }

  /// The same strand by another type of executor. Throws `std::bad_alloc`.
  template <class Other>
    requires(!std::same_as<Other, Executor> && perf_timer::detail::AnInstrumentedExecutor<Other> &&
             std::convertible_to<const Other&, Executor>)
  strand(const strand<Other>& other) : strand(Made(), Effective(Access::effective(other))) {}
  /// The same strand by another type of executor. Throws `std::bad_alloc`.
  template <class Other>
    requires(!std::same_as<Other, Executor> && perf_timer::detail::AnInstrumentedExecutor<Other> &&
             std::convertible_to<const Other&, Executor>)
  strand& operator=(const strand<Other>& other) {
    return *this = strand(other);
  }

  /// Returns the executor that the strand was made of.
  [[nodiscard]] inner_executor_type get_inner_executor() const { return executor_.below(); }

  /// Called by `asio::query`.
  template <class Property>
    requires can_query<const Effective&, Property>::value
  [[nodiscard]] decltype(auto) query(const Property& property) const
      noexcept(is_nothrow_query<const Effective&, Property>::value) {
    return asio::query(effective(), property);
  }

  /// Called by `asio::require`.
  template <class Property>
    requires(can_require<const Effective&, Property>::value && !is_always<Property>)
  [[nodiscard]] auto require(const Property& property) const
      noexcept(is_nothrow_require<const Effective&, Property>::value) {
    return as_strand(asio::require(effective(), property));
  }

  /// Called by `asio::prefer`.
  template <class Property>
    requires(can_prefer<const Effective&, Property>::value && !is_always<Property>)
  [[nodiscard]] auto prefer(const Property& property) const
      noexcept(is_nothrow_prefer<const Effective&, Property>::value) {
    return as_strand(asio::prefer(effective(), property));
  }

  /// Submits a function.
  template <class Function>
    requires requires(const Effective& effective, Function&& function) {
      PERF_TIMER_ASIO_EXECUTE(effective, std::forward<Function>(function));
    }
  void execute(Function&& function) const {
    PERF_TIMER_ASIO_EXECUTE(effective(), std::forward<Function>(function));
  }

#if PERF_TIMER_ASIO_HAS_TS_EXECUTORS
  /// The execution context.
  [[nodiscard]] decltype(auto) context() const noexcept
    requires requires(const Effective& effective) { effective.context(); }
  {
    return effective().context();
  }
  /// Counts one more piece of outstanding work.
  void on_work_started() const noexcept
    requires requires(const Effective& effective) { effective.on_work_started(); }
  {
    effective().on_work_started();
  }
  /// Counts one less.
  void on_work_finished() const noexcept
    requires requires(const Effective& effective) { effective.on_work_finished(); }
  {
    effective().on_work_finished();
  }
  /// Executes a function here if the strand is free or executes here, else later.
  template <class Function, class Allocator>
  void dispatch(Function&& function, const Allocator& allocator) const {
    effective().dispatch(std::forward<Function>(function), allocator);
  }
  /// Executes a function later.
  template <class Function, class Allocator>
  void post(Function&& function, const Allocator& allocator) const {
    effective().post(std::forward<Function>(function), allocator);
  }
  /// Executes a function later, as a continuation of the calling one.
  template <class Function, class Allocator>
  void defer(Function&& function, const Allocator& allocator) const {
    effective().defer(std::forward<Function>(function), allocator);
  }
#endif

  /// Whether the calling thread executes a function of this strand.
  [[nodiscard]] bool running_in_this_thread() const noexcept {
    return effective().running_in_this_thread();
  }

  /// Whether both are the same strand.
  friend bool operator==(const strand& a, const strand& b) noexcept {
    return a.effective() == b.effective();
  }
  /// The opposite.
  friend bool operator!=(const strand& a, const strand& b) noexcept { return !(a == b); }

 private:
  friend perf_timer::detail::ExecutorAccess;

  struct Made {};
  strand(Made, Effective effective) noexcept : executor_{std::move(effective)} {}

  [[nodiscard]] static Effective make(const Executor& executor) {
    const Below& below = Access::effective(executor);
    return Access::make<typename Below::clock>(
        strand<typename Below::inner_executor_type>(below.get_inner_executor()),
        Access::binding(below), Access::capture(below));
  }

  template <class OtherStrand, class Clock>
  [[nodiscard]] static auto as_strand(perf_timer::PerfExecutor<OtherStrand, Clock> effective) {
    return Access::strand_of<WithInner<OtherStrand>>(std::move(effective));
  }

  [[nodiscard]] const Effective& effective() const noexcept { return executor_.effective; }

 public:
  // Asio's own strands read these two members when they are made of this one, as a
  // `strand<any_io_executor>` may be. Both are one and the same object.
  union {
    perf_timer::detail::StrandParts<Executor> executor_;  ///< not for users
    perf_timer::detail::StrandParts<Executor> impl_;      ///< not for users
  };
};

}  // namespace PERF_TIMER_ASIO_NAMESPACE
