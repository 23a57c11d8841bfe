//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <link.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace explored {

/// The threads of an execution are fibers of one thread of the system. This gives each its own
/// `thread_local` objects of the program: what a fiber has there is copied away when another one
/// goes on. Their addresses are the same.
class ThreadLocals {
 public:
  static constexpr unsigned most_threads = 4;

  ThreadLocals() noexcept { dl_iterate_phdr(&find, this); }

  /// An execution begins, by this thread.
  void renew(unsigned thread) noexcept {
    for (Thread& each : threads_) {
      if (!each.image) each.image = static_cast<char*>(std::malloc(size_ + 1));
      std::memset(each.image, 0, size_);
      std::memcpy(each.image, initial_, initial_size_);
      each.objects = 0;
    }
    now_ = thread;
    std::memcpy(block_, threads_[thread].image, size_);
  }
  /// This thread goes on.
  void come_back(unsigned thread) noexcept {
    if (thread == now_) return;
    std::memcpy(threads_[now_].image, block_, size_);
    std::memcpy(block_, threads_[thread].image, size_);
    now_ = thread;
  }

  void at_end(void (*destroy)(void*), void* object) noexcept {
    Thread& thread = threads_[now_];
    if (thread.objects == thread.at_end.size()) std::abort();
    thread.at_end[thread.objects++] = {destroy, object};
  }
  void end(unsigned thread) noexcept {
    come_back(thread);
    Thread& ending = threads_[thread];
    while (ending.objects != 0) {
      const auto [destroy, object] = ending.at_end[--ending.objects];
      destroy(object);
    }
  }

 private:
  struct Thread {
    char* image = nullptr;
    std::array<std::pair<void (*)(void*), void*>, 8> at_end{};
    std::size_t objects = 0;
  };

  /// The program comes first.
  static int find(dl_phdr_info* program, std::size_t, void* self) noexcept {
    auto& to = *static_cast<ThreadLocals*>(self);
    for (int i = 0; i < program->dlpi_phnum; ++i) {
      const auto& header = program->dlpi_phdr[i];
      if (header.p_type != PT_TLS) continue;
      to.block_ = static_cast<char*>(program->dlpi_tls_data);
      to.initial_ = reinterpret_cast<const char*>(program->dlpi_addr + header.p_vaddr);
      to.initial_size_ = header.p_filesz;
      to.size_ = header.p_memsz;
    }
    return 1;
  }

  char* block_ = nullptr;
  const char* initial_ = nullptr;
  std::size_t initial_size_ = 0, size_ = 0;
  unsigned now_ = 0;
  std::array<Thread, most_threads> threads_{};
};

}  // namespace explored
