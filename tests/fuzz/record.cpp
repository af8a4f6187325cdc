// A whole record whose files somebody changed: the verifier neither fails nor takes it for complete, unless
// nothing but signatures of strangers were added to its checkpoint.
#include <filesystem>

#include <unistd.h>

#include "core/base/file.h"
#include "core/verify/verify.h"
#include "tests/fuzz/samples.h"
#include "tests/fuzz/target.h"

namespace stimme::fuzz {
namespace {

namespace fs = std::filesystem;

using Files = std::map<std::string, Bytes>;

// The sample record in a folder of its own, which is gone when the program ends.
class Folder {
  public:
    Folder() : path_(fs::temp_directory_path() / ("stimme-fuzz-record-" + std::to_string(::getpid()))) {
        sample_record().write(path_);
        for (const auto& file : fs::recursive_directory_iterator(path_)) {
            if (!file.is_regular_file()) continue;
            const auto content = read_file(file.path());
            require(content.ok(), "a record can be read");
            honest_[fs::relative(file.path(), path_).generic_string()] = *content;
        }
    }
    ~Folder() { fs::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    const fs::path& path() const { return path_; }
    const Files& honest() const { return honest_; }

    void write(const std::string& name, const Bytes& content) const {
        require(write_file(path_ / name, content).ok(), "a file can be written");
    }

  private:
    fs::path path_;
    Files honest_;
};

void change(Bytes& content, Steps& steps) {
    const std::size_t at = steps.below(content.size() + 1);
    switch (steps.byte() % 4) {
        case 0: {
            const ByteView bytes = steps.bytes(1 + steps.byte() % 16u);
            for (std::size_t i = 0; i < bytes.size() && at + i < content.size(); ++i)
                content[at + i] = bytes[i];
            return;
        }
        case 1:
            return content.resize(at);
        case 2: {
            const ByteView bytes = steps.bytes(1 + steps.byte() % 64u);
            content.insert(content.begin() + static_cast<std::ptrdiff_t>(at), bytes.begin(), bytes.end());
            return;
        }
        default:
            if (at < content.size()) content[at] ^= static_cast<std::uint8_t>(1u << steps.byte() % 8u);
    }
}

}  // namespace

FUZZ_TARGET(record) {
    static const Folder folder;
    Steps steps(data);
    Files changed;
    for (int i = 0; i < 4 && steps.left(); ++i) {
        auto file = folder.honest().begin();
        std::advance(file, steps.byte() % folder.honest().size());
        change(changed.emplace(*file).first->second, steps);
    }
    bool same = true;
    for (const auto& [name, content] : changed) {
        folder.write(name, content);
        same = same && (name == "checkpoint" || content == folder.honest().at(name));
    }
    const auto outcome = verify::verify(folder.path(), {.threads = 1});
    for (const auto& [name, content] : changed) folder.write(name, folder.honest().at(name));
    require(same || !outcome.report.complete(), "a changed record isn't complete");
    require(!changed.empty() || outcome.report.complete(), "the honest record is complete");
}

}  // namespace stimme::fuzz
