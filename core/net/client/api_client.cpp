#include "core/net/client/api_client.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "core/net/client/connection.h"
#include "core/net/client/problem.h"

namespace stimme::net {
namespace {

bool is_on_the_way(const Error& error) {
    return error.code == "network-unreachable" || error.code == "network-timeout";
}

bool may_repeat(const HttpRequest& request) {
    return request.method == "GET" || !request.idempotency_key.empty();
}

bool is_one_line(std::string_view text) {
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

bool is_visible(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

Status check(const HttpRequest& request) {
    const bool path = request.path.starts_with('/') && is_visible(request.path);
    const bool headers = std::all_of(request.headers.begin(), request.headers.end(), [](const auto& header) {
        return !header.first.empty() && is_visible(header.first) && is_one_line(header.second);
    });
    if (path && headers && is_one_line(request.content_type) && is_visible(request.idempotency_key))
        return {};
    return invalid("request-invalid", "a path or header has characters that can't stand in a request");
}

}  // namespace

class ApiClient::Impl {
  public:
    Impl(ClientConfig config, std::unique_ptr<Connection> connection)
        : config_(std::move(config)), connection_(std::move(connection)) {}

    // As long as the retry rule allows it and `untouched` says that nothing was handed on.
    template <class Untouched>
    Result<HttpResponse> send(const HttpRequest& request, const Sink& sink, const Untouched& untouched) {
        STIMME_CHECK(check(request));
        std::chrono::milliseconds pause = config_.pause;
        for (unsigned attempt = 1;; ++attempt) {
            Result<HttpResponse> response = connection_->exchange(request, sink);
            if (response || !is_on_the_way(response.error())) return response;
            if (attempt >= config_.attempts || !may_repeat(request) || !untouched()) return response;
            std::this_thread::sleep_for(pause);
            pause *= 2;
        }
    }

  private:
    ClientConfig config_;
    std::unique_ptr<Connection> connection_;
};

ApiClient::ApiClient(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ApiClient::~ApiClient() = default;
ApiClient::ApiClient(ApiClient&&) noexcept = default;
ApiClient& ApiClient::operator=(ApiClient&&) noexcept = default;

Result<ApiClient> ApiClient::open(ClientConfig config) {
    STIMME_TRY(auto connection, Connection::open(config));
    return ApiClient(std::make_unique<Impl>(std::move(config), std::move(connection)));
}

Result<HttpResponse> ApiClient::send(const HttpRequest& request) {
    return impl_->send(request, nullptr, [] { return true; });
}

Status ApiClient::get_to(std::string_view path, const Sink& sink) {
    HttpRequest request;
    request.path = path;
    bool untouched = true;
    const Sink noting = [&](ByteView bytes) {
        untouched = false;
        return sink(bytes);
    };
    STIMME_TRY(const HttpResponse response, impl_->send(request, noting, [&] { return untouched; }));
    if (response.status != 200) return error_of(response);
    return {};
}

}  // namespace stimme::net
