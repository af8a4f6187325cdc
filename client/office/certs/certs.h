// `stimme certs`: keys and certificates. `setup` makes everything at once, for practice and demonstrations;
// for a real election each person makes their own key (`request`), and only requests travel
// (certs/README.md).
//
// Thread rule: one thread at a time.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "client/cli/command.h"

namespace stimme::office {

struct SetupOptions {
    std::filesystem::path definition;  // a template: all its public keys are replaced
    std::filesystem::path out;
    std::string server;               // URL of the staff port
    std::string log_key;              // hex, of the server that will run the election
    std::vector<std::string> names;   // of the server, beside the host of `server`
    std::filesystem::path authority;  // folder of an earlier set-up's authority; empty: a new one
};

// Makes in `out`: ca/ and server/ (unless an authority is given, whose server runs this election too), a role
// folder for each signer of the template in officials/, desks/, booths/ and trustees/, and definition.json
// with their keys. Errors: those of the definition, url-invalid,
// hex-invalid, host-name-invalid, file-exists.
Status certs_setup(const SetupOptions& options, cli::Context& context);

struct AuthorityOptions {
    std::filesystem::path out;
    std::string name = "Stimme";
};
Status certs_authority(const AuthorityOptions& options, cli::Context& context);

struct RequestOptions {
    std::string role;
    std::string id;
    std::filesystem::path out;
};
// A new role folder with a fresh key and request.pem; tells the public keys for the definition.
Status certs_request(const RequestOptions& options, cli::Context& context);

struct SignOptions {
    std::filesystem::path authority;
    std::filesystem::path request;
    std::filesystem::path out;
};
Status certs_sign(const SignOptions& options, cli::Context& context);

struct ServerCertificateOptions {
    std::filesystem::path authority;
    std::filesystem::path out;
    std::vector<std::string> names;
};
// server.pem and server.key for a server of these names.
Status certs_server(const ServerCertificateOptions& options, cli::Context& context);

struct RenewOptions {
    std::filesystem::path authority;
    std::filesystem::path certificate;
    std::filesystem::path out;  // empty: in place of the old one
};
// A certificate of the same key and names with new dates: of a server or of a person or machine.
Status certs_renew(const RenewOptions& options, cli::Context& context);

struct ShowOptions {
    std::vector<std::string> certificates;
};
// Whose they are and how long they are valid. Errors: certificate-expired, certificate-not-yet-valid of the
// first that is.
Status certs_show(const ShowOptions& options, cli::Context& context);

struct AcceptOptions {
    std::filesystem::path certificate;
    std::filesystem::path authority;  // ca.pem
    std::string server;               // URL of the staff port
    std::string election;
};
// Completes the role folder that certs_request began; the certificate must be for the folder's key.
Status certs_accept(const AcceptOptions& options, cli::Context& context);

}  // namespace stimme::office
