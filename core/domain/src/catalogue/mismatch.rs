//! The one item that no pack lists: a facility on site that the catalogue lacks. Each pack answers for it by
//! its id, so form, sentence and judgement are those of any item. A plan never contains it, because no tree does.

use super::{
    Category, Confidence, Decides, Facility, Field, FieldKind, FieldValue, Item, ItemRef, Kind, Language, PhotoRule,
    Record, Severity, Source, System, Template, Unit, value::answer,
};
use std::sync::LazyLock;

/// The id of the item. An id of a pack has a facility before its letter, and so a dot.
pub const MISMATCH: &str = "mismatch";
/// The field with the name of the facility.
const NAME: &str = "name";
/// Its words: on each line a key, the Chinese and the English. Those of the item are the manual's.
const WORDS: &str = include_str!("../../mismatch.tsv");

static SYSTEM: LazyLock<System> = LazyLock::new(system);

/// The item with where it stands; `None` for every other id.
pub(super) fn find(id: &str) -> Option<ItemRef<'static>> {
    let system: &'static System = &SYSTEM;
    let category = system.categories.first()?;
    let facility = category.facilities.first()?;
    let item = facility.items.first().filter(|item| item.id == id)?;
    Some(ItemRef { system, category, facility, item })
}

/// What an answer calls the item: its name, and of a facility that the catalogue lacks the typed name.
pub fn item_name<'a>(item: &'a Item, values: &'a [FieldValue]) -> &'a str {
    let typed = if item.is_mismatch() { answer(values, NAME) } else { None };
    typed.unwrap_or(&item.name)
}

/// Why an answer to the item is "not tested": the words of the manual.
pub fn mismatch_reason(language: Language) -> &'static str {
    let [zh, en] = words("item");
    language.of(zh, en)
}

/// The words of a key in Chinese and English.
fn words(key: &str) -> [&'static str; 2] {
    let of_key = |line: &'static str| {
        let mut parts = line.split('\t');
        (parts.next() == Some(key)).then(|| [parts.next().unwrap_or_default(), parts.next().unwrap_or_default()])
    };
    WORDS.lines().find_map(of_key).unwrap_or_default()
}

/// As [`words`], to be kept.
fn owned(key: &str) -> (String, String) {
    let [zh, en] = words(key);
    (zh.to_owned(), en.to_owned())
}

impl Item {
    /// Whether it stands for a facility that the catalogue lacks.
    pub fn is_mismatch(&self) -> bool {
        self.id == MISMATCH
    }
}

fn system() -> System {
    let (name, name_en) = owned("item");
    let item = Item {
        id: MISMATCH.to_owned(),
        code: MISMATCH.to_owned(),
        name,
        name_en,
        aliases: Vec::new(),
        criteria: owned("criterion").0,
        frequency: Vec::new(),
        every: None,
        usage: None,
        measured_at: None,
        record: record(),
        photo: PhotoRule::OnFail,
        basis: None,
        confidence: Confidence::High,
        to_be_checked: false,
        manual_ref: None,
    };
    let (name, name_en) = owned("facility");
    let facility = Facility {
        code: MISMATCH.to_owned(),
        name,
        name_en,
        unit: Unit { symbol: owned("unit").0, ..Unit::default() },
        aliases: Vec::new(),
        parts: Vec::new(),
        natures: Vec::new(),
        manual_ref: None,
        items: vec![item],
    };
    let (name, name_en) = owned("category");
    let category = Category { code: MISMATCH.to_owned(), name, name_en, manual_ref: None, facilities: vec![facility] };
    let (name, name_en) = owned("system");
    System {
        code: MISMATCH.to_owned(),
        name,
        name_en,
        usage: Vec::new(),
        manual_ref: None,
        note: None,
        categories: vec![category],
    }
}

fn record() -> Record {
    let field = |key: &str, source| {
        let (label_zh, label_en) = owned(key);
        Field {
            key: key.to_owned(),
            label_zh,
            label_en,
            source,
            required: true,
            severity: Severity::Fault,
            only_in: Vec::new(),
            kind: FieldKind::Text,
        }
    };
    let (zh, en) = owned("sentence");
    Record {
        kind: Kind::Multi,
        decides: Decides::Person,
        fields: vec![field(NAME, Source::Stated), field("data", Source::Measured)],
        variants: Vec::new(),
        rules: Vec::new(),
        extends: Vec::new(),
        template: Some(Template { zh, en }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        catalogue::{Told, Usage, fixture, sentence, validate},
        verdict::Verdict,
    };

    /// every pack answers for the item, none lists it, and no kind of project is offered it.
    #[test]
    fn r_125_every_pack_answers_for_the_item_and_no_tree_lists_it() {
        for pack in [fixture::catalogue(), fixture::earlier()] {
            let found = pack.item(MISMATCH).unwrap();
            assert!(found.item.is_mismatch());
            assert!(pack.items().all(|listed| !listed.item.is_mismatch() && listed.item.id.contains('.')));
            for usage in [Usage::Maintenance, Usage::Inspection, Usage::Assessment, Usage::SpecialSite] {
                assert!(!found.is_for(usage), "{usage:?}");
            }
            assert!(validate(pack).is_empty());
        }
    }

    /// the sentence names the facility and its data, and has the words of the manual.
    #[test]
    fn r_145_a_mismatch_is_told_in_the_words_of_the_manual() {
        let pack = fixture::catalogue();
        let item = pack.item(MISMATCH).unwrap();
        let values = [FieldValue::new("name", "细水雾控制柜"), FieldValue::new("data", "主备电切换正常")];
        let told = Told {
            location: "三层机房",
            ordinal: 1,
            variant: None,
            values: &values,
            verdict: Verdict::Untestable,
            reason: None,
        };
        assert_eq!(
            sentence(pack, item, &told, Language::Chinese),
            "三层机房，细水雾控制柜：主备电切换正常。消防设施与当前测试规范不匹配的测试记录，判定结果是不能测试"
        );
        let nowhere = Told { location: "", ..told };
        assert!(
            sentence(pack, item, &nowhere, Language::English).contains("细水雾控制柜: 主备电切换正常. Test record")
        );
        assert_eq!(item_name(item.item, &values), "细水雾控制柜");
        assert_eq!(item_name(item.item, &[]), mismatch_reason(Language::Chinese));
    }
}
