//! A lead's look at a task: the same task, every answer, the faults with the ways that are offered, the decision.

use super::{Act, DispatchRow, PhotoView, SaidRow, Screens, TaskScreen, photo::Verified, reading::Reading, shown};
use crate::work::{
    Review as Reviews, TaskView, Trouble,
    dispatch::DispatchView,
    review::{DecideError, DecideTask},
    task::FormError,
};
use firebee_domain::{
    account::Action,
    catalogue::Language as Tongue,
    code::Code,
    fault::{self, Asks, Fault, Particulars, Way},
    id::{AccountId, FaultId, TaskId},
    ordinals::Ordinals,
    result::{Difference, ResultRecorded, TaskResult},
    review::{Decision, Review},
    task::{Stamp, TaskError, TaskState},
    time::Punctuality,
};
use firebee_protocol::{
    catalogue::Pack,
    text::tongue,
    text::{Arg, Chip, Count, Text, When, doubt, named, when, word},
};

/// A task as its lead looks at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewScreen {
    /// The task.
    pub task: TaskScreen,
    /// The token for what the lead looked at. A decision passes it back.
    pub seen: Option<Seen>,
    /// The answers that count.
    pub answers: Vec<AnswerRow>,
    /// The faults.
    pub faults: Vec<FaultRow>,
    /// Who can be sent to troubleshoot or repair, by name.
    pub team_leads: Vec<PersonRow>,
    /// The files of the task that the server has.
    pub evidence: Count,
    /// When everything happened, and how sure that is.
    pub times: Vec<TimeRow>,
    /// What a lead should know before deciding.
    pub flags: Vec<String>,
    /// The decisions so far.
    pub log: Vec<LogRow>,
    /// Approving.
    pub approve: Act,
    /// Rejecting.
    pub reject: Act,
}

/// The round and hash that a lead looked at. A shell passes it back unchanged.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Seen {
    /// The task and the round with what was handed in.
    token: String,
}

/// An answer that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerRow {
    /// The item's name, as it was answered.
    pub item_name: String,
    /// The criterion, as it was answered; in Chinese.
    pub criterion: String,
    /// Which instances, and where.
    pub place: String,
    /// The measured record, in Chinese.
    pub measured_record: String,
    /// What was measured at each instance, where there are several: "(58) 25.3 s".
    pub each: Vec<String>,
    /// The verdict.
    pub verdict: Chip,
    /// What the values proposed, where the executor decided otherwise.
    pub proposed: Option<Chip>,
    /// Why the executor decided otherwise, or why it could not be tested.
    pub reason: Option<String>,
    /// Where it comes from, when it was moved from the wrong place.
    pub moved: Option<String>,
    /// Its photos.
    pub photos: Vec<PhotoView>,
    /// When it was recorded.
    pub when: When,
}

/// A fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultRow {
    /// The fault.
    pub fault: FaultId,
    /// The item's name.
    pub item_name: String,
    /// Which instance, and where.
    pub place: String,
    /// What is wrong.
    pub text: String,
    /// Where it stands.
    pub state: Chip,
    /// The last explanation of how it is handled.
    pub explanation: Option<String>,
    /// How many files belong to the last handling.
    pub attachments: i32,
    /// What is known of it beside the description.
    pub particulars: Particulars,
    /// The same in words, what is open left out.
    pub said: Vec<SaidRow>,
    /// The photos of its result.
    pub photos: Vec<PhotoView>,
    /// Who was sent, the latest last.
    pub dispatches: Vec<DispatchRow>,
    /// The ways that are offered.
    pub ways: Vec<WayChoice>,
    /// Completing what is known of it, also after the approval.
    pub record: Act,
}

/// A way of handling a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayChoice {
    /// Which.
    pub way: Way,
    /// What it is called.
    pub word: String,
    /// What it asks for.
    pub asks: Asks,
    /// The warning before a final way.
    pub final_text: Option<String>,
}

/// Somebody who can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    /// The account.
    pub account: AccountId,
    /// The holder's name.
    pub name: String,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeRow {
    /// What.
    pub what: String,
    /// When, and how sure that is.
    pub when: When,
}

/// A decision: a row of the review log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogRow {
    /// On which round.
    pub round: i32,
    /// What was decided.
    pub decision: Chip,
    /// Who decided; `None` where this phone does not know the name.
    pub reviewer: Option<String>,
    /// The opinion.
    pub opinion: String,
    /// How many files belong to it.
    pub attachments: i32,
    /// When.
    pub when: When,
}

impl Seen {
    fn of(view: &TaskView) -> Option<Self> {
        let last = view.task.last_submission()?;
        Some(Self { token: format!("{} {} {}", view.task.id, last.round, last.manifest_hash) })
    }

    /// The token as text, for a shell that stores it while the screen is closed.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// A token that a shell kept.
    pub fn from_token(token: String) -> Self {
        Self { token }
    }

    /// Reads a token of [`Seen::token`]; `None` for any other text.
    fn decided(&self, decision: Decision, opinion: String, attachments: Vec<String>) -> Option<DecideTask> {
        let mut parts = self.token.split(' ');
        let task = parts.next()?.parse().ok()?;
        let round = parts.next()?.parse().ok()?;
        let manifest_hash = parts.next()?.parse().ok()?;
        Some(DecideTask { task, round, manifest_hash, decision, opinion, attachments })
    }
}

impl Reviews {
    /// Approves or rejects the round that the lead looked at, with the files at these paths. Durable when this returns. When
    /// two leads decide at once, the order on the server counts.
    ///
    /// # Errors
    /// See [`DecideError`]; nothing was recorded.
    pub fn decide_seen(
        &self,
        seen: &Seen,
        decision: Decision,
        opinion: &str,
        attachments: Vec<String>,
    ) -> Result<(), DecideError> {
        let decided = seen.decided(decision, opinion.to_owned(), attachments).ok_or(TaskError::OtherRound)?;
        self.decide(&decided)
    }
}

impl Screens {
    /// A task of a project that this account leads.
    ///
    /// # Errors
    /// The task is not known here, or the account may not read it.
    pub fn review(&self, task: TaskId) -> Result<ReviewScreen, FormError> {
        self.0.screen(|reading| {
            let (view, pack) = reading.opened(task)?;
            reading.eyes.permit(Action::ReadReviewQueue, view.task.project, false)?;
            Ok(reading.review(&view, &pack)?)
        })
    }
}

impl Reading<'_> {
    fn review(&self, view: &TaskView, pack: &Pack) -> Result<ReviewScreen, Trouble> {
        let (verified, sent) = (Verified::of(self, view)?, self.eyes.dispatches_seen(view)?);
        let evidence = &view.evidence;
        Ok(ReviewScreen {
            task: self.task(view, pack)?,
            seen: Seen::of(view).filter(|_| view.task.state == TaskState::PendingReview),
            answers: view
                .task
                .current_results()
                .map(|held| self.answer_row(view, held, &verified))
                .collect::<Result<_, _>>()?,
            faults: view
                .faults
                .iter()
                .map(|fault| self.fault_row((view, sent.as_slice()), fault, &verified))
                .collect::<Result<_, _>>()?,
            team_leads: self.team_leads(),
            evidence: Count::of(
                self.language,
                Text::PhoneEvidence,
                evidence.verified as usize,
                evidence.total as usize,
            ),
            times: self.times(view),
            flags: self.flags(view, &verified).into_iter().chain(self.moved_away_all(view)?).collect(),
            log: view.task.reviews.iter().map(|review| self.log_row(view, review)).collect(),
            approve: self.approve(view)?,
            reject: self.reject(view)?,
        })
    }

    fn answer_row(&self, view: &TaskView, held: &TaskResult, verified: &Verified<'_>) -> Result<AnswerRow, Trouble> {
        let recorded = &held.recorded;
        let instances = view.task.instances_of(held);
        let against = recorded.proposed.filter(|proposed| *proposed != recorded.verdict);
        Ok(AnswerRow {
            item_name: recorded.name.clone(),
            criterion: recorded.criterion.clone(),
            place: word::place(self.language, &instances, recorded.position.as_deref()),
            measured_record: match self.eyes.core.packs.get(view.catalogue) {
                Some(pack) => recorded.record_at(&pack.catalogue, &instances, Tongue::Chinese),
                None => recorded.measured_record.clone(),
            },
            each: self.each(view, recorded, &instances),
            verdict: Chip::verdict(self.language, recorded.verdict),
            proposed: against.map(|proposed| Chip::verdict(self.language, proposed)),
            reason: self.reason(view, recorded),
            moved: self.moved_here(view, held)?,
            photos: view.task.photos_of(held.key).map(|photo| self.photo(photo, None, verified)).collect(),
            when: self.moment(&held.at),
        })
    }

    /// What was measured at each instance, with its ordinal.
    fn each(&self, view: &TaskView, recorded: &ResultRecorded, instances: &Ordinals) -> Vec<String> {
        let Some(pack) = self.eyes.core.packs.get(view.catalogue) else { return Vec::new() };
        let told = recorded.told_each(&pack.catalogue, instances, tongue(self.language));
        instances.iter().zip(told).map(|(ordinal, told)| format!("({ordinal}) {told}")).collect()
    }

    /// Why it could not be tested, or why a person decided against the proposal.
    fn reason(&self, view: &TaskView, recorded: &ResultRecorded) -> Option<String> {
        let pack = self.eyes.core.packs.get(view.catalogue);
        let told = recorded.untestable_told(pack.as_ref().map(|pack| &pack.catalogue), tongue(self.language));
        Some(told).filter(|told| !told.is_empty()).or_else(|| recorded.override_reason.clone())
    }

    /// part, defect and text.
    fn fault_text(&self, view: &TaskView, fault: &Fault) -> String {
        let pack = self.eyes.core.packs.get(view.catalogue);
        let found = pack.as_ref().and_then(|pack| {
            let item_id = &view.task.item(fault.key.item)?.item_id;
            Some((&pack.catalogue, pack.catalogue.item(item_id)?))
        });
        fault.description.told(found, tongue(self.language))
    }

    /// One fault of a task, with those among the task's dispatches that are sent for it.
    pub(super) fn fault_row(
        &self,
        (view, sent): (&TaskView, &[DispatchView]),
        fault: &Fault,
        verified: &Verified<'_>,
    ) -> Result<FaultRow, Trouble> {
        let may_handle = self.eyes.permit(Action::HandleFault, view.task.project, self.is_mine(view)).is_ok();
        Ok(FaultRow {
            fault: fault.id,
            item_name: fault.item_name.clone(),
            place: {
                let held = view.task.current_result(fault.key);
                let position = held.and_then(|held| held.recorded.position.as_deref());
                word::place(self.language, &Ordinals::of([fault.key.ordinal]), position)
            },
            text: self.fault_text(view, fault),
            state: Chip::fault(self.language, fault.state),
            explanation: fault.handlings.last().map(|handling| handling.explanation.clone()),
            attachments: fault.handlings.last().map_or(0, |handling| shown(handling.attachments.len())),
            particulars: fault.particulars.clone(),
            said: self.said(&fault.particulars),
            photos: view.task.photos_of(fault.key).map(|photo| self.photo(photo, None, verified)).collect(),
            dispatches: self.dispatch_rows_of(sent, fault.id),
            ways: if may_handle { self.offered_ways(view, fault) } else { Vec::new() },
            record: self.record_of(view, fault)?,
        })
    }

    /// whoever may handle the fault completes its record, for as long as it is one.
    fn record_of(&self, view: &TaskView, fault: &Fault) -> Result<Act, Trouble> {
        let refused = |code| Act::refused(self.language, code, &[]);
        Ok(match self.eyes.permit(Action::HandleFault, view.task.project, self.is_mine(view)) {
            Err(trouble) => refused(trouble.code()),
            Ok(()) if !fault.takes_records() => refused(TaskError::FaultClosed.code()),
            Ok(()) => Act::open(),
        })
    }

    /// Those that can follow, at the review and later.
    fn offered_ways(&self, view: &TaskView, fault: &Fault) -> Vec<WayChoice> {
        let choice = |way: Way| WayChoice {
            way,
            word: word::way(self.language, way),
            asks: way.asks(),
            final_text: way.is_final().then(|| self.say(Text::PhoneWayFinal)),
        };
        fault::offered(&view.task, fault, &view.dispatches).into_iter().map(choice).collect()
    }

    fn team_leads(&self) -> Vec<PersonRow> {
        self.eyes.people().into_iter().map(|one| PersonRow { account: one.account, name: one.name }).collect()
    }

    fn times(&self, view: &TaskView) -> Vec<TimeRow> {
        let task = &view.task;
        let row = |what: String, at: &Stamp| TimeRow { what, when: self.moment(at) };
        let mut times = vec![row(self.say(Text::PhoneTimeStarted), &task.started)];
        let results = || task.results.iter().map(|held| &held.at);
        let first = results().min_by_key(|at| when::order(at));
        let last = results().max_by_key(|at| when::order(at));
        times.extend(first.map(|at| row(self.say(Text::PhoneTimeFirstResult), at)));
        times.extend(last.map(|at| row(self.say(Text::PhoneTimeLastResult), at)));
        times.extend(task.submissions.iter().map(|submission| {
            let round = [("round", Arg::from(submission.round))];
            row(self.with(Text::PhoneTimeSubmitted, &round), &submission.at)
        }));
        times
    }

    fn flags(&self, view: &TaskView, verified: &Verified<'_>) -> Vec<String> {
        let task = &view.task;
        let doubtful = task.current_photos().filter(|photo| !verified.doubts(self, photo).is_empty()).count();
        let mut flags = Vec::new();
        flags.extend(view.coverage.as_ref().and_then(|held| doubt::jumps(self.language, &held.jumps)));
        if doubtful > 0 {
            flags.push(self.with(Text::PhoneFlagPhotos, &[("count", Arg::from(doubtful))]));
        }
        let mut flag = |raised: bool, text: Text| {
            if raised {
                flags.push(self.say(text));
            }
        };
        let judged = view.due.and_then(|due| due.of_last_round(task));
        flag(judged.is_some_and(|judged| judged.verdict != Punctuality::InTime), Text::PhoneFlagNotInTime);
        flag(self.is_mine(view), Text::PhoneFlagOwnTask);
        flag(task.segments.iter().any(|held| held.segment.replayed), Text::WordTrackReplayed);
        flag(task.results.iter().any(|held| held.replaces_unknown), Text::PhoneFlagReplacesUnknown);
        let differs = |of_design: bool| {
            task.results.iter().flat_map(|held| &held.differs).any(|part| (*part == Difference::Design) == of_design)
        };
        flag(differs(false), Text::PhoneFlagDiffers);
        flag(differs(true), Text::PhoneFlagDesign);
        flag(task.worked_at().any(|(_, at)| at.is_contradicted()), Text::WordSureContradiction);
        flags
    }

    fn log_row(&self, view: &TaskView, review: &Review) -> LogRow {
        let state = match review.decided.decision {
            Decision::Approved => TaskState::Approved,
            Decision::Rejected => TaskState::Rejected,
        };
        LogRow {
            round: i32::try_from(review.decided.round).unwrap_or(i32::MAX),
            decision: Chip::task(self.language, state),
            reviewer: self.lead_name(view, review.reviewer),
            opinion: review.decided.opinion.clone(),
            attachments: shown(review.decided.attachments.len()),
            when: self.moment(&review.at),
        }
    }

    /// The name of a lead who said something of a task; `None` where this phone does not know it. What this phone has not sent
    /// yet is its holder's.
    pub(super) fn lead_name(&self, view: &TaskView, lead: AccountId) -> Option<String> {
        let own = (lead == self.eyes.me).then(|| self.eyes.papers.session.name.clone());
        view.reviewers.get(&lead).cloned().or(own)
    }

    /// who may decide, and on what.
    fn reject(&self, view: &TaskView) -> Result<Act, Trouble> {
        let own = self.is_mine(view);
        let refused = |code| Ok(Act::refused(self.language, code, &[]));
        if let Err(trouble) = self.eyes.permit(Action::ReviewTask, view.task.project, own) {
            refused(trouble.code())
        } else if !self.eyes.may_review_today()? {
            refused(DecideError::ReviewerNotQualified.code())
        } else if view.task.state != TaskState::PendingReview {
            refused(TaskError::NotPending.code())
        } else if !view.task.demands.reviewers.include(self.eyes.me, view.task.executor, view.lead) {
            refused(TaskError::ReviewNotYours.code())
        } else {
            Ok(Act::open().then(self.say(Text::PhoneRejectConsequence)))
        }
    }

    /// the faults are handled and the files are here.
    fn approve(&self, view: &TaskView) -> Result<Act, Trouble> {
        let may = self.reject(view)?;
        if !may.allowed {
            return Ok(may);
        }
        Ok(match firebee_domain::review::approvable(&view.circumstances(None, &[])) {
            // Nothing is to come any more, so waiting would not help.
            Err(TaskError::EvidenceIncomplete { .. }) if view.evidence.coming().next().is_none() => {
                Act::refused(self.language, Code::PhotoNotAPicture, &[])
            }
            Err(error) => Act::refused(self.language, error.code(), &named::of_task(&error)),
            Ok(()) => Act::open().then(self.say(Text::PhoneApproveConsequence)),
        })
    }
}
