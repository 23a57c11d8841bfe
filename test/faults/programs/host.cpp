//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// A program with a plugin. The plugin is linked, or loaded as the command line says, and closed if
// it says so.
#include "faults/programs/programs_api.hpp"

#include <perf_timer.hpp>

#include <boost/asio/io_context.hpp>

#include <dlfcn.h>

#include <cstdio>
#include <string_view>

using namespace perf_timer;

namespace {

HostClock::rep ticks = 1'000'000;

void use(PluginRun& run_plugin) {
  BasicAsioPerfTimer<HostClock> around{"around", {.log = [](std::string_view) {}}};
  boost::asio::io_context context;
  run_plugin(context, [] { ticks += 3; });
  {
    const auto run = around.measure();
    ticks += 1;
    context.run();  // the plugin posted before this run began
  }
  for (const auto& timer : snapshot_all())
    std::printf("%s: %lld\n", timer.name.c_str(), static_cast<long long>(timer.busy.total.count()));
}

}  // namespace

HostClock::time_point HostClock::now() noexcept { return time_point(duration(ticks)); }

#ifdef LINKED_WITH_PLUGIN

int main() { use(plugin_run); }

#else

int main(int count, char** arguments) {
  if (count != 3) return 2;
  void* const plugin = dlopen(arguments[1], RTLD_NOW);
  auto* const run = plugin ? reinterpret_cast<PluginRun*>(dlsym(plugin, "plugin_run")) : nullptr;
  if (!run) {
    std::puts(dlerror());
    return 3;
  }
  use(*run);
  if (std::string_view(arguments[2]) == "close" && dlclose(plugin) != 0) return 4;
  for (int i = 0; i < 10; ++i) {
    ThreadPerfTimer after{"after", {.log = [](std::string_view) {}}};
    after.observe(std::chrono::nanoseconds(5));
  }
}

#endif
