// For targets that read JSON: every other change is made to the document and not to its bytes, so that it
// stays canonical and gets past the first check. libFuzzer calls this; fuzz_replay doesn't need it.
#include <random>

#include "core/base/json.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace stimme::fuzz {
namespace {

using json::Array;
using json::Object;
using json::Value;

class Mutator {
  public:
    explicit Mutator(unsigned seed) : random_(seed) {}

    void change(Value& value) {
        if (auto* array = value.get<Array>(); array && !array->empty() && below(8) != 0)
            return change(*array);
        if (auto* object = value.get<Object>(); object && !object->empty() && below(8) != 0)
            return change(*object);
        if (auto* text = value.get<std::string>(); text && below(8) != 0) return change(*text);
        value = other();
    }

  private:
    std::size_t below(std::size_t bound) { return random_() % bound; }

    void change(Array& array) {
        const std::size_t at = below(array.size());
        const auto place = array.begin() + static_cast<std::ptrdiff_t>(at);
        switch (below(8)) {
            case 0:
                array.erase(place);
                return;
            case 1:
                array.insert(place, Value(*place));
                return;
            case 2:
                std::swap(array[at], array[below(array.size())]);
                return;
            default:
                return change(array[at]);
        }
    }

    void change(Object& object) {
        const json::Member member = object.members()[below(object.members().size())];
        switch (below(10)) {
            case 0:
                return object.erase(member.first);
            case 1:
                return object.set(member.first + "x", member.second);
            case 2:
                return object.set(object.members()[below(object.members().size())].first, member.second);
            default: {
                Value value = member.second;
                change(value);
                return object.set(member.first, std::move(value));
            }
        }
    }

    void change(std::string& text) {
        static constexpr std::string_view letters = "0123456789abcdef-zA/+= \n\\\"\x01";
        if (text.empty()) return text.push_back('a');
        const std::size_t at = below(text.size());
        switch (below(6)) {
            case 0:
                text.erase(at, 1 + below(text.size()));
                return;
            case 1:
                text.insert(at, text.substr(below(text.size()), 64));
                return;
            default:
                text[at] = letters[below(letters.size())];
        }
    }

    Value other() {
        static constexpr std::int64_t numbers[] = {
            0, 1, -1, 2, 255, 65535, 65536, json::max_integer, -json::max_integer};
        switch (below(6)) {
            case 0:
                return numbers[below(std::size(numbers))];
            case 1:
                return below(2) == 0;
            case 2:
                return std::string(below(70), '0');
            case 3:
                return Array{};
            case 4:
                return Object{};
            default:
                return static_cast<std::int64_t>(below(1000));
        }
    }

    std::minstd_rand random_;
};

}  // namespace
}  // namespace stimme::fuzz

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed) {
    using namespace stimme;
    if (seed % 2 == 0) return LLVMFuzzerMutate(data, size, max_size);
    auto value = json::parse(as_text({data, size}));
    if (!value) return LLVMFuzzerMutate(data, size, max_size);
    fuzz::Mutator(seed).change(*value);
    const std::string text = json::canonical(*value);
    if (text.size() > max_size) return LLVMFuzzerMutate(data, size, max_size);
    std::memcpy(data, text.data(), text.size());
    return text.size();
}
