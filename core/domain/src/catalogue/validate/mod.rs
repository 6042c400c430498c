//! Checks a whole catalogue, when the project is built and when a pack is opened. It reports all defects at once, each
//! with its path.

mod defect;
mod example;
mod item;
mod record;
mod rule;
mod template;
#[cfg(test)]
mod tests;
mod variant;

pub use defect::{Defect, DefectKind};

use super::{
    nature::Nature,
    tree::{Catalogue, Facility},
    words::Pick,
};
use crate::verdict::Verdict;
use std::collections::HashSet;
use strum::VariantArray;

/// All defects of a catalogue; empty when the catalogue is sound.
pub fn validate(catalogue: &Catalogue) -> Vec<Defect> {
    let counted = catalogue.facilities().map(|facility| facility.facility.unit.symbol.as_str()).collect();
    let mut check = Check { catalogue, counted, defects: Vec::new() };
    check.head();
    check.default_templates();
    check.tree();
    check.examples();
    check.defects
}

/// The newest form of a catalogue that this program reads.
const FORM_NEWEST: u32 = 2;

/// One validation while it is made.
struct Check<'a> {
    catalogue: &'a Catalogue,
    /// The units of facilities. A value in such a unit is a count.
    counted: HashSet<&'a str>,
    defects: Vec<Defect>,
}

impl Check<'_> {
    fn add(&mut self, path: impl Into<String>, kind: DefectKind) {
        self.defects.push(Defect { path: path.into(), kind });
    }

    fn demand(&mut self, holds: bool, path: impl Into<String>, kind: DefectKind) {
        if !holds {
            self.add(path, kind);
        }
    }

    /// Texts that a person reads must stand in both languages.
    fn texts(&mut self, path: &str, texts: &[(&str, &str)]) {
        for (name, text) in texts {
            self.demand(!text.trim().is_empty(), format!("{path}.{name}"), DefectKind::Empty);
        }
    }

    /// Names within one list must differ.
    fn distinct<'b>(&mut self, path: &str, names: impl IntoIterator<Item = &'b str>) {
        let mut seen = HashSet::new();
        for name in names {
            self.demand(seen.insert(name), format!("{path}[{name}]"), DefectKind::Repeated);
        }
    }

    /// Codes are words: they stand in ids, addresses and file names.
    fn code(&mut self, path: &str, code: &str) {
        let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '.');
        let sound = code.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit()) && code.chars().all(word);
        self.demand(sound, path, DefectKind::MalformedCode);
    }

    fn head(&mut self) {
        let catalogue = self.catalogue;
        self.demand(catalogue.version > 0, "version", DefectKind::Empty);
        self.demand(catalogue.version <= FORM_NEWEST, "version", DefectKind::FormUnknown);
        let titles =
            [("edition", catalogue.edition.as_str()), ("title", &catalogue.title), ("title_en", &catalogue.title_en)];
        self.texts("catalogue", &titles);
        for verdict in Verdict::VARIANTS {
            let path = format!("verdicts[{}]", <&str>::from(verdict));
            let words: Vec<_> = catalogue.verdicts.iter().filter(|word| word.code == *verdict).collect();
            self.demand(!words.is_empty(), path.as_str(), DefectKind::VerdictUnnamed);
            self.demand(words.len() < 2, path.as_str(), DefectKind::Repeated);
            words.iter().for_each(|word| self.texts(&path, &[("zh", &word.zh), ("en", &word.en)]));
        }
        let reasons = catalogue.untestable_reasons.iter().map(|reason| &reason.pick);
        self.picks("untestable_reasons", reasons);
        self.picks("defects", &catalogue.defects);
        self.picks("controllers", &catalogue.controllers);
        self.distinct("units", catalogue.units.iter().map(|unit| unit.symbol.as_str()));
        for unit in &catalogue.units {
            let path = format!("units[{}]", unit.symbol);
            self.texts(&path, &[("symbol", &unit.symbol), ("en", &unit.en), ("en_plural", &unit.en_plural)]);
        }
    }

    fn unit(&mut self, path: &str, symbol: &str) {
        let known = self.catalogue.units.iter().any(|unit| unit.symbol == symbol);
        self.demand(known, format!("{path}.unit"), DefectKind::UnknownUnit);
    }

    /// Lists to pick from.
    fn picks<'p>(&mut self, path: &str, picks: impl IntoIterator<Item = &'p Pick>) {
        let mut seen = HashSet::new();
        for pick in picks {
            let path = format!("{path}[{}]", pick.code);
            self.code(&path, &pick.code);
            self.texts(&path, &[("zh", &pick.zh), ("en", &pick.en)]);
            self.demand(seen.insert(&pick.code), path, DefectKind::Repeated);
        }
    }

    fn tree(&mut self) {
        let catalogue = self.catalogue;
        self.demand(!catalogue.systems.is_empty(), "systems", DefectKind::Empty);
        self.distinct("systems", catalogue.systems.iter().map(|system| system.code.as_str()));
        let categories = || catalogue.systems.iter().flat_map(|system| &system.categories);
        self.distinct("categories", categories().map(|category| category.code.as_str()));
        self.distinct("facilities", catalogue.facilities().map(|at| at.facility.code.as_str()));
        self.distinct("items", catalogue.items().map(|at| at.item.id.as_str()));
        for system in &catalogue.systems {
            let path = format!("systems[{}]", system.code);
            self.code(&format!("{path}.code"), &system.code);
            self.texts(&path, &[("name", &system.name), ("name_en", &system.name_en)]);
            self.demand(!system.usage.is_empty(), format!("{path}.usage"), DefectKind::Empty);
            self.demand(!system.categories.is_empty(), format!("{path}.categories"), DefectKind::Empty);
        }
        for category in categories() {
            let path = format!("categories[{}]", category.code);
            self.code(&format!("{path}.code"), &category.code);
            self.texts(&path, &[("name", &category.name), ("name_en", &category.name_en)]);
            self.demand(!category.facilities.is_empty(), format!("{path}.facilities"), DefectKind::Empty);
            category.facilities.iter().for_each(|facility| self.facility(facility));
        }
    }

    fn facility(&mut self, facility: &Facility) {
        let path = format!("facilities[{}]", facility.code);
        self.code(&format!("{path}.code"), &facility.code);
        self.texts(&path, &[("name", &facility.name), ("name_en", &facility.name_en)]);
        self.unit(&path, &facility.unit.symbol);
        self.picks(&format!("{path}.parts"), &facility.parts);
        self.demand(!facility.items.is_empty(), format!("{path}.items"), DefectKind::Empty);
        self.distinct(&format!("{path}.items"), facility.items.iter().map(|item| item.code.as_str()));
        let has = |nature: &Nature| facility.items.iter().any(|item| item.frequency.contains(nature));
        let natures: Vec<Nature> = Nature::VARIANTS.iter().copied().filter(has).collect();
        self.demand(natures == facility.natures, format!("{path}.natures"), DefectKind::NaturesDiffer);
        facility.items.iter().for_each(|item| self.item(item));
    }
}
