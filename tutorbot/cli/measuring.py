"""`tutorbot adapt`, `calibrate` and `eval`: making a course's answers good, and measuring how good they are."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from tutorbot.cli.options import CourseOption, KnowledgeOption, progress
from tutorbot.errors import CourseError
from tutorbot.knowledge import Course, find_course, load_course
from tutorbot.measuring.labelled import Labelled, read_labelled
from tutorbot.settings import read_settings

# Each command imports what it works with by itself: the other commands start without it.
# ruff: noqa: PLC0415

LabelledFile = Annotated[Path | None, typer.Option("--labelled", help="A file of labelled questions, JSON lines.")]


def adapt(course: CourseOption = None, knowledge: KnowledgeOption = None) -> None:
    """Train the course's adapter on its sample questions (minutes). Calibrate afterwards."""
    from tutorbot.matching.encoder.exporting import train_course_adapter
    from tutorbot.matching.faces import course_faces

    settings = read_settings(course=course, knowledge=knowledge)
    loaded = load_course(find_course(settings.knowledge, settings.course)).course
    faces = course_faces(loaded)
    train_course_adapter(
        [face.text for face in faces],
        [face.entry for face in faces],
        loaded.folder / "adapter.safetensors",
        model=settings.model,
        progress=progress,
    )
    typer.echo(f"Wrote {loaded.folder / 'adapter.safetensors'}. Now run `tutorbot calibrate`.")


def calibrate(course: CourseOption = None, knowledge: KnowledgeOption = None) -> None:
    """Fit the weights and the confidence on the course's labelled questions (`labelled/*.jsonl`) and store them with it."""
    from tutorbot.answering.calibration import DEFAULTS
    from tutorbot.measuring import calibrating
    from tutorbot.tutor import open_answerer

    settings = read_settings(course=course, knowledge=knowledge)
    loaded = load_course(find_course(settings.knowledge, settings.course)).course
    rows = _labelled(loaded, None)
    # the course's own may be broken, or of another version
    opened = open_answerer(settings, progress, calibration=DEFAULTS)
    found = calibrating.calibrate(opened.index, opened.speller, opened.encoder, rows)
    file = loaded.folder / "calibration.json"
    file.write_text(json.dumps(found.model_dump(), indent=1) + "\n", encoding="utf-8")
    typer.echo(f"Fitted on {len(rows)} questions; wrote {file}.")


def evaluate(
    labelled: LabelledFile = None,
    as_json: Annotated[bool, typer.Option("--json", help="The figures as JSON.")] = False,
    show: Annotated[bool, typer.Option("--show", help="Print each question that went wrong.")] = False,
    ablation: Annotated[bool, typer.Option("--ablation", help="Measure what each part of the pipeline gives.")] = False,
    plot: Annotated[Path | None, typer.Option("--plot", help="Write the curves as a PNG to this file.")] = None,
    course: CourseOption = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Measure answers on labelled questions, by kind."""
    from tutorbot.measuring import ablation as ablating
    from tutorbot.measuring import evaluating
    from tutorbot.tutor import open_answerer

    settings = read_settings(course=course, knowledge=knowledge)
    loaded = load_course(find_course(settings.knowledge, settings.course)).course
    rows = _labelled(loaded, labelled)
    opened = open_answerer(settings, progress)
    if ablation:
        steps = ablating.ablate(
            opened.index,
            opened.speller,
            opened.encoder,
            fitted_on=_labelled(loaded, None),
            measured_on=rows,
            threshold=settings.threshold,
        )
        typer.echo(
            "| evidence | recall@1 | recall@3 | MRR | correct | wrong | out abstained | risk area |\n|" + " --- |" * 8
        )
        for name, one in steps.items():
            row = (one.recall[1], one.recall[3], one.mrr, one.correct, one.wrong, one.abstained, one.risk_area)
            typer.echo(f"| {name} | " + " | ".join(f"{figure:.3f}" for figure in row) + " |")
        return
    outcomes = evaluating.evaluate(opened.answerer, opened.encoder, rows, settings.threshold)
    summary = evaluating.summarise(outcomes)
    if plot is not None:
        from tutorbot.measuring.plotting import plot_confidence

        plot_confidence(outcomes, plot, threshold=settings.threshold)
    if as_json:
        figures = {name: getattr(summary, name) for name in summary.__slots__ if name != "kinds"}
        typer.echo(json.dumps({"n": len(rows), "kinds": {k: dict(c) for k, c in summary.kinds.items()}, **figures}))
        return
    for outcome in outcomes if show else ():
        if evaluating.verdict(outcome) != "correct":
            typer.echo(
                f"{outcome.row.id} {outcome.row.kind} {evaluating.verdict(outcome)} {outcome.chance:.2f}:"
                f" {outcome.row.question!r} -> {', '.join(outcome.shown)}"
            )
    for kind, counts in sorted(summary.kinds.items()):
        verdicts = " ".join(f"{name}={count}" for name, count in sorted(counts.items()))
        typer.echo(f"  {kind:14} n={sum(counts.values()):3} {verdicts}")
    recall = " ".join(f"recall@{at} {value:.3f}" for at, value in summary.recall.items())
    typer.echo(
        f"n {len(rows)} correct {summary.correct:.3f} wrong {summary.wrong:.3f} out_abstained {summary.abstained:.3f}"
        f" {recall} mrr {summary.mrr:.3f} risk_area {summary.risk_area:.3f} calibration_error {summary.calibration_error:.3f}"
    )


def _labelled(course: Course, file: Path | None) -> Sequence[Labelled]:
    files = [file] if file else sorted((course.folder / "labelled").glob("*.jsonl"))
    rows = [row for one in files for row in read_labelled(one)]
    if not rows:
        raise CourseError(f"There are no labelled questions in {course.folder / 'labelled'}; write some as JSON lines.")
    return rows
