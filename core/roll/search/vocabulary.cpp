#include "core/roll/search/vocabulary.h"

#include <algorithm>

#include "core/roll/search/fold.h"

namespace stimme::roll {
namespace {

constexpr char between_forms = '\n';
constexpr std::size_t few = 2048;  // texts that are looked at at once, in less than a tenth of a millisecond

// Bits 0 to 25 are letters, 26 to 30 pairs of digits, 31 to 63 pairs of neighbours.
constexpr std::uint64_t single_bits = 0x7FFF'FFFF;

// Folded words have no capitals.
bool is_small_letter(char c) {
    return c >= 'a' && c <= 'z';
}

std::uint64_t bit_of(char c) {
    return std::uint64_t{1} << (is_small_letter(c) ? c - 'a' : 26 + (c - '0') / 2);
}

std::uint64_t bit_of_pair(char first, char second) {
    return std::uint64_t{1} << (31 +
                                (static_cast<unsigned>(first) * 37U + static_cast<unsigned>(second)) % 33U);
}

std::uint64_t signature_of(std::string_view form) {
    std::uint64_t result = 0;
    for (std::size_t i = 0; i < form.size(); ++i) {
        result |= bit_of(form[i]);
        if (i > 0) result |= bit_of_pair(form[i - 1], form[i]);
    }
    return result;
}

bool has(std::uint64_t signature, std::uint64_t wanted) {
    return (signature & wanted) == wanted;
}

bool has_at_most_one_bit(std::uint64_t bits) {
    return (bits & (bits - 1)) == 0;
}

// Whether a text of that signature can hold the word without an error, or with one.
bool may_hold(std::uint64_t signature, const FoldedWord::Form& form) {
    return has(signature, form.signature);
}

bool may_nearly_hold(std::uint64_t signature, const FoldedWord::Form& form) {
    return has_at_most_one_bit(form.signature & single_bits & ~signature) &&
           (has(signature, form.first_half) || has(signature, form.second_half) ||
            has(signature, form.swapped_middle));
}

FoldedWord::Form make_form(std::string text) {
    const std::size_t half = text.size() / 2;
    std::string swapped = text;
    if (half > 0) std::swap(swapped[half - 1], swapped[half]);
    const bool forgiving =
        text.size() >= FoldedWord::min_forgiven && std::all_of(text.begin(), text.end(), is_small_letter);
    const std::string_view all = text;
    return {text,
            forgiving,
            WordMatcher(all),
            signature_of(all),
            signature_of(all.substr(0, half)),
            signature_of(all.substr(half)),
            signature_of(swapped)};
}

}  // namespace

FoldedWord::FoldedWord(std::string_view word) {
    const std::string plain = fold(word).substr(0, WordMatcher::max_letters);
    for (std::string& form : forms_of(plain)) {
        if (!form.empty()) forms_.push_back(make_form(std::move(form)));
    }
}

void Vocabulary::add(std::string_view text) {
    std::uint64_t signature = 0;
    for (const std::string& form : forms_of(text)) {
        if (texts_.size() > begins_.back()) texts_ += between_forms;
        texts_ += form;
        signature |= signature_of(form);
    }
    signatures_.push_back(signature);
    begins_.push_back(static_cast<std::uint32_t>(texts_.size()));
}

void Vocabulary::shrink() {
    signatures_.shrink_to_fit();
    begins_.shrink_to_fit();
    texts_.shrink_to_fit();
}

std::size_t Vocabulary::memory() const {
    return signatures_.capacity() * sizeof(signatures_[0]) + begins_.capacity() * sizeof(begins_[0]) +
           texts_.capacity();
}

Vocabulary::Marks Vocabulary::marks() const {
    return {std::vector<Mask>(size()), std::vector<std::uint8_t>(size()), 0};
}

void Vocabulary::search(const FoldedWord& word, std::size_t number, Marks& marks) const {
    std::vector<std::size_t> open;
    for (const FoldedWord::Form& form : word.forms()) search_form(form, number, marks, open);
    if (open.size() < few) {
        for (const std::size_t text : open) settle(word, number, text, marks);
    }
    for (const std::size_t text : open) marks.any = static_cast<Mask>(marks.any | marks.masks[text]);
}

void Vocabulary::search_form(const FoldedWord::Form& form, std::size_t number, Marks& marks,
                             std::vector<std::size_t>& open) const {
    const Mask exact = bits_of(number, Match::exact), nearly = bits_of(number, Match::with_error);
    for (std::size_t i = 0; i < signatures_.size(); ++i) {
        if (may_hold(signatures_[i], form) && holds(i, form)) {
            marks.masks[i] = static_cast<Mask>(marks.masks[i] | exact);
            marks.any = static_cast<Mask>(marks.any | exact);
        } else if (form.forgiving && may_nearly_hold(signatures_[i], form)) {
            marks.masks[i] = static_cast<Mask>(marks.masks[i] | nearly);
            marks.open[i] = static_cast<std::uint8_t>(marks.open[i] | (1U << number));
            if (open.size() < few) open.push_back(i);
        }
    }
}

void Vocabulary::settle(const FoldedWord& word, std::size_t number, std::size_t text, Marks& marks) const {
    const Mask exact = bits_of(number, Match::exact), nearly = bits_of(number, Match::with_error);
    marks.open[text] = static_cast<std::uint8_t>(marks.open[text] & ~(1U << number));
    if ((marks.masks[text] & exact) == exact) return;
    const bool found = std::any_of(word.forms().begin(), word.forms().end(),
                                   [&](const FoldedWord::Form& form) { return nearly_holds(text, form); });
    if (!found) marks.masks[text] = static_cast<Mask>(marks.masks[text] & ~nearly);
}

bool Vocabulary::holds(std::size_t text, const FoldedWord::Form& form) const {
    if (form.text.size() == 1 && is_small_letter(form.text[0])) return true;  // the signature says so
    return forms_of_text(text).find(form.text) != std::string_view::npos;
}

bool Vocabulary::nearly_holds(std::size_t text, const FoldedWord::Form& form) const {
    if (!form.forgiving || !may_nearly_hold(signatures_[text], form)) return false;
    const std::string_view forms = forms_of_text(text);
    const std::size_t end = std::min(forms.find(between_forms), forms.size());
    return form.matcher.find_in(forms.substr(0, end)) != Match::none ||
           (end < forms.size() && form.matcher.find_in(forms.substr(end + 1)) != Match::none);
}

}  // namespace stimme::roll
