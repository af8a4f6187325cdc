#include "client/printer/libcups_jobs.h"

#include <cups/cups.h>
#include <fmt/format.h>

namespace stimme::printer {
namespace {

constexpr int connect_milliseconds = 5000;
constexpr double answer_seconds = 5;

struct Release {
    void operator()(http_t* connection) const { httpClose(connection); }
    void operator()(ipp_t* message) const { ippDelete(message); }
};
template <class T>
using Owned = std::unique_ptr<T, Release>;

int give_up_waiting(http_t*, void*) {
    return 0;
}

Error refused(const char* what) {
    return unavailable("cups-refused", fmt::format("CUPS refuses to {}: {}", what, cupsLastErrorString()));
}

std::string printer_uri(const std::string& queue) {
    char uri[HTTP_MAX_URI];
    httpAssembleURIf(HTTP_URI_CODING_ALL, uri, sizeof uri, "ipp", nullptr, "localhost", 0, "/printers/%s",
                     queue.c_str());
    return uri;
}

std::string path_of(const std::string& queue) {
    return "/printers/" + queue;
}

void add_text(ipp_t* request, ipp_tag_t tag, const char* name, const std::string& value) {
    ippAddString(request, IPP_TAG_OPERATION, tag, name, nullptr, value.c_str());
}

void add_names(ipp_t* request, const std::vector<const char*>& names) {
    ippAddStrings(request, IPP_TAG_OPERATION, IPP_CONST_TAG(IPP_TAG_KEYWORD), "requested-attributes",
                  static_cast<int>(names.size()), nullptr, names.data());
}

Owned<ipp_t> request_to(ipp_op_t operation, const std::string& queue) {
    Owned<ipp_t> request(ippNewRequest(operation));
    add_text(request.get(), IPP_TAG_URI, "printer-uri", printer_uri(queue));
    add_text(request.get(), IPP_TAG_NAME, "requesting-user-name", cupsUser());
    return request;
}

std::string text_of(ipp_t* answer, const char* name) {
    ipp_attribute_t* found = ippFindAttribute(answer, name, IPP_TAG_ZERO);
    const char* text = found == nullptr ? nullptr : ippGetString(found, 0, nullptr);
    return text == nullptr ? "" : text;
}

std::vector<std::string> texts_of(ipp_t* answer, const char* name) {
    std::vector<std::string> result;
    ipp_attribute_t* found = ippFindAttribute(answer, name, IPP_TAG_KEYWORD);
    for (int i = 0; found != nullptr && i < ippGetCount(found); ++i)
        result.emplace_back(ippGetString(found, i, nullptr));
    return result;
}

class LibcupsJobs final : public CupsJobs {
  public:
    explicit LibcupsJobs(std::string server) : server_(std::move(server)) {}

    Result<std::vector<CupsQueueView>> queues() override {
        STIMME_TRY(const auto connection, connect());
        ipp_t* request = ippNewRequest(IPP_OP_CUPS_GET_PRINTERS);
        add_names(request, {"printer-name", "printer-state", "printer-is-accepting-jobs"});
        const Owned<ipp_t> answer(cupsDoRequest(connection.get(), request, "/"));
        std::vector<CupsQueueView> result;
        if (cupsLastError() == IPP_STATUS_ERROR_NOT_FOUND) return result;
        if (!answer || cupsLastError() >= IPP_STATUS_ERROR_BAD_REQUEST) return refused("list its printers");
        bool between = true;  // attributes of one printer stand together, in any order
        for (ipp_attribute_t* at = ippFirstAttribute(answer.get()); at != nullptr;
             at = ippNextAttribute(answer.get())) {
            if (ippGetGroupTag(at) != IPP_TAG_PRINTER) {
                between = true;
                continue;
            }
            if (between) result.push_back({"", true, false});
            between = false;
            read_attribute(at, result.back());
        }
        return result;
    }

    Result<int> submit(const std::string& queue, const std::string& title, ByteView pdf) override {
        STIMME_TRY(const auto connection, connect());
        Owned<ipp_t> request = request_to(IPP_OP_PRINT_JOB, queue);
        add_text(request.get(), IPP_TAG_NAME, "job-name", title);
        add_text(request.get(), IPP_TAG_MIMETYPE, "document-format", "application/pdf");
        ippAddString(request.get(), IPP_TAG_JOB, IPP_CONST_TAG(IPP_TAG_KEYWORD), "media", nullptr,
                     "iso_a4_210x297mm");
        ippAddString(request.get(), IPP_TAG_JOB, IPP_CONST_TAG(IPP_TAG_KEYWORD), "sides", nullptr,
                     "one-sided");
        const std::string path = path_of(queue);
        http_status_t status = cupsSendRequest(connection.get(), request.get(), path.c_str(),
                                               ippLength(request.get()) + pdf.size());
        if (status == HTTP_STATUS_CONTINUE)
            status =
                cupsWriteRequestData(connection.get(), reinterpret_cast<const char*>(pdf.data()), pdf.size());
        const Owned<ipp_t> answer(cupsGetResponse(connection.get(), path.c_str()));
        ipp_attribute_t* id = answer ? ippFindAttribute(answer.get(), "job-id", IPP_TAG_INTEGER) : nullptr;
        if (status != HTTP_STATUS_CONTINUE || id == nullptr) return refused("take the document");
        return ippGetInteger(id, 0);
    }

    Result<CupsJobView> look(const std::string& queue, int job) override {
        STIMME_TRY(const auto connection, connect());
        Owned<ipp_t> request = request_to(IPP_OP_GET_JOB_ATTRIBUTES, queue);
        ippAddInteger(request.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job);
        add_names(request.get(), {"job-state", "job-printer-state-message"});
        STIMME_TRY(const auto answer, ask(*connection, std::move(request), queue, "tell about a job"));
        ipp_attribute_t* state = ippFindAttribute(answer.get(), "job-state", IPP_TAG_ENUM);
        if (state == nullptr) return unavailable("cups-refused", "CUPS doesn't tell a job's state");
        CupsJobView view{static_cast<CupsJobState>(ippGetInteger(state, 0)),
                         text_of(answer.get(), "job-printer-state-message")};
        STIMME_CHECK(add_printer(*connection, queue, view));
        return view;
    }

    Status cancel(const std::string& queue, int job) override {
        STIMME_TRY(const auto connection, connect());
        Owned<ipp_t> request = request_to(IPP_OP_CANCEL_JOB, queue);
        ippAddInteger(request.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job);
        STIMME_TRY(const auto answer, ask(*connection, std::move(request), queue, "cancel a job"));
        return {};
    }

  private:
    Result<Owned<http_t>> connect() const {
        std::string host = server_.empty() ? cupsServer() : server_;
        int port = ippPort();
        if (const auto colon = host.rfind(':'); host[0] != '/' && colon != std::string::npos) {
            port = std::atoi(host.c_str() + colon + 1);
            host.erase(colon);
        }
        Owned<http_t> connection(httpConnect2(host.c_str(), port, nullptr, AF_UNSPEC, cupsEncryption(), 1,
                                              connect_milliseconds, nullptr));
        if (!connection)
            return unavailable("cups-unreachable",
                               fmt::format("the print server CUPS doesn't answer at {}, port {}: is it "
                                           "running (systemctl status cups)?",
                                           host, port));
        httpSetTimeout(connection.get(), answer_seconds, give_up_waiting, nullptr);
        return connection;
    }

    Result<Owned<ipp_t>> ask(http_t& connection, Owned<ipp_t> request, const std::string& queue,
                             const char* what) const {
        Owned<ipp_t> answer(cupsDoRequest(&connection, request.release(), path_of(queue).c_str()));
        if (!answer || cupsLastError() >= IPP_STATUS_ERROR_BAD_REQUEST) return refused(what);
        return answer;
    }

    Status add_printer(http_t& connection, const std::string& queue, CupsJobView& view) const {
        Owned<ipp_t> request = request_to(IPP_OP_GET_PRINTER_ATTRIBUTES, queue);
        add_names(request.get(), {"printer-state-reasons", "printer-state-message"});
        STIMME_TRY(const auto answer, ask(connection, std::move(request), queue, "tell about a printer"));
        view.printer_reasons = texts_of(answer.get(), "printer-state-reasons");
        view.printer_message = text_of(answer.get(), "printer-state-message");
        return {};
    }

    static void read_attribute(ipp_attribute_t* at, CupsQueueView& queue) {
        const std::string name = ippGetName(at);
        if (name == "printer-name") queue.name = ippGetString(at, 0, nullptr);
        if (name == "printer-state") queue.stopped = ippGetInteger(at, 0) == IPP_PSTATE_STOPPED;
        if (name == "printer-is-accepting-jobs") queue.accepting = ippGetBoolean(at, 0) != 0;
    }

    const std::string server_;
};

}  // namespace

std::unique_ptr<CupsJobs> libcups_jobs(const std::string& server) {
    return std::make_unique<LibcupsJobs>(server);
}

}  // namespace stimme::printer
