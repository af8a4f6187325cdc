// One TLS connection to the server, made when it is needed and kept for the next request.
//
// Thread rule: belongs to one thread at a time.
#pragma once

#include <memory>

#include "core/base/result.h"
#include "core/net/client/api_client.h"
#include "core/net/client/http.h"

namespace stimme::net {

class Connection {
  public:
    // Errors: url-invalid, certificate-unreadable, key-unreadable.
    static Result<std::unique_ptr<Connection>> open(const ClientConfig& config);

    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // One request and its answer, tried once. The body of an answer 200 goes to `sink` if there is one; any
    // other lies in the answer. Errors: as ApiClient::send, and those of sink.
    // REQUIRES: path and headers can stand in a request.
    Result<HttpResponse> exchange(const HttpRequest& request, const Sink& sink);

  private:
    class Impl;
    explicit Connection(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace stimme::net
