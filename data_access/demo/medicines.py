"""The medicines of the invented clinic: names, ATC codes and usual doses from reference 7.7."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Product:
    """One medicine as it is prescribed here; `times` are the usual hours of a regular one."""

    medicine: str
    atc: str
    doses: tuple[float, ...]  # the usual steps, in `unit`
    unit: str
    frequency: str
    times: tuple[str, ...] = ()
    route: str = "oral"
    every: int = 1  # days from one to the next: a patch is put on every third day


REGULAR = (
    Product("amitriptyline", "N06AA09", (10, 25), "mg", "once at night", ("22:00",)),
    Product("duloxetine", "N06AX21", (30, 60), "mg", "once in the morning", ("08:00",)),
    Product("pregabalin", "N02BF02", (75, 150), "mg", "twice a day", ("08:00", "20:00")),
    Product("gabapentin", "N02BF01", (300, 600), "mg", "three times a day", ("08:00", "14:00", "22:00")),
    Product("nortriptyline", "N06AA10", (10, 25), "mg", "once at night", ("22:00",)),
    Product("sertraline", "N06AB06", (50, 100), "mg", "once in the morning", ("08:00",)),
    Product("milnacipran", "N06AX17", (50,), "mg", "twice a day", ("08:00", "20:00")),
    Product("naproxen", "M01AE02", (250, 500), "mg", "twice a day", ("08:00", "20:00")),
    Product("cyclobenzaprine", "M03BX08", (5, 10), "mg", "once at night", ("22:00",)),
    Product("mirtazapine", "N06AX11", (15, 30), "mg", "once at night", ("22:00",)),
    Product("melatonin", "N05CH01", (2,), "mg", "once at night", ("22:00",)),
)
PARACETAMOL = Product("paracetamol", "N02BE01", (1000, 500), "mg", "up to four times a day")
CODEINE_PARACETAMOL = Product(
    "codeine 30 mg + paracetamol 500 mg", "N02AJ06", (2, 1), "{tablet}", "up to 4 times a day"
)
TRAMADOL = Product("tramadol", "N02AX02", (50,), "mg", "up to four times a day")
AS_NEEDED = (
    PARACETAMOL,
    Product("ibuprofen", "M01AE01", (400, 200), "mg", "up to three times a day, with food"),
    TRAMADOL,
    CODEINE_PARACETAMOL,
    Product("diclofenac gel", "M02AA15", (2, 4), "g", "up to four times a day", route="topical"),
    Product("sumatriptan", "N02CC01", (50,), "mg", "at the start of a migraine"),
    Product("zopiclone", "N05CF01", (3.75, 7.5), "mg", "at night, not every night"),
)
COMMON_AS_NEEDED = (0.36, 0.24, 0.12, 0.1, 0.1, 0.04, 0.04)
"""How often each of `AS_NEEDED` is the one somebody uses; sums to 1."""

OF_NAMED_CASES = (
    Product("fentanyl patch", "N02AB03", (12,), "ug/h", "one patch every 72 hours", ("09:00",), "transdermal", 3),
    Product("Devil's claw capsules", "", (480,), "mg", "twice a day", ("08:00", "20:00")),
)
"""Regular ones that nobody draws by chance: a patch, and a herbal remedy that no list of medicines knows."""

_BY_NAME = {product.medicine: product for product in (*REGULAR, *AS_NEEDED, *OF_NAMED_CASES)}


def product(medicine: str) -> Product:
    """The product of that name. Raises KeyError for one the invented clinic does not use."""
    return _BY_NAME[medicine]
