//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "explore.hpp"
#include "memory.hpp"
#include "statics.hpp"
#include "thread_locals.hpp"

#include <relacy/relacy.hpp>
#undef malloc
#undef free
#undef calloc
#undef realloc
#undef assert

#include <dlfcn.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <sstream>

// The only file that knows Relacy. https://github.com/dvyukov/relacy

namespace explored {
namespace {

/// The value of an atomic. It is made with its first value in it, because Relacy's atomics begin
/// with T().
struct Word {
  Word() noexcept;
  Word(std::uint64_t of) noexcept : value(of) {}
  bool operator==(const Word&) const = default;
  Word& operator+=(Word by) noexcept { return *this = value + by.value; }
  Word& operator-=(Word by) noexcept { return *this = value - by.value; }
  Word& operator&=(Word by) noexcept { return *this = value & by.value; }
  Word& operator|=(Word by) noexcept { return *this = value | by.value; }
  Word& operator^=(Word by) noexcept { return *this = value ^ by.value; }
  friend Word operator+(Word a, Word b) noexcept { return a += b; }
  friend Word operator-(Word a, Word b) noexcept { return a -= b; }
  friend Word operator&(Word a, Word b) noexcept { return a &= b; }
  friend Word operator|(Word a, Word b) noexcept { return a |= b; }
  friend Word operator^(Word a, Word b) noexcept { return a ^= b; }
  friend std::ostream& operator<<(std::ostream& to, Word word) { return to << word.value; }

  std::uint64_t value;
};

/// Relacy's own of an object that is made where the code under test has one.
template <class T>
T* make() {
  return ::new (std::malloc(sizeof(T))) T();
}
template <class T>
void destroy(T* object) {
  object->~T();
  std::free(object);
}

/// Memory that the code under test has taken.
struct Block {
  std::size_t size = 0;
  bool given_back = false;
};

/// All that an execution has.
struct Execution {
  rl::map<const void*, rl::atomic<Word>*>::type atomics;
  rl::map<const void*, rl::mutex*>::type mutexes;
  rl::map<const char*, Block>::type blocks;
  rl::map<const char*, rl::var_data*>::type bytes;  // that were read or written
  bool runs = false;
  bool in_checker = false;  // which takes memory for itself
  bool is_alone = true;     // its threads haven't begun, or have ended
  std::int64_t clock = 0;
  std::uint64_t first_value = 0;  // of the atomic that is made
  MakeScenario make_scenario = nullptr;
  ThreadLocals thread_locals;
  Statics statics;

  void begin() {
    abandon();
    renew_statics();
    thread_locals.renew(static_cast<unsigned>(rl::thread_index()));
    clock = 1000;
    is_alone = runs = true;
  }
  void renew_statics() {
    rl::context* const context = rl::context_holder<>::instance_;
    statics.renew();
    rl::context_holder<>::instance_ = context;
  }
  void end() {
    runs = false;
    for (const auto& [at, atomic] : atomics) destroy(atomic);
    for (const auto& [at, mutex] : mutexes) destroy(mutex);
    for (const auto& [at, byte] : bytes) rl::ctx().var_dtor(byte);
    abandon();
  }
  /// Without what is Relacy's. If it went wrong, that went with its context.
  void abandon() {
    runs = false;
    atomics.clear();
    mutexes.clear();
    bytes.clear();
    for (const auto& [at, block] : blocks) std::free(const_cast<char*>(at));
    blocks.clear();
  }
};

Execution* const only_execution = make<Execution>();
Execution& execution() { return *only_execution; }

Word::Word() noexcept : value(execution().first_value) {}

/// Whether the caller is a thread of an execution.
bool in_execution() noexcept {
  return rl::context_holder<>::instance_ && rl::ctx().threadx_ && execution().runs;
}

/// Before an operation, in which another thread may go on; and after it.
void go() noexcept { execution().in_checker = true; }
void come_back() noexcept {
  execution().in_checker = false;
  execution().thread_locals.come_back(static_cast<unsigned>(rl::thread_index()));
}

[[noreturn]] void fail(const char* what) {
  go();
  rl::ctx().fail_test(what, rl::test_result_user_assert_failed, rl::debug_info());
  std::abort();
}

// What of an order can be left out.
enum Part : unsigned { acquire = 1, release = 2, one_order_for_all = 4 };

unsigned parts(Order order) noexcept {
  switch (order) {
    case std::memory_order_acquire:
      return acquire;
    case std::memory_order_release:
      return release;
    case std::memory_order_acq_rel:
      return acquire | release;
    case std::memory_order_seq_cst:
      return one_order_for_all;
    default:
      return 0;
  }
}

enum class Operation { load, store, change };

struct Key {
  const char* file;
  unsigned line, column, part;
  auto operator<=>(const Key&) const = default;
};

/// What the code asks for, and what is left out of it.
class Orders {
 public:
  rl::map<Key, std::pair<const char*, const char*>>::type asked;  // function, operation
  const Asked* without = nullptr;

  Order effective(Order order, Operation operation, const char* name, const Where& where) noexcept {
    const unsigned asked_for = parts(order);
    for (const unsigned part : {acquire, release, one_order_for_all})
      if (asked_for & part)
        asked.insert({{where.file_name(), where.line(), where.column(), part},
                      {where.function_name(), name}});
    if (!without || without->line != where.line() || without->column != where.column() ||
        (asked_for & without->what) == 0 || without->file != where.file_name())
      return order;
    if (without->what == one_order_for_all)
      return operation == Operation::load    ? std::memory_order_acquire
             : operation == Operation::store ? std::memory_order_release
                                             : std::memory_order_acq_rel;
    const unsigned left = asked_for & ~without->what;
    return left == acquire   ? std::memory_order_acquire
           : left == release ? std::memory_order_release
                             : std::memory_order_relaxed;
  }
};

Orders* const only_orders = make<Orders>();
Orders& orders() { return *only_orders; }

rl::memory_order relacy(Order order) noexcept {
  switch (order) {
    case std::memory_order_relaxed:
      return rl::mo_relaxed;
    case std::memory_order_consume:
      return rl::mo_consume;
    case std::memory_order_acquire:
      return rl::mo_acquire;
    case std::memory_order_release:
      return rl::mo_release;
    case std::memory_order_acq_rel:
      return rl::mo_acq_rel;
    case std::memory_order_seq_cst:
      break;
  }
  return rl::mo_seq_cst;
}

rl::debug_info at(const Where& where) noexcept { return rl::debug_info(where); }

// Not by memcpy, of which the checker is told.
std::uint64_t read(const Place& place) noexcept {
  switch (place.size) {
    case 1:
      return *static_cast<const volatile std::uint8_t*>(place.at);
    case 2:
      return *static_cast<const volatile std::uint16_t*>(place.at);
    case 4:
      return *static_cast<const volatile std::uint32_t*>(place.at);
    default:
      return *static_cast<const volatile std::uint64_t*>(place.at);
  }
}
void write(const Place& place, std::uint64_t value) noexcept {
  switch (place.size) {
    case 1:
      *static_cast<volatile std::uint8_t*>(place.at) = static_cast<std::uint8_t>(value);
      break;
    case 2:
      *static_cast<volatile std::uint16_t*>(place.at) = static_cast<std::uint16_t>(value);
      break;
    case 4:
      *static_cast<volatile std::uint32_t*>(place.at) = static_cast<std::uint32_t>(value);
      break;
    default:
      *static_cast<volatile std::uint64_t*>(place.at) = value;
  }
}

/// Returns the checker's atomic that stands for it.
rl::atomic<Word>& there(const Place& place) {
  plain_access(place.at, 0, false, nullptr);  // it isn't freed, and was seen to be made
  rl::atomic<Word>*& real = execution().atomics[place.at];
  if (!real) {
    execution().first_value = read(place);
    real = make<rl::atomic<Word>>();
  }
  return *real;
}

/// After an operation: what was written last.
std::uint64_t narrow(std::uint64_t value, unsigned size) noexcept {
  return size == 8 ? value : value & ((std::uint64_t{1} << size * 8) - 1);
}

/// Returns the block, and where it begins; null if it isn't of the code under test.
const std::pair<const char* const, Block>* block_of(const char* at) {
  auto& blocks = execution().blocks;
  auto block = blocks.upper_bound(at);
  if (block == blocks.begin()) return nullptr;
  --block;
  return at < block->first + block->second.size ? &*block : nullptr;
}

/// `addr2line -fie PROGRAM ADDRESS` says which line that is.
[[noreturn]] void race(const char* what, const void* code) {
  go();
  char* const text = static_cast<char*>(std::malloc(100));
  Dl_info program{};
  dladdr(code, &program);
  std::snprintf(text, 100, "%s at 0x%zx", what,
                static_cast<std::size_t>(static_cast<const char*>(code) -
                                         static_cast<const char*>(program.dli_fbase)));
  rl::ctx().fail_test(text, rl::test_result_data_race, rl::debug_info());
  std::abort();
}

void touch(const char* first, std::size_t size, bool writes, const void* code) {
  rl::thread_info_base& thread = *rl::ctx().threadx_;
  for (const char* at = first; at != first + size; ++at) {
    rl::var_data*& byte = execution().bytes[at];
    if (!byte) {
      byte = rl::ctx().var_ctor();
      writes ? byte->init(thread) : static_cast<void>(byte->load(thread));
    } else if (writes ? !byte->store(thread) : !byte->load(thread)) {
      race(writes ? "plain write" : "plain read", code);
    }
  }
}

}  // namespace

void construct(Place place) noexcept {
  if (!in_execution()) return;
  const auto before = execution().atomics.find(place.at);
  if (before == execution().atomics.end()) return;
  destroy(before->second);
  execution().atomics.erase(before);
}

std::uint64_t load(Place place, Order order, const Where& where) noexcept {
  if (!in_execution()) return read(place);
  go();
  order = orders().effective(order, Operation::load, "load", where);
  const std::uint64_t value = there(place).load(relacy(order), at(where)).value;
  come_back();
  return value;
}

void store(Place place, std::uint64_t value, Order order, const Where& where) noexcept {
  if (!in_execution()) return write(place, value);
  go();
  order = orders().effective(order, Operation::store, "store", where);
  there(place).store(value, relacy(order), at(where));
  come_back();
  write(place, there(place).debug_value().value);
}

std::uint64_t change(Place place, Change how, std::uint64_t by, Order order,
                     const Where& where) noexcept {
  if (!in_execution()) {
    const std::uint64_t before = read(place);
    write(place, how == Change::exchange   ? by
                 : how == Change::add      ? before + by
                 : how == Change::subtract ? before - by
                 : how == Change::bit_and  ? before & by
                                           : before | by);
    return before;
  }
  go();
  static constexpr const char* names[] = {"exchange", "fetch_add", "fetch_sub", "fetch_and",
                                          "fetch_or"};
  order = orders().effective(order, Operation::change, names[static_cast<unsigned>(how)], where);
  rl::atomic<Word>& atomic = there(place);
  const rl::memory_order mo = relacy(order);
  const rl::debug_info info = at(where);
  const std::uint64_t before = how == Change::exchange   ? atomic.exchange(by, mo, info).value
                               : how == Change::add      ? atomic.fetch_add(by, mo, info).value
                               : how == Change::subtract ? atomic.fetch_sub(by, mo, info).value
                               : how == Change::bit_and  ? atomic.fetch_and(by, mo, info).value
                                                         : atomic.fetch_or(by, mo, info).value;
  come_back();
  write(place, atomic.debug_value().value);
  return narrow(before, place.size);
}

bool compare_exchange(Place place, std::uint64_t& expected, std::uint64_t desired, Order success,
                      Order failure, bool may_fail, const Where& where) noexcept {
  if (!in_execution()) {
    const std::uint64_t before = read(place);
    if (before == expected) return write(place, desired), true;
    expected = before;
    return false;
  }
  go();
  success = orders().effective(success, Operation::change, "compare_exchange", where);
  if (failure == std::memory_order_acquire && !(parts(success) & (acquire | one_order_for_all)))
    failure = std::memory_order_relaxed;
  if (failure == std::memory_order_seq_cst && success != failure)
    failure = std::memory_order_acquire;
  rl::atomic<Word>& atomic = there(place);
  Word seen = expected;
  const bool changed = may_fail ? atomic.compare_exchange_weak(seen, desired, relacy(success),
                                                               relacy(failure), at(where))
                                : atomic.compare_exchange_strong(seen, desired, relacy(success),
                                                                 relacy(failure), at(where));
  come_back();
  write(place, atomic.debug_value().value);
  if (!changed) expected = seen.value;
  return changed;
}

void wait(Place place, std::uint64_t old, Order order, const Where& where) noexcept {
  if (!in_execution()) return;
  go();
  order = orders().effective(order, Operation::load, "wait", where);
  there(place).wait(old, relacy(order), at(where));
  come_back();
}
void notify(Place place, bool all, const Where& where) noexcept {
  if (!in_execution()) return;
  go();
  all ? there(place).notify_all(at(where)) : there(place).notify_one(at(where));
  come_back();
}

void construct_mutex(void* mutex) noexcept {
  if (!in_execution()) return;
  if (const auto found = execution().mutexes.find(mutex); found != execution().mutexes.end()) {
    destroy(found->second);
    execution().mutexes.erase(found);
  }
}
namespace {
rl::mutex& mutex_there(void* mutex) {
  plain_access(mutex, 0, false, nullptr);
  rl::mutex*& real = execution().mutexes[mutex];
  if (!real) real = make<rl::mutex>();
  return *real;
}
}  // namespace
void lock(void* mutex) noexcept {
  if (!in_execution()) return;
  go();
  mutex_there(mutex).lock(rl::debug_info());
  come_back();
}
bool try_lock(void* mutex) noexcept {
  if (!in_execution()) return true;
  go();
  const bool locked = mutex_there(mutex).try_lock(rl::debug_info());
  come_back();
  return locked;
}
void unlock(void* mutex) noexcept {
  if (!in_execution()) return;
  go();
  mutex_there(mutex).unlock(rl::debug_info());
  come_back();
}
void yield() noexcept {
  if (!in_execution()) return;
  go();
  rl::ctx().yield(1, rl::debug_info());
  come_back();
}

void plain_access(const void* at, std::size_t size, bool writes, const void* code) noexcept {
  if (!in_execution()) return;
  const auto* const first = static_cast<const char*>(at);
  const auto* const block = block_of(first);
  if (block && block->second.given_back) fail("memory was used that had been given back");
  if (execution().is_alone || (!block && !Statics::has(at))) return;
  if (size != 0) return touch(first, size, writes, code);
  const auto made = execution().bytes.find(first);  // an atomic
  if (made != execution().bytes.end() && !made->second->load(*rl::ctx().threadx_))
    race("an atomic was used that another thread had just made", code);
}

void taken(void* block, std::size_t size) noexcept {
  if (in_execution() && !execution().in_checker)
    execution().blocks[static_cast<const char*>(block)].size = size ? size : 1;
}
bool given_back(void* block) noexcept {
  if (!in_execution() || execution().in_checker) return false;
  const auto* const first = static_cast<const char*>(block);
  const auto found = execution().blocks.find(first);
  if (found == execution().blocks.end()) return false;  // it was taken before
  Block& ours = found->second;
  if (ours.given_back) fail("memory was given back twice");
  // Whoever has used it came before this.
  auto& bytes = execution().bytes;
  for (auto byte = bytes.lower_bound(first); byte != bytes.end() && byte->first < first + ours.size;
       ++byte)
    touch(byte->first, 1, true, nullptr);
  ours.given_back = true;
  return true;
}
void at_thread_end(void (*destroy)(void*), void* object) noexcept {
  if (in_execution()) execution().thread_locals.at_end(destroy, object);
}

void expect(bool is_right, const char* what) noexcept {
  if (!is_right) fail(what);
}
unsigned this_thread_index() noexcept { return static_cast<unsigned>(rl::thread_index()); }

std::int64_t clock_reading() noexcept { return ++execution().clock; }

namespace {

/// What Relacy runs.
template <rl::thread_id_t Threads>
class Suite : public rl::test_suite<Suite<Threads>, Threads> {
 public:
  Suite() {
    execution().begin();
    come_back();
    scenario_ = execution().make_scenario().release();
    execution().is_alone = false;
    go();
  }
  ~Suite() {
    come_back();
    delete scenario_;
    execution().end();
  }
  void thread(unsigned index) {
    come_back();
    scenario_->thread(index);
    execution().thread_locals.end(static_cast<unsigned>(rl::thread_index()));
    go();
  }
  void after() {
    come_back();
    execution().is_alone = true;
    scenario_->after();
    go();
  }

 private:
  Scenario* scenario_;
};

/// What came last.
std::string end_of(const std::string& history) {
  constexpr std::size_t most = 5'000;
  const auto said = history.substr(0, history.find("execution history"));
  return history.size() < most ? history : said + "...\n" + history.substr(history.size() - most);
}

template <rl::thread_id_t Threads>
Explored run(const Effort& effort, bool tells) {
  std::ostringstream said;
  rl::test_params params;
  params.output_stream = params.progress_stream = &said;
  params.iteration_count = effort.at_random;
  params.execution_depth_limit = 5000;
  params.collect_history = tells;
  params.search_type = effort.exhaustive ? rl::sched_full : rl::sched_random;
  rl::ostringstream state;
  const auto result =
      effort.exhaustive
          ? rl::run_test<Suite<Threads>, rl::full_search_scheduler<Threads>>(params, state, false)
          : rl::run_test<Suite<Threads>, rl::random_scheduler<Threads>>(params, state, false);
  execution().abandon();
  Explored explored;
  explored.executions = params.stop_iteration;
  explored.all = effort.exhaustive;
  if (result != rl::test_result_success)
    explored.error = rl::test_result_str(result) + std::string("\n") + end_of(said.str());
  return explored;
}

Explored run(const Effort& effort, bool tells) {
  switch (effort.threads) {
    case 2:
      return run<2>(effort, tells);
    case 3:
      return run<3>(effort, tells);
    default:
      return run<4>(effort, tells);
  }
}

/// The function without its arguments, and without the library's namespaces.
std::string short_name(const char* function) {
  std::string name = function;
  if (const auto end = name.find('('); end != std::string::npos) name.resize(end);
  if (const auto from = name.rfind("detail::"); from != std::string::npos)
    name.erase(0, from + 8);
  else if (const auto space = name.rfind(' '); space != std::string::npos)
    name.erase(0, space + 1);
  return name;
}

}  // namespace

Explored explore(MakeScenario make, const Effort& effort, const Asked* without) {
  execution().make_scenario = make;
  execution().statics.keep();
  orders().without = without;
  Explored explored = run(effort, false);
  if (!explored.error.empty() && !without) explored.error = run(effort, true).error;
  orders().without = nullptr;
  execution().abandon();
  execution().renew_statics();
  return explored;
}

std::vector<Asked> fetch_asked() {
  std::vector<Asked> result;
  for (const auto& [key, what] : orders().asked) {
    const char* const part = key.part == acquire   ? "acquire"
                             : key.part == release ? "release"
                                                   : "seq_cst";
    std::string name = short_name(what.first) + " " + what.second + " " + part;
    const auto before = std::count_if(result.begin(), result.end(), [&](const Asked& other) {
      return other.name == name || other.name.starts_with(name + " (");
    });
    if (before != 0) name += " (" + std::to_string(before + 1) + ")";
    result.push_back({name, key.file, key.line, key.column, key.part});
  }
  orders().asked.clear();
  return result;
}

}  // namespace explored
