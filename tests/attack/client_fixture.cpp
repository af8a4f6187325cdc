#include "tests/attack/client_fixture.h"

#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

#include "client/audit/commands.h"
#include "client/booth/commands.h"
#include "client/desk/commands.h"
#include "client/office/commands.h"
#include "client/trustee/commands.h"
#include "client/trustee/files.h"
#include "core/base/file.h"
#include "core/log/receipt.h"
#include "server/service/acts/election.h"
#include "tests/support/must.h"

namespace stimme::test {
namespace {

namespace fs = std::filesystem;

void write(const fs::path& path, ByteView content) {
    must(write_file(path, content, FileMode::private_file));
}

bool fits(const std::string& route, const net::Request& request, const std::string& prefix) {
    std::string asked = request.method + " ";
    asked += request.path.starts_with(prefix) ? request.path.substr(prefix.size()) : request.path;
    if (route.ends_with('*')) return asked.starts_with(route.substr(0, route.size() - 1));
    return asked == route;
}

}  // namespace

std::string Ran::told() const {
    const auto end = err.rfind(")\n");
    const auto begin = end == std::string::npos ? end : err.rfind('(', end);
    if (code == 0 || begin == std::string::npos) return std::to_string(code);
    return fmt::format("{} {}", code, err.substr(begin + 1, end - begin - 1));
}

bool Ran::says(const std::string& words) const {
    return (out + err).find(words) != std::string::npos;
}

OtherLog::OtherLog(const LiveElection& live)
    : origin_(live.definition().log.origin), key_(&live.known().log_key) {
    const std::uint64_t size = live.log_size();
    for (std::uint64_t first = 0; first < size; first += log::tile_width) {
        const auto width = static_cast<unsigned>(std::min<std::uint64_t>(log::tile_width, size - first));
        const auto bundle =
            must(live.inside().log().tile({log::TileId::Kind::entries, 0, first / log::tile_width, width}));
        for (const ByteView entry : must(log::parse_bundle(as_bytes(*bundle), width)))
            entries_.emplace_back(as_text(entry));
    }
}

OtherLog& OtherLog::replace(std::uint64_t index, const events::Content& content) {
    events::Entry entry = must(events::decode(entries_.at(index)));
    entry.content = content;
    entries_[index] = events::encode(entry);
    return *this;
}

OtherLog& OtherLog::append(const events::Content& content) {
    entries_.push_back(events::encode({content, {}}));
    return *this;
}

OtherLog& OtherLog::cut(std::uint64_t size) {
    entries_.resize(size);
    return *this;
}

log::Tree OtherLog::tree() const {
    log::Tree tree;
    for (const std::string& entry : entries_) tree.append_entry(as_bytes(entry));
    return tree;
}

OtherLog& OtherLog::sign_as_a_stranger() {
    static SeededRandom random(7);
    static const crypto::LogKey stranger = crypto::LogKey::random(random);
    key_ = &stranger;
    return *this;
}

log::SignedCheckpoint OtherLog::signed_checkpoint() const {
    return log::sign_checkpoint({origin_, entries_.size(), tree().root()}, *key_);
}

std::string OtherLog::receipt(std::uint64_t index) const {
    return log::write_receipt(
        must(log::make_receipt(tree(), index, as_bytes(entries_.at(index)), signed_checkpoint())));
}

Result<Bytes> OtherLog::file(const std::string& path) const {
    if (path == "checkpoint") return to_bytes(as_bytes(checkpoint()));
    STIMME_TRY(const log::TileId tile, log::parse_tile_path(path));
    if (!log::tile_exists(tile, entries_.size())) return not_found("tile-missing", path);
    if (tile.kind == log::TileId::Kind::hashes) return log::hash_tile(tree(), tile, entries_.size());
    Bytes bundle;
    for (unsigned i = 0; i < tile.width; ++i)
        STIMME_CHECK(log::append_to_bundle(bundle, as_bytes(entries_[tile.index * log::tile_width + i])));
    return bundle;
}

LyingServer::LyingServer(LiveElection& live)
    : live_(live), relay_(*live.server(), [this](const net::Request& request, net::Response& response) {
          tell(request, response);
      }) {}

void LyingServer::tell(const net::Request& request, net::Response& response) {
    const std::lock_guard lock(mutex_);
    for (auto it = lies_.rbegin(); it != lies_.rend(); ++it) {
        if (fits(it->first, request, live_.prefix())) return it->second(request, response);
    }
}

LyingServer& LyingServer::lie(const std::string& route, Lie lie) {
    const std::lock_guard lock(mutex_);
    lies_.emplace_back(route, std::move(lie));
    return *this;
}

void LyingServer::be_honest() {
    const std::lock_guard lock(mutex_);
    lies_.clear();
}

LyingServer& LyingServer::edit(const std::string& route, std::function<void(std::string&)> edit) {
    return lie(route, [edit = std::move(edit)](const net::Request&, net::Response& response) {
        std::string body = text_of(response);
        edit(body);
        response.body = std::move(body);
    });
}

LyingServer& LyingServer::change(const std::string& route, const std::string& member, json::Value value) {
    return edit(route, [=](std::string& body) {
        auto document = json::parse(body, {std::size_t{8} << 20, 32});
        if (!document || document->get<json::Object>() == nullptr) return;
        document->get<json::Object>()->set(member, value);
        body = json::canonical(*document);
    });
}

LyingServer& LyingServer::answer(const std::string& route, std::string body, int status) {
    return lie(route, [=](const net::Request&, net::Response& response) {
        response.status = status;
        response.body = body;
        if (status == 200 && response.content_type == "application/problem+json")
            response.content_type = "application/json";
    });
}

LyingServer& LyingServer::refuse(const std::string& route, int status, const std::string& code) {
    return lie(route, [=](const net::Request&, net::Response& response) {
        response.status = status;
        response.content_type = "application/problem+json";
        response.body = json::canonical(
            json::Object{{"type", "urn:stimme:problem:" + code}, {"title", code}, {"detail", code}});
    });
}

LyingServer& LyingServer::repeat_the_first(const std::string& route) {
    const auto first = std::make_shared<std::optional<std::string>>();
    return edit(route, [first](std::string& body) {
        if (!*first) *first = body;
        body = **first;
    });
}

LyingServer& LyingServer::show(std::shared_ptr<const OtherLog> log) {
    const std::string base = live_.prefix() + "record/";
    const Lie lie_about_file = [log, base](const net::Request& request, net::Response& response) {
        const auto content = log->file(request.path.substr(base.size()));
        response.status = content ? 200 : 404;
        response.content_type = "application/octet-stream";
        response.body = content ? std::string(as_text(*content)) : std::string();
    };
    return lie("GET record/checkpoint", lie_about_file).lie("GET record/tile/*", lie_about_file);
}

std::string LyingServer::url() const {
    return relay_.url(net::Port::public_port) + "/v1/elections/" + live_.definition().id.str();
}

fs::path LyingServer::folder(const std::string& who) {
    const fs::path folder = folder_.path() / (who.empty() ? "nobody" : who);
    if (!who.empty() && !fs::exists(folder)) make_folder(who, folder);
    return folder;
}

void LyingServer::make_folder(const std::string& who, const fs::path& folder) {
    const Election& known = live_.known();
    const election::Holder* const holder = known.definition.holder(SignerId(who));
    if (holder == nullptr) throw std::runtime_error("the definition doesn't know " + who);
    const auto profile = session::RoleFolder::create(
        folder, {relay_.url(net::Port::staff_port), known.definition->id, holder->id, holder->role});
    const Identity& identity = live_.server()->identity(who);
    fs::copy_file(live_.server()->ca(), folder / "ca.pem");
    fs::copy_file(identity.certificate, folder / "cert.pem");
    write(folder / "key.pem", known.signing_key(who).to_pem().reveal());
    if (holder->role != election::Role::trustee) return;
    ::setenv("STIMME_PASSPHRASE", "test", 1);
    const unsigned index = *known.definition.trustee_index(holder->id);
    const TestTrustee& trustee = known.trustees.at(index - 1);
    const auto key = must(crypto::SigningKey::from_scalar(trustee.encryption_key.copy()));
    write(folder / "encryption.key", key.to_pem().reveal());
    if (live_.phase() == election::Phase::draft) return;
    const auto role_folder = must(session::RoleFolder::open(folder));
    trustee::TrusteeFiles files(role_folder, {}, random_);
    must(files.keep(events::TrusteeSecret(known.h_e, index, trustee.share.copy())));
}

void LyingServer::take_over(const std::string& who, LyingServer& from) {
    const fs::path own = folder(who);
    for (const char* file : {"profile.json", "ca.pem", "cert.pem"})
        fs::copy_file(own / file, from.folder(who) / file, fs::copy_options::overwrite_existing);
    fs::remove_all(own);
    fs::copy(from.folder(who), own, fs::copy_options::recursive);
}

Ran LyingServer::run(const std::string& who, std::vector<std::string> words, const std::string& input) {
    cli::Program program("stimme", "test");
    office::add_commands(program.root());
    trustee::add_commands(program.root());
    desk::add_commands(program.root());
    booth::add_commands(program.root());
    audit::add_commands(program.root());
    if (!who.empty()) words.insert(words.begin(), {"--as", folder(who).string()});
    std::istringstream in(input);
    std::ostringstream out, err;
    Ran ran;
    ran.code = program.run(words, {in, out, err, false, clock_, random_});
    ran.out = out.str();
    ran.err = err.str();
    return ran;
}

session::Session LyingServer::session(const std::string& who) {
    std::ostringstream ignored;
    std::istringstream nothing;
    cli::Output out(ignored, ignored, false, false);
    return must(session::Session::open({out, nothing, clock_, random_, folder(who)}));
}

BoothAtWork::BoothAtWork(LyingServer& lying, std::size_t voter)
    : pass(lying.live().check_in(voter)),
      session(lying.session("s1-booth-1")),
      polling(must(booth::make_polling(session.definition(), StationId("s1"), must(session.sealed())->keys))),
      server(session),
      visit(polling, random, server, {1, [] {}}) {}

std::string BoothAtWork::submit() {
    visit.give(booth::PassEntered{{pass.t, pass.tag}});
    if (const auto choosing = visit.expect<booth::Choosing>(); !choosing) return choosing.error().code;
    const auto& layout = polling.layouts.at(StyleId("standard"));
    visit.give(booth::Chosen{must(ballot::ValidSelections::check(layout, {{1, 1, 0, 0}}))});
    visit.give(booth::Confirmed{});
    return code_of(visit.expect<booth::Deciding>());
}

std::string BoothAtWork::cast() {
    visit.give(booth::CastWanted{});
    return code_of(visit.expect<booth::Cast>());
}

std::string BoothAtWork::test() {
    visit.give(booth::TestWanted{});
    return code_of(visit.expect<booth::Tested>());
}

DeskAtWork::DeskAtWork(LyingServer& lying)
    : session(lying.session("s1-desk-1")),
      server(session),
      store(std::make_unique<desk::DeskStore>(
          must(desk::DeskStore::open(session.folder().file("desk"), random)))) {
    const auto keys = desk::pass_keys_of(must(session.sealed())->content, StationId("s1"));
    desk =
        std::make_unique<desk::Desk>(*store, server, keys, random, session::Patience{1, [] {}},
                                     [this](const desk::CheckedIn& outcome) -> Status {
                                         printed.push_back(outcome.pass ? "pass" : outcome.pass.error().code);
                                         return {};
                                     });
}

std::string DeskAtWork::check_in(const std::vector<std::string>& voters) {
    return code_of(desk->check_in(voters));
}

std::string DeskAtWork::resume() {
    return code_of(desk->resume());
}

}  // namespace stimme::test
