// The public record as files (docs/record-format.md): the same bytes for everybody, on both ports.
#include <charconv>
#include <filesystem>

#include <fmt/format.h>

#include "core/log/text.h"
#include "core/log/tiles.h"
#include "core/record/layout.h"
#include "server/api/answer.h"
#include "server/api/routes.h"
#include "server/service/acts/election.h"
#include "server/service/ballots/closing.h"

namespace stimme::api {
namespace {

constexpr char immutable[] = "public, max-age=31536000, immutable";
constexpr char octets[] = "application/octet-stream";
constexpr char plain_text[] = "text/plain; charset=utf-8";

void checkpoint(const Call& call, const Reply& reply) {
    reply(text_answer(call.election->log().published()->text, plain_text));
}

void checkpoint_of_size(const Call& call, const Reply& reply) {
    const auto size = log::parse_decimal(call.parameter("size"));
    if (!size) return reply(not_found("checkpoint-unknown", "a size is a number"));
    auto found = call.election->log().checkpoint_at(*size);
    if (!found) return reply(std::move(found).error());
    reply(text_answer(*std::move(found), plain_text));
}

void definition(const Call& call, const Reply& reply) {
    net::Response answer = text_answer(call.election->definition().canonical(), "application/json");
    if (call.election->phase() != election::Phase::draft) answer.cache_control = immutable;
    reply(std::move(answer));
}

void tile(const Call& call, const Reply& reply) {
    const auto id = log::parse_tile_path("tile/" + call.parameter("path"));
    if (!id) return reply(not_found("tile-missing", id.error().message));
    auto content = call.election->log().tile(*id);
    if (!content) return reply(std::move(content).error());
    net::Response answer;
    answer.content_type = octets;
    answer.body = *std::move(content);
    answer.cache_control = immutable;  // a partial tile keeps its content too
    reply(std::move(answer));
}

struct Range {
    std::uint64_t first;
    std::uint64_t size;
};

// "bytes=100-199", "bytes=100-"; anything else gets the whole file, as RFC 9110 allows.
std::optional<Range> range_of(std::string_view header, std::uint64_t size) {
    if (!header.starts_with("bytes=")) return std::nullopt;
    header.remove_prefix(6);
    const std::size_t dash = header.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const auto first = log::parse_decimal(header.substr(0, dash));
    const std::string_view end = header.substr(dash + 1);
    const auto last = end.empty() ? std::optional(size - 1) : log::parse_decimal(end);
    if (!first || !last || *first > *last || *first >= size) return std::nullopt;
    return Range{*first, std::min(*last, size - 1) - *first + 1};
}

// A file that was written at the close.
void closing_file(const Call& call, const std::string& name, const char* type, const Reply& reply) {
    const bool closed = call.election->log().read(
        [](const auto& state, const auto&) { return state.polls_closed().has_value(); });
    const std::filesystem::path path = call.election->closing().path_of(name);
    std::error_code missing;
    const std::uint64_t size = closed ? std::filesystem::file_size(path, missing) : 0;
    if (!closed || missing)
        return reply(not_found("file-missing", "this file is published when the polls are closed"));
    net::Response answer;
    answer.content_type = type;
    answer.cache_control = immutable;
    answer.headers.emplace_back("Accept-Ranges", "bytes");
    const auto range = range_of(call.request.header("range"), size);
    answer.body = net::FileRegion{path, range ? range->first : 0, range ? range->size : size};
    if (range) {
        answer.status = 206;
        answer.headers.emplace_back("Content-Range", fmt::format("bytes {}-{}/{}", range->first,
                                                                 range->first + range->size - 1, size));
    }
    reply(std::move(answer));
}

void tags(const Call& call, const Reply& reply) {
    closing_file(call, record::tags_path, plain_text, reply);
}

void participation(const Call& call, const Reply& reply) {
    closing_file(call, record::participation_path, plain_text, reply);
}

void ballots(const Call& call, const Reply& reply) {
    if (!is_name(call.parameter("district")) || !is_name(call.parameter("style")))
        return reply(not_found("file-missing", "districts and styles have names"));
    closing_file(
        call, record::ballots_path(DistrictId(call.parameter("district")), StyleId(call.parameter("style"))),
        octets, reply);
}

}  // namespace

std::vector<Route> record_routes() {
    const std::string record = "/v1/elections/{election}/record/";
    return {
        {"GET", record + "checkpoint", everyone, 0, "", checkpoint},
        {"GET", record + "checkpoints/{size}", everyone, 0, "", checkpoint_of_size},
        {"GET", record + "definition.json", everyone, 0, "", definition},
        {"GET", record + "tile/{path...}", everyone, 0, "", tile},
        {"GET", record + "tags", everyone, 0, "", tags},
        {"GET", record + "participation", everyone, 0, "", participation},
        {"GET", record + "ballots/{district}/{style}", everyone, 0, "", ballots},
    };
}

}  // namespace stimme::api
