"""The list of medicines itself: which names are in it, and in which classes they stand.

Names are endings as the World Health Organization gives them (INN stems). What ends so and is no
member of the class is named here, with the reason.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from triage.names import fold
from triage.rulebook.load import load
from triage.rulebook.model import Medicine
from triage.rulebook.rulebook import Rulebook

RULES = Path(__file__).parents[4] / "rules"

# ending of a generic name: (classes of which one must be there, names that only end so)
STEMS: dict[str, tuple[set[str], set[str]]] = {
    "pril": ({"ace_inhibitor"}, set()),
    "sartan": ({"arb"}, set()),
    "parsentan": ({"arb"}, set()),
    "statin": (
        {"statin"},
        # antifungal; cancer; immune; stops fat; against cystine, fungi and tumours
        {"nystatin", "pentostatin", "belinostat", "orlistat", "cilastatin", "octreotide"},
    ),
    "olol": ({"beta_blocker"}, set()),
    "thiazide": ({"thiazide"}, set()),
    "semide": ({"loop_diuretic"}, set()),
    "vaptan": ({"vaptan"}, set()),
    "dipine": ({"calcium_channel_blocker"}, set()),
    "gliflozin": ({"sglt2"}, set()),
    "glutide": ({"glp1"}, {"teduglutide"}),  # teduglutide: GLP-2, for a short bowel
    "xaban": ({"doac"}, set()),
    "parin": ({"heparin"}, set()),
    "prazole": ({"ppi"}, {"aripiprazole", "brexpiprazole"}),  # antipsychotics
    "prazan": ({"ppi"}, set()),
    "triptan": ({"triptan"}, {"oxitriptan"}),  # 5-HTP
    "setron": ({"other"}, set()),  # against sickness, by serotonin: no flag
    "fibrate": ({"fibrate"}, set()),
    "grel": ({"antiplatelet"}, set()),
    "oxicam": ({"nsaid"}, set()),
    "profen": ({"nsaid"}, set()),
    "coxib": ({"nsaid"}, set()),
    "fenac": ({"nsaid"}, set()),
    "azepam": ({"benzodiazepine"}, set()),
    "azolam": ({"benzodiazepine"}, set()),
    "clone": ({"z_drug"}, set()),
    "oxetine": ({"ssri_snri"}, {"atomoxetine"}),  # for ADHD
    "triptyline": ({"tricyclic"}, set()),
    "peridol": ({"antipsychotic"}, {"droperidol"}),  # used against sickness, and blocks dopamine
    "peridone": ({"antipsychotic"}, {"domperidone"}),  # likewise
    "apine": ({"antipsychotic"}, {"mirtazapine", "nevirapine", "amoxapine"}),
    "floxacin": ({"quinolone"}, set()),
    "cycline": ({"tetracycline"}, set()),
    "thromycin": ({"macrolide"}, set()),
    "conazole": (
        {"azole"},
        {
            "econazole",
            "sertaconazole",
            "luliconazole",
            "bifonazole",
            "fenticonazole",
            "terconazole",
            "efinaconazole",
            "miconazole",
            "butoconazole",
        },
    ),  # on the skin
    "tegravir": ({"integrase_inhibitor"}, set()),
    "navir": ({"hiv_protease"}, set()),
    "platin": ({"chemotherapy"}, set()),
    "rubicin": ({"chemotherapy"}, set()),
    "taxel": ({"chemotherapy"}, set()),
    "parib": ({"kinase_inhibitor"}, set()),
    "rasib": ({"kinase_inhibitor"}, set()),
    "clax": ({"kinase_inhibitor"}, set()),
    "ciclib": ({"kinase_inhibitor"}, set()),
    "degib": ({"hedgehog_inhibitor"}, set()),
    "lidomide": ({"immunomodulator"}, set()),
    "citinib": ({"jak_inhibitor", "kinase_inhibitor"}, set()),
    "dronate": ({"bisphosphonate", "denosumab_zoledronate"}, set()),
    "dronic acid": ({"bisphosphonate", "denosumab_zoledronate"}, set()),
    "terol": ({"laba", "saba"}, {"dihydrotachysterol"}),  # a vitamin D
    "fylline": ({"theophylline"}, {"pentoxifylline", "istradefylline"}),  # circulation; Parkinson's
    "phylline": ({"theophylline"}, set()),
    "afil": ({"pde5"}, set()),
    "trozole": ({"aromatase_inhibitor"}, set()),
    "oxifene": ({"serm"}, set()),
    "imod": ({"biologic"}, {"imiquimod", "laquinimod"}),
    "pexole": ({"dopamine_agonist"}, set()),
    "stigmine": ({"cholinesterase_inhibitor"}, set()),
    "codone": ({"opioid"}, set()),
    "morphone": ({"opioid"}, set()),
    "fentanil": ({"opioid"}, set()),
    "barbital": ({"barbiturate"}, set()),
    "gabalin": ({"gabapentinoid"}, set()),
    "benazine": ({"rls_other"}, set()),
}

# antibodies are many things; each must stand with the immune system, cancer, bones, or be known as harmless here
ANTIBODIES = {"biologic", "egfr_antibody", "cancer_antibody", "checkpoint_inhibitor", "denosumab_zoledronate",
              "bone_anabolic", "other"}  # fmt: skip
OTHER_MAB = {"abciximab", "polatuzumab", "enfortumab"}  # against clotting; two that carry chemotherapy

# Names that were once taken for, or offered as, another medicine: what they are.
DANGEROUS = {
    "tazocin": {"other"},
    "piperacillin with tazobactam": {"other"},
    "pentazocine": {"opioid"},
    "Dytor": {"loop_diuretic"},
    "Dytor Plus": {"loop_diuretic", "potassium_sparing_diuretic"},
    "Vytorin": {"statin", "simvastatin"},
    "Magmin": {"magnesium_prescribed"},
    "Fragmin": {"heparin"},
    "Slow Sodium": {"other"},
    "Slow-K": {"potassium_prescribed"},
    "LoSalt": {"potassium_prescribed", "salt_substitute"},
    "Gaviscon": {"calcium_vitamin_d"},
    "Gaviscon (US, Canada)": {"magnesium_prescribed"},
    "Losec": {"ppi"},
    "Lasix": {"loop_diuretic"},
    "Lasilactone": {"loop_diuretic", "potassium_sparing_diuretic"},
    "amiloride": {"potassium_sparing_diuretic"},
    "amlodipine": {"calcium_channel_blocker", "raises_simvastatin"},
    "Urex": {"loop_diuretic"},
    "Calcium Resonium": {"potassium_binder"},
    "Lokelma": {"potassium_binder"},
    "Veltassa": {"potassium_binder"},
    "Jynarque": {"vaptan"},
    "Miacalcic": {"calcitonin"},
    "clen": {"laba"},
    "Lariam": {"antimalarial"},
    "Ingrezza": {"rls_other"},
    "Austedo": {"rls_other"},
    "Caplyta": {"antipsychotic"},
    "Lynparza": {"kinase_inhibitor"},
    "Lumakras": {"kinase_inhibitor"},
    "Venclexta": {"kinase_inhibitor"},
    "Darzalex": {"cancer_antibody"},
    "Perjeta": {"egfr_antibody"},
    "FOLFOX": {"chemotherapy"},
    "R-CHOP": {"chemotherapy"},
    "Journavx": {"other"},
    "elinzanetant": {"other"},
    "isoniazid": {"other"},
    "Motilium": {"antiemetic"},
    "Vastarel": {"rls_other"},
    "quinidine": {"other"},
}


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load(RULES)


def parts(medicine: Medicine) -> list[str]:
    """The substances of a product that is named by all of them, such as “a with b and c”."""
    if " with " not in medicine.generic:
        return []
    return re.split(r" with | and |, ", medicine.generic.replace(", and ", ", "))


def test_every_class_has_a_medicine(book: Rulebook) -> None:
    taken = {name for medicine in book.medicines.values() for name in medicine.classes}
    assert set(book.classes) == taken


@pytest.mark.parametrize("stem", STEMS)
def test_a_name_that_ends_so_belongs_to_its_class(book: Rulebook, stem: str) -> None:
    classes, exceptions = STEMS[stem]
    found = [
        g
        for g in book.medicines
        if re.fullmatch(rf"[a-z -]*[a-z]{re.escape(stem)}", g) and " with " not in g
    ]
    strays = [g for g in found if g not in exceptions and not classes & set(book.medicines[g].classes)]
    assert strays == []
    assert found, f"no medicine ends in -{stem}"


def test_antibodies_are_told_apart(book: Rulebook) -> None:
    strays = [
        g
        for g, medicine in book.medicines.items()
        if g.endswith("mab") and g not in OTHER_MAB and not ANTIBODIES & set(medicine.classes)
    ]
    assert strays == []


def test_a_combination_carries_the_classes_of_each_part(book: Rulebook) -> None:
    """A part that is in the list by itself, in a class with a flag, gives it to the product.

    Left out are steroids that are breathed in, and parts whose class says no more than that of the other
    part: a hormone that raises the risk of clots beside an oestrogen, a laxative in a bowel cleanser.
    """
    inhaled = {"budesonide", "beclometasone", "fluticasone", "mometasone", "ciclesonide", "triamcinolone"}
    said_by_the_other = {"chlormadinone", "nomegestrol", "cyproterone", "sodium picosulfate"}
    lost: list[str] = []
    for generic, medicine in book.medicines.items():
        for part in parts(medicine):
            alone = book.names.get(fold(part))
            if (
                alone is None
                or alone is medicine
                or part in inhaled | said_by_the_other
                or generic in PART_EXCEPTIONS
            ):
                continue
            wanted = set(alone.classes) - {"other"}
            if wanted and not wanted & set(medicine.classes):
                lost.append(f"{generic}: {part} {sorted(wanted)}")
    assert lost == []


PART_EXCEPTIONS = {
    "calcium and vitamin D with nicotinic acid",  # 20 mg of nicotinic acid is no lipid dose
    "calcipotriol with betamethasone",  # on the skin
}


@pytest.mark.parametrize("name", DANGEROUS)
def test_a_name_once_mistaken_is_known_for_what_it_is(book: Rulebook, name: str) -> None:
    medicine = book.names.get(fold(name))
    assert medicine is not None, name
    assert set(medicine.classes) == DANGEROUS[name]


def test_no_name_is_an_everyday_word(book: Rulebook) -> None:
    """A word of ordinary talk in a long text must not become a medicine by itself."""
    everyday = re.findall(
        r"\w+",
        """
        the a and or not none nothing no yes all my for with once twice daily day night morning evening week month
        tablet tablets pill pills capsule drops cream spray patch injection inhaler medicine medicines dose half
        heart blood pressure water stomach pain sleep bone legs cramps muscle nerve mood sugar cholesterol
        pause clip channel resolve relief moment advent impact speed ice crack gear tide lean tulip nikita vera anna
        diane abel brooke danielle lilia luisa madeline minerva refresh boost protector control panos
    """,
    )
    known = [word for word in everyday if word in book.names]
    assert known == ALREADY_THERE


ALREADY_THERE = ["moment", "tide"]  # brands (ibuprofen in Italy, torasemide in India)


def test_known_by_many_names(book: Rulebook) -> None:
    """The names that are known stay known: at least so many, in at least so many medicines."""
    assert len(book.names) > 20_000
    assert len(book.medicines) > 2_500
