#include "tests/bench/polls.h"

#include <future>
#include <thread>

#include <fmt/format.h>

#include "core/base/file.h"
#include "core/crypto/hpke.h"
#include "server/service/acts/act_service.h"
#include "server/service/acts/elections.h"
#include "server/service/log/ceremony_service.h"
#include "server/service/roll/roll_service.h"
#include "tests/bench/measure.h"

namespace stimme::bench {
namespace {

using election::EntryType;
using service::Once;

// Starts something and waits for its answer.
template <class T>
T answer_of(const std::function<void(service::Done<T>)>& start) {
    std::promise<Result<T>> promise;
    start([&](Result<T> result) { promise.set_value(std::move(result)); });
    return must(promise.get_future().get());
}

std::string register_csv(std::size_t voters) {
    std::string csv =
        "Personennummer;Familienname;Vornamen;Geburtsdatum;Geschlecht;Staatsangehörigkeiten;Eingebürgert am;"
        "Hauptwohnung seit;In Deutschland seit;Straße;Hausnummer;PLZ;Ort;Stadtteil;Wohnungsstatus;"
        "Auskunftssperre;Wahlausschluss;Antrag;Verzogen oder verstorben am\n";
    for (std::size_t i = 0; i < voters; ++i) {
        csv += fmt::format(
            "{};Name {};Ana;01.02.1980;w;TUR;;01.01.2000;01.01.2000;Weg;1;39104;Stadt;area-s1;E;;;;\n",
            Polls::voter(i), i);
    }
    return csv;
}

json::Array holders(const std::string& prefix, const std::vector<test::Identity>& identities) {
    json::Array all;
    for (std::size_t i = 0; i < identities.size(); ++i) {
        all.push_back(json::Object{{"id", fmt::format("{}-{}", prefix, i + 1)},
                                   {"key", to_hex(identities[i].public_key)}});
    }
    return all;
}

// What officials, trustees and desks do.
class Staff {
  public:
    Staff(service::Election& election, const test::Election& known) : election_(election), known_(known) {}

    void hold_ceremony() {
        const events::ElectionSealed sealed = known_.sealed();
        for (const auto& key : sealed.trustees) {
            send_signed(key.trustee,
                        events::TrusteeCommitments{1, key.trustee, key.commitments, key.proofs, {}});
        }
        for (const auto& from : sealed.trustees) {
            for (const auto& to : sealed.trustees) {
                if (to.trustee == from.trustee) continue;
                const auto box = crypto::hpke::seal(crypto::generator(), {}, {}, ByteArray<32>{}, random_);
                Bytes bytes = to_bytes(box.enc);
                append(bytes, box.ciphertext);
                send_signed(from.trustee,
                            events::TrusteeShare{1, from.trustee, to.trustee, to_array<113>(bytes), {}});
            }
        }
        for (const auto& key : sealed.trustees)
            send(key.trustee, events::TrusteeConfirmation{1, key.trustee, key.signature});
    }

    void import_roll(std::size_t voters) {
        answer_of<wire::RollImportAnswer>([&](auto done) {
            election_.acts().with_roll([this, voters, done](election::Phase phase) {
                done(election_.roll().office().imports.bring(
                    as_bytes(register_csv(voters)), {}, {SignerId("official-1"), phase, {"import", {}}}));
            });
        });
    }

    void act(EntryType type) {
        const auto content = draft(type, std::nullopt);
        for (const char* official : {"official-1", "official-2"})
            sign(SignerId(official), known_.signing_key(official), content);
    }
    events::Content draft(EntryType type, std::optional<StationId> station) {
        return answer_of<wire::DraftAnswer>([&](auto done) {
                   election_.acts().draft({type, std::move(station)}, done);
               })
            .content;
    }
    void sign(const SignerId& signer, const crypto::SigningKey& key, const events::Content& content) {
        const auto at = election_.log().published()->checkpoint;
        const auto signature = events::sign_act(key, signer, known_.h_e, content, {at.size, at.root});
        answer_of<wire::ActAnswer>([&](auto done) {
            election_.acts().sign(*known_.definition.holder(signer), {content, signature}, once(), done);
        });
    }

  private:
    Once once() { return {to_hex(random_.bytes<16>()), random_.bytes<32>()}; }
    void send(const SignerId& trustee, const events::CeremonyMessage& message) {
        answer_of<std::uint64_t>(
            [&](auto done) { election_.ceremony().take(trustee, message, once(), done); });
    }
    template <class Message>
    void send_signed(const SignerId& trustee, Message message) {
        send(trustee,
             signed_message(std::move(message), known_.definition.hash(), known_.signing_key(trustee.str())));
    }

    service::Election& election_;
    const test::Election& known_;
    SystemRandom random_;
};

}  // namespace

Polls::Polls(const std::filesystem::path& folder, std::size_t voters)
    : folder_(folder), authority_(folder, "authority"), server_(authority_.server("server")) {
    for (std::size_t i = 0; i < booths; ++i)
        booths_.push_back(authority_.client(fmt::format("booth-{}", i + 1), "booth"));
    for (std::size_t i = 0; i < desks; ++i)
        desks_.push_back(authority_.client(fmt::format("desk-{}", i + 1), "desk"));
    election_ = std::make_unique<test::Election>(definition().build());
    open(voters);
}

test::TestElection Polls::definition() const {
    const json::Array stations = {json::Object{{"id", "s1"},
                                               {"name", "Station"},
                                               {"address", "Street 1"},
                                               {"district", "city"},
                                               {"areas", json::Array{"area-s1"}},
                                               {"desks", holders("desk", desks_)},
                                               {"booths", holders("booth", booths_)}}};
    return test::TestElection()
        .contest("board", 15, {.votes = 3, .per_option = 1, .seats = 11})
        .invalid()
        .set("stations", stations);
}

void Polls::open(std::size_t voters) {
    const std::filesystem::path folder = data() / election_->definition->id.str();
    const crypto::SecretBuffer pem = election_->log_key.to_pem();
    must(write_file(folder / "log.key", pem.reveal(), FileMode::private_file));
    must(write_file(folder / "definition.json", as_bytes(election_->definition.canonical())));
    SystemRandom random;
    service::Workers workers(1);
    service::Environment environment{random, workers, {}};
    const auto opened = must(service::Election::open(folder, environment));
    Staff staff(*opened, *election_);
    staff.hold_ceremony();
    staff.import_roll(voters);
    staff.act(EntryType::election_sealed);
    staff.act(EntryType::polls_opened);
    const pass::PassKey& key = *opened->roll().pass_keys()->find(StationId("s1"), StyleId("standard"));
    pass_key_ = std::make_unique<pass::PassKey>(must(pass::PassKey::from_bytes(key.bytes().reveal())));
    workers.stop();
    opened->stop();
}

void Polls::close(std::size_t voted) {
    const std::filesystem::path folder = data() / election_->definition->id.str();
    store::Connection roll(folder / "roll.db", store::Access::read_write);
    store::Statement(roll,
                     "INSERT INTO check_in SELECT number, 's1', 'desk-1', randomblob(33), zeroblob(97) "
                     "FROM person WHERE standing <> 'none' LIMIT ?")
        .bind(static_cast<std::int64_t>(voted))
        .run();
    SystemRandom random;
    service::Workers workers(1);
    service::Environment environment{random, workers, {}};
    const auto opened = must(service::Election::open(folder, environment));
    Staff staff(*opened, *election_);
    const events::Content closed = staff.draft(EntryType::station_closed, StationId("s1"));
    for (std::size_t i = 0; i < desks; ++i) {
        const Bytes pem = must(read_file(desks_[i].key));
        staff.sign(SignerId(fmt::format("desk-{}", i + 1)), must(crypto::SigningKey::from_pem(as_text(pem))),
                   closed);
    }
    staff.act(EntryType::polls_closed);
    workers.stop();
    opened->stop();
}

ReadyBallot Polls::ballot(std::uint64_t pass) const {
    const ballot::Context own = context(pass);
    events::Selections chosen{std::vector<std::uint16_t>(16, 0)};
    for (std::uint64_t i = 0; i < 3; ++i) chosen[0][(pass + 5 * i) % 15] = 1;
    ballot::SealedBallot sealed = election_->encrypt(own, std::move(chosen), pass);
    ReadyBallot ready{{own.t, pass_key_->tag_of(own.t), own.style, sealed.body()},
                      {own.t, sealed.tracking_code(), {}}};
    const auto x = std::move(sealed).for_cast();
    ready.cast.x = to_array<32>(x.reveal());
    return ready;
}

std::vector<ReadyBallot> Polls::ballots(std::uint64_t first, std::size_t count) const {
    std::vector<ReadyBallot> all(count);
    const auto make = [&](std::size_t begin) {
        for (std::size_t i = begin; i < count; i += 2) all[i] = ballot(first + i);
    };
    std::thread other(make, 1);
    make(0);
    other.join();
    return all;
}

}  // namespace stimme::bench
