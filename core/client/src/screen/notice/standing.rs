//! What could be told now, from one look at the stores.

use super::{
    About, Reminder,
    decide::{Standing, days_left, unsent},
    silence::{Running, silence},
};
use crate::{
    cache::Listed,
    screen::{IssuedGroup, Waiting, reading::Reading, track::advice},
    work::{Trouble, dispatch::DispatchView},
};
use chrono::Datelike;
use firebee_domain::{dispatch::DispatchState, task::TaskState};
use firebee_protocol::text::{Arg, Text, word};

/// A fix less accurate than this, in metres, says that the sky was being lost.
const WEAK_M: u8 = 50;

impl Reading<'_> {
    /// Everything that could be told now, the most pressing first.
    pub(super) fn standing(&self) -> Result<Vec<Standing>, Trouble> {
        let mut all: Vec<Standing> = self.broken_track()?.into_iter().collect();
        let (listed, folded) = self.eyes.listed(false)?;
        let back = |held: &&Listed| held.executor == self.eyes.me && held.state == TaskState::Rejected;
        let rejected: Vec<&Listed> = listed.iter().filter(back).collect();
        let rows = self.rows(&rejected.iter().map(|held| held.id).collect::<Vec<_>>(), folded)?;
        all.extend(rejected.iter().filter_map(|held| {
            let row = rows.iter().find(|row| row.task == held.id)?;
            let title = self.with(Text::PhoneNoticeRejected, &[("task", Arg::from(&row.name))]);
            let text = row.opinion.clone().unwrap_or_else(|| row.next.clone());
            let mark = held.submitted.map_or(0, |at| at.0);
            Some(calm(format!("task {}", held.id), mark, (title, text), About::Task { task: held.id }))
        }));
        let sent = self.eyes.open_dispatches()?;
        all.extend(sent.iter().filter(|view| view.dispatch.state == DispatchState::Issued).map(|view| self.sent(view)));
        all.extend(self.of_the_day()?);
        let review = self.waits_for_review(&listed);
        all.extend(waits("review", self.say(Text::AppReview), review, About::Review));
        let undecided = self.waits_for_decision()?;
        all.extend(waits("undecided", self.say(Text::AppUndecided), undecided, About::Undecided));
        Ok(all)
    }

    /// What a new day brings: plans whose last day is near, and what is still unsent.
    pub(super) fn of_the_day(&self) -> Result<Vec<Standing>, Trouble> {
        let groups = self.issued_groups()?;
        let near = groups.iter().filter_map(|group| self.nearly_over(group));
        Ok(near.chain(self.long_unsent()?).collect())
    }

    /// A running track that is silent, with what to do about it.
    pub(super) fn broken_track(&self) -> Result<Option<Standing>, Trouble> {
        let journal = self.eyes.journal;
        let Some(track) = journal.open_track()?.filter(|track| !track.replayed) else { return Ok(None) };
        let Some(view) = self.eyes.task(track.task)? else { return Ok(None) };
        let now = self.eyes.clocks();
        let rebooted = track.boot_id != now.boot_id;
        let mut open = if rebooted { Vec::new() } else { journal.fixes(usize::MAX)? };
        open.extend(self.eyes.core.in_hand());
        let sealed = view.task.segments.iter().filter(|held| held.segment.boot_id == now.boot_id);
        let sealed_ms = sealed.map(|held| held.segment.last_boot_ms).max();
        let last = open.iter().max_by_key(|fix| fix.boot_ms);
        let hints = journal.hints()?;
        let cause = silence(&Running {
            now_ms: now.boot_ms,
            last_ms: last.map(|fix| fix.boot_ms).or(sealed_ms),
            rebooted,
            invented: last.is_some_and(|fix| fix.mock),
            weak: last.is_some_and(|fix| fix.accuracy_m > WEAK_M),
            hints: &hints,
        });
        Ok(cause.map(|cause| {
            let title = self.with(Text::PhoneNoticeTrack, &[("cause", Arg::from(word::cause(self.language, cause)))]);
            let values = [("task", Arg::from(&view.task.name)), ("advice", Arg::from(self.say(advice(cause))))];
            let text = self.with(Text::PhoneNoticeTrackWhat, &values);
            // Another cause is something else to do, so it is told anew.
            let key = format!("track {}", cause as u8);
            let told = calm(key, 0, (title, text), About::Track);
            Standing { reminder: Reminder { presses: true, ..told.reminder }, ..told }
        }))
    }

    /// A dispatch to this account that it has not received.
    fn sent(&self, view: &DispatchView) -> Standing {
        let row = self.dispatch_row(view);
        let title = self.with(Text::PhoneNoticeDispatch, &[("kind", Arg::from(row.kind_word))]);
        let values = [("project", Arg::from(row.project_name)), ("what", Arg::from(row.what))];
        let text = self.with(Text::PhoneNoticeDispatchWhat, &values);
        let mark = i64::try_from(view.dispatch.log.len()).unwrap_or(i64::MAX);
        calm(format!("dispatch {}", row.dispatch), mark, (title, text), About::Dispatch { dispatch: row.dispatch })
    }

    /// A plan whose last day is near while something of it is not handed in.
    fn nearly_over(&self, group: &IssuedGroup) -> Option<Standing> {
        let early = self.eyes.papers.firm.reminder_days;
        let mark = days_left(group.left.days, early).filter(|_| group.done.done < group.done.total)?;
        let title = self.with(Text::PhoneNoticeLeft, &[("left", Arg::from(&group.left.text))]);
        let values = [
            ("project", Arg::from(&group.project_name)),
            ("plan", Arg::from(&group.plan_name)),
            ("done", Arg::from(&group.done.text)),
        ];
        let text = self.with(Text::PhoneNoticeLeftWhat, &values);
        Some(calm(format!("left {}", group.plan), mark, (title, text), About::Today))
    }

    /// For how long the oldest record waits that the server does not have.
    pub(super) fn unsent_for_ms(&self) -> Result<Option<i64>, Trouble> {
        let Some(recorded) = self.eyes.journal.oldest_unsent()? else { return Ok(None) };
        let now = self.eyes.clocks();
        Ok(Some(if recorded.boot_id == now.boot_id {
            now.boot_ms.saturating_sub(recorded.boot_ms)
        } else {
            now.wall_ms.ms_since(recorded.wall_ms)
        }))
    }

    /// What this phone recorded a day ago and the server does not have.
    pub(super) fn long_unsent(&self) -> Result<Option<Standing>, Trouble> {
        let journal = self.eyes.journal;
        let Some(for_ms) = self.unsent_for_ms()? else { return Ok(None) };
        let Some(mark) = unsent(for_ms, i64::from(self.today().num_days_from_ce())) else { return Ok(None) };
        let (facts, blobs) = journal.unsent(self.eyes.core.journal.identity())?;
        let text = self.with(Text::PhoneNoticeUnsentWhat, &[("waiting", Arg::from(facts + blobs))]);
        Ok(Some(calm("unsent".to_owned(), mark, (self.say(Text::PhoneNoticeUnsent), text), About::Sync)))
    }
}

/// Told to somebody who does not look.
fn calm(key: String, mark: i64, (title, text): (String, String), about: About) -> Standing {
    Standing { reminder: Reminder { key, title, text, about, presses: false }, mark }
}

/// What waits for a lead: told again when it is more.
fn waits(key: &str, title: String, waiting: Option<Waiting>, about: About) -> Option<Standing> {
    let waiting = waiting.filter(|waiting| waiting.count > 0)?;
    Some(calm(key.to_owned(), i64::from(waiting.count), (title, waiting.text), about))
}
