//! A description of what is wrong, in words: part, defect and text.

use super::FaultText;
use crate::{
    catalogue::{Catalogue, ItemRef, Language, Pick},
    text,
};

impl FaultText {
    /// Whether it says what is wrong: a picked defect does, and so does a text.
    pub fn says(&self) -> bool {
        let given = |text: &str| !text::is_blank(text);
        given(&self.text) || self.defect.as_deref().is_some_and(given)
    }

    /// The description as `part-defect: text`. Names that come from the lists of the catalogue are told in this
    /// language; what was typed stays as it is. What is missing is left out.
    pub fn told(&self, found: Option<(&Catalogue, ItemRef<'_>)>, language: Language) -> String {
        let given = |text: &Option<String>| text.as_deref().map(str::trim).unwrap_or_default().to_owned();
        let in_words = |name: String| {
            let listed = |(catalogue, item): (&Catalogue, ItemRef<'_>)| {
                let known = item.facility.parts.iter().chain(&catalogue.defects).find(|pick| pick.zh == name);
                known.map(|pick: &Pick| pick.name(language).to_owned())
            };
            found.and_then(listed).unwrap_or(name)
        };
        let picked: Vec<String> =
            [&self.part, &self.defect].map(given).into_iter().filter(|name| !name.is_empty()).map(in_words).collect();
        let (picked, text) = (picked.join(language.of("-", " - ")), self.text.trim());
        match (picked.is_empty(), text.is_empty()) {
            (true, _) => text.to_owned(),
            (false, true) => picked,
            (false, false) => format!("{picked}{}{text}", language.of("\u{ff1a}", ": ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::fixture;

    fn told(part: Option<&str>, defect: Option<&str>, text: &str) -> [String; 2] {
        let catalogue = fixture::catalogue();
        let found = catalogue.item("power-genset.b").map(|item| (catalogue, item));
        let fault = FaultText { part: part.map(Into::into), defect: defect.map(Into::into), text: text.into() };
        [Language::Chinese, Language::English].map(|language| fault.told(found, language))
    }

    #[test]
    fn r_149_a_picked_defect_says_what_is_wrong_and_a_part_alone_does_not() {
        let says = |part: Option<&str>, defect: Option<&str>, text: &str| {
            FaultText { part: part.map(Into::into), defect: defect.map(Into::into), text: text.into() }.says()
        };
        assert!(says(Some("储油设备"), Some("附件损坏"), "") && says(None, None, "接头渗漏"));
        assert!(!says(Some("储油设备"), None, " ") && !says(None, Some(" "), ""));
    }

    #[test]
    fn r_149_a_fault_is_told_as_part_and_defect_and_text_in_both_languages() {
        let leak = told(Some("储油设备"), Some("附件损坏"), "接头渗漏");
        assert_eq!(leak, ["储油设备-附件损坏：接头渗漏", "Fuel storage - Fitting damaged: 接头渗漏"]);
        assert_eq!(told(Some("储油设备"), None, " "), ["储油设备", "Fuel storage"]);
        assert_eq!(told(None, None, "接头渗漏"), ["接头渗漏", "接头渗漏"]);
        let typed = told(Some("油门拉杆"), Some("断裂"), "");
        assert_eq!(typed, ["油门拉杆-断裂", "油门拉杆 - Broken"], "what no list knows stays as typed");
    }
}
