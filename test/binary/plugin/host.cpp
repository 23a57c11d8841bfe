//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// A program that knows nothing of perf_timer. It loads a plugin that does, unloads it, loads it
// again, and forks when it is gone: what the plugin has arranged for forks and for the end of
// threads must be gone as well.

#include <dlfcn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>

namespace {

constexpr const char* report_path = PLUGIN ".report";

[[noreturn]] void fail(const char* what) {
  const char* const why = ::dlerror();
  std::fprintf(stderr, "%s%s%s\n", what, why ? ": " : "", why ? why : "");
  std::exit(1);
}

void use(void* plugin) {
  const auto use_plugin = reinterpret_cast<bool (*)()>(::dlsym(plugin, "use_plugin"));
  if (!use_plugin) fail("dlsym");
  if (!use_plugin()) fail("The plugin has not measured what it did.");
}

// On a thread that ends before the plugin goes: the thread_locals of one that lives keep it loaded.
void load_and_unload() {
  void* const plugin = ::dlopen(PLUGIN, RTLD_NOW | RTLD_LOCAL);
  if (!plugin) fail("dlopen");
  std::thread{use, plugin}.join();
  if (::dlclose(plugin) != 0) fail("dlclose");
  if (::dlopen(PLUGIN, RTLD_NOW | RTLD_NOLOAD)) fail("The plugin is still loaded after dlclose.");
}

// Its timers reported when it was unloaded, twice.
void expect_two_reports() {
  std::ifstream file{report_path};
  std::ostringstream text;
  text << file.rdbuf();
  for (const char* name :
       {"calls of the plugin", "threads of the plugin", "coroutines of the plugin"}) {
    const std::size_t first = text.str().find(name);
    if (first == std::string::npos || text.str().find(name, first + 1) == std::string::npos) {
      std::fprintf(stderr, "%s\nThe report must have '%s' twice.\n", text.str().c_str(), name);
      std::exit(1);
    }
  }
}

void fork_without_plugin() {
  const pid_t child = ::fork();
  if (child < 0) fail("fork");
  if (child == 0) {
    std::thread{[] { std::free(std::malloc(100)); }}.join();
    std::_Exit(0);
  }
  int status = 0;
  if (::waitpid(child, &status, 0) != child || status != 0) fail("The child has crashed.");
}

}  // namespace

int main() {
  // The plugin writes its report to standard output.
  if (!std::freopen(report_path, "w", stdout)) fail("freopen");
  load_and_unload();
  load_and_unload();
  std::fflush(stdout);
  expect_two_reports();
  fork_without_plugin();
  std::thread{fork_without_plugin}.join();
}
