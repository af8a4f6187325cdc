#include "client/desk/commands.h"

namespace stimme::desk {

cli::Command& add_commands(cli::Command& root) {
    auto& desk = root.subcommand("desk", "check voters in and give them passes; alone: the full screen");
    add_check_in(desk);
    add_passes(desk);
    add_records(desk);
    add_close(desk);
    return desk;
}

}  // namespace stimme::desk
