#include <algorithm>
#include <istream>

#include <fmt/format.h>

#include "client/cli/progress.h"
#include "client/evidence/describe.h"
#include "client/evidence/folded_log.h"
#include "client/evidence/record_check.h"
#include "client/trustee/files.h"
#include "client/trustee/trustee.h"
#include "core/wire/office.h"

namespace stimme::trustee {
namespace {

using cli::Context;

// Whether the log has this trustee's share of that group.
bool has_share(const events::ElectionState& state, const SignerId& self, const tally::CountedGroup& group) {
    const ContestId& contest = state.definition()->contests[group.contest].id;
    return std::any_of(state.shares().begin(), state.shares().end(), [&](const auto& share) {
        return share.trustee == self && share.contest == contest && share.group == group.name;
    });
}

Status send_share(session::Session& session, const tally::ShareContext& election,
                  const events::TrusteeSecret& secret, const tally::OpenGroup& group, Random& random) {
    STIMME_TRY(const auto share, tally::make_share(election, secret, group, random));
    const events::Content content = share;
    const auto signature = events::sign_act(session.key(), session.profile().id, election.keys.election,
                                            content, election.closing);
    STIMME_CHECK(session.post<wire::ActAnswer>("acts", wire::ActRequest{content, signature}));
    return {};
}

void tell_closing(const events::LogView& closing, cli::Output& out) {
    out.line("The record up to the close is right. Compare aloud with the other trustees; these two must be");
    out.line("the same for all of you:");
    out.line(fmt::format("entries  {}", closing.size));
    out.line("root     " + evidence::fingerprint(closing.root));
}

// A server could show two trustees two records; only people who compare notice before anything is opened.
Status ask_whether_compared(Context& context) {
    context.out.note("Type yes when all trustees have read out the same: ");
    std::string answer;
    std::getline(context.in, answer);
    if (answer == "yes") return {};
    return conflict("closing-not-compared", "nothing was opened; compare with the other trustees first");
}

}  // namespace

Status trustee_decrypt(const DecryptOptions& options, Context& context) {
    STIMME_TRY(auto session, session::Session::open(context));
    TrusteeFiles files(session.folder(), options.secret.passphrase_file, context.random);
    STIMME_TRY(const auto secret, files.secret());
    if (!secret) return conflict("secret-missing", "this folder holds no confirmed share of the key");
    STIMME_TRY(const evidence::FoldedLog log, evidence::fold_log(session, context.out));
    STIMME_TRY(const auto closed, evidence::check_closed_record(session, context.out));
    STIMME_CHECK(secret->check(closed.context.keys));
    tell_closing(closed.context.closing, context.out);
    if (!options.compared) STIMME_CHECK(ask_whether_compared(context));
    STIMME_CHECK(files.pin_closing(closed.context.closing));
    STIMME_TRY(const auto groups, tally::groups_to_open(closed.sums));
    cli::Progress progress(context.out, "Making shares", groups.size());
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (!has_share(log.state, session.profile().id, groups[i].group))
            STIMME_CHECK(send_share(session, closed.context, *secret, groups[i], context.random));
        progress.at(i + 1);
    }
    context.out.line(fmt::format("Your shares for {} groups are in the log.", groups.size()));
    context.out.document(json::Object{{"closing_size", closed.context.closing.size},
                                      {"closing_root", to_hex(closed.context.closing.root)},
                                      {"groups", std::uint64_t{groups.size()}}});
    return {};
}

}  // namespace stimme::trustee
