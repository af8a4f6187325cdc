#include "tests/bench/people_maker.h"

#include <array>
#include <cmath>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace stimme::bench {
namespace {

using Words = std::vector<std::string_view>;

// Names as they are, and pieces of which more are made: beginning, middle, end.
struct Names {
    Words known, begins, middles, ends;

    std::size_t made() const { return begins.size() * middles.size() * middles.size() * ends.size(); }
    std::size_t count() const { return known.size() + made(); }
    std::string at(std::size_t i) const {
        if (i < known.size()) return std::string(known[i]);
        // The factor strews neighbours, so that frequent names don't all begin alike.
        i = (i - known.size()) * 7919 % made();
        std::string result(begins[i % begins.size()]);
        i /= begins.size();
        result += middles[i % middles.size()];
        i /= middles.size();
        result += middles[i % middles.size()];
        return result += ends[i / middles.size()];
    }
};

struct Language {
    Names families, givens;
};

const std::vector<Language>& languages() {
    static const std::vector<Language> all = {
        {{{"Yılmaz", "Kaya", "Demir", "Şahin", "Çelik", "Yıldız", "Öztürk", "Aydın", "Arslan", "Doğan"},
          {"Ak", "Kara", "Öz", "Gül", "Şen", "Yıl", "Çet", "Er", "Bul", "Tok"},
          {"", "a", "er", "dağ", "ı", "in", "taş", "o", "kay", "ül"},
          {"oğlu", "çı", "türk", "demir", "maz", "el", "soy", "an", "er"}},
         {{"Ayşe", "Fatma", "Mehmet", "Mustafa", "Hüseyin", "Emine", "Ali", "İpek", "Murat", "Elif"},
          {"Ay", "Gül", "Ner", "Hat", "Öm", "Sel", "Tuğ", "Yas", "Zey", "Bur"},
          {"", "a", "i", "er", "ü", "em"},
          {"cem", "nur", "han", "min", "an", "ten", "it"}}},
        {{{"Al-Hassan", "Haddad", "Al Ahmad", "Khalil", "Ibrahim", "Mansour", "Abu Zaid", "Saleh", "Hamdan"},
          {"Al-", "Abu ", "Ha", "Kha", "Ma", "Sa", "Ta", "Ra", "Na", "Ja"},
          {"", "ha", "li", "ma", "rou", "ssa", "di", "ba", "mu", "za"},
          {"sh", "ed", "oun", "ani", "ar", "id", "an", "ri"}},
         {{"Mohammad", "Ahmad", "Fatima", "Omar", "Khaled", "Maryam", "Yousef", "Aisha", "Hussein"},
          {"Ab", "Ja", "Na", "Sa", "Ra", "Wa", "Ha", "Mu", "Fa", "Za"},
          {"", "di", "li", "ma", "ra", "ha"},
          {"da", "m", "n", "sir", "r", "b", "h"}}},
        {{{"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ"},
          {"Ng", "Tr", "Ph", "H", "Đ", "Th", "L", "V"},
          {"", "ư", "a", "o"},
          {"ng", "n", "i", "nh", "m"}},
         {{"Thị Hương", "Văn Minh", "Thu Hà", "Minh Đức", "Thị Lan", "Quốc Anh", "Ngọc Ánh"},
          {"Thị ", "Văn ", "Minh ", "Ngọc ", "Thu ", "Quốc ", "Đức ", "Hồng "},
          {"", "Ph", "Th", "H", "L", "Tr"},
          {"ương", "ảo", "ùng", "oa", "an", "inh", "uấn"}}},
        {{{"Kowalski", "Wójcik", "Kamińska", "Lewandowski", "Zieliński", "Szymańska", "Dąbrowski", "Nowak"},
          {"Ko", "Wi", "Szy", "Ła", "Zi", "Dą", "Gra", "Prze", "Brzo", "Mi"},
          {"", "wal", "kow", "zo", "mań", "le", "ni", "ra", "cho", "bro"},
          {"ski", "ska", "czyk", "wicz", "ek", "iak", "ak"}},
         {{"Piotr", "Agnieszka", "Krzysztof", "Małgorzata", "Paweł", "Anna", "Łukasz", "Zofia"},
          {"Bo", "Wła", "Sta", "Ja", "Mi", "Ka", "Ra", "Do", "Gra"},
          {"", "ni", "dy", "ro", "ta", "ze"},
          {"sław", "mira", "fał", "na", "min", "rzyna"}}},
        {{{"Шевченко", "Kovalenko", "Melnyk", "Bondarenko", "Tkachenko", "Petrowa", "Iwanow", "Kusnezowa"},
          {"Ko", "Bon", "Schew", "Pe", "Mo", "Iw", "Kus", "Tka", "Hry", "Li"},
          {"", "da", "ro", "tsch", "wa", "len", "ne", "ma", "ko", "si"},
          {"enko", "uk", "ow", "owa", "tschuk", "yk", "enkow"}},
         {{"Olena", "Mykola", "Swetlana", "Natalija", "Dmytro", "Tatjana", "Iryna", "Oleksandr"},
          {"Wo", "Ol", "An", "Mi", "Ser", "Ju", "Ka", "Ja"},
          {"", "lo", "dy", "te", "ha", "ri"},
          {"myr", "na", "ij", "slaw", "ja", "lia"}}},
        {{{"Popescu", "Ionescu", "Dumitru", "Stan", "Gheorghe", "Munteanu", "Ţurcanu", "Rusu"},
          {"Po", "Io", "Du", "Sta", "Mun", "Cri", "Flo", "Ban", "Vă", "Că"},
          {"", "pe", "ne", "mi", "rea", "lă", "şe", "ri", "tă", "do"},
          {"scu", "eanu", "aru", "iu", "oiu", "an"}},
         {{"Ștefan", "Ioana", "Andrei", "Maria", "Elena", "Mihai", "Cristina", "Alexandru"},
          {"Flo", "Cri", "Va", "Da", "Mi", "Lu", "Ga", "Ro"},
          {"", "ri", "sti", "le", "ni", "bri"},
          {"an", "na", "ca", "el", "ela", "u"}}},
        {{{"Rossi", "Esposito", "Bianchi", "De Luca", "D'Angelo", "Ricci", "Lo Presti", "Greco"},
          {"Ber", "Ca", "Di ", "Fer", "Gal", "Mar", "Pa", "San", "Tri", "Vi"},
          {"", "lo", "ti", "ra", "na", "del", "ri", "co", "gli", "man"},
          {"ni", "no", "ella", "etti", "ucci", "aro", "one"}},
         {{"Giuseppe", "Maria", "Antonio", "Francesca", "Giovanni", "Lucia", "Marco", "Chiara"},
          {"Al", "Be", "Do", "Fe", "Gi", "Lo", "Ma", "Sa"},
          {"", "be", "na", "me", "ri", "van"},
          {"to", "ta", "nico", "ella", "no", "zio"}}},
        {{{"Παπαδόπουλος", "Papadopoulos", "Georgiou", "Nikolaidis", "Dimitriou", "Petrović", "Đukić"},
          {"Pa", "Ge", "Ni", "Di", "Đor", "Jo", "Ste", "Ka", "Mi", "Ra"},
          {"", "pa", "ko", "va", "ni", "mi", "do", "la", "tri", "ra"},
          {"poulos", "idis", "ović", "akis", "ević", "os", "ić"}},
         {{"Dimitrios", "Eleni", "Dragan", "Milica", "Nikola", "Sofia", "Zoran", "Konstantinos"},
          {"Dra", "Mi", "Zo", "Ste", "Vla", "Jo", "Ka", "An"},
          {"", "ga", "li", "va", "di", "te"},
          {"na", "n", "ca", "mir", "slav", "rios"}}},
        {{{"García", "Fernández", "Silva", "dos Santos", "López", "Muñoz", "Núñez", "O'Brien", "Smith"},
          {"Gar", "Her", "Men", "Ro", "San", "Val", "Cas", "Gu", "Pe", "Mo"},
          {"", "nán", "dri", "ti", "re", "ra", "de", "la", "ta", "mo"},
          {"ez", "es", "o", "al", "ón", "ado", "eira"}},
         {{"José", "María", "Juan Carlos", "Ana", "João", "Lucía", "Ángel", "Inés"},
          {"Al", "Fer", "Ra", "Gui", "Ma", "Lu", "Be", "Ed"},
          {"", "nan", "ri", "fa", "ber", "tri"},
          {"do", "el", "to", "cia", "na", "z"}}},
        {{{"Müller", "Mueller", "Schmidt", "Schröder", "Groß", "von der Heide", "Weiß", "Schäfer", "Köhler"},
          {"Schnei", "Hof", "Wag", "Stein", "Bau", "Kühn", "Rie", "Hart", "Löw", "Zim"},
          {"", "ber", "en", "mann", "ler", "der", "ge", "in", "ner", "wald"},
          {"er", "mann", "feld", "bach", "ing", "burg", "stein"}},
         {{"Anna", "Hans", "Käthe", "Peter", "Sabine", "Thomas", "Ursula", "Jürgen"},
          {"Hei", "Ger", "Wal", "Sieg", "Man", "Ro", "An", "Bri"},
          {"", "de", "ma", "fri", "ni", "ger"},
          {"lind", "traud", "ka", "te", "red", "bert"}}},
    };
    return all;
}

constexpr std::array<std::string_view, 40> stems = {"Leipziger ",
                                                    "Otto-von-Guericke-",
                                                    "Agneten",
                                                    "Linden",
                                                    "Große Diesdorfer ",
                                                    "Lübecker ",
                                                    "Haupt",
                                                    "Schul",
                                                    "Garten",
                                                    "Bahnhof",
                                                    "Goethe",
                                                    "Schiller",
                                                    "Mühlen",
                                                    "Kirch",
                                                    "Wald",
                                                    "Berg",
                                                    "Ring",
                                                    "Rosen",
                                                    "Tulpen",
                                                    "Ahorn",
                                                    "Birken",
                                                    "Eichen",
                                                    "Fichten",
                                                    "Kant",
                                                    "Hegel",
                                                    "Heine",
                                                    "Brunnen",
                                                    "Markt",
                                                    "Burg",
                                                    "Königs",
                                                    "Kaiser",
                                                    "Nord",
                                                    "Süd",
                                                    "Ost",
                                                    "West",
                                                    "Hansa",
                                                    "Halberstädter ",
                                                    "Berliner ",
                                                    "Elb",
                                                    "Dom"};
constexpr std::array<std::string_view, 10> middles = {"",     "wiesen", "kamp", "höfer ", "berger ",
                                                      "bach", "acker",  "see",  "au",     "grund"};
constexpr std::array<std::string_view, 9> kinds = {"straße", "weg",  "platz", "allee", "gasse",
                                                   "ring",   "ufer", "damm",  "stieg"};

}  // namespace

std::size_t PeopleMaker::below(std::size_t count) {
    return static_cast<std::size_t>(random_() % count);
}

std::size_t PeopleMaker::skewed(std::size_t count) {
    const double share = static_cast<double>(random_() >> 11) * 0x1p-53;
    return static_cast<std::size_t>(std::pow(static_cast<double>(count), share)) % count;
}

std::string PeopleMaker::birth_date() {
    const auto year = 1925 + below(85);
    if (below(25) == 0) return fmt::format("{}-01-01", year);
    return fmt::format("{}-{:02}-{:02}", year, 1 + below(12), 1 + below(28));
}

std::string PeopleMaker::street() {
    return fmt::format("{}{}{}", stems[below(stems.size())], middles[skewed(middles.size())],
                       kinds[skewed(kinds.size())]);
}

std::string PeopleMaker::house_number() {
    const std::string number = std::to_string(1 + skewed(250));
    return below(5) == 0 ? number + static_cast<char>('a' + below(4)) : number;
}

MadePerson PeopleMaker::next() {
    const Language& language = languages()[below(languages().size())];
    MadePerson person;
    person.number = std::to_string(10'000'000 + made_++);
    person.family_name = language.families.at(skewed(language.families.count()));
    person.given_names = language.givens.at(skewed(language.givens.count()));
    if (below(3) == 0) person.given_names += " " + language.givens.at(skewed(language.givens.count()));
    if (below(15) == 0) person.family_name += "-" + language.families.at(skewed(language.families.count()));
    person.birth_date = birth_date();
    person.street = street();
    person.house_number = house_number();
    person.postcode = std::to_string(39'104 + below(26));
    person.city = "Magdeburg";
    person.station = std::to_string(1 + below(120));
    person.register_block = below(200) == 0;
    return person;
}

}  // namespace stimme::bench
