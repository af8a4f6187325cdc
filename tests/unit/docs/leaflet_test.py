"""The short handbook of the desk is two printed pages that say what their source says, in each language alike."""
import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

DOCS = pathlib.Path(__file__).resolve().parents[3] / "docs"
LANGUAGES = ["de", "en"]


def words_of(language, docs=DOCS):
    return json.loads((docs / f"leaflet/desk.{language}.json").read_text(encoding="utf-8"))


def texts(node):
    """All sentences of a source, as they are printed."""
    if isinstance(node, str):
        return [re.sub(r"[`*]", "", node)]
    if isinstance(node, dict):
        return [text for key, value in node.items() if key not in ("picture", "first") for text in texts(value)]
    return [text for value in node for text in texts(value)] if isinstance(node, list) else []


def shape(node):
    """The source without its words."""
    if isinstance(node, dict):
        return {key: value if key in ("picture", "first") else shape(value) for key, value in node.items()}
    return [shape(value) for value in node] if isinstance(node, list) else "text"


def printed(path):
    """What stands on the pages, without blanks."""
    text = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True, text=True).stdout
    return re.sub(r"\s", "", text)


def leaflet(language, docs=DOCS):
    return docs / f"handbook-desk-short.{language}.pdf"


class Leaflet(unittest.TestCase):
    def copy(self):
        """docs/ with what it is made from, to be changed."""
        docs = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, docs)
        for folder in ("leaflet", "screens"):
            shutil.copytree(DOCS / folder, docs / folder)
        return docs

    def make(self, docs):
        return subprocess.run([docs / "leaflet/make"], capture_output=True, text=True)

    def test_it_has_two_pages_of_a4(self):
        for language in LANGUAGES:
            told = subprocess.run(["pdfinfo", leaflet(language)], capture_output=True, check=True, text=True).stdout
            self.assertRegex(told, r"(?m)^Pages: +2$")
            self.assertRegex(told, r"(?m)^Page size: .*\(A4\)$")

    def test_it_says_every_sentence_of_its_source(self):
        for language in LANGUAGES:
            said = printed(leaflet(language))
            for text in texts(words_of(language)):
                self.assertIn(re.sub(r"\s", "", text), said)

    def test_it_shows_a_picture_for_each_that_its_source_names(self):
        for language in LANGUAGES:
            listed = subprocess.run(["pdfimages", "-list", leaflet(language)], capture_output=True, check=True, text=True).stdout
            wanted = json.dumps(words_of(language)).count('"picture"')
            self.assertGreaterEqual(len(set(re.findall(r"(?m)^ +\d+ +\d+ image .* (\d+) +0 ", listed))), wanted, listed)

    def test_the_languages_say_the_same(self):
        self.assertEqual(shape(words_of("de")), shape(words_of("en")))

    def test_what_is_kept_is_what_the_sources_make(self):
        docs = self.copy()
        made = self.make(docs)
        self.assertEqual(made.returncode, 0, made.stderr)
        for language in LANGUAGES:
            self.assertEqual(printed(leaflet(language, docs)), printed(leaflet(language)), "docs/leaflet/make was not run")

    def test_the_same_sources_make_the_same_bytes(self):
        docs = self.copy()
        self.make(docs)
        first = leaflet("de", docs).read_bytes()
        self.make(docs)
        self.assertEqual(leaflet("de", docs).read_bytes(), first)

    def test_what_does_not_fit_is_refused_and_leaves_no_half_pages(self):
        docs = self.copy()
        words = words_of("de", docs)
        words["pages"][1][0]["steps"] += ["Noch ein Schritt."] * 20
        (docs / "leaflet/desk.de.json").write_text(json.dumps(words), encoding="utf-8")
        made = self.make(docs)
        self.assertEqual(made.returncode, 1)
        self.assertRegex(made.stderr, r"page 2 in de is \d+ mm too long")
        self.assertFalse(leaflet("de", docs).exists())


if __name__ == "__main__":
    unittest.main()
