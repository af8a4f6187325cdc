#include "client/office/commands.h"

namespace stimme::office {

void add_commands(cli::Command& root) {
    add_certs(root);
    add_election(root);
    add_roll(root);
    add_seats(root);
    add_tally(root);
    add_trustee(root);
    add_witness(root);
}

}  // namespace stimme::office
