#include "client/station/judgements.h"

#include <algorithm>
#include <filesystem>
#include <sstream>

#include <fmt/format.h>

#include "client/tty/bidi.h"
#include "core/base/ascii.h"
#include "core/base/file.h"

namespace stimme::station {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t least_columns = 80, least_rows = 24;

std::string yz_swapped(std::string text) {
    for (char& c : text) {
        if (c == 'y' || c == 'z') c = c == 'y' ? 'z' : 'y';
    }
    return text;
}

bool is_hash(std::string_view text) {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

CheckLine line(std::string_view what, Verdict verdict, std::string found, std::string_view advice = {}) {
    return {std::string(what), verdict, std::move(found), std::string(advice)};
}

}  // namespace

std::string_view in(Tongue tongue, std::string_view german, std::string_view english) {
    return tongue == Tongue::german ? german : english;
}

CheckLine judge_characters(const Terminal& terminal, Tongue tongue) {
    const std::string_view what = in(tongue, "Zeichensatz", "Characters");
    if (terminal.code_set == "UTF-8")
        return line(what, Verdict::ok,
                    fmt::format(fmt::runtime(in(tongue, "Das Terminal arbeitet mit UTF-8 ({}).",
                                                "The terminal works in UTF-8 ({}).")),
                                terminal.locale));
    return line(what, Verdict::failed,
                fmt::format(fmt::runtime(in(tongue, "Die Spracheinstellung {} ist nicht UTF-8.",
                                            "The locale {} isn't UTF-8.")),
                            terminal.locale),
                in(tongue, "LANG=de_DE.UTF-8 oder C.UTF-8 setzen und das Programm neu starten.",
                   "Set LANG=de_DE.UTF-8 or C.UTF-8 and start the program again."));
}

CheckLine judge_size(const Terminal& terminal, Tongue tongue) {
    const std::string_view what = in(tongue, "Bildschirmgröße", "Screen size");
    if (terminal.columns == 0)
        return line(what, Verdict::warning,
                    std::string(in(tongue, "Die Größe ist nicht bekannt: hier ist kein Terminal.",
                                   "The size isn't known: there is no terminal here.")),
                    in(tongue, "Die Prüfung an dem Bildschirm wiederholen, an dem gearbeitet wird.",
                       "Repeat the check at the screen that is used on the day."));
    const bool enough = terminal.columns >= least_columns && terminal.rows >= least_rows;
    std::string found = fmt::format(fmt::runtime(in(tongue, "{} mal {} Zeichen.", "{} by {} characters.")),
                                    terminal.columns, terminal.rows);
    if (enough) return line(what, Verdict::ok, std::move(found));
    return line(what, Verdict::failed, std::move(found),
                in(tongue, "Mindestens 80 mal 24 sind nötig: kleinere Schrift wählen.",
                   "At least 80 by 24 are needed: choose a smaller font."));
}

CheckLine judge_kind(const Terminal& terminal, Tongue tongue) {
    const std::string_view what = in(tongue, "Farben und Schrift", "Colours and fonts");
    if (terminal.kind.empty() || terminal.kind == "dumb")
        return line(what, Verdict::failed,
                    std::string(in(tongue, "Das Terminal kann weder Farben noch Cursor bewegen.",
                                   "The terminal can neither show colours nor move its cursor.")),
                    in(tongue, "Im Kiosk (docs/kiosk.md) oder an der Konsole starten.",
                       "Start it in the kiosk (docs/kiosk.md) or at the console."));
    if (!tty::shows_arabic(terminal.kind))
        return line(
            what, Verdict::warning,
            std::string(in(tongue,
                           "Dieses Terminal hat nicht alle Schriften: Eine Kabine bietet hier weder "
                           "Arabisch noch Persisch an.",
                           "This terminal lacks some scripts: a booth offers neither Arabic nor Persian "
                           "here.")),
            in(tongue, "Für den Tisch genügt es; für die Kabine den Kiosk einrichten.",
               "It is enough for the desk; set up the kiosk for a booth."));
    return line(what, Verdict::ok,
                fmt::format(fmt::runtime(in(tongue, "Terminal der Art {}.", "A terminal of the kind {}.")),
                            terminal.kind));
}

CheckLine judge_connection(const Result<Connection>& connection, Tongue tongue) {
    const std::string_view what = in(tongue, "Verbindung", "Connection");
    if (!connection)
        return line(what, Verdict::failed, connection.error().message,
                    in(tongue, "Kabel, WLAN und Adresse des Servers prüfen; sonst das Wahlamt anrufen.",
                       "Check the cable, the WLAN and the server's address; else call the office."));
    std::string found = fmt::format(
        fmt::runtime(in(tongue, "Der Server antwortet über TLS mit dem Zertifikat dieser Wahl, in {} ms.",
                        "The server answers over TLS with this election's certificate, in {} ms.")),
        connection->round_trip.count());
    if (connection->round_trip < 1s) return line(what, Verdict::ok, std::move(found));
    return line(what, Verdict::warning, std::move(found),
                in(tongue, "Die Verbindung ist langsam: eine bessere suchen.",
                   "The connection is slow: look for a better one."));
}

CheckLine judge_clock(const std::optional<TimePoint>& server, TimePoint own, Tongue tongue) {
    const std::string_view what = in(tongue, "Uhr", "Clock");
    if (!server)
        return line(what, Verdict::warning,
                    fmt::format(fmt::runtime(in(tongue, "Hier ist es {}; der Server sagt keine Zeit.",
                                                "Here it is {}; the server tells no time.")),
                                format_utc(own)),
                    in(tongue, "Mit einer anderen Uhr vergleichen.", "Compare it with another clock."));
    const auto difference = std::chrono::abs(own - *server);
    std::string found =
        fmt::format(fmt::runtime(in(tongue, "Sie geht {} Sekunden anders als die des Servers.",
                                    "It differs from the server's by {} seconds.")),
                    difference.count());
    const std::string_view advice =
        in(tongue, "Die Uhr stellen: timedatectl set-ntp true.", "Set the clock: timedatectl set-ntp true.");
    if (difference <= 10s) return line(what, Verdict::ok, std::move(found));
    return line(what, difference <= 120s ? Verdict::warning : Verdict::failed, std::move(found), advice);
}

CheckLine judge_certificate(const Result<crypto::CertificateDates>& dates, TimePoint polls_close,
                            TimePoint now, Tongue tongue) {
    const std::string_view what = in(tongue, "Zertifikat", "Certificate");
    const std::string_view advice = in(tongue, "Vom Wahlamt ein neues holen (stimme certs renew).",
                                       "Get a new one from the office (stimme certs renew).");
    if (!dates) return line(what, Verdict::failed, dates.error().message, advice);
    std::string found = fmt::format(fmt::runtime(in(tongue, "Es gilt bis {}; die Wahl endet {}.",
                                                    "It is valid until {}; the polls close {}.")),
                                    format_utc(dates->until), format_utc(polls_close));
    const bool good = dates->from <= now && now < dates->until && polls_close + 1h <= dates->until;
    return good ? line(what, Verdict::ok, std::move(found))
                : line(what, Verdict::failed, std::move(found), advice);
}

CheckLine judge_program(const Result<std::string>& hash, const std::string& published, Tongue tongue) {
    const std::string_view what = in(tongue, "Programm", "Program");
    if (!hash) return line(what, Verdict::failed, hash.error().message);
    if (published.empty())
        return line(what, Verdict::warning, "SHA-256 " + *hash,
                    in(tongue, "Mit dem veröffentlichten Wert vergleichen, oder ihn mit --expect angeben.",
                       "Compare it with the published value, or give that with --expect."));
    if (lower(published) == *hash)
        return line(what, Verdict::ok,
                    fmt::format(fmt::runtime(in(tongue, "SHA-256 {}, wie veröffentlicht.",
                                                "SHA-256 {}, as published.")),
                                *hash));
    return line(what, Verdict::failed,
                fmt::format(fmt::runtime(in(tongue, "SHA-256 {}; veröffentlicht ist {}.",
                                            "SHA-256 {}; published is {}.")),
                            *hash, lower(published)),
                in(tongue, "Mit diesem Programm nicht arbeiten; das Wahlamt anrufen.",
                   "Don't work with this program; call the office."));
}

CheckLine judge_scan(std::string_view printed, std::string_view typed, Tongue tongue) {
    const std::string_view what = in(tongue, "Scanner", "Scanner");
    const auto failed = [&](std::string_view german, std::string_view english, std::string_view german_advice,
                            std::string_view english_advice) {
        return line(what, Verdict::failed, std::string(in(tongue, german, english)),
                    in(tongue, german_advice, english_advice));
    };
    const std::string wanted = lower(printed), came = lower(typed);
    if (came == wanted)
        return line(what, Verdict::ok,
                    std::string(in(tongue, "Er liest den gedruckten QR-Code richtig.",
                                   "It reads the printed QR code correctly.")));
    if (came.empty())
        return failed("Es ist nichts angekommen.", "Nothing arrived.",
                      "Einstecken; als Tastatur einstellen, mit Eingabetaste am Ende.",
                      "Plug it in; set it to act as a keyboard with Enter at the end.");
    if (yz_swapped(came) == wanted)
        return failed("Y und Z sind vertauscht.", "Y and Z are exchanged.",
                      "Am Scanner die Tastatur des Rechners einstellen (deutsch).",
                      "Set the scanner to the computer's keyboard (German).");
    if (came.find(wanted) != std::string::npos)
        return failed("Er fügt Zeichen hinzu.", "It adds characters.",
                      "Am Scanner Vorsilbe und Nachsilbe abschalten, nur die Eingabetaste lassen.",
                      "Switch off prefix and suffix at the scanner, leave only Enter.");
    return failed("Was ankam, ist nicht, was gedruckt ist.", "What arrived isn't what is printed.",
                  "Noch einmal scannen; das Fenster säubern; den Druck ansehen.",
                  "Scan again; clean its window; look at the print.");
}

Result<std::string> read_published_hash(const std::string& hex_or_file) {
    if (is_hash(hex_or_file)) return hex_or_file;
    STIMME_TRY(const Bytes text, read_file(hex_or_file, std::size_t{1} << 20));
    std::istringstream lines{std::string(as_text(text))};
    for (std::string hash, name; lines >> hash >> name;) {
        if (name.starts_with('*')) name.erase(0, 1);
        if (is_hash(hash) && std::filesystem::path(name).filename() == "stimme") return hash;
    }
    return invalid("hash-invalid",
                   fmt::format("{} has no line for stimme as sha256sum writes it: 64 hex characters, blanks, "
                               "the name",
                               hex_or_file));
}

}  // namespace stimme::station
