#include "client/desk/console/opening.h"

#include "core/base/file.h"
#include "core/base/json_fields.h"

namespace stimme::desk::console {
namespace {

std::filesystem::path place(const std::filesystem::path& folder) {
    return folder / "opening.json";
}

std::uint64_t count(json::Fields& in, std::string_view key) {
    return static_cast<std::uint64_t>(in.integer(key, 0, json::max_integer));
}

}  // namespace

Result<std::optional<OpeningRecord>> read_opening(const std::filesystem::path& folder) {
    const auto text = read_file(place(folder));
    if (!text && text.error().code == "file-missing") return std::optional<OpeningRecord>();
    if (!text) return text.error();
    STIMME_TRY(const json::Value value, json::parse(as_text(*text)));
    json::Problems problems;
    json::Fields in(value, problems);
    OpeningRecord opening;
    opening.present = in.texts("present", 0, most_present);
    opening.counts = {{count(in, "checked_in"), count(in, "voided")}, count(in, "passes_used")};
    in.finish();
    STIMME_CHECK(problems.status("opening-invalid"));
    return std::optional(std::move(opening));
}

Status write_opening(const std::filesystem::path& folder, const OpeningRecord& opening) {
    json::Array present;
    for (const std::string& name : opening.present) present.emplace_back(name);
    const json::Object record{{"present", std::move(present)},
                              {"checked_in", opening.counts.own.checked_in},
                              {"voided", opening.counts.own.voided},
                              {"passes_used", opening.counts.passes_used}};
    return create_file(place(folder), as_bytes(json::canonical(record)), FileMode::private_file);
}

Result<std::uint64_t> read_helped(const std::filesystem::path& folder) {
    const auto text = read_file(folder / "helped.json");
    if (!text && text.error().code == "file-missing") return std::uint64_t{0};
    if (!text) return text.error();
    STIMME_TRY(const json::Value value, json::parse(as_text(*text)));
    json::Problems problems;
    json::Fields in(value, problems);
    const std::uint64_t helped = count(in, "count");
    in.finish();
    STIMME_CHECK(problems.status("opening-invalid"));
    return helped;
}

Status note_helped(const std::filesystem::path& folder) {
    STIMME_TRY(const std::uint64_t helped, read_helped(folder));
    const json::Object record{{"count", helped + 1}};
    return write_file(folder / "helped.json", as_bytes(json::canonical(record)), FileMode::private_file);
}

}  // namespace stimme::desk::console
