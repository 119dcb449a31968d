"""Plans of the sample agency, from lines: `objective | measure | baseline | target`, and actions.

An action reads `objective number | words | initials | due days ago | minutes min | £cost | done days ago`, the last
two where there is something to say.
"""

from collections.abc import Mapping

from app.domain.plans import ActionDraft, ObjectiveDraft, PlanDraft
from app.samples.days import ago, workday
from app.samples.drafts import BookDrafts
from app.samples.people import Somebody
from app.samples.specs import ClientSpec, PlanSpec


def add_plans(book: BookDrafts, spec: ClientSpec, client_id: int, colleagues: Mapping[str, Somebody]) -> None:
    """Add the plans of a client."""
    for plan in spec.plans:
        plan_id = book.plans.add(_plan(book, plan, client_id))
        objectives = [_add_objective(book, plan_id, line) for line in plan.objectives]
        for line in plan.actions:
            book.actions.add(_action(book, plan_id, objectives, line, colleagues))


def _plan(book: BookDrafts, plan: PlanSpec, client_id: int) -> PlanDraft:
    starts, ends = ago(book.today, plan.starts), ago(book.today, plan.ends)
    years = f"{starts.year}" if starts.year == ends.year else f"{starts.year}/{ends.year % 100:02d}"
    return PlanDraft(
        client_id=client_id,
        title=plan.title or f"Plan {years}",
        starts=starts,
        ends=ends,
        goals=plan.goals,
        risks=plan.risks,
        opportunities=plan.opportunities,
        expected_fee=None if plan.expected is None else 100 * plan.expected,
        reviewed_on=None if plan.reviewed is None else workday(ago(book.today, plan.reviewed), book.today),
    )


def _add_objective(book: BookDrafts, plan_id: int, line: str) -> int:
    title, measure, baseline, target = (part.strip() for part in line.split("|"))
    draft = ObjectiveDraft(plan_id=plan_id, title=title, measure=measure, baseline=baseline, target=target)
    return book.objectives.add(draft)


def _action(
    book: BookDrafts, plan_id: int, objectives: list[int], line: str, colleagues: Mapping[str, Somebody]
) -> ActionDraft:
    number, title, initials, *rest = (part.strip() for part in line.split("|"))
    minutes = cost = due = done = None
    for part in rest:
        match part.split():
            case ["due", days]:
                due = workday(ago(book.today, int(days)), book.today)
            case ["done", days]:
                done = workday(ago(book.today, int(days)), book.today)
            case [count, "min"]:
                minutes = int(count)
            case [pounds]:
                cost = 100 * int(pounds.removeprefix("£"))
    return ActionDraft(
        plan_id=plan_id,
        title=title,
        objective_id=objectives[int(number)],
        owner_id=colleagues[initials].id,
        due=due,
        minutes=minutes,
        cost=cost,
        done_on=done,
    )
