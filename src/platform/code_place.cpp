//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/code_place.hpp>

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

#if defined(__linux__)
#include <elf.h>
#include <link.h>
#include <sys/auxv.h>
#endif

namespace perf_timer::inline v0_1::detail {
namespace {

/// Reads a file of the kernel's, byte by byte.
class MapsReader {
 public:
  explicit MapsReader(const char* file) noexcept : file_(::open(file, O_RDONLY | O_CLOEXEC)) {}
  MapsReader(const MapsReader&) = delete;
  MapsReader& operator=(const MapsReader&) = delete;
  ~MapsReader() {
    if (file_ >= 0) ::close(file_);
  }

  /// Returns the next byte; zero at the end.
  [[nodiscard]] char next() noexcept {
    if (at_ == size_) refill();
    return at_ == size_ ? '\0' : bytes_[at_++];
  }

 private:
  void refill() noexcept {
    ssize_t got = -1;
    do got = file_ < 0 ? 0 : ::read(file_, bytes_.data(), bytes_.size());
    while (got < 0 && errno == EINTR);
    size_ = got < 0 ? 0 : static_cast<std::size_t>(got);
    at_ = 0;
  }

  int file_;
  std::array<char, 4096> bytes_;
  std::size_t at_ = 0, size_ = 0;
};

/// A line such as "7f0000001000-7f0000002000 r-xp 00001000 08:01 4711  /usr/lib/libc.so.6".
struct Mapping {
  std::uintptr_t begin = 0, end = 0, offset = 0;
  std::array<char, 64> file{};  // without folders
  std::size_t file_size = 0;

  /// Returns false at the end.
  [[nodiscard]] bool read(MapsReader& from) noexcept {
    char c = number(from, begin);
    if (c != '-') return false;
    static_cast<void>(number(from, end));
    while ((c = from.next()) != ' ' && c != '\0') {
    }
    static_cast<void>(number(from, offset));
    for (int words = 2; words != 0 && c != '\0'; --words)  // device and inode
      while ((c = from.next()) != ' ' && c != '\0' && c != '\n') {
      }
    file_size = 0;
    while (c != '\n' && c != '\0' && (c = from.next()) != '\n' && c != '\0')
      if (c == '/')
        file_size = 0;
      else if (c != ' ' || file_size != 0)
        if (file_size < file.size()) file[file_size++] = c;
    return true;
  }

  [[nodiscard]] bool is_of(const CodePlace& module) const noexcept {
    return file_size == module.file_size &&
           std::equal(file.data(), file.data() + file_size, module.file.data());
  }

 private:
  /// Returns what comes behind the number.
  static char number(MapsReader& from, std::uintptr_t& to) noexcept {
    to = 0;
    for (;;) {
      const char c = from.next();
      if (c >= '0' && c <= '9')
        to = to * 16 + static_cast<std::uintptr_t>(c - '0');
      else if (c >= 'a' && c <= 'f')
        to = to * 16 + static_cast<std::uintptr_t>(c - 'a' + 10);
      else
        return c;
    }
  }
};

/// What is subtracted from an address of the program, if this is where it begins. Zero if it is
/// linked for one place in memory.
void correct_for_program(const Mapping& mapping, std::uintptr_t& base) noexcept {
#if defined(__linux__)
  const auto headers = ::getauxval(AT_PHDR);
  if (headers < mapping.begin || headers >= mapping.end) return;
  const auto* const first = reinterpret_cast<const ElfW(Phdr)*>(headers);
  for (auto n = ::getauxval(AT_PHNUM), i = 0UL; i < n; ++i)
    if (first[i].p_type == PT_PHDR) base = headers - first[i].p_vaddr;
#else
  static_cast<void>(mapping);
  static_cast<void>(base);
#endif
}

}  // namespace

void find_code(std::span<CodePlace> places) noexcept {
  for (CodePlace& place : places) {
    place.offset = reinterpret_cast<std::uintptr_t>(place.address);
    place.file_size = 0;
  }
  MapsReader maps("/proc/self/maps");
  CodePlace module;  // whose mappings these are; its offset is where it begins
  for (Mapping mapping; mapping.read(maps);) {
    if (mapping.file_size == 0 || mapping.file[0] == '[') continue;  // such as [stack]
    if (!mapping.is_of(module)) {
      module.file = mapping.file;
      module.file_size = mapping.file_size;
      module.offset = mapping.begin - mapping.offset;
      correct_for_program(mapping, module.offset);
    }
    for (CodePlace& place : places) {
      const auto address = reinterpret_cast<std::uintptr_t>(place.address);
      if (address < mapping.begin || address >= mapping.end) continue;
      place.offset = address - module.offset;
      place.file = module.file;
      place.file_size = module.file_size;
    }
  }
}

}  // namespace perf_timer::inline v0_1::detail
