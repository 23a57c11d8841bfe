//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "memory.hpp"

#include <cstdlib>
#include <cstring>
#include <new>

// The code under test is compiled with -fsanitize=thread, and linked without that sanitizer's
// runtime. This is what the compiler calls instead. So the checker sees every plain access of the
// code as it stands.

// Not a function, because it says where it was called.
#define PLAIN_ACCESS(at, size, writes) \
  explored::plain_access(at, size, writes, __builtin_return_address(0))

extern "C" {
void __tsan_init() {}
void __tsan_func_entry(void*) {}
void __tsan_func_exit() {}

#define EXPLORED_ACCESS(size)                                                   \
  void __tsan_read##size(void* at) { PLAIN_ACCESS(at, size, false); }           \
  void __tsan_write##size(void* at) { PLAIN_ACCESS(at, size, true); }           \
  void __tsan_unaligned_read##size(void* at) { PLAIN_ACCESS(at, size, false); } \
  void __tsan_unaligned_write##size(void* at) { PLAIN_ACCESS(at, size, true); } \
  void __tsan_volatile_read##size(void* at) { PLAIN_ACCESS(at, size, false); }  \
  void __tsan_volatile_write##size(void* at) { PLAIN_ACCESS(at, size, true); }
EXPLORED_ACCESS(1)
EXPLORED_ACCESS(2)
EXPLORED_ACCESS(4)
EXPLORED_ACCESS(8)
EXPLORED_ACCESS(16)
#undef EXPLORED_ACCESS

void __tsan_read_range(void* at, std::size_t size) { PLAIN_ACCESS(at, size, false); }
void __tsan_write_range(void* at, std::size_t size) { PLAIN_ACCESS(at, size, true); }
void __tsan_vptr_read(void* at) { PLAIN_ACCESS(at, sizeof(void*), false); }
void __tsan_vptr_update(void* at, void*) { PLAIN_ACCESS(at, sizeof(void*), true); }

// Atomics of the standard library and of the compiler itself, and what is for signal handlers only,
// aren't explored.
void __tsan_atomic_signal_fence(int) {}
#define PLAIN_ATOMIC(bits, type)                                                        \
  type __tsan_atomic##bits##_load(const volatile type* at, int) { return *at; }         \
  void __tsan_atomic##bits##_store(volatile type* at, type value, int) { *at = value; } \
  type __tsan_atomic##bits##_exchange(volatile type* at, type value, int) {             \
    return __atomic_exchange_n(at, value, __ATOMIC_SEQ_CST);                            \
  }                                                                                     \
  type __tsan_atomic##bits##_fetch_add(volatile type* at, type by, int) {               \
    return __atomic_fetch_add(at, by, __ATOMIC_SEQ_CST);                                \
  }                                                                                     \
  type __tsan_atomic##bits##_fetch_sub(volatile type* at, type by, int) {               \
    return __atomic_fetch_sub(at, by, __ATOMIC_SEQ_CST);                                \
  }
PLAIN_ATOMIC(8, unsigned char)
PLAIN_ATOMIC(32, int)
PLAIN_ATOMIC(64, long)
#undef PLAIN_ATOMIC

// The linker is told to call these.
void* __real_memcpy(void* to, const void* from, std::size_t size);
void* __real_memmove(void* to, const void* from, std::size_t size);
void* __real_memset(void* to, int value, std::size_t size);
void* __wrap_memcpy(void* to, const void* from, std::size_t size) {
  PLAIN_ACCESS(from, size, false);
  PLAIN_ACCESS(to, size, true);
  return __real_memcpy(to, from, size);
}
void* __wrap_memmove(void* to, const void* from, std::size_t size) {
  PLAIN_ACCESS(from, size, false);
  PLAIN_ACCESS(to, size, true);
  return __real_memmove(to, from, size);
}
void* __wrap_memset(void* to, int value, std::size_t size) {
  PLAIN_ACCESS(to, size, true);
  return __real_memset(to, value, size);
}

// No execution forks.
int pthread_atfork(void (*)(), void (*)(), void (*)()) { return 0; }

// Threads of an execution are fibers of one thread of the system; see `ThreadLocals`.
int __cxa_thread_atexit(void (*destroy)(void*), void* object, void*) {
  explored::at_thread_end(destroy, object);
  return 0;
}
}

// Memory of the code under test. The checker's own is malloc's.

void* operator new(std::size_t size) {
  void* const block = std::malloc(size ? size : 1);
  if (!block) throw std::bad_alloc();
  explored::taken(block, size);
  return block;
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  const std::size_t bytes = static_cast<std::size_t>(alignment);
  void* const block = std::aligned_alloc(bytes, (size + bytes - 1) / bytes * bytes);
  if (!block) throw std::bad_alloc();
  explored::taken(block, size);
  return block;
}
void* operator new[](std::size_t size) { return operator new(size); }
void operator delete(void* block) noexcept {
  if (block && !explored::given_back(block)) std::free(block);
}
void operator delete(void* block, std::size_t) noexcept { operator delete(block); }
void operator delete(void* block, std::align_val_t) noexcept { operator delete(block); }
void operator delete(void* block, std::size_t, std::align_val_t) noexcept {
  operator delete(block);
}
void operator delete[](void* block) noexcept { operator delete(block); }
void operator delete[](void* block, std::size_t) noexcept { operator delete(block); }
