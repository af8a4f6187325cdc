"""Broken catalogues stop the build and are named with file and line; gaps are only listed by the check."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[4]
SCRIPT = ROOT / "client/words/catalogues.py"


class Catalogues(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        shutil.copytree(ROOT / "client/po", self.folder / "po")

    def run_script(self, word, *more):
        ran = subprocess.run([sys.executable, SCRIPT, word, self.folder / "po", *more], capture_output=True, text=True)
        return ran.returncode, ran.stderr

    def compile(self):
        return self.run_script("compile", self.folder / "out")

    def change(self, name, old, new):
        path = self.folder / "po" / name
        text = path.read_text(encoding="utf-8")
        self.assertIn(old, text)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def assert_stops(self, *words):
        code, said = self.compile()
        self.assertEqual(code, 1)
        for word in words:
            self.assertIn(word, said)

    def test_the_catalogues_of_the_tree_are_complete(self):
        self.assertEqual(self.run_script("check"), (0, ""))

    def test_a_missing_sentence_fails_the_check_and_is_said_in_english(self):
        self.change("de.po", 'msgstr "Wahltag"', 'msgstr ""')
        code, said = self.run_script("check")
        self.assertEqual(code, 1)
        self.assertIn('de.po lacks: "Election day"', said)
        self.assertEqual(self.compile(), (0, ""))
        self.assertFalse('"Wahltag"' in (self.folder / "out/table.cpp").read_text(encoding="utf-8"))

    def test_a_fuzzy_sentence_counts_as_missing(self):
        self.change("de.po", 'msgid "Election day"', '#, fuzzy\nmsgid "Election day"')
        self.assertIn('de.po lacks: "Election day"', self.run_script("check")[1])

    def test_a_lost_placeholder_stops_the_build(self):
        self.change("de.po", "{0} bis {1} Uhr", "{0} bis 18 Uhr")
        self.assert_stops("de.po:", "other placeholders", "{0} to {1}")

    def test_another_placeholder_stops_the_build(self):
        self.change("ru.po", "с {0} до {1}", "с {0} до {2}")
        self.assert_stops("ru.po:", "other placeholders")

    def test_a_stray_brace_stops_the_build(self):
        self.change("fr.po", "de {0} à {1}", "de {0} à {1} {h}")
        self.assert_stops("fr.po:", "a brace outside")

    def test_an_unknown_sentence_stops_the_build(self):
        self.change("pl.po", 'msgid "Election day"', 'msgid "Election night"')
        self.assert_stops("pl.po:", "no such sentence", "Election night")

    def test_a_sentence_that_stands_twice_stops_the_build(self):
        self.change("vi.po", 'msgid "Polling hours"', 'msgid "Election day"')
        self.assert_stops("vi.po:", "stands twice")

    def test_an_open_quote_stops_the_build(self):
        self.change("tr.po", 'msgstr "Seçim günü"', 'msgstr "Seçim günü')
        self.assert_stops("tr.po:")

    def test_a_folder_below_asks_only_the_languages_that_it_has(self):
        self.assertEqual([p.name for p in sorted((self.folder / "po/desk").iterdir())], ["de.po", "desk.pot"])
        self.change("desk/de.po", 'msgstr "Suchen"', 'msgstr ""')
        code, said = self.run_script("check")
        self.assertEqual((code, said.strip()), (1, f'{self.folder}/po/desk/de.po lacks: "Search"'))

    def test_sentences_of_a_folder_below_are_said_in_its_languages_and_else_in_english(self):
        self.assertEqual(self.compile(), (0, ""))
        table = (self.folder / "out/table.cpp").read_text(encoding="utf-8")
        self.assertEqual(table.count('"Suchen",'), 1)
        self.assertEqual(table.count('"Search",'), len(list((self.folder / "po").glob("*.po"))))

    def test_one_machine_made_catalogue_takes_the_signature_from_its_language(self):
        self.assertEqual(self.compile(), (0, ""))
        self.assertIn('{"de", "Deutsch", false, "the Stimme project', (self.folder / "out/table.cpp").read_text(encoding="utf-8"))
        signed = re.search(r"X-Stimme-Signed-Off: .*, 2026-11-2\d", (self.folder / "po/booth/de.po").read_text(encoding="utf-8"))[0]
        self.change("booth/de.po", signed, "X-Stimme-Machine-Made: yes")
        self.assertEqual(self.compile(), (0, ""))
        self.assertIn('{"de", "Deutsch", false, ""', (self.folder / "out/table.cpp").read_text(encoding="utf-8"))

    def test_a_translation_in_a_template_stops_the_build(self):
        self.change("desk/desk.pot", 'msgid "Search"\nmsgstr ""', 'msgid "Search"\nmsgstr "Suchen"')
        self.assert_stops("desk.pot:", "translates nothing", "Search")

    def test_a_sentence_of_two_folders_stops_the_build(self):
        self.change("desk/desk.pot", 'msgid "Search"', 'msgid "Election day"')
        self.change("desk/de.po", 'msgid "Search"', 'msgid "Election day"')
        self.assert_stops("desk.pot:", "another .pot", "Election day")

    def test_a_folder_below_may_not_bring_a_language_of_its_own(self):
        path = self.folder / "po/desk/de.po"
        path.with_name("nl.po").write_text(path.read_text(encoding="utf-8").replace("Language: de", "Language: nl"),
                                           encoding="utf-8")
        self.assert_stops("nl.po", "no catalogue of this language")

    def test_a_catalogue_must_say_who_stands_for_it(self):
        self.change("uk.po", '"X-Stimme-Machine-Made: yes\\n"\n', "")
        self.assert_stops("uk.po:", "X-Stimme-Signed-Off")


if __name__ == "__main__":
    unittest.main()
