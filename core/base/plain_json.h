// A fast way through JSON that is as plain as what our own programs write: no white space, no escapes, ASCII
// only, integers of at most 15 digits. It never refuses: whatever isn't plain is left to the full reader,
// which alone decides what is right (core/base/json.h).
//
// Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace stimme::json {

// Gives the events of nlohmann's SAX interface to `sax`. False as soon as something isn't plain or `sax` says
// no: what it got then means nothing.
template <class Sax>
class PlainReader {
  public:
    PlainReader(std::string_view text, Sax& sax) : rest_(text), sax_(sax) {}

    bool read() { return value(0) && rest_.empty(); }

  private:
    static constexpr std::size_t max_depth = 64;
    static constexpr std::size_t max_digits = 15;

    bool take(char wanted) {
        if (rest_.empty() || rest_.front() != wanted) return false;
        rest_.remove_prefix(1);
        return true;
    }
    bool take(std::string_view wanted) {
        if (!rest_.starts_with(wanted)) return false;
        rest_.remove_prefix(wanted.size());
        return true;
    }

    bool value(std::size_t depth) {
        if (rest_.empty() || depth == max_depth) return false;
        switch (rest_.front()) {
            case '{':
                return object(depth);
            case '[':
                return array(depth);
            case '"': {
                std::string content;
                return text(content) && sax_.string(content);
            }
            case 't':
                return take("true") && sax_.boolean(true);
            case 'f':
                return take("false") && sax_.boolean(false);
            default:
                return integer();
        }
    }

    bool object(std::size_t depth) {
        take('{');
        if (!sax_.start_object(0)) return false;
        if (take('}')) return sax_.end_object();
        do {
            std::string key;
            if (!text(key) || !take(':') || !sax_.key(key) || !value(depth + 1)) return false;
        } while (take(','));
        return take('}') && sax_.end_object();
    }

    bool array(std::size_t depth) {
        take('[');
        if (!sax_.start_array(0)) return false;
        if (take(']')) return sax_.end_array();
        do {
            if (!value(depth + 1)) return false;
        } while (take(','));
        return take(']') && sax_.end_array();
    }

    // How many of the first characters stand for themselves. Whole blocks first, which compilers check as
    // one.
    static std::size_t plain_size(std::string_view text) {
        constexpr std::size_t block = 32;
        const auto plain = [](char c) { return (c >= ' ') & (c <= '~') & (c != '"') & (c != '\\'); };
        std::size_t size = 0;
        for (; size + block <= text.size(); size += block) {
            int all = 1;
            for (std::size_t i = 0; i < block; ++i) all &= plain(text[size + i]);
            if (all == 0) break;
        }
        while (size < text.size() && plain(text[size])) ++size;
        return size;
    }

    bool text(std::string& content) {
        if (!take('"')) return false;
        const std::size_t size = plain_size(rest_);
        content.assign(rest_.substr(0, size));
        rest_.remove_prefix(size);
        return take('"');
    }

    bool integer() {
        std::uint64_t number = 0;
        std::size_t size = 0;
        for (; size < rest_.size() && rest_[size] >= '0' && rest_[size] <= '9'; ++size) {
            if (size == max_digits) return false;
            number = number * 10 + static_cast<std::uint64_t>(rest_[size] - '0');
        }
        if (size == 0 || (size > 1 && rest_.front() == '0')) return false;
        rest_.remove_prefix(size);
        return sax_.number_unsigned(number);
    }

    std::string_view rest_;
    Sax& sax_;
};

}  // namespace stimme::json
