#include "client/booth/machine.h"

#include <utility>

#include <fmt/format.h>

#include "client/session/log_watch.h"
#include "core/ballot/receipt.h"

namespace stimme::booth {
namespace {

Error left() {
    return conflict("ballot-left", "the voter left before the ballot was cast");
}

// Entries of a submission come in one order, so none can follow this one.
Stopped ended(std::uint64_t index) {
    return {
        conflict("ballot-expired",
                 fmt::format("the desk has ended this ballot: entry {} of the public log says so", index)),
        false};
}

struct Transition {
    const Polling& polling;
    Random& random;

    template <class From, class By>
    Step operator()(From&& state, By&&) const {
        return {State(std::forward<From>(state)), false};
    }

    Step operator()(WaitingForPass&&, PassEntered&& by) const { return {PassSent{by.pass}, true}; }
    Step operator()(WaitingForPass&&, Left&&) const { return {WaitingForPass{}, true}; }

    Step operator()(PassSent&& at, BallotNamed&& by) const {
        if (!polling.layouts.contains(by.answer.style))
            return {Stopped{corrupt("style-unknown", "the server names a ballot that doesn't exist"), false},
                    true};
        return {Choosing{at.pass, by.answer.style, by.answer.challenges, std::nullopt}, true};
    }
    Step operator()(PassSent&&, Refused&& by) const { return {Stopped{std::move(by.error), false}, true}; }
    Step operator()(PassSent&&, Left&&) const { return {WaitingForPass{}, true}; }

    Step operator()(Choosing&& at, Chosen&& by) const {
        at.selections = std::move(by.selections);
        return {std::move(at), true};
    }
    Step operator()(Choosing&& at, Confirmed&&) const {
        if (!at.selections) return {std::move(at), false};
        const ballot::Context context{polling.election, polling.station, at.style, at.pass.t};
        auto sealed = ballot::encrypt(polling.key, polling.layouts.at(at.style), context,
                                      *std::move(at.selections), ballot::Seed::random(random));
        return {Sealed{at.pass, std::move(at.style), std::move(sealed)}, true};
    }
    Step operator()(Choosing&&, Left&&) const { return {WaitingForPass{}, true}; }

    Step operator()(Sealed&& at, Submitted&& by) const {
        if (by.answer.tracking_code != at.ballot.tracking_code())
            return {Stopped{corrupt("tracking-code-differs", "the server took another ballot than was sent"),
                            false},
                    true};
        return {Deciding{at.pass, std::move(at.style), std::move(at.ballot), by.answer.index}, true};
    }
    Step operator()(Sealed&&, Refused&& by) const { return {Stopped{std::move(by.error), false}, true}; }
    Step operator()(Sealed&&, Left&&) const { return {Stopped{left(), false}, true}; }

    Step operator()(Deciding&& at, CastWanted&&) const {
        const Hash code = at.ballot.tracking_code();
        const ballot::CastSecret x = std::move(at.ballot).for_cast();
        return {Casting{{at.pass.t, code, to_array<32>(x.reveal())}, at.index}, true};
    }
    Step operator()(Deciding&& at, TestWanted&&) const {
        const Hash code = at.ballot.tracking_code();
        return {Testing{std::move(at.style), {at.pass.t, code, std::move(at.ballot).open()}, at.index}, true};
    }
    Step operator()(Deciding&&, Left&&) const { return {Stopped{left(), false}, true}; }

    Step operator()(Casting&& at, CastAnswered&& by) const {
        if (auto status = check_receipt(polling, at.request, by.answer); !status)
            return {Stopped{std::move(status).error(), true}, true};
        return {Cast{at.request.tracking_code, by.answer.index, std::move(by.answer.receipt)}, true};
    }
    Step operator()(Casting&&, Refused&& by) const { return {Stopped{std::move(by.error), true}, true}; }

    Step operator()(Casting&&, Expired&& by) const { return {ended(by.index), true}; }

    Step operator()(Testing&& at, TestAnswered&& by) const {
        return {Tested{std::move(at.style), std::move(at.request), by.answer.index, by.answer.reproduced},
                true};
    }
    Step operator()(Testing&&, Refused&& by) const { return {Stopped{std::move(by.error), false}, true}; }
    Step operator()(Testing&&, Expired&& by) const { return {ended(by.index), true}; }

    Step operator()(Cast&&, Left&&) const { return {WaitingForPass{}, true}; }
    Step operator()(Tested&&, Left&&) const { return {WaitingForPass{}, true}; }
    Step operator()(Stopped&&, Left&&) const { return {WaitingForPass{}, true}; }
};

// The entry is the server's; all of it must be what this booth asked for.
Status compare(const ballot::ReceiptView& view, const wire::CastRequest& request, std::uint64_t index) {
    if (view.cast.t != request.t) return corrupt("receipt-other-pass", "the receipt is of another pass");
    if (view.cast.x != request.x)
        return corrupt("receipt-other-secret", "the receipt's entry has another cast secret");
    if (view.index != index)
        return corrupt("receipt-other-place",
                       fmt::format("the receipt is of entry {}, the server says {}", view.index, index));
    return {};
}

Status verify_offline(const Polling& polling, const wire::CastRequest& request,
                      const wire::CastAnswer& answer) {
    STIMME_TRY(const log::Receipt receipt, log::parse_receipt(answer.receipt));
    // Witnesses sign later than the log; the record has their signatures.
    STIMME_CHECK(log::verify_receipt(receipt, session::log_verifier(*polling.definition),
                                     session::witness_verifiers(*polling.definition), 0));
    STIMME_TRY(const ballot::ReceiptView view, ballot::view_receipt(receipt));
    STIMME_CHECK(view.names(polling.station, request.tracking_code));
    return compare(view, request, answer.index);
}

}  // namespace

Result<Polling> make_polling(const election::ValidDefinition& definition, const StationId& station,
                             const events::ElectionKeys& keys) {
    if (keys.paper_only())
        return conflict("paper-only", "this election is on paper only: there is nothing to do for a booth");
    Polling polling{definition, keys.election, station, crypto::ElectionKey(keys.key), {}};
    for (const election::Style& style : definition->styles)
        polling.layouts.emplace(style.id, ballot::Layout(definition, style));
    return polling;
}

Step next(const Polling& polling, Random& random, State state, Input input) {
    return std::visit(Transition{polling, random}, std::move(state), std::move(input));
}

Status check_receipt(const Polling& polling, const wire::CastRequest& request,
                     const wire::CastAnswer& answer) {
    return verified(verify_offline(polling, request, answer));
}

}  // namespace stimme::booth
