#include "client/evidence/record_check.h"

#include <algorithm>

#include <fmt/format.h>

#include "client/cli/progress.h"
#include "core/net/client/problem.h"
#include "core/record/mirror.h"

namespace stimme::evidence {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_file = std::size_t{64} << 20;

// A checkpoint promises the files of its record.
Error broken_promise(Error error) {
    if (error.kind != ErrorKind::not_found) return error;
    return corrupt("record-file-missing", error.message);
}

Status mirror(session::Session& session, const fs::path& folder, cli::Output& out) {
    SessionSource source(session);
    cli::Progress progress(out, "Fetching the record");
    const auto report = record::mirror(source, folder, [&](std::size_t done, std::size_t total) {
        progress.total(total);
        progress.at(done);
    });
    return report ? Status() : Status(broken_promise(report.error()));
}

verify::Outcome verify_with_progress(const fs::path& folder, const Hash& election, const std::string& seen,
                                     cli::Output& out) {
    cli::Progress progress(out, "Verifying the record");
    verify::Options options;
    options.election = election;
    options.seen = seen;
    options.progress = [&](std::uint64_t done, std::uint64_t total, std::string_view) {
        progress.total(total);
        progress.at(done);
    };
    return verify::verify(folder, options);
}

void tell_failures(const verify::Report& report, cli::Output& out) {
    for (const verify::Check& check : report.checks()) {
        if (check.verdict() != verify::Verdict::failed) continue;
        for (const verify::Failure& failure : check.failures())
            out.note(std::string(check.info().number) + " failed: " + failure.place + ": " + failure.message);
    }
}

}  // namespace

Result<Bytes> SessionSource::fetch(const std::string& path) {
    Bytes content;
    const auto fetched =
        session_.api().get_to(session_.path("record/" + path), [&](ByteView piece) -> Status {
            if (content.size() + piece.size() > largest_file)
                return corrupt("answer-too-large", path + " is larger than a file of the record may be");
            append(content, piece);
            return {};
        });
    if (fetched) return content;
    if (fetched.error().kind == ErrorKind::not_found)
        return not_found("file-missing", "the record has no file " + path);
    return fetched.error();
}

// A server that doesn't know ranges answers with the whole.
Result<Bytes> SessionSource::fetch_part(const std::string& path, std::uint64_t offset, std::size_t size) {
    net::HttpRequest request;
    request.path = session_.path("record/" + path);
    request.headers = {{"Range", fmt::format("bytes={}-{}", offset, offset + size - 1)}};
    STIMME_TRY(const auto response, net::successful(session_.api().send(request)));
    if (response.status == 206) return to_bytes(as_bytes(response.body));
    const std::size_t begin = std::min<std::size_t>(offset, response.body.size());
    return to_bytes(as_bytes(std::string_view(response.body).substr(begin, size)));
}

Result<verify::ClosedElection> check_closed_record(session::Session& session, cli::Output& out) {
    STIMME_TRY(const Hash election, session.election_hash());
    const fs::path folder = session.folder().file("record");
    STIMME_CHECK(mirror(session, folder, out));
    auto outcome = verify_with_progress(folder, election, session.log().checkpoint(), out);
    if (outcome.closed) return *std::move(outcome.closed);
    if (outcome.report.without_failure())
        return conflict("not-closed",
                        "the polls aren't closed yet, or the witnesses' signatures are missing");
    tell_failures(outcome.report, out);
    return corrupt("record-unverified", "the record doesn't hold what it promises; nothing was signed");
}

}  // namespace stimme::evidence
