#include "tests/bench/record_maker.h"

#include <algorithm>
#include <fstream>
#include <map>

#include <fmt/format.h>

#include "core/ballot/encrypt.h"
#include "core/ballot/tracking_code.h"
#include "core/events/act.h"
#include "core/events/files.h"
#include "core/events/trustee_secret.h"
#include "core/log/checkpoint.h"
#include "core/record/layout.h"
#include "core/record/mapped_file.h"
#include "core/tally/result.h"
#include "core/tally/shares.h"
#include "core/verify/parallel.h"
#include "tests/bench/log_writer.h"
#include "tests/bench/measure.h"
#include "tests/support/elections.h"

namespace stimme::bench {
namespace {

constexpr std::uint64_t block = 512;  // ballots that are made before they are written
constexpr std::uint64_t task = 8;

const StyleId style("standard");

// What one ballot leaves in the record.
struct Made {
    events::TagRow tag;
    Hash tracking_code;
    ByteArray<32> x;
    Bytes body;
};

// The sums of one district, and what they are sums of.
struct District {
    std::string name, station;
    std::uint64_t ballots;
    std::vector<std::vector<crypto::CiphertextSum>> sums;  // of each thread
    std::vector<std::uint64_t> totals;
    Hash file{};

    std::string path() const { return record::ballots_path(DistrictId(name), style); }
};

test::Election election_of(const RecordPlan& plan) {
    test::TestElection election;
    election.contest("board", plan.options, {.votes = plan.votes, .per_option = 1, .seats = plan.options})
        .invalid();
    const std::uint64_t districts = (plan.ballots + plan.ballots_a_district - 1) / plan.ballots_a_district;
    for (std::uint64_t d = 1; d <= std::max<std::uint64_t>(districts, 1); ++d)
        election.district(fmt::format("d{}", d)).station(fmt::format("s{}", d));
    return election.build();
}

events::LogView view_of(const log::Tree& tree) {
    return {tree.size(), tree.root()};
}

class RecordMaker {
  public:
    RecordMaker(const std::filesystem::path& folder, const RecordPlan& plan)
        : folder_(folder),
          plan_(plan),
          election_(election_of(plan)),
          layout_(election_.layout()),
          log_(folder) {
        const std::size_t positions = layout_.ciphertexts();
        for (const auto& station : election_.definition->stations) {
            const std::uint64_t before = districts_.size() * plan.ballots_a_district;
            const std::uint64_t ballots = std::min(plan.ballots_a_district, plan.ballots - before);
            districts_.push_back({station.district.str(),
                                  station.id.str(),
                                  ballots,
                                  {plan.threads, std::vector<crypto::CiphertextSum>(positions)},
                                  std::vector<std::uint64_t>(positions),
                                  {}});
        }
    }

    std::vector<ForgedBallot> make() {
        seal();
        act(events::PollsOpened{});
        for (District& district : districts_) vote(district);
        close();
        count();
        act(events::Certified{});
        finish();
        return std::move(forged_);
    }

  private:
    void append(events::Content content, const std::vector<std::string>& signers,
                const events::LogView& view) {
        events::Entry entry{std::move(content), {}};
        for (const std::string& signer : signers) {
            entry.signed_by.push_back(events::sign_act(election_.signing_key(signer), SignerId(signer),
                                                       election_.h_e, entry.content, view));
        }
        log_.append(events::encode(entry));
    }
    void append(events::Content content) { append(std::move(content), {}, {}); }
    void act(events::Content content) {
        append(std::move(content), {"official-1", "official-2"}, view_of(log_.tree()));
    }

    void seal();
    void vote(District& district);
    void write_ballots(District& district, std::uint64_t count, std::ofstream& file);
    void add(ByteView body, std::vector<crypto::CiphertextSum>& sums) const;
    Made ballot(const District& district, std::uint64_t number) const;
    bool is_forged(std::uint64_t number) const {
        return (number + 1) * plan_.forged / plan_.ballots > number * plan_.forged / plan_.ballots;
    }
    const ballot::Statement& forged_statement(std::uint64_t number) const {
        return layout_.statements()[number % layout_.statements().size()];
    }
    void forge(std::uint64_t number, Bytes& body) const;
    void name_forged(const District& district, std::uint64_t number);
    events::Selections selections(std::uint64_t number) const;
    void close();
    events::PollsClosed polls_closed();
    void count();
    static tally::PositionSums sums(const District& district);
    events::DecryptionShare share(unsigned trustee, const tally::OpenGroup& group) const;
    void finish();

    const std::filesystem::path folder_;
    const RecordPlan plan_;
    const test::Election election_;
    const ballot::Layout layout_;
    LogWriter log_;
    std::vector<District> districts_;
    std::vector<events::ParticipationRow> roll_;
    std::vector<events::TagRow> tags_;           // one for each ballot made so far
    std::optional<tally::ShareContext> shares_;  // from the close on
    std::vector<ForgedBallot> forged_;
};

// Every voter of the roll votes, in the order of their number.
void RecordMaker::seal() {
    for (const District& district : districts_) {
        for (std::uint64_t i = 0; i < district.ballots; ++i) {
            const std::string number = std::to_string(roll_.size() + 1);
            const auto salt = test::test_random("voter/" + number).bytes<16>();
            roll_.push_back({events::roll_leaf(salt, number, style), StationId(district.station)});
        }
    }
    std::sort(roll_.begin(), roll_.end(), [](const auto& a, const auto& b) { return a.leaf < b.leaf; });
    std::vector<Hash> leaves;
    for (const auto& row : roll_) leaves.push_back(row.leaf);
    append(election_.sealed(events::roll_root(leaves), leaves.size()), {"official-1", "official-2"},
           view_of(log_.tree()));
}

// Mostly three votes, sometimes one, now and then an invalid ballot.
events::Selections RecordMaker::selections(std::uint64_t number) const {
    events::Selections chosen{std::vector<std::uint16_t>(plan_.options + 1, 0)};
    if (number % 50 == 49) {
        chosen[0].back() = 1;
        return chosen;
    }
    const std::uint64_t votes = number % 7 == 3 ? 1 : plan_.votes;
    for (std::uint64_t i = 0; i < votes; ++i) chosen[0][(number + 5 * i) % plan_.options] = 1;
    return chosen;
}

Made RecordMaker::ballot(const District& district, std::uint64_t number) const {
    const ballot::Context context = election_.context(district.station, style.str(), number);
    auto valid = must(ballot::ValidSelections::check(layout_, selections(number)));
    SeededRandom random = test::test_random(fmt::format("seed/{}", number));
    auto sealed =
        ballot::encrypt(election_.key, layout_, context, std::move(valid), ballot::Seed::random(random));
    Made made{{context.t, election_.pass_key(district.station, style.str()).tag_of(context.t)},
              sealed.tracking_code(),
              {},
              sealed.body()};
    if (is_forged(number)) {
        forge(number, made.body);
        made.tracking_code = ballot::tracking_code(context, made.body);
    }
    const auto x = std::move(sealed).for_cast();
    made.x = to_array<32>(x.reveal());
    return made;
}

void add_to_scalar(Bytes& body, std::size_t offset, std::uint64_t number) {
    const auto at = body.begin() + static_cast<std::ptrdiff_t>(offset);
    const auto sum =
        must(crypto::Scalar::from_bytes(ByteView(body).subspan(offset, 32))) + crypto::Scalar(number);
    std::ranges::copy(sum.bytes(), at);
}

// In turn: a challenge too many, which their sum shows; v of a branch, which its equations show.
void RecordMaker::forge(std::uint64_t number, Bytes& body) const {
    const std::size_t branch = forged_statement(number).branch(1);
    add_to_scalar(body, branch + (number % 2 == 0 ? ballot::branch_c : ballot::branch_v), number + 1);
}

// REQUIRES: its entries were the last that were appended.
void RecordMaker::name_forged(const District& district, std::uint64_t number) {
    forged_.push_back({fmt::format("{}, ballot {} (entry {})", district.path(),
                                   number % plan_.ballots_a_district, log_.tree().size() - 1),
                       number % 2 == 0 ? "ballot-challenge-sum" : "ballot-equation-g",
                       layout_.place(forged_statement(number))});
}

// The next ballots of the district, as many as that, in order.
void RecordMaker::write_ballots(District& district, std::uint64_t count, std::ofstream& file) {
    std::vector<Made> made(count);
    verify::for_ranges(plan_.threads, count, task,
                       [&](unsigned thread, std::size_t, std::uint64_t begin, std::uint64_t end) {
                           for (std::uint64_t i = begin; i < end; ++i) {
                               made[i] = ballot(district, tags_.size() + i);
                               add(made[i].body, district.sums[thread]);
                           }
                       });
    const StationId station(district.station);
    for (const Made& one : made) {
        const events::Selections chosen = selections(tags_.size());
        for (std::size_t i = 0; i < chosen[0].size(); ++i) district.totals[i] += chosen[0][i];
        append(events::BallotSubmitted{station, style, one.tag.t, one.tracking_code});
        append(events::BallotCast{station, one.tag.t, one.tracking_code, one.x});
        if (is_forged(tags_.size())) name_forged(district, tags_.size());
        file << as_text(one.body);
        tags_.push_back(one.tag);
    }
}

void RecordMaker::add(ByteView body, std::vector<crypto::CiphertextSum>& sums) const {
    for (std::size_t i = 0; i < sums.size(); ++i) {
        const ByteView at = body.subspan(layout_.ciphertext(i));
        sums[i].add({crypto::Point::from_valid(to_array<64>(at)),
                     crypto::Point::from_valid(to_array<64>(at.subspan(64)))});
    }
}

void RecordMaker::vote(District& district) {
    if (district.ballots == 0) return;
    const std::filesystem::path path = folder_ / district.path();
    std::filesystem::create_directories(path.parent_path());
    std::ofstream file(path, std::ios::binary);
    for (std::uint64_t done = 0; done < district.ballots; done += block)
        write_ballots(district, std::min(block, district.ballots - done), file);
    if (!file.flush()) throw std::runtime_error("can't write " + path.string());
    district.file = events::file_hash(must(record::MappedFile::open(path)).bytes());
}

void RecordMaker::close() {
    for (const District& district : districts_) {
        const std::string desk = district.station + "-desk-1";
        append(events::StationClosed{StationId(district.station), {{SignerId(desk), district.ballots, 0, 0}}},
               {desk}, view_of(log_.tree()));
    }
    act(polls_closed());
    std::vector<crypto::Commitments> commitments;
    for (const test::TestTrustee& trustee : election_.trustees) commitments.push_back(trustee.commitments);
    shares_.emplace(tally::ShareContext{election_.definition,
                                        must(events::derive_keys(election_.definition, commitments)),
                                        view_of(log_.tree())});
}

events::PollsClosed RecordMaker::polls_closed() {
    std::sort(tags_.begin(), tags_.end(), [](const auto& a, const auto& b) { return a.t < b.t; });
    const std::string tags = events::write_tags(tags_), participation = events::write_participation(roll_);
    write_quickly(folder_ / record::tags_path, as_bytes(tags));
    write_quickly(folder_ / record::participation_path, as_bytes(participation));
    events::PollsClosed closed{
        {}, events::file_hash(as_bytes(tags)), events::file_hash(as_bytes(participation)), {}, {}};
    for (const District& district : districts_) {
        const auto secret = election_.pass_key(district.station, style.str()).bytes();
        closed.pass_keys.push_back({StationId(district.station), style, to_array<32>(secret.reveal())});
        if (district.ballots > 0)
            closed.ballots.push_back({DistrictId(district.name), style, district.ballots, district.file});
    }
    return closed;
}

// Each district is a counted group of its own.
void RecordMaker::count() {
    tally::BallotCounts counts;
    for (const District& district : districts_) counts[{DistrictId(district.name), style}] = district.ballots;
    const auto groups = tally::counted_groups(election_.definition, counts);
    events::Tally tally{{SignerId("trustee-1"), SignerId("trustee-2")}, {}};
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const tally::OpenGroup group{groups[i], sums(districts_[i])};
        for (const unsigned trustee : {1U, 2U}) {
            append(share(trustee, group), {fmt::format("trustee-{}", trustee)}, shares_->closing);
        }
        tally.groups.push_back({ContestId("board"), groups[i].name, groups[i].ballots, districts_[i].totals});
    }
    act(tally);
    act(must(tally::make_result(election_.definition, {tally.groups, {}, {}})));
}

tally::PositionSums RecordMaker::sums(const District& district) {
    tally::PositionSums sums;
    for (std::size_t i = 0; i < district.totals.size(); ++i) {
        crypto::CiphertextSum all;
        for (const auto& of_thread : district.sums) all.add(of_thread[i].value());
        sums.push_back(all.value());
    }
    return sums;
}

events::DecryptionShare RecordMaker::share(unsigned trustee, const tally::OpenGroup& group) const {
    SeededRandom random(trustee);
    const events::TrusteeSecret secret(election_.h_e, trustee, election_.trustees[trustee - 1].share.copy());
    return must(tally::make_share(*shares_, secret, group, random));
}

void RecordMaker::finish() {
    log_.finish();
    write_quickly(folder_ / record::definition_path, as_bytes(election_.definition.canonical()));
    const auto at = view_of(log_.tree());
    const auto checkpoint =
        log::sign_checkpoint({election_.definition->log.origin, at.size, at.root}, election_.log_key);
    write_quickly(folder_ / record::checkpoint_path, as_bytes(checkpoint.text));
}

}  // namespace

std::vector<ForgedBallot> make_record(const std::filesystem::path& folder, const RecordPlan& plan) {
    return RecordMaker(folder, plan).make();
}

}  // namespace stimme::bench
