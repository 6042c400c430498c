//! Makes the answers that an operator enters for an item. They fit the item's form and are judged by the real
//! catalogue.

use firebee_domain::{
    catalogue::{Catalogue, Field, FieldKind, FieldValue, Item, OutcomeKind, Rule, Variant, judge},
    measure::{Decimal, SCALE},
};

/// What a record is to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// That the facility works.
    Good,
    /// That it does not.
    Bad,
}

/// One filled form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers {
    /// The variant chosen, where the item has any.
    pub variant: Option<String>,
    /// The values, in the order of the form.
    pub values: Vec<FieldValue>,
}

/// Answers that fit the form of `item` and give the wanted outcome: a case of the catalogue where there is one, else
/// values inside or outside the limits. `words` fills text fields. `None` when no values give that outcome; an item
/// that only a person judges never fails by itself.
pub fn answers(catalogue: &Catalogue, item: &Item, wanted: Wanted, words: &str) -> Option<Answers> {
    let cases = catalogue.examples.iter().filter(|example| example.item == item.id).flat_map(|example| &example.cases);
    let known = cases.map(|case| Answers { variant: case.variant.clone(), values: case.values.clone() });
    known.chain(tried(item, words)).find(|answers| comes_to(item, answers, wanted))
}

fn comes_to(item: &Item, answers: &Answers, wanted: Wanted) -> bool {
    let kind = judge(item, answers.variant.as_deref(), &answers.values).kind;
    match wanted {
        Wanted::Good => matches!(kind, OutcomeKind::Conform | OutcomeKind::ProposeConform | OutcomeKind::Person),
        Wanted::Bad => kind == OutcomeKind::Nonconform,
    }
}

/// Good answers for each variant, then each of them with one answer spoilt.
fn tried(item: &Item, words: &str) -> Vec<Answers> {
    let record = &item.record;
    let variants: Vec<Option<&Variant>> = match record.variants.as_slice() {
        [] => vec![None],
        variants => variants.iter().map(Some).collect(),
    };
    let mut tried = Vec::new();
    for variant in variants {
        let key = variant.map(|variant| variant.key.as_str());
        let asked: Vec<&Field> = record.fields.iter().filter(|field| field.is_asked(key)).collect();
        let mut values: Vec<FieldValue> =
            asked.iter().map(|field| FieldValue::new(&field.key, good(item, field, variant, words))).collect();
        if let Some(select) = variant.and_then(|variant| variant.select.as_ref()) {
            put(&mut values, &select.field, select.equals.clone());
        }
        record.rules.iter().for_each(|rule| obey(rule, item, &mut values));
        let answers = Answers { variant: key.map(str::to_owned), values };
        for field in asked {
            for value in spoilt(item, field, variant) {
                let mut bad = answers.clone();
                put(&mut bad.values, &field.key, value);
                tried.push(bad);
            }
        }
        tried.insert(0, answers);
    }
    tried
}

fn good(item: &Item, field: &Field, variant: Option<&Variant>, words: &str) -> String {
    match &field.kind {
        FieldKind::Number(number) => {
            let limit = item.record.limit(field, variant, &[]);
            let (min, max) = (limit.min.map(Decimal::scaled), limit.max.map(Decimal::scaled));
            let value = match (min, max) {
                (Some(min), Some(max)) => min.midpoint(max),
                (Some(min), None) => min.saturating_add(min.abs() / 10).saturating_add(SCALE),
                (None, Some(max)) => max - max.abs() / 4,
                (None, None) => 2 * SCALE,
            };
            written(value, number.decimals)
        }
        FieldKind::Choice(choice) => {
            let passes = choice.options.iter().find(|option| option.pass == Some(true));
            passes.or(choice.options.first()).map(|option| option.value.clone()).unwrap_or_default()
        }
        FieldKind::Bool(yes_or_no) => yes_or_no.pass.unwrap_or(true).to_string(),
        FieldKind::Text => words.to_owned(),
    }
}

/// Values that may not pass; the catalogue says whether they do.
fn spoilt(item: &Item, field: &Field, variant: Option<&Variant>) -> Vec<String> {
    match &field.kind {
        FieldKind::Number(number) => {
            let limit = item.record.limit(field, variant, &[]);
            let above = limit.max.map(|max| max.scaled() + max.scaled().abs() / 5 + SCALE);
            let below = limit.min.map(|min| min.scaled() - min.scaled().abs() / 5 - 1);
            above.into_iter().chain(below).chain([0]).map(|value| written(value, number.decimals)).collect()
        }
        FieldKind::Choice(choice) => choice.options.iter().map(|option| option.value.clone()).collect(),
        FieldKind::Bool(_) => vec!["true".into(), "false".into()],
        FieldKind::Text => Vec::new(),
    }
}

/// Changes the values so that a rule holds: a total becomes the sum of its parts, a part becomes as large as its whole.
fn obey(rule: &Rule, item: &Item, values: &mut Vec<FieldValue>) {
    let number = |values: &[FieldValue], key: &str| {
        let text = values.iter().find(|value| value.key == key)?;
        text.value.parse::<Decimal>().ok().map(Decimal::scaled)
    };
    let (key, value) = match rule {
        Rule::Sum(sum) => (&sum.equals, sum.of.iter().try_fold(0_i64, |total, key| Some(total + number(values, key)?))),
        Rule::Difference(rule) => {
            let least = number(values, &rule.minus).map(|minus| minus + rule.min.scaled());
            let enough = least.zip(number(values, &rule.of)).map(|(least, held)| held.max(least));
            (&rule.of, enough)
        }
        Rule::Percent(rule) => {
            let whole = number(values, &rule.base).zip(number(values, &rule.of));
            (&rule.of, whole.map(|(whole, held)| held.max(whole)))
        }
    };
    let decimals = item.record.field(key).and_then(Field::number).map(|number| number.decimals);
    if let Some((value, decimals)) = value.zip(decimals) {
        put(values, key, written(value, decimals));
    }
}

fn put(values: &mut Vec<FieldValue>, key: &str, value: String) {
    match values.iter_mut().find(|held| held.key == key) {
        Some(held) => held.value = value,
        None => values.push(FieldValue::new(key, value)),
    }
}

/// A scaled number with at most so many places, without zeros at its end; rounded down.
fn written(scaled: i64, decimals: u8) -> String {
    let step = SCALE / 10_i64.pow(u32::from(decimals.min(6)));
    let value = scaled.div_euclid(step.max(1)) * step.max(1);
    let sign = if value < 0 { "-" } else { "" };
    let (whole, part) = (value.abs() / SCALE, value.abs() % SCALE);
    let text = format!("{sign}{whole}.{part:06}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use firebee_domain::catalogue::Usage;
    use firebee_protocol::catalogue::Pack;

    fn every_item(wanted: Wanted) -> (usize, Vec<String>) {
        let catalogue = &Pack::embedded().catalogue;
        let mut open = Vec::new();
        let mut count = 0;
        for found in catalogue.items().filter(|found| found.system.usage.contains(&Usage::Maintenance)) {
            count += 1;
            if answers(catalogue, found.item, wanted, "正常").is_none() {
                open.push(found.item.id.clone());
            }
        }
        (count, open)
    }

    #[test]
    fn every_item_of_the_catalogue_gets_answers_that_pass() {
        assert_eq!(every_item(Wanted::Good).1, Vec::<String>::new());
    }

    #[test]
    fn nearly_every_item_gets_answers_that_fail() {
        let (count, open) = every_item(Wanted::Bad);
        assert!(open.len() * 20 < count, "{open:?}");
    }

    #[test]
    fn a_number_is_written_as_its_field_takes_it() {
        for (scaled, decimals, text) in
            [(30_100_000, 1, "30.1"), (30_190_000, 1, "30.1"), (-500_000, 1, "-0.5"), (0, 0, "0"), (7_000_000, 2, "7")]
        {
            assert_eq!(written(scaled, decimals), text);
        }
    }
}
