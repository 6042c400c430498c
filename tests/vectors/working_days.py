#!/usr/bin/env python3
"""Compares the calendar files of the project with the package chinesecalendar, day by day.

Prints how many days were compared and exits 1 with the days that differ.
"""
import datetime
import json
import pathlib
import sys

import chinese_calendar

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "core" / "domain" / "calendar"
SATURDAY = 5


def named_days(years):
    """Whether a day is worked, of each day that a file names."""
    found = {}
    for year in years:
        file = json.loads((FOLDER / f"{year}.json").read_text(encoding="utf-8"))
        for day in file["days"]:
            found[datetime.date.fromisoformat(day["date"])] = not day["isOffDay"]
    return found


def main():
    years = sorted(int(path.stem) for path in FOLDER.glob("*.json"))
    if years != list(range(years[0], years[-1] + 1)) or years[0] != 2018:
        raise SystemExit(f"years are missing: {years}")
    named = named_days(years)
    day, last = datetime.date(years[0], 1, 1), datetime.date(years[-1], 12, 31)
    count, wrong = 0, []
    while day <= last:
        ours = named.get(day, day.weekday() < SATURDAY)
        if ours != chinese_calendar.is_workday(day):
            wrong.append(day.isoformat())
        count += 1
        day += datetime.timedelta(days=1)
    print(f"working days: {count} days of {years[0]} to {years[-1]} compared, {len(wrong)} differ")
    if wrong:
        raise SystemExit(f"these differ: {', '.join(wrong)}")


if __name__ == "__main__":
    sys.exit(main())
