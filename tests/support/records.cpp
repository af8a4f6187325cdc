#include "tests/support/records.h"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "core/ballot/tracking_code.h"
#include "core/events/trustee_secret.h"
#include "core/log/receipt.h"
#include "core/record/layout.h"
#include "core/record/writer.h"
#include "core/tally/result.h"
#include "core/tally/tally.h"
#include "tests/support/must.h"

namespace stimme::test {
namespace {

events::LogView view_of(const log::Tree& tree) {
    return {tree.size(), tree.root()};
}

// Those whose signatures an entry needs.
std::vector<std::string> signers_of(const election::ValidDefinition& definition,
                                    const events::Content& content) {
    switch (election::transition(events::type_of(content)).signers) {
        case election::SignedBy::nobody:
            return {};
        case election::SignedBy::two_officials:
            return {"official-1", "official-2"};
        case election::SignedBy::its_official: {
            const auto* number = std::get_if<events::LotNumber>(&content);
            return {(number != nullptr ? number->official : std::get<events::LotCommitment>(content).official)
                        .str()};
        }
        case election::SignedBy::its_trustee:
            return {std::get<events::DecryptionShare>(content).trustee.str()};
        case election::SignedBy::one_desk:
            if (const auto* voided = std::get_if<events::PassVoided>(&content)) {
                return {voided->station.str() + "-desk-1"};
            }
            if (std::get<events::ChallengeFailed>(content).cause.index() == 0) return {};
            return {std::get<events::ChallengeFailed>(content).station.str() + "-desk-1"};
        case election::SignedBy::every_desk: {
            std::vector<std::string> desks;
            for (const auto& desk :
                 definition.station(std::get<events::StationClosed>(content).station)->desks) {
                desks.push_back(desk.id.str());
            }
            return desks;
        }
    }
    return {};
}

}  // namespace

TestRecord::TestRecord(Election election, std::size_t voters)
    : definition(election.definition.canonical()),
      witnesses(election.witness_keys.size()),
      election_(std::move(election)),
      sums_(election_.definition) {
    const auto& styles = election_.definition->styles;
    for (std::size_t i = 1; i <= voters; ++i) {
        const events::VoterCode code = voter(i);
        roll_.push_back(
            {events::roll_leaf(code.salt, code.number, styles[i % styles.size()].id), std::nullopt});
    }
    std::sort(roll_.begin(), roll_.end(), [](const auto& a, const auto& b) { return a.leaf < b.leaf; });
}

events::VoterCode TestRecord::voter(std::size_t number) const {
    SeededRandom random = test_random(fmt::format("voter/{}", number));
    return {std::to_string(number), random.bytes<16>()};
}

log::Tree TestRecord::tree(std::size_t size) const {
    log::Tree tree;
    for (std::size_t i = 0; i < size; ++i) tree.append_entry(as_bytes(entries.at(i)));
    return tree;
}

events::LogView TestRecord::view() const {
    return view_of(tree(entries.size()));
}

TestRecord& TestRecord::append(events::Content content, const std::vector<std::string>& signers,
                               const events::LogView& view) {
    for (const auto& forge : forgeries_) forge(content);
    events::Entry entry{std::move(content), {}};
    for (const std::string& signer : signers) {
        entry.signed_by.push_back(events::sign_act(election_.signing_key(signer), SignerId(signer),
                                                   election_.h_e, entry.content, view));
    }
    entries.push_back(events::encode(entry));
    return *this;
}

TestRecord& TestRecord::append(events::Content content) {
    const auto signers = signers_of(election_.definition, content);
    const events::LogView current = signers.empty() ? events::LogView{} : view();
    return append(std::move(content), signers, current);
}

TestRecord& TestRecord::seal() {
    std::vector<Hash> leaves;
    for (const auto& row : roll_) leaves.push_back(row.leaf);
    return append(election_.sealed(events::roll_root(leaves), leaves.size()));
}

TestRecord& TestRecord::open() {
    return append(events::PollsOpened{});
}

void TestRecord::check_in(const std::string& station) {
    roll_.at(checked_in_++).station = StationId(station);
    ++check_ins_[station];
    ++passes_;
}

TestRecord::Submitted TestRecord::submit(const ballot::SealedBallot& sealed, const ballot::Context& context) {
    Submitted ballot{context.station, context.t, sealed.tracking_code(), sealed.body()};
    for (const auto& forge : body_forgeries_) forge(ballot.body);
    ballot.tracking_code = ballot::tracking_code(context, ballot.body);
    tags_.push_back(
        {context.t, election_.pass_key(context.station.str(), context.style.str()).tag_of(context.t)});
    append(events::BallotSubmitted{context.station, context.style, context.t, ballot.tracking_code});
    return ballot;
}

TestRecord& TestRecord::vote(const events::Selections& selections, const std::string& station,
                             const std::string& style) {
    check_in(station);
    const auto context = election_.context(station, style, passes_);
    auto sealed = election_.encrypt(context, selections, passes_);
    sums_.add(election_.checked(context, selections, passes_));
    const Submitted ballot = submit(sealed, context);
    const auto x = std::move(sealed).for_cast();
    append(events::BallotCast{ballot.station, ballot.t, ballot.tracking_code, to_array<32>(x.reveal())});
    const DistrictId& district = election_.definition.station(ballot.station)->district;
    const std::string path = record::ballots_path(district, context.style);
    stimme::append(bodies_[path], ballot.body);
    ++counts_[path];
    return *this;
}

TestRecord& TestRecord::test(const events::Selections& selections, const std::string& station,
                             const std::string& style) {
    check_in(station);
    const auto context = election_.context(station, style, passes_);
    auto sealed = election_.encrypt(context, selections, passes_);
    const Submitted ballot = submit(sealed, context);
    return append(
        events::BallotChallenged{ballot.station, ballot.t, ballot.tracking_code, std::move(sealed).open()});
}

TestRecord& TestRecord::void_pass(const std::string& station) {
    ++check_ins_[station];
    ++voids_[station];
    ++passes_;
    return append(events::PassVoided{StationId(station), election_.context(station, "", passes_).t});
}

void TestRecord::close_station(const election::Station& station) {
    events::StationClosed closed{station.id, {}};
    for (const auto& desk : station.desks) closed.desks.push_back({desk.id});
    if (!closed.desks.empty()) {
        closed.desks[0].checked_in = check_ins_[station.id.str()];
        closed.desks[0].voided = voids_[station.id.str()];
    }
    append(std::move(closed));
}

void TestRecord::make_files() {
    std::sort(tags_.begin(), tags_.end(), [](const auto& a, const auto& b) { return a.t < b.t; });
    files[record::tags_path] = to_bytes(as_bytes(events::write_tags(tags_)));
    files[record::participation_path] = to_bytes(as_bytes(events::write_participation(roll_)));
    files.insert(bodies_.begin(), bodies_.end());
    for (const auto& forge : file_forgeries_) forge(files);
}

events::PollsClosed TestRecord::polls_closed() const {
    events::PollsClosed closed{
        {}, events::file_hash(files.at("tags")), events::file_hash(files.at("participation")), {}, {}};
    for (const auto& station : election_.definition->stations) {
        for (const auto& style : election_.definition->styles) {
            const auto secret = election_.pass_key(station.id.str(), style.id.str()).bytes();
            closed.pass_keys.push_back({station.id, style.id, to_array<32>(secret.reveal())});
        }
    }
    for (const auto& district : election_.definition->districts) {
        for (const auto& style : election_.definition->styles) {
            const std::string path = record::ballots_path(district.id, style.id);
            if (!counts_.contains(path)) continue;
            closed.ballots.push_back(
                {district.id, style.id, counts_.at(path), events::file_hash(files.at(path))});
        }
    }
    return closed;
}

TestRecord& TestRecord::close() {
    for (const auto& station : election_.definition->stations) close_station(station);
    make_files();
    append(polls_closed());
    closing_ = view();
    return *this;
}

tally::ShareContext TestRecord::context() const {
    std::vector<crypto::Commitments> commitments;
    for (const TestTrustee& trustee : election_.trustees) commitments.push_back(trustee.commitments);
    return {election_.definition, must(events::derive_keys(election_.definition, commitments)), closing_};
}

std::vector<events::DecryptionShare> TestRecord::shares(unsigned l) const {
    SeededRandom random(l);
    const events::TrusteeSecret secret(election_.h_e, l, election_.trustees.at(l - 1).share.copy());
    std::vector<events::DecryptionShare> all;
    for (const auto& group : must(tally::groups_to_open(sums_))) {
        all.push_back(must(tally::make_share(context(), secret, group, random)));
    }
    return all;
}

TestRecord& TestRecord::append_share(const events::DecryptionShare& share) {
    return append(share, {share.trustee.str()}, closing_);
}

TestRecord& TestRecord::tally() {
    std::vector<events::DecryptionShare> all;
    const unsigned k = election_.trustees.empty() ? 0 : election_.definition->trustees->threshold;
    for (unsigned l = 1; l <= k; ++l) {
        for (auto& share : shares(l)) all.push_back(std::move(share));
    }
    for (const auto& share : all) append_share(share);
    return append(must(tally::make_tally(context(), sums_, all)));
}

TestRecord& TestRecord::paper(std::uint64_t ballots, std::vector<std::uint64_t> totals) {
    append(paper_batches(ballots));
    return append(paper_count(ballots, std::move(totals)));
}

TestRecord& TestRecord::result() {
    tally::Figures figures;
    events::CountState count;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const auto entry = must(events::decode(entries[i]));
        if (const auto* tally = std::get_if<events::Tally>(&entry.content)) figures.groups = tally->groups;
        if (const auto* lot = std::get_if<events::LotDrawn>(&entry.content)) count.apply(*lot);
        if (const auto* batches = std::get_if<events::PaperBatches>(&entry.content)) count.apply(i, *batches);
        if (const auto* paper = std::get_if<events::PaperCount>(&entry.content)) count.apply(i, *paper);
    }
    figures.paper = tally::paper_figures(election_.definition, count);
    figures.lots = count.lots();
    return append(must(tally::make_result(election_.definition, figures)));
}

TestRecord& TestRecord::certify() {
    return append(events::Certified{});
}

TestRecord& TestRecord::forge_bodies(std::function<void(Bytes&)> change) {
    body_forgeries_.push_back(std::move(change));
    return *this;
}

TestRecord& TestRecord::forge_files(std::function<void(std::map<std::string, Bytes>&)> change) {
    file_forgeries_.push_back(std::move(change));
    return *this;
}

log::SignedCheckpoint TestRecord::checkpoint(std::size_t size) const {
    const auto at = view_of(tree(size));
    auto signed_checkpoint =
        log::sign_checkpoint({election_.definition->log.origin, at.size, at.root}, election_.log_key);
    for (std::size_t i = 0; i < witnesses; ++i) {
        signed_checkpoint.text +=
            log::cosign(signed_checkpoint.checkpoint, election_.definition->witnesses[i].name,
                        election_.witness_keys[i], TimePoint(std::chrono::seconds(1000)));
    }
    return signed_checkpoint;
}

std::string TestRecord::receipt(std::uint64_t index) const {
    const auto receipt = must(log::make_receipt(tree(entries.size()), index, as_bytes(entries.at(index)),
                                                checkpoint(entries.size())));
    return log::write_receipt(receipt);
}

std::size_t TestRecord::index_of(const std::string& type, std::size_t skip) const {
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (entries[i].find("\"type\":\"" + type + "\"") == std::string::npos) continue;
        if (skip-- == 0) return i;
    }
    throw std::runtime_error("no entry of type " + type);
}

void TestRecord::write(const std::filesystem::path& folder) const {
    const auto status = record::write_record(folder, {checkpoint(), definition, entries, files});
    if (!status) throw std::runtime_error(status.error().message);
}

}  // namespace stimme::test
