// How many files this process may open, and how many connections that leaves room for.
//
// Thread rule: raise_open_files() while no other thread changes limits of the process.
#pragma once

#include <cstddef>
#include <string>

#include "core/net/server/limits.h"

namespace stimme::net {

// Raises the soft limit of open files to the hard one and returns what then holds.
std::size_t raise_open_files();

// Lowers the connections of both ports in proportion until they fit beside `reserved_files`. Returns a
// sentence that says so, "" when nothing had to be changed.
std::string fit_connections(Limits& limits, std::size_t open_files);

// Kept free for databases, record files and whatever else the process opens.
constexpr std::size_t reserved_files = 512;

}  // namespace stimme::net
