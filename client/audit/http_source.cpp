#include "client/audit/http_source.h"

#include <cstdlib>
#include <limits>

#include <fmt/format.h>
#include <openssl/x509.h>

#include "core/net/client/problem.h"
#include "core/net/client/url.h"

namespace stimme::audit {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_file = std::size_t{64} << 20;

Error url_error(std::string_view url) {
    return invalid(
        "record-url-invalid",
        fmt::format("\"{}\" isn't the address of an election: https://host/v1/elections/NAME", url));
}

Result<fs::path> system_authorities() {
    const char* const named = std::getenv(X509_get_default_cert_file_env());
    for (const char* path : {named, X509_get_default_cert_file(), "/etc/ssl/certs/ca-certificates.crt",
                             "/etc/pki/tls/certs/ca-bundle.crt"}) {
        std::error_code error;
        if (path != nullptr && fs::is_regular_file(path, error)) return fs::path(path);
    }
    return invalid("certificate-unreadable",
                   "this system has no list of certificate authorities: name one with --ca FILE");
}

// The path goes into a request; each of its segments as it is.
std::string encoded(std::string_view path) {
    std::string result;
    while (true) {
        const auto slash = path.find('/');
        result += net::percent_encoded(path.substr(0, slash));
        if (slash == std::string_view::npos) return result;
        result += '/';
        path.remove_prefix(slash + 1);
    }
}

Error source_error(Error error) {
    if (error.kind == ErrorKind::not_found) error.code = "file-missing";
    return error;
}

}  // namespace

Result<RecordAddress> parse_record_url(std::string_view url) {
    constexpr std::string_view middle = "/v1/elections/";
    const auto at = url.find(middle);
    if (at == std::string_view::npos) return url_error(url);
    const std::string server(url.substr(0, at));
    if (!net::parse_server_url(server)) return url_error(url);
    std::string_view id = url.substr(at + middle.size());
    if (id.ends_with('/')) id.remove_suffix(1);
    if (id.ends_with("/record")) id.remove_suffix(7);
    if (!is_name(id)) return url_error(url);
    return RecordAddress{server, ElectionId(std::string(id)), fmt::format("{}{}/record/", middle, id)};
}

Result<HttpSource> HttpSource::open(const RecordAddress& address, const fs::path& ca) {
    net::ClientConfig config;
    config.server = address.server;
    config.ca = ca;
    if (ca.empty()) {
        STIMME_TRY(config.ca, system_authorities());
    }
    STIMME_TRY(auto api, net::ApiClient::open(std::move(config)));
    return HttpSource(std::move(api), address.path);
}

Result<Bytes> HttpSource::fetch(const std::string& path) {
    Bytes content;
    const auto status = api_.get_to(base_ + encoded(path), [&](ByteView piece) -> Status {
        if (content.size() + piece.size() > largest_file)
            return corrupt("answer-too-large", path + " is larger than a file of the record may be");
        append(content, piece);
        return {};
    });
    if (!status) return source_error(status.error());
    return content;
}

Status HttpSource::download(const std::string& path, std::uint64_t size) {
    file_.reset(std::tmpfile());
    downloaded_.clear();
    const Error unwritable = unavailable("file-unwritable", "cannot write a temporary file");
    const Error enough = corrupt("download-enough", "");
    if (!file_) return unwritable;
    std::uint64_t got = 0;
    const auto status = api_.get_to(base_ + encoded(path), [&](ByteView piece) -> Status {
        if (std::fwrite(piece.data(), 1, piece.size(), file_.get()) != piece.size()) return unwritable;
        got += piece.size();
        return got < size ? Status() : Status(enough);
    });
    if (!status && status.error().code != enough.code) return source_error(status.error());
    downloaded_ = path;
    downloaded_bytes_ = status ? std::numeric_limits<std::uint64_t>::max() : got;
    return {};
}

// Of a server that knows no ranges. What is fetched again doubles each time, so a long file costs little
// more, and one that never ends no more than twice what is wanted of it.
Result<Bytes> HttpSource::part_of_download(const std::string& path, std::uint64_t offset, std::size_t size) {
    const std::uint64_t end = offset + size;
    if (downloaded_ != path || downloaded_bytes_ < end) STIMME_CHECK(download(path, 2 * end));
    if (std::fseek(file_.get(), static_cast<long>(offset), SEEK_SET) != 0)
        return unavailable("file-unreadable", "cannot read a temporary file");
    Bytes part(size);
    part.resize(std::fread(part.data(), 1, size, file_.get()));
    return part;
}

Result<Bytes> HttpSource::fetch_part(const std::string& path, std::uint64_t offset, std::size_t size) {
    if (!ranges_) return part_of_download(path, offset, size);
    net::HttpRequest request;
    request.path = base_ + encoded(path);
    request.headers = {{"Range", fmt::format("bytes={}-{}", offset, offset + size - 1)}};
    const auto response = net::successful(api_.send(request));
    const bool whole = response ? response->status == 200 : response.error().code == "answer-too-large";
    if (whole) {
        ranges_ = false;
        return part_of_download(path, offset, size);
    }
    if (!response) return source_error(response.error());
    if (response->body.size() > size)
        return corrupt("answer-too-large",
                       fmt::format("the server sent more of {} than was asked for", path));
    return to_bytes(as_bytes(response->body));
}

}  // namespace stimme::audit
