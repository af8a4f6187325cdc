// The elections of a server: one folder each below the data folder. All are opened at start-up; one that
// can't be opened keeps the server from starting, since nobody else would notice.
//
// Thread rule: all members may be called from any thread.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "server/service/acts/election.h"

namespace stimme::service {

class Elections {
  public:
    // Errors: those of Election::open, with the folder's name in front.
    static Result<std::unique_ptr<Elections>> open(std::filesystem::path data, Environment environment);

    // Takes up a new election: its folder with log.key must be there already. The same definition again gets
    // the same answer. `official` must be the key of an official of this very definition. Errors: those of
    // ValidDefinition::parse, not-an-official (forbidden), log-key-missing (conflict), election-exists
    // (conflict: with another definition), and those of Election::open.
    Result<std::shared_ptr<Election>> create(std::string_view definition,
                                             const election::PublicKey& official);

    std::shared_ptr<Election> find(std::string_view id) const;  // nullptr: none
    std::vector<std::shared_ptr<Election>> all() const;         // by id

    void stop();

  private:
    Elections(std::filesystem::path data, Environment environment)
        : data_(std::move(data)), environment_(std::move(environment)) {}

    const std::filesystem::path data_;
    Environment environment_;
    mutable std::mutex mutex_;
    std::mutex creating_;
    std::map<std::string, std::shared_ptr<Election>, std::less<>> elections_;
};

}  // namespace stimme::service
