"""Actors' names: the one door to canonical names, principals, states and joint sources."""

from reportedly.language.naming.actors import name_actor, name_words, principal_of, same_person, seat_of_office
from reportedly.language.naming.joint import split_joint
from reportedly.language.naming.states import state_of

__all__ = ["name_actor", "name_words", "principal_of", "same_person", "seat_of_office", "split_joint", "state_of"]
