#include "server/web/page.h"

#include <string_view>

#include <fmt/format.h>

namespace stimme::web {
namespace {

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

std::string document(std::string_view title, std::string_view language, std::string_view body) {
    return fmt::format(
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">"
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{}</title>"
        "<link rel=\"stylesheet\" href=\"/style.css\"></head><body>\n{}</body></html>\n",
        escaped(language), escaped(title), body);
}

std::string_view meaning(std::string_view phase) {
    if (phase == "draft") return "being prepared";
    if (phase == "sealed") return "definition and roll are fixed, the polls aren't open yet";
    if (phase == "open") return "the polls are open";
    if (phase == "closed") return "the polls are closed, the ballots are being counted";
    if (phase == "tallied") return "the totals are published, the result isn't certified yet";
    if (phase == "certified") return "the result is certified";
    return "cancelled";
}

std::string facts(const ElectionPage& e) {
    return fmt::format(
        "<dl><dt>Held by</dt><dd>{}</dd><dt>Polls</dt><dd>{}</dd><dt>Phase</dt><dd>{} ({})</dd>"
        "<dt>Fingerprint of the definition</dt><dd><code>{}</code></dd>"
        "<dt>Key of the log</dt><dd><code>{}</code></dd><dt>Entries in the public log</dt><dd>{}</dd></dl>\n",
        escaped(e.authority), escaped(e.polls), escaped(e.phase), meaning(e.phase), e.definition_hash,
        escaped(e.log_key), e.log_size);
}

// What everybody may know of a server that was put back to an older copy.
std::string warning(const ElectionPage& e) {
    if (e.standstill.empty()) return "";
    return fmt::format(
        "<p><strong>This server has lost a part of the election ({}) and takes nothing more until the newer copy "
        "is found.</strong> Keep your receipts: they prove what was published.</p>\n",
        escaped(e.standstill));
}

std::string links(const ElectionPage& e) {
    const std::string record = fmt::format("/v1/elections/{}/record/", e.id);
    std::string out = fmt::format(
        "<ul><li><a href=\"{0}definition.json\">definition.json</a>: everything that was fixed before the polls "
        "opened</li><li><a href=\"{0}checkpoint\">checkpoint</a>: what the log commits to now</li>"
        "<li>tiles of the log below <code>{0}tile/</code></li>",
        record);
    if (e.closed) {
        out += fmt::format(
            "<li><a href=\"{0}participation\">participation</a>: a row for each voter, naming nobody; find yours "
            "with the code on your notice</li><li><a href=\"{0}tags\">tags</a>: a row for each pass with which a "
            "ballot was submitted</li><li>encrypted ballots below <code>{0}ballots/</code></li>",
            record);
    }
    return out + "</ul>\n";
}

}  // namespace

std::string_view stylesheet() {
    return "body{font:1.05rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;"
           "color:#111;background:#fff}h1{line-height:1.2}dt{font-weight:600;margin-top:.6rem}"
           "dd{margin:0;overflow-wrap:anywhere}"
           "pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f3f3f3;padding:.8rem}a{color:#0645ad}"
           "\n";
}

std::string list_page(const std::vector<ElectionPage>& elections) {
    std::string body = "<h1>Elections</h1>\n";
    if (elections.empty()) body += "<p>There is no election here yet.</p>\n";
    for (const ElectionPage& e : elections) {
        body += fmt::format("<p lang=\"{}\"><a href=\"/elections/{}\">{}</a><br>{}: {}</p>\n",
                            escaped(e.language), e.id, escaped(e.title), escaped(e.phase), meaning(e.phase));
    }
    return document("Elections", "en", body);
}

std::string election_page(const ElectionPage& e) {
    std::string body = fmt::format("<h1 lang=\"{}\">{}</h1>\n", escaped(e.language), escaped(e.title)) +
                       warning(e) + facts(e);
    body += "<h2>The public record</h2>\n" + links(e);
    body += fmt::format(
        "<h2>Check it yourself</h2>\n<p>Nobody has to believe this page or this server. Copy the record and check "
        "every step, from the first entry to the result, on your own computer:</p>\n"
        "<pre>stimme verify https://&lt;this server&gt;/v1/elections/{}</pre>\n"
        "<p>Whoever voted holds a receipt: it proves that the ballot is in the log, and tells nothing of the vote. "
        "A log that shows different records to different people contradicts the checkpoints that it signed; "
        "compare yours with others.</p>\n<h2>Checkpoint</h2>\n<pre>{}</pre>\n",
        e.id, escaped(e.checkpoint));
    return document(e.title, "en", body);
}

}  // namespace stimme::web
