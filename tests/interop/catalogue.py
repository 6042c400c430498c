"""A catalogue pack: its items, how it judges values, and the measured record, as the pack's own notes say."""
import json
from decimal import Decimal

from wire import blob_name


class Pack:
    def __init__(self, name, data):
        assert blob_name(data) == name, "the pack is another one than was asked for"
        self.name, self.pack = name, json.loads(data)
        facilities = [facility for system in self.pack["systems"] for category in system["categories"]
                      for facility in category["facilities"]]
        self.items = {item["id"]: item for facility in facilities for item in facility["items"]}
        self.facility_of = {item["id"]: facility["name"] for facility in facilities for item in facility["items"]}

    def good_values(self, item_id):
        """Values that fulfil the criterion, as a person with a sound facility would enter them."""
        record, values = self.items[item_id]["record"], {}
        for field in record["fields"]:
            variant = variant_of(record, values)
            if field.get("only_in") and (variant is None or variant["key"] not in field["only_in"]):
                continue
            if field["kind"] == "number":
                limit = limit_of(field, variant)
                ends = [end for end in (limit.get("min"), limit.get("max")) if end is not None]
                values[field["key"]] = str(ends[0] if ends else 1)
            elif field["kind"] == "choice":
                good = [option["value"] for option in field["options"] if option["pass"] is not False]
                values[field["key"]] = good[0]
            elif field["kind"] == "bool":
                values[field["key"]] = "false" if field.get("pass") is False else "true"
            else:
                values[field["key"]] = "正常"
        return values

    def proposed(self, item_id, values):
        """The verdict that complete values of a sound form propose, or none."""
        record = self.items[item_id]["record"]
        variant, judged, faults = variant_of(record, values), False, 0
        assert not record.get("rules"), "this phone was given no item with rules"
        for field in record["fields"]:
            passes = answer_passes(field, values.get(field["key"]), variant)
            judged |= passes is not None
            faults += passes is False and field.get("severity", "fault") == "fault"
        if faults:
            return "nonconform"
        return "conform" if judged and record["decides"] != "person" else None

    def measured_record(self, item_id, values, verdict):
        """The sentence in Chinese, of a result without a position."""
        item, templates = self.items[item_id], self.pack["default_templates"]["zh"]
        record = item["record"]
        variant = variant_of(record, values)
        word = next(word["zh"] for word in self.pack["verdicts"] if word["code"] == verdict)
        told = {"location": "", "item": item["name"], "verdict": word, "variant": ""}
        if variant:
            told["variant"] = templates["variant"].format(variant=variant["label_zh"])
        if "template" in record:
            told["location"] = self.facility_of[item_id]
            told |= {field["key"]: shown(field, values, templates) for field in record["fields"]}
            return record["template"]["zh"].format(**told)
        fields = [field for field in record["fields"] if field["key"] in values]
        parts = [part(record, field, values, variant, templates) for field in fields]
        return templates[record["kind"]].format(fields=templates["join"].join(parts) or templates["empty"], **told)


def variant_of(record, values):
    """The variant that follows from a field; this phone was given no item whose variant is chosen."""
    for variant in record.get("variants", []):
        if values.get(variant["select"]["field"]) == variant["select"]["equals"]:
            return variant
    return None


def limit_of(field, variant):
    return (variant or {}).get("limits", {}).get(field["key"], field)


def answer_passes(field, value, variant):
    """Whether an answer passes; none where it decides nothing."""
    if value is None:
        return None
    if field["kind"] == "choice":
        return next(option["pass"] for option in field["options"] if option["value"] == value)
    if field["kind"] == "bool":
        return None if field.get("pass") is None else (value == "true") == field["pass"]
    limit = limit_of(field, variant)
    low, high = limit.get("min"), limit.get("max")
    if field["kind"] != "number" or (low is None and high is None):
        return None
    number = Decimal(value)
    above = low is None or number > Decimal(str(low)) or (limit["min_inclusive"] and number == Decimal(str(low)))
    below = high is None or number < Decimal(str(high)) or (limit["max_inclusive"] and number == Decimal(str(high)))
    return above and below


def shown(field, values, templates):
    value = values.get(field["key"])
    if value is None:
        return templates["empty"]
    if field["kind"] == "choice":
        return next(option["label_zh"] for option in field["options"] if option["value"] == value)
    if field["kind"] == "bool":
        return templates["yes"] if value == "true" else templates["no"]
    return value


def part(record, field, values, variant, templates):
    """What the default sentence says of a field."""
    value, label, unit = shown(field, values, templates), field["label_zh"], field.get("unit", "")
    if field["kind"] == "number":
        limit = limit_of(field, variant)
        low, high = limit.get("min"), limit.get("max")
        name = None
        if low is not None and high is not None:
            name = "exactly" if low == high else "between"
        elif low is not None:
            name = "at_least" if limit["min_inclusive"] else "above"
        elif high is not None:
            name = "at_most" if limit["max_inclusive"] else "below"
        limited = templates["limit"][name].format(min=low, max=high, unit=unit) if name else ""
        kind = "design" if field["source"] == "design" else "number"
        return templates["fields"][kind].format(label=label, value=value, unit=unit, limit=limited)
    single = record["kind"] == "choice" and field["kind"] == "choice"
    return templates["fields"]["single_choice" if single else field["kind"]].format(label=label, value=value)
