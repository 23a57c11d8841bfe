// b2 compiles this to see whether Boost.Beast's examples are there.
#if !__has_include(<http/server/awaitable/http_server_awaitable.cpp>)
#error
#endif
