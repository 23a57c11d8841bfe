# Asio's own callback servers, as a user would measure them: each connection keeps a run, and its socket
# is on the run's executor. Changed copies are made in the build tree. Nothing of them is in the source.
set(examples "${CMAKE_CURRENT_BINARY_DIR}/callback_servers")
set(measured "::perf_timer::test::Measured")

# Replaces what must be there once or more in the variable `text`.
function(perf_timer_replace what with)
  string(FIND "${text}" "${what}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "test/callback_servers: ${source} of Asio's examples hasn't: ${what}")
  endif()
  string(REPLACE "${what}" "${with}" text "${text}")
  set(text "${text}" PARENT_SCOPE)
endfunction()

file(GLOB sources "${PERF_TIMER_ASIO_EXAMPLES}/http/server/*.?pp"
  "${PERF_TIMER_ASIO_EXAMPLES}/ssl/server.cpp")
foreach(path IN LISTS sources)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${path}")
  file(RELATIVE_PATH source "${PERF_TIMER_ASIO_EXAMPLES}" "${path}")
  file(READ "${path}" text)
  if(source STREQUAL "http/server/connection.hpp")
    perf_timer_replace("  /// Socket for the connection." "  ${measured} measured_;\n")
  elseif(source STREQUAL "http/server/connection.cpp")
    perf_timer_replace("socket_(std::move(socket))" "socket_(measured_.on_run(std::move(socket)))")
    perf_timer_replace("request_parser::result_type result;"
      "measured_.compute(bytes_transferred); request_parser::result_type result;")
    perf_timer_replace("request_handler_.handle_request("
      "measured_.compute(1000 * request_.uri.size()); request_handler_.handle_request(")
    perf_timer_replace("// Initiate graceful connection closure." "measured_.compute(11);")
  elseif(source STREQUAL "http/server/server.cpp")
    perf_timer_replace("acceptor_.listen();"
      "acceptor_.listen(); ::perf_timer::test::listens(io_context_, acceptor_);")
    perf_timer_replace("acceptor_(io_context_)"
      "acceptor_(::perf_timer::test::accepting_executor(io_context_))")
    perf_timer_replace("// Check whether the server was stopped by a signal before this"
      "const ::perf_timer::test::Accepting accepting;\n        //")
  elseif(source STREQUAL "ssl/server.cpp")
    perf_timer_replace("  session(boost::asio::ssl::stream<tcp::socket> socket)\n    : "
      "  session(std::shared_ptr<${measured}> measured, boost::asio::ssl::stream<tcp::socket> socket)
    : measured_(std::move(measured)), ")
    perf_timer_replace("  boost::asio::ssl::stream<tcp::socket> socket_;"
      "  std::shared_ptr<${measured}> measured_;\n  boost::asio::ssl::stream<tcp::socket> socket_;")
    perf_timer_replace("do_handshake();\n  }\n\nprivate:"
      "::perf_timer::test::account_for(socket_, *measured_); do_handshake();\n  }\n\nprivate:")
    perf_timer_replace("do_write(length);" "measured_->compute(1000 * length); do_write(length);")
    perf_timer_replace("acceptor_(io_context, "
      "acceptor_(::perf_timer::test::accepting_executor(io_context), ")
    perf_timer_replace("[this](const boost::system::error_code& error, tcp::socket socket)\n        {"
      "[this](const boost::system::error_code& error, tcp::socket socket)\n        {
          const ::perf_timer::test::Accepting accepting;
          const auto measured = std::make_shared<${measured}>();")
    perf_timer_replace("std::make_shared<session>(" "std::make_shared<session>(measured, ")
    perf_timer_replace("std::move(socket), context_)" "measured->on_run(std::move(socket)), context_)")
    perf_timer_replace("\"server.pem\"" "\"${PERF_TIMER_ASIO_EXAMPLES}/ssl/server.pem\"")
    perf_timer_replace("\"dh4096.pem\"" "\"${PERF_TIMER_ASIO_EXAMPLES}/ssl/dh4096.pem\"")
    perf_timer_replace("    do_accept();\n  }\n\nprivate:"
      "    ::perf_timer::test::listens(io_context, acceptor_, context_);
    do_accept();\n  }\n\nprivate:")
  endif()
  file(CONFIGURE OUTPUT "${examples}/${source}" CONTENT "${text}" @ONLY)
endforeach()

target_include_directories(test_callback_servers SYSTEM PRIVATE "${examples}")
target_link_libraries(test_callback_servers PRIVATE OpenSSL::SSL OpenSSL::Crypto)
# Not optimised: these files take long to compile, and the tests don't depend on speed.
target_compile_options(test_callback_servers PRIVATE -O0)
