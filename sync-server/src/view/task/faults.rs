//! The faults of a task and what was done about each.

use super::{
    Known,
    attached::Files,
    pictures::{Album, Picture},
    times::Line,
};
use crate::{text::Text as T, view::Reader};
use firebee_domain::{
    account::{Relation, Subject},
    catalogue::{Catalogue, ItemRef},
    dispatch::{Dispatch, reading},
    fault::{self, Fault, Handling, Particulars, RecordEntry, Way},
    id::{AccountId, DispatchId, FaultId},
    task::Task,
};
use firebee_protocol::{
    document::DispatchDocument,
    text::tongue,
    text::{Arg, Chip, when::order, word},
};
use std::collections::HashMap;

/// One fault.
pub struct FaultView {
    /// The fault.
    pub id: FaultId,
    /// The names of its facility with the ordinal and of its item, and where it is.
    pub item: String,
    /// What is wrong.
    pub text: String,
    /// The pictures of its result.
    pub pictures: Vec<Picture>,
    /// Its state.
    pub state: Chip,
    /// What was done about it, in its order.
    pub log: Vec<Line>,
    /// Whether nothing was done about it yet.
    pub unhandled: bool,
    /// What its record says beside that, in its order.
    pub record: Vec<Known>,
    /// The same as it stands, for a form that completes it.
    pub particulars: Particulars,
    /// Who said what of it, in order; nothing is ever taken away.
    pub history: Vec<Line>,
    /// Whether the reader can complete the record.
    pub may_record: bool,
    /// The ways that the reader can choose for it now.
    pub ways: Vec<Way>,
    /// Who was sent for it, as far as the reader may know, the first first.
    pub dispatches: Vec<Sent>,
}

/// Somebody who was sent for a fault.
pub struct Sent {
    /// The dispatch.
    pub id: DispatchId,
    /// What for, and who.
    pub word: String,
    /// Where it stands.
    pub state: Chip,
}

/// What faults are made with.
pub(super) struct Faults<'a> {
    pub(super) reader: Reader<'a>,
    pub(super) task: &'a Task,
    /// What it found.
    pub(super) faults: &'a [Fault],
    /// The dispatches of these.
    pub(super) dispatches: &'a [DispatchDocument],
    pub(super) catalogue: &'a Catalogue,
    pub(super) names: &'a HashMap<AccountId, String>,
    /// The files of the handlings.
    pub(super) files: Files<'a>,
    /// How the reader stands to the task.
    pub(super) subject: &'a Subject,
    /// The pictures of the task.
    pub(super) album: &'a Album<'a>,
    /// Whether the reader may handle them.
    pub(super) may_handle: bool,
}

impl Faults<'_> {
    /// The faults, those that wait first.
    pub(super) fn views(&self) -> Vec<FaultView> {
        let mut faults: Vec<&Fault> = self.faults.iter().collect();
        faults.sort_by_key(|fault| !fault.is_unhandled());
        faults.into_iter().map(|fault| self.view(fault)).collect()
    }

    fn view(&self, fault: &Fault) -> FaultView {
        let found = self.found(fault).map(|item| (self.catalogue, item));
        let item = self.item(fault);
        let pictures = self.task.photos_of(fault.key).filter_map(|photo| self.album.picture(photo, &item)).collect();
        FaultView {
            id: fault.id,
            item,
            pictures,
            text: fault.description.told(found, tongue(self.reader.language)),
            state: Chip::fault(self.reader.language, fault.state),
            log: fault.handlings.iter().map(|handling| self.line(handling)).collect(),
            unhandled: fault.is_unhandled(),
            record: self.record(&fault.particulars),
            particulars: fault.particulars.clone(),
            history: fault.records.iter().map(|entry| self.entry(entry)).collect(),
            may_record: self.may_handle && fault.takes_records(),
            ways: if self.may_handle { self.ways(fault) } else { Vec::new() },
            dispatches: self.sent(fault),
        }
    }

    fn ways(&self, fault: &Fault) -> Vec<Way> {
        let dispatches: Vec<Dispatch> = self.dispatches.iter().map(|held| held.dispatch.clone()).collect();
        fault::offered(self.task, fault, &dispatches)
    }

    fn sent(&self, fault: &Fault) -> Vec<Sent> {
        let mut of: Vec<&Dispatch> =
            self.dispatches.iter().map(|held| &held.dispatch).filter(|held| held.fault == fault.id).collect();
        of.retain(|held| may_read(self.reader, self.subject, held));
        of.sort_by_key(|held| held.log.first().map(|line| order(&line.at)));
        let sent = |held: &Dispatch| {
            let kind = word::dispatch(self.reader.language, held.kind);
            let name = self.names.get(&held.team_lead).cloned().unwrap_or_default();
            Sent {
                id: held.id,
                word: format!("{kind} · {name}"),
                state: Chip::dispatch(self.reader.language, held.state),
            }
        };
        of.into_iter().map(sent).collect()
    }

    fn found(&self, fault: &Fault) -> Option<ItemRef<'_>> {
        self.task.item(fault.key.item).and_then(|item| self.catalogue.item(&item.item_id))
    }

    fn item(&self, fault: &Fault) -> String {
        let item = self.found(fault);
        let tongue = tongue(self.reader.language);
        let result = self.task.current_result(fault.key);
        let place = result.and_then(|held| held.recorded.position.as_deref());
        item.map(|found| {
            let facility = tongue.of(&found.facility.name, &found.facility.name_en);
            let name = tongue.of(&found.item.name, &found.item.name_en);
            let place = place.map(|place| format!(" · {place}")).unwrap_or_default();
            format!("{facility}({}) · {name}{place}", fault.key.ordinal)
        })
        .unwrap_or_default()
    }

    fn line(&self, handling: &Handling) -> Line {
        Line {
            when: self.reader.recorded(&handling.at),
            what: word::way(self.reader.language, handling.way),
            by: self.names.get(&handling.by).cloned().unwrap_or_default(),
            text: told(self.reader, handling, self.names),
            attached: self.files.of(&handling.attachments),
        }
    }

    fn entry(&self, entry: &RecordEntry) -> Line {
        let said = self.record(&entry.particulars);
        let joined = said.iter().map(|known| {
            self.reader.say(T::TaskRecordSaid, &[("what", Arg::from(&known.word)), ("value", Arg::from(&known.value))])
        });
        Line {
            when: self.reader.recorded(&entry.at),
            what: self.names.get(&entry.by).cloned().unwrap_or_default(),
            by: String::new(),
            text: joined.collect::<Vec<_>>().join("\n"),
            attached: Vec::new(),
        }
    }

    /// The points of GB 25201 table B.1 that somebody has said.
    fn record(&self, said: &Particulars) -> Vec<Known> {
        let points = points(self.reader, said).into_iter();
        points
            .filter_map(|(text, value)| Some(Known { word: self.reader.t(text), value: value?, data: is_data(text) }))
            .collect()
    }
}

/// What was said with a way: why, whom it sends, and what is to be done.
pub(in crate::view) fn told(reader: Reader<'_>, handling: &Handling, names: &HashMap<AccountId, String>) -> String {
    let mut told = vec![handling.explanation.clone()];
    if let Some(order) = &handling.order {
        let name = names.get(&order.team_lead).cloned().unwrap_or_default();
        told.push(reader.say(T::TaskFaultSent, &[("name", Arg::from(name))]));
        told.push(order.plan.clone());
    }
    told.retain(|text| !text.is_empty());
    told.join(" · ")
}

/// A dispatch is its team lead's own, and not that of whoever executed the task.
pub(crate) fn may_read(reader: Reader<'_>, subject: &Subject, held: &Dispatch) -> bool {
    let mut subject = subject.clone();
    subject.relations.retain(|relation| *relation != Relation::Own);
    subject.relations.extend((held.team_lead == reader.actor.account).then_some(Relation::Own));
    reader.may(reading(held.is_told()), &subject)
}

/// Whether a point of the record is what somebody typed.
const fn is_data(point: T) -> bool {
    !matches!(point, T::TaskRecordStopped | T::TaskRecordTold)
}

/// The points of the record in their order, each with what was said of it.
pub(in crate::view) fn points(reader: Reader<'_>, said: &Particulars) -> [(T, Option<String>); 5] {
    let yes_no = |known: bool| reader.t(if known { T::TaskRecordYes } else { T::TaskRecordNo });
    let removed = said.removal.as_ref().map(|removal| {
        let when = reader.when(removal.at).exact;
        let values = [("name", Arg::from(removal.confirmed_by.clone())), ("when", Arg::from(when))];
        reader.say(T::TaskRecordRemoved, &values)
    });
    [
        (T::TaskRecordStopped, said.system_stopped.map(yes_no)),
        (T::TaskRecordTold, said.brigade_told.map(yes_no)),
        (T::TaskRecordMeasures, said.protective_measures.clone()),
        (T::TaskRecordOpinion, said.owner_opinion.clone()),
        (T::TaskRecordRemoval, removed),
    ]
}
