//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/live/look_at_threads.hpp>
#include <perf_timer/detail/live/step_watch.hpp>
#include <perf_timer/detail/platform/thread_questions.hpp>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

/// Sets how long the step has executed at `now`.
void set_length(LongStep& step, Ticks now) noexcept {
  step.lasted = std::chrono::nanoseconds(step.seen - step.since);
  step.lasted_at_most.reset();
  if (step.not_before != Sighting::unknown)
    step.lasted_at_most = std::chrono::nanoseconds(now - step.not_before);
}

/// To find the names of a stall's functions may take so long.
constexpr Ticks patience_for_names = Ticks{5} * 1'000'000'000;

}  // namespace

StepWatch::StepWatch(const StallWatchOptions& options, std::chrono::milliseconds patience,
                     SamplingTurn& sampling)
    : longer_than_(options.longer_than.count()),
      ask_(options.ask),
      backtrace_(options.backtrace),
      signal_(options.signal),
      patience_(patience),
      sampling_(sampling),
      limit_(options.most_per_minute) {
  threads_ = WatchedThreads().size();
  make_memory();
}

void StepWatch::look(const Now& now) noexcept {
  Lock lock(mutex_);
  const Ticks before = see_threads(now, false);
  const Ticks after = now();
  if (sampling_.is_mine()) sample();
  note_begun(lock, now, before);
  note_over(after);
  if (limit_.minute_is_over(before)) held_back_ += limit_.held_back();
}

void StepWatch::finish(const Now& now) noexcept {
  const Lock lock(mutex_);
  static_cast<void>(see_threads(now, true));
  note_over(now());
  held_back_ += limit_.held_back();
}

/// Returns a time before all that was seen.
Ticks StepWatch::see_threads(const Now& now, bool last) {
  for (Place* const p : lasting_) p->found = p->is_new = false;
  WatchedThreads threads;
  threads_ = threads.size();
  return threads.look(now, [&](const WatchedThread& thread, const Beacon& beacon,
                               const Sighting& sight, Ticks before) {
    if (!go_on(thread, beacon, sight, before) && !last && Beacon::in_step(sight.sight) &&
        before - sight.since >= longer_than_)
      begin(thread, beacon, sight, before, now);
  });
}

/// Returns whether the step lasts already. Of a thread's steps by several clocks, one is enough.
bool StepWatch::go_on(const WatchedThread& thread, const Beacon& beacon, const Sighting& sighting,
                      Ticks now) {
  const auto of_thread = [&](const Place* p) { return p->step.step.thread == thread.number; };
  const auto found = std::ranges::find_if(lasting_, of_thread);
  if (found == lasting_.end()) return false;
  Place& place = **found;
  if (place.is_new && Beacon::in_step(sighting.sight) && sighting.since < place.step.since) {
    free_.push_back(&place);
    lasting_.erase(found);  // this one is around it
    return false;
  }
  if (place.step.step.beacon == &beacon && place.step.step.sight == sighting.sight) {
    place.found = true;
    place.step.seen = now;
  }
  return true;
}

void StepWatch::begin(const WatchedThread& thread, const Beacon& beacon, const Sighting& sighting,
                      Ticks seen, const Now& now) {
  if (free_.empty()) return;  // nobody takes the notes, for a long time
  Place& place = *free_.back();
  free_.pop_back();
  place = {};
  LongStep& step = place.step;
  step.number = ++last_number_;
  step.step = {thread.number, &beacon, sighting.sight};
  step.since = sighting.since;
  step.not_before = sighting.not_before;
  step.seen = seen;
  step.thread = thread.handle.id();
  step.thread_name = thread.handle.name();
  const auto used = thread.handle.processor_time();
  const Ticks after = now();
  set_length(step, after);
  if (used && sighting.processor != Sighting::unknown)
    step.on_processor = std::clamp(static_cast<double>(used->count() - sighting.processor) /
                                       static_cast<double>(after - sighting.since),
                                   0.0, 1.0);
  lasting_.push_back(&place);
}

void StepWatch::note_begun(Lock& lock, const Now& now, Ticks seen) {
  std::array<Place*, ThreadQuestions::most> asked{};
  for (std::size_t i = 0, n = 0; i <= lasting_.size(); ++i) {
    const bool is_end = i == lasting_.size();
    if (n == asked.size() || (is_end && n != 0))
      ask(lock, std::span(asked).first(std::exchange(n, 0)), now);
    if (is_end) return;
    Place& place = *lasting_[i];
    if (!place.is_new) continue;
    place.told = limit_.allows(seen);
    if (!place.told) continue;
    place.step.held_back = limit_.held_back();
    asked[n++] = &place;
  }
}

/// Lets their threads answer, and takes notes.
void StepWatch::ask(Lock& lock, std::span<Place* const> places, const Now& now) {
  if (ask_) {
    std::array<StepQuestion, ThreadQuestions::most> questions{};
    for (std::size_t i = 0; i < places.size(); ++i)
      questions[i] = {places[i]->step.step, &places[i]->step.answer};
    lock.unlock();  // this takes long
    ask_for_steps(std::span(questions).first(places.size()), signal_, backtrace_, patience_);
    lock.lock();
  }
  const Ticks answered = now();
  for (Place* const place : places) {
    LongStep& step = place->step;
    step.asked = ask_;
    step.over = ask_ && step.answer.how == StepExplained::How::over;
    if (step.over) {  // it need not be told again
      set_length(step, answered);
      step.on_processor.reset();
      place->found = false;
    }
    place->noted = answered;
    place->is_note = true;
    notes_.push_back({place, true, step.over});
  }
}

void StepWatch::note_over(Ticks now) {
  std::erase_if(lasting_, [&](Place* place) {
    if (place->found) return false;
    if (place->step.over) return true;
    if (!place->told) {
      free_.push_back(place);
      return true;
    }
    LongStep end = place->step;
    set_length(end, now);
    place->lasted = end.lasted;
    place->lasted_at_most = end.lasted_at_most;
    notes_.push_back({place, false, true});
    return true;
  });
}

void StepWatch::show_untold(Ticks now, const Telling& telling,
                            const std::function<bool(const LongStep&)>& write) noexcept {
  const Lock lock(mutex_);
  const bool no_names =
      telling.names_since != Telling::never && now - telling.names_since > patience_for_names;
  for (Place* const place : lasting_) {
    if (!place->told || place->is_shown) continue;
    const bool no_notes = place->is_note && now - place->noted > longer_than_ / 2;
    if (no_notes || (no_names && place->step.number > telling.reached))
      place->is_shown = write(place->step);
  }
}

void StepWatch::make_memory() {
  std::size_t threads = 0;
  {
    const Lock lock(mutex_);
    threads = threads_ + spare;
  }
  if (threads <= room_) return;
  threads += threads / 2;  // so that it isn't needed soon again
  const std::size_t size = std::min(threads, most_places);
  std::vector<Place*> unused, lasting;
  std::vector<Note> notes;
  std::vector<ThreadSample> samples;
  unused.reserve(size);
  lasting.reserve(size);
  notes.reserve(2 * size);
  samples.reserve(2 * threads);
  counted_.reserve(2 * threads);
  places_.reserve(size);
  const std::size_t known = places_.size();
  while (places_.size() < size) places_.push_back(std::make_unique<Place>());
  const Lock lock(mutex_);
  for (std::size_t i = known; i < size; ++i) unused.push_back(places_[i].get());
  const auto replace = [](auto& old, auto& made) {
    made.insert(made.end(), old.begin(), old.end());
    old.swap(made);
  };
  replace(free_, unused);
  replace(lasting_, lasting);
  replace(notes_, notes);
  replace(samples_, samples);
  room_ = threads;
}

bool StepWatch::next(LongStep& note) noexcept {
  const Lock lock(mutex_);
  if (notes_.empty()) return false;
  const Note& first = notes_.front();
  note = first.place->step;
  note.over = first.is_end;
  if (!first.is_begin) {
    note.lasted = first.place->lasted;
    note.lasted_at_most = first.place->lasted_at_most;
    note.asked = false;
  }
  return true;
}

void StepWatch::done() noexcept {
  const Lock lock(mutex_);
  const Note first = notes_.front();
  notes_.erase(notes_.begin());
  first.place->is_note = false;
  if (first.is_end) free_.push_back(first.place);
}

std::uint64_t StepWatch::held_back() noexcept {
  const Lock lock(mutex_);
  return std::exchange(held_back_, 0);
}

/// Adds up what is the same as in the last looks, of which nobody has taken the samples.
void StepWatch::sample() {
  const std::size_t earlier = samples_.size();
  has_sampled_ = true;
  std::size_t next = 0;  // of the earlier ones; mostly it is the same thread's
  const auto add = [&](const ThreadSample& sample) {
    for (std::size_t n = 0; n < earlier; ++n) {
      ThreadSample& known = samples_[next++ % earlier];
      if (!known.is_same(sample)) continue;
      ++known.times;
      return;
    }
    if (samples_.size() == samples_.capacity())
      all_sampled_ = false;
    else
      samples_.push_back(sample);
  };
  look_at_threads(
      [](void* to, const ThreadSample& sample) { (*static_cast<decltype(add)*>(to))(sample); },
      const_cast<void*>(static_cast<const void*>(&add)));
}

void StepWatch::count_samples() {
  bool all = true;
  counted_.clear();
  {
    const Lock lock(mutex_);
    if (!std::exchange(has_sampled_, false)) return;
    all = std::exchange(all_sampled_, true);
    counted_.swap(samples_);
  }
  ThreadSamples::instance().add(counted_, all);
}

}  // namespace perf_timer::inline v0_1::detail
