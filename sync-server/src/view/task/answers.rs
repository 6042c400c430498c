//! The items of a task with their results: verdict, sentence, pictures, and superseded results.

use super::pictures::{Album, Picture};
use crate::{text::Text as T, view::Reader};
use firebee_domain::{
    catalogue::Catalogue,
    id::TaskId,
    ordinals::Ordinals,
    result::{Difference, ResultKey, ResultRecorded, TaskResult, Verdict},
    task::{Task, TaskItem},
};
use firebee_protocol::{
    text::tongue,
    text::{Arg, Chip, Text as Shared, Tone, When, say, say_with, word},
};
use std::collections::HashMap;
use strum::VariantArray;

/// The items of one facility.
pub struct Group {
    /// The name of its system.
    pub system: String,
    /// Its name.
    pub facility: String,
    code: String,
    /// Its items, in the order of the catalogue.
    pub items: Vec<Item>,
}

/// One item.
pub struct Item {
    /// Its name.
    pub name: String,
    /// What it is held to.
    pub criterion: String,
    /// What counts: one for each instance, and each answer for many once.
    pub results: Vec<Answer>,
    /// Where answers went that were recorded here by mistake.
    pub moved: Vec<Moved>,
}

impl Group {
    /// How many of its items conform and have nothing to look at besides.
    #[must_use]
    pub fn plain(&self) -> usize {
        self.items.iter().filter(|item| item.is_plain()).count()
    }
}

impl Item {
    /// Whether it conforms and nobody needs to look twice: no verdict against the proposal, no difference, no correction, no
    /// move, and no doubt about a picture. A page folds such items.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        let plain = |answer: &Answer| {
            answer.verdict.tone == Tone::Conform
                && answer.override_text.is_empty()
                && answer.differs.is_empty()
                && !answer.flagged
                && answer.moved.is_none()
                && answer.old.is_empty()
                && answer.pictures.iter().all(|picture| picture.notes.is_empty() && !picture.withdrawn)
        };
        !self.results.is_empty() && self.moved.is_empty() && self.results.iter().all(plain)
    }
}

/// The other end of a move.
pub struct Moved {
    /// Where an answer comes from, or went.
    pub word: String,
    /// The other task, where it is one that the reader may open.
    pub task: Option<TaskId>,
    /// What that task is called.
    pub task_name: String,
    /// When it was moved, or recorded here.
    pub when: When,
}

/// What counts for one instance of it, or for many.
pub struct Answer {
    /// The verdict.
    pub verdict: Chip,
    /// Which instances, and where.
    pub place: String,
    /// When it was recorded.
    pub when: When,
    /// The sentence of the record.
    pub record: String,
    /// What was measured at each instance, where there are several; empty otherwise.
    pub each: Vec<String>,
    /// The reason of an untestable result, or the defect.
    pub reason: String,
    /// Why a person decided against the proposal; empty when nobody did.
    pub override_text: String,
    /// What the phone wrote otherwise than the catalogue; empty when nothing.
    pub differs: String,
    /// It corrects a result that is not known here.
    pub flagged: bool,
    /// Where it comes from, when it was moved from the wrong place.
    pub moved: Option<Moved>,
    /// Its pictures.
    pub pictures: Vec<Picture>,
    /// The results that it replaced.
    pub old: Vec<Old>,
    /// How many those are.
    pub old_word: String,
}

/// A result that another replaced.
pub struct Old {
    /// Its verdict.
    pub verdict: Chip,
    /// When it was recorded.
    pub when: When,
    /// Its sentence.
    pub record: String,
}

/// What items are made with.
pub(super) struct Answers<'a> {
    pub(super) reader: Reader<'a>,
    pub(super) task: &'a Task,
    pub(super) catalogue: &'a Catalogue,
    pub(super) album: &'a Album<'a>,
    /// The names of the tasks to or from which answers were moved, as far as the reader may read them.
    pub(super) moved: &'a HashMap<TaskId, String>,
}

impl Answers<'_> {
    /// The items by facility, in the order of the catalogue.
    pub(super) fn groups(&self) -> Vec<Group> {
        let position = |item: &&TaskItem| self.catalogue.items().position(|found| found.item.id == item.item_id);
        let mut items: Vec<&TaskItem> = self.task.items.iter().collect();
        items.sort_by_cached_key(|item| position(item).unwrap_or(usize::MAX));
        let tongue = tongue(self.reader.language);
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
        let tongue = tongue(self.reader.language);
        let name = found.map_or(item.item_id.as_str(), |found| tongue.of(&found.item.name, &found.item.name_en));
        let current = self.task.current_results().filter(|result| result.key.item == item.item);
        let current: Vec<&TaskResult> = current.collect();
        // A result holds the criterion of the catalogue. Without a result the catalogue gives it itself.
        let criterion = current.first().map(|result| result.recorded.criterion.clone());
        let criterion = criterion.or_else(|| found.map(|found| found.item.criteria.clone())).unwrap_or_default();
        Item {
            name: name.to_owned(),
            criterion,
            results: current.into_iter().map(|result| self.answer(result, name)).collect(),
            moved: self.task.results_of(item.item).iter().filter_map(|result| self.moved_away(result)).collect(),
        }
    }

    fn answer(&self, result: &TaskResult, name: &str) -> Answer {
        let (language, recorded) = (self.reader.language, &result.recorded);
        let instances = self.task.instances_of(result);
        let old: Vec<Old> = self.superseded(result).map(|old| self.old(old)).collect();
        let pictures = self.task.photos_of(result.key).filter_map(|photo| self.album.picture(photo, name));
        Answer {
            verdict: Chip::verdict(language, recorded.verdict),
            place: word::place(language, &instances, recorded.position.as_deref()),
            when: self.reader.recorded(&result.at),
            record: recorded.record_at(self.catalogue, &instances, tongue(language)),
            each: self.each(recorded, &instances),
            reason: self.reason(recorded),
            override_text: self.overridden(recorded),
            differs: self.differs(&result.differs),
            flagged: result.replaces_unknown,
            moved: self.moved_here(result),
            pictures: pictures.collect(),
            old_word: self.reader.n(T::TaskResultOld, old.len()),
            old,
        }
    }

    /// where an answer comes from.
    fn moved_here(&self, result: &TaskResult) -> Option<Moved> {
        let from = result.recorded.moved_from?;
        let first = self.task.results.iter().find(|other| other.fact == from.result);
        let (task, name, place) = self.other_end(from.task, first.map(|other| other.key));
        let word = word::moved_from(self.reader.language, &place);
        Some(Moved { word, task, task_name: name, when: self.reader.recorded(&result.at) })
    }

    /// where an answer went.
    fn moved_away(&self, result: &TaskResult) -> Option<Moved> {
        let moved = result.moved.as_ref()?;
        let (task, name, place) = self.other_end(moved.task, Some(moved.key));
        let went = word::moved_to(self.reader.language, &place);
        let which = word::place(self.reader.language, &result.recorded.ordinals(), None);
        Some(Moved { word: format!("{which} {went}"), task, task_name: name, when: self.reader.recorded(&moved.at) })
    }

    /// The other task where the reader may open it, and what the other end is called.
    fn other_end(&self, task: TaskId, key: Option<ResultKey>) -> (Option<TaskId>, String, String) {
        if task == self.task.id {
            let place = key.map(|key| self.spot(key)).unwrap_or_default();
            return (None, String::new(), place);
        }
        let elsewhere = say(self.reader.language, Shared::WordMovedElsewhere);
        let name = self.moved.get(&task).cloned();
        (name.as_ref().map(|_| task), name.unwrap_or_default(), elsewhere)
    }

    /// An instance of this task by the name of its item and its ordinal.
    fn spot(&self, key: ResultKey) -> String {
        let item_id = self.task.item(key.item).map(|held| held.item_id.as_str()).unwrap_or_default();
        let found = self.catalogue.item(item_id);
        let tongue = tongue(self.reader.language);
        let name = found.map_or(item_id, |found| tongue.of(&found.item.name, &found.item.name_en));
        let place = word::place(self.reader.language, &Ordinals::of([key.ordinal]), None);
        let values = [("item", Arg::from(name)), ("place", Arg::from(place))];
        say_with(self.reader.language, Shared::WordMovedSpot, &values)
    }

    /// What was measured at each instance, with its ordinal.
    fn each(&self, recorded: &ResultRecorded, instances: &Ordinals) -> Vec<String> {
        let told = recorded.told_each(self.catalogue, instances, tongue(self.reader.language));
        instances.iter().zip(told).map(|(ordinal, told)| format!("({ordinal}) {told}")).collect()
    }

    /// What an answer stands in the place of: at its instance, or at all those that an answer for many is for.
    fn superseded<'a>(&'a self, current: &'a TaskResult) -> impl Iterator<Item = &'a TaskResult> {
        let of_item = self.task.results_of(current.key.item).iter();
        of_item.filter(move |result| {
            let same = match current.recorded.is_for_many() {
                true => result.replaced && current.recorded.covers(&result.recorded),
                false => result.recorded.answers(current.key),
            };
            same && result.fact != current.fact
        })
    }

    fn old(&self, result: &TaskResult) -> Old {
        Old {
            verdict: Chip::verdict(self.reader.language, result.recorded.verdict),
            when: self.reader.recorded(&result.at),
            record: result.recorded.record_at(
                self.catalogue,
                &result.recorded.ordinals(),
                tongue(self.reader.language),
            ),
        }
    }

    fn reason(&self, recorded: &ResultRecorded) -> String {
        if recorded.verdict == Verdict::Untestable {
            let reason = recorded.untestable_told(Some(self.catalogue), tongue(self.reader.language));
            return self.reader.say(T::TaskResultUntestable, &[("reason", Arg::from(reason))]);
        }
        let Some(fault) = &recorded.fault else { return String::new() };
        let found = self.catalogue.item(&recorded.item_id).map(|item| (self.catalogue, item));
        let text = fault.told(found, tongue(self.reader.language));
        self.reader.say(T::TaskResultFault, &[("text", Arg::from(text))])
    }

    /// What the phone wrote otherwise than the catalogue, and than the design.
    fn differs(&self, parts: &[Difference]) -> String {
        let name = |part: &Difference| match part {
            Difference::Name => Some(T::TaskDiffersName),
            Difference::Criterion => Some(T::TaskDiffersCriterion),
            Difference::Proposal => Some(T::TaskDiffersProposal),
            Difference::Record => Some(T::TaskDiffersRecord),
            Difference::Design => None,
        };
        let words: Vec<String> = parts.iter().filter_map(name).map(|text| self.reader.t(text)).collect();
        let words = word::join(self.reader.language, words);
        let of_catalogue =
            (!words.is_empty()).then(|| self.reader.say(T::TaskResultDiffers, &[("parts", Arg::from(words))]));
        let of_design = parts.contains(&Difference::Design).then(|| self.reader.t(T::TaskResultDesign));
        of_catalogue.into_iter().chain(of_design).collect::<Vec<_>>().join("\n")
    }

    /// a person decided against the proposal.
    fn overridden(&self, recorded: &ResultRecorded) -> String {
        let Some(proposed) = recorded.proposed.filter(|proposed| *proposed != recorded.verdict) else {
            return String::new();
        };
        let word = |verdict| Chip::verdict(self.reader.language, verdict).word;
        let values = [
            ("proposed", Arg::from(word(proposed))),
            ("verdict", Arg::from(word(recorded.verdict))),
            ("reason", Arg::from(recorded.override_reason.as_deref().unwrap_or_default())),
        ];
        self.reader.say(T::TaskResultOverride, &values)
    }
}

/// How many of each verdict count, those that are there.
pub(super) fn verdicts(reader: Reader<'_>, task: &Task) -> Vec<Chip> {
    let counted = |verdict: Verdict| {
        let count = task.answers().filter(|(_, result)| result.recorded.verdict == verdict).count();
        let chip = Chip::verdict(reader.language, verdict);
        (count > 0).then(|| Chip { word: format!("{} {count}", chip.word), ..chip })
    };
    Verdict::VARIANTS.iter().copied().filter_map(counted).collect()
}
