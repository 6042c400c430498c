"""A catalogue pack: its items, how it judges values, and the measured record, as the pack's own notes say."""
import json
import re
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
            passes, severity = answer_passes(field, values.get(field["key"]), variant)
            judged |= passes is not None
            faults += passes is False and severity == "fault"
        if faults:
            return "nonconform"
        return "conform" if judged and record["decides"] != "person" else None

    def measured_record(self, item_id, values, verdict):
        """The sentence in Chinese, of the first instance at no place."""
        item, templates = self.items[item_id], self.pack["default_templates"]["zh"]
        record = item["record"]
        variant = variant_of(record, values)
        word = next(word["zh"] for word in self.pack["verdicts"] if word["code"] == verdict)
        subject = fill(templates["subject"], {"place": "", "facility": self.facility_of[item_id], "ordinal": "1"})
        told = {"subject": subject, "item": item["name"], "verdict": word, "variant": ""}
        if variant:
            told["variant"] = fill(templates["variant"], {"variant": variant["label_zh"]})
        if "template" in record:
            for field in record["fields"]:
                told[field["key"]] = shown(field, values, templates)
                told[field["key"] + ".limit"] = limit_told(field, variant, templates)
            return fill(record["template"]["zh"], told)
        fields = [field for field in record["fields"] if field["key"] in values]
        parts = [part(record, field, values, variant, templates) for field in fields]
        told["fields"] = templates["join"].join(parts) or templates["empty"]
        same = fields and fields[0]["kind"] == "number" and fields[0]["label_zh"] == item["name"]
        return fill(templates["same" if same else record["kind"]], told)


def fill(template, told):
    return re.sub(r"\{([^}]*)\}", lambda name: told[name.group(1)], template)


def variant_of(record, values):
    """The variant that follows from a field; this phone was given no item whose variant is chosen."""
    for variant in record.get("variants", []):
        if values.get(variant["select"]["field"]) == variant["select"]["equals"]:
            return variant
    return None


def limit_of(field, variant):
    return (variant or {}).get("limits", {}).get(field["key"], field)


def answer_passes(field, value, variant):
    """Whether an answer passes, none where it decides nothing; and how grave it is where it does not."""
    severity = field.get("severity", "fault")
    if value is None:
        return None, severity
    if field["kind"] == "choice":
        return next(option["pass"] for option in field["options"] if option["value"] == value), severity
    if field["kind"] == "bool":
        return None if field.get("pass") is None else (value == "true") == field["pass"], severity
    limit = limit_of(field, variant)
    low, high = limit.get("min"), limit.get("max")
    if field["kind"] != "number" or (low is None and high is None):
        return None, severity
    number = Decimal(value)
    above = low is None or number > Decimal(str(low)) or (limit["min_inclusive"] and number == Decimal(str(low)))
    below = high is None or number < Decimal(str(high)) or (limit["max_inclusive"] and number == Decimal(str(high)))
    return above and below, limit.get("max_severity" if above else "min_severity") or severity


def padded(number, field):
    return str(Decimal(str(number)).quantize(Decimal(1).scaleb(-field["decimals"])))


def shown(field, values, templates):
    value = values.get(field["key"])
    if value is None:
        return templates["empty"]
    if field["kind"] == "choice":
        return next(option["label_zh"] for option in field["options"] if option["value"] == value)
    if field["kind"] == "bool":
        return templates["yes"] if value == "true" else templates["no"]
    return padded(value, field) if field["kind"] == "number" else value


def limit_told(field, variant, templates):
    """The limit in words: both ends at once where they are equally strict and both allowed."""
    if field["kind"] != "number":
        return ""
    limit, phrases = limit_of(field, variant), templates["limit"]
    low, high = limit.get("min"), limit.get("max")
    duties = [phrases["duty"]["should" if (limit.get(end) or field.get("severity")) == "remark" else "must"]
              for end in ("min_severity", "max_severity")]

    def end(name, duty):
        ends = {key: padded(value, field) for key, value in (("min", low), ("max", high)) if value is not None}
        return fill(phrases[name], ends | {"unit": field["unit"], "duty": duty})

    if low is not None and high is not None and limit["min_inclusive"] and limit["max_inclusive"] \
            and duties[0] == duties[1]:
        ends = [end("exactly" if low == high else "between", duties[0])]
    else:
        ends = [end("at_least" if limit["min_inclusive"] else "above", duties[0])] if low is not None else []
        ends += [end("at_most" if limit["max_inclusive"] else "below", duties[1])] if high is not None else []
    return fill(phrases["duty"]["whole"], {"limits": templates["join"].join(ends)}) if ends else ""


def part(record, field, values, variant, templates):
    """What the default sentence says of a field."""
    told = {"value": shown(field, values, templates), "label": field["label_zh"], "unit": field.get("unit", "")}
    if field["kind"] == "number":
        kind = {"design": "design", "stated": "stated", "measured": "number"}[field["source"]]
        return fill(templates["fields"][kind], told | {"limit": limit_told(field, variant, templates)})
    single = record["kind"] == "choice" and field["kind"] == "choice"
    return fill(templates["fields"]["single_choice" if single else field["kind"]], told)
