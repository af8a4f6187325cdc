#include "client/booth/station.h"

namespace stimme::booth {

Result<Station> open_station(const cli::Context& context, const session::Session::Adjust& adjust) {
    STIMME_TRY(session::Session session, session::Session::open(context, adjust));
    if (session.profile().role != election::Role::booth)
        return forbidden("role-wrong", "this is the role folder of no booth");
    STIMME_TRY(session::FolderLock lock, session::FolderLock::take(session.folder().path()));
    STIMME_TRY(const session::SealedElection* const sealed, session.sealed());
    const election::Holder* const booth = session.definition().holder(session.profile().id);
    if (booth == nullptr || !booth->station)
        return forbidden("signer-unknown", "the definition doesn't know this booth");
    STIMME_TRY(Polling polling, make_polling(session.definition(), *booth->station, sealed->keys));
    return Station{std::move(lock), std::move(session), std::move(polling)};
}

}  // namespace stimme::booth
