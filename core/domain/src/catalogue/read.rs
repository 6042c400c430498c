//! Reading the catalogue's JSON: numbers become decimals, objects keep the order of the file, words are resolved.

use super::{
    example::Example,
    record::{Choice, FieldKind, Limit, OptionsFrom, VariantLimit},
    tree::{Catalogue, System},
    value::FieldValue,
    words::{DefaultTemplates, Pick, Reason, Unit, VerdictWord},
};
use crate::measure::Decimal;
use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, Visitor},
};
use std::{fmt, marker::PhantomData};

/// The file as it is written, before units and options are looked up.
#[derive(Deserialize)]
pub(super) struct File {
    version: u32,
    edition: String,
    title: String,
    title_en: String,
    #[serde(default)]
    notes: Vec<String>,
    verdicts: Vec<VerdictWord>,
    #[serde(deserialize_with = "units")]
    units: Vec<Unit>,
    default_templates: DefaultTemplates,
    #[serde(default)]
    untestable_reasons: Vec<Reason>,
    #[serde(default)]
    defects: Vec<Pick>,
    #[serde(default)]
    controllers: Vec<Pick>,
    systems: Vec<System>,
    #[serde(default)]
    examples: Vec<Example>,
}

impl From<File> for Catalogue {
    fn from(file: File) -> Self {
        let File {
            version,
            edition,
            title,
            title_en,
            notes,
            verdicts,
            units,
            default_templates,
            untestable_reasons,
            defects,
            controllers,
            systems,
            examples,
        } = file;
        let mut catalogue = Self {
            version,
            edition,
            title,
            title_en,
            notes,
            verdicts,
            units,
            default_templates,
            untestable_reasons,
            defects,
            controllers,
            systems,
            examples,
            index: Default::default(),
        };
        catalogue.resolve();
        catalogue.build_index();
        catalogue
    }
}

impl Catalogue {
    /// Gives every field and facility its unit, and every field with `options_from` its options. A unit that is not
    /// in the list keeps its symbol and no words, which validation reports.
    fn resolve(&mut self) {
        let system = |system: &System| Choice {
            value: system.code.clone(),
            label_zh: system.name.clone(),
            label_en: system.name_en.clone(),
            pass: None,
        };
        let options: Vec<Choice> = self.systems.iter().map(system).collect();
        let categories = self.systems.iter_mut().flat_map(|system| &mut system.categories);
        for facility in categories.flat_map(|category| &mut category.facilities) {
            look_up(&self.units, &mut facility.unit);
            for field in facility.items.iter_mut().flat_map(|item| &mut item.record.fields) {
                match &mut field.kind {
                    FieldKind::Number(number) => look_up(&self.units, &mut number.unit),
                    FieldKind::Choice(choice) if choice.options_from == Some(OptionsFrom::Systems) => {
                        choice.options.clone_from(&options);
                    }
                    _ => {}
                }
            }
        }
    }
}

fn look_up(units: &[Unit], unit: &mut Unit) {
    if let Some(known) = units.iter().find(|known| known.symbol == unit.symbol) {
        unit.clone_from(known);
    }
}

/// The default of a yes-or-no key whose absence means yes.
pub(super) const fn yes() -> bool {
    true
}

/// A JSON number as a decimal. The file's numbers have at most 15 digits, so that the shortest text of the parsed
/// number is the number that was written.
struct Number(Decimal);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Numeric;
        impl Visitor<'_> for Numeric {
            type Value = Number;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number of at most nine digits and six places")
            }
            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Number, E> {
                number.to_string().parse().map(Number).map_err(E::custom)
            }
            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Number, E> {
                number.to_string().parse().map(Number).map_err(E::custom)
            }
            fn visit_f64<E: de::Error>(self, number: f64) -> Result<Number, E> {
                number.to_string().parse().map(Number).map_err(E::custom)
            }
        }
        from.deserialize_any(Numeric)
    }
}

pub(super) fn required_decimal<'de, D: Deserializer<'de>>(from: D) -> Result<Decimal, D::Error> {
    Number::deserialize(from).map(|number| number.0)
}

pub(super) fn decimal<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Decimal>, D::Error> {
    Ok(Option::<Number>::deserialize(from)?.map(|number| number.0))
}

/// A text, a boolean or a number, written as a value is written.
struct ValueText(String);

impl<'de> Deserialize<'de> for ValueText {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Any;
        impl Visitor<'_> for Any {
            type Value = ValueText;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, a number or a boolean")
            }
            fn visit_bool<E: de::Error>(self, value: bool) -> Result<ValueText, E> {
                Ok(ValueText(value.to_string()))
            }
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<ValueText, E> {
                Ok(ValueText(value.to_string()))
            }
            fn visit_u64<E: de::Error>(self, value: u64) -> Result<ValueText, E> {
                Ok(ValueText(value.to_string()))
            }
            fn visit_f64<E: de::Error>(self, value: f64) -> Result<ValueText, E> {
                Ok(ValueText(value.to_string()))
            }
            fn visit_str<E: de::Error>(self, value: &str) -> Result<ValueText, E> {
                Ok(ValueText(value.to_owned()))
            }
        }
        from.deserialize_any(Any)
    }
}

pub(super) fn value_text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    ValueText::deserialize(from).map(|text| text.0)
}

pub(super) fn unit<'de, D: Deserializer<'de>>(from: D) -> Result<Unit, D::Error> {
    Ok(Unit { symbol: String::deserialize(from)?, ..Unit::default() })
}

/// The entries of an object in the order of the file. Repeated keys are kept, so that validation can report them.
fn entries<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Vec<(String, T)>, D::Error> {
    struct Entries<T>(PhantomData<T>);
    impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
        type Value = Vec<(String, T)>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut entries = Vec::new();
            while let Some(entry) = map.next_entry()? {
                entries.push(entry);
            }
            Ok(entries)
        }
    }
    from.deserialize_map(Entries(PhantomData))
}

fn units<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Unit>, D::Error> {
    #[derive(Deserialize)]
    struct Words {
        en: String,
        en_plural: String,
        negative: bool,
    }
    let unit = |(symbol, Words { en, en_plural, negative }): (String, Words)| Unit { symbol, en, en_plural, negative };
    Ok(entries(from)?.into_iter().map(unit).collect())
}

pub(super) fn variant_limits<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<VariantLimit>, D::Error> {
    let limit = |(field, limit): (String, Limit)| VariantLimit { field, limit };
    Ok(entries(from)?.into_iter().map(limit).collect())
}

pub(super) fn field_values<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<FieldValue>, D::Error> {
    let value = |(key, text): (String, ValueText)| FieldValue { key, value: text.0 };
    Ok(entries(from)?.into_iter().map(value).collect())
}
