// Any bytes as what a client sends on a connection, read as the server's session reads it (request after
// request, head and then body), but without a network: the same whether the bytes come at once or in two
// pieces, and whatever is accepted has a harmless path and a body within bounds.
#include <algorithm>

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "core/net/server/message.h"
#include "tests/fuzz/target.h"

namespace stimme::fuzz {
namespace {

namespace http = boost::beast::http;
using Parser = http::request_parser<http::string_body>;
using boost::system::error_code;

constexpr std::uint32_t header_limit = 1 << 10;
constexpr std::size_t body_limit = 1 << 10;

// What one request came to: its status where it was refused, else what it says.
struct Reading {
    int refused = 0;
    std::string method, path, body;
    std::map<std::string, std::string, std::less<>> query, headers;

    bool operator==(const Reading&) const = default;
};

class Connection {
  public:
    Connection() { start(); }

    // Like core/net/server/session: reads as many requests as are whole. False after one that was refused.
    void feed(ByteView bytes) {
        if (!bytes.empty()) std::memcpy(buffer_.prepare(bytes.size()).data(), bytes.data(), bytes.size());
        buffer_.commit(bytes.size());
        while (!over_ && buffer_.size() > 0 && advance()) {
        }
    }
    const std::vector<Reading>& readings() const { return readings_; }

  private:
    void start() {
        parser_.emplace();
        parser_->header_limit(header_limit);
        parser_->body_limit(boost::none);
        head_read_ = false;
    }

    void refuse(const net::Response& response) {
        readings_.emplace_back().refused = response.status;
        over_ = true;
    }

    // False: more bytes are needed, or nothing more is read.
    bool advance() {
        error_code error;
        const std::size_t taken = parser_->put(buffer_.data(), error);
        buffer_.consume(taken);
        if (error == http::error::need_more) return false;
        if (error) {
            if (net::is_refusal(error)) refuse(net::refusal_of(error));
            over_ = true;
            return false;
        }
        if (parser_->is_header_done() && !head_read_) take_head();
        if (!over_ && parser_->is_done()) take_request();
        return !over_ && (taken > 0 || !head_read_);
    }

    void take_head() {
        head_read_ = true;
        if (const auto refusal = net::refusal_of(parser_->get().base())) return refuse(*refusal);
        const auto request = net::request_of(parser_->get().base());
        if (!request) {
            readings_.emplace_back().refused = 400;
            over_ = true;
            return;
        }
        require(request->path.starts_with('/') && request->path.find("/../") == std::string::npos,
                "no path leads out of its folder");
        reading_ = {0, request->method, request->path, "", request->query, request->headers};
        if (parser_->content_length() && *parser_->content_length() > body_limit)
            return refuse(net::refusal_of(http::make_error_code(http::error::body_limit)));
        parser_->body_limit(body_limit);
    }

    void take_request() {
        reading_.body = parser_->get().body();
        require(reading_.body.size() <= body_limit, "a body keeps its bound");
        over_ = !parser_->get().keep_alive();
        readings_.push_back(std::move(reading_));
        start();
    }

    boost::beast::flat_buffer buffer_;
    std::optional<Parser> parser_;
    bool head_read_ = false;
    bool over_ = false;
    Reading reading_;
    std::vector<Reading> readings_;
};

// The same requests, refused or not; only the refusal of a last one, whose end hasn't come, may be told
// earlier to one of them.
bool same(const std::vector<Reading>& one, const std::vector<Reading>& other) {
    if (one.size() > other.size()) return same(other, one);
    if (other.size() > one.size() + 1) return false;
    if (other.size() == one.size() + 1 && other.back().refused == 0) return false;
    return std::equal(one.begin(), one.end(), other.begin());
}

}  // namespace

FUZZ_TARGET(http_request) {
    if (data.empty() || data.size() > header_limit) return;
    const std::size_t cut = data[0] * (data.size() - 1) / 255;
    data = data.subspan(1);
    Connection whole, pieces;
    whole.feed(data);
    pieces.feed(data.first(cut));
    pieces.feed(data.subspan(cut));
    require(same(whole.readings(), pieces.readings()), "pieces don't matter");
}

}  // namespace stimme::fuzz
