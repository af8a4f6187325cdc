#include "core/record/source.h"

#include <algorithm>

#include "core/base/file.h"
#include "core/record/mapped_file.h"

namespace stimme::record {
namespace {

Bytes cut(ByteView whole, std::uint64_t offset, std::size_t size) {
    const std::size_t begin = std::min<std::uint64_t>(offset, whole.size());
    return to_bytes(whole.subspan(begin, std::min(size, whole.size() - begin)));
}

}  // namespace

Result<Bytes> Source::fetch_part(const std::string& path, std::uint64_t offset, std::size_t size) {
    STIMME_TRY(const Bytes whole, fetch(path));
    return cut(whole, offset, size);
}

Result<Bytes> FolderSource::fetch(const std::string& path) {
    return read_file(folder_ / path);
}

Result<Bytes> FolderSource::fetch_part(const std::string& path, std::uint64_t offset, std::size_t size) {
    STIMME_TRY(const MappedFile whole, MappedFile::open(folder_ / path));
    return cut(whole.bytes(), offset, size);
}

}  // namespace stimme::record
