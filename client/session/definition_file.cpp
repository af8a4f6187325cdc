#include "client/session/definition_file.h"

#include "core/base/file.h"

namespace stimme::session {

Result<election::ValidDefinition> read_definition_file(const std::filesystem::path& file) {
    STIMME_TRY(const Bytes text, read_file(file, std::size_t{1} << 20));
    return election::ValidDefinition::parse(as_text(text));
}

}  // namespace stimme::session
