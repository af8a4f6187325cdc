#include "client/trustee/trustee.h"

#include <algorithm>

#include <fmt/format.h>

#include "client/evidence/ceremony.h"
#include "client/evidence/describe.h"
#include "client/session/session.h"
#include "client/trustee/commands.h"
#include "client/trustee/files.h"

namespace stimme::trustee {
namespace {

using cli::Context;
using cli::Output;

// A trustee in the middle of the ceremony.
struct AtCeremony {
    session::Session session;
    events::Ceremony ceremony;
    unsigned index;

    const SignerId& self() const { return session.profile().id; }
    bool misses_from_self(std::string_view type) const {
        const auto missing = ceremony.missing();
        return std::any_of(missing.begin(), missing.end(),
                           [&](const auto& each) { return each.type == type && each.from == self(); });
    }
};

void tell_findings(const events::Ceremony& ceremony, Output& out) {
    for (const auto& finding : ceremony.findings())
        out.note(fmt::format("Round {} ended: {} complained about {}. At fault: {}. {}", finding.round,
                             finding.accuser.str(), finding.accused.str(), finding.culprit.str(),
                             finding.reason));
    if (!ceremony.findings().empty() && !ceremony.complete())
        out.note(
            fmt::format("This is proven to everybody. Speak with {} before you go on; this is round {}, and "
                        "each trustee begins it with: stimme trustee commit",
                        ceremony.findings().back().culprit.str(), ceremony.round()));
}

Result<AtCeremony> join_ceremony(Context& context) {
    STIMME_TRY(auto session, session::Session::open(context));
    const auto index = session.definition().trustee_index(session.profile().id);
    if (!index) return forbidden("role-wrong", "this role folder isn't that of a trustee");
    STIMME_TRY(auto ceremony, evidence::replay_ceremony(session));
    tell_findings(ceremony, context.out);
    return AtCeremony{std::move(session), std::move(ceremony), *index};
}

json::Array findings_array(const events::Ceremony& ceremony) {
    json::Array findings;
    for (const auto& finding : ceremony.findings())
        findings.push_back(json::Object{{"round", finding.round},
                                        {"accuser", finding.accuser.str()},
                                        {"accused", finding.accused.str()},
                                        {"culprit", finding.culprit.str()},
                                        {"reason", finding.reason}});
    return findings;
}

void tell_done(const std::string& sentence, const events::Ceremony& ceremony, const SignerId& self,
               Output& out) {
    const std::string next = evidence::next_step(ceremony, self);
    out.line(sentence);
    out.line(next);
    json::Object document{{"round", ceremony.round()},
                          {"complete", ceremony.complete()},
                          {"findings", findings_array(ceremony)},
                          {"next", next}};
    if (ceremony.keys()) document.set("election", to_hex(ceremony.keys()->election));
    out.document(std::move(document));
}

void tell_election(const Hash& election, Output& out) {
    out.line("The election's fingerprint (h_E). Read it aloud; it must be the same for all of you:");
    out.line(evidence::fingerprint(election));
}

// The polynomial of this round. Errors: polynomial-missing.
Result<events::TrusteePolynomial> own_polynomial(const AtCeremony& at, TrusteeFiles& files) {
    STIMME_TRY(auto polynomial, files.polynomial());
    if (polynomial && polynomial->round() == at.ceremony.round()) return *std::move(polynomial);
    return conflict("polynomial-missing",
                    fmt::format("this folder holds no secret of round {} of the ceremony; begin with "
                                "`stimme trustee commit`",
                                at.ceremony.round()));
}

Result<events::TrusteePolynomial> own_or_new_polynomial(const AtCeremony& at, TrusteeFiles& files,
                                                        Random& random) {
    STIMME_TRY(auto kept, files.polynomial());
    if (kept && kept->round() == at.ceremony.round()) return *std::move(kept);
    STIMME_TRY(auto made, events::TrusteePolynomial::random(at.ceremony, at.self(), random));
    STIMME_CHECK(files.keep(made));
    return made;
}

Result<events::CombinedShares> combine(AtCeremony& at, TrusteeFiles& files, Random& random) {
    STIMME_TRY(const auto polynomial, own_polynomial(at, files));
    STIMME_TRY(const auto encryption, at.session.folder().encryption_key());
    return polynomial.combine(at.ceremony, at.session.key(), encryption.scalar(), random);
}

Error share_false(const events::TrusteeComplaint& complaint) {
    return corrupt("share-false", fmt::format("the share that {} sent doesn't fit their commitments; "
                                              "`stimme trustee complain` proves it to everybody",
                                              complaint.against.str()));
}

}  // namespace

Status trustee_commit(const TrusteeOptions& options, Context& context) {
    STIMME_TRY(AtCeremony at, join_ceremony(context));
    if (at.ceremony.commitments(at.index) != nullptr) {
        tell_done("Your part of the key is published already.", at.ceremony, at.self(), context.out);
        return {};
    }
    TrusteeFiles files(at.session.folder(), options.passphrase_file, context.random);
    STIMME_TRY(const auto polynomial, own_or_new_polynomial(at, files, context.random));
    STIMME_TRY(const auto message,
               polynomial.make_commitments(at.ceremony, at.session.key(), context.random));
    STIMME_CHECK(at.ceremony.apply(message));
    STIMME_CHECK(evidence::send_ceremony_message(at.session, message));
    tell_done("Your part of the key is published.", at.ceremony, at.self(), context.out);
    return {};
}

Status trustee_share(const TrusteeOptions& options, Context& context) {
    STIMME_TRY(AtCeremony at, join_ceremony(context));
    TrusteeFiles files(at.session.folder(), options.passphrase_file, context.random);
    STIMME_TRY(const auto polynomial, own_polynomial(at, files));
    STIMME_TRY(const auto messages, polynomial.make_shares(at.ceremony, at.session.key(), context.random));
    for (const auto& message : messages) {
        STIMME_CHECK(at.ceremony.apply(message));
        STIMME_CHECK(evidence::send_ceremony_message(at.session, message));
    }
    tell_done(fmt::format("{} shares sent.", messages.size()), at.ceremony, at.self(), context.out);
    return {};
}

Status trustee_confirm(const TrusteeOptions& options, Context& context) {
    STIMME_TRY(AtCeremony at, join_ceremony(context));
    TrusteeFiles files(at.session.folder(), options.passphrase_file, context.random);
    STIMME_TRY(auto secret, files.secret());
    const bool kept = secret && at.ceremony.keys() && secret->check(*at.ceremony.keys()).ok();
    if (!kept) {
        STIMME_TRY(auto combined, combine(at, files, context.random));
        if (const auto* complaint = std::get_if<events::TrusteeComplaint>(&combined))
            return share_false(*complaint);
        secret = std::get<events::TrusteeSecret>(std::move(combined));
        STIMME_CHECK(secret->check(*at.ceremony.keys()));
        STIMME_CHECK(files.keep(*secret));
    }
    if (!at.ceremony.complete() && at.misses_from_self("trustee-confirmation")) {
        const auto message = events::confirm(at.ceremony, *secret, at.session.key());
        STIMME_CHECK(at.ceremony.apply(message));
        STIMME_CHECK(evidence::send_ceremony_message(at.session, message));
    }
    tell_election(secret->election(), context.out);
    tell_done("Your share is right and lies in your folder, under your passphrase.", at.ceremony, at.self(),
              context.out);
    return {};
}

Status trustee_complain(const TrusteeOptions& options, Context& context) {
    STIMME_TRY(AtCeremony at, join_ceremony(context));
    TrusteeFiles files(at.session.folder(), options.passphrase_file, context.random);
    STIMME_TRY(const auto combined, combine(at, files, context.random));
    const auto* const complaint = std::get_if<events::TrusteeComplaint>(&combined);
    if (complaint == nullptr)
        return conflict("nothing-to-complain", "every share that came fits the commitments of its sender");
    STIMME_CHECK(at.ceremony.apply(*complaint));
    STIMME_CHECK(evidence::send_ceremony_message(at.session, *complaint));
    tell_findings(at.ceremony, context.out);
    tell_done("The proof is published, and this round is over.", at.ceremony, at.self(), context.out);
    return {};
}

Status trustee_status(Context& context) {
    STIMME_TRY(auto session, session::Session::open(context));
    STIMME_TRY(const auto ceremony, evidence::replay_ceremony(session));
    tell_findings(ceremony, context.out);
    context.out.line(fmt::format("Round {} of the ceremony.", ceremony.round()));
    for (const auto& missing : ceremony.missing())
        context.out.line(fmt::format("Missing: {} of {}{}", missing.type, missing.from.str(),
                                     missing.to ? " for " + missing.to->str() : ""));
    if (ceremony.keys()) tell_election(ceremony.keys()->election, context.out);
    tell_done(ceremony.complete() ? "The key is complete." : "The key isn't complete yet.", ceremony,
              session.profile().id, context.out);
    return {};
}

namespace {

using Step = Status (*)(const TrusteeOptions&, Context&);

void take_passphrase(cli::Command& command, TrusteeOptions& options) {
    command.optional("--passphrase-file", options.passphrase_file,
                     "file with your passphrase (also STIMME_PASSPHRASE; else you are asked)");
}

void add_step(cli::Command& trustee, const std::string& name, const std::string& help, Step step) {
    auto& command = trustee.subcommand(name, help);
    auto& options = command.options<TrusteeOptions>();
    take_passphrase(command, options);
    command.runs([&options, step](Context& context) { return step(options, context); });
}

void add_decrypt(cli::Command& trustee) {
    auto& command = trustee.subcommand("decrypt", "verify the record and open the totals");
    auto& options = command.options<DecryptOptions>();
    take_passphrase(command, options.secret);
    command.flag("--compared", options.compared, "all trustees have read out the same closing; don't ask");
    command.runs([&options](Context& context) { return trustee_decrypt(options, context); });
}

}  // namespace

void add_commands(cli::Command& root) {
    auto& trustee = root.subcommand("trustee", "hold a share of the election's key");
    add_step(trustee, "commit", "publish your part of the public key", trustee_commit);
    add_step(trustee, "share", "send each other trustee their share", trustee_share);
    add_step(trustee, "confirm", "check everything that came and sign the fingerprint", trustee_confirm);
    add_step(trustee, "complain", "prove that a share sent to you is false", trustee_complain);
    auto& status = trustee.subcommand("status", "who has done what");
    status.runs(trustee_status);
    add_decrypt(trustee);
    trustee.footer(
        "In this order, each step when all trustees have done the one before: commit, share, confirm; after the\n"
        "polls: decrypt. `confirm` tells when a share sent to you is false; then `complain`, and all begin again\n"
        "with commit. `status` says at any time what comes next. Every step may be repeated.");
}

}  // namespace stimme::trustee
