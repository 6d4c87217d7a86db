"""`python -m bot erase PERSON`: one person's words and name go from the ledger, the counts stay."""

from collections import Counter
from datetime import UTC, datetime

from rich.progress import Progress

from bot.commands.saying import err, give_up, open_ledger, out, plainly
from bot.settings import Settings
from store import erasing, people, retention
from store.database import Ledger
from store.erasing import StillHolds
from store.snapshots import Person


def erase(settings: Settings, who: str, workspace_id: str | None, *, dry_run: bool) -> None:
    """Erase somebody, or with `dry_run` only say what would go. `workspace_id` may be left out where there is one."""
    now = datetime.now(UTC)
    with open_ledger(settings) as ledger, plainly():
        here = _workspace(ledger, workspace_id)
        person = _person(ledger, here, who, now)
        try:
            ledger.look(erasing.check, here, now, person.id)
            asks = ledger.look(erasing.touched, here, now, person.id)
            batches = [asks[at : at + erasing.AT_ONCE] for at in range(0, len(asks), erasing.AT_ONCE)]
            counts: Counter[str] = Counter()
            with Progress(console=err, transient=True) as shown:
                bar = shown.add_task("asks", total=len(asks) or 1)
                for batch in batches:
                    if dry_run:
                        counts += ledger.look(erasing.counted, here, now, person.id, batch)
                    else:
                        counts += ledger.act(erasing.erase_words, here, None, now, None, person.id, batch)
                    shown.advance(bar, len(batch))
            if not dry_run:
                ledger.act(erasing.erase_person, here, None, now, None, person.id)
        except StillHolds as held:
            raise give_up(_why_not(person, held)) from held
    for table, number in sorted(counts.items()):
        out.print(f"{table:<24}{number:>12,}", markup=False)
    if dry_run:
        out.print(f"So many entries hold words of {person.id}. They and the name would go.", markup=False)
        return
    out.print(f"The words and the name of {person.id} are gone. What stands on Slack stays there.", markup=False)
    if not person.gone:
        out.print("The account is still active: whoever goes on using Baton is met anew.", markup=False)


def _workspace(ledger: Ledger, workspace_id: str | None) -> str:
    with ledger.reading() as connection:
        there = retention.workspaces_there(connection)
    if workspace_id is None and len(there) == 1:
        return there[0]
    if workspace_id is None:
        raise give_up([f"There are several workspaces. Add --workspace and one of {', '.join(there)}."])
    if workspace_id not in there:
        raise give_up([f"There is no workspace {workspace_id} here."])
    return workspace_id


def _person(ledger: Ledger, workspace_id: str, who: str, now: datetime) -> Person:
    found = ledger.look(people.find, workspace_id, now, who) or ledger.look(people.called, workspace_id, now, who)
    if found is None:
        raise give_up([f"Baton knows nobody called {who} there. Somebody who has left is found by their id: U…"])
    return found


def _why_not(person: Person, held: StillHolds) -> list[str]:
    sentences = [f"{person.id} cannot be erased yet. Nothing was changed."]
    if held.numbers:
        listed = ", ".join(f"#{number}" for number in held.numbers)
        sentences.append(
            f"Open asks that they own, asked or are offered: {listed}. Have them handed over, answered, withdrawn "
            "or put down first; for somebody who has left, their lead can."
        )
    if held.leads:
        sentences.append(f"They lead {', '.join(held.leads)}: name another lead first, with /dept.")
    return sentences
