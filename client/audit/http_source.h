// The public record of an election over HTTPS, to be mirrored. Nothing that comes this way is trusted: the
// certificate only says who is asked, the verifier what is true.
//
// Thread rule: belongs to one thread.
#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include "core/base/ids.h"
#include "core/net/client/api_client.h"
#include "core/record/source.h"

namespace stimme::audit {

struct RecordAddress {
    std::string server;  // "https://host:port"
    ElectionId election;
    std::string path;  // "/v1/elections/<id>/record/"
};

// "https://host/v1/elections/<id>", also with "/record" and a slash at the end. Errors: record-url-invalid.
Result<RecordAddress> parse_record_url(std::string_view url);

class HttpSource final : public record::Source {
  public:
    // `ca`: PEM of the authorities to trust; empty: those of the system. Errors: those of ApiClient::open,
    // certificate-unreadable.
    static Result<HttpSource> open(const RecordAddress& address, const std::filesystem::path& ca);

    // Errors: file-missing, answer-too-large (above 64 MiB; corrupt), those of ApiClient.
    Result<Bytes> fetch(const std::string& path) override;
    // Asks for that range. Of a server that knows no ranges as much as is needed goes to a nameless temporary
    // file, at most twice of what is asked for. Errors: as fetch; file-unwritable.
    Result<Bytes> fetch_part(const std::string& path, std::uint64_t offset, std::size_t size) override;

  private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    using TemporaryFile = std::unique_ptr<std::FILE, Close>;

    HttpSource(net::ApiClient api, std::string base) : api_(std::move(api)), base_(std::move(base)) {}
    // The first `size` bytes, or somewhat more; or the whole when it is shorter.
    Status download(const std::string& path, std::uint64_t size);
    Result<Bytes> part_of_download(const std::string& path, std::uint64_t offset, std::size_t size);

    net::ApiClient api_;
    std::string base_;
    bool ranges_ = true;      // the server knows them, as far as we know
    std::string downloaded_;  // path of what lies in file_
    std::uint64_t downloaded_bytes_ = 0;
    TemporaryFile file_;
};

}  // namespace stimme::audit
