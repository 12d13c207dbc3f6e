"""Cardinals in words."""

from dataclasses import dataclass
from decimal import Decimal

from reportedly.language.numerals.tokens import Token, Tokens, numbers_table, small_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Cardinal:
    """Number words that together make one cardinal: `twenty-eight thousand six hundred and forty-two`.

    Attributes:
        tokens: the text and its tokens.
    """

    tokens: Tokens

    def run(self, place: int, seed: Decimal | None = None) -> tuple[Decimal | None, int]:
        """The cardinal from `place` on and the place after it; `seed` is the 1 of `a hundred`."""
        total, current = Decimal(0), seed
        floor: Decimal | None = None  # the least scale used: a later scale must be smaller
        step = place
        while (token := self._token(step, place)) is not None:
            word = token.lower
            if word == "and":
                value, after = self._after_and(step, total + (current or Decimal(0)), current, floor)
                if value is None:
                    break
                current, step = (current or Decimal(0)) + value, after
                continue
            taken = self._take(word, total, current, floor)
            if taken is None:
                break
            total, current, floor = taken
            step += 1
        if total == 0 and current is None:
            return None, place
        return total + (current or Decimal(0)), step

    def _token(self, step: int, first: int) -> Token | None:
        token = self.tokens.tokens[step] if step == first and step < len(self.tokens.tokens) else self.tokens.near(step)
        return token if token is not None and token.kind == "word" else None

    def _take(
        self, word: str, total: Decimal, current: Decimal | None, floor: Decimal | None
    ) -> tuple[Decimal, Decimal | None, Decimal | None] | None:
        table = numbers_table()
        if word in table["ones"]["words"]:
            value = Decimal(table["ones"]["words"][word])
            fits = current is None or current % 100 == 0 or (value < 10 and current % 10 == 0 and current % 100 >= 20)  # noqa: PLR2004 - decimal places
            fits = fits and not (value == 0 and (current or total))
            return (total, (current or Decimal(0)) + value, floor) if fits and current != 0 else None
        if word in table["tens"]["words"]:
            fits = current is None or (current != 0 and current % 100 == 0)
            return (total, (current or Decimal(0)) + table["tens"]["words"][word], floor) if fits else None
        scale = table["scales"]["words"].get(word) or table["groups"]["words"].get(word)
        if scale is None or not current:
            return None
        if scale <= 100:  # noqa: PLR2004 - hundred and dozen stay inside the group
            return (total, current * scale, floor) if current < 100 else None  # noqa: PLR2004 - likewise
        return (total + current * scale, None, Decimal(scale)) if floor is None or scale < floor else None

    def _after_and(self, step: int, whole: Decimal, current: Decimal | None, floor: Decimal | None) -> tuple[Decimal | None, int]:
        """What `and` joins on: less than a hundred, after a hundred or more, and no number of its own ("one hundred and two hundred")."""
        group = current or Decimal(0)
        if whole < 100 or group % 100 != 0:  # noqa: PLR2004 - as said
            return None, step
        value: Decimal | None = None
        step += 1
        while (token := self.tokens.near(step)) is not None and token.lower in small_words():
            taken = self._take(token.lower, Decimal(0), value, None)
            if taken is None:
                return None, step
            value, step = taken[1], step + 1
        following = self.tokens.near(step)
        scale = (
            numbers_table()["scales"]["words"].get(following.lower) or numbers_table()["groups"]["words"].get(following.lower)
            if following
            else None
        )
        if scale is not None and (scale <= 100 or group == 0 or (floor is not None and scale >= floor)):  # noqa: PLR2004 - as said
            return None, step
        return value, step
