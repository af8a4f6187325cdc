#include "core/net/server/open_files.h"

#include <algorithm>

#include <fmt/format.h>
#include <sys/resource.h>

namespace stimme::net {

std::size_t raise_open_files() {
    rlimit limit = {};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1024;
    const rlim_t before = limit.rlim_cur;
    limit.rlim_cur = limit.rlim_max;
    return static_cast<std::size_t>(setrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_max : before);
}

std::string fit_connections(Limits& limits, std::size_t open_files) {
    const std::size_t wanted = limits.public_connections + limits.staff_connections;
    const std::size_t room = open_files - std::min(reserved_files, open_files / 2);
    if (wanted <= room) return {};
    const auto share = [&](std::size_t connections) {
        return std::max<std::size_t>(
            1, static_cast<std::size_t>(static_cast<double>(connections) / static_cast<double>(wanted) *
                                        static_cast<double>(room)));
    };
    limits.public_connections = share(limits.public_connections);
    limits.staff_connections = share(limits.staff_connections);
    return fmt::format(
        "only {} files may be open at a time, so the public port holds at most {} connections and the staff "
        "port {}; for {} in all, allow {} files (ulimit -n, LimitNOFILE= of systemd)",
        open_files, limits.public_connections, limits.staff_connections, wanted, wanted + reserved_files);
}

}  // namespace stimme::net
