#include "client/office/commands.h"

#include "client/office/acts/commands.h"
#include "client/office/certs/commands.h"
#include "client/office/count/commands.h"
#include "client/office/roll/commands.h"

namespace stimme::office {

void add_commands(cli::Command& root) {
    add_certs(root);
    cli::Command& election = add_election(root);
    add_counts(election);
    add_lots(election);
    add_roll(root);
    add_seats(root);
    add_tally(root);
    add_witness(root);
}

}  // namespace stimme::office
