"""Plainly invented people: given names from many places, family names that say they are made up."""

from typing import Literal

import numpy as np

from data_access.records import Sex

FAMILY_NAMES = ("Sample", "Specimen", "Invented", "Example", "Madeup", "Pretend", "Fictive", "Imagined")

FEMALE = (
    "Rowan", "Amara", "Leontyne", "Ingrid", "Mei", "Fatima", "Tamsin", "Marisol", "Yuki", "Oksana",
    "Priya", "Niamh", "Zofia", "Chipo", "Elif", "Carmen", "Hana", "Sanne", "Aroha", "Beatriz",
    "Noor", "Greta", "Thandiwe", "Lucia", "Siobhan", "Anahita", "Kamala", "Freya", "Ximena", "Mariam",
    "Dilnoza", "Agnieszka", "Wanjiru", "Soraya", "Linh", "Eirini", "Paloma", "Ruta", "Hadiza", "Jasmin",
    "Astrid", "Lakshmi", "Catrin", "Nomsa", "Delphine", "Sakura", "Irena", "Halima", "Moana", "Giulia",
    "Tova", "Rania", "Birgit", "Adaeze", "Consuelo", "Aiko", "Lenka", "Shirin", "Abena", "Mirela",
    "Kirsten", "Parvati", "Solveig", "Yewande", "Ines", "Gulnara", "Maeve", "Pania", "Clarisse", "Daria",
    "Bronwen", "Farida", "Ewa", "Nalini", "Ulrike", "Temperance", "Ayesha", "Rosalind", "Vesna", "Makena",
)  # fmt: skip
MALE = (
    "Idris", "Bertil", "Mateo", "Kwame", "Haruto", "Seamus", "Arjun", "Piotr", "Tariq", "Lorenzo",
    "Anders", "Sione", "Dmytro", "Joaquim", "Omar", "Gethin", "Tomasz", "Nikhil", "Emeka", "Bogdan",
    "Hamish", "Yusuf", "Rafael", "Jiho", "Matthias", "Sipho", "Leif", "Cemal", "Pavel", "Ravi",
    "Alasdair", "Goran", "Thabo", "Minh", "Stavros", "Wiremu", "Lucien", "Farhad", "Oskar", "Chidi",
)  # fmt: skip
EITHER = ("Robin", "Kit", "Sasha", "Ariel", "Jules", "Noa", "Sam", "Remi", "Alex", "Charlie", "Ashwin", "Lou")

_BY_SEX: dict[str, tuple[str, ...]] = {"female": FEMALE, "male": MALE, "other": EITHER, "unknown": EITHER}
_STRIDE = 7  # coprime to the length of each list: neighbours differ, and no name comes twice before all came once


def given_name(sex: Sex, number: int) -> str:
    """The given name of the person with that number: it belongs to the sex, and only the number decides."""
    names = _BY_SEX[sex]
    return names[(number * _STRIDE) % len(names)]


def family_name(random: np.random.Generator) -> str:
    """A family name that cannot be taken for a real one; most are 'Sample'."""
    return FAMILY_NAMES[random.choice(len(FAMILY_NAMES), p=(0.3, *[0.1] * 7))]


StaffRole = Literal["physician", "physiotherapist", "psychologist", "nurse", "coordinator"]

STAFF_GIVEN: dict[str, tuple[str, ...]] = {
    "physician": ("Ada", "Nils", "Ngozi", "Tomoko", "Esteban", "Rhiannon"),
    "physiotherapist": ("Milo", "Katja", "Sefa", "Orla", "Ramon", "Anjali"),
    "psychologist": ("Kemi", "Jonas", "Leila", "Bryn", "Chiara", "Hoa"),
    "nurse": ("Nadia", "Finn", "Grace", "Wen", "Tobias", "Lerato"),
    "coordinator": ("Cleo", "Ismail", "Petra", "Dara", "Viggo", "Salma"),
}
