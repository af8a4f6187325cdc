// The print server of this machine, through libcups. Requests are those of IPP (RFC 8011) and CUPS' list of
// its printers.
//
// Thread rule: as Printer.
#pragma once

#include <memory>

#include "client/printer/cups_printer.h"

namespace stimme::printer {

// Connects anew for each request, so that a print server that was restarted is found again. `server` is a
// host, host:port or the path of a socket; empty: the machine's own (CUPS_SERVER, client.conf).
std::unique_ptr<CupsJobs> libcups_jobs(const std::string& server = {});

}  // namespace stimme::printer
