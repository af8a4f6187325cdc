// `stimme`: one program for everyone but the server. Each group of commands registers itself.
#include <iostream>

#include <unistd.h>

#include "client/audit/commands.h"
#include "client/booth/commands.h"
#include "client/booth/console/commands.h"
#include "client/cli/command.h"
#include "client/desk/commands.h"
#include "client/desk/console/commands.h"
#include "client/office/commands.h"
#include "client/station/commands.h"
#include "client/trustee/commands.h"

int main(int argc, char** argv) {
    using namespace stimme;
    cli::Program program("stimme", "Stimme: elections that anyone can re-check.");
    office::add_commands(program.root());
    trustee::add_commands(program.root());
    auto& desk = desk::add_commands(program.root());
    desk::console::add_full_screen(desk);
    auto& booth = booth::add_commands(program.root());
    booth::console::add_full_screen(booth);
    booth::console::add_leaflets(booth);
    station::add_commands(program.root());
    audit::add_commands(program.root());

    const SystemClock clock;
    SystemRandom random;
    return program.run({argv + 1, argv + argc},
                       {std::cin, std::cout, std::cerr, ::isatty(STDERR_FILENO) == 1, clock, random});
}
