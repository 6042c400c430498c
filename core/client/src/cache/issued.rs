//! What lists show of an assignment: a row of its head and counts, and a row an item, kept beside each pulled document. No list
//! reads the documents: fifty thousand items can be issued to one account.
//!
//! Invariant: after each page the counts of an assignment are those of its items, and the task of an item is the first of the
//! pulled tasks of its plan that hold it.

use super::{CacheError, CacheRows, Stored};
use chrono::NaiveDate;
use firebee_domain::{
    id::{AccountId, PlanId, PlanItemId, ProjectId, TaskId},
    task::TaskState,
};
use firebee_protocol::document::{AssignmentDocument, kind};
use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is issued in one plan to one account, without the items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Its number in this cache.
    pub n: i64,
    /// The document; its list of items is left out.
    pub head: Stored<AssignmentDocument>,
    /// How far its items are, by the pulled tasks.
    pub counts: IssueCounts,
}

/// How far issued items are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssueCounts {
    /// All.
    pub total: u32,
    /// Those in a live task.
    pub held: u32,
    /// Those of them that were handed in: they wait for the lead, or are approved.
    pub done: u32,
    /// Those of them that are approved.
    pub approved: u32,
}

impl IssueCounts {
    /// One item more, in a task of this state or in none.
    pub const fn add(&mut self, state: Option<TaskState>) {
        self.add_many(state, 1);
    }

    /// One item less.
    pub const fn take(&mut self, state: Option<TaskState>) {
        let [held, done, approved] = Self::steps(state);
        self.total = self.total.saturating_sub(1);
        self.held = self.held.saturating_sub(held);
        self.done = self.done.saturating_sub(done);
        self.approved = self.approved.saturating_sub(approved);
    }

    /// All of both.
    pub const fn add_all(&mut self, more: Self) {
        self.total += more.total;
        self.held += more.held;
        self.done += more.done;
        self.approved += more.approved;
    }

    const fn add_many(&mut self, state: Option<TaskState>, count: u32) {
        let [held, done, approved] = Self::steps(state);
        self.add_all(Self { total: count, held: held * count, done: done * count, approved: approved * count });
    }

    /// Whether an item in such a task is held, handed in, approved.
    const fn steps(state: Option<TaskState>) -> [u32; 3] {
        match state {
            None | Some(TaskState::Discarded) => [0, 0, 0],
            Some(TaskState::Executing | TaskState::Rejected) => [1, 0, 0],
            Some(TaskState::PendingReview) => [1, 1, 0],
            Some(TaskState::Approved) => [1, 1, 1],
        }
    }
}

/// A facility, by the catalogue's codes of its system and of itself.
pub type Facility = (String, String);

/// The facilities of an assignment and how far their items are, as its row holds them.
fn facilities(row: &str) -> Vec<(Facility, IssueCounts)> {
    serde_json::from_str(row).unwrap_or_default()
}

/// An issued item as the cache knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssueItem {
    /// The number of its assignment.
    pub issue: i64,
    /// The plan item.
    pub item: PlanItemId,
    /// Its catalogue id.
    pub item_id: String,
    /// The catalogue's code of its system.
    pub system: String,
    /// The catalogue's code of its facility.
    pub facility: String,
    /// Where in the building.
    pub position: Option<String>,
    /// The day it is meant for.
    pub planned_for: Option<NaiveDate>,
    /// The pulled task that holds it, and where that stands.
    pub task: Option<(TaskId, TaskState)>,
}

/// A part of what is issued, in the order of these assignments and of their plans.
#[derive(Clone, Copy, Debug)]
pub struct IssueSlice<'a> {
    /// The numbers of the assignments.
    pub of: &'a [i64],
    /// Only the items of this facility.
    pub facility: Option<&'a str>,
    /// Only the items behind this one.
    pub after: Option<PlanItemId>,
    /// How many items at most.
    pub limit: u32,
}

/// The columns of an [`IssueItem`].
const ITEM: &str = "i.assignment, i.item, i.item_id, i.system, i.facility, i.position, i.planned_for, i.task, b.state";

impl IssueItem {
    fn read(row: &Row<'_>) -> rusqlite::Result<Option<Self>> {
        let Ok(item) = row.get::<_, String>(1)?.parse() else { return Ok(None) };
        let task: Option<String> = row.get(7)?;
        let state: Option<String> = row.get(8)?;
        let planned_for: Option<String> = row.get(6)?;
        Ok(Some(Self {
            issue: row.get(0)?,
            item,
            item_id: row.get(2)?,
            system: row.get(3)?,
            facility: row.get(4)?,
            position: row.get(5)?,
            planned_for: planned_for.and_then(|day| day.parse().ok()),
            task: task.zip(state).and_then(|(task, state)| Some((task.parse().ok()?, state.parse().ok()?))),
        }))
    }
}

impl CacheRows<'_> {
    /// What is issued, by document id.
    ///
    /// # Errors
    /// The cache cannot be read.
    pub fn issues(&self) -> Result<Vec<Issue>, CacheError> {
        let sql = "SELECT n, id, rev, head, total, held, done, approved FROM assignment ORDER BY id";
        let read = |row: &Row<'_>| {
            let counts =
                IssueCounts { total: row.get(4)?, held: row.get(5)?, done: row.get(6)?, approved: row.get(7)? };
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, i64>(2)?,
                row.get::<_, String>(3)?,
                counts,
            ))
        };
        let issue = |(n, id, rev, head, counts): (i64, String, i64, String, IssueCounts)| {
            let head = Stored { id, rev: u64::try_from(rev).ok()?, body: serde_json::from_str(&head).ok()? };
            Some(Issue { n, head, counts })
        };
        Ok(self.many(sql, [], read)?.into_iter().filter_map(issue).collect())
    }

    /// How far the facilities are of which something is issued to an account in a project.
    ///
    /// # Errors
    /// The cache cannot be read.
    pub fn facilities_issued(
        &self,
        project: ProjectId,
        executor: AccountId,
    ) -> Result<BTreeMap<Facility, IssueCounts>, CacheError> {
        let sql = "SELECT facilities FROM assignment WHERE project = ?1 AND executor = ?2";
        let values = params![project.to_string(), executor.to_string()];
        let rows: Vec<String> = self.many(sql, values, |row| row.get(0))?;
        let mut all: BTreeMap<Facility, IssueCounts> = BTreeMap::new();
        for (facility, counts) in rows.iter().flat_map(|row| facilities(row)) {
            all.entry(facility).or_default().add_all(counts);
        }
        Ok(all)
    }

    /// The first items of some assignments, of each so many, in their order and that of their plans.
    ///
    /// # Errors
    /// The cache cannot be read.
    pub fn first_issued(&self, of: &[(i64, u32)]) -> Result<Vec<IssueItem>, CacheError> {
        let sql = format!(
            "SELECT {ITEM} FROM json_each(?1) AS o CROSS JOIN issued AS i \
             ON i.assignment = o.value ->> 0 AND i.place < o.value ->> 1 \
             LEFT JOIN brief AS b ON b.id = i.task ORDER BY o.key, i.place"
        );
        Ok(self.many(&sql, params![json(&of)], IssueItem::read)?.into_iter().flatten().collect())
    }

    /// A slice of what is issued. Nothing stands behind an item that is not issued any more.
    ///
    /// # Errors
    /// The cache cannot be read.
    pub fn issued(&self, slice: &IssueSlice<'_>) -> Result<Vec<IssueItem>, CacheError> {
        let of = json(&slice.of);
        let (mut at, mut behind) = (-1_i64, -1_i64);
        if let Some(after) = slice.after {
            let sql = "SELECT o.key, i.place FROM issued AS i JOIN json_each(?1) AS o ON o.value = i.assignment \
                       WHERE i.item = ?2 ORDER BY o.key LIMIT 1";
            let found = self.one(sql, params![of, after.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let Some(found) = found else { return Ok(Vec::new()) };
            (at, behind) = found;
        }
        let (index, of_facility) = match slice.facility {
            Some(_) => ("INDEXED BY issued_facility", "i.facility = ?5"),
            None => ("", "?5 IS NULL"),
        };
        let sql = format!(
            "SELECT {ITEM} FROM json_each(?1) AS o CROSS JOIN issued AS i {index} ON i.assignment = o.value \
             LEFT JOIN brief AS b ON b.id = i.task \
             WHERE o.key >= ?2 AND (o.key > ?2 OR i.place > ?3) AND {of_facility} ORDER BY o.key, i.place LIMIT ?4"
        );
        let values = params![of, at, behind, slice.limit, slice.facility];
        Ok(self.many(&sql, values, IssueItem::read)?.into_iter().flatten().collect())
    }

    /// How many items of a facility some assignments hold.
    ///
    /// # Errors
    /// The cache cannot be read.
    pub fn count_issued(&self, of: &[i64], facility: &str) -> Result<u32, CacheError> {
        let sql = "SELECT COUNT(*) FROM json_each(?1) AS o CROSS JOIN issued AS i \
                   ON i.assignment = o.value AND i.facility = ?2";
        Ok(self.one(sql, params![json(&of), facility], |row| row.get(0))?.unwrap_or(0))
    }

    /// These issued items, and those that these tasks hold as they were pulled.
    ///
    /// # Errors
    /// The cache cannot be read.
    pub fn issued_of(&self, items: &[PlanItemId], tasks: &[TaskId]) -> Result<Vec<IssueItem>, CacheError> {
        let (items, tasks) = (json(&items), json(&tasks));
        let sql = format!(
            "SELECT {ITEM} FROM ( \
             SELECT assignment, place FROM issued WHERE item IN (SELECT value FROM json_each(?1)) \
             UNION SELECT assignment, place FROM issued WHERE task IN (SELECT value FROM json_each(?2))) AS k \
             CROSS JOIN issued AS i ON i.assignment = k.assignment AND i.place = k.place \
             LEFT JOIN brief AS b ON b.id = i.task"
        );
        Ok(self.many(&sql, params![items, tasks], IssueItem::read)?.into_iter().flatten().collect())
    }

    /// Keeps the rows of an assignment in step with its document. Gives the plan whose counts are out of date.
    pub(super) fn put_issue(&self, id: &str, rev: i64, body: Option<&str>) -> Result<Option<PlanId>, CacheError> {
        let sql = "DELETE FROM issued WHERE assignment = (SELECT n FROM assignment WHERE id = ?1)";
        self.execute(sql, params![id])?;
        // A body that this version cannot read counts as not pulled.
        let Some(mut document) = body.and_then(|body| serde_json::from_str::<AssignmentDocument>(body).ok()) else {
            self.execute("DELETE FROM assignment WHERE id = ?1", params![id])?;
            return Ok(None);
        };
        let items = std::mem::take(&mut document.assignment.items);
        let (plan, project) = (document.assignment.plan, document.assignment.project);
        let sql = "INSERT INTO assignment (id, rev, plan, project, executor, head) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
                   ON CONFLICT (id) DO UPDATE SET rev = excluded.rev, plan = excluded.plan, project = excluded.project, \
                   executor = excluded.executor, head = excluded.head RETURNING n";
        let executor = document.assignment.executor;
        let values = params![id, rev, plan.to_string(), project.to_string(), executor.to_string(), json(&document)];
        let Some(n) = self.one(sql, values, |row| row.get::<_, i64>(0))? else { return Ok(None) };
        let sql = "INSERT INTO issued (assignment, place, item, item_id, system, facility, position, planned_for) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        for (place, item) in (0_i64..).zip(&items) {
            let day = item.planned_for.map(|day| day.to_string());
            let (issued, position) = (item.plan_item.to_string(), &item.position);
            let values = params![n, place, issued, item.item_id, item.system, item.facility, position, day];
            self.execute(sql, values)?;
        }
        Ok(Some(plan))
    }

    /// Brings the tasks of the items of some plans and their counts up to date.
    pub(super) fn settle(&self, plans: &BTreeSet<PlanId>) -> Result<(), CacheError> {
        for plan in plans {
            let plan = plan.to_string();
            let sql = "SELECT n FROM assignment WHERE plan = ?1";
            let issues: Vec<i64> = self.many(sql, params![plan], |row| row.get(0))?;
            if issues.is_empty() {
                continue;
            }
            let sql = "SELECT id, items FROM brief WHERE plan = ?1 AND state <> ?2 ORDER BY id DESC";
            let discarded: &str = TaskState::Discarded.into();
            let tasks: Vec<(String, String)> =
                self.many(sql, params![plan, discarded], |row| Ok((row.get(0)?, row.get(1)?)))?;
            for n in issues {
                self.execute("UPDATE issued SET task = NULL WHERE assignment = ?1 AND task IS NOT NULL", params![n])?;
                for (task, items) in &tasks {
                    let sql = "UPDATE issued SET task = ?1 WHERE assignment = ?2 \
                               AND item IN (SELECT value ->> '$.item' FROM json_each(?3))";
                    self.execute(sql, params![task, n, items])?;
                }
                self.count(n)?;
            }
        }
        Ok(())
    }

    fn count(&self, n: i64) -> Result<(), CacheError> {
        let sql = "SELECT i.system, i.facility, b.state, COUNT(*) FROM issued AS i LEFT JOIN brief AS b ON b.id = i.task \
                   WHERE i.assignment = ?1 GROUP BY i.system, i.facility, b.state ORDER BY i.system, i.facility";
        type Counted = (String, String, Option<String>, u32);
        let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
        let rows: Vec<Counted> = self.many(sql, params![n], read)?;
        let mut facilities: Vec<(Facility, IssueCounts)> = Vec::new();
        let mut all = IssueCounts::default();
        for (system, facility, state, count) in rows {
            let mut counts = IssueCounts::default();
            counts.add_many(state.and_then(|state| state.parse().ok()), count);
            all.add_all(counts);
            let facility = (system, facility);
            match facilities.last_mut().filter(|(last, _)| *last == facility) {
                Some((_, last)) => last.add_all(counts),
                None => facilities.push((facility, counts)),
            }
        }
        let sql = "UPDATE assignment SET facilities = ?2, total = ?3, held = ?4, done = ?5, approved = ?6 WHERE n = ?1";
        let IssueCounts { total, held, done, approved } = all;
        self.execute(sql, params![n, json(&facilities), total, held, done, approved]).map(drop)
    }

    /// Makes every row anew, after a snapshot has taken the place of the documents.
    pub(super) fn renew_issues(&self) -> Result<(), CacheError> {
        self.execute("DELETE FROM issued", [])?;
        self.execute("DELETE FROM assignment", [])?;
        let ids: Vec<String> =
            self.many("SELECT id FROM document WHERE kind = ?1", params![kind::ASSIGNMENT], |row| row.get(0))?;
        let mut plans = BTreeSet::new();
        for id in ids {
            let sql = "SELECT rev, body FROM document WHERE kind = ?1 AND id = ?2";
            let held =
                self.one(sql, params![kind::ASSIGNMENT, id], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
            if let Some((rev, body)) = held {
                plans.extend(self.put_issue(&id, rev, Some(&body))?);
            }
        }
        self.settle(&plans)
    }
}

/// Ids, numbers and counts always have a JSON text.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
