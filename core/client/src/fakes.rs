//! An office and server that are not there: what a test of the phone needs of them.
//!
//! It writes documents as the server would, through the same state machine, and hands them over as pages. It signs
//! nothing, so it stands in for the server's answers and never for its proofs.

use crate::{
    client::Client,
    journal::{ClaimState, JournalError, Marks, Session},
};
use chrono::NaiveDate;
use firebee_domain::{
    account::Category,
    catalogue::Nature,
    code::Code,
    contract::ContractKind,
    dispatch::Dispatch,
    fact::Attribution,
    fault::{self, Fault},
    id::{
        AccountId, ClaimId, ContentId, ContractId, EventId, IncarnationId, OrganisationId, OwnerId, PersonId, PlanId,
        PlanItemId, ProjectId, TaskId,
    },
    instrument::Instrument,
    personnel::{CertificateKind, Colleague, Ending, Registration},
    plan::{Assignment, AssignmentItem},
    project::Project,
    submission::Due,
    task::{Circumstances, Stamp},
    time::{Cutoff, Month, Timestamp},
    ways::{Demands, REMINDER_DAYS},
};
use firebee_protocol::{
    blob::{EvidenceCount, Reused},
    catalogue::Pack,
    digest::FeedDigest,
    document::{
        AssignmentDocument, CrewDocument, DispatchDocument, FaultDocument, Named, ProjectDocument, SessionDocument,
        TaskDocument, kind,
    },
    fact::{Body, Fact, parse},
    pull::{Applied, Change, Page},
};
use serde::Serialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use uuid::Uuid;

/// The operator.
pub const OPERATOR: AccountId = AccountId(Uuid::from_u128(0x41));
/// The lead of the project.
pub const LEAD: AccountId = AccountId(Uuid::from_u128(0x42));
/// The organisation of both.
pub const ORGANISATION: OrganisationId = OrganisationId(Uuid::from_u128(0x01));
/// The project.
pub const PROJECT: ProjectId = ProjectId(Uuid::from_u128(0x10));
/// The plan.
pub const PLAN: PlanId = PlanId(Uuid::from_u128(0x20));
/// The catalogue items that the plan issues, in its order.
pub const ITEM_IDS: [&str; 3] = ["power-genset.a", "power-genset.b", "power-panel.a"];

/// The plan item of a catalogue item: those of [`ITEM_IDS`] in their order, any other by its letters.
pub fn plan_item(item_id: &str) -> PlanItemId {
    let by_letters = || item_id.bytes().fold(1_usize, |sum, byte| sum * 31 % 0xffff_ffff + usize::from(byte)) + 0x1000;
    let at = ITEM_IDS.iter().position(|held| *held == item_id).unwrap_or_else(by_letters);
    PlanItemId(Uuid::from_u128(0x100 + at as u128))
}

/// The days on which the lead is a registered engineer.
fn registered() -> Registration {
    let year = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
    Registration { from: year(2020), to: year(2040) }
}

/// The documents of one organisation with one project, one plan for July 2026, one operator and one lead.
#[derive(Debug)]
pub struct FakeOffice {
    documents: BTreeMap<(String, String), Published>,
    tasks: BTreeMap<TaskId, TaskDocument>,
    faults: BTreeMap<TaskId, Vec<Fault>>,
    dispatches: BTreeMap<TaskId, Vec<Dispatch>>,
    feed_seq: u64,
    applied: BTreeMap<firebee_domain::id::StoreId, u64>,
    /// What the firm asks in what is issued from now on.
    pub demands: Demands,
    /// How many blobs of each task the office pretends not to have.
    pub blobs_missing: u32,
    /// Blobs of each task that are here and no pictures.
    pub not_pictures: Vec<ContentId>,
    /// Photos that stand in another task, too.
    pub reused: Vec<Reused>,
    /// How many blobs of each task a manager has declared lost.
    pub blobs_lost: u32,
}

#[derive(Clone, Debug)]
struct Published {
    rev: u64,
    feed_seq: u64,
    body: Box<RawValue>,
}

impl Default for FakeOffice {
    fn default() -> Self {
        let mut office = Self {
            documents: BTreeMap::new(),
            tasks: BTreeMap::new(),
            faults: BTreeMap::new(),
            dispatches: BTreeMap::new(),
            feed_seq: 0,
            applied: BTreeMap::new(),
            demands: Demands::default(),
            blobs_missing: 0,
            not_pictures: Vec::new(),
            reused: Vec::new(),
            blobs_lost: 0,
        };
        for (account, name, category) in
            [(OPERATOR, "Wang Qiang", Category::FieldOperator), (LEAD, "Li Na", Category::ProjectLead)]
        {
            let session = SessionDocument {
                account,
                organisation: ORGANISATION,
                organisation_name: "Qinghai Fire Service".into(),
                name: name.into(),
                person: person_of(account),
                category,
                registrations: if category == Category::ProjectLead { vec![registered()] } else { vec![] },
                track: None,
            };
            office.publish(kind::SESSION, &account.to_string(), &session);
        }
        let firm = CrewDocument { crew: crew(), instruments: vec![instrument()], reminder_days: REMINDER_DAYS };
        office.publish(kind::CREW, &ORGANISATION.to_string(), &firm);
        let project = ProjectDocument {
            project: project(),
            owner_name: "Zhongyi Tower".into(),
            lead_name: "Li Na".into(),
            orders: Vec::new(),
        };
        office.publish(kind::PROJECT, &PROJECT.to_string(), &project);
        office.issue(PLAN, &ITEM_IDS);
        office
    }
}

impl FakeOffice {
    /// Issues items to the operator: the assignment as it is from now on.
    pub fn issue(&mut self, plan: PlanId, item_ids: &[&str]) {
        let pack = Pack::embedded();
        let item = |item_id: &&str| {
            let found = pack.catalogue.item(item_id);
            AssignmentItem {
                plan_item: plan_item(item_id),
                item_id: (*item_id).to_owned(),
                facility: found.map(|found| found.facility.code.clone()).unwrap_or_default(),
                system: found.map(|found| found.system.code.clone()).unwrap_or_default(),
                planned_for: None,
                position: None,
            }
        };
        let assignment = Assignment {
            plan,
            project: PROJECT,
            executor: OPERATOR,
            revision: self.rev_of(kind::ASSIGNMENT, &plan.to_string()) + 1,
            granted: Timestamp(0),
            deadline: day(2026, 7, 31),
            items: item_ids.iter().map(item).collect(),
            demands: self.demands.clone(),
        };
        let document = AssignmentDocument {
            assignment,
            plan_name: "2026-07".into(),
            nature: Nature::Month,
            period: Month { year: 2026, month: 7 },
            catalogue: pack.id,
        };
        self.publish(kind::ASSIGNMENT, &plan.to_string(), &document);
    }

    /// Writes a document; its revision and its number in the feed grow.
    pub fn publish(&mut self, kind: &str, id: &str, body: &impl Serialize) {
        let body = RawValue::from_string(serde_json::to_string(body).unwrap()).unwrap();
        self.feed_seq += 1;
        let held = Published { rev: self.rev_of(kind, id) + 1, feed_seq: self.feed_seq, body };
        self.documents.insert((kind.to_owned(), id.to_owned()), held);
    }

    /// The project.
    pub fn project(&self) -> Project {
        project()
    }

    fn rev_of(&self, kind: &str, id: &str) -> u64 {
        self.documents.get(&(kind.to_owned(), id.to_owned())).map_or(0, |held| held.rev)
    }

    /// Signs the account in on a phone, as the answer to a claim would.
    ///
    /// # Errors
    /// The phone's journal failed, or belongs to another account.
    pub fn sign_in(&self, client: &Client, account: AccountId) -> Result<(), JournalError> {
        let session = Session {
            late: None,
            recipient: None,
            state: ClaimState::SignedIn,
            claim_id: ClaimId(Uuid::from_u128(0xc1)),
            login: account.to_string(),
            account: Some(account),
            epoch: 1,
            incarnation: Some(IncarnationId(Uuid::from_u128(0x1c))),
            server_key: None,
            claim_receipt: None,
            access: None,
            refresh: None,
        };
        client.core().journal.write("fake_sign_in", |tx| tx.put_session(&session))
    }

    /// Hands everything over to the phone that it does not have, in one page.
    ///
    /// # Errors
    /// The phone's cache failed.
    pub fn deliver(&self, client: &Client) -> Result<(), crate::cache::CacheError> {
        let cache = &client.core().cache;
        let after = cache.cursor()?.and_then(|cursor| cursor.rsplit_once('.')?.1.parse().ok()).unwrap_or(0);
        let mut digest = FeedDigest::default();
        let mut changes = Vec::new();
        for ((kind, id), held) in &self.documents {
            digest.add(kind, id, held.rev);
            if held.feed_seq > after {
                changes.push(Change {
                    feed_seq: held.feed_seq,
                    kind: kind.clone(),
                    id: id.clone(),
                    rev: held.rev,
                    deleted: false,
                    patch: None,
                    body: Some(held.body.clone()),
                });
            }
        }
        changes.sort_by_key(|change| change.feed_seq);
        let store_id = client.core().journal.identity().store_id;
        let page = Page {
            changes,
            next_cursor: format!("1.{}.{}", Uuid::from_u128(0x1c), self.feed_seq),
            head: self.feed_seq,
            done: true,
            total: None,
            applied: vec![Applied { store_id, seq: self.applied.get(&store_id).copied().unwrap_or(0) }],
            digest: Some(digest.to_string()),
            server_ms: Timestamp(0),
        };
        cache.apply_page(&page).map(drop)
    }

    /// Sets up to which seq its documents contain this phone's facts. Facts up to there that it parked are covered too,
    /// although no document shows them.
    pub fn contains(&mut self, client: &Client, through: u64) {
        self.applied.insert(client.core().journal.identity().store_id, through);
    }

    fn publish_dispatch(&mut self, dispatch: &Dispatch, of: &TaskDocument) {
        let people = [(OPERATOR, "Wang Qiang"), (LEAD, "Li Na")];
        let document = DispatchDocument {
            dispatch: dispatch.clone(),
            task_name: of.task.name.clone(),
            catalogue: of.catalogue,
            people: people.map(|(account, name)| Named { account, name: name.into() }).to_vec(),
        };
        self.publish(kind::DISPATCH, &dispatch.id.to_string(), &document);
    }

    /// Names another team lead for each dispatch of a task, as a manager does on the console.
    pub fn reassign(&mut self, task: TaskId, team_lead: AccountId) {
        let Some(document) = self.tasks.get(&task).cloned() else { return };
        let by = Attribution {
            event: EventId(Uuid::from_u128(0xe0)),
            account: LEAD,
            project: PROJECT,
            task,
            plan: None,
            at: Stamp::unproved(Timestamp(0)),
            waited_ms: 0,
        };
        let mut dispatches = self.dispatches.remove(&task).unwrap_or_default();
        for dispatch in &mut dispatches {
            dispatch.reassign(&by, team_lead, false).unwrap();
            self.publish_dispatch(dispatch, &document);
        }
        self.dispatches.insert(task, dispatches);
    }

    /// Takes a phone's facts as an accepting server would: applied in order, the task documents published anew, the
    /// facts acknowledged and durable. What the state machine refuses is parked with its code.
    ///
    /// # Errors
    /// The phone's journal failed.
    pub fn accept(&mut self, client: &Client) -> Result<(), JournalError> {
        let journal = &client.core().journal;
        let store_id = journal.identity().store_id;
        let from = self.applied.get(&store_id).copied().unwrap_or(0) + 1;
        let lines = journal.read("fake_accept", |rows| rows.lines_from(from, u32::MAX, u64::MAX >> 11))?;
        let mut parked = Vec::new();
        for line in &lines {
            if let Ok(fact) = parse(&line.line)
                && let Err(code) = self.take(fact)
            {
                parked.push((line.seq, code));
            }
        }
        let through = lines.last().map_or(from - 1, |line| line.seq);
        self.applied.insert(store_id, through);
        journal.write("fake_accept", |tx| {
            parked.iter().try_for_each(|(seq, code)| tx.park(*seq, &(*code).into()))?;
            tx.raise_marks(Marks { sent_through: through, acked_through: through, durable_through: through })
        })
    }

    fn take(&mut self, fact: Fact) -> Result<(), Code> {
        let at = Stamp::unproved(fact.captured.wall_ms);
        let body = fact.body.as_ref().map_err(|error| error.code())?;
        let Some(by) = fact.attribution(body, at).map_err(|error| error.code())? else { return Ok(()) };
        let started = match body {
            Body::TaskStarted(started) => Some(started.plan_name.clone()),
            _ => None,
        };
        let held = self.tasks.get(&by.task);
        let plan_name = started.or_else(|| held.map(|document| document.plan_name.clone())).unwrap_or_default();
        let held = held.map(|document| document.task.clone());
        let body = fact.body.map_err(|error| error.code())?;
        let before = self.faults.get(&by.task).cloned().unwrap_or_default();
        let mut faults = before.clone();
        let dispatches_before = self.dispatches.get(&by.task).cloned().unwrap_or_default();
        let mut dispatches = dispatches_before.clone();
        let around = Circumstances {
            catalogue: Some(&Pack::embedded().catalogue),
            pack: Some(Pack::embedded().id),
            design: &[],
            evidence_missing: self.blobs_missing + u32::try_from(self.not_pictures.len()).unwrap_or(u32::MAX),
            faults_unhandled: fault::unhandled(&faults),
            lead: None,
            witness_asked: held.as_ref().is_some_and(|held| project().asks_witness(held)),
            practice: project().practice(),
        };
        let task = match held {
            None => body.begin(&by),
            Some(mut task) => body.advance(&by, &mut task, &mut faults, &mut dispatches, &around).map(|()| task),
        };
        let task = task.map_err(|error| error.code())?;
        let due = task.plan.map(|_| Due { last_day: day(2026, 7, 31), cutoff: Cutoff::default() });
        let announced = u32::try_from(3 * task.photos.len() + task.segments.len()).unwrap_or(u32::MAX);
        let evidence = EvidenceCount {
            verified: announced
                .saturating_sub(self.blobs_missing)
                .saturating_sub(self.blobs_lost)
                .saturating_sub(u32::try_from(self.not_pictures.len()).unwrap_or(u32::MAX)),
            total: announced,
            missing: (0..self.blobs_missing)
                .map(|n| ContentId([n.to_le_bytes()[0]; 32]))
                .chain(self.not_pictures.iter().copied())
                .collect(),
            not_pictures: self.not_pictures.clone(),
            reused: self.reused.clone(),
            otherwise: Vec::new(),
        };
        let document = TaskDocument {
            task,
            executor_name: "Wang Qiang".into(),
            plan_name,
            evidence,
            coverage: None,
            catalogue: Pack::embedded().id,
            assignment: Some(PLAN.to_string()),
            assignment_rev: self.rev_of(kind::ASSIGNMENT, &PLAN.to_string()),
            due,
            reviewers: BTreeMap::from([(LEAD, "Li Na".to_owned())]),
        };
        self.publish(kind::TASK, &by.task.to_string(), &document);
        for fault in faults.iter().filter(|fault| !before.contains(fault)) {
            let (task_name, catalogue) = (document.task.name.clone(), document.catalogue);
            let document = FaultDocument { fault: fault.clone(), task_name, catalogue };
            self.publish(kind::FAULT, &fault.id.to_string(), &document);
        }
        for dispatch in dispatches.iter().filter(|held| !dispatches_before.contains(held)) {
            self.publish_dispatch(dispatch, &document);
        }
        self.dispatches.insert(by.task, dispatches);
        self.faults.insert(by.task, faults);
        self.tasks.insert(by.task, document);
        Ok(())
    }
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// The holder of an account.
fn person_of(account: AccountId) -> PersonId {
    PersonId(Uuid::from_u128(if account == LEAD { 0x32 } else { 0x31 }))
}

/// The people of the firm.
pub(crate) fn crew() -> Vec<Colleague> {
    let colleague = |account, name: &str, last_day| Colleague {
        person: person_of(account),
        account: Some(account),
        name: name.into(),
        endings: vec![Ending { kind: CertificateKind::FacilityOperatorCert, last_day }],
    };
    vec![colleague(OPERATOR, "Wang Qiang", day(2029, 12, 31)), colleague(LEAD, "Li Na", day(2025, 12, 31))]
}

/// The firm's only instrument; its calibration is over.
pub(crate) fn instrument() -> Instrument {
    Instrument {
        number: "SY-01".into(),
        kind: "sound-level meter".into(),
        calibrated: day(2024, 6, 1),
        valid_to: day(2025, 5, 31),
    }
}

fn project() -> Project {
    Project {
        id: PROJECT,
        organisation: ORGANISATION,
        contract: ContractId(Uuid::from_u128(0x02)),
        kind: ContractKind::Maintenance,
        special_site: false,
        owner: OwnerId(Uuid::from_u128(0x03)),
        name: "Zhongyi Tower".into(),
        city: "Xining".into(),
        address: "Changjiang Road 10".into(),
        lead: Some(LEAD),
        location: None,
        fence_radius_m: None,
        further_fences: Vec::new(),
        buildings: Vec::new(),
        facilities: vec!["power-genset".into(), "power-panel".into()],
        jurisdiction: None,
        key_unit: None,
        sign_date: day(2026, 1, 1),
        end_date: day(2026, 12, 31),
        first_month: None,
        termination: None,
        design_values: Vec::new(),
        training: false,
        witness_since: None,
    }
}
