// The two encodings in which registers come, turned into UTF-8 (through ICU).
//
// Thread rule: a Decoder belongs to one thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace stimme::roll {

enum class Encoding { utf8, windows_1252 };

// "UTF-8", "Windows-1252".
std::string_view to_string(Encoding encoding);

bool is_utf8(std::string_view text);

// Whether UTF-8 text holds a control character (line breaks and tabs too).
bool has_control(std::string_view utf8);

// At most `max_bytes` of it as valid UTF-8, for messages; what can't be shown becomes U+FFFD.
std::string shown(std::string_view text, std::size_t max_bytes = 100);

class Decoder {
  public:
    explicit Decoder(Encoding encoding);
    ~Decoder();
    Decoder(Decoder&&) noexcept;
    Decoder& operator=(Decoder&&) noexcept;

    // Turns `text` into UTF-8 in place; false when it isn't of that encoding, and then it is unchanged.
    bool decode(std::string& text) const;

  private:
    struct Converter;
    std::unique_ptr<Converter> converter_;  // none: UTF-8
};

}  // namespace stimme::roll
