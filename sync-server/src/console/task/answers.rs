//! The items of a task with what was found: verdict, sentence, pictures, and what was superseded.

use super::pictures::{Album, Picture};
use crate::{
    console::{
        frame::Frame,
        part::{Chip, When},
        visitor::Visitor,
        when::{self, when},
        words,
    },
    text::Text as T,
};
use firebee_domain::{
    catalogue::{Catalogue, Language as Tongue, Told, sentence},
    result::{ResultKey, ResultRecorded, TaskResult, Verdict},
    task::{Task, TaskItem},
};
use firebee_protocol::{
    catalogue::tongue,
    text::{Arg, Language, say_with},
};

/// The items of one facility.
pub(in crate::console) struct Group {
    pub(in crate::console) system: String,
    pub(in crate::console) facility: String,
    code: String,
    pub(in crate::console) items: Vec<Item>,
}

/// One item.
pub(in crate::console) struct Item {
    pub(in crate::console) name: String,
    pub(in crate::console) criterion: String,
    pub(in crate::console) results: Vec<Answer>,
}

/// What counts for one instance of it.
pub(in crate::console) struct Answer {
    pub(in crate::console) verdict: Chip,
    pub(in crate::console) place: String,
    pub(in crate::console) when: When,
    pub(in crate::console) record: String,
    /// Why it could not be tested, or what is wrong.
    pub(in crate::console) reason: String,
    pub(in crate::console) override_text: String,
    /// It corrects a result that is not known here.
    pub(in crate::console) flagged: bool,
    pub(in crate::console) pictures: Vec<Picture>,
    pub(in crate::console) old: Vec<Old>,
    pub(in crate::console) old_word: String,
}

/// A result that another replaced.
pub(in crate::console) struct Old {
    pub(in crate::console) verdict: Chip,
    pub(in crate::console) when: When,
    pub(in crate::console) record: String,
}

/// What items are made with.
pub(super) struct Answers<'a> {
    pub(super) f: &'a Frame,
    pub(super) visitor: &'a Visitor,
    pub(super) task: &'a Task,
    pub(super) catalogue: &'a Catalogue,
    pub(super) album: &'a Album<'a>,
}

impl Answers<'_> {
    /// The items by facility, in the order of the catalogue.
    pub(super) fn groups(&self) -> Vec<Group> {
        let position = |item: &&TaskItem| self.catalogue.items().position(|found| found.item.id == item.item_id);
        let mut items: Vec<&TaskItem> = self.task.items.iter().collect();
        items.sort_by_cached_key(|item| position(item).unwrap_or(usize::MAX));
        let tongue = tongue(self.f.language);
        let mut groups: Vec<Group> = Vec::new();
        for item in items {
            let found = self.catalogue.item(&item.item_id);
            let code = found.map_or(item.item_id.as_str(), |found| found.facility.code.as_str());
            if groups.last().is_none_or(|group| group.code != code) {
                let name = |zh: &str, en: &str| tongue.of(zh, en).to_owned();
                groups.push(Group {
                    system: found.map(|found| name(&found.system.name, &found.system.name_en)).unwrap_or_default(),
                    facility: found
                        .map(|found| name(&found.facility.name, &found.facility.name_en))
                        .unwrap_or_default(),
                    code: code.to_owned(),
                    items: Vec::new(),
                });
            }
            if let Some(group) = groups.last_mut() {
                group.items.push(self.item(item));
            }
        }
        groups
    }

    fn item(&self, item: &TaskItem) -> Item {
        let found = self.catalogue.item(&item.item_id);
        let tongue = tongue(self.f.language);
        let name = found.map_or(item.item_id.as_str(), |found| tongue.of(&found.item.name, &found.item.name_en));
        let current = self.task.current_results().filter(|result| result.key.item == item.item);
        let current: Vec<&TaskResult> = current.collect();
        // What the executor saw stands in the result; before there is one, the catalogue says it.
        let criterion = current.first().map(|result| result.recorded.criterion.clone());
        let criterion = criterion.or_else(|| found.map(|found| found.item.criteria.clone())).unwrap_or_default();
        Item {
            name: name.to_owned(),
            criterion,
            results: current.into_iter().map(|result| self.answer(result, name)).collect(),
        }
    }

    fn answer(&self, result: &TaskResult, name: &str) -> Answer {
        let (language, recorded) = (self.f.language, &result.recorded);
        let old: Vec<Old> = self.superseded(result.key, result).map(|old| self.old(old)).collect();
        let pictures = self.task.photos_of(result.key).filter_map(|photo| self.album.picture(photo, name));
        Answer {
            verdict: words::verdict(language, recorded.verdict),
            place: recorded.position.clone().unwrap_or_default(),
            when: when(language, self.visitor.now, when::instant(&result.at)),
            record: self.record(recorded),
            reason: self.reason(recorded),
            override_text: self.overridden(recorded),
            flagged: result.replaces_unknown,
            pictures: pictures.collect(),
            old_word: self.f.n(T::TaskResultOld, old.len()),
            old,
        }
    }

    fn superseded<'a>(&'a self, key: ResultKey, current: &'a TaskResult) -> impl Iterator<Item = &'a TaskResult> {
        let same = self.task.results.iter().filter(move |result| result.key == key);
        same.filter(move |result| result.fact != current.fact)
    }

    fn old(&self, result: &TaskResult) -> Old {
        Old {
            verdict: words::verdict(self.f.language, result.recorded.verdict),
            when: when(self.f.language, self.visitor.now, when::instant(&result.at)),
            record: self.record(&result.recorded),
        }
    }

    /// the sentence as recorded; in English, of the same values.
    fn record(&self, recorded: &ResultRecorded) -> String {
        match (self.f.language, self.catalogue.item(&recorded.item_id)) {
            (Language::En, Some(item)) => {
                let told = Told {
                    location: recorded.position.as_deref().unwrap_or_default(),
                    variant: recorded.variant.as_deref(),
                    values: &recorded.values,
                    verdict: recorded.verdict,
                };
                sentence(self.catalogue, item, &told, Tongue::English)
            }
            _ => recorded.measured_record.clone(),
        }
    }

    fn reason(&self, recorded: &ResultRecorded) -> String {
        if let Some(reason) = &recorded.untestable_reason {
            return say_with(self.f.language, T::TaskResultUntestable, &[("reason", Arg::from(reason))]);
        }
        let Some(fault) = &recorded.fault else { return String::new() };
        let parts = [fault.part.as_deref(), fault.defect.as_deref(), Some(fault.text.as_str())];
        let text = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        say_with(self.f.language, T::TaskResultFault, &[("text", Arg::from(text))])
    }

    /// a person decided against the proposal.
    fn overridden(&self, recorded: &ResultRecorded) -> String {
        let Some(proposed) = recorded.proposed.filter(|proposed| *proposed != recorded.verdict) else {
            return String::new();
        };
        let word = |verdict| words::verdict(self.f.language, verdict).word;
        let values = [
            ("proposed", Arg::from(word(proposed))),
            ("verdict", Arg::from(word(recorded.verdict))),
            ("reason", Arg::from(recorded.override_reason.as_deref().unwrap_or_default())),
        ];
        say_with(self.f.language, T::TaskResultOverride, &values)
    }
}

/// How many of each verdict count, those that are there.
pub(super) fn verdicts(f: &Frame, task: &Task) -> Vec<Chip> {
    let counted = |verdict: Verdict| {
        let count = task.current_results().filter(|result| result.recorded.verdict == verdict).count();
        let chip = words::verdict(f.language, verdict);
        (count > 0).then(|| Chip { word: format!("{} {count}", chip.word), ..chip })
    };
    Verdict::ALL.into_iter().filter_map(counted).collect()
}
