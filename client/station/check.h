// The check of a machine before the day: everything is tried once, a line each, and nothing stops the rest.
//
// Thread rule: one thread.
#pragma once

#include <string>
#include <vector>

#include "client/cli/command.h"
#include "client/print/station_paper.h"
#include "client/printer/printer.h"
#include "client/session/role_folder.h"
#include "client/station/judgements.h"
#include "client/station/surroundings.h"

namespace stimme::station {

struct CheckOptions {
    std::string expect;  // published hash or a file with it; empty: not known
    bool yes = false;    // nobody is there to be asked: what only a person sees counts as seen
    Tongue tongue = Tongue::german;
};

class StationCheck {
  public:
    // All must outlive it. `printer`: or why there is none.
    StationCheck(const CheckOptions& options, const session::RoleFolder& folder, Surroundings& surroundings,
                 Result<std::unique_ptr<printer::Printer>> printer, cli::Context& context);

    // Shows each line when it is known, then prints the report.
    void run();
    const std::vector<CheckLine>& lines() const { return lines_; }

  private:
    void check_screen();
    void check_fonts(const election::ValidDefinition& definition);
    void check_connection();
    void check_certificate(const election::ValidDefinition& definition);
    void check_program();
    void check_printer();
    void check_scanner(const std::string& printed);
    void check_voter(const election::ValidDefinition& definition);
    void print_report();

    void add(CheckLine line);
    void add_failure(std::string_view what, const Error& error, std::string_view advice);
    // Shows the question until it is answered by yes or no; the end of the input is a no.
    bool confirms(std::string_view question);
    std::string_view say(std::string_view german, std::string_view english) const {
        return in(options_.tongue, german, english);
    }
    print::StationOnPaper where() const;

    const CheckOptions& options_;
    const session::RoleFolder& folder_;
    Surroundings& surroundings_;
    Result<std::unique_ptr<printer::Printer>> printer_;
    cli::Context& context_;
    std::optional<election::ValidDefinition> definition_;
    bool prints_ = false;
    std::vector<CheckLine> lines_;
};

json::Object to_json(const std::vector<CheckLine>& lines);
// Errors: station-not-ready (conflict), naming what failed.
Status verdict_of(const std::vector<CheckLine>& lines);

}  // namespace stimme::station
