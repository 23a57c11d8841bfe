//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "random_programs/stage.hpp"

#include "common/large_executor.hpp"

#include <exception>
#include <utility>

namespace perf_timer::test::random_programs {

namespace {

Scene scene_of(const TypedExecutor& executor, const Executor& about) {
  return {.executor = executor, .typed = executor, .bare = {}, .about = about};
}

/// Of the executor below an instrumented one.
Scene bare_scene(const ProbeExecutor& executor) {
  return {.executor = executor, .typed = {}, .bare = executor, .about = executor.about()};
}

/// A strand whose type doesn't tell that it is made of an instrumented executor.
asio::any_io_executor hidden_strand(const auto& instrumented, bool by_somebodys) {
  if (by_somebodys) return asio::make_strand(LargeExecutor(instrumented));
  return asio::make_strand(asio::any_io_executor(instrumented));
}

}  // namespace

Stage::Stage(Library library, bool somebodys) : library_(library) {
  const asio::any_io_executor plain = context_->get_executor();
  strand_a_ = asio::make_strand(plain);
  strand_b_ = asio::make_strand(plain);
  plain_strand_ = asio::make_strand(plain);
  for (WrapAccount* const wrap : {&wrap_, &wrap_strand_, &wrap_inside_})
    if (library == Library::is_switched_off) wrap->timer.enabled(false);
  if (is_left_out()) {
    strand_of_instrumented_ = asio::make_strand(plain);
    strand_of_strand_ = asio::make_strand(asio::make_strand(plain));
    strand_of_wrapped_ = asio::make_strand(plain);
    erased_strand_ = asio::make_strand(plain);
    erased_strand_of_again_ = asio::make_strand(*erased_strand_);
  } else {
    const auto instrumented = instrument<ProgramClock>(plain);
    strand_of_instrumented_ = asio::make_strand(instrumented);
    strand_of_strand_ = asio::make_strand(asio::make_strand(instrumented));
    strand_of_wrapped_ = asio::make_strand(wrap_inside_.timer.wrap(plain));
    erased_strand_ = hidden_strand(instrumented, somebodys);
    erased_strand_of_again_ = hidden_strand(instrument<ProgramClock>(*erased_strand_), somebodys);
  }
  erased_strand_of_strand_ = asio::make_strand(*erased_strand_);
  never_blocking_ = never_blocking(plain);
  shared_task_ = shared_task(plain);
  const auto executor = event_executor();
  channels_.emplace(std::array<Channel, 2>{Channel(executor, 0), Channel(executor, 2)});
}

Scene Stage::instrumented(const asio::any_io_executor& inner) {
  const ProbeExecutor probe(inner, ledger_, {});
  return is_left_out() ? bare_scene(probe) : scene_of(instrument<ProgramClock>(probe), {});
}

Scene Stage::never_blocking(const asio::any_io_executor& inner) {
  constexpr auto never = asio::execution::blocking.never;
  const Scene scene = instrumented(inner);
  return is_left_out() ? bare_scene(asio::require(*scene.bare, never))
                       : scene_of(asio::require(*scene.typed, never), {});
}

Scene Stage::own_task(const asio::any_io_executor& inner) {
  const Executor about{.task = &ledger_.task()};
  const ProbeExecutor probe(inner, ledger_, about);
  return is_left_out() ? bare_scene(probe) : scene_of(perf_timer::task<ProgramClock>(probe), about);
}

Scene Stage::shared_task(const asio::any_io_executor& inner) {
  const Executor about{.task = &shared_};
  const ProbeExecutor probe(inner, ledger_, about);
  return is_left_out() ? bare_scene(probe) : scene_of(perf_timer::task<ProgramClock>(probe), about);
}

Scene Stage::wrapped(const asio::any_io_executor& inner, WrapAccount& wrap) {
  const Executor about{.wrap = &wrap};
  const ProbeExecutor probe(inner, ledger_, about);
  return is_left_out() ? bare_scene(probe) : scene_of(wrap.timer.wrap(probe), about);
}

Scene Stage::scene(Place place) {
  const asio::any_io_executor context = context_->get_executor();
  const auto plain = [&](const asio::any_io_executor& inner) {
    const Executor about{.plain = !is_tracked, .followed = is_tracked};
    return Scene{ProbeExecutor(inner, ledger_, about), {}, {}, about, 1};
  };
  // There is no place between an instrumented executor and its strand. The probe is outermost.
  const auto around = [&](const asio::any_io_executor& strand, WrapAccount* wrap, int kind) {
    const Executor about{.wrap = wrap, .around = true};
    return Scene{ProbeExecutor(strand, ledger_, about), {}, {}, about, kind};
  };
  const Executor erased{.strand = &erased_};
  switch (place) {
    case Place::erased_strand:
      return {ProbeExecutor(*erased_strand_, ledger_, erased), {}, {}, erased, 5};
    case Place::erased_strand_of_strand:
      return {ProbeExecutor(*erased_strand_of_strand_, ledger_, erased), {}, {}, erased, 5};
    case Place::erased_strand_of_again: {
      const Executor about{.strand = &erased_of_again_};
      return {ProbeExecutor(*erased_strand_of_again_, ledger_, about), {}, {}, about, 5};
    }
    case Place::erased_strand_again: {
      const Executor about{.strand = &erased_, .instrumented_again = true};
      const ProbeExecutor probe(*erased_strand_, ledger_, about);
      return is_left_out() ? bare_scene(probe) : scene_of(instrument<ProgramClock>(probe), about);
    }
    case Place::strand_of_instrumented:
      return around(*strand_of_instrumented_, nullptr, 3);
    case Place::strand_of_strand:
      return around(*strand_of_strand_, nullptr, 4);
    case Place::strand_of_wrapped:
      return around(*strand_of_wrapped_, &wrap_inside_, 3);
    case Place::strand_a:
      return instrumented(*strand_a_);
    case Place::strand_b:
      return instrumented(*strand_b_);
    case Place::twice: {
      const auto once = instrumented(context).executor;
      return {is_left_out() ? once : instrument<ProgramClock>(once), {}, {}, {}, 2};
    }
    case Place::never_blocking:
      return *never_blocking_;
    case Place::large: {
      const Scene inside = instrumented(context);
      const auto held = [](const auto& executor) -> asio::any_io_executor {
        return LargeExecutor(executor);
      };
      return {is_left_out() ? held(*inside.bare) : held(*inside.typed), {}, {}, {}, 6};
    }
    case Place::task:
      return own_task(context);
    case Place::task_on_strand:
      return own_task(*strand_a_);
    case Place::shared_task:
      return *shared_task_;
    case Place::wrapped:
      return wrapped(context, wrap_);
    case Place::wrapped_strand:
      return wrapped(*strand_b_, wrap_strand_);
    case Place::wrapped_again: {
      const Scene once = wrapped(context, wrap_);
      return is_left_out() ? once : scene_of(wrap_.timer.wrap(*once.typed), once.about);
    }
    case Place::wrapped_erased: {
      const Scene once = wrapped(*strand_b_, wrap_strand_);
      const auto again = [&]() -> asio::any_io_executor {
        return wrap_strand_.timer.wrap(once.executor);
      };
      return {is_left_out() ? once.executor : again(), {}, {}, once.about, 2};
    }
    case Place::plain:
      return plain(context);
    case Place::plain_strand:
      return plain(*plain_strand_);
    case Place::own:
    case Place::context:
      break;
  }
  return instrumented(context);
}

Scene Stage::strand_of(const asio::any_io_executor& executor) {
  const Executor about{.strand = &ledger_.strand(), .of_a_run = true};
  return {ProbeExecutor(asio::make_strand(executor), ledger_, about), {}, {}, about, 5};
}

Stage::Sleep::Sleep(Stage& stage, int ticks, std::function<void()> end)
    : stage_(stage),
      end_(std::move(end)),
      place_(stage.sleeps_.emplace(Ledger::now() + ticks, this)) {}

Stage::Sleep::~Sleep() {
  if (!over_) stage_.sleeps_.erase(place_);
}

void Stage::compare(const Scene& scene) {
  std::int64_t equal = 0;
  for (const auto& other : compared_)
    equal = 2 * equal + (other.kind == scene.kind && other.executor == scene.executor);
  ledger_.note("is equal", scene.kind, equal);
  compared_.push_back(scene);
  if (compared_.size() > 16) compared_.pop_front();
}

void Stage::wait(int event, std::unique_ptr<Waiter> waiter) {
  waiters_[static_cast<std::size_t>(event % 2)].push_back(std::move(waiter));
}

void Stage::wake(int event) {
  for (auto& waiter : std::exchange(waiters_[static_cast<std::size_t>(event % 2)], {}))
    waiter->wake();
}

bool Stage::step() {
  while (!sleeps_.empty() && sleeps_.begin()->first <= Ledger::now()) {
    Sleep& sleep = *sleeps_.begin()->second;
    sleep.over_ = true;
    sleeps_.erase(sleep.place_);
    sleep.end_();
  }
  if (context_->stopped()) context_->restart();
  const int executed = poll_one();
  ledger_.note("polled", executed, context_->stopped());
  if (executed != 0) return true;
  if (sleeps_.empty()) return false;
  ManualClock::advance(sleeps_.begin()->first - Ledger::now());
  return true;
}

/// Returns what `poll_one` does; -1 and -2 for an exception.
int Stage::poll_one() {
  try {
    return static_cast<int>(context_->poll_one());
  } catch (const ProgramError&) {
    return -1;
  } catch (const std::exception&) {
    return -2;  // Asio 1.26 throws it out of a co_spawn that is cancelled before its first
                // suspension
  }
}

void Stage::run() {
  while (step()) {
  }
}

void Stage::close_channels() {
  channels_closed_ = true;
  for (auto& channel : *channels_) channel.close();
}

void Stage::destroy() {
  for (auto& waiters : waiters_) waiters.clear();
  channels_.reset();
  shared_task_.reset();
  never_blocking_.reset();
  compared_.clear();
  strand_a_.reset();
  strand_b_.reset();
  plain_strand_.reset();
  strand_of_instrumented_.reset();
  strand_of_strand_.reset();
  strand_of_wrapped_.reset();
  erased_strand_of_strand_.reset();
  erased_strand_of_again_.reset();
  erased_strand_.reset();
  context_.reset();
}

}  // namespace perf_timer::test::random_programs
