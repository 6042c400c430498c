//! The pull lane's machine: follows the feed page by page to its head. No I/O.
//!
//! Invariant: the phone sends a cursor back unchanged. It keeps a cursor in the transaction that applies the cursor's
//! page, so it never sends the cursor of a page that it has not applied.

use super::step::{Readiness, Step};
use crate::session::Failure;
use firebee_domain::code::{Action, Code};
use firebee_protocol::pull::Page;

/// What the lane looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PullView {
    /// The cursor that the cache holds; `None` begins at the beginning.
    pub cursor: Option<String>,
}

/// A page that the lane wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PullAsk {
    /// The cursor, unread.
    pub cursor: Option<String>,
    /// At most so many changes.
    pub limit: u32,
    /// Whether documents that are held may come as patches.
    pub patches: bool,
}

/// What to do with what came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PullEffect {
    /// Apply the page and its cursor in one transaction of the cache.
    Apply,
    /// Begin a snapshot beside the documents.
    BeginSnapshot,
    /// Nothing.
    None,
}

/// The pull lane.
#[derive(Clone, Debug)]
pub struct PullLane {
    readiness: Readiness,
    wanted: bool,
    /// A snapshot was begun and has not ended.
    in_snapshot: bool,
    /// A patch did not fit: whole documents until the head is reached.
    whole: bool,
    limit_max: u32,
    limit: u32,
}

impl PullLane {
    /// A lane that has something to pull; `seed` is its jitter's.
    pub const fn new(seed: u64, limit_max: u32) -> Self {
        Self {
            readiness: Readiness::new(seed),
            wanted: true,
            in_snapshot: false,
            whole: false,
            limit_max,
            limit: limit_max,
        }
    }

    /// How the lane stands.
    pub const fn readiness(&self) -> &Readiness {
        &self.readiness
    }

    /// How the lane stands, to reset it.
    pub const fn readiness_mut(&mut self) -> &mut Readiness {
        &mut self.readiness
    }

    /// Something may have changed on the server.
    pub const fn want(&mut self) {
        self.wanted = true;
    }

    /// What to do now.
    pub fn next(&self, view: &PullView, now_ms: i64) -> Step<PullAsk> {
        if let Some(held) = self.readiness.hold(now_ms) {
            return held;
        }
        if !self.wanted {
            return Step::Idle;
        }
        let patches = view.cursor.is_some() && !self.in_snapshot && !self.whole;
        Step::Send(PullAsk { cursor: view.cursor.clone(), limit: self.limit, patches })
    }

    /// A page came.
    pub fn on_page(&mut self, ask: &PullAsk, page: &Page, now_ms: i64) -> PullEffect {
        if !page.done && ask.cursor.as_ref() == Some(&page.next_cursor) {
            // It would be asked for again for ever.
            self.readiness.failed(Failure::of(Code::ServerUnverified), now_ms);
            return PullEffect::None;
        }
        self.limit = self.limit.saturating_mul(2).min(self.limit_max);
        PullEffect::Apply
    }

    /// The page was applied.
    pub fn on_applied(&mut self, done: bool) {
        self.readiness.succeeded();
        self.wanted = !done;
        self.in_snapshot &= !done;
        self.whole &= !done;
    }

    /// The page could not be applied, and nothing of it was. When a patch fits no document here, the page is asked for
    /// again at once with whole documents.
    pub fn on_unapplied(&mut self, ask: &PullAsk, failure: Failure, now_ms: i64) {
        if failure.code == Code::PatchUnfit && ask.patches {
            self.whole = true;
        } else {
            self.readiness.failed(failure, now_ms);
        }
    }

    /// No page came.
    pub fn on_failure(&mut self, ask: &PullAsk, failure: Failure, now_ms: i64) -> PullEffect {
        if failure.action == Action::Snapshot && ask.cursor.is_some() {
            // A snapshot that expires while it is pulled is begun again, but not without a wait.
            if self.in_snapshot {
                self.readiness.failed(failure, now_ms);
            }
            self.in_snapshot = true;
            return PullEffect::BeginSnapshot;
        }
        if failure.timed_out || failure.code == Code::TooLarge {
            self.limit = (self.limit / 2).max(1);
        }
        self.readiness.failed(failure, now_ms);
        PullEffect::None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::step::Step;

    fn page(next_cursor: &str, done: bool) -> Page {
        let json = serde_json::json!({
            "changes": [], "next_cursor": next_cursor, "head": 1, "done": done, "server_ms": 5,
        });
        serde_json::from_value(json).unwrap()
    }

    fn ask(lane: &PullLane, cursor: Option<&str>) -> PullAsk {
        match lane.next(&PullView { cursor: cursor.map(Into::into) }, 0) {
            Step::Send(ask) => ask,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn it_follows_the_feed_to_its_head_and_rests_until_something_may_have_changed() {
        let mut lane = PullLane::new(1, 500);
        let first = ask(&lane, None);
        assert_eq!(first, PullAsk { cursor: None, limit: 500, patches: false });
        assert_eq!(lane.on_page(&first, &page("a", false), 0), PullEffect::Apply);
        lane.on_applied(false);
        let second = ask(&lane, Some("a"));
        assert_eq!(second.cursor.as_deref(), Some("a"));
        assert_eq!(lane.on_page(&second, &page("a", true), 0), PullEffect::Apply);
        lane.on_applied(true);
        assert_eq!(lane.next(&PullView { cursor: Some("a".into()) }, 0), Step::Idle);
        lane.want();
        ask(&lane, Some("a"));
    }

    #[test]
    fn where_a_patch_does_not_fit_whole_documents_are_asked_for_at_once_and_until_the_head() {
        let mut lane = PullLane::new(1, 500);
        let first = ask(&lane, Some("a"));
        assert!(first.patches);
        lane.on_unapplied(&first, Failure::of(Code::PatchUnfit), 0);
        let second = ask(&lane, Some("a"));
        assert!(!second.patches);
        lane.on_applied(false);
        assert!(!ask(&lane, Some("b")).patches);
        lane.on_applied(true);
        lane.want();
        assert!(ask(&lane, Some("c")).patches);
        lane.on_unapplied(&second, Failure::of(Code::PatchUnfit), 0);
        assert!(matches!(lane.next(&PullView { cursor: Some("c".into()) }, 0), Step::Wait { .. }), "not in a circle");
    }

    #[test]
    fn an_expired_cursor_begins_a_snapshot_and_nothing_else_does() {
        let mut lane = PullLane::new(1, 500);
        let asked = ask(&lane, Some("old"));
        assert_eq!(lane.on_failure(&asked, Failure::of(Code::CursorExpired), 0), PullEffect::BeginSnapshot);
        let snapshot = ask(&lane, None);
        lane.on_page(&snapshot, &page("a", false), 0);
        lane.on_applied(false);
        let second = ask(&lane, Some("a"));
        assert_eq!(lane.on_failure(&second, Failure::of(Code::CursorExpired), 0), PullEffect::BeginSnapshot);
        assert!(matches!(lane.next(&PullView { cursor: None }, 0), Step::Wait { .. }), "not in a circle");
        lane.readiness_mut().connectivity_changed();
        let again = ask(&lane, None);
        assert_eq!(lane.on_failure(&again, Failure::of(Code::CursorExpired), 0), PullEffect::None);
        assert!(matches!(lane.next(&PullView { cursor: None }, 0), Step::Wait { .. }));
    }

    #[test]
    fn a_page_that_leads_nowhere_is_not_asked_for_again_at_once() {
        let mut lane = PullLane::new(1, 500);
        let asked = ask(&lane, Some("a"));
        assert_eq!(lane.on_page(&asked, &page("a", false), 0), PullEffect::None);
        assert!(matches!(lane.next(&PullView { cursor: Some("a".into()) }, 0), Step::Wait { .. }));
    }

    #[test]
    fn pages_shrink_after_a_time_out_and_grow_again() {
        let mut lane = PullLane::new(1, 8);
        let slow = Failure { timed_out: true, ..Failure::of(Code::NetworkError) };
        for expected in [4, 2, 1, 1] {
            let asked = ask(&lane, None);
            lane.on_failure(&asked, slow.clone(), 0);
            lane.readiness_mut().connectivity_changed();
            assert_eq!(ask(&lane, None).limit, expected);
        }
        for expected in [2, 4, 8, 8] {
            let asked = ask(&lane, None);
            lane.on_page(&asked, &page("x", false), 0);
            assert_eq!(ask(&lane, None).limit, expected);
        }
    }
}
