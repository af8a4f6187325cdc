// Chapter 2: the definition (docs/verification.md, section 2). V2.2 is concluded where entry 0 is read.
#include "core/verify/run.h"

namespace stimme::verify {

void read_definition(Run& run) {
    Check& check = run.report["V2.1"];
    const auto text = run.record.read(record::definition_path);
    if (!text) return check.fail(record::definition_path, text.error());
    auto definition = election::ValidDefinition::parse_canonical(as_text(*text));
    check.count();
    if (!definition) return check.fail(record::definition_path, definition.error());
    run.definition = *std::move(definition);
    run.report.fact("definition", to_hex(run.definition->hash()));
    check.done();
}

}  // namespace stimme::verify
