#include "client/booth/console/workplace.h"

namespace stimme::booth::console {
namespace {

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

Result<std::unique_ptr<Workplace>> open_workplace(const cli::Context& context) {
    STIMME_TRY(Station station, open_station(context, session::try_once));
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
