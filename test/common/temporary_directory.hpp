//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <system_error>

namespace perf_timer::test {

/// An empty directory. The destructor removes it with its contents.
class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    const std::string name = (std::filesystem::temp_directory_path() / "perf_timer.").string();
#if defined(_WIN32)
    std::random_device random;
    do path_ = name + std::to_string(random());
    while (!std::filesystem::create_directory(path_));
#else
    std::string made = name + "XXXXXX";
    if (::mkdtemp(made.data()) == nullptr) throw std::system_error(errno, std::generic_category());
    path_ = made;
#endif
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  [[nodiscard]] std::filesystem::path operator/(const char* file) const { return path_ / file; }
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace perf_timer::test
