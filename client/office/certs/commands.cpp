#include "client/office/certs/commands.h"

#include "client/office/certs/certs.h"

namespace stimme::office {
namespace {

void add_setup(cli::Command& certs) {
    auto& command = certs.subcommand("setup", "everything at once, for practice and demonstrations");
    auto& options = command.options<SetupOptions>();
    command.required("--definition", options.definition, "template whose public keys are replaced");
    command.required("--out", options.out, "folder for all that is made");
    command.required("--server", options.server, "URL of the staff port, https://host:port");
    command.required("--log-key", options.log_key, "public key of the server's log, hex");
    command.optional("--name", options.names, "a further host name or IP address of the server");
    command.optional("--authority", options.authority,
                     "folder ca/ of an earlier set-up, whose server runs this election too");
    command.footer(
        "Makes ca/, server/, definition.json and a role folder for each signer of the template.\n"
        "For a real election every person makes their own key: stimme certs request.");
    command.runs([&options](cli::Context& context) { return certs_setup(options, context); });
}

void add_authority(cli::Command& certs) {
    auto& command = certs.subcommand("ca", "make a certificate authority");
    auto& options = command.options<AuthorityOptions>();
    command.required("--out", options.out, "folder for ca.pem and ca.key");
    command.optional("--name", options.name, "what the authority is called");
    command.runs([&options](cli::Context& context) { return certs_authority(options, context); });
}

void add_server(cli::Command& certs) {
    auto& command = certs.subcommand("server", "make the server's key and certificate");
    auto& options = command.options<ServerCertificateOptions>();
    command.required("--ca", options.authority, "folder of the authority");
    command.required("--out", options.out, "folder for cert.pem and key.pem");
    command.required("--name", options.names, "host name or IP address of the server; repeat for more");
    command.runs([&options](cli::Context& context) { return certs_server(options, context); });
}

void add_request(cli::Command& certs) {
    auto& command = certs.subcommand("request", "make your key and a request for its certificate");
    auto& options = command.options<RequestOptions>();
    command.choice("--role", options.role, {"official", "desk", "booth", "trustee"}, "your role");
    command.required("--id", options.id, "your name in the definition");
    command.required("--out", options.out, "new role folder; the key never leaves it");
    command.runs([&options](cli::Context& context) { return certs_request(options, context); });
}

void add_sign(cli::Command& certs) {
    auto& command = certs.subcommand("sign", "sign somebody's request");
    auto& options = command.options<SignOptions>();
    command.required("--ca", options.authority, "folder of the authority");
    command.required("--request", options.request, "request.pem of the person");
    command.required("--out", options.out, "file for the certificate");
    command.runs([&options](cli::Context& context) { return certs_sign(options, context); });
}

void add_renew(cli::Command& certs) {
    auto& command = certs.subcommand("renew", "renew a certificate of the server, a person or a machine");
    auto& options = command.options<RenewOptions>();
    command.required("--ca", options.authority, "folder of the authority");
    command.required("CERTIFICATE", options.certificate, "the old one, expired or not");
    command.optional("--out", options.out, "file for the new one; without it, it takes the old one's place");
    command.footer(
        "Key and names stay the same, so nothing else changes: put it in the place of the old one.\n"
        "The server reads its certificate when it starts; a role folder keeps it in cert.pem.");
    command.runs([&options](cli::Context& context) { return certs_renew(options, context); });
}

void add_show(cli::Command& certs) {
    auto& command = certs.subcommand("show", "whose certificates these are, and how long they are valid");
    auto& options = command.options<ShowOptions>();
    command.required("CERTIFICATE", options.certificates, "files in PEM form");
    command.runs([&options](cli::Context& context) { return certs_show(options, context); });
}

void add_accept(cli::Command& certs) {
    auto& command = certs.subcommand("accept", "complete your role folder (--as) with your certificate");
    auto& options = command.options<AcceptOptions>();
    command.required("--certificate", options.certificate, "what the authority signed");
    command.required("--ca", options.authority, "ca.pem of the authority");
    command.required("--election", options.election, "id of the election");
    command.required("--server", options.server, "URL of the staff port, https://host:port");
    command.runs([&options](cli::Context& context) { return certs_accept(options, context); });
}

}  // namespace

void add_certs(cli::Command& root) {
    auto& certs = root.subcommand("certs", "keys and certificates");
    add_setup(certs);
    add_authority(certs);
    add_server(certs);
    add_request(certs);
    add_sign(certs);
    add_accept(certs);
    add_renew(certs);
    add_show(certs);
}

}  // namespace stimme::office
