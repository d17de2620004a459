"""Example values of any msgspec struct, made from its field types alone.

The values are deterministic and obey the constraints, and neighbouring fields get different ones, so that two fields
that changed places are noticed. A field's default is avoided: a struct that leaves defaults out would not show it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec import inspect

PATTERNS = {
    "^[0-9a-f]{64}$": "{:064x}",
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}$": "2026-03-14T19:00:{:02d}",
    "^#[0-9A-Fa-f]{6}$": "#{:06X}",
    "^[A-Z]{3}$": "CHF",
}
"""A format that fills each pattern of the model from a number below 60."""


def make_examples(cls: type[msgspec.Struct]) -> list[msgspec.Struct]:
    """Make instances of a struct that show all of its JSON.

    The first has every field set. Further ones follow where a field has alternatives (members of a union, literals),
    until each was there once. The last has nothing but the required fields, which shows what becomes of defaults.
    """
    fields = msgspec.structs.fields(cls)
    choices = {field.name: _alternatives_of_field(field, number) for number, field in enumerate(fields, 1)}
    count = max((len(values) for values in choices.values()), default=1)
    instances = [cls(**{name: values[turn % len(values)] for name, values in choices.items()}) for turn in range(count)]
    if any(not field.required for field in fields):
        instances.append(cls(**{field.name: choices[field.name][0] for field in fields if field.required}))
    return instances


def find_struct_types(cls: type[msgspec.Struct]) -> frozenset[type[msgspec.Struct]]:
    """Find a struct, and all structs that its fields refer to, however deep."""
    structs: set[type[msgspec.Struct]] = set()
    queue: list[inspect.Type] = [inspect.type_info(cls)]
    while queue:
        shape = queue.pop()
        if isinstance(shape, inspect.StructType):
            if shape.cls in structs:
                continue
            structs.add(shape.cls)
            queue += [field.type for field in shape.fields]
        else:
            queue += _inner_types(shape)
    return frozenset(structs)


def _inner_types(shape: inspect.Type) -> Iterator[inspect.Type]:
    for name in ("type", "key_type", "value_type", "item_type"):
        if isinstance(inner := getattr(shape, name, None), inspect.Type):
            yield inner
    yield from getattr(shape, "types", ())
    yield from getattr(shape, "item_types", ())


def _alternatives_of_field(field: msgspec.structs.FieldInfo, number: int) -> list[Any]:
    """List a field's alternatives, its default behind all others."""
    values = _alternatives(inspect.type_info(field.type), field.name, number)
    if values == [field.default]:
        values = _alternatives(inspect.type_info(field.type), field.name, number + 1)
    # `True == 1`: the type counts as well.
    return sorted(values, key=lambda value: type(value) is type(field.default) and value == field.default)


def _alternatives(shape: inspect.Type, name: str, number: int) -> list[Any]:
    """List every alternative of a type; a single value where it has none."""
    match shape:
        case inspect.Metadata():
            return _alternatives(shape.type, name, number)
        case inspect.UnionType():
            parts = [part for part in shape.types if not isinstance(part, inspect.NoneType)]
            values = [value for part in parts for value in _alternatives(part, name, number)]
            return values + [None] * (len(shape.types) - len(parts))
        case inspect.LiteralType():
            return list(shape.values)
        case inspect.BoolType():
            return [True, False]
        case inspect.StructType():
            return make_examples(shape.cls)[:1]
        case inspect.VarTupleType():
            return [tuple(_alternatives(shape.item_type, name, number))]
        case inspect.ListType():
            return [_alternatives(shape.item_type, name, number)]
        case inspect.TupleType():
            return [tuple(_alternatives(part, name, number + at)[0] for at, part in enumerate(shape.item_types))]
        case inspect.DictType():
            keys = _alternatives(shape.key_type, name, number)
            return [{keys[0]: _alternatives(shape.value_type, name, number)[0]}]
        case _:
            return [_example(shape, name, number)]


def _example(shape: inspect.Type, name: str, number: int) -> Any:
    """Make one value of a type without parts."""
    match shape:
        case inspect.StrType(pattern=None):
            return f"{name} – é"[: shape.max_length]
        case inspect.StrType(pattern=pattern) if pattern in PATTERNS:
            return PATTERNS[pattern].format(number)
        case inspect.IntType():
            least = shape.ge if shape.ge is not None else 0
            most = shape.le if shape.le is not None else 1_000 + number
            return max(least, min(1_000 + number, most - number % 9 if most < 1_000 else most))
        case inspect.FloatType():
            return number + 0.5
        case inspect.BytesType():
            return name.encode()
        case inspect.DateTimeType():
            return datetime(2026, 3, 14, 19, 0, number, tzinfo=UTC)
        case inspect.AnyType():
            return f"{name} – anything"
        case _:
            raise TypeError(f"tests/golden/examples.py knows no example of {shape} (field {name}): add one there")
