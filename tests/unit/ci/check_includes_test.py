"""The check of includes and links refuses what must not be: forbidden includes and links are planted in a copy of the
tree in memory, at each wall."""
import os
import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / ".ci"))
os.chdir(ROOT)
import check_includes  # noqa: E402
from check_includes import House, WALLS, lies_in  # noqa: E402

TREE = check_includes.read_tree()


def first_in(place, ending=(".h", ".cpp")):
    return next(name for name in sorted(TREE) if lies_in(name, place) and name.endswith(ending))


def problems_with(changes):
    return House({**TREE, **changes}).problems()


def broken(place, bad, changes):
    return list(House({**TREE, **changes}, {place: [bad]}).broken_walls())


def includes(name, target):
    """`name` with one include more."""
    return {name: f'#include "{target}"\n' + TREE.get(name, "")}


def modules_in(house, place):
    return [module for module, folder in house.folder_of.items() if lies_in(folder, place)]


class CheckIncludesTest(unittest.TestCase):
    def walls(self):
        for place, forbidden in WALLS.items():
            for bad in forbidden:
                yield place, bad

    def test_tree_as_it_stands_has_no_problem(self):
        self.assertEqual(House(TREE).problems(), [])

    def test_places_of_every_wall_exist(self):
        for place, bad in self.walls():
            self.assertTrue(first_in(place) and first_in(bad))

    def test_include_across_a_wall_is_refused(self):
        for place, bad in self.walls():
            with self.subTest(place=place, bad=bad):
                name, target = first_in(place), first_in(bad, ".h")
                found = broken(place, bad, includes(name, target))
                self.assertTrue(any(f"{place} must not include {bad}" in p for p in found), found)

    def test_include_through_a_third_header_is_refused(self):
        for place, bad in self.walls():
            with self.subTest(place=place, bad=bad):
                third = "core/base/planted.h"
                found = broken(place, bad, {**includes(third, first_in(bad, ".h")), **includes(first_in(place), third)})
                self.assertTrue(any(p.startswith(f"{place} must not include {bad}") and third in p for p in found), found)

    def test_link_across_a_wall_is_refused(self):
        house = House(TREE)
        for place, bad in self.walls():
            targets = modules_in(house, bad)
            for module in modules_in(house, place)[:1] if targets else []:
                with self.subTest(place=place, bad=bad):
                    lists = house.folder_of[module] + "/CMakeLists.txt"
                    text = TREE[lists].replace(f"stimme_module({module}", f"stimme_module({module} DEPENDS {targets[0]}", 1)
                    found = broken(place, bad, {lists: text})
                    self.assertTrue(any(f"{place} must not link {bad}" in p for p in found), found)

    def test_link_through_another_library_is_refused(self):
        lists = "server/service/log/CMakeLists.txt"
        text = TREE[lists].replace("DEPENDS base", "DEPENDS server_service_roll base", 1)
        self.assertIn("server/service/ballots must not link server/service/roll: server_service_ballots -> "
                      "server_service_log -> server_service_roll", problems_with({lists: text}))

    def test_booth_service_that_includes_the_roll_is_refused(self):
        found = problems_with(includes("server/service/ballots/booth_service.cpp", "server/service/roll/roll_service.h"))
        self.assertTrue(any("server/service/ballots must not include server/service/roll" in p for p in found), found)

    def test_include_of_what_depends_does_not_name_is_refused(self):
        found = problems_with(includes("client/tty/frame.cpp", "core/log/merkle.h"))
        self.assertTrue(any("client_tty doesn't name log among its DEPENDS" in p for p in found), found)

    def test_library_outside_its_folder_is_refused(self):
        for include in ("<sqlite3.h>", "<boost/asio/ip/tcp.hpp>", "<curses.h>", "<nlohmann/json.hpp>"):
            with self.subTest(include=include):
                name = "core/pass/issue.cpp"
                found = problems_with({name: f"#include {include}\n" + TREE[name]})
                self.assertTrue(any(f"{name}: {include} belongs behind" in p for p in found), found)

    def test_circle_of_libraries_is_refused(self):
        lists = "core/log/CMakeLists.txt"
        found = problems_with({lists: TREE[lists].replace("DEPENDS base", "DEPENDS pass base")})
        self.assertTrue(any("need each other" in p for p in found), found)


if __name__ == "__main__":
    unittest.main()
