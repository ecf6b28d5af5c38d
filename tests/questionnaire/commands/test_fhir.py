"""FHIR on the command line: the form, and answers to it."""

import json
import stat
from pathlib import Path

import pytest
from programs.command_line import SMALL, legcramp_forked

from triage.engine.response import Response
from triage.fhir.responses.writing import questionnaire_response

RULES = ("--rules", str(SMALL))


@pytest.fixture
def run(tmp_path: Path):
    return lambda *arguments: legcramp_forked(tmp_path, *arguments, *RULES)


def test_the_form_is_written_whole_private_and_never_over_another(run, tmp_path: Path) -> None:
    assert run("fhir", "questionnaire", "-o", "form.json").returncode == 0
    file = tmp_path / "form.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    form = json.loads(file.read_text(encoding="utf-8"))
    assert (form["resourceType"], form["url"]) == ("Questionnaire", "urn:legcramp:questionnaire:small")
    assert file.read_text(encoding="utf-8") == run("fhir", "questionnaire").stdout
    again = run("fhir", "questionnaire", "-o", "form.json")
    assert (again.returncode, "exists already" in again.stderr) == (2, True)
    child = json.loads(run("fhir", "questionnaire", "--for", "child").stdout)
    assert child["url"].endswith(":child")


def test_wrong_use_is_said(run) -> None:
    done = run("fhir", "questionnaire", "--for", "cat")
    assert (done.returncode, "child" in done.stderr) == (2, True)


def test_answers_to_the_form_are_assessed_like_any_others(run, tmp_path: Path, small, responses) -> None:
    plain = {"alarm": ["chest"], "age": 50, "kidneys": "unsure"}
    written = questionnaire_response(small, responses(small, **plain))
    (tmp_path / "fhir.json").write_text(json.dumps(written), encoding="utf-8")
    (tmp_path / "ours.json").write_text(json.dumps({"format": "legcramp-answers/1", "answers": plain}))
    ours, theirs = (
        run("assess", name, "--today", "2026-11-22", "--format", "json")
        for name in ("ours.json", "fhir.json")
    )
    assert theirs.stdout == ours.stdout
    assert json.loads(theirs.stdout)["disposition"]["code"] == "emergency"
    assert (theirs.returncode, theirs.stderr) == (0, "")


def test_what_is_not_understood_of_an_older_version_is_named_and_the_rest_assessed(
    run, tmp_path: Path, small
) -> None:
    written = questionnaire_response(small, Response({"age": 50}))
    written["questionnaire"] = written["questionnaire"].split("|")[0] + "|2019.1.1"
    written["item"].append({"linkId": "gone", "answer": [{"valueString": "x"}]})
    (tmp_path / "old.json").write_text(json.dumps(written), encoding="utf-8")
    done = run("assess", "old.json")
    assert done.returncode == 0
    assert "2019.1.1" in done.stderr
    assert "“gone”" in done.stderr


def test_wrong_fhir_is_one_message_status_2_and_no_file(run, tmp_path: Path) -> None:
    for name, raw in {
        "xml": b"<QuestionnaireResponse/>",
        "other": b'{"resourceType": "QuestionnaireResponse", "questionnaire": "http://x/phq9"}',
        "strange": b'{"resourceType": "QuestionnaireResponse", "item": [{"linkId": "knees"}]}',
        "big": b'{"resourceType": "QuestionnaireResponse"}' + b" " * 50_000_000,
    }.items():
        (tmp_path / name).write_bytes(raw)
        done = run("assess", name, "-o", "page.txt")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(name)
        assert not (tmp_path / "page.txt").exists()


def test_a_batch_reads_them_line_by_line_and_says_which_it_cannot(
    run, tmp_path: Path, small, responses
) -> None:
    written = questionnaire_response(small, responses(small, alarm=["chest"], own_words="x"))
    old = {**written, "questionnaire": written["questionnaire"].split("|")[0] + "|2019.1.1"}
    wrong = {**written, "item": [{"linkId": "knees"}]}
    lines = [{**written, "id": "a"}, old, wrong, {"alarm": []}]
    (tmp_path / "in.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    assert run("batch", "in.jsonl", "-o", "out.jsonl").returncode == 0
    found = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [(row["row"], row.get("id"), row["disposition"]) for row in found] == [
        (1, "a", "emergency"),
        (4, None, "unfinished"),
    ]
    rejected = (tmp_path / "out.jsonl.rejected.jsonl").read_text()
    for words in ("2019.1.1", "QuestionnaireResponse.item[0].linkId", "there is no question “knees”"):
        assert words in rejected


def test_a_result_goes_out_as_a_document_for_clinics_programs(run, tmp_path: Path) -> None:
    answers = {"alarm": [], "age": 50, "signs": ["weak?"], "medicines": ["aprinox"]}
    (tmp_path / "a.json").write_text(json.dumps({"format": "legcramp-answers/1", "answers": answers}))
    done = run("assess", "a.json", "--today", "2026-11-22", "--format", "fhir", "-o", "result.json")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    file = tmp_path / "result.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    bundle = json.loads(file.read_text(encoding="utf-8"))
    kinds = [entry["resource"]["resourceType"] for entry in bundle["entry"]]
    assert (bundle["resourceType"], bundle["type"], kinds[0]) == ("Bundle", "document", "Composition")
    assert {"QuestionnaireResponse", "MedicationStatement", "Observation", "CarePlan"} <= {*kinds}
    data = json.loads(run("assess", "a.json", "--today", "2026-11-22", "--format", "json").stdout)
    (plan,) = [e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "CarePlan"]
    assert (
        plan["activity"][0]["outcomeCodeableConcept"][0]["coding"][0]["code"] == data["disposition"]["code"]
    )


def test_what_comes_from_a_form_goes_out_as_a_document(run, tmp_path: Path, small) -> None:
    """Answers as FHIR in, the result as FHIR out; and the answers that it holds are read once more."""
    written = questionnaire_response(small, Response({"age": 50, "kidneys": "fine"}))
    (tmp_path / "answers.json").write_text(json.dumps(written))
    bundle = json.loads(run("assess", "answers.json", "--today", "2026-11-22", "--format", "fhir").stdout)
    (inside,) = [
        e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "QuestionnaireResponse"
    ]
    (tmp_path / "again.json").write_text(json.dumps(inside))
    again = run("assess", "again.json", "--today", "2026-11-22", "--format", "fhir")
    assert (again.returncode, again.stderr) == (0, "")
    assert json.loads(again.stdout) == bundle


@pytest.mark.parametrize(
    ("content", "arguments", "words"),
    [
        ('{"format": "legcramp-answers/1", "answers": {"age": "old"}}', (), "“age” needs a whole number"),
        ('{"resourceType": "Patient"}', (), "Patient"),
        ("{", (), "not JSON"),
        ('{"format": "legcramp-answers/1", "answers": {"age": 50}}', ("-o", "answers.json"), "--force"),
        (
            '{"format": "legcramp-answers/1", "answers": {"age": 50}}',
            ("-o", "nowhere/x.json"),
            "cannot be written",
        ),
    ],
)
def test_what_cannot_become_a_document_is_said_once(
    run, tmp_path: Path, content: str, arguments: tuple[str, ...], words: str
) -> None:
    (tmp_path / "answers.json").write_text(content)
    done = run("assess", "answers.json", "--format", "fhir", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert done.stderr.count("\n") <= 5
    assert (tmp_path / "answers.json").read_text() == content
