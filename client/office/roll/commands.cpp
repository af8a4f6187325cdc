#include "client/office/roll/commands.h"

#include "client/office/papers/roll_paper.h"
#include "client/office/roll/check.h"
#include "client/office/roll/import.h"
#include "client/office/roll/journal.h"
#include "client/office/roll/matters.h"
#include "client/office/roll/office.h"
#include "client/office/roll/people.h"
#include "client/office/roll/stations.h"
#include "client/office/roll/statistics.h"

namespace stimme::office {
namespace {

struct FileOption {
    std::filesystem::path file;
};

void add_format(cli::Command& command, FormatOptions& format) {
    command.optional("--mapping", format.mapping, "file that says what this office calls columns and values");
    command.optional_choice("--delimiter", format.delimiter, {"semicolon", "comma", "tab"},
                            "instead of the one detected");
    command.optional_choice("--encoding", format.encoding, {"UTF-8", "Windows-1252"},
                            "instead of the one detected");
}

void add_check(cli::Command& roll) {
    auto& command = roll.subcommand("check", "decide who may vote, offline, with every reason");
    auto& options = command.options<RollCheckOptions>();
    command.required("REGISTER", options.register_file, "resident register, CSV");
    command.required("--definition", options.definition, "definition of the election");
    add_format(command, options.format);
    command.flag("--candidacy", options.candidacy, "decide who may stand for election instead");
    command.footer(
        "With --json: {\"people\", \"eligible\", \"reasons\": {code: count}, "
        "\"decisions\": {number: [code]}}.\nWrong lines are listed on the error stream, exit code 2.");
    command.runs([&options](cli::Context& context) { return roll_check(options, context); });
}

void add_deadlines(cli::Command& roll) {
    auto& command = roll.subcommand("deadlines", "what is due when in the making of the roll, offline");
    auto& options = command.options<FileOption>();
    command.required("--definition", options.file, "definition of the election");
    command.footer(
        "With --json: {\"today\", \"deadlines\": [{\"code\", \"day\", \"days_left\", \"nearness\"}]}; nearness is "
        "over, today, near (within 7 days) or later.");
    command.runs([&options](cli::Context& context) { return roll_deadlines(options.file, context); });
}

void add_import(cli::Command& roll) {
    auto& command = roll.subcommand("import", "bring in a register, or a newer one");
    auto& options = command.options<ImportOptions>();
    command.required("REGISTER", options.register_file, "resident register, CSV");
    add_format(command, options.format);
    command.flag("--dry-run", options.dry_run, "only tell what would happen");
    command.flag("--good-lines", options.good_lines, "import the good lines although there are bad ones");
    command.footer(
        "A newer register is compared with what is there: people are new, changed, gone or there again. What\n"
        "officials decided stays. With --json: {\"import\", \"people\", \"eligible\", \"reasons\", \"added\", "
        "\"changed\",\n\"gone\", \"returned\", \"unchanged\", \"conflicts\", \"bad_lines\", \"problems\", "
        "...}.");
    command.runs([&options](cli::Context& context) { return roll_import(options, context); });
}

void add_imports(cli::Command& roll) {
    roll.subcommand("imports", "the registers that were imported").runs(roll_imports);
    auto& command = roll.subcommand("changes", "whom an import changed, and in what");
    auto& import = command.options<std::uint64_t>();
    command.optional("IMPORT", import, "its number; left out: the newest");
    command.runs([&import](cli::Context& context) { return roll_changes(import, context); });
    roll.subcommand("take-back", "take back the newest import as a whole").runs(roll_take_back);
}

void add_stations(cli::Command& roll) {
    auto& assign = roll.subcommand("assign", "assign people to polling stations by a file of the office");
    auto& brought = assign.options<AssignOptions>();
    assign.required("FILE", brought.file, "street directory, list of people or list of areas, CSV");
    assign.flag("--dry-run", brought.dry_run, "only tell what would happen");
    assign.footer(
        "The header tells the kind: Straße;von;bis;Seite;PLZ;Wahlbezirk or Personennummer;Wahlbezirk or\n"
        "Stadtteil;Wahlbezirk. A list goes before streets, streets before areas, all before the definition. A\n"
        "file takes the place of the last one of its kind. With --json: {\"part\", \"size\", \"people\", "
        "\"moved\",\n\"same\", \"without_station\", \"stations\": {name: voters}, \"dry_run\"}.");
    assign.runs([&brought](cli::Context& context) { return roll_assign(brought, context); });

    auto& unassign = roll.subcommand("unassign", "take away what was brought with assign");
    auto& taken = unassign.options<UnassignOptions>();
    unassign.choice("PART", taken.part, {"list", "streets", "areas"}, "which of the three");
    unassign.flag("--dry-run", taken.dry_run, "only tell what would happen");
    unassign.runs([&taken](cli::Context& context) { return roll_unassign(taken, context); });

    roll.subcommand("stations", "what people are assigned by, and how many vote at each station")
        .runs(roll_stations);
    roll.subcommand("gaps", "who may vote and belongs to no station, by street; overlaps; what fits nobody")
        .runs(roll_gaps);
}

void add_statistics(cli::Command& roll) {
    auto& command =
        roll.subcommand("statistics", "people and voters by nationality, age, sex, place and reason");
    auto& options = command.options<StatisticsOptions>();
    command.flag("--publish", options.publish, "the form for others, without small figures");
    command.optional("--threshold", options.threshold, "with --publish: figures below it are small; else 5");
    command.optional_choice("--places", options.places, {"station", "district"},
                            "with --publish: which of the two tables is published");
    command.optional("--csv", options.csv,
                     "file to write as well; without --publish only its owner may read it");
    command.footer(
        "With --json: {\"total\", \"tables\": {topic: [{\"name\", \"all\", \"eligible\", "
        "\"not_eligible\"}]}}; null for what is\nleft out.");
    command.runs([&options](cli::Context& context) { return roll_statistics(options, context); });
}

void add_entries(cli::Command& roll) {
    auto& show = roll.subcommand("show", "all about one person: register, decision, reasons, history");
    auto& shown = show.options<PersonOptions>();
    show.required("NUMBER", shown.number, "number on the roll");
    show.optional("--lang", shown.language, "language of the reasons, such as de or uk");
    show.runs([&shown](cli::Context& context) { return roll_show(shown, context); });

    auto& add = roll.subcommand("add", "enter somebody whom no register names");
    auto& added = add.options<AddOptions>();
    add.required("--set", added.columns, "COLUMN=VALUE, as in the register; several times");
    add.optional("--distinct-from", added.distinct, "number of somebody similar who is another person");
    add.runs([&added](cli::Context& context) { return roll_add(added, context); });

    auto& invalid = roll.subcommand("invalid", "make a wrong entry invalid; its history stays");
    auto& made = invalid.options<InvalidOptions>();
    invalid.required("NUMBER", made.number, "number on the roll");
    invalid.required("--reason", made.reason, "why");
    invalid.runs([&made](cli::Context& context) { return roll_invalid(made, context); });
}

void add_conflicts(cli::Command& roll) {
    roll.subcommand("conflicts", "decisions under which the register moved, and people who are back")
        .runs(roll_conflicts);
    auto& resolve = roll.subcommand("resolve", "say what holds where something waits");
    auto& options = resolve.options<ResolveOptions>();
    resolve.required("NUMBER", options.number, "number on the roll");
    resolve.choice("CHOICE", options.choice, {"keep", "drop", "same", "other"},
                   "keep or drop the decision made by hand; the same or an other person");
    resolve.required("--reason", options.reason, "why");
    resolve.runs([&options](cli::Context& context) { return roll_resolve(options, context); });
}

void add_duplicates(cli::Command& roll) {
    roll.subcommand("duplicates", "pairs that probably are one person, side by side").runs(roll_duplicates);
    auto& command = roll.subcommand("distinct", "say that two similar entries are two people");
    auto& numbers = command.options<std::vector<std::string>>();
    command.required("NUMBERS", numbers, "the two numbers");
    command.runs([&numbers](cli::Context& context) { return roll_distinct(numbers, context); });
}

void add_matter(cli::Command& roll, const std::string& name, wire::MatterView::Kind kind,
                const std::string& help) {
    auto& command = roll.subcommand(name, help);
    auto& options = command.options<MatterOptions>();
    command.required("NUMBER", options.number, "of the person whose entry it is about");
    command.optional("--received", options.received, "day on which it came, yyyy-mm-dd; left out: today");
    command.optional("--text", options.text, "what it says");
    if (kind == wire::MatterView::Kind::objection)
        command.optional("--by", options.by, "who objects to another's entry");
    command.runs([&options, kind](cli::Context& context) { return roll_enter(kind, options, context); });
}

void add_matters(cli::Command& roll) {
    add_matter(roll, "apply", wire::MatterView::Kind::application, "enter an application to be on the roll");
    add_matter(roll, "object", wire::MatterView::Kind::objection, "enter an objection to an entry");
    auto& appeal = roll.subcommand("appeal", "enter an appeal against a decision");
    auto& appealed = appeal.options<AppealOptions>();
    appeal.required("MATTER", appealed.earlier, "number of the matter whose decision it is about");
    appeal.optional("--received", appealed.received, "day on which it came, yyyy-mm-dd; left out: today");
    appeal.optional("--text", appealed.text, "what it says");
    appeal.runs([&appealed](cli::Context& context) { return roll_appeal(appealed, context); });

    auto& decide = roll.subcommand("decide", "decide an application, objection or appeal");
    auto& decided = decide.options<DecideOptions>();
    decide.required("MATTER", decided.matter, "its number");
    decide.choice("OUTCOME", decided.outcome, {"granted", "refused", "withdrawn"}, "what was decided");
    decide.optional_choice("--effect", decided.effect, {"none", "enrol", "refuse"},
                           "on the entry, whatever the rules say; none: the rules decide");
    decide.required("--reason", decided.reason, "why");
    decide.optional("--on", decided.decided_on, "day of the decision; left out: today");
    decide.runs([&decided](cli::Context& context) { return roll_decide(decided, context); });

    auto& list = roll.subcommand("matters", "applications, objections and appeals");
    auto& listed = list.options<MattersOptions>();
    list.flag("--open", listed.open, "only those that aren't decided");
    list.runs([&listed](cli::Context& context) { return roll_matters(listed, context); });
}

void add_journal(cli::Command& roll) {
    auto& command = roll.subcommand("journal", "what officials did, in sentences");
    auto& options = command.options<JournalOptions>();
    command.optional("--person", options.person, "only about this number");
    command.optional("--official", options.official, "only of this official");
    command.optional("--type", options.type, "only acts of this type, such as matter-decided");
    command.optional("--from", options.from, "from this day or time on (UTC)");
    command.optional("--until", options.until, "until this day or time (UTC)");
    command.flag("--raw", options.raw, "the acts exactly as they are chained");
    command.runs([&options](cli::Context& context) { return roll_journal(options, context); });
}

void add_sender(cli::Command& command, SenderOptions& sender) {
    command.required("--sender-address", sender.address, "address of the office, one line");
    command.optional("--contact", sender.contact, "telephone, mail, hours");
}

void add_letters(cli::Command& roll) {
    auto& letters = roll.subcommand("letters", "voting notices as PDF, one page a voter");
    auto& options = letters.options<LettersOptions>();
    letters.required("--out", options.out, "PDF file to write; only its owner may read it");
    add_sender(letters, options.sender);
    letters.optional("--only", options.numbers, "numbers of single voters");
    letters.optional("--objections-until", options.objections_until, "instead of the definition's deadline");
    letters.runs([&options](cli::Context& context) { return roll_letters(options, context); });

    auto& decision = roll.subcommand("decision-letter", "the letter that tells a decision, as PDF");
    auto& told = decision.options<DecisionLetterOptions>();
    decision.required("MATTER", told.matter, "number of the application or objection");
    decision.required("--out", told.out, "PDF file to write; only its owner may read it");
    add_sender(decision, told.sender);
    decision.required("--signed-by", told.signed_by, "who signs it");
    decision.optional("--appeal-to", told.appeal_to, "office that takes appeals, with its address");
    decision.optional("--appeal-until", told.appeal_until, "instead of the definition's deadline");
    decision.runs([&told](cli::Context& context) { return roll_decision_letter(told, context); });
}

void add_lists(cli::Command& roll) {
    auto& station = roll.subcommand("station-roll", "the paper roll of a station as PDF");
    auto& options = station.options<StationRollOptions>();
    station.required("STATION", options.station, "name of the station");
    station.required("--out", options.out, "PDF file to write; only its owner may read it");
    station.runs([&options](cli::Context& context) { return roll_station_roll(options, context); });

    auto& inspection =
        roll.subcommand("inspection-list", "the list for inspection as PDF, without blocked people");
    auto& shown = inspection.options<InspectionOptions>();
    inspection.required("--out", shown.out, "PDF file to write; only its owner may read it");
    inspection.optional("--from", shown.from, "first day of inspection, instead of the definition's");
    inspection.optional("--until", shown.until, "last day of inspection, instead of the definition's");
    inspection.flag("--birth-years", shown.birth_years, "with years of birth, where the statute wants them");
    inspection.runs([&shown](cli::Context& context) { return roll_inspection_list(shown, context); });
}

void add_notices(cli::Command& roll) {
    auto& command = roll.subcommand("notices", "number, name, station and code of every voter, CSV");
    auto& options = command.options<FileOption>();
    command.required("--out", options.file, "file to write; only its owner may read it");
    command.runs([&options](cli::Context& context) { return roll_notices(options.file, context); });
}

void add_proof(cli::Command& roll) {
    auto& command = roll.subcommand("proof", "a voter's private proof that they are on the sealed roll");
    auto& options = command.options<ProofOptions>();
    command.required("NUMBER", options.voter, "number in the register");
    command.required("--out", options.out, "file to write; only its owner may read it");
    command.footer("It is checked before it is written. The voter checks it with stimme receipt roll.");
    command.runs([&options](cli::Context& context) { return roll_proof(options, context); });
}

void add_find(cli::Command& roll) {
    auto& command = roll.subcommand("find", "look for people");
    auto& query = command.options<std::string>();
    command.required("QUERY", query, "parts of name, birth date, number or address, or a letter's code");
    command.runs([&query](cli::Context& context) { return roll_find(query, context); });
}

void add_card(cli::Command& roll) {
    auto& command = roll.subcommand("polling-card", "note that a polling card was issued, or taken back");
    auto& options = command.options<CardOptions>();
    command.required("NUMBER", options.voter, "number in the register");
    command.flag("--withdraw", options.withdraw, "it was taken back or declared invalid");
    command.footer("Whoever has one votes by post, or at a station only when they hand it in there.");
    command.runs([&options](cli::Context& context) { return roll_card(options, context); });
}

void add_correction(cli::Command& roll, const std::string& name, Correction correction,
                    const std::string& help) {
    auto& command = roll.subcommand(name, help);
    auto& options = command.options<CorrectionOptions>();
    command.required("NUMBER", options.voter, "number in the register");
    command.required("--reason", options.reason, "why; it stands in the public log, so name nobody");
    command.runs(
        [&options, correction](cli::Context& context) { return roll_correct(correction, options, context); });
}

}  // namespace

void add_roll(cli::Command& root) {
    auto& roll = root.subcommand("roll", "the roll of voters");
    add_check(roll);
    add_deadlines(roll);
    add_import(roll);
    add_imports(roll);
    add_stations(roll);
    add_entries(roll);
    add_conflicts(roll);
    add_duplicates(roll);
    add_matters(roll);
    add_journal(roll);
    add_statistics(roll);
    auto& status = roll.subcommand("status", "how many voters, and the roll's fingerprint");
    status.runs(roll_status);
    add_notices(roll);
    add_letters(roll);
    add_lists(roll);
    add_find(roll);
    add_proof(roll);
    add_card(roll);
    add_correction(roll, "admit", Correction::admit, "admit somebody after sealing, with two officials");
    add_correction(roll, "strike", Correction::strike,
                   "strike somebody off after sealing, with two officials");
}

}  // namespace stimme::office
