// What the check of a station finds out, judged: each fact becomes a line that says whether it is well and,
// if not, what to do.
//
// Thread rule: values and pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/print/station_paper.h"
#include "client/station/surroundings.h"
#include "core/crypto/certificate_dates.h"

namespace stimme::station {

using print::CheckLine;
using print::Verdict;

enum class Tongue { german, english };
std::string_view in(Tongue tongue, std::string_view german, std::string_view english);

CheckLine judge_characters(const Terminal& terminal, Tongue tongue);
// At least 80x24.
CheckLine judge_size(const Terminal& terminal, Tongue tongue);
CheckLine judge_kind(const Terminal& terminal, Tongue tongue);
CheckLine judge_connection(const Result<Connection>& connection, Tongue tongue);
// `own` was read right after the server's answer came.
CheckLine judge_clock(const std::optional<TimePoint>& server, TimePoint own, Tongue tongue);
// It must be valid until the polls have closed, and an hour longer for the close of the station.
CheckLine judge_certificate(const Result<crypto::CertificateDates>& dates, TimePoint polls_close,
                            TimePoint now, Tongue tongue);
// `published`: 64 hex characters; empty: not known.
CheckLine judge_program(const Result<std::string>& hash, const std::string& published, Tongue tongue);
// What was printed as QR code, and what the scanner typed. Says nothing of what was typed: it might be a
// pass.
CheckLine judge_scan(std::string_view printed, std::string_view typed, Tongue tongue);

// A published hash: 64 hex characters, or a file with lines of sha256sum, of which the one for `stimme`
// counts. Errors: hash-invalid (invalid), those of read_file.
Result<std::string> read_published_hash(const std::string& hex_or_file);

}  // namespace stimme::station
