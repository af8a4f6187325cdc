#include "client/desk/store.h"

#include <algorithm>
#include <fstream>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "core/base/file.h"
#include "core/base/json_fields.h"

namespace stimme::desk {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_requests = 10'000;
constexpr std::size_t most_of_body = std::size_t{64} << 10;
constexpr json::Limits file_limits{std::size_t{16} << 20, 8};

// As far as a file system lets one: the content is overwritten before the file goes.
void erase(const fs::path& path) {
    std::error_code ignored;
    const auto size = fs::file_size(path, ignored);
    const int file = ignored ? -1 : ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (file >= 0) {
        const std::string zeros(static_cast<std::size_t>(size), '\0');
        if (::write(file, zeros.data(), zeros.size()) >= 0) ::fdatasync(file);
        ::close(file);
    }
    fs::remove(path, ignored);
}

json::Value to_json(const PendingCheckIn& request) {
    return json::Object{{"key", request.key},
                        {"voter", request.voter},
                        {"card_taken", request.card_taken},
                        {"request", to_hex(request.request.bytes().reveal())}};
}

constexpr std::string_view kinds[] = {"give-back", "move", "paper"};

json::Value to_json(const PendingAct& request) {
    return json::Object{{"key", request.key},
                        {"kind", kinds[static_cast<std::size_t>(request.kind)]},
                        {"body", request.body}};
}

template <class Request>
json::Array to_json(const std::vector<const Request*>& requests) {
    json::Array out;
    for (const Request* request : requests) out.push_back(to_json(*request));
    return out;
}

bool was_erased(ByteView content) {
    return std::all_of(content.begin(), content.end(), [](std::uint8_t byte) { return byte == 0; });
}

template <class Request>
bool knows(const std::vector<Request>& requests, const std::string& key) {
    return std::any_of(requests.begin(), requests.end(), [&](const auto& r) { return r.key == key; });
}

template <class Request>
std::vector<const Request*> pointers(const std::vector<Request>& requests) {
    std::vector<const Request*> result;
    for (const Request& request : requests) result.push_back(&request);
    return result;
}

template <class Request>
void forget(std::vector<Request>& requests, const std::set<std::string>& keys) {
    std::erase_if(requests, [&](const Request& request) { return keys.contains(request.key); });
}

Error damaged(const fs::path& path, const Error& error) {
    return corrupt("desk-store-invalid", fmt::format("{}: {}", path.string(), error.message));
}

}  // namespace

Result<DeskStore> DeskStore::open(const fs::path& folder, Random& random) {
    DeskStore store(folder, random);
    std::set<std::string> settled;
    STIMME_CHECK(store.read_counts(settled));
    STIMME_CHECK(store.read_pending(settled));
    return store;
}

Status DeskStore::read_counts(std::set<std::string>& settled) {
    const fs::path path = folder_ / "counts.json";
    const auto text = read_file(path, file_limits.bytes);
    if (!text && text.error().code == "file-missing") return {};
    if (!text) return text.error();
    const auto value = json::parse(as_text(*text), file_limits);
    if (!value) return damaged(path, value.error());
    json::Problems problems;
    json::Fields in(*value, problems);
    const auto count = [&](const char* name) {
        return static_cast<std::uint64_t>(in.integer(name, 0, json::max_integer));
    };
    counts_ = {count("checked_in"), count("voided"), count("moved"), count("paper"), count("withdrawn")};
    for (std::string& file : in.texts("settled", 0, max_requests)) settled.insert(std::move(file));
    in.finish();
    if (auto status = problems.status("desk-store-invalid"); !status) return damaged(path, status.error());
    return {};
}

Status DeskStore::read_pending(const std::set<std::string>& settled) {
    std::error_code error;
    for (const auto& file : fs::directory_iterator(folder_, error)) {
        const std::string name = file.path().filename().string();
        if (!name.starts_with("pending-") || !name.ends_with(".json")) continue;
        if (settled.contains(name)) {
            erase(file.path());
            continue;
        }
        files_.insert(name);
        STIMME_CHECK(read_file_of_requests(file.path()));
    }
    return {};
}

Status DeskStore::read_file_of_requests(const fs::path& path) {
    STIMME_TRY(const Bytes text, read_file(path, file_limits.bytes));
    if (was_erased(text)) return {};
    const auto value = json::parse(as_text(text), file_limits);
    if (!value) return damaged(path, value.error());
    json::Problems problems;
    json::Fields in(*value, problems);
    in.each("check_ins", 0, max_requests, [&](json::Fields& item) {
        std::string key = item.text("key"), voter = item.text("voter");
        const bool card_taken = item.boolean("card_taken");
        auto request = pass::PassRequest::from_bytes(item.hex_bytes("request"));
        item.finish();
        if (!request) return item.problem("request", request.error().message);
        if (!knows(check_ins_, key))
            check_ins_.push_back({std::move(key), std::move(voter), *std::move(request), card_taken});
    });
    in.each("acts", 0, max_requests, [&](json::Fields& item) {
        const auto kind = static_cast<PendingAct::Kind>(item.one_of("kind", {kinds[0], kinds[1], kinds[2]}));
        PendingAct request{item.text("key"), kind, item.text("body", most_of_body)};
        item.finish();
        if (!knows(acts_, request.key)) acts_.push_back(std::move(request));
    });
    in.finish();
    if (auto status = problems.status("desk-store-invalid"); !status) return damaged(path, status.error());
    return {};
}

Status DeskStore::write_requests(const std::vector<const PendingCheckIn*>& check_ins,
                                 const std::vector<const PendingAct*>& acts) {
    const std::string name = fmt::format("pending-{}.json", to_hex(random_->bytes<8>()));
    std::string text =
        json::canonical(json::Object{{"check_ins", to_json(check_ins)}, {"acts", to_json(acts)}});
    const auto status = create_file(folder_ / name, as_bytes(text), FileMode::private_file);
    crypto::wipe(text.data(), text.size());
    if (status) files_.insert(name);
    return status;
}

Status DeskStore::remember(std::vector<PendingCheckIn> check_ins) {
    STIMME_CHECK(write_requests(pointers(check_ins), {}));
    for (PendingCheckIn& request : check_ins) check_ins_.push_back(std::move(request));
    return {};
}

Status DeskStore::remember(PendingAct request) {
    STIMME_CHECK(write_requests({}, {&request}));
    acts_.push_back(std::move(request));
    return {};
}

Status DeskStore::write_counts() {
    json::Array settled;
    for (const std::string& file : files_) settled.emplace_back(file);
    const json::Object counts{{"checked_in", counts_.checked_in}, {"voided", counts_.voided},
                              {"moved", counts_.moved},           {"paper", counts_.paper},
                              {"withdrawn", counts_.withdrawn},   {"settled", std::move(settled)}};
    return write_file(folder_ / "counts.json", as_bytes(json::canonical(counts)), FileMode::private_file);
}

void DeskStore::erase_files() {
    for (const std::string& file : files_) erase(folder_ / file);
    files_.clear();
}

// What remains goes into a new file, then the counts cover all older ones, then these are erased. A crash in
// between leaves requests twice, which is as once, or files that the counts cover.
Status DeskStore::settle(const std::set<std::string>& keys, const Counts& counts) {
    const std::set<std::string> older = files_;
    forget(check_ins_, keys);
    forget(acts_, keys);
    std::set<std::string> rest;
    if (waits()) {
        STIMME_CHECK(write_requests(pointers(check_ins_), pointers(acts_)));
        std::set_difference(files_.begin(), files_.end(), older.begin(), older.end(),
                            std::inserter(rest, rest.end()));
    }
    files_ = older;
    counts_ = counts;
    STIMME_CHECK(write_counts());
    erase_files();
    files_ = std::move(rest);
    return {};
}

}  // namespace stimme::desk
