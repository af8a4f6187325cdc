// What a command tells: lines for people, or one JSON document for programs (--json). Notes and problems go
// to the error stream, so that the output of a command can be piped.
//
// Thread rule: belongs to one thread.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"

namespace stimme::cli {

class Output {
  public:
    // `terminal`: whether a person watches the error stream, where progress is drawn.
    Output(std::ostream& out, std::ostream& err, bool json, bool terminal);

    bool json() const { return json_; }
    bool terminal() const { return terminal_; }

    // A line for people; nothing with --json.
    void line(std::string_view text = {});
    // The document for programs; nothing without --json. There is one a command: later ones are dropped, so
    // that a failure after a report doesn't add a second.
    void document(const json::Value& value);
    // Bytes that are the result itself (a file, a script), in both modes.
    void raw(std::string_view text);
    // What was told so far is seen before anything else happens.
    void flush();
    // A line on the error stream, in both modes.
    void note(std::string_view text);
    // Drawn over the current line of the error stream; only on a terminal.
    void redraw(std::string_view text);

  private:
    std::ostream& out_;
    std::ostream& err_;
    bool json_;
    bool terminal_;
    bool documented_ = false;
};

// Columns side by side, padded to the widest cell (counted in characters, not bytes). The first row is the
// heading. `right` says which columns hold figures.
std::vector<std::string> table(const std::vector<std::vector<std::string>>& rows,
                               const std::vector<bool>& right);

}  // namespace stimme::cli
