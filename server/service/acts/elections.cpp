#include "server/service/acts/elections.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/file.h"

namespace stimme::service {

Result<std::unique_ptr<Elections>> Elections::open(std::filesystem::path data, Environment environment) {
    std::unique_ptr<Elections> elections(new Elections(std::move(data), std::move(environment)));
    std::error_code error;
    std::filesystem::create_directories(elections->data_, error);
    std::filesystem::directory_iterator folders(elections->data_, error);
    if (error)
        return unavailable("data-unreadable", fmt::format("cannot read {}", elections->data_.string()));
    for (const auto& folder : folders) {
        const std::string id = folder.path().filename();
        if (!is_name(id) || !std::filesystem::exists(folder.path() / "definition.json")) continue;
        auto election = Election::open(folder.path(), elections->environment_);
        if (!election) return std::move(election).error().at(folder.path().string());
        elections->elections_.emplace(id, *std::move(election));
    }
    return elections;
}

Result<std::shared_ptr<Election>> Elections::create(std::string_view text,
                                                    const election::PublicKey& official) {
    STIMME_TRY(const auto definition, election::ValidDefinition::parse(text));
    const auto& officials = definition->officials;
    if (std::none_of(officials.begin(), officials.end(), [&](const auto& o) { return o.key == official; }))
        return forbidden("not-an-official", "your key isn't that of an official of this definition");
    const std::lock_guard lock(creating_);
    const std::string& id = definition->id.str();
    if (auto existing = find(id)) {
        if (existing->definition().hash() == definition.hash()) return existing;
        return conflict("election-exists", fmt::format("\"{}\" exists with another definition", id));
    }
    const std::filesystem::path folder = data_ / id;
    const auto key = load_log_key(folder / "log.key", environment_.passphrase);
    if (!key)
        return conflict("log-key-missing",
                        fmt::format("make the log's key on the server first: {}", key.error().message));
    if (key->verify_key() != definition->log.key)
        return conflict("log-key-differs", "the server's log key isn't the one that the definition names");
    STIMME_CHECK(write_file(folder / "definition.json", as_bytes(definition.canonical())));
    STIMME_TRY(auto election, Election::open(folder, environment_));
    const std::lock_guard registry(mutex_);
    elections_.emplace(id, election);
    return election;
}

std::shared_ptr<Election> Elections::find(std::string_view id) const {
    const std::lock_guard lock(mutex_);
    const auto found = elections_.find(id);
    return found == elections_.end() ? nullptr : found->second;
}

std::vector<std::shared_ptr<Election>> Elections::all() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::shared_ptr<Election>> all;
    for (const auto& [id, election] : elections_) all.push_back(election);
    return all;
}

void Elections::stop() {
    for (const auto& election : all()) election->stop();
}

}  // namespace stimme::service
