//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// A program and a plugin of its own, which both include Asio.
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <dlfcn.h>

#include <cstdio>

int main(int count, char** arguments) {
  void* const plugin = count > 1 ? dlopen(arguments[1], RTLD_NOW) : nullptr;
  using Use = void (*)(boost::asio::io_context&);
  const auto use = plugin ? reinterpret_cast<Use>(dlsym(plugin, "use")) : nullptr;
  if (!use) {
    std::puts(dlerror());
    return 2;
  }
  boost::asio::io_context context;
  boost::asio::post(context, [] {});
  use(context);
  context.run();
}
