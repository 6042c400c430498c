//! What one edition of the catalogue changed of the one before, in words.

use firebee_domain::catalogue::{Catalogue, Decides, FieldKind, Item, Limit, PhotoRule, Record, Severity, Usage};
use std::fmt::Write as _;

/// A list of changes under one heading. The same change of several entries stands in one line.
#[derive(Default)]
struct Section {
    lines: Vec<(String, Vec<String>)>,
}

impl Section {
    fn add(&mut self, of: &str, what: String) {
        match self.lines.iter_mut().find(|(known, _)| *known == what) {
            Some((_, entries)) => entries.push(of.to_owned()),
            None => self.lines.push((what, vec![of.to_owned()])),
        }
    }

    fn compare(&mut self, of: &str, before: String, after: String) {
        if before != after {
            self.add(of, format!("{before} → {after}"));
        }
    }

    fn print(&self, heading: &str, page: &mut String) {
        if self.lines.is_empty() {
            return;
        }
        let _ = writeln!(page, "\n### {heading}\n");
        for (what, entries) in &self.lines {
            let entries: Vec<String> = entries.iter().map(|entry| format!("`{entry}`")).collect();
            let _ = writeln!(page, "- {}: {what}", entries.join(", "));
        }
    }
}

/// The changes from one edition to the next.
pub fn page(before: &Catalogue, after: &Catalogue) -> String {
    let count = |held: &Catalogue| (held.facilities().count(), held.items().count());
    let ((facilities, items), (more_facilities, more_items)) = (count(before), count(after));
    let mut page = format!(
        "## {} after {}\n\nForm {} → {}; {facilities} → {more_facilities} facilities; {items} → {more_items} items.\n",
        after.edition, before.edition, before.version, after.version
    );
    let (mut new, mut gone) = (Section::default(), Section::default());
    for at in after.facilities().filter(|at| before.facility(&at.facility.code).is_none()) {
        new.add(&at.facility.code, format!("{} ({})", at.facility.name, at.facility.name_en));
    }
    for at in after.items().filter(|at| before.item(&at.item.id).is_none()) {
        let first = at.item.frequency.first().map_or("", |nature| (*nature).into());
        new.add(&at.item.id, format!("{} ({}), {first}: {}", at.item.name, at.item.name_en, at.item.criteria));
    }
    for at in before.items().filter(|at| after.item(&at.item.id).is_none()) {
        gone.add(&at.item.id, at.item.name.clone());
    }
    new.print("New", &mut page);
    gone.print("Gone", &mut page);
    names(before, after).print("Names", &mut page);
    let pairs: Vec<(&Item, &Item)> =
        after.items().filter_map(|at| Some((before.item(&at.item.id)?.item, at.item))).collect();
    let each = |heading: &str, told: &dyn Fn(&Item) -> String, page: &mut String| {
        let mut section = Section::default();
        pairs.iter().for_each(|(old, new)| section.compare(&new.id, told(old), told(new)));
        section.print(heading, page);
    };
    each("Criteria", &|item| item.criteria.clone(), &mut page);
    each("Clauses", &|item| item.basis.clone().unwrap_or_else(|| "none".into()), &mut page);
    each("To be checked by an engineer", &|item| yes_no(item.to_be_checked).to_owned(), &mut page);
    each("Natures", &natures, &mut page);
    each("Kinds of project", &usage, &mut page);
    each("Measured at another item", &|item| item.measured_at.clone().unwrap_or_else(|| "here".into()), &mut page);
    each("Photos", &|item| photo(item.photo).to_owned(), &mut page);
    each("How far a good record decides", &|item| decides(item.record.decides).to_owned(), &mut page);
    questions(&pairs).print("Questions", &mut page);
    limits(&pairs).print("Limits", &mut page);
    each("Rules between fields", &|item| rules(&item.record), &mut page);
    page
}

const fn yes_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

fn names(before: &Catalogue, after: &Catalogue) -> Section {
    let mut section = Section::default();
    for at in after.facilities() {
        let Some(old) = before.facility(&at.facility.code) else { continue };
        let told = |name: &str, name_en: &str, aliases: &[String]| {
            let also = if aliases.is_empty() { String::new() } else { format!(", also {}", aliases.join("、")) };
            format!("{name} ({name_en}){also}")
        };
        let (old, new) = (old.facility, at.facility);
        section.compare(
            &new.code,
            told(&old.name, &old.name_en, &old.aliases),
            told(&new.name, &new.name_en, &new.aliases),
        );
    }
    for at in after.items() {
        let Some(old) = before.item(&at.item.id) else { continue };
        let told = |item: &Item| format!("{} ({})", item.name, item.name_en);
        section.compare(&at.item.id, told(old.item), told(at.item));
    }
    section
}

fn natures(item: &Item) -> String {
    let first = item.frequency.first().map_or("none", |nature| (*nature).into());
    let every = item.every.map(|every| format!(", every {} {:?}", every.count, every.unit).to_lowercase());
    format!("{first}{}", every.unwrap_or_default())
}

fn usage(item: &Item) -> String {
    let words = |usage: &Usage| format!("{usage:?}").to_lowercase();
    item.usage
        .as_ref()
        .map_or_else(|| "those of the system".into(), |usage| usage.iter().map(words).collect::<Vec<_>>().join(", "))
}

const fn photo(rule: PhotoRule) -> &'static str {
    match rule {
        PhotoRule::Always => "always",
        PhotoRule::OnFail => "where it does not conform",
        PhotoRule::Optional => "documents only",
    }
}

const fn decides(decides: Decides) -> &'static str {
    match decides {
        Decides::Full => "decides",
        Decides::Proposal => "proposes",
        Decides::Person => "a person decides",
    }
}

/// The questions of a record: what is asked, and in which unit.
fn questions(pairs: &[(&Item, &Item)]) -> Section {
    let told = |item: &Item| {
        let fields = item.record.fields.iter().map(|field| {
            let kind = match &field.kind {
                FieldKind::Number(number) => format!("{} of {} places", number.unit.symbol, number.decimals),
                FieldKind::Choice(choice) => {
                    choice.options.iter().map(|option| option.label_zh.as_str()).collect::<Vec<_>>().join("/")
                }
                FieldKind::Bool(_) => "yes or no".into(),
                FieldKind::Text => "text".into(),
            };
            format!("{} [{kind}, {:?}]", field.label_zh, field.source).replace("Measured", "measured")
        });
        fields.collect::<Vec<_>>().join(", ")
    };
    let mut section = Section::default();
    pairs.iter().for_each(|(old, new)| section.compare(&new.id, told(old), told(new)));
    section
}

/// Every limit by field and variant.
fn limits(pairs: &[(&Item, &Item)]) -> Section {
    let mut section = Section::default();
    for (old, new) in pairs {
        let (before, after) = (all_limits(&old.record), all_limits(&new.record));
        for (of, limit) in &after {
            let was = before.iter().find(|(known, _)| known == of).map_or("none", |(_, limit)| limit.as_str());
            if was != limit {
                section.add(&new.id, format!("{of}: {was} → {limit}"));
            }
        }
        for (of, limit) in before.iter().filter(|(of, _)| !after.iter().any(|(known, _)| known == of)) {
            section.add(&new.id, format!("{of}: {limit} → no such case"));
        }
    }
    section
}

fn all_limits(record: &Record) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for field in &record.fields {
        let Some(number) = field.number() else { continue };
        let own = (!number.limit.is_none()).then(|| (field.label_zh.clone(), told(&number.limit, field.severity)));
        let of_variants = record.variants.iter().filter_map(|variant| {
            let limit = variant.limits.iter().find(|limit| limit.field == field.key)?;
            Some((format!("{}（{}）", field.label_zh, variant.label_zh), told(&limit.limit, field.severity)))
        });
        all.extend(own.into_iter().chain(of_variants));
    }
    all
}

fn told(limit: &Limit, severity: Severity) -> String {
    let duty = |own: Option<Severity>| match own.unwrap_or(severity) {
        Severity::Fault => "",
        Severity::Remark => "宜",
    };
    let min = limit
        .min
        .map(|min| format!("{}{} {min}", duty(limit.min_severity), if limit.min_inclusive { "≥" } else { ">" }));
    let max = limit
        .max
        .map(|max| format!("{}{} {max}", duty(limit.max_severity), if limit.max_inclusive { "≤" } else { "<" }));
    let ends: Vec<String> = min.into_iter().chain(max).collect();
    if ends.is_empty() { "none".into() } else { ends.join(", ") }
}

fn rules(record: &Record) -> String {
    let extends = record.extends.iter().map(|held| format!("{} raises {}", held.by, held.limit_of));
    let rules = record.rules.iter().map(|rule| match rule {
        firebee_domain::catalogue::Rule::Difference(rule) => {
            let when = rule.when.as_ref().map(|when| format!(" where {} > {}", when.field, when.above));
            format!("{} - {} ≥ {}{}", rule.of, rule.minus, rule.min, when.unwrap_or_default())
        }
        firebee_domain::catalogue::Rule::Percent(rule) => format!("{} ≥ {} % of {}", rule.of, rule.min, rule.base),
        firebee_domain::catalogue::Rule::Sum(rule) => format!("{} = {}", rule.of.join(" + "), rule.equals),
    });
    let all: Vec<String> = rules.chain(extends).collect();
    if all.is_empty() { "none".into() } else { all.join("; ") }
}
