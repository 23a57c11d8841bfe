# Callback servers of Asio and of Beast, as a user would measure them: each connection keeps a run, and its socket
# is on the run's executor. Changed copies are made in the build tree. Nothing of them is in the source.
set(examples "${CMAKE_CURRENT_BINARY_DIR}/callback_servers")
set(measured "::perf_timer::test::Measured")

# Replaces what must be there once or more in the variable `text`.
function(perf_timer_replace what with)
  string(FIND "${text}" "${what}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "test/callback_servers: the example ${source} hasn't: ${what}")
  endif()
  string(REPLACE "${what}" "${with}" text "${text}")
  set(text "${text}" PARENT_SCOPE)
endfunction()

# Boost.Beast knows Boost.Asio only.
set(with_beast advanced/server/advanced_server.cpp)
if(PERF_TIMER_STANDALONE_ASIO)
  set(with_beast "")
  get_target_property(sources test_callback_servers SOURCES)
  list(FILTER sources EXCLUDE REGEX "/advanced_server\\.cpp$")
  set_target_properties(test_callback_servers PROPERTIES SOURCES "${sources}")
endif()

file(GLOB sources RELATIVE "${PERF_TIMER_ASIO_EXAMPLES}"
  "${PERF_TIMER_ASIO_EXAMPLES}/http/server/*.?pp")
foreach(source IN LISTS sources ITEMS ssl/server.cpp ${with_beast})
  find_file(path "${source}" PATHS "${PERF_TIMER_ASIO_EXAMPLES}" "${PERF_TIMER_BEAST_EXAMPLES}"
    REQUIRED NO_CACHE NO_DEFAULT_PATH)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${path}")
  file(READ "${path}" text)
  unset(path)
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
  elseif(source STREQUAL "advanced/server/advanced_server.cpp")
    perf_timer_replace("acceptor_(net::make_strand(ioc))"
      "acceptor_(::perf_timer::test::accepting_executor(net::make_strand(ioc)))")
    perf_timer_replace("// Start accepting incoming connections\n    void\n    run()\n    {"
      "void run() { ::perf_timer::test::listens(ioc_, acceptor_);")
    perf_timer_replace("on_accept(beast::error_code ec, tcp::socket socket)\n    {"
      "on_accept(beast::error_code ec, tcp::socket socket)\n    {
        const ::perf_timer::test::Accepting accepting;
        const auto measured = std::make_shared<${measured}>();")
    perf_timer_replace("std::make_shared<http_session>(\n                std::move(socket),"
      "std::make_shared<http_session>(measured, measured->on_run(std::move(socket)),")
    perf_timer_replace("http_session(\n        tcp::socket&& socket,"
      "http_session(std::shared_ptr<${measured}> measured, tcp::socket&& socket,")
    perf_timer_replace(": stream_(std::move(socket))"
      ": measured_(std::move(measured)), stream_(std::move(socket))")
    perf_timer_replace("    beast::tcp_stream stream_;"
      "    std::shared_ptr<${measured}> measured_;\n    beast::tcp_stream stream_;")
    perf_timer_replace("if(websocket::is_upgrade("
      "measured_->compute(1000 * parser_->get().target().size()); if(websocket::is_upgrade(")
    perf_timer_replace("// Inform the queue that a write completed" "measured_->compute(11);")
    perf_timer_replace("std::make_shared<websocket_session>("
      "std::make_shared<websocket_session>(measured_, ")
    perf_timer_replace("websocket_session(tcp::socket&& socket)"
      "websocket_session(std::shared_ptr<${measured}> measured, tcp::socket&& socket)")
    perf_timer_replace(": ws_(std::move(socket))"
      ": measured_(std::move(measured)), ws_(std::move(socket))")
    perf_timer_replace("    websocket::stream<beast::tcp_stream> ws_;"
      "    std::shared_ptr<${measured}> measured_;\n    websocket::stream<beast::tcp_stream> ws_;")
    perf_timer_replace("// Echo the message" "measured_->compute(100 * buffer_.size());")
  endif()
  if(PERF_TIMER_STANDALONE_ASIO)
    string(REPLACE "boost::system::error_code" "boost::asio::error_code" text "${text}")
  endif()
  file(CONFIGURE OUTPUT "${examples}/${source}" CONTENT "${text}" @ONLY)
endforeach()

target_include_directories(test_callback_servers SYSTEM PRIVATE "${examples}")
target_link_libraries(test_callback_servers PRIVATE OpenSSL::SSL OpenSSL::Crypto)
# Not optimised: these files take long to compile, and the tests don't depend on speed.
target_compile_options(test_callback_servers PRIVATE -O0)
