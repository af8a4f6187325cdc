#include "client/booth/console/workplace.h"

namespace stimme::booth::console {
namespace {

using namespace std::chrono_literals;

// The visit repeats by itself; so an answer that doesn't come is told soon.
void not_for_long(client::ClientConfig& config) {
    config.attempts = 1;
    config.connect = 2s;
    config.answer = 6s;
    config.piece = 6s;
    config.whole = 20s;
}

class BoothOfAStation final : public Workplace {
  public:
    explicit BoothOfAStation(Station station) : station_(std::move(station)), server_(station_.session) {}
    const Polling& polling() const override { return station_.polling; }
    Server& server() override { return server_; }
    SignerId booth() const override { return station_.session.profile().id; }

  private:
    Station station_;
    SessionServer server_;
};

}  // namespace

Result<std::unique_ptr<Workplace>> open_workplace(const client::cli::Context& context) {
    STIMME_TRY(Station station, open_station(context, not_for_long));
    return std::unique_ptr<Workplace>(std::make_unique<BoothOfAStation>(std::move(station)));
}

BoothInfo info_of(const Workplace& workplace) {
    const Polling& polling = workplace.polling();
    BoothInfo info{polling.definition->titles,
                   polling.definition.station(polling.station)->name,
                   workplace.booth(),
                   polling.definition->calendar.time_zone,
                   {}};
    for (const auto& [style, layout] : polling.layouts)
        info.ballots.emplace(style, std::make_shared<const ballot::Layout>(layout));
    return info;
}

}  // namespace stimme::booth::console
